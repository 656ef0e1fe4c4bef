"""What an administrator is told: first steps, missing figures, who needs an account."""

from dataclasses import replace
from datetime import date

import pytest

from procurement.home.operation import (
    AccountFacts,
    MemberFacts,
    accounts_without_role,
    closed_accounts,
    figure_gaps,
    first_steps,
    is_outdated,
    members_without_lead,
)

TODAY = date(2026, 11, 23)
AHAUS = MemberFacts(1, "Ahaus", True, date(2025, 12, 31), date(2026, 1, 1))
BORKEN = MemberFacts(2, "Kreis Borken", False, None, date(2026, 1, 1))
OFFICERS = [AccountFacts(n, f"Person {n}", f"p{n}@kaaw.example", True, is_officer=True) for n in (1, 2)]


def test_an_empty_installation_gets_every_first_step():
    steps = first_steps([], [], TODAY, has_association=False)
    assert [step.is_done for step in steps] == [False] * 6
    assert steps[0].label == "Verband eintragen"


def test_steps_are_ticked_off_one_by_one():
    lead = AccountFacts(3, "Lena", "l@kaaw.example", True, member_ids=frozenset({1}))
    auditor = AccountFacts(4, "Rudi", "r@kaaw.example", True, is_auditor=True)
    steps = first_steps([AHAUS], [OFFICERS[0], lead, auditor], TODAY, has_association=True)
    assert [step.label for step in steps if not step.is_done] == ["Zwei Konten der Vergabestelle anlegen"]


def test_with_association_members_and_two_officers_the_first_steps_are_over():
    assert first_steps([AHAUS], OFFICERS, TODAY, has_association=True) == []
    closed = [OFFICERS[0], replace(OFFICERS[1], is_active=False)]
    assert first_steps([AHAUS], closed, TODAY, has_association=True)


@pytest.mark.parametrize(
    ("reference_date", "expected"),
    [(date(2024, 11, 22), True), (date(2024, 11, 23), False), (date(2024, 12, 31), False)],
)
def test_a_figure_is_current_for_two_years(reference_date, expected):
    assert is_outdated(reference_date, TODAY) is expected


def test_missing_and_outdated_figures_are_named():
    gap = replace(AHAUS, inhabitants_on=None, clients_on=date(2023, 12, 31))
    assert [one.text for one in figure_gaps([AHAUS, gap], TODAY)] == [
        "fehlt: Einwohner; veraltet: Clients vom 31.12.2023"
    ]


def test_a_member_without_inhabitants_of_its_own_misses_none():
    assert figure_gaps([BORKEN], TODAY) == []


def test_a_member_needs_an_active_lead():
    lead = AccountFacts(3, "Lena", "l@kaaw.example", True, member_ids=frozenset({1}))
    assert members_without_lead([AHAUS, BORKEN], [lead]) == [BORKEN]
    assert members_without_lead([AHAUS], [replace(lead, is_active=False)]) == [AHAUS]


def test_an_account_without_role_and_a_closed_one_are_told_apart():
    idle = AccountFacts(5, "Ina", "i@kaaw.example", True, has_role=False)
    closed = replace(idle, id=6, is_active=False)
    assert accounts_without_role([idle, closed, *OFFICERS]) == [idle]
    assert closed_accounts([idle, closed, *OFFICERS]) == [closed]
