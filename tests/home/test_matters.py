"""How what waits reads on a start page: verb and title, who and since when, and a page that exists."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from procurement.core.endpoints import ENDPOINTS
from procurement.home.matters import Matter, MatterKind, matter_task
from procurement.home.tasks import Urgency

BERLIN = ZoneInfo("Europe/Berlin")
CALL_OFF = Matter(MatterKind.CALL_OFF, 4, 9, "Firewalls", "Velen", datetime(2026, 11, 20, 0, 30, tzinfo=BERLIN))


def test_a_task_names_what_to_do_for_whom_since_when_and_where():
    task = matter_task(CALL_OFF)
    assert (task.label, task.note) == ("Abruf entscheiden: Firewalls", "Velen, beantragt am 20.11.2026")
    assert (task.endpoint, task.values) == ("contracts.decision", {"contract_id": 4, "call_off_id": 9})
    assert (task.urgency, task.until) == (Urgency.NOW, None)


@pytest.mark.parametrize(
    ("count", "note"),
    [
        (1, "Velen widerspricht einer angepassten Menge, zuletzt am 20.11.2026"),
        (3, "Velen widerspricht 3 angepassten Mengen, zuletzt am 20.11.2026"),
    ],
)
def test_one_and_several_read_differently(count, note):
    assert matter_task(replace(CALL_OFF, kind=MatterKind.OBJECTED, count=count)).note == note


def test_an_approval_has_the_deadline_of_the_round_and_lies_with_others_for_who_submitted():
    task = matter_task(replace(CALL_OFF, kind=MatterKind.APPROVAL))
    assert (task.urgency, task.until) == (Urgency.NOW, CALL_OFF.at)
    assert matter_task(replace(CALL_OFF, kind=MatterKind.OWN_APPROVAL)).urgency is Urgency.OTHERS


def test_a_decision_about_a_call_off_is_news():
    assert matter_task(replace(CALL_OFF, kind=MatterKind.REFUSED)).badge == "neu"


@pytest.mark.parametrize("kind", list(MatterKind))
def test_every_kind_has_its_words_and_leads_to_a_page(kind):
    task = matter_task(replace(CALL_OFF, kind=kind, at=None))
    assert task.label.endswith(": Firewalls")
    assert "{" not in task.note
    assert task.endpoint in ENDPOINTS
