"""All that the record of a bid opening says: which bids lay there sealed, who opened them, when, and what was found."""

from dataclasses import dataclass
from datetime import datetime

from procurement.documents.contents import NO_NOTES, ClosingNotes, DocumentIdentity, Letterhead, SignOff
from procurement.values.money import Money


@dataclass(frozen=True, slots=True)
class OpenedBid:
    """One bid as it was found; ``sealed_hash`` is the hash taken on receipt, ``is_intact`` whether it still holds.

    Both are empty for a bid that was opened on another platform and never sealed here. ``total`` is ``None`` where the
    bid has no total of its own; ``is_late`` bids are listed but stay out.
    """

    bidder: str
    lot: str
    received_at: datetime
    sealed_hash: str
    is_intact: bool | None
    is_late: bool = False
    total: Money | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class OpeningRecordContent:
    """The record of one opening by two officers (§ 55 VgV); times are aware."""

    letterhead: Letterhead
    identity: DocumentIdentity
    tender_title: str
    tender_number: str
    procedure: str
    bid_deadline: datetime
    opened_at: datetime
    bids: tuple[OpenedBid, ...]
    first_officer: SignOff
    second_officer: SignOff
    file_number: str = ""
    notes: tuple[str, ...] = ()
    closing: ClosingNotes = NO_NOTES
