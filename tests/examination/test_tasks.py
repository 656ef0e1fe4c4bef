"""What remains to be done with a bid, stage by stage, in the order of the profile."""

from dataclasses import replace

from procurement.examination.document_requests import CheckedDocument
from procurement.examination.profiles import BIDS_FIRST, SUITABILITY_FIRST, Stage
from procurement.examination.states import DocumentState, IntegrityFinding, RequestState
from procurement.examination.tasks import (
    BidExamined,
    LotFormal,
    PriceTask,
    TaskState,
    objections_to_finishing,
    tasks_of,
)
from procurement.tenders.requirements import DocumentKind

FRESH = BidExamined(
    is_out=False,
    formal=[LotFormal(1, is_recorded=False)],
    documents=[CheckedDocument(1, "Eigenerklärung", DocumentKind.COMPANY, None)],
    request=None,
    unanswered=["Referenzen"],
    unmet=[],
    integrity=None,
    prices=[],
    is_evaluated=False,
)
DONE = replace(
    FRESH,
    formal=[LotFormal(1, is_recorded=True)],
    documents=[CheckedDocument(1, "Eigenerklärung", DocumentKind.COMPANY, DocumentState.PRESENT)],
    unanswered=[],
    integrity=IntegrityFinding.NONE,
    is_evaluated=True,
)
LACKING = CheckedDocument(1, "Eigenerklärung", DocumentKind.COMPANY, DocumentState.MISSING)


def task(bid, stage):
    return next(one for one in tasks_of(bid, SUITABILITY_FIRST) if one.stage is stage)


def test_the_order_is_that_of_the_profile():
    assert [one.stage for one in tasks_of(FRESH, BIDS_FIRST)] == list(BIDS_FIRST)


def test_a_fresh_bid_says_what_is_missing():
    assert task(FRESH, Stage.FORMAL).missing == ("Los 1: formale Prüfung", "Eigenerklärung: noch nicht geprüft")
    assert task(FRESH, Stage.SUITABILITY).missing == ("Referenzen", "Ausschlussgründe der §§ 123, 124 GWB")


def test_everything_noted_is_done():
    assert {one.state for one in tasks_of(DONE, SUITABILITY_FIRST)} == {TaskState.DONE}


def test_a_missing_document_is_to_be_requested_then_waits_then_is_objected_to():
    lacking = replace(DONE, documents=[LACKING])
    assert task(lacking, Stage.FORMAL).missing == ("Eigenerklärung: nachfordern",)
    assert task(replace(lacking, request=RequestState.OPEN), Stage.FORMAL).state is TaskState.WAITING
    assert task(replace(lacking, request=RequestState.LATE), Stage.FORMAL).state is TaskState.OBJECTED


def test_a_missing_document_of_the_award_is_objected_to_at_once():
    concept = CheckedDocument(2, "Konzept", DocumentKind.AWARD, DocumentState.MISSING)
    assert task(replace(DONE, documents=[concept]), Stage.FORMAL).state is TaskState.OBJECTED


def test_an_unmet_criterion_or_a_ground_is_objected_to_and_self_cleaning_is_not():
    assert task(replace(DONE, unmet=["Referenzen"]), Stage.SUITABILITY).missing == ("Referenzen",)
    assert task(replace(DONE, integrity=IntegrityFinding.MANDATORY), Stage.SUITABILITY).state is TaskState.OBJECTED
    assert task(replace(DONE, integrity=IntegrityFinding.CLEANED), Stage.SUITABILITY).state is TaskState.DONE


def test_prices_are_open_waiting_or_rejected():
    price = PriceTask(1, is_open=True, is_waiting=False, is_rejected=False)
    assert task(replace(DONE, prices=[price]), Stage.PRICE).state is TaskState.OPEN
    waiting = replace(price, is_waiting=True)
    assert task(replace(DONE, prices=[waiting]), Stage.PRICE).state is TaskState.WAITING
    assert (
        task(replace(DONE, prices=[price, replace(price, is_rejected=True)]), Stage.PRICE).state is TaskState.OBJECTED
    )


def test_of_an_excluded_bid_nothing_is_left():
    assert {one.state for one in tasks_of(replace(FRESH, is_out=True), BIDS_FIRST)} == {TaskState.OUT}


def lock(stage, bid, order):
    return [one.text for one in objections_to_finishing(stage, tasks_of(bid, order), "Profil")]


def test_a_later_stage_is_finished_only_after_the_earlier_ones_and_says_what_is_missing():
    [text] = lock(Stage.PRICE, FRESH, BIDS_FIRST)
    assert "vorher „Formale Prüfung und Nachforderung“ (offen: Los 1: formale Prüfung;" in text
    assert len(lock(Stage.PRICE, FRESH, SUITABILITY_FIRST)) == 2
    assert lock(Stage.PRICE, DONE, SUITABILITY_FIRST) == []


def test_notes_on_a_stage_that_stays_open_objections_and_excluded_bids_are_not_held_up():
    assert lock(Stage.SUITABILITY, FRESH, SUITABILITY_FIRST) == []
    assert lock(Stage.SUITABILITY, replace(FRESH, unanswered=[], unmet=["Referenzen"]), SUITABILITY_FIRST) == []
    assert lock(Stage.PRICE, replace(FRESH, is_out=True), SUITABILITY_FIRST) == []
