"""P8: one bid: the procedure goes on, but price and market are judged before the award is proposed."""

import pytest

from procurement.core.errors import Refused
from procurement.evaluation import actions_award, queries, queries_single_bid
from procurement.tenders.kinds import TenderStage
from procurement.values.money import Money
from tests.factories import evaluation as given
from tests.factories import members as make
from tests.page_reading import text_of

ONE_BID = {"Netz GmbH": {"FW-1": "1100.00", "FW-2": "50.00"}}


def only_bid():
    return given.evaluated_lot({"Netz GmbH": {"K1": 8, "K2": 8}}, prices=ONE_BID)


def propose(lot):
    bid = given.bid_of(lot.tender, "Netz GmbH")
    return actions_award.propose_award(lot, queries.latest_run(lot), bid, "Einziges Angebot", by=make.officer())


def test_p8_nothing_is_cancelled_and_the_proposal_waits_for_the_note(context):
    lot = only_bid()
    assert lot.tender.stage is TenderStage.EVALUATED
    with pytest.raises(Refused, match="nur ein Angebot eingegangen"):
        propose(lot)
    note = actions_award.note_single_bid(lot, "6,7 % über der Schätzung", "Zwei Anbieter am Markt", by=make.officer())
    # 4 × 1,100.00 + 40 × 50.00 = 6,400.00 against the estimate of 6,000.00
    assert (note.price_net, note.estimate_net) == (Money.of(6400), Money.of(6000))
    propose(lot)
    assert lot.tender.stage is TenderStage.AWARD_DECIDED


def test_p8_both_texts_are_needed_and_two_bids_need_none(context):
    lot = only_bid()
    with pytest.raises(Refused, match="Bitte begründen"):
        actions_award.note_single_bid(lot, "passt", " ", by=make.officer())
    two = given.evaluated_lot()
    with pytest.raises(Refused, match="liegen 2 Angebote vor"):
        actions_award.note_single_bid(two, "passt", "passt", by=make.officer())


def test_p8_by_the_pages(saved, browser):
    with saved():
        lot, officer = only_bid(), make.officer()
        lot_id, tender_id, officer_id = lot.id, lot.tender_id, officer.id
    page = browser(officer_id)
    assert "Nur ein Angebot" in text_of(page.get(f"/evaluation/{tender_id}/award"))
    url = f"/evaluation/lots/{lot_id}/single-bid"
    assert page.post(url, {"single-1-plausibility": "passt"}).status_code == 422
    assert page.post(url, {"single-1-plausibility": "passt", "single-1-market": "eng"}).status_code == 303
    with saved():
        assert queries_single_bid.note_of(lot_id).market_note == "eng"
    assert "Das bewirkt der Vorschlag" in text_of(page.get(f"/evaluation/{tender_id}/award"))
