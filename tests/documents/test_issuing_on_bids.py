"""Documents about bids: only after the opening, a new version only when something in them has changed."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from procurement.bids import actions as bid_actions
from procurement.bids.queries import standing_bids
from procurement.core import clock, jobs
from procurement.core.db import db
from procurement.core.errors import Conflict, Refused
from procurement.documents import actions, actions_comparison, queries
from procurement.documents.contents import DocumentStatus
from procurement.documents.models import IssuedDocument
from procurement.rulebook.sources import VGV_57_1_5
from tests.factories import bids as make_bids
from tests.factories import issued_documents as make_documents
from tests.factories import members as make
from tests.factories import tenders
from tests.pdf_reading import cells, text_of

ISSUES = (actions.issue_price_comparison, actions.issue_opening_record)


def text_of_document(document) -> str:
    return text_of(document.file.content)


@pytest.mark.parametrize("issue", ISSUES)
def test_before_the_opening_nothing_about_bids_can_be_issued(context, issue):
    make_documents.issuer()
    tender = tenders.published_tender()
    make_bids.sealed_bid(tender, {"FW-1": "1000.00", "FW-2": "50.00"})
    with pytest.raises(Refused, match="noch nicht geöffnet"):
        issue(tender, by=make.officer())


def test_the_price_comparison_lists_the_bids_by_their_places(context):
    comparison, _record = make_documents.bid_documents(make_documents.opened_tender())
    text = text_of_document(comparison)
    # Kabel AG: 4 × 900.00 + 40 × 45.00 = 5,400.00, 5.3 % below the mean of 5,700.00 and 10 % below the estimate
    assert cells("1", "Kabel AG", "▼", "5.400,00", "−5,3 %", "−10,0 %", "10,0 %") in text
    assert cells("2", "Netz GmbH", "6.000,00", "+5,3 %", "0,0 %") in text
    assert cells("FW-1", "Firewall-Cluster", "4", "Stück", "1.000,00", "950,00") in text


def test_the_record_names_both_officers_and_every_sealed_file(context):
    tender = make_documents.unsealed_tender()
    _comparison, record = make_documents.bid_documents(tender)
    text = text_of_document(record)
    for officer in make_bids.officers_of(tender):
        assert officer.name in text
    for bid in standing_bids(tender.id):
        (file,) = bid.files
        assert file.sealed_sha256 in text.replace("\n", "")
    assert text.count("unversehrt") == 2
    assert cells("6.000,00") in text
    assert "Bieter waren nicht zugelassen (§ 55 Abs. 2 VgV)" in text.replace("\n", " ")


def test_bids_opened_elsewhere_are_not_called_intact(context):
    _comparison, record = make_documents.bid_documents(make_documents.opened_tender())
    text = text_of_document(record)
    assert "unversehrt" not in text
    assert "„andere Vergabeplattform“ geöffnet und danach übernommen" in text


def test_the_same_facts_are_issued_once_and_a_change_makes_a_new_version(context):
    tender = make_documents.opened_tender()
    first, record = make_documents.bid_documents(tender)
    with clock.at(make_bids.after_deadline(tender) + timedelta(days=1)):
        officer = make.officer()
        assert actions.issue_price_comparison(tender, by=officer) is first
        assert actions.issue_opening_record(tender, by=officer) is record
        cheapest = next(bid for bid in standing_bids(tender.id) if bid.bidder.name == "Kabel AG")
        bid_actions.exclude_bid(cheapest, VGV_57_1_5, "Preis für FW-2 fehlt in der Anlage.", by=officer)
        second = actions.issue_price_comparison(tender, by=officer)
    assert (first.number, second.number) == (f"PS-{tender.reference}-1", f"PS-{tender.reference}-2")
    assert [one.status for one in queries.listed([first, second])] == [DocumentStatus.REPLACED, DocumentStatus.FINAL]
    assert "ausgeschlossen (§ 57 Abs. 1 Nr. 5 VgV)" in text_of_document(second).replace("\n", " ")


def test_a_large_price_comparison_is_drawn_by_a_job_and_says_the_same(saved, browser, monkeypatch):
    with saved():
        tender, officer = make_documents.opened_tender(), make.officer().id
        place = f"/documents/tender/{tender.id}"
    monkeypatch.setattr(actions_comparison, "LARGE", 0)
    window = browser(officer)
    for _time in range(2):
        progress = window.post(f"{place}/price-comparison").location
        assert progress.startswith("/jobs/")
        with saved():
            jobs.run_pending()
        assert window.get(progress).location == place
    with saved():
        (document,) = db.session.scalars(sa.select(IssuedDocument)).all()
        assert cells("1", "Kabel AG", "▼", "5.400,00", "−5,3 %", "−10,0 %", "10,0 %") in text_of_document(document)
        assert actions.issue_price_comparison(document.tender, by=document.issued_by) is document


def test_what_was_drawn_is_not_issued_if_something_changed_meanwhile(context):
    tender = make_documents.opened_tender()
    heard = []
    with clock.at(make_bids.after_deadline(tender) + timedelta(days=1)):
        officer = make.officer()
        paper = actions_comparison.drawn(tender, by=officer, told=lambda done, total: heard.append((done, total)))
        assert heard == [(0, 4), (4, 4)]  # two bids for two positions
        cheapest = next(bid for bid in standing_bids(tender.id) if bid.bidder.name == "Kabel AG")
        bid_actions.exclude_bid(cheapest, VGV_57_1_5, "Preis für FW-2 fehlt in der Anlage.", by=officer)
        with pytest.raises(Conflict, match="noch einmal aus"):
            actions_comparison.store_unchanged(tender, paper, by=officer)
