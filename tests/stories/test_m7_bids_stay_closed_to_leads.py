"""M7: a lead can never open bids, learn who bids before the award, or read data from the competition register.

Every address of the application is tried with every number that exists, reading and changing.
"""

import itertools

import pytest

from procurement.core.access import permits
from procurement.core.endpoints import ENDPOINTS
from procurement.core.permissions import Permission, Role
from procurement.tenders import queries
from procurement.tenders.kinds import TenderStage
from tests.factories import bids, tenders
from tests.factories import members as make

BIDDER = "Sichernetz Westmünsterland GmbH"
SAFE = {"GET", "HEAD", "OPTIONS"}
NUMBERS = range(1, 4)
TEXTS = ("A", "x")


def addresses(app, method):
    """Every address that answers this method, with numbers and texts put in."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if method not in rule.methods or rule.endpoint == "static":
            continue
        numbers = {name for name, kind in rule._converters.items() if type(kind).__name__ == "IntegerConverter"}
        names = sorted(rule.arguments)
        for values in itertools.product(*(NUMBERS if name in numbers else TEXTS for name in names)):
            yield rule.endpoint, adapter.build(rule.endpoint, dict(zip(names, values, strict=True)), method=method)


@pytest.fixture
def tender_of_ahaus(saved):
    """Ahaus takes part in a tender with one bid, still sealed; returns the account of its lead and the tender."""
    with saved():
        ahaus = make.member("Ahaus")
        lots = (("Firewall", (tenders.Wish("FW-1", "Cluster", (2,), "1000"),)),)
        tender = tenders.published_tender(lots, [ahaus])
        bids.sealed_bid(tender, {"FW-1": "900.00"}, BIDDER)
        return make.lead(ahaus).id, tender.id


@pytest.mark.parametrize("stage", [TenderStage.PUBLISHED, TenderStage.EVALUATED])
def test_m7_no_page_tells_a_lead_who_bids_before_the_award(tender_of_ahaus, app, saved, browser, hand, stage):
    lead_id, tender_id = tender_of_ahaus
    if stage is not TenderStage.PUBLISHED:
        with saved():
            tender = queries.tender(tender_id)
            bids.opened(tender)
            hand.moment = bids.after_deadline(tender)
            tenders.tender_at(stage, tender, bids.officers_of(tender)[0])
    window, read = browser(lead_id), 0
    for endpoint, address in addresses(app, "GET"):
        answer = window.get(address)
        assert (endpoint, address, BIDDER.encode() in answer.data) == (endpoint, address, False)
        read += answer.status_code == 200
    assert read >= 5


def test_m7_a_lead_is_refused_at_every_door_to_bids_and_evaluation(tender_of_ahaus, app, browser):
    lead_id, _tender_id = tender_of_ahaus
    window, tried = browser(lead_id), set()
    for method in ("GET", "POST"):
        for endpoint, address in addresses(app, method):
            if endpoint.partition(".")[0] not in {"bids", "evaluation"}:
                continue
            answer = window.client.open(address, method=method)
            assert (endpoint, answer.status_code) == (endpoint, 403)
            tried.add(endpoint)
    assert "bids.start_opening" in tried
    assert "bids.complete_opening" in tried


def test_m7_no_role_of_a_lead_reaches_bidders_register_data_or_the_file():
    lead = frozenset({Role.MEMBER_LEAD})
    closed = {Permission.BIDS_READ, Permission.BIDS_MANAGE, Permission.EVALUATION_READ, Permission.EVALUATION_MANAGE,
              Permission.TENDERS_FILE_READ, Permission.AUDIT_READ}  # fmt: skip
    assert not any(permits(lead, permission) for permission in closed)
    # what is read from the competition register will stand behind these permissions, too
    register = [endpoint for endpoint in ENDPOINTS if "register" in endpoint.partition(".")[2]]
    assert all(not permits(lead, ENDPOINTS[endpoint]) for endpoint in register)
