"""Minimum periods with the figures of the domain notes, the order of deadlines, holidays in North Rhine-Westphalia."""

from datetime import UTC, date, datetime, timedelta

import pytest

from procurement.tenders import holidays, timetable
from procurement.tenders.kinds import ProcedureType
from procurement.tenders.timetable import Deadlines

STARTED = date(2026, 11, 2)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("dispatched_on", "rule_id", "last_day"),
    [
        (date(2026, 11, 23), "DL_OPEN_E", date(2026, 12, 23)),
        (date(2026, 11, 25), "DL_OPEN_E", date(2026, 12, 28)),  # 25.12. is a holiday, 26.12. one and a Saturday
        (date(2026, 12, 7), "DL_OPEN_E", date(2027, 1, 6)),
        (date(2027, 2, 24), "DL_OPEN_E", date(2027, 3, 30)),  # 26.03. is Good Friday
        (date(2026, 11, 23), "DL_OPEN_URGENT", date(2026, 12, 8)),
    ],
)
def test_a_minimum_period_ends_on_a_working_day(dispatched_on, rule_id, last_day):
    assert timetable.minimum_period(rule_id, dispatched_on, STARTED).last_day == last_day


@pytest.mark.parametrize("easter_monday", [date(2024, 4, 1), date(2026, 4, 6), date(2027, 3, 29), date(2038, 4, 26)])
def test_easter_monday_is_a_day_off_and_the_tuesday_behind_it_is_not(easter_monday):
    assert holidays.is_day_off(easter_monday)
    assert holidays.working_day_from(easter_monday) == easter_monday + timedelta(days=1)


def test_the_public_holidays_of_2026_in_north_rhine_westphalia():
    days = (date(2026, 1, 1) + timedelta(days=number) for number in range(365))
    on_weekdays = [f"{day:%d.%m.}" for day in days if holidays.is_day_off(day) and day.weekday() < 5]
    # 3 October, 1 November and 26 December fall on a weekend
    assert on_weekdays == ["01.01.", "03.04.", "06.04.", "01.05.", "14.05.", "25.05.", "04.06.", "25.12."]


def test_missing_deadlines_are_named_one_by_one():
    found = timetable.objections_to_deadlines(Deadlines(bid_deadline_at=NOW), NOW)
    assert [objection.field for objection in found] == ["question_deadline_at", "bid_validity_end_on"]


def test_deadlines_in_order_and_in_the_future_are_fine():
    fine = Deadlines(NOW + timedelta(days=20), NOW + timedelta(days=30), date(2027, 2, 1))
    assert timetable.objections_to_deadlines(fine, NOW) == []


def test_passed_deadlines_and_a_wrong_order_are_refused():
    passed = Deadlines(NOW - timedelta(days=1), NOW - timedelta(days=2), date(2026, 11, 20))
    found = timetable.objections_to_deadlines(passed, NOW)
    assert [objection.field for objection in found] == [
        "bid_deadline_at", "question_deadline_at", "question_deadline_at", "bid_validity_end_on",
    ]  # fmt: skip


def test_an_open_procedure_needs_fifteen_days_even_when_urgent():
    dispatched = date(2026, 11, 23)
    [objection] = timetable.objections_to_bidding_period(ProcedureType.OPEN, STARTED, dispatched, date(2026, 12, 7))
    assert "frühestens am 08.12.2026 (15 Kalendertage" in objection.text
    assert timetable.objections_to_bidding_period(ProcedureType.OPEN, STARTED, dispatched, date(2026, 12, 8)) == []


def test_less_than_thirty_days_is_remarked_upon():
    dispatched = date(2026, 11, 23)
    [remark] = timetable.remarks_on_bidding_period(ProcedureType.OPEN, STARTED, dispatched, date(2026, 12, 22))
    assert "bis 23.12.2026 (30 Kalendertage, § 15 Abs. 4 VgV)" in remark
    assert timetable.remarks_on_bidding_period(ProcedureType.OPEN, STARTED, dispatched, date(2026, 12, 23)) == []


def test_below_the_threshold_there_is_no_minimum_period():
    arguments = (ProcedureType.NATIONAL_PUBLIC, STARTED, date(2026, 11, 23), date(2026, 11, 24))
    assert timetable.objections_to_bidding_period(*arguments) == []
    assert timetable.remarks_on_bidding_period(*arguments) == []
