"""What a demand round asks of the procurement office, day by day."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from procurement.demand.states import RoundState
from procurement.home.round_tasks import RoundFacts, planning_task, round_task
from procurement.home.tasks import Urgency, in_order, named

DEADLINE = datetime(2026, 12, 11, 11, 0, tzinfo=UTC)
ROUND = RoundFacts(7, "B-2026-01", "Firewall", RoundState.OPEN, DEADLINE, 9, ("Laer", "Velen"))


def test_a_round_whose_deadline_passed_is_to_be_closed_and_names_who_is_missing():
    task = round_task(ROUND, DEADLINE + timedelta(seconds=1))
    assert (task.label, task.urgency, task.endpoint) == (
        "Bedarfsrunde schließen: Firewall",
        Urgency.OVERDUE,
        "demand.confirm_close",
    )
    assert task.note == "2 von 9 ohne Antwort: Laer, Velen"


def test_an_answer_at_the_very_deadline_is_in_time():
    assert round_task(ROUND, DEADLINE).urgency is Urgency.SOON


@pytest.mark.parametrize(
    ("days", "expected"), [(7, "An Antworten erinnern: Firewall"), (8, None)], ids=["a week before", "earlier"]
)
def test_members_are_reminded_within_the_last_week(days, expected):
    task = round_task(ROUND, DEADLINE - timedelta(days=days))
    assert (task.label if task else None) == expected


def test_a_round_can_be_closed_early_once_everybody_has_answered():
    task = round_task(replace(ROUND, unanswered=()), DEADLINE - timedelta(days=14))
    assert (task.urgency, task.note) == (Urgency.NOW, "alle 9 haben geantwortet")


def test_a_round_in_preparation_is_the_least_urgent():
    assert round_task(replace(ROUND, state=RoundState.DRAFT), DEADLINE).urgency is Urgency.PREPARE


def test_a_closed_round_with_articles_in_no_tender_is_to_be_planned():
    task = planning_task(7, "Firewall", 1)
    assert (task.note, task.values) == ("1 Artikel ist in keiner Ausschreibung", {"round": 7})
    assert planning_task(7, "Firewall", 3).note == "3 Artikel sind in keiner Ausschreibung"


def test_tasks_come_most_urgent_first_then_by_deadline():
    late = round_task(ROUND, DEADLINE + timedelta(days=1))
    soon = round_task(ROUND, DEADLINE - timedelta(days=1))
    sooner = round_task(replace(ROUND, deadline_at=DEADLINE - timedelta(hours=3)), DEADLINE - timedelta(days=1))
    assert in_order([soon, sooner, late]) == [late, sooner, soon]


def test_many_names_are_shortened():
    assert named(["Ahaus", "Borken", "Laer", "Rhede", "Velen", "Vreden"]) == "Ahaus, Borken, Laer, Rhede und 2 weitere"
