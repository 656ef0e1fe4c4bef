"""The page "Wie sicher ist dieses Ergebnis?" as people use it."""

from dataclasses import replace

import pytest

from procurement.evaluation import queries
from tests.factories import evaluation as given
from tests.factories import members as make
from tests.factories.runs import G11_CRITERIA
from tests.page_reading import seen_on


@pytest.fixture
def office(saved):
    """An officer, a lead, and the latest run of a lot."""

    def _office(make_lot, **details):
        with saved():
            lot = make_lot(**details)
            run = queries.latest_run(lot)
            return make.officer("Anke Albers").id, make.lead(make.member()).id, run.id, lot.tender_id

    return _office


def test_the_page_says_in_sentences_how_firm_g11_is_and_is_linked_from_the_run(browser, office):
    officer, lead, run, tender = office(given.g11_lot)
    address = f"/evaluation/runs/{run}/robustness"
    page = browser(officer).get(address)
    text = seen_on(page)
    # Z stays first up to 22000/3 x 240000 / 7270 = 242,090.78; X needs 7270 x 236000 / (22000/3) = 233,961.82
    assert "bleibt auf Rang 1, bis sein Preis um 6.090,78 € steigt (2,58 %)" in text
    for figure in ("233.961,82", "−2,516 %", "2.573.580/11", "+0,893", "+0,938", "32,18"):
        assert figure in text
    assert "1.1.1 Architektur" in text
    for place in (f"/evaluation/runs/{run}", f"/evaluation/{tender}"):
        assert address in browser(officer).get(place).text
    assert browser(lead).get(address).status_code in (403, 404)


def test_a_lowest_price_run_shows_prices_and_no_weights(browser, office):
    officer, _lead, run, _tender = office(given.evaluated_lot, points={}, method="lowest_price", criteria=[])
    text = seen_on(browser(officer).get(f"/evaluation/runs/{run}/robustness"))
    assert "bis sein Preis um 600,00 € steigt (11,11 %)" in text
    assert "Gewichte der Kriterien" not in text


def test_a_run_in_which_nobody_was_ranked_says_so(browser, office):
    tree = tuple(replace(one, minimum_percent="100" if not one.parent_number else None) for one in G11_CRITERIA)
    officer, _lead, run, _tender = office(given.g11_lot, criteria=tree)
    text = seen_on(browser(officer).get(f"/evaluation/runs/{run}/robustness"))
    assert "Kein Angebot steht in der Rangfolge." in text


def test_a_fixed_reference_price_is_tried_a_fifth_lower_and_higher(browser, office):
    # Kabel: 0.2 x 6400/8000 - 0.8 x 5400/P, Netz 0.2 x 8600/8000 - 0.8 x 6000/P: Netz first from P = 480/0.055 = 8,727
    terms = {"quality_weight": "0.2", "reference_points": "8000", "reference_price": "8000"}
    officer, _lead, run, _tender = office(given.evaluated_lot, method="weighted_reference", parameters=terms)
    text = seen_on(browser(officer).get(f"/evaluation/runs/{run}/robustness"))
    assert "20 % niedriger 6.400,00 2 (Kabel AG) bleibt" in text
    assert "20 % höher 9.600,00 1 (Netz GmbH) anderes Ergebnis" in text
    assert "Rang 1 hängt daran, wie der feste Betrag der Methode angesetzt ist" in text
