"""Reading bids. Before the opening only the fact of receipt is readable; afterwards officers and auditors read all.

An auditor's reading is recorded first and must be of the same day (§ 5 (2) VgV: bids stay confidential). A page never
writes, so the queries for opened bids refuse with :class:`ReadingNotLogged`, whose page offers to record and read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import undefer

from procurement.audit.events import Event
from procurement.audit.models import AuditEntry
from procurement.bids.models import Bid, Bidder, BidFile, BidOpening, SheetReading
from procurement.bids.rules import RECEIVING
from procurement.bids.states import BidState
from procurement.core import clock
from procurement.core.db import db, existing
from procurement.core.errors import NotFound, ProcurementError
from procurement.core.permissions import Role
from procurement.members.models import Account
from procurement.tenders import queries as tenders
from procurement.tenders import queries_panel
from procurement.tenders.kinds import TenderStage
from procurement.tenders.models import Lot, OpeningEnvelope, Tender

GONE = (BidState.WITHDRAWN, BidState.SUPERSEDED)
UNOPENED = RECEIVING | {TenderStage.PLANNED}


class ReadingNotLogged(ProcurementError):
    """An auditor wants to read opened bids and has not had today's reading recorded."""

    status = 403

    def __init__(self, tender: Tender) -> None:
        super().__init__(
            f"Angebote zu {tender.reference} sehen Sie erst, wenn die heutige Einsicht im Prüfpfad vermerkt ist. "
            "Bitte öffnen Sie die Angebote der Ausschreibung und bestätigen Sie dort die Einsicht."
        )
        self.tender = tender


@dataclass(frozen=True, slots=True)
class FileReceipt:
    """What the receipt says about one file; ``lot_number`` is empty for files that are no price sheet."""

    number: int
    lot_number: int | None
    sha256: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is known of a bid before the opening; ``bidder_name`` is there for officers only."""

    bid_id: int
    number: int
    received_at: datetime
    state: BidState
    bidder_name: str
    files: tuple[FileReceipt, ...]


def is_opened(tender: Tender) -> bool:
    """Whether this tender's bids were opened by two officers (or imported after an opening elsewhere)."""
    opening = opening_of(tender.id)
    return tender.stage not in UNOPENED and opening is not None and opening.second_at is not None


def readable_tender(tender_id: int, account: Account) -> Tender:
    """A tender whose bids this account may read now with their prices; :class:`NotFound` before the opening.

    :class:`Withheld` for who declared a conflict of interest, and for an evaluator who has still to submit points.
    """
    tender = rateable_tender(tender_id, account)
    queries_panel.refuse_before_submitting(tender, account)
    return tender


def rateable_tender(tender_id: int, account: Account) -> Tender:
    """The same for pages that show no prices, which evaluators may read too."""
    tender = tender_with_bids(tender_id, account)
    if not is_opened(tender):
        raise NotFound
    if needs_logging(account, tender):
        raise ReadingNotLogged(tender)
    return tender


def tender_with_bids(tender_id: int, account: Account) -> Tender:
    """A tender about whose bids, opened or not, this account may know; :class:`Withheld` after declaring a conflict."""
    return tenders.tender_for(account, tender_id)


def priced_tender(tender_id: int, account: Account) -> Tender:
    """A tender for pages that show prices of bids, opened or not, such as those of a table from elsewhere."""
    tender = tender_with_bids(tender_id, account)
    queries_panel.refuse_before_submitting(tender, account)
    return tender


def readable_bid(bid_id: int, account: Account) -> Bid:
    """An opened bid; :class:`NotFound` before the opening and for one that was withdrawn, which nobody ever reads."""
    bid = db.session.get(Bid, bid_id)
    if bid is None or bid.state in {BidState.SEALED, BidState.WITHDRAWN}:
        raise NotFound
    readable_tender(bid.tender_id, account)
    return bid


