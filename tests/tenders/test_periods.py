"""Every minimum period of the table of the domain notes, its arithmetic in words, and the standstill's golden dates."""

from datetime import date

import pytest

from procurement.tenders import periods, timetable
from procurement.tenders.kinds import ProcedureType
from procurement.tenders.standstill import standstill
from tests.factories import members as make
from tests.factories import tenders

STARTED = date(2026, 11, 2)
DISPATCHED = date(2026, 11, 23)


def row(procedure, rule_id, dispatched=DISPATCHED, started=STARTED):
    return next(one for one in periods.rows(procedure, dispatched, started) if one.rule.rule_id == rule_id)


@pytest.mark.parametrize(
    ("procedure", "expected"),
    [
        (ProcedureType.OPEN, {"DL_OPEN": 35, "DL_OPEN_E": 30, "DL_OPEN_PIN": 15, "DL_OPEN_URGENT": 15}),
        (
            ProcedureType.RESTRICTED,
            {"DL_RESTR_PART": 30, "DL_RESTR_PART_URGENT": 15, "DL_RESTR_BID": 30, "DL_RESTR_BID_E": 25,
             "DL_RESTR_PIN": 10, "DL_RESTR_BID_URGENT": 10},
        ),
        (
            ProcedureType.NEGOTIATED_WITH_CALL,
            {"DL_NEG_PART": 30, "DL_NEG_PART_URGENT": 15, "DL_NEG_BID": 30, "DL_NEG_BID_E": 25, "DL_NEG_PIN": 10,
             "DL_NEG_BID_URGENT": 10},
        ),
        (ProcedureType.NEGOTIATED_WITHOUT_CALL, {"DL_NEG_WO_EXTREME": 0}),
        (ProcedureType.NATIONAL_PUBLIC, {}),
    ],
)  # fmt: skip
def test_every_row_of_the_table_is_there(procedure, expected):
    assert {one.rule.rule_id: one.rule.number for one in periods.rows(procedure, DISPATCHED, STARTED)} == expected


@pytest.mark.parametrize(
    ("dispatched", "words"),
    [
        (date(2026, 11, 23), "Bekanntmachung Mo., 23.11.2026 + 30 Kalendertage = Mi., 23.12.2026"),
        (
            date(2026, 11, 25),
            (
                "Bekanntmachung Mi., 25.11.2026 + 30 Kalendertage = Fr., 25.12.2026 (Erster Weihnachtstag), "
                "nächster Werktag Mo., 28.12.2026"
            ),
        ),
        (date(2026, 12, 7), "Bekanntmachung Mo., 07.12.2026 + 30 Kalendertage = Mi., 06.01.2027"),
        (
            date(2027, 2, 24),
            (
                "Bekanntmachung Mi., 24.02.2027 + 30 Kalendertage = Fr., 26.03.2027 (Karfreitag), "
                "nächster Werktag Di., 30.03.2027"
            ),
        ),
    ],
)
def test_the_golden_dates_in_words(dispatched, words):
    assert row(ProcedureType.OPEN, "DL_OPEN_E", dispatched).arithmetic == words


def test_the_urgent_golden_date():
    urgent = row(ProcedureType.OPEN, "DL_OPEN_URGENT")
    assert urgent.last_day == date(2026, 12, 8)
    assert urgent.longer_until is None  # no extension in a case of urgency


def test_documents_that_are_not_free_add_five_days():
    # 23.11. + 35 = 28.12., a Monday
    assert row(ProcedureType.OPEN, "DL_OPEN_E").longer_until == date(2026, 12, 28)
    # 23.11. + 40 = Saturday 02.01.2027, so Monday 04.01.
    assert row(ProcedureType.OPEN, "DL_OPEN").longer_until == date(2027, 1, 4)


