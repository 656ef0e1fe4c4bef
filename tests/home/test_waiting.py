"""What waits for a decision appears on the right start page, only there, and goes when it is done."""

from datetime import timedelta

import pytest

from procurement.allocation import actions_objections
from procurement.contracts import actions as contract_actions
from procurement.core import clock
from procurement.demand import actions_adjustments, actions_approval, actions_changes, actions_departments
from procurement.demand.adjustments import AdjustmentEntry
from procurement.demand.departments import DepartmentEntry
from procurement.home.matters import MatterKind
from procurement.home.queries_lead import lead_page
from procurement.home.queries_matters import lead_matters, office_matters
from procurement.home.tasks import Urgency
from procurement.members import actions_approval as members_approval
from procurement.tenders import actions_questions, queries_participation
from procurement.tenders.actions_participation import confirm_participation
from procurement.values.quantity import Quantity
from procurement.workgroup import actions_announcements
from tests.factories import allocation, changes, contracts, tenders, workgroup
from tests.factories import demand as ask
from tests.factories import members as make


def office():
    """What the office finds, as kind, title and member."""
    return [(m.kind, m.title, m.who) for m in office_matters()]


def of_lead(account):
    return [(m.kind, m.who, m.count) for m in lead_matters(account)]


def test_a_late_demand_waits_for_the_office_until_it_is_decided(context):
    case = changes.case(is_planned=False)
    late = actions_changes.report_late(
        case.demand("Laer"), ask.entries(case.round, {"A-1": 5}), "Ratsbeschluss kam später.", by=case.leads["Laer"]
    )
    gone = actions_changes.withdraw(
        case.demand("Borken"), case.demand("Borken").items, "Wir mieten.", needs_approval=True, by=case.leads["Borken"]
    )
    title = case.round.title
    assert office() == [(MatterKind.LATE, title, "Laer"), (MatterKind.WITHDRAWAL, title, "Borken")]
    actions_changes.reject(late, "Zu spät.", by=case.officer)
    actions_changes.accept(gone, "Einverstanden.", by=case.officer)
    assert office() == []


def test_an_adjusted_quantity_waits_for_its_member_then_an_objection_for_the_office(context):
    case = changes.case(is_planned=False)
    (item,) = case.demand("Ahaus").items
    entry = AdjustmentEntry(None, Quantity.of(120), None, "Doppelt gemeldet.")
    proposed = actions_adjustments.propose(item, entry, by=case.officer)
    assert of_lead(case.leads["Ahaus"]) == [(MatterKind.ADJUSTMENT, "Ahaus", 1)]
    assert of_lead(case.leads["Borken"]) == []
    actions_adjustments.object_to(proposed, "Nein, 150 sind richtig.", by=case.leads["Ahaus"])
    assert of_lead(case.leads["Ahaus"]) == []
    assert office() == [(MatterKind.OBJECTED, case.round.title, "Ahaus")]
    actions_adjustments.propose(item, entry, by=case.officer)
    assert office() == []


@pytest.mark.parametrize(("release", "kind"), [(True, MatterKind.RELEASED), (False, MatterKind.REFUSED)])
def test_a_call_off_above_the_quota_waits_for_the_office_and_its_decision_is_news_for_two_weeks(
    context, hand, release, kind
):
    members = allocation.three_members()
    line = contracts.clusters(contracts.contract(allocation.awarded_tender(members)))
    lead = make.lead(members[0])
    call = contracts.call_off(line, members[0], 3, "Ein Brand im Rechenzentrum.")
    assert office() == [(MatterKind.CALL_OFF, "Firewalls", members[0].name)]
    contract_actions.decide(call, "Geprüft.", release=release, by=make.officer())
    assert office() == []
    assert of_lead(lead) == [(kind, members[0].name, 1)]
    assert of_lead(make.lead(members[1])) == []
    hand.moment += timedelta(days=15)
    assert of_lead(lead) == []


def test_a_call_off_within_the_quota_is_no_news(context):
    members = allocation.three_members()
    made = contracts.contract(allocation.awarded_tender(members))
    contracts.call_off(contracts.clusters(made), members[0], 1)
    assert of_lead(make.lead(members[0])) == []


def test_an_awarded_lot_waits_for_its_contract_and_an_objection_to_the_costs_for_its_answer(context):
    members = allocation.three_members()
    tender = allocation.awarded_tender(members)
    run, member = allocation.approved_run(tender), members[0]
    assert office() == [(MatterKind.NO_CONTRACT, tender.title, "")]
    contracts.contract(tender)
    case = actions_objections.raise_objection(run, member, "Wir haben weniger Clients.", by=make.lead(member))
    assert office() == [(MatterKind.COST_OBJECTION, tender.title, member.name)]
    actions_objections.answer_objection(case, "Die Zahl ist geprüft.", accept=False, by=make.officer())
    assert office() == []


