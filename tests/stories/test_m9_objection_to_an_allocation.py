"""M9: an objection opens a case, the due date stays, a correction creates the difference as a document of its own."""

from datetime import date

import pytest

from procurement.allocation import actions_objections, queries_objections
from procurement.allocation.states import CaseState
from procurement.core.errors import NotFound, Refused
from procurement.tenders.queries import participants_of
from tests.factories import allocation
from tests.factories import members as make


@pytest.fixture
def run(context):
    return allocation.approved_run(due_on=date(2027, 2, 15))


def test_m9_an_objection_opens_a_case_and_the_due_date_stays(run):
    adorf = participants_of(run.tender_id)[0]
    case = actions_objections.raise_objection(run, adorf, "Wir haben nur 9 Clients.", by=make.lead(adorf))
    assert case.state is CaseState.OPEN
    assert run.due_on == date(2027, 2, 15)
    with pytest.raises(Refused, match="schon ein Einwand"):
        actions_objections.raise_objection(run, adorf, "Noch einmal", by=make.lead(adorf))


def test_m9_only_the_members_own_lead_objects_and_only_to_a_run_in_force(run):
    adorf, bstadt, _cdorf = participants_of(run.tender_id)
    with pytest.raises(NotFound):
        actions_objections.raise_objection(run, adorf, "Zu viel", by=make.lead(bstadt))
    with pytest.raises(Refused, match="welche Zahl"):
        actions_objections.raise_objection(run, adorf, "  ", by=make.lead(adorf))
    unapproved = allocation.checked_run()
    member = participants_of(unapproved.tender_id)[0]
    with pytest.raises(Refused, match="freigegebene"):
        actions_objections.raise_objection(unapproved, member, "Zu früh", by=make.lead(member))


def test_m9_an_answer_needs_a_reason_and_is_final(run):
    adorf = participants_of(run.tender_id)[0]
    case = actions_objections.raise_objection(run, adorf, "Zu viel", by=make.lead(adorf))
    with pytest.raises(Refused, match="begründen"):
        actions_objections.answer_objection(case, " ", accept=False, by=make.officer())
    actions_objections.answer_objection(case, "Stichtag ist der 31.12.2024.", accept=False, by=make.officer())
    assert (case.state, case.answer) == (CaseState.DISMISSED, "Stichtag ist der 31.12.2024.")
    with pytest.raises(Refused, match="schon beantwortet"):
        actions_objections.answer_objection(case, "Doch", accept=True, by=make.officer())


def test_m9_the_case_is_raised_and_answered_by_the_pages(saved, browser):
    with saved():
        run = allocation.approved_run()
        adorf, bstadt, _cdorf = participants_of(run.tender_id)
        run_id, member_id = run.id, adorf.id
        lead_id, other_id, officer_id = make.lead(adorf).id, make.lead(bstadt).id, make.officer().id
    lead, officer = browser(lead_id), browser(officer_id)
    address = f"/allocation/{run_id}/objections/{member_id}"
    assert "Einwand erheben" in lead.get(f"/allocation/{run_id}").text
    assert lead.post(address, {"reason": "Die Clients stimmen nicht."}).status_code == 303
    assert "Die Clients stimmen nicht." not in browser(other_id).get(f"/allocation/{run_id}").text
    assert browser(other_id).get(address).status_code == 404
    case = f"/allocation/{run_id}/cases/1"
    assert "Die Clients stimmen nicht." in officer.get(case).text
    answered = officer.post(case, {"answer": "Sie haben recht.", "accept": "yes", "version": "1"})
    # An accepted objection goes on to the correction, whose document states the difference per member.
    assert answered.location.endswith(f"/allocation/{run_id}/correct")
    assert "Sie haben recht." in lead.get(f"/allocation/{run_id}").text


def test_m9_a_lead_finds_only_its_own_cases(run):
    adorf, bstadt, _cdorf = participants_of(run.tender_id)
    actions_objections.raise_objection(run, adorf, "Zu viel", by=make.lead(adorf))
    assert queries_objections.cases_of(run, make.lead(bstadt)) == []
    assert len(queries_objections.cases_of(run, make.auditor())) == 1