def test_bids_of_a_procedure_in_two_steps_are_counted_from_the_invitation():
    # taking part until Wed 23.12.2026, then 25 days: Sun 17.01.2027, so Mon 18.01.
    bids = row(ProcedureType.RESTRICTED, "DL_RESTR_BID_E")
    assert bids.arithmetic.startswith("Aufforderung Mi., 23.12.2026 + 25 Kalendertage = So., 17.01.2027 (Sonntag)")
    assert bids.last_day == date(2027, 1, 18)
    both = timetable.PERIODS[ProcedureType.RESTRICTED][0]
    minimum = timetable.minimum_period(both, DISPATCHED, STARTED)
    assert (minimum.days, minimum.last_day) == ("30 + 25", date(2027, 1, 18))


def test_a_restricted_procedure_needs_both_urgent_periods():
    # 23.11. + 15 = Tue 08.12., + 10 = Fri 18.12.
    too_early = timetable.objections_to_bidding_period(
        ProcedureType.RESTRICTED, STARTED, DISPATCHED, date(2026, 12, 17)
    )
    assert "frühestens am 18.12.2026 (15 + 10 Kalendertage" in too_early[0].text


def test_prior_information_has_a_window():
    note = row(ProcedureType.OPEN, "DL_OPEN_PIN").note
    assert "zwischen dem 23.11.2025 und dem 19.10.2026" in note  # twelve months and 35 days before
    end_of_month = row(ProcedureType.OPEN, "DL_OPEN_PIN", date(2028, 2, 29)).note
    assert "zwischen dem 28.02.2027" in end_of_month


def test_extreme_urgency_without_a_call_exists_since_the_reform():
    assert row(ProcedureType.NEGOTIATED_WITHOUT_CALL, "DL_NEG_WO_EXTREME").arithmetic == (
        "Bekanntmachung Mo., 23.11.2026: keine Mindestfrist, sofort möglich"
    )
    assert periods.rows(ProcedureType.NEGOTIATED_WITHOUT_CALL, DISPATCHED, date(2026, 6, 30)) == []


def test_answers_are_due_six_days_before_the_bids_and_four_if_urgent():
    usual, urgent = periods.answer_days(date(2026, 12, 23), STARTED)
    assert (usual.last_day, urgent.last_day) == (date(2026, 12, 17), date(2026, 12, 19))
    assert usual.arithmetic == "Angebotsfrist Mi., 23.12.2026 − 6 Kalendertage = Do., 17.12.2026"


@pytest.mark.parametrize(
    ("sent", "electronic", "last_day", "contract"),
    [
        (date(2026, 11, 30), True, date(2026, 12, 10), date(2026, 12, 11)),
        (date(2026, 12, 16), True, date(2026, 12, 28), date(2026, 12, 29)),
        (date(2026, 11, 30), False, date(2026, 12, 15), date(2026, 12, 16)),
    ],
)
def test_the_standstill_golden_dates(sent, electronic, last_day, contract):
    made = standstill(sent, STARTED, is_electronic=electronic)
    assert (made.last_day, made.earliest_contract_on) == (last_day, contract)


def test_holidays_inside_the_standstill_are_warned_of():
    made = standstill(date(2026, 12, 16), STARTED)
    assert made.raw_last_day == date(2026, 12, 26)
    [remark] = made.remarks
    assert "Fr., 25.12.2026 (Erster Weihnachtstag), Sa., 26.12.2026 (Zweiter Weihnachtstag)" in remark
    assert standstill(date(2026, 11, 30), STARTED).remarks == []


def test_the_page_of_the_deadlines_shows_the_arithmetic(saved, browser):
    with saved():
        tender = tenders.planned_tender(officer=(officer := make.officer()))
        officer_id, address = officer.id, f"/tenders/{tender.id}/deadlines"
    shown = browser(officer_id).get(address).get_data(as_text=True)
    for part in (
        "Bekanntmachung Mo., 23.11.2026 + 30 Kalendertage = Mi., 23.12.2026",
        "Angebotsfrist Mi., 23.12.2026 − 6 Kalendertage = Do., 17.12.2026",
        "(Regelfall)",
        "/tenders/rules?on=2026-11-23&amp;subject=bidding",
    ):
        assert part in shown
