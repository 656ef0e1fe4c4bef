"""The main job from end to end: three members' needs become one tender, one ranking, one cost allocation, one PDF."""

import pytest

from tests.journeys import steps_bidding as bidding
from tests.journeys import steps_demand as demand
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

    tender.plan(petra)
    tender_url = petra.url
    tender.name_lot(petra)
    tender.complete_bill(petra)
    tender.weigh(petra)
    tender.set_deadlines(petra)
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
    assert False
