"""Recording bids through the pages: bidders, the form with a sheet per lot, the receipt, the empty price sheet."""

import io
from datetime import timedelta
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from procurement.bids.models import Bid, BidFile
from procurement.bids.states import BidState
from procurement.core import clock
from procurement.core.db import db
from procurement.core.spreadsheets import read_workbook
from tests.factories import bids as make_bids
from tests.factories import members as make
from tests.factories import tenders as make_tenders


@pytest.fixture
def case(saved):
    with saved():
        officer = make.officer()
        tender = make_tenders.published_tender(officers=[officer, make.officer()])
        bidder = make_bids.bidder("Netz GmbH")
        return SimpleNamespace(
            officer=officer.id, tender=tender.id, lot=tender.lots[0].id, bidder=bidder.id,
            deadline=tender.bid_deadline_at,
        )  # fmt: skip


def sheet(content=b"PK irgendetwas"):
    return (io.BytesIO(content), "Preisblatt.xlsx")


def stored_bids(app):
    with app.app_context():
        return list(db.session.scalars(sa.select(Bid)))


def test_an_officer_records_a_bid_and_gets_its_receipt(browser, app, case):
    window = browser(case.officer)
    fields = {
        "bidder": case.bidder,
        f"sheet_{case.lot}": sheet(),
        "files": [(io.BytesIO(b"Konzept"), "Konzept.pdf"), (io.BytesIO(b"Nachweis"), "Nachweis.pdf")],
    }
    answer = window.post(f"/bids/{case.tender}/receipt", fields)
    assert answer.status_code == 303
    with app.app_context():
        files = db.session.scalars(sa.select(BidFile).order_by(BidFile.number)).all()
        assert [(file.lot_id, file.filename) for file in files] == [
            (case.lot, "Preisblatt.xlsx"), (None, "Konzept.pdf"), (None, "Nachweis.pdf")
        ]  # fmt: skip
        checksum = files[0].sealed_sha256
    receipt = window.get(answer.location).text
    assert checksum in receipt
    assert "23.11.2026, 10:00:00 Uhr" in receipt
    assert "Preisblatt.xlsx" not in receipt


def test_a_form_without_bidder_or_file_comes_back_with_what_is_missing(browser, app, case):
    window = browser(case.officer)
    answer = window.post(f"/bids/{case.tender}/receipt", {"bidder": "", "proof": "Protokoll 4711"})
    assert answer.status_code == 422
    assert "Bitte den Bieter wählen." in answer.text
    assert "Protokoll 4711" in answer.text
    answer = window.post(f"/bids/{case.tender}/receipt", {"bidder": case.bidder})
    assert "Bitte mindestens eine Datei auswählen." in answer.text
    assert stored_bids(app) == []


def test_the_second_bid_of_a_bidder_is_refused_in_words(browser, app, case):
    window = browser(case.officer)
    for status in (303, 422):
        fields = {"bidder": case.bidder, f"sheet_{case.lot}": sheet()}
        answer = window.post(f"/bids/{case.tender}/receipt", fields)
        assert answer.status_code == status
    assert "bereits Angebot 1" in answer.text
    assert len(stored_bids(app)) == 1


def test_a_late_bid_is_recorded_and_its_delay_can_be_excused_before_the_opening(browser, app, case, hand):
    hand.moment = case.deadline + timedelta(seconds=1)
    window = browser(case.officer)
    fields = {"bidder": case.bidder, f"sheet_{case.lot}": sheet()}
    receipt = window.post(f"/bids/{case.tender}/receipt", fields).location
    assert "Verspätet eingegangen" in window.get(receipt).text
    bid = stored_bids(app)[0].id
    refused = window.post(f"/bids/bid/{bid}/excuse", {"reason": " ", "version": "1"})
    assert refused.status_code == 422
    assert window.post(f"/bids/bid/{bid}/excuse", {"reason": "Störung 4711", "version": "1"}).status_code == 303
    assert "Störung 4711" in window.get(receipt).text


def test_a_bid_is_withdrawn_by_one_button_and_then_nobody_reads_it(browser, app, case):
    window = browser(case.officer)
    window.post(f"/bids/{case.tender}/receipt", {"bidder": case.bidder, f"sheet_{case.lot}": sheet()})
    bid = stored_bids(app)[0].id
    assert window.post(f"/bids/bid/{bid}/withdrawal", {"version": "9"}).status_code == 409
    assert window.post(f"/bids/bid/{bid}/withdrawal", {"version": "1"}).status_code == 303
    assert stored_bids(app)[0].state is BidState.WITHDRAWN
    assert "Zurückgezogen" in window.get(f"/bids/bid/{bid}").text


def test_bidders_are_entered_once(browser, case):
    window = browser(case.officer)
    assert window.post("/bids/bidders", {"name": "Neu AG", "email": "post@neu.example"}).status_code == 303
    assert "post@neu.example" in window.get("/bids/bidders").text
    again = window.post("/bids/bidders", {"name": "Neu AG"})
    assert (again.status_code, "gibt es bereits" in again.text) == (422, True)
    assert window.post("/bids/bidders", {"name": "", "email": "keine Adresse"}).status_code == 422


def test_the_empty_price_sheet_is_a_workbook_with_the_positions_of_the_lot(browser, app, case):
    answer = browser(case.officer).get(f"/bids/price-sheet/{case.lot}")
    sheet_ = read_workbook(answer.data, "Preisblatt.xlsx").sheet("Los 1")
    assert [sheet_.at(row, 2).text for row in (13, 14)] == ["FW-1", "FW-2"]
    again = browser(case.officer).get(f"/bids/price-sheet/{case.lot}")
    assert again.data == answer.data


def test_before_publication_there_is_no_price_sheet_and_no_bid(browser, saved, case):
    with saved():
        tender = make_tenders.ready_tender()
        planned, lot = tender.id, tender.lots[0].id
    window = browser(case.officer)
    assert window.get(f"/bids/price-sheet/{lot}").status_code == 422
    assert "Angebote können ab der Veröffentlichung eingehen" in window.get(f"/bids/{planned}").text


def test_without_any_bidder_the_form_offers_to_enter_one(browser, saved):
    with saved():
        officer = make.officer()
        tender = make_tenders.published_tender(officers=[officer, make.officer()])
        ids = officer.id, tender.id
    assert "Noch kein Bieter erfasst" in browser(ids[0]).get(f"/bids/{ids[1]}/receipt").text


def test_a_named_moment_of_receipt_is_read_as_berlin_time_with_seconds(browser, app, case):
    fields = {"bidder": case.bidder, f"sheet_{case.lot}": sheet(), "received_at": "2026-11-23T10:00:00"}
    assert browser(case.officer).post(f"/bids/{case.tender}/receipt", fields).status_code == 303
    with app.app_context():
        received = db.session.scalars(sa.select(Bid)).one().received_at
        assert clock.in_berlin(received).strftime("%H:%M:%S") == "10:00:00"
