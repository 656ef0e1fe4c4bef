from dataclasses import replace

import pytest

from procurement.evaluation import rules
from procurement.evaluation.entries import AnswerEntry, DrawingEntry, PointsEntry
from procurement.evaluation.rules import AnswerFacts, LotFacts, ProposalFacts, RunFacts
from procurement.evaluation.states import AwardState
from procurement.tenders.kinds import TenderStage
from procurement.values.objection import Objection

OPENED = LotFacts(1, TenderStage.OPENED, None)
EVALUATED = LotFacts(1, TenderStage.EVALUATED, None)
PROPOSED = LotFacts(1, TenderStage.AWARD_DECIDED, AwardState.PROPOSED)
RUNNABLE = RunFacts(OPENED, bids=2, missing=(), changed_terms=(), is_current=False)
PROPOSABLE = ProposalFacts(EVALUATED, has_run=True, is_current=True, winners=["1 (Netz GmbH)"])
TIE = replace(PROPOSABLE, winners=["1 (Netz GmbH)", "2 (Kabel AG)"])
ANSWERABLE = AnswerFacts(PROPOSED, proposed_by_id=1, proposed_by_name="Anke Albers", answering_id=2, is_current=True)
DRAWN = DrawingEntry("2 (Kabel AG)", recorded_by_id=1, second_id=2, record="Zwei Zettel in einem Umschlag")


def texts(objections):
    return " ".join(map(str, objections))


def fields(objections):
    return [objection.field for objection in objections]


@pytest.mark.parametrize("stage", [TenderStage.OPENED, TenderStage.EVALUATED])
def test_points_are_given_between_opening_and_award_proposal(stage):
    assert rules.objections_to_rating(replace(OPENED, stage=stage)) == []


def test_points_are_fixed_before_the_opening_and_from_a_proposal_on():
    assert "Stand ist „Veröffentlicht“" in texts(
        rules.objections_to_rating(replace(OPENED, stage=TenderStage.PUBLISHED))
    )
    proposed = replace(EVALUATED, decision=AwardState.PROPOSED)
    confirmed = replace(EVALUATED, decision=AwardState.CONFIRMED)
    assert "Für Los 1 ist der Zuschlag vorgeschlagen." in texts(rules.objections_to_rating(proposed))
    assert "Für Los 1 ist der Zuschlag bestätigt." in texts(rules.objections_to_rating(confirmed))


@pytest.mark.parametrize("points", [0, 10])
def test_zero_and_ten_points_with_a_reason_are_fine(points):
    assert rules.objections_to_points(PointsEntry(7, 2, points, "gut")) == []


@pytest.mark.parametrize("points", [-1, 11, None])
def test_points_beyond_the_scale_name_their_cell(points):
    assert fields(rules.objections_to_points(PointsEntry(7, 2, points, "gut"))) == ["value-7-2"]


def test_points_without_a_reason_or_with_a_novel_name_their_cell():
    assert fields(rules.objections_to_points(PointsEntry(7, 2, 5, "  "))) == ["reason-7-2"]
    assert fields(rules.objections_to_points(PointsEntry(7, 2, 5, "x" * 4001))) == ["reason-7-2"]


def test_a_yes_needs_no_reason_but_a_no_does():
    assert rules.objections_to_answer(AnswerEntry(7, 1, is_met=True, reason="")) == []
    assert fields(rules.objections_to_answer(AnswerEntry(7, 1, is_met=False, reason=""))) == ["reason-7-1"]
    assert fields(rules.objections_to_answer(AnswerEntry(7, 1, is_met=None, reason="vielleicht"))) == ["value-7-1"]
    assert fields(rules.objections_to_answer(AnswerEntry(7, 1, is_met=True, reason="x" * 4001))) == ["reason-7-1"]


