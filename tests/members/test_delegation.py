"""When somebody may stand in for a lead: named days, at most 92, never oneself, never the office."""

from datetime import date

import pytest

from procurement.members.delegation import DelegationEntry, Substitute, objections_to_delegating

TODAY = date(2026, 11, 23)
HOLIDAY = DelegationEntry(date(2026, 12, 1), date(2026, 12, 15), "Urlaub")


def reasons(entry=HOLIDAY, **person):
    return [objection.text for objection in objections_to_delegating(entry, Substitute(**person), today=TODAY)]


def test_a_holiday_of_two_weeks_can_be_covered():
    assert reasons() == []


def test_it_may_begin_today_but_not_yesterday():
    assert reasons(DelegationEntry(TODAY, TODAY, "krank")) == []
    yesterday = DelegationEntry(date(2026, 11, 22), date(2026, 11, 30), "krank")
    assert reasons(yesterday) == ["Eine Vertretung beginnt frühestens heute, nicht in der Vergangenheit."]


def test_the_last_day_is_not_before_the_first():
    assert reasons(DelegationEntry(date(2026, 12, 15), date(2026, 12, 1), "Urlaub")) == [
        "Der letzte Tag liegt vor dem ersten."
    ]


def test_ninety_two_days_are_the_longest_both_days_counted():
    # December has 31 days, January 31, February 28: 90; two more are 1 and 2 March.
    assert reasons(DelegationEntry(date(2026, 12, 1), date(2027, 3, 2), "Elternzeit")) == []
    (reason,) = reasons(DelegationEntry(date(2026, 12, 1), date(2027, 3, 3), "Elternzeit"))
    assert "höchstens 92 Tage" in reason


def test_it_needs_an_occasion():
    assert reasons(DelegationEntry(TODAY, TODAY, "  ")) == ["Bitte den Anlass nennen, zum Beispiel Urlaub."]


@pytest.mark.parametrize(
    ("person", "word"),
    [("is_oneself", "nicht selbst"), ("leads_member", "eigener Rolle"), ("holds_office", "Vergabestelle")],
)
def test_some_people_cannot_stand_in(person, word):
    (reason,) = reasons(**{person: True})
    assert word in reason


def test_days_of_the_same_person_do_not_overlap_but_may_follow_each_other():
    taken = ((date(2026, 11, 25), date(2026, 11, 30)),)
    assert reasons(taken=taken) == []
    (reason,) = reasons(taken=((date(2026, 12, 15), date(2026, 12, 20)),))
    assert reason == "Diese Person vertritt das Mitglied schon vom 15.12.2026 bis 20.12.2026."
