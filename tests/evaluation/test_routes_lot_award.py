"""The pages of rules and award over several lots in a browser."""

import pytest

from procurement.core.db import db
from procurement.evaluation import queries_lot_award
from procurement.tenders.lot_rules import LotRules
from procurement.tenders.models import Tender
from tests.factories import evaluation as given
from tests.factories import lot_awards as lots
from tests.factories import members as make
from tests.page_reading import seen_on


@pytest.fixture
def tender(saved):
    """An evaluated tender of G13 and an officer."""
    with saved():
        officer = make.officer("Anke Albers").id
        made = lots.evaluated()
        return made.id, officer, {name: given.bid_of(made, name).id for name in "ABCD"}


def test_rebates_are_entered_the_lots_distributed_and_the_proposal_follows(tender, browser):
    tender_id, officer, bids = tender
    window, page = browser(officer), f"/evaluation/{tender_id}/lot-award"
    assert "Die Lose sind noch nicht verteilt." in seen_on(window.get(page))
    for bidder, of, percent in (("A", "2+3", "6"), ("C", "1+4", "5")):
        typed = {"bid": bids[bidder], "lots": of, "percent": percent, "source": "Seite 2"}
        sent = window.post(
            f"/evaluation/{tender_id}/discounts", {f"discount-{name}": text for name, text in typed.items()}
        )
        assert sent.status_code == 303
    assert window.post(page).status_code == 303
    shown = seen_on(window.get(page))
    assert "557.880,00" in shown
    assert "16.400,00" in shown
    assert "1.600,00 € niedriger" in shown
    assert "ja, bewiesen" in shown
    assert "Prüfsumme stimmt, Ergebnis nachgerechnet" in shown
    award = seen_on(window.get(f"/evaluation/{tender_id}/award"))
    assert "Zuschlag nach der Verteilung der Lose" in award


def test_a_refused_rebate_stays_in_the_form_with_its_reason(tender, browser):
    tender_id, officer, bids = tender
    typed = {"discount-bid": bids["B"], "discount-lots": "2+4", "discount-percent": "10", "discount-source": "Seite 2"}
    page = browser(officer).post(f"/evaluation/{tender_id}/discounts", typed)
    assert page.status_code == 422
    assert "Für Los 4 liegt von diesem Bieter kein Angebot vor." in seen_on(page)
    assert 'value="2+4"' in page.text


def test_bidders_are_linked_and_earlier_distributions_stay_readable(tender, browser, saved):
    tender_id, officer, bids = tender
    window, page = browser(officer), f"/evaluation/{tender_id}/lot-award"
    window.post(page)
    linked = {"link-bids": [bids["A"], bids["C"]], "link-reason": "Konzern"}
    assert window.post(f"/evaluation/{tender_id}/links", linked).status_code == 303
    assert "Diese Verteilung gilt nicht mehr" in seen_on(window.get(page))
    window.post(page)
    assert "3 Verteilungen sind in allem gleichwertig" in seen_on(window.get(page))
    with saved():
        first = queries_lot_award.runs_of(tender_id)[-1].id
    assert "574.000,00" in seen_on(window.get(f"/evaluation/lot-awards/{first}"))


def test_the_rules_are_announced_on_a_planned_tender(saved, browser):
    with saved():
        officer = make.officer().id
        planned = lots.ready(LotRules())
        tender_id, version = planned.id, planned.version
    window, page = browser(officer), f"/tenders/{tender_id}/lot-rules"
    assert "§ 30 VgV" in seen_on(window.get(page))
    typed = {"award_limit": "2", "mode": "combination", "objective": "price", "tie_rule": "drawing"}
    refused = window.post(page, typed | {"version": version})
    assert (refused.status_code, "welche Lose zusammen vergeben" in seen_on(refused)) == (422, True)
    sent = window.post(page, typed | {"combinable": "2+3; 1+4", "version": version})
    assert sent.location == page
    shown = seen_on(window.get(page))
    assert "höchstens 2 Lose je Bieter" in shown
    assert "2+3; 1+4" in shown
    with saved():
        assert db.session.get(Tender, tender_id) is not None
