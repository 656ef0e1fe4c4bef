"""The opening: after the deadline, by two different officers with passwords; every refused attempt stays on record."""

import json
from datetime import timedelta
from hashlib import sha256

import pytest
import sqlalchemy as sa

from procurement.audit.actor import COMMAND_LINE
from procurement.audit.events import Event
from procurement.audit.models import AuditEntry
from procurement.bids import actions_opening, queries, queries_comparison
from procurement.bids.actions import ReceivedFile
from procurement.bids.lot_figures import SheetState
from procurement.bids.models import BidFile, BidOpening, BidPrice, SheetReading
from procurement.bids.states import BidState
from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import Conflict, Refused, TooManyAttempts
from procurement.members import actions_accounts
from procurement.tenders import actions as tender_actions
from procurement.tenders.kinds import TenderStage
from procurement.values.money import Money
from tests.factories import bids as make_bids
from tests.factories import members as make
from tests.factories import tenders as make_tenders

PRICES = {"FW-1": "900", "FW-2": "40.50"}


@pytest.fixture
def officers(context):
    return [make.officer(name) for name in ("Ada", "Ben", "Eva")]


@pytest.fixture
def tender(officers):
    return make_tenders.published_tender(officers=officers)


@pytest.fixture
def after(tender):
    with clock.at(make_bids.after_deadline(tender)):
        yield


def attempts() -> list[str]:
    query = sa.select(AuditEntry.changes).filter_by(event=Event.OPENING_REFUSED.value).order_by(AuditEntry.number)
    return [json.loads(changes)["Grund"] for changes in db.session.scalars(query)]


def test_two_officers_open_and_everything_becomes_readable_at_once(tender, officers, after):
    bid = make_bids.sealed_bid(tender, PRICES)
    handed_in = sha256(make_bids.sheet(tender.lots[0], PRICES).content).hexdigest()
    opening = actions_opening.start_opening(tender, officers[2], make.PASSWORD)
    assert tender.stage is TenderStage.BIDS_CLOSED
    assert db.session.scalar(sa.select(sa.func.count()).select_from(BidPrice)) == 0
    actions_opening.complete_opening(opening, officers[0], make.PASSWORD)
    assert (tender.stage, bid.state) == (TenderStage.OPENED, BidState.OPENED)
    assert (opening.first_by_id, opening.second_by_id) == (officers[2].id, officers[0].id)
    assert opening.half_open is None
    assert bid.files[0].content_sha256 == handed_in == sha256(bid.files[0].content).hexdigest()
    figures = queries_comparison.lot_figures(tender.lots[0])[0]
    assert figures.evaluation_total == Money.of("5220.00")  # 4 x 900 + 40 x 40.50


def test_the_trail_names_both_people_every_bid_and_every_checksum(tender, officers):
    bid = make_bids.sealed_bid(tender, PRICES, "A GmbH")
    make_bids.opened(tender)
    entry = db.session.scalars(sa.select(AuditEntry).filter_by(event=Event.BIDS_OPENED.value)).one()
    for expected in ("Ada", "Ben", "A GmbH", bid.files[0].sealed_sha256, "unverändert"):
        assert expected in entry.changes


@pytest.mark.parametrize("seconds", [-3600, 0])
def test_before_the_deadline_is_over_nobody_opens_and_the_attempt_is_recorded(tender, officers, seconds):
    make_bids.sealed_bid(tender, PRICES)
    with clock.at(tender.bid_deadline_at + timedelta(seconds=seconds)), pytest.raises(Refused, match="läuft noch"):
        actions_opening.start_opening(tender, officers[0], make.PASSWORD)
    assert "läuft noch" in attempts()[0]
    assert (tender.stage, queries.opening_of(tender.id)) == (TenderStage.PUBLISHED, None)


def test_one_officer_alone_never_opens(tender, officers, after):
    bid = make_bids.sealed_bid(tender, PRICES)
    opening = actions_opening.start_opening(tender, officers[0], make.PASSWORD)
    with pytest.raises(Refused, match="bereits als erste Person"):
        actions_opening.complete_opening(opening, officers[0], make.PASSWORD)
    with pytest.raises(Refused, match="Ada hat als erste Person freigegeben"):
        actions_opening.start_opening(tender, officers[0], make.PASSWORD)
    assert len(attempts()) == 2
    assert (bid.state, bid.files[0].content) == (BidState.SEALED, None)


def test_a_wrong_password_is_refused_on_either_side_and_recorded(tender, officers, after):
    make_bids.sealed_bid(tender, PRICES)
    with pytest.raises(Refused, match="Passwort passt nicht"):
        actions_opening.start_opening(tender, officers[0], "falsch")
    opening = actions_opening.start_opening(tender, officers[0], make.PASSWORD)
    with pytest.raises(Refused, match="Passwort passt nicht"):
        actions_opening.complete_opening(opening, officers[1], "falsch")
    assert len(attempts()) == 2
    assert opening.second_at is None


def test_guessing_the_password_is_slowed_down_like_at_sign_in(tender, officers, after):
    for _ in range(5):
        with pytest.raises(Refused):
            actions_opening.start_opening(tender, officers[0], "falsch")
    with pytest.raises(TooManyAttempts):
        actions_opening.start_opening(tender, officers[0], make.PASSWORD)


def test_an_officer_who_came_after_the_publication_does_not_open(tender, officers, after):
    newcomer = make.officer()
    with pytest.raises(Refused, match="nicht benannt"):
        actions_opening.start_opening(tender, newcomer, make.PASSWORD)
    opening = actions_opening.start_opening(tender, officers[0], make.PASSWORD)
    with pytest.raises(Refused, match="nicht benannt"):
        actions_opening.complete_opening(opening, newcomer, make.PASSWORD)
    assert len(attempts()) == 2


