"""Receiving bids: sealed in the same breath, numbered, with a receipt to check; withdrawn until the deadline."""

import hashlib
from datetime import timedelta

import pytest
import sqlalchemy as sa

from procurement.audit.actor import COMMAND_LINE
from procurement.audit.events import Event
from procurement.audit.models import AuditEntry
from procurement.bids import actions, queries
from procurement.bids.actions import ReceivedFile
from procurement.bids.entries import BidderEntry
from procurement.bids.models import BidFile
from procurement.bids.states import BidState
from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import Conflict, Refused
from tests.factories import bids as make_bids
from tests.factories import members as make
from tests.factories import tenders as make_tenders

SECRET = b"Unser Einzelpreis: 8.100,00 Euro"


@pytest.fixture
def tender(context):
    return make_tenders.published_tender()


def confidential(lot) -> ReceivedFile:
    return ReceivedFile(lot, "C:\\Angebote\\Angebot geheim.xlsx", SECRET)


def last_entry() -> AuditEntry:
    return db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1)).one()


def test_a_received_file_is_nowhere_stored_in_the_clear(tender):
    make_bids.sealed_bid(tender, files=[confidential(tender.lots[0])])
    file = db.session.scalars(sa.select(BidFile)).one()
    assert (file.content, file.content_sha256) == (None, None)
    assert SECRET not in file.sealed
    assert file.filename == "Angebot geheim.xlsx"


def test_the_receipt_carries_the_checksum_of_the_stored_bytes_and_so_does_the_trail(tender):
    officer = make.officer()
    bid = make_bids.sealed_bid(tender, files=[confidential(tender.lots[0]), confidential(None)])
    sums = [hashlib.sha256(file.sealed).hexdigest() for file in bid.files]
    receipt = queries.receipt_of(bid, officer)
    assert [(file.lot_number, file.sha256) for file in receipt.files] == [(1, sums[0]), (None, sums[1])]
    entry = last_entry()
    assert entry.event == Event.BID_RECEIVED.value
    assert all(checksum in entry.changes for checksum in sums)


def test_bids_are_numbered_in_the_order_of_receipt_and_numbers_are_never_given_again(tender):
    first = make_bids.sealed_bid(tender, name="A GmbH", files=[confidential(None)])
    with clock.at(tender.bid_deadline_at):
        actions.withdraw_bid(first, by=COMMAND_LINE)
    again = make_bids.sealed_bid(tender, name="A GmbH", files=[confidential(None)])
    other = make_bids.sealed_bid(tender, name="B GmbH", files=[confidential(None)])
    assert [bid.number for bid in (first, again, other)] == [1, 2, 3]
    assert [bid.number for bid in queries.standing_bids(tender.id)] == [2, 3]


def test_the_same_bidder_cannot_have_two_bids(tender):
    make_bids.sealed_bid(tender, files=[confidential(None)])
    with pytest.raises(Refused, match="bereits Angebot 1"):
        make_bids.sealed_bid(tender, files=[confidential(None)])


def test_a_late_bid_is_recorded_to_the_second_and_marked_in_the_trail(tender):
    late = tender.bid_deadline_at + timedelta(seconds=1)
    bid = make_bids.sealed_bid(tender, files=[confidential(None)], received_at=late)
    assert bid.received_at == late
    assert "nach Ablauf der Angebotsfrist" in last_entry().changes


def test_a_claimed_receipt_in_time_needs_a_proof_that_goes_into_the_trail(tender):
    bidder = make_bids.bidder()
    arguments = (tender, bidder, [confidential(None)], tender.bid_deadline_at - timedelta(minutes=1))
    with clock.at(make_bids.after_deadline(tender)):
        with pytest.raises(Refused, match="braucht einen Nachweis"):
            actions.receive_bid(*arguments, by=COMMAND_LINE)
        actions.receive_bid(*arguments, by=COMMAND_LINE, proof="Protokoll der Plattform 4711")
    assert "Protokoll der Plattform 4711" in last_entry().changes


def test_files_are_checked_for_presence_and_lot_but_never_looked_into(tender):
    other = make_tenders.published_tender()
    with pytest.raises(Refused, match="mindestens eine Datei"):
        make_bids.sealed_bid(tender, files=[])
    with pytest.raises(Refused, match="ist leer"):
        make_bids.sealed_bid(tender, files=[ReceivedFile(tender.lots[0], "leer.xlsx", b"")])
    with pytest.raises(Refused, match="einer anderen Ausschreibung"):
        make_bids.sealed_bid(tender, files=[confidential(other.lots[0])])


def test_a_planned_tender_receives_nothing(context):
    tender = make_tenders.ready_tender()
    with pytest.raises(Refused, match="„Geplant“"):
        make_bids.sealed_bid(tender, files=[confidential(None)], received_at=clock.now())


def test_after_the_deadline_a_bidder_is_bound(tender):
    bid = make_bids.sealed_bid(tender, files=[confidential(None)])
    with clock.at(tender.bid_deadline_at + timedelta(seconds=1)), pytest.raises(Refused, match="gebunden"):
        actions.withdraw_bid(bid, by=COMMAND_LINE)


def test_a_decision_on_an_outdated_page_names_both_states(tender):
    bid = make_bids.sealed_bid(tender, files=[confidential(None)])
    with pytest.raises(Conflict, match="Sie sahen Stand 7, gespeichert ist Stand 1"):
        actions.withdraw_bid(bid, by=COMMAND_LINE, seen=7)
    assert bid.state is BidState.SEALED


def test_a_delay_is_excused_with_a_reason(tender):
    late = tender.bid_deadline_at + timedelta(seconds=1)
    bid = make_bids.sealed_bid(tender, files=[confidential(None)], received_at=late)
    with clock.at(make_bids.after_deadline(tender)):
        actions.excuse_late(bid, "Störung der Plattform, Az. 4711", by=COMMAND_LINE)
    assert bid.late_excused_reason == "Störung der Plattform, Az. 4711"
    assert last_entry().event == Event.LATENESS_EXCUSED.value


def test_names_of_bidders_are_tidied_and_unique(context):
    bidder = actions.register_bidder(BidderEntry("  Netz   GmbH ", city="Ahaus "), by=COMMAND_LINE)
    assert (bidder.name, bidder.city) == ("Netz GmbH", "Ahaus")
    with pytest.raises(Refused, match="„Netz GmbH“ gibt es bereits"):
        actions.register_bidder(BidderEntry("Netz GmbH"), by=COMMAND_LINE)
    with pytest.raises(Refused, match="Namen des Bieters"):
        actions.register_bidder(BidderEntry("   "), by=COMMAND_LINE)


def test_auditors_see_before_the_opening_that_bids_came_in_but_not_from_whom(tender):
    make_bids.sealed_bid(tender, name="A GmbH", files=[confidential(None)])
    assert [receipt.bidder_name for receipt in queries.receipts(tender, make.officer())] == ["A GmbH"]
    assert [receipt.bidder_name for receipt in queries.receipts(tender, make.auditor())] == [""]
