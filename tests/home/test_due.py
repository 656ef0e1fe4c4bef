"""What is owed until a day: by a bidder until then, by the office from then on, and duties after an award."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from procurement.awarding import actions
from procurement.core import clock
from procurement.core.endpoints import ENDPOINTS
from procurement.evaluation import actions_panel
from procurement.home.due import Due, DueKind, due_deadline, due_task
from procurement.home.queries_bid_work import bid_work
from procurement.home.queries_due import dues
from procurement.home.tasks import Urgency
from tests.factories import awarding, evaluation, examination, panel
from tests.factories import members as make

DAY = date(2026, 12, 4)
ASKED = Due(DueKind.DOCUMENTS, 3, "Firewall", "Kabel AG", DAY)


def urgency(due, today):
    return due_task(due, today).urgency


def test_a_bidder_has_time_until_the_day_is_over():
    assert urgency(ASKED, DAY) is Urgency.OTHERS
    assert urgency(ASKED, DAY + timedelta(days=1)) is Urgency.OVERDUE
    assert due_task(replace(ASKED, kind=DueKind.PRICE, is_answered=True), DAY).note == "Kabel AG hat geantwortet"


def test_a_duty_of_the_office_is_in_preparation_then_near_then_overdue():
    notice = replace(ASKED, kind=DueKind.NOTICE, who="")
    days = [DAY - timedelta(days=8), DAY - timedelta(days=7), DAY, DAY + timedelta(days=1)]
    expected = [Urgency.PREPARE, Urgency.SOON, Urgency.SOON, Urgency.OVERDUE]
    assert [urgency(notice, today) for today in days] == expected


@pytest.mark.parametrize("kind", list(DueKind))
def test_every_kind_has_its_words_and_leads_to_a_page(kind):
    task, deadline = due_task(replace(ASKED, kind=kind), DAY), due_deadline(replace(ASKED, kind=kind))
    assert task.label.endswith(": Firewall")
    assert "{" not in task.note
    assert task.endpoint == deadline.endpoint
    assert task.endpoint in ENDPOINTS
    assert deadline.on == DAY


def test_a_request_and_a_clarification_are_read_with_their_bidder_but_not_by_a_blind_evaluator(context):
    tender = examination.opened_tender(examination.CHEAP)
    bid, blind = examination.bid_of(tender), make.officer()
    examination.checked(bid)
    due_on = examination.requested(bid).due_on
    examination.asked(bid)
    panel.named(tender, blind)
    found = dues(make.officer())
    assert {(due.kind, due.number, due.who, due.on) for due in found} == {
        (DueKind.DOCUMENTS, bid.id, "Kabel AG", due_on),
        (DueKind.PRICE, bid.id, "Kabel AG", due_on),
    }
    assert dues(blind) == []
    actions_panel.declare(tender, "Mein Bruder arbeitet dort.", has_conflict=True, by=blind)
    assert dues(blind) == []


def test_the_award_leaves_notice_and_statistics_and_a_debrief_until_they_are_noted(context):
    officer = make.officer()
    made = awarding.awarded(evaluation.decided_tender(), by=officer)
    assert {due.kind for due in dues(officer)} == {DueKind.NOTICE, DueKind.STATISTICS}
    with clock.at(made.awarded_at):
        actions.note_notice(made, clock.in_berlin(made.awarded_at).date(), by=officer)
    assert {due.kind for due in dues(officer)} == {DueKind.STATISTICS}


def test_what_is_open_on_bids_is_read_for_each_tender(context):
    tender = examination.opened_tender()
    anna, otto = make.officer("Anna"), make.officer("Otto")
    panel.named(tender, anna, otto)
    work = bid_work(anna)[tender.id]
    assert (work.bids, work.unexamined) == (2, 2)
    assert {one.name for one in work.waiting} == {"Anna", "Otto"}
    assert work.is_blind(anna.id)
