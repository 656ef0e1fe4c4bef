"""What a tender or an allocation asks of one officer, and what lies with the other person."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from procurement.allocation.states import RunState
from procurement.evaluation.states import AwardState
from procurement.home.tasks import Urgency, mine, with_others
from procurement.home.tender_tasks import LotFacts, RunFacts, TenderFacts, run_task, tender_tasks
from procurement.tenders.kinds import TenderStage

PETRA, JONAS = 1, 2
DEADLINE = datetime(2026, 12, 1, 11, 0, tzinfo=UTC)
AFTER = DEADLINE + timedelta(seconds=1)
PUBLISHED = TenderFacts(5, "Firewall", TenderStage.PUBLISHED, DEADLINE, is_named=True)


def only(facts, reader=PETRA, now=AFTER):
    (task,) = tender_tasks(facts, reader, now)
    return task


def test_a_planned_tender_shows_its_first_open_point_and_how_many_more_there_are():
    planned = TenderFacts(5, "Firewall", TenderStage.PLANNED, objections=("Es gibt noch kein Los.", "b", "c"))
    task = only(planned)
    assert task.note == "Es gibt noch kein Los. (2 weitere Punkte)"
    assert (task.label, task.urgency) == ("Ausschreibung vorbereiten: Firewall", Urgency.PREPARE)
    assert only(replace(planned, objections=("a", "b"))).note == "a (1 weiterer Punkt)"
    assert only(replace(planned, objections=("a",))).note == "a"


def test_a_planned_tender_without_open_points_can_be_published():
    task = only(TenderFacts(5, "Firewall", TenderStage.PLANNED))
    assert (task.endpoint, task.urgency) == ("tenders.publish", Urgency.NOW)


def test_nothing_is_opened_before_the_second_of_the_deadline_is_over():
    assert tender_tasks(PUBLISHED, PETRA, DEADLINE) == []
    assert only(PUBLISHED, now=AFTER).label == "Angebote öffnen: Firewall"


def test_whoever_released_first_waits_and_the_other_person_is_asked():
    begun = replace(PUBLISHED, stage=TenderStage.BIDS_CLOSED, first_by_id=PETRA, first_by_name="Petra")
    assert only(begun, PETRA).urgency is Urgency.OTHERS
    second = only(begun, JONAS)
    assert (second.urgency, second.note) == (Urgency.NOW, "Petra hat freigegeben, die zweite Person fehlt noch")


def test_an_officer_who_was_not_named_at_publication_cannot_open():
    assert only(replace(PUBLISHED, is_named=False)).urgency is Urgency.OTHERS


def test_lots_are_evaluated_before_an_award_can_be_proposed():
    opened = TenderFacts(5, "Firewall", TenderStage.OPENED, lots=(LotFacts(1, True), LotFacts(2, False)))
    assert only(opened).note == "Los 2 noch nicht gewertet"
    evaluated = replace(opened, stage=TenderStage.EVALUATED, lots=(LotFacts(1, True), LotFacts(2, True)))
    assert (only(evaluated).label, only(evaluated).note) == (
        "Zuschlag vorschlagen: Firewall",
        "Lose 1, 2 ohne Vorschlag",
    )


def test_an_award_is_confirmed_by_somebody_who_did_not_propose_it():
    lot = LotFacts(1, True, AwardState.PROPOSED, JONAS, "Jonas")
    proposed = TenderFacts(5, "Firewall", TenderStage.AWARD_DECIDED, lots=(lot,))
    assert only(proposed, PETRA).note == "Los 1, vorgeschlagen von Jonas"
    assert only(proposed, PETRA).urgency is Urgency.NOW
    assert only(proposed, JONAS).urgency is Urgency.OTHERS


def test_one_tender_can_wait_for_the_reader_and_for_a_colleague_at_once():
    lots = (
        LotFacts(1, True, AwardState.PROPOSED, JONAS, "Jonas"),
        LotFacts(2, True, AwardState.PROPOSED, PETRA, "Petra"),
        LotFacts(3, True, AwardState.CONFIRMED, PETRA, "Petra"),
    )
    tasks = tender_tasks(TenderFacts(5, "Firewall", TenderStage.AWARD_DECIDED, lots=lots), PETRA, AFTER)
    assert [task.note.partition(",")[0] for task in mine(tasks)] == ["Los 1"]
    assert [task.note.partition(",")[0] for task in with_others(tasks)] == ["Los 2"]


def test_an_awarded_tender_without_an_allocation_is_to_be_allocated():
    assert only(TenderFacts(5, "Firewall", TenderStage.AWARDED)).endpoint == "allocation.of_tender"


def test_an_allocation_is_checked_and_approved_by_somebody_who_did_not_prepare_it():
    run = RunFacts(9, "Firewall", 2, RunState.CALCULATED, JONAS, "Jonas")
    task = run_task(run, PETRA)
    assert (task.label, task.note) == ("Kostenaufteilung prüfen: Firewall", "Fassung 2, berechnet von Jonas")
    assert task.urgency is Urgency.NOW
    assert run_task(run, JONAS).urgency is Urgency.OTHERS
    assert run_task(replace(run, state=RunState.CHECKED), PETRA).label == "Kostenaufteilung freigeben: Firewall"


def test_an_approved_allocation_still_asks_for_its_documents():
    task = run_task(RunFacts(9, "Firewall", 2, RunState.APPROVED, JONAS, "Jonas"), PETRA)
    assert (task.label, task.endpoint) == ("Dokumente ausstellen: Firewall", "documents.of_run")
