"""From opened bids to the award, as officers, panel and auditor see it; figures are worked out beside the steps."""

from datetime import timedelta

import pytest

from procurement.tenders import actions_publication, actions_requirements
from procurement.tenders.requirements import DocumentEntry, DocumentKind
from tests.factories import bids, tenders
from tests.factories import members as make
from tests.factories.members import Role
from tests.journeys import steps_awarding as awarding
from tests.journeys import steps_examining as examining
from tests.journeys import steps_people as people
from tests.journeys.looking import accessible

pytestmark = pytest.mark.browser
DOCUMENTS = {
    "Eigenerklärung": DocumentKind.COMPANY,
    "Datenblatt": DocumentKind.PERFORMANCE,
    "Konzept": DocumentKind.AWARD,
}


@pytest.fixture
def opened(site):
    """A tender above the threshold of the register whose three bids are open since its deadline."""
    people.everybody(site)
    with site.saved():
        officers = [make.account(Role.OFFICER, name="Vera Vertretung"), make.officer()]
        tender = tenders.ready_tender(examining.LOTS, officer=officers[0], title="Firewall mit Prüfung")
        for title, kind in DOCUMENTS.items():
            actions_requirements.demand_document(tender, DocumentEntry(title, kind), by=officers[0])
        actions_publication.publish(tender, by=officers[0])
        bids.imported_bids(tender, examining.PRICES)
        after, found = bids.after_deadline(tender), tender.id
    site.hand.moment = after
    return found


def test_three_bids_become_one_contract(person, site, opened):
    petra, olaf, ines = (person(email) for email in (people.PETRA, people.OLAF, people.INES))
    examining.ask_for_document(petra)
    examining.find_in_order(petra, "Netz GmbH")
    examining.question_price(petra)
    site.wait(days=8)
    petra = person(people.PETRA)
    examining.receive_document(petra, (site.hand.moment.date() - timedelta(days=1)).isoformat())
    examining.exclude(petra)
    examining.name_panel(petra)
    olaf, ines = person(people.OLAF), person(people.INES)
    examining.score(olaf, "Olaf")
    examining.score(ines, "Ines")
    examining.agree(ines)
    awarding.evaluate(petra)
    awarding.decide(petra, olaf)
    awarding.inform(petra, site.hand.moment.date().isoformat())
    site.wait(days=12)
    awarding.award(person(people.PETRA))
    _others_see_what_is_theirs(person, opened)


def _others_see_what_is_theirs(person, tender_id):
    rita = person(people.AUDITOR)
    rita.goto(f"/awarding/{tender_id}")
    accessible(rita)
    lead = person(people.LEADS["Velen"])
    for page in (
        f"/bids/{tender_id}",
        f"/evaluation/{tender_id}",
        f"/awarding/{tender_id}",
        f"/examination/{tender_id}",
    ):
        assert lead.request.get(page).status in {403, 404}
