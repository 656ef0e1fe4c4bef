"""Exclusion after a ranking: two people, a preview for the second only, every affected lot evaluated anew at once."""

from fractions import Fraction

import pytest

from procurement.bids import actions as bid_actions
from procurement.bids.states import BidState
from procurement.core.db import db
from procurement.core.errors import Conflict, Refused
from procurement.evaluation import actions_exclusion, queries, queries_exclusion
from procurement.evaluation.exclusion_rules import ExclusionState
from procurement.evaluation.models_exclusion import ExclusionProposal
from procurement.tenders.criteria_entries import CriterionEntry
from tests.factories import evaluation as given
from tests.factories import members as make
from tests.page_reading import seen_on, text_of

NORM, REASON = "§ 57 Abs. 1 Nr. 4 VgV", "Lieferfrist gestrichen"
# G5d (M9, c = 2, 60/40): A and B alone 77 to 76; with C, which comes last, 211/3 to 644/9. Without C, A overtakes B.
PRICES = {"A": {"FW-1": "150000"}, "B": {"FW-1": "100000"}, "C": {"FW-1": "90000"}}
POINTS = {"A": {"K1": 10, "K2": 9}, "B": {"K1": 6, "K2": 6}, "C": {"K1": 5, "K2": 5}}
CRITERIA = tuple(CriterionEntry(number, number, weight_percent="50") for number in ("K1", "K2"))


def proposed(lot, bidder="Kabel AG", by=None):
    bid = given.bid_of(lot.tender, bidder)
    return actions_exclusion.propose_exclusion(bid, NORM, REASON, by=by or make.officer())


def confirmed(proposal, by=None):
    return actions_exclusion.confirm_exclusion(proposal, "Nachgelesen", by=by or make.officer())


def test_after_a_ranking_one_person_alone_cannot_exclude(context):
    lot = given.evaluated_lot()
    bid = given.bid_of(lot.tender, "Kabel AG")
    with pytest.raises(Refused, match="von einer anderen Person bestätigt"):
        bid_actions.exclude_bid(bid, NORM, REASON, by=make.officer())


def test_before_a_ranking_no_second_person_is_needed(context):
    lot = given.opened_tender().lots[0]
    with pytest.raises(Refused, match="ohne zweite Person"):
        proposed(lot)


def test_norm_and_reason_come_first(context):
    bid = given.bid_of(given.evaluated_lot().tender, "Kabel AG")
    with pytest.raises(Refused) as caught:
        actions_exclusion.propose_exclusion(bid, "", " ", by=make.officer())
    assert {one.field for one in caught.value.objections} == {"norm", "reason"}


def test_the_preview_is_for_a_second_officer_only(context):
    first, second = make.officer(), make.officer()
    lot = given.evaluated_lot()
    proposal = proposed(lot, "Netz GmbH", by=first)
    assert queries_exclusion.rankings(proposal, first) == []
    assert queries_exclusion.rankings(proposal, make.auditor()) == []
    shown = queries_exclusion.rankings(proposal, second)[0]
    assert (shown.winner_before, shown.winner_after) == ("1 (Netz GmbH)", "2 (Kabel AG)")
    assert [run.number for run in queries.runs_of(lot.id)] == [1]  # a preview is no run
    assert given.bid_of(lot.tender, "Netz GmbH").state is BidState.OPENED


def test_excluding_the_last_bid_can_turn_the_ranking_and_both_runs_stay(context):
    parameters = {"quality_weight": "0.6", "zero_at": "2"}
    details = {"method": "linear", "parameters": parameters, "criteria": CRITERIA}
    lot = given.opened_tender(PRICES, given.G11_LOT, **details).lots[0]
    given.rate(lot, POINTS)
    before = given.evaluate(lot)
    proposal = confirmed(proposed(lot, "C"))
    shown = queries_exclusion.rankings(proposal, make.auditor())[0]
    assert {bid.name: (bid.rank_before, bid.rank_after) for bid in shown.bids} == {
        "1 (A)": (2, 1),
        "2 (B)": (1, 2),
        "3 (C)": (3, None),
    }
    scores = {bid.name: (bid.score_before, bid.score_after) for bid in shown.bids}
    assert scores["1 (A)"] == (Fraction(211, 3), 77)
    assert scores["2 (B)"] == (Fraction(644, 9), 76)
    assert next(one for one in shown.references if one.has_changed).label.startswith("Niedrigster Preis")
    assert [run.number for run in queries.runs_of(lot.id)] == [2, 1]
    assert queries.proof_of(before).is_good
    assert queries.lot_state(lot).is_current


def test_the_own_proposal_cannot_be_answered_and_a_decided_one_not_again(context):
    first, second = make.officer(), make.officer()
    proposal = proposed(given.evaluated_lot(), by=first)
    for act in (actions_exclusion.confirm_exclusion, actions_exclusion.reject_exclusion):
        with pytest.raises(Refused, match="Vier-Augen-Prinzip"):
            act(proposal, "Ja", by=first)
    with pytest.raises(Conflict, match="Fassung"):
        actions_exclusion.confirm_exclusion(proposal, "Ja", by=second, seen=7)
    actions_exclusion.reject_exclusion(proposal, "Nur ein Schreibfehler", by=second)
    assert proposal.state is ExclusionState.REJECTED
    assert proposal.bid.state is BidState.OPENED
    with pytest.raises(Refused, match="bereits entschieden"):
        confirmed(proposal)


def test_while_an_award_is_proposed_nothing_is_excluded(context):
    lot = given.evaluated_lot()
    given.proposed(lot)
    with pytest.raises(Refused):
        proposed(lot)


def test_only_one_proposal_waits_per_bid(context):
    lot = given.evaluated_lot()
    proposed(lot)
    with pytest.raises(Refused, match="bereits vorgeschlagen"):
        proposed(lot)


def test_the_pages_show_the_preview_to_the_second_person_and_both_rankings_afterwards(saved, browser, app):
    with saved():
        first, second = make.officer().id, make.officer().id
        bid_id = given.bid_of(given.evaluated_lot().tender, "Netz GmbH").id
    one, other = browser(first), browser(second)
    made = one.post(f"/evaluation/bids/{bid_id}/exclusion", {"norm": NORM, "reason": REASON})
    assert made.status_code == 303
    with app.app_context():
        where = f"/evaluation/exclusions/{db.session.query(ExclusionProposal).one().id}"
    assert "Rang 1 wechselt" not in seen_on(one.get(where))
    assert "wird nur der Person gezeigt, die als zweite entscheidet" in seen_on(one.get(where))
    assert "Rang 1 wechselt: bisher 1 (Netz GmbH), danach 2 (Kabel AG)" in seen_on(other.get(where))
    assert "Vier-Augen-Prinzip" in text_of(one.post(f"{where}/confirmation", {"confirm-reason": "Ja"}))
    assert other.post(f"{where}/confirmation", {"confirm-reason": "Geprüft"}).status_code == 303
    assert "Rang 1 wechselt" in seen_on(one.get(where))