def test_a_proposal_waits_for_the_office_once_nobody_has_spoken_for_thirty_days(context, hand):
    proposal = workgroup.discussed(title="SOC")
    hand.moment += timedelta(days=20)
    said = workgroup.contribution(proposal, make.member("Laer"))
    hand.moment = said.written_at + timedelta(days=30)
    assert office() == []
    hand.moment += timedelta(seconds=1)
    assert office() == [(MatterKind.QUIET_PROPOSAL, "SOC", "")]


def test_a_bidders_question_waits_for_its_answer(context):
    tender = tenders.published_tender()
    entry = actions_questions.QuestionEntry("Ist Los 1 teilbar?", "Netz GmbH", clock.now())
    for _ in range(2):
        question = actions_questions.record_question(tender, entry, by=make.officer())
    assert [(m.kind, m.first, m.count) for m in office_matters()] == [(MatterKind.QUESTIONS, tender.id, 2)]
    actions_questions.withdraw_question(question, "Doppelt.", by=make.officer())
    assert [m.count for m in office_matters()] == [1]


def test_participation_waits_for_each_member_until_it_has_confirmed(context):
    ahaus, laer = make.member("Ahaus"), make.member("Laer")
    tender = tenders.planned_tender(members=[ahaus, laer, make.member()])
    lead, other = make.lead(ahaus), make.lead(laer)
    assert of_lead(lead) == [(MatterKind.PARTICIPATION, "Ahaus", 1)]
    own = queries_participation.own_participant(lead, tender.id, ahaus.id)
    seen = queries_participation.terms_of(own)
    confirm_participation(own, tenders.confirmation(seen_terms=seen), by=lead)
    assert of_lead(lead) == []
    assert of_lead(other) == [(MatterKind.PARTICIPATION, "Laer", 1)]


def test_departments_that_answered_wait_until_their_sums_are_taken_over(context, hand):
    laer = make.member("Laer")
    lead = make.lead(laer)
    round_ = ask.round_with(["1.01"], [laer])
    demand = ask.demand_of(round_, laer)
    entry = DepartmentEntry("Bauamt", "Berta Bau", "bauamt@laer.example", round_.deadline_at)
    token = actions_departments.ask(demand, entry, by=lead).link.rpartition("/")[2]
    assert of_lead(lead) == []
    actions_departments.answer(token, ask.entries(round_, {"1.01": 4}))
    assert of_lead(lead) == [(MatterKind.DEPARTMENTS, "Laer", 1)]
    actions_departments.take_over(demand, None, by=lead)
    assert of_lead(lead) == []
    hand.moment += timedelta(hours=1)
    actions_departments.answer(token, ask.entries(round_, {"1.01": 5}))
    assert of_lead(lead) == [(MatterKind.DEPARTMENTS, "Laer", 1)]


def test_a_submitted_demand_waits_for_the_second_person_and_lies_with_others_for_the_first(context, hand):
    laer = make.member("Laer")
    lena, luis = make.lead(laer), make.lead(laer)
    members_approval.choose_approval(laer, wanted=True, by=lena)
    round_ = ask.round_with(["1.01"], [laer], title="Server")
    demand = ask.submitted_demand(round_, laer, {"1.01": 5}, by=lena)
    (waits,), (asked,) = lead_page(lena).tasks, lead_page(luis).tasks
    assert (waits.label, waits.urgency) == ("Bedarf freigeben: Server", Urgency.OTHERS)
    assert (asked.endpoint, asked.urgency, asked.until) == ("demand.approval", Urgency.NOW, round_.deadline_at)
    actions_approval.approve(demand, by=luis)
    assert lead_page(luis).tasks == []


def test_news_of_the_working_group_are_tasks_of_a_lead_until_read_and_answered(context):
    laer = make.member("Laer")
    lead = make.lead(laer)
    told, proposal = workgroup.announcement(title="Sitzung"), workgroup.discussed(title="SOC")
    labels = ["Zum Vorschlag äußern: SOC", "Mitteilung lesen: Sitzung"]
    assert [task.label for task in lead_page(lead).tasks] == labels
    actions_announcements.mark_read(told, by=lead)
    workgroup.interest(proposal, laer, by=lead)
    assert lead_page(lead).tasks == []


def test_a_lead_without_a_member_has_nothing_to_wait_for(context):
    assert lead_matters(make.account()) == []
