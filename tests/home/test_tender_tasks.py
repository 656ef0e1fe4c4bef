"""What a tender or an allocation asks of one officer, and what lies with the other person."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from procurement.allocation.states import RunState
from procurement.evaluation.states import AwardState
from procurement.home.bid_work import BidWork, Evaluator, Proposal
from procurement.home.tasks import Urgency, mine, with_others
from procurement.home.tender_tasks import LotFacts, RunFacts, TenderFacts, run_task, tender_tasks
from procurement.tenders.kinds import ProcedureType, TenderStage

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


TODAY = date(2026, 12, 1)
CONFIRMED = (LotFacts(1, True, AwardState.CONFIRMED, PETRA, "Petra"),)
DECIDED = TenderFacts(5, "Firewall", TenderStage.AWARD_DECIDED, lots=CONFIRMED, work=BidWork(bids=3))


def test_a_confirmed_decision_leads_to_register_and_letters():
    work = replace(DECIDED.work, unasked=("Netz GmbH",))
    register, letters = tender_tasks(replace(DECIDED, work=work), PETRA, AFTER, TODAY)
    assert (register.label, register.note) == (
        "Wettbewerbsregister abfragen: Firewall",
        "Auskunft fehlt zu Netz GmbH",
    )
    assert (letters.label, letters.endpoint) == ("Bieter informieren: Firewall", "awarding.show")
    drafted = only(replace(DECIDED, work=replace(work, letters=2, unsent=1, unasked=())))
    assert drafted.note == "1 von 2 Schreiben nach § 134 GWB noch nicht versandt"


def test_nobody_is_informed_below_the_threshold_or_where_only_one_bid_came():
    national = replace(DECIDED, procedure_type=ProcedureType.NATIONAL_PUBLIC)
    alone = replace(DECIDED, work=BidWork(bids=1))
    assert [only(one).label for one in (national, alone)] == ["Zuschlag erteilen: Firewall"] * 2


def test_the_award_is_possible_from_the_first_day_after_the_standstill_and_not_during_a_review():
    told = replace(DECIDED, stage=TenderStage.STANDSTILL, work=BidWork(bids=3, letters=2, earliest_on=TODAY))
    (day_before,) = tender_tasks(told, PETRA, AFTER, TODAY - timedelta(days=1))
    assert day_before.urgency is Urgency.PREPARE
    assert "frühestens am 01.12.2026" in day_before.note
    (task,) = tender_tasks(told, PETRA, AFTER, TODAY)
    assert task.urgency is Urgency.NOW
    locked = replace(told, work=replace(told.work, reviews=("Vergabekammer Westfalen",)))
    (waiting,) = tender_tasks(locked, PETRA, AFTER, TODAY)
    assert (waiting.urgency, waiting.endpoint) == (Urgency.OTHERS, "awarding.objections")


PANEL = BidWork(panel=(Evaluator(PETRA, "Petra", has_submitted=False), Evaluator(JONAS, "Jonas", has_submitted=True)))
OPENED = TenderFacts(5, "Firewall", TenderStage.OPENED, lots=(LotFacts(1, False),))


def test_an_evaluator_is_asked_for_the_own_points_only():
    scored = replace(OPENED, work=replace(PANEL, bids=3, unexamined=2, exclusions=(Proposal(7, "Kabel AG", JONAS),)))
    assert only(scored, PETRA).endpoint == "evaluation.notes"
    examine, exclusion, waiting = tender_tasks(scored, JONAS, AFTER, TODAY)
    assert examine.note == "2 von 3 Angeboten formal noch nicht geprüft"
    assert (exclusion.endpoint, exclusion.values) == ("evaluation.exclusion", {"exclusion_id": 7})
    assert exclusion.urgency is Urgency.OTHERS
    assert (waiting.note, waiting.urgency) == ("es fehlen die Punkte von Petra", Urgency.OTHERS)


def test_the_panel_agrees_before_anything_is_evaluated():
    panel = tuple(replace(one, has_submitted=True) for one in PANEL.panel)
    apart = replace(OPENED, work=BidWork(panel=panel, without_consensus=1))
    assert (only(apart, PETRA).label, only(apart, PETRA).urgency) == ("Konsens festhalten: Firewall", Urgency.NOW)
    assert only(apart, 3).urgency is Urgency.OTHERS
    assert only(replace(OPENED, work=BidWork(panel=panel)), 3).label == "Angebote werten: Firewall"


def test_whoever_declared_a_conflict_finds_nothing_about_the_bids():
    assert tender_tasks(replace(OPENED, work=replace(PANEL, has_conflict=True)), JONAS, AFTER) == []


def test_a_negotiated_round_lies_with_the_bidders_until_its_deadline():
    round_ = replace(OPENED, stage=TenderStage.NEGOTIATION, work=BidWork(round_number=2, round_deadline_at=DEADLINE))
    assert only(round_, now=DEADLINE).urgency is Urgency.OTHERS
    assert (only(round_).urgency, only(round_).endpoint) == (Urgency.NOW, "bids.negotiation_rounds")
