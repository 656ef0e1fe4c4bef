"""The main job from end to end: three members' needs become one tender, one ranking, one cost allocation, one PDF.

One journey on purpose: every step stands on what the step before really left behind. What each step must show is worked
out by hand in the docstring of its module; in short: estimate 15.000, bids 14.000 and 16.000, scores 0,45 and 0,55,
to pay 13.380,87 (Ahaus) and 6.659,13 (Borken), together 20.040,00 euro.
"""

import pytest

from tests.journeys import steps_allocation as allocation
from tests.journeys import steps_bidding as bidding
from tests.journeys import steps_demand as demand
from tests.journeys import steps_documents as documents
from tests.journeys import steps_evaluation as evaluation
from tests.journeys import steps_opening as opening
from tests.journeys import steps_people as people
from tests.journeys import steps_tender as tender

pytestmark = pytest.mark.browser


def test_needs_of_three_members_become_one_cost_allocation(person, site, tmp_path):
    people.everybody(site)
    petra = person(people.PETRA)
    demand.ask(petra)
    for member, needs in demand.NEEDS.items():
        demand.report(person(people.LEADS[member]), needs)
    demand.report_nil(person(people.LEADS["Velen"]))
    demand.close(petra)

    tender_url = tender.plan(petra)
    tender.prepare(petra)
    tender.take_part(*(person(people.LEADS[member]) for member in ("Ahaus", "Borken")))
    tender.publish(petra)

    empty = bidding.download_sheet(petra, tmp_path)
    bidding.register_bidders(petra)
    for offer in bidding.OFFERS:
        bidding.receive(petra, offer, bidding.filled(empty, offer), demand.ROUND)
    bid_url = petra.url
    bidding.cannot_be_opened_early(petra, tender_url)
    bidding.stay_sealed_for(person(people.AUDITOR), bid_url, demand.ROUND)
    bidding.wait_for_deadline(site)

    petra, olaf, ines = person(people.PETRA), person(people.OLAF), person(people.INES)
    opening.release_first(petra)
    opening.release_second(olaf)
    opening.standings(olaf)
    opening.findings(olaf)
    opening.comparison(olaf)

    evaluation.rate(petra)
    evaluation.evaluate(petra)
    evaluation.propose(petra)
    evaluation.confirm(olaf)
    evaluation.award(petra)
    allocation.compose(petra)
    allocation.calculate(petra)
    allocation.check(olaf)
    allocation.approve(ines)

    documents.issue(ines)
    _everybody_reads_the_own_paper(person, tmp_path)

    verified = site.app.test_cli_runner().invoke(args=["audit", "verify"])
    assert verified.exit_code == 0
    assert "vollständig und unverändert" in verified.output


def _everybody_reads_the_own_paper(person, tmp_path):
    statement_of_ahaus = documents.audit(person(people.AUDITOR), tmp_path)
    for member in documents.STATEMENTS:
        lead = person(people.LEADS[member])
        documents.read_own(lead, member, tmp_path)
    documents.finds_nothing(lead, statement_of_ahaus)
    documents.finds_nothing(person(people.LEADS["Velen"]), statement_of_ahaus)
