"""Every page a role can reach by links opens, complains about nothing, and is fit for all eyes and for a phone."""

import pytest

from procurement.core.permissions import Role
from procurement.members.queries import account_by_email
from tests.factories import allocation, demand, evaluation, everything, tenders
from tests.factories import members as make
from tests.journeys.looking import accessible, every_page

pytestmark = pytest.mark.browser
EMAILS = {role: f"{role.value}@kaaw.example" for role in Role}


@pytest.fixture
def busy(site):
    """An association with something at every stage, and a person of each role."""
    with site.saved():
        make.association()
        members = allocation.three_members()
        for role, email in EMAILS.items():
            make.account(role, members[0] if role is Role.MEMBER_LEAD else None, role.label, email)
        officers = [make.officer(), make.officer()]
        own = account_by_email(EMAILS[Role.MEMBER_LEAD])
        everything.one_of_everything(everything.people(own, make.lead(members[1]), members[2], tuple(officers)))
        demand.round_with(["1.01", "1.02"], members, officer=officers[0], title="Arbeitsplätze")
        tenders.ready_tender(members=members, officer=officers[0], title="Netzwerk")
        tenders.published_tender(members=members, officers=officers, title="Telefonie")
        evaluation.proposed(evaluation.evaluated_lot(members=members, officers=officers, title="Monitore"))
        paid = allocation.awarded_tender(members)
        allocation.approved_run(paid)
        allocation.calculated_run(paid)


@pytest.mark.parametrize("role", list(Role))
def test_every_page_of_a_role_is_accessible_and_fits_a_phone(person, busy, role):
    page = person(EMAILS[role])
    opened = []
    for address in every_page(page, of_one_kind=1):
        accessible(page)
        opened.append(address)
    assert "/" in opened
    assert len(opened) > 3


@pytest.mark.parametrize("role", list(Role))
def test_start_pages_are_readable_in_the_dark_too(person, busy, role):
    accessible(person(EMAILS[role], color_scheme="dark"))
