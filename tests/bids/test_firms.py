"""Firms of a procedure: registered, informed by e-mail or by post, seen by officers only."""

import pytest

from procurement.bids import actions_firms, queries_firms
from procurement.core import clock, jobs
from procurement.core.errors import Refused
from procurement.tenders.queries import tender as tender_by_id
from tests.factories import bids as make_bids
from tests.factories import members as make
from tests.factories import published, tenders


def test_whoever_bids_is_informed_too_and_each_firm_once(context):
    tender = tenders.published_tender()
    published.registered_firm(tender, "Netz GmbH")
    make_bids.sealed_bid(tender, {"FW-1": "900"}, "Netz GmbH")
    make_bids.sealed_bid(tender, {"FW-1": "950"}, "Weitblick GmbH")
    assert [firm.name for firm in queries_firms.firms_of(tender.id)] == ["Netz GmbH", "Weitblick GmbH"]


def test_a_firm_is_registered_once_and_only_until_the_bid_deadline(context):
    tender = tenders.published_tender()
    firm = published.registered_firm(tender, "Netz GmbH")
    with pytest.raises(Refused, match="schon vermerkt"):
        actions_firms.register_firm(tender, firm, by=make.officer())
    with clock.at(tender.bid_deadline_at), pytest.raises(Refused, match="abgelaufen"):
        published.registered_firm(tender, "Zu spät GmbH")


def test_a_letter_is_noted_once(context):
    tender = tenders.published_tender()
    published.registered_firm(tender, "Postbote e.K.")
    [notice] = actions_firms.inform_firms(tender, "Betreff", "Text", by=make.officer())
    actions_firms.note_informed(notice, by=make.officer())
    with pytest.raises(Refused, match="schon unterrichtet"):
        actions_firms.note_informed(notice, by=make.officer())


def test_the_pages_register_a_firm_and_note_a_letter(saved, browser, app):
    with saved():
        officer = make.officer()
        tender = published.with_joint_line(officer=officer)
        firm_id, tender_id, officer_id = published.firm("Postbote e.K.").id, tender.id, officer.id
        lead_id, auditor_id = make.lead(tender.participants[0].member).id, make.auditor().id
    page, address = browser(officer_id), f"/bids/{tender_id}/firms"
    assert "Noch ist kein Unternehmen vermerkt." in page.get(address).text
    assert page.post(address, {"bidder": str(firm_id)}).status_code == 303
    with saved():
        published.more_days(tender_by_id(tender_id), 12)
    with app.app_context():
        jobs.run_pending()
    assert "Postbote e.K." in page.get(f"{address}/open").text
    assert "zu informieren per Post" in page.get(address).text
    assert page.post(f"{address}/1/informed").status_code == 303
    assert "Niemand ist mehr per Post zu informieren." in page.get(f"{address}/open").text
    for stranger in (lead_id, auditor_id):
        assert browser(stranger).get(address).status_code == 403
