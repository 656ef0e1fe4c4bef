"""Deadlines of a change after publication, on a paper calendar of North Rhine-Westphalia."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from procurement.rulebook.thresholds import rule_on
from procurement.tenders import publication_change
from procurement.tenders.kinds import ProcedureType, TenderStage
from procurement.tenders.publication_change import LineCorrection, later_deadline
from procurement.tenders.timetable import Deadlines
from procurement.values.quantity import Quantity

SIX_DAYS = rule_on("DL_QA", date(2026, 11, 23))
FOUR_DAYS = rule_on("DL_QA_URGENT", date(2026, 11, 23))
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
BIDS = datetime(2026, 12, 28, 11, tzinfo=UTC)
BEFORE = Deadlines(BIDS - timedelta(days=7), BIDS, date(2027, 2, 26))


@pytest.mark.parametrize(
    ("today", "deadline", "rule", "earliest", "proposed"),
    [
        # early change: the next working day at least, six days more proposed (03.01. is a Sunday)
        (date(2026, 11, 23), date(2026, 12, 28), SIX_DAYS, date(2026, 12, 29), date(2027, 1, 4)),
        # change five days before: six days after it are 29.12.
        (date(2026, 12, 23), date(2026, 12, 28), SIX_DAYS, date(2026, 12, 29), date(2027, 1, 4)),
        # change on the last day: 28.12. + 6 = Sunday, so Monday 04.01.
        (date(2026, 12, 28), date(2026, 12, 28), SIX_DAYS, date(2027, 1, 4), date(2027, 1, 4)),
        # accelerated: 21.12. + 4 = 25.12. (holiday, then weekend) -> 28.12.; 22.12. + 4 = 26.12. -> 28.12.
        (date(2026, 12, 21), date(2026, 12, 22), FOUR_DAYS, date(2026, 12, 28), date(2026, 12, 28)),
        # the day after 24.12. is Christmas: the next working day is Monday 28.12.
        (date(2026, 11, 23), date(2026, 12, 24), SIX_DAYS, date(2026, 12, 28), date(2026, 12, 30)),
    ],
)
def test_a_substantial_change_needs_a_later_deadline(today, deadline, rule, earliest, proposed):
    found = later_deadline(today, deadline, rule)
    assert (found.earliest_on, found.proposed_on) == (earliest, proposed)


def test_the_notice_is_due_on_the_next_working_day():
    assert publication_change.notice_due_on(date(2026, 11, 23)) == date(2026, 11, 24)
    assert publication_change.notice_due_on(date(2026, 12, 24)) == date(2026, 12, 28)


def test_a_procedure_is_accelerated_if_the_first_bid_deadline_was_shorter_than_usual():
    started = date(2026, 11, 23)
    for deadline, expected in ((date(2026, 12, 23), False), (date(2026, 12, 22), True)):
        found = publication_change.is_accelerated(ProcedureType.OPEN, started, started, deadline)
        assert found is expected
    assert not publication_change.is_accelerated(ProcedureType.NATIONAL_PUBLIC, started, started, started)


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (Deadlines(BEFORE.question_deadline_at, BIDS - timedelta(days=1), date(2027, 2, 26)), "nicht verkürzt"),
        (Deadlines(BIDS - timedelta(days=8), BIDS, date(2027, 2, 26)), "Bieterfragen darf .* nicht verkürzt"),
        (Deadlines(BIDS, BIDS, date(2027, 2, 26)), "vor der Angebotsfrist enden"),
        (Deadlines(BEFORE.question_deadline_at, BIDS, date(2026, 12, 28)), "Bindefrist muss nach"),
        (Deadlines(None, BIDS, date(2027, 2, 26)), "Bitte Angebotsfrist"),
    ],
)
def test_deadlines_only_move_back_and_keep_their_order(after, said):
    found = publication_change.objections_to_new_deadlines(BEFORE, after, NOW)
    assert any(re.search(said, each.text) for each in found)


def test_lines_need_a_name_a_unit_and_a_positive_quantity():
    wrong = LineCorrection(7, " ", "x" * 41, Quantity(0))
    fields = [each.field for each in publication_change.objections_to_lines([wrong])]
    assert fields == ["title_7", "unit_7", "quantity_7"]
    assert publication_change.objections_to_lines([LineCorrection(7, "Leitung", "Tag")]) == []


@pytest.mark.parametrize(
    ("stage", "now", "is_allowed"),
    [
        (TenderStage.PUBLISHED, BIDS - timedelta(seconds=1), True),
        (TenderStage.PUBLISHED, BIDS, False),
        (TenderStage.BIDS_CLOSED, NOW, False),
        (TenderStage.CANCELLED, NOW, False),
    ],
)
def test_changes_end_with_the_bid_deadline(stage, now, is_allowed):
    assert (publication_change.objections_to_time(stage, now, NOW, BIDS) == []) is is_allowed


def test_a_change_needs_a_reason_and_must_change_something():
    assert publication_change.objections_to_reason(" ")
    assert publication_change.objections_to_reason("x" * 2001)
    assert publication_change.objections_to_nothing([], BEFORE, BEFORE)
