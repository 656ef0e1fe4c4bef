"""Articles of the catalogue in a round: with unit, period, code and prices, each at most once."""

import pytest

from procurement.catalogue import queries as catalogue_queries
from procurement.demand import queries
from procurement.demand.catalogue_articles import middle
from procurement.values.money import UnitPrice
from procurement.values.payment import Nature, Period
from tests.factories import catalogue, demand
from tests.factories import members as make


def price(text: str | None) -> UnitPrice | None:
    return UnitPrice.of(text) if text else None


@pytest.mark.parametrize(
    ("low", "high", "planned"),
    [
        ("9000.00", "28000.00", "18500.00"),
        ("0.003", "0.007", "0.005"),
        # 0.000003 / 2 = 0.0000015 cannot be stored: half up to six decimals
        ("0.000001", "0.000002", "0.000002"),
        (None, "20.00", "20.00"),
        ("10.00", None, "10.00"),
        (None, None, None),
    ],
)
def test_the_planning_price_is_the_middle_of_the_usual_prices(low, high, planned):
    assert middle(price(low), price(high)) == price(planned)


@pytest.fixture
def prepared(saved, browser):
    """An officer's window and a round in preparation, beside the starting catalogue."""
    with saved():
        officer = make.officer()
        catalogue.starting_catalogue()
        round_ = demand.round_with(officer=officer, is_open=False)
        ids = officer.id, round_.id
    return browser(ids[0]), f"/demand/{ids[1]}/articles/from-catalogue", ids[1]


def ids_of(app, *numbers: str) -> list[int]:
    with app.app_context():
        return [article.id for article in catalogue_queries.articles() if article.number in numbers]


def test_chosen_articles_come_with_unit_period_code_and_prices(prepared, app):
    window, address, round_id = prepared
    answer = window.post(address, {"articles": ids_of(app, "MS-01", "FW-01")})
    assert answer.status_code == 303
    with app.app_context():
        firewall, office = queries.articles_of(round_id)
    assert (firewall.number, firewall.unit, firewall.nature, firewall.period) == (
        "FW-01", "Stück", Nature.ONE_OFF, Period.NONE,
    )  # fmt: skip
    assert (firewall.cpv, firewall.planning_price_net) == ("32420000-3", UnitPrice.of("18500"))
    assert (office.unit, office.period, office.category) == (
        "Nutzer/Monat", Period.MONTH, "Microsoft- und Office-Lizenzen",
    )  # fmt: skip
    assert (office.price_from_net, office.price_to_net) == (UnitPrice.of("31"), UnitPrice.of("42"))


def test_an_article_in_the_round_is_shown_as_taken_and_not_taken_twice(prepared, app):
    window, address, round_id = prepared
    window.post(address, {"articles": ids_of(app, "FW-01")})
    page = window.get(f"{address}?category=FW").text
    assert page.count('type="checkbox"') == 6
    assert "in der Runde" in page
    answer = window.post(address, {"articles": ids_of(app, "FW-01", "FW-02")})
    assert answer.status_code == 422
    assert "Die Artikelnummer FW-01 gibt es in dieser Runde schon." in answer.text
    with app.app_context():
        assert len(queries.articles_of(round_id)) == 1


def test_what_was_ticked_stays_ticked_after_a_refusal(prepared, app):
    window, address, _round_id = prepared
    window.post(address, {"articles": ids_of(app, "FW-01")})
    first, second = ids_of(app, "FW-01", "FW-02")
    answer = window.post(address, {"articles": [first, second]})
    assert f'value="{second}" checked' in answer.text


def test_nothing_chosen_is_said(prepared):
    window, address, _round_id = prepared
    assert "Bitte mindestens einen Artikel wählen." in window.post(address).text


def test_a_number_that_is_no_article_is_refused(prepared):
    window, address, _round_id = prepared
    assert window.post(address, {"articles": ["999999"]}).status_code == 422


def test_a_filter_narrows_the_choice(prepared):
    window, address, _round_id = prepared
    assert window.get(f"{address}?q=firewall%20cluster").text.count('type="checkbox"') == 2
    assert "Kein Artikel des Katalogs passt" in window.get(f"{address}?q=Kaffee").text


def test_an_open_round_takes_no_more_articles(saved, browser):
    with saved():
        officer = make.officer()
        round_ = demand.round_with(["1.01"], [make.member()], officer=officer)
        officer_id, round_id = officer.id, round_.id
    page = browser(officer_id).get(f"/demand/{round_id}/articles/from-catalogue").text
    assert "nur ändern, solange die Bedarfsrunde in Vorbereitung ist" in page
    assert 'type="checkbox"' not in page
