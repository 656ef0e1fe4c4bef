"""The one stage table and the steps shown of it."""

import pytest

from procurement.tenders import lifecycle
from procurement.tenders.kinds import TenderStage as Stage

ALLOWED = {
    (Stage.PLANNED, Stage.PUBLISHED),
    (Stage.PUBLISHED, Stage.BIDS_CLOSED),
    (Stage.BIDS_CLOSED, Stage.OPENED),
    (Stage.OPENED, Stage.EVALUATED),
    (Stage.OPENED, Stage.NEGOTIATION),
    (Stage.NEGOTIATION, Stage.OPENED),
    (Stage.EVALUATED, Stage.NEGOTIATION),
    (Stage.EVALUATED, Stage.AWARD_DECIDED),
    (Stage.AWARD_DECIDED, Stage.STANDSTILL),
    (Stage.AWARD_DECIDED, Stage.AWARDED),
    (Stage.AWARD_DECIDED, Stage.EVALUATED),
    (Stage.AWARD_DECIDED, Stage.OPENED),
    (Stage.STANDSTILL, Stage.AWARDED),
    (Stage.STANDSTILL, Stage.EVALUATED),
    (Stage.STANDSTILL, Stage.OPENED),
    *((stage, Stage.CANCELLED) for stage in Stage if stage not in {Stage.AWARDED, Stage.CANCELLED}),
}


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("wanted", Stage)
def test_exactly_the_moves_of_the_table_are_allowed(stage, wanted):
    assert lifecycle.may_move(stage, wanted) is ((stage, wanted) in ALLOWED)
    assert bool(lifecycle.objections_to_move(stage, wanted)) is ((stage, wanted) not in ALLOWED)


def test_a_refused_move_says_what_is_possible_instead():
    [objection] = lifecycle.objections_to_move(Stage.PLANNED, Stage.AWARDED)
    assert objection.text == (
        "Von „Geplant“ führt kein Weg zu „Zuschlag erteilt“. Möglich ist von hier aus: „Veröffentlicht“, „Aufgehoben“."
    )
    [objection] = lifecycle.objections_to_move(Stage.AWARDED, Stage.CANCELLED)
    assert objection.text.endswith("Damit ist das Verfahren abgeschlossen.")


def test_the_tracker_shows_what_is_done_what_runs_and_what_waits_for_what():
    shown = lifecycle.steps(Stage.PUBLISHED, {Stage.PLANNED: "01.11.2026", Stage.BIDS_CLOSED: "28.12.2026"})
    assert [step.state for step in shown] == ["done", "current", "open", *["locked"] * 5]
    assert shown[0].when == "01.11.2026"
    assert (shown[2].when, shown[2].reason) == ("28.12.2026", "")
    assert shown[3].reason == "durch zwei Personen"


def test_with_the_award_every_step_is_done():
    assert {step.state for step in lifecycle.steps(Stage.AWARDED, {})} == {"done"}


def test_a_cancelled_tender_shows_how_far_it_came():
    shown = lifecycle.steps(Stage.CANCELLED, {Stage.PUBLISHED: "02.11.2026", Stage.CANCELLED: "03.12.2026"})
    assert [step.state for step in shown] == ["done", "done", *["locked"] * 6, "current"]
    assert (shown[-1].label, shown[-1].when) == ("Aufgehoben", "03.12.2026")
    assert shown[2].reason == "durch die Aufhebung entfallen"


def test_a_stage_counts_as_reached_even_after_a_step_back_or_the_cancellation():
    assert lifecycle.has_reached(Stage.OPENED, {Stage.EVALUATED, Stage.CANCELLED})
    assert not lifecycle.has_reached(Stage.OPENED, {Stage.PUBLISHED, Stage.CANCELLED})


def test_every_stage_has_a_tone():
    assert set(lifecycle.TONES) == set(Stage)
