"""P2: 60 months at 4.000 a month without a total price are 48 × 4.000 = 192.000; with one they are 240.000."""

import html

import pytest

from procurement.demand.entries import ArticleEntry
from procurement.tenders import actions, actions_publication
from procurement.values.money import Money, UnitPrice
from procurement.values.payment import ContractTerm, Nature, Period
from tests.factories import demand, tenders
from tests.factories import members as make


def monthly_tender(officer, *, has_total_price):
    """One service at 4.000 euro a month, needed once, over 60 months."""
    service = ArticleEntry(
        "D1", "Betrieb", "Monat", Nature.RECURRING, planning_price_net=UnitPrice.of(4000), period=Period.MONTH
    )
    round_ = demand.closed_round([(make.member("Ahaus"), {"D1": 1})], [service], officer=officer)
    term = ContractTerm(60, 0, has_total_price=has_total_price)
    return actions.plan(tenders.entry(term=term), round_, by=officer)


@pytest.mark.parametrize(("has_total_price", "euro", "reaches"), [(False, 192_000, False), (True, 240_000, True)])
def test_p2_the_value_of_sixty_months(context, has_total_price, euro, reaches):
    officer = make.officer()
    made = actions_publication.estimate_value(monthly_tender(officer, has_total_price=has_total_price), by=officer)
    assert made.total_net == Money.of(euro)
    assert (made.total_net >= made.threshold_net) is reaches
    assert ("VALUE_MONTHS_CAP" in made.basis) is not has_total_price


def test_p2_the_page_shows_the_counted_months_and_the_rule(saved, browser):
    with saved():
        officer = make.officer()
        tender = monthly_tender(officer, has_total_price=False)
        actions_publication.estimate_value(tender, by=officer)
        officer_id, url = officer.id, f"/tenders/{tender.id}/value"
    shown = html.unescape(browser(officer_id).get(url).get_data(as_text=True))
    for part in (
        "mit 48 von 60 Monaten",
        "192.000,00 € statt 240.000,00 €",
        "Regel VALUE_MONTHS_CAP, § 3 Abs. 11 VgV",
        "unterhalb",
    ):
        assert part in shown
