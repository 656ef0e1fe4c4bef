"""The tab "Zuschlag": two officers, two browsers, one winner."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from procurement.core.db import db
from procurement.evaluation import queries
from procurement.evaluation.states import AwardState
from procurement.tenders.kinds import TenderStage
from procurement.tenders.models import Lot
from tests.factories import evaluation as given
from tests.factories import members as make

TIED = {"Netz GmbH": {"FW-1": "100.00", "FW-2": "10.00"}, "Kabel AG": {"FW-1": "90.00", "FW-2": "11.00"}}


@pytest.fixture
def case(saved):
    """Three officers and an evaluated lot; ``case.proposal()`` is what the form of the page sends."""

    def _case(**details):
        with saved():
            people = [make.officer(name).id for name in ("Anke Albers", "Bernd Brand", "Cora Conrad")]
            lot = given.evaluated_lot(**details)
            run = queries.latest_run(lot)
            bids = {one.bidder.name: one.id for one in queries.bids.standing_bids(lot.tender_id)}
            return people, lot.id, lot.tender_id, run.id, bids

    return _case


def proposal(run, bid, reason="Bestes Verhältnis"):
    return {"propose-1-run": run, "propose-1-bid": bid, "propose-1-reason": reason}


def answer(verb, reason="Geprüft", version=1):
    return {f"{verb}-1-reason": reason, f"{verb}-1-version": version}


def decision_id(saved, lot_id):
    with saved():
        return queries.standing_decision(lot_id).id


def test_one_officer_proposes_and_another_confirms(saved, browser, case):
    (anke, bernd, _cora), lot, tender, run, bids = case()
    window = browser(anke)
    page = window.get(f"/evaluation/{tender}/award")
    assert "Das bewirkt der Vorschlag" in page.text
    assert window.post(f"/evaluation/lots/{lot}/award", proposal(run, bids["Netz GmbH"])).status_code == 303
    own = window.get(f"/evaluation/{tender}/award")
    assert "Anke Albers hat den Zuschlag vorgeschlagen." in own.text
    assert "<textarea" not in own.text
    other = browser(bernd)
    page = other.get(f"/evaluation/{tender}/award")
    assert "Los 1 geht an Netz GmbH." in page.text
    confirmed = other.post(f"/evaluation/decisions/{decision_id(saved, lot)}/confirm", answer("confirm"))
    assert confirmed.location == f"/evaluation/{tender}/award"
    done = other.get(confirmed.location)
    assert "Zuschlag für Los 1: Bestätigt." in done.text
    assert "Bestes Verhältnis" in done.text
    assert "Geprüft" in done.text
    with saved():
        assert db.session.get(Lot, lot).tender.stage is TenderStage.AWARD_DECIDED


def test_the_same_officer_cannot_confirm_and_keeps_the_input(saved, browser, case):
    (anke, *_), lot, _tender, run, bids = case()
    window = browser(anke)
    window.post(f"/evaluation/lots/{lot}/award", proposal(run, bids["Netz GmbH"]))
    refused = window.post(f"/evaluation/decisions/{decision_id(saved, lot)}/confirm", answer("confirm"))
    assert refused.status_code == 422
    assert "Vier-Augen-Prinzip" in refused.text
    with saved():
        assert queries.standing_decision(lot).state is AwardState.PROPOSED


def test_a_proposal_without_a_reason_comes_back(browser, case):
    (anke, *_), lot, _tender, run, bids = case()
    refused = browser(anke).post(f"/evaluation/lots/{lot}/award", proposal(run, bids["Netz GmbH"], ""))
    assert refused.status_code == 422
    assert "Bitte begründen." in refused.text


def test_a_second_proposal_gets_409_with_both_states(browser, case):
    (anke, bernd, _cora), lot, _tender, run, bids = case()
    browser(anke).post(f"/evaluation/lots/{lot}/award", proposal(run, bids["Netz GmbH"]))
    late = browser(bernd).post(f"/evaluation/lots/{lot}/award", proposal(run, bids["Netz GmbH"], "auch ich"))
    assert late.status_code == 409
    assert "bereits vorgeschlagen: Angebot 1 (Netz GmbH), vorgeschlagen von Anke Albers" in late.text
    assert "Ihr Vorschlag für Angebot 1 (Netz GmbH) wurde nicht gespeichert." in late.text


def test_two_proposals_at_the_same_moment_give_one_award(app, saved, browser, case):
    (anke, bernd, _cora), lot, _tender, run, bids = case()
    windows = [browser(anke), browser(bernd)]
    with ThreadPoolExecutor(2) as both:
        sent = [both.submit(w.post, f"/evaluation/lots/{lot}/award", proposal(run, bids["Netz GmbH"])) for w in windows]
    assert sorted(one.result().status_code for one in sent) == [303, 409]
    with saved():
        assert len(queries.decisions_of(lot)) == 1


def test_a_confirmation_and_a_rejection_at_the_same_moment_give_one_outcome(saved, browser, case):
    (anke, bernd, cora), lot, _tender, run, bids = case()
    browser(anke).post(f"/evaluation/lots/{lot}/award", proposal(run, bids["Netz GmbH"]))
    number = decision_id(saved, lot)
    windows = {"confirm": browser(bernd), "reject": browser(cora)}
    with ThreadPoolExecutor(2) as both:
        sent = [
            both.submit(window.post, f"/evaluation/decisions/{number}/{verb}", answer(verb))
            for verb, window in windows.items()
        ]
    answers = [one.result() for one in sent]
    assert sorted(one.status_code for one in answers) == [303, 409]
    late = next(one for one in answers if one.status_code == 409)
    assert "Sie sahen den Vorschlag für Los 1 als „Vorgeschlagen“ (Fassung 1); inzwischen ist er" in late.text
    with saved():
        [decision] = queries.decisions_of(lot)
        assert decision.state in {AwardState.CONFIRMED, AwardState.REJECTED}


def test_a_rejection_is_kept_with_its_reason_and_a_new_proposal_is_possible(saved, browser, case):
    (anke, bernd, _cora), lot, tender, run, bids = case()
    browser(anke).post(f"/evaluation/lots/{lot}/award", proposal(run, bids["Netz GmbH"]))
    window, number = browser(bernd), decision_id(saved, lot)
    assert window.post(f"/evaluation/decisions/{number}/reject", answer("reject", "")).status_code == 422
    window.post(f"/evaluation/decisions/{number}/reject", answer("reject", "Preis zuerst aufklären"))
    page = window.get(f"/evaluation/{tender}/award")
    assert "Abgelehnte Vorschläge" in page.text
    assert "Preis zuerst aufklären" in page.text
    assert window.post(f"/evaluation/lots/{lot}/award", proposal(run, bids["Netz GmbH"])).status_code == 303


def test_on_a_tie_the_page_asks_for_the_drawing_of_lots(browser, case):
    (anke, bernd, _cora), lot, tender, run, bids = case(prices=TIED, points={}, method="lowest_price")
    window = browser(anke)
    page = window.get(f"/evaluation/{tender}/award")
    assert "Losentscheid festhalten" in page.text
    assert window.post(f"/evaluation/lots/{lot}/award", proposal(run, bids["Netz GmbH"])).status_code == 422
    drawn = {"draw-1-run": run, "draw-1-bid": bids["Kabel AG"], "draw-1-second": bernd}
    assert window.post(f"/evaluation/lots/{lot}/drawing", drawn).status_code == 422
    done = window.post(f"/evaluation/lots/{lot}/drawing", drawn | {"draw-1-record": "Zwei Zettel im Umschlag"})
    assert done.status_code == 303
    page = window.get(done.location)
    assert "Gezogen von Anke Albers und Bernd Brand." in page.text
    assert "Das bewirkt der Vorschlag" in page.text
    assert "Das Los fiel auf Angebot 2 (Kabel AG)." in window.get(f"/evaluation/{tender}").text
    assert window.post(f"/evaluation/lots/{lot}/award", proposal(run, bids["Kabel AG"])).status_code == 303


def test_a_decision_of_nobody_is_not_found(browser, case):
    (anke, *_), *_ = case()
    assert browser(anke).post("/evaluation/decisions/999/confirm", answer("confirm")).status_code == 404