def test_a_named_person_who_lost_the_role_does_not_open(tender, officers, after):
    actions_accounts.remove_role(officers[0].assignments[0], by=COMMAND_LINE)
    with pytest.raises(Refused, match="nicht benannt"):
        actions_opening.start_opening(tender, officers[0], make.PASSWORD)


def test_an_officer_whose_password_was_reset_lost_the_key_and_two_others_open(tender, officers, after):
    actions_accounts.reset_password(officers[0], "ganz-neues-Kennwort-27", by=COMMAND_LINE)
    with pytest.raises(Refused, match="Öffnungsschlüssel für diese Ausschreibung nicht möglich"):
        actions_opening.start_opening(tender, officers[0], "ganz-neues-Kennwort-27")
    officers[1].opening_key = None
    with pytest.raises(Refused, match="beschädigt"):
        actions_opening.start_opening(tender, officers[1], make.PASSWORD)
    assert len(attempts()) == 2


def test_the_opening_begins_as_well_after_somebody_noted_the_end_of_the_deadline(tender, officers, after):
    tender_actions.close_bids(tender, by=officers[0])
    actions_opening.start_opening(tender, officers[0], make.PASSWORD)
    assert tender.stage is TenderStage.BIDS_CLOSED


def test_an_exchanged_key_of_the_tender_is_noticed_before_anything_is_opened(tender, officers, after):
    opening = actions_opening.start_opening(tender, officers[0], make.PASSWORD)
    tender.opening_public_key = bytes(32)
    db.session.flush()
    with pytest.raises(Refused, match="gehört nicht zum veröffentlichten Schlüssel"):
        actions_opening.complete_opening(opening, officers[1], make.PASSWORD)
    assert tender.stage is TenderStage.BIDS_CLOSED


def test_what_is_open_is_not_opened_again(tender, officers, after):
    make_bids.sealed_bid(tender, PRICES)
    opening = make_bids.opened(tender)
    with pytest.raises(Conflict, match="bereits geöffnet"):
        actions_opening.complete_opening(opening, officers[2], make.PASSWORD)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(BidOpening)) == 1


@pytest.mark.parametrize("with_checksum", [False, True])
def test_an_exchanged_file_stays_closed_and_does_not_block_the_other_bids(tender, officers, with_checksum):
    good, bad = (make_bids.sealed_bid(tender, PRICES, name) for name in ("A GmbH", "B GmbH"))
    other = make_bids.sealed_bid(make_tenders.published_tender(officers=officers), PRICES, "C GmbH").files[0]
    # What somebody with access to the database could do: the trigger that forbids it is dropped first.
    _without_triggers()
    forged = {"sealed": other.sealed} | ({"sealed_sha256": other.sealed_sha256} if with_checksum else {})
    db.session.execute(sa.update(BidFile).where(BidFile.bid_id == bad.id).values(**forged))
    db.session.expire_all()
    make_bids.opened(tender)
    assert good.files[0].content is not None
    assert bad.files[0].content is None
    reading = db.session.scalars(sa.select(SheetReading).filter_by(bid_id=bad.id)).one()
    assert [finding["code"] for finding in reading.findings] == ["broken_seal"]
    figures = {f.bid_id: f for f in queries_comparison.lot_figures(tender.lots[0])}
    assert (figures[bad.id].sheet, figures[bad.id].ranked_total) == (SheetState.REFUSED, None)
    entry = db.session.scalars(sa.select(AuditEntry).filter_by(event=Event.BIDS_OPENED.value)).one()
    assert "Siegel verletzt" in entry.changes


def _without_triggers() -> None:
    if db.engine.dialect.name == "postgresql":
        db.session.execute(sa.text("ALTER TABLE bid_file DISABLE TRIGGER ALL"))
        return
    triggers = db.session.scalars(
        sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'bid_file'")
    )
    for name in triggers.all():
        db.session.execute(sa.text(f"DROP TRIGGER {name}"))


def test_withdrawn_bids_are_never_opened_and_late_ones_are_opened_but_stay_out(tender, officers):
    withdrawn = make_bids.sealed_bid(tender, PRICES, "A GmbH")
    withdrawn.state = BidState.WITHDRAWN
    late = make_bids.sealed_bid(tender, PRICES, "B GmbH", received_at=tender.bid_deadline_at + timedelta(seconds=1))
    make_bids.opened(tender)
    assert withdrawn.files[0].content is None
    figures = queries_comparison.lot_figures(tender.lots[0])
    assert [(f.bid_id, f.exclusion.norm, f.ranked_total) for f in figures] == [(late.id, "§ 57 Abs. 1 Nr. 1 VgV", None)]
    late.late_excused_reason = "Störung der Plattform"
    assert queries_comparison.lot_figures(tender.lots[0])[0].ranked_total == Money.of("5220.00")


def test_an_opening_without_any_bid_is_an_opening_too(tender, officers):
    make_bids.opened(tender)
    assert tender.stage is TenderStage.OPENED
    assert queries_comparison.lot_figures(tender.lots[0]) == []


def test_files_that_are_no_price_sheet_are_opened_and_not_read(tender, officers):
    concept = ReceivedFile(None, "Konzept.pdf", b"%PDF-1.7 Betriebskonzept")
    bid = make_bids.sealed_bid(tender, files=[concept])
    make_bids.opened(tender)
    assert bid.files[0].content == concept.content
    assert queries.readings_of(bid) == []
    assert queries_comparison.lot_figures(tender.lots[0])[0].is_absent
