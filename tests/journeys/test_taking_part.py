"""A lead lets its member take part bindingly, from the list of tenders to the confirmation."""

import pytest

from tests.factories import members as make
from tests.factories import tenders
from tests.factories.members import Role
from tests.journeys import steps_tender
from tests.journeys.steps_demand import ROUND
from tests.journeys.steps_reading import told

pytestmark = pytest.mark.browser


def test_a_lead_confirms_a_planned_tender(person, site):
    with site.saved():
        member = make.member("Ahaus")
        make.account(Role.MEMBER_LEAD, member, "Leitung Ahaus", "leitung@ahaus.example")
        tenders.planned_tender((("Los", (tenders.Wish("1", "Gerät", (3,)),)),), [member], title=ROUND)
    lead = person("leitung@ahaus.example")
    steps_tender.take_part(lead)
    told(lead, "Beschluss der Verwaltung: Teilnahme mit den gemeldeten Mengen.")