def needs_logging(account: Account, tender: Tender) -> bool:
    """Whether this account reads as an auditor and nothing of today is recorded for it."""
    if Role.OFFICER in account.roles:
        return False
    midnight = clock.from_berlin(datetime.combine(clock.today(), datetime.min.time()))
    query = sa.select(AuditEntry.id).filter_by(
        event=Event.BID_READ_BY_AUDITOR.value, actor_id=account.id, tender_id=tender.id
    )
    return db.session.scalar(query.where(AuditEntry.at >= midnight).limit(1)) is None


def sealed_bid(bid_id: int, account: Account) -> Bid:
    """A bid as a thing that was received, for officers who keep the receipts; never its content."""
    bid = db.session.get(Bid, bid_id)
    if bid is None or Role.OFFICER not in account.roles:
        raise NotFound
    queries_panel.refuse_conflicted(bid.tender, account)
    return bid


def receipts(tender: Tender, account: Account, round_number: int = 1) -> list[Receipt]:
    """The bids that came in, in order of receipt, with nothing of their content; names for officers only."""
    knows_names = Role.OFFICER in account.roles
    files = _file_receipts(tender.id)
    query = sa.select(Bid).filter_by(tender_id=tender.id, round_number=round_number).order_by(Bid.number)
    return [
        Receipt(
            bid.id,
            bid.number,
            bid.received_at,
            bid.state,
            bid.shown_name if knows_names else "",
            tuple(files.get(bid.id, ())),
        )
        for bid in db.session.scalars(query)
    ]


def receipt_of(bid: Bid, account: Account) -> Receipt:
    """The receipt of one bid."""
    return next(receipt for receipt in receipts(bid.tender, account, bid.round_number) if receipt.bid_id == bid.id)


def _file_receipts(tender_id: int) -> dict[int, list[FileReceipt]]:
    query = (
        sa.select(BidFile.bid_id, BidFile.number, Lot.number, BidFile.sealed_sha256)
        .join(Bid, Bid.id == BidFile.bid_id)
        .outerjoin(Lot, Lot.id == BidFile.lot_id)
        .where(Bid.tender_id == tender_id, BidFile.sealed_sha256.is_not(None))
        .order_by(BidFile.bid_id, BidFile.number)
    )
    found: dict[int, list[FileReceipt]] = {}
    for bid_id, number, lot_number, sha256 in db.session.execute(query):
        found.setdefault(bid_id, []).append(FileReceipt(number, lot_number, sha256 or ""))
    return found


def standing_bids(tender_id: int) -> list[Bid]:
    """The bids that count or once counted, by number: neither withdrawn nor superseded.

    A further bid of a negotiated round stands only from its opening on.
    """
    query = sa.select(Bid).where(Bid.tender_id == tender_id, Bid.state.not_in(GONE)).order_by(Bid.number)
    return list(db.session.scalars(query.where(sa.or_(Bid.round_number == 1, Bid.state != BidState.SEALED))))


def bids_of_round(tender_id: int, round_number: int) -> list[Bid]:
    """The bids of one round that were not withdrawn, by number, whatever became of them."""
    query = sa.select(Bid).filter_by(tender_id=tender_id, round_number=round_number)
    return list(db.session.scalars(query.where(Bid.state != BidState.WITHDRAWN).order_by(Bid.number)))


def bid_of(tender_id: int, bidder_id: int) -> Bid | None:
    """The first main bid of this bidder that was not withdrawn."""
    query = sa.select(Bid).where(Bid.state != BidState.WITHDRAWN)
    main = query.filter_by(tender_id=tender_id, bidder_id=bidder_id, round_number=1, variant_number=0)
    return db.session.scalar(main)


def next_variant_number(tender_id: int, bidder_id: int) -> int:
    """The number of this bidder's next variant; numbers of withdrawn ones are not given again."""
    query = sa.select(sa.func.max(Bid.variant_number)).filter_by(tender_id=tender_id, bidder_id=bidder_id)
    return (db.session.scalar(query) or 0) + 1


