"""Every page a role can reach by links opens, complains about nothing, and is fit for all eyes and for a phone."""

import pytest
import sqlalchemy as sa

from procurement.bids.actions import log_reading
from procurement.bids.queries import is_opened
from procurement.core.db import db
from procurement.core.permissions import Role
from procurement.members.queries import account_by_email
from procurement.tenders.models import Tender
from tests.factories import allocation, demand, evaluation, everything, tenders
from tests.factories import members as make
from tests.journeys.looking import accessible, every_page

pytestmark = pytest.mark.browser
EMAILS = {role: f"{role.value}@kaaw.example" for role in Role}


@pytest.fixture
def busy(site, running):
    """An association with something at every stage, and a person of each role; made once, then put back."""
    installation, _url, worker = running
    with worker.pause:
        if not installation.kept("busy"):
            with site.saved():
                _something_at_every_stage()
            installation.keep("busy", about=True)


def _something_at_every_stage():
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
    auditor = account_by_email(EMAILS[Role.AUDITOR])
    for tender in filter(is_opened, db.session.scalars(sa.select(Tender)).all()):
        log_reading(tender, by=auditor)  # who reads bids has the reading of the day recorded first


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