def test_a_lot_can_be_evaluated_when_nothing_is_missing_and_something_is_new():
    assert rules.objections_to_evaluating(RUNNABLE) == []


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"lot": PROPOSED}, "Stand ist „Zuschlagsentscheidung“"),
        ({"bids": 0}, "Für Los 1 liegt kein Angebot vor"),
        ({"changed_terms": ("Kriterien",)}, "Seit der Veröffentlichung geändert: Kriterien."),
        (
            {"missing": (Objection("Angebot 1 (X): Es fehlen Punkte für K1 Konzept."),)},
            "Es fehlen Punkte für K1 Konzept.",
        ),
        ({"is_current": True}, "Seit der letzten Wertung hat sich nichts geändert."),
    ],
)
def test_a_lot_is_not_evaluated_and_the_reason_is_named(change, text):
    assert text in texts(rules.objections_to_evaluating(replace(RUNNABLE, **change)))


def test_an_award_is_proposed_to_the_one_bid_on_rank_one():
    assert rules.objections_to_proposing(PROPOSABLE) == []
    assert rules.objections_to_bid("1 (Netz GmbH)", "1 (Netz GmbH)") == []
    assert "geht der Zuschlag an Angebot 1 (Netz GmbH)" in texts(rules.objections_to_bid("2 (B)", "1 (Netz GmbH)"))


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"lot": OPENED}, "wenn alle Lose gewertet sind"),
        ({"lot": PROPOSED}, "Für Los 1 ist der Zuschlag bereits vorgeschlagen."),
        ({"has_run": False}, "Los 1 ist noch nicht gewertet."),
        ({"is_current": False}, "Bitte das Los neu werten."),
        ({"winners": []}, "In Los 1 kann kein Angebot gewertet werden"),
        ({"winners": ["1 (A)", "2 (B)"]}, "Angebote 1 (A) und 2 (B). Eine veröffentlichte Regel entscheidet nicht"),
    ],
)
def test_no_award_is_proposed_and_the_reason_is_named(change, text):
    assert text in texts(rules.objections_to_proposing(replace(PROPOSABLE, **change)))


def test_after_lots_were_drawn_the_award_can_be_proposed():
    assert rules.objections_to_proposing(replace(TIE, is_drawn=True)) == []


def test_lots_are_drawn_only_on_a_tie_and_only_once():
    assert rules.objections_to_drawing(TIE) == []
    assert rules.objections_to_drawing(TIE, DRAWN) == []
    assert "nicht nötig" in texts(rules.objections_to_drawing(PROPOSABLE, DRAWN))
    assert "bereits gezogen" in texts(rules.objections_to_drawing(replace(TIE, is_drawn=True), DRAWN))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"winner": "3 (C)"}, "bid"),
        ({"second_id": 1}, "second"),
        ({"second_id": None}, "second"),
        ({"record": ""}, "record"),
    ],
)
def test_lots_are_drawn_by_two_people_between_the_tied_bids_and_on_record(change, field):
    assert fields(rules.objections_to_drawing(TIE, replace(DRAWN, **change))) == [field]


def test_another_person_confirms_with_a_reason():
    assert rules.objections_to_confirming(ANSWERABLE) == []
    assert rules.objections_to_confirming(ANSWERABLE, "geprüft") == []
    assert fields(rules.objections_to_confirming(ANSWERABLE, "  ")) == ["reason"]


def test_whoever_proposed_neither_confirms_nor_rejects():
    same = replace(ANSWERABLE, answering_id=1)
    expected = "Anke Albers hat den Zuschlag vorgeschlagen. Bestätigen oder ablehnen muss eine andere Person"
    assert expected in texts(rules.objections_to_confirming(same))
    assert expected in texts(rules.objections_to_answering(same))


def test_a_decided_proposal_is_not_decided_again():
    confirmed = replace(ANSWERABLE, lot=replace(PROPOSED, decision=AwardState.CONFIRMED))
    assert (
        texts(rules.objections_to_confirming(confirmed, "geprüft"))
        == "Über diesen Vorschlag ist bereits entschieden: „Bestätigt“."
    )
    rejected = replace(ANSWERABLE, lot=replace(PROPOSED, decision=None))
    assert "„Abgelehnt“" in texts(rules.objections_to_answering(rejected))


def test_a_proposal_on_an_outdated_run_can_only_be_rejected():
    outdated = replace(ANSWERABLE, is_current=False)
    assert "kann nur noch abgelehnt werden" in texts(rules.objections_to_confirming(outdated, "geprüft"))
    assert rules.objections_to_answering(outdated, "überholt") == []