def sealed_bids(tender_id: int) -> list[Bid]:
    """The bids that wait for their opening, by number."""
    query = sa.select(Bid).filter_by(tender_id=tender_id, state=BidState.SEALED).order_by(Bid.number)
    return list(db.session.scalars(query))


def sealed_files(tender_id: int) -> list[BidFile]:
    """Every sealed file of every bid to be opened, with its sealed bytes."""
    query = (
        sa.select(BidFile)
        .join(Bid, Bid.id == BidFile.bid_id)
        .where(Bid.tender_id == tender_id, Bid.state == BidState.SEALED)
        .options(undefer(BidFile.sealed))
        .order_by(Bid.number, BidFile.number)
    )
    return list(db.session.scalars(query))


def opened_file(file_id: int, account: Account) -> BidFile:
    """A file of an opened bid with its clear bytes; :class:`NotFound` if its seal was broken or is still closed.

    Evaluators read what is no price sheet before they submit their points.
    """
    found = db.session.get(BidFile, file_id)
    if found is None or found.content_sha256 is None or found.bid.state in {BidState.SEALED, BidState.WITHDRAWN}:
        raise NotFound
    may_see = readable_tender if found.lot_id is not None else rateable_tender
    may_see(found.bid.tender_id, account)
    return found


def opening_of(tender_id: int, round_number: int = 1) -> BidOpening | None:
    """The opening of a round, begun or complete; the first bids are round 1."""
    return db.session.scalar(sa.select(BidOpening).filter_by(tender_id=tender_id, round_number=round_number))


def opening_for(tender: Tender, round_number: int = 1) -> BidOpening:
    """The opening of a round; :class:`NotFound` before it begins."""
    found = opening_of(tender.id, round_number)
    if found is None:
        raise NotFound
    return found


def envelopes_of(tender_id: int, first_account_id: int | None) -> Sequence[OpeningEnvelope]:
    """The envelopes this officer can open as the first of a pair; none for somebody who was not named."""
    query = sa.select(OpeningEnvelope).filter_by(tender_id=tender_id, first_account_id=first_account_id)
    return db.session.scalars(query).all()


def named_officers(tender_id: int) -> list[Account]:
    """Everybody who was named for the opening at publication."""
    named = sa.select(OpeningEnvelope.first_account_id).where(OpeningEnvelope.tender_id == tender_id)
    return list(db.session.scalars(sa.select(Account).where(Account.id.in_(named)).order_by(Account.name, Account.id)))


def readings_of(bid: Bid) -> list[SheetReading]:
    """Every attempt to read a price sheet of this bid, the latest first."""
    return list(db.session.scalars(sa.select(SheetReading).filter_by(bid_id=bid.id).order_by(SheetReading.id.desc())))


def was_evaluated(tender_id: int) -> bool:
    """Whether a lot was evaluated since bids were last opened; the trail knows, evaluation lies above this feature."""
    last = sa.select(sa.func.max(AuditEntry.id)).filter_by(tender_id=tender_id)
    opened = db.session.scalar(last.where(AuditEntry.event.in_((Event.BIDS_OPENED.value, Event.BIDS_IMPORTED.value))))
    evaluated = db.session.scalar(last.where(AuditEntry.event == Event.EVALUATED.value))
    return evaluated is not None and evaluated > (opened or 0)


def bidder(bidder_id: int) -> Bidder:
    """One bidder, or :class:`NotFound`."""
    return existing(Bidder, bidder_id)


def bidder_by_name(name: str) -> Bidder | None:
    """The bidder with exactly this name."""
    return db.session.scalar(sa.select(Bidder).filter_by(name=" ".join(name.split())))


def bidders() -> list[Bidder]:
    """Every bidder that was ever entered, by name; officers keep this list."""
    return list(db.session.scalars(sa.select(Bidder).order_by(sa.func.lower(Bidder.name), Bidder.id)))


def lot(lot_id: int, account: Account) -> Lot:
    """A lot of a tender this account may see; :class:`NotFound` for everybody else."""
    found = existing(Lot, lot_id)
    tenders.tender_for(account, found.tender_id)
    return found
