"""The letters to the bidders of a tender as PDF files: made anew from what was stored when they were sent.

Whoever calls has made sure that the reader may see the bids. Text, date, recipient and points of a letter never change
after it was sent and neither does a bidder, so that the same letter is the same file; storing it would keep nothing.
A letter that was not sent yet is printed as a draft.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

import sqlalchemy as sa

from procurement.awarding import queries as awarding
from procurement.awarding.models import BidderLetter
from procurement.awarding.reasons import LotNews
from procurement.awarding.states import Channel
from procurement.bids.models import Bid, Bidder
from procurement.core import clock, downloads
from procurement.core.db import db
from procurement.documents.archive import ArchivedFile
from procurement.documents.bidder_letter import draw_bidder_letter
from procurement.documents.contents import DocumentIdentity, DocumentStatus
from procurement.documents.contents_bidder_letter import BidderLetterContent, Reference, ToldPoints
from procurement.documents.fingerprints import fingerprint
from procurement.documents.letter_naming import letter_filename, letter_number
from procurement.documents.notation import day
from procurement.documents.queries_issuer import letterhead
from procurement.examination.models import BidLetter
from procurement.members.models import Account
from procurement.tenders.models import Tender
from procurement.values.figures import german

FAREWELL = "Mit freundlichen Grüßen"
EXACT_TO = 2


@dataclass(frozen=True, slots=True)
class PrintedLetter:
    """A letter as a file; without ``sent_at`` it is a draft."""

    number: str
    filename: str
    kind: str
    subject: str
    bidder: str
    sent_at: datetime | None
    sender: str
    input_hash: str
    content: bytes


def printed_bid_letter(letter: BidLetter) -> PrintedLetter:
    """A letter of the examination: request for documents, price clarification, notice of corrections."""
    bid, number = letter.bid, letter_number(letter.kind, letter.bid.tender.reference, letter.id)
    address = letter.notice.recipient
    content = _content(bid.tender, bid.bidder, letter.sent_by, _identity(number, letter.sent_at), letter.kind.label)
    references = (
        *content.references,
        ("Angebot", str(bid.number)),
        ("Frist", day(letter.due_on) if letter.due_on else ""),
        ("Versand", f"E-Mail an {address}" if address else "per Post"),
    )
    content = replace(content, references=references, subject=letter.subject, text=letter.text, farewell=FAREWELL)
    return _printed(content, letter_filename(letter.kind, number, bid.bidder.name), letter.sent_at)


def printed_bidder_letter(letter: BidderLetter) -> PrintedLetter:
    """A letter about the outcome: information, extension, award, rejection, cancellation."""
    sheet, number = awarding.sheet_of(letter), letter_number(letter.kind, letter.tender.reference, letter.id)
    sender, at = letter.sent_by or letter.made_by, letter.sent_at or letter.made_at
    status = DocumentStatus.FINAL if letter.sent_at else DocumentStatus.DRAFT
    content = _content(letter.tender, letter.bidder, sender, _identity(number, at, status), letter.kind.label)
    earliest = letter.earliest_contract_on
    references = (
        *content.references,
        ("Vertrag frühestens", day(earliest) if earliest else ""),
        ("Versand", _way(letter)),
    )
    content = replace(
        content,
        references=references,
        subject=sheet.subject,
        text=sheet.text,
        points=tuple(_told(news) for news in sheet.news if news.rows),
    )
    return _printed(content, letter_filename(letter.kind, number, letter.bidder.name), letter.sent_at)


def _way(letter: BidderLetter) -> str:
    if letter.channel is Channel.POST or not letter.recipient:
        return letter.channel.label
    return f"{letter.channel.label}, {letter.recipient}"


def _told(news: LotNews) -> ToldPoints:
    """The points of one lot as they stand in the text: whole, else with two decimals."""
    rows = tuple((f"{row.number} {row.title}", _points(row.own), _points(row.winner)) for row in news.rows)
    return ToldPoints(f"Los {news.lot} „{news.title}“, Zuschlag: {news.winner}", rows)


def _points(figure: Fraction) -> str:
    return german(figure, 0 if figure.denominator == 1 else EXACT_TO)


def _identity(number: str, at: datetime, status: DocumentStatus = DocumentStatus.FINAL) -> DocumentIdentity:
    """A letter counts no versions, and no program or run is named in it."""
    return DocumentIdentity(number, 1, status, at, run_id="", input_hash="", program_version="")


def _content(
    tender: Tender, bidder: Bidder, sender: Account, identity: DocumentIdentity, kind: str
) -> BidderLetterContent:
    issuer = letterhead()
    place = f"{bidder.postcode} {bidder.city}".strip()
    return BidderLetterContent(
        letterhead=issuer,
        identity=identity,
        kind=kind,
        procedure=f"{tender.reference} {tender.title}",
        bidder=bidder.name,
        recipient=tuple(line for line in (bidder.name, bidder.street, place) if line),
        references=_first_references(tender, identity),
        subject="",
        text="",
        farewell="",
        sender=f"{sender.name}\n{issuer.name}",
    )


def _first_references(tender: Tender, identity: DocumentIdentity) -> tuple[Reference, ...]:
    is_draft = identity.status is DocumentStatus.DRAFT
    on = day(clock.in_berlin(identity.issued_at).date())
    return (
        ("Unser Zeichen", identity.number),
        ("Datum", f"Entwurf vom {on}" if is_draft else on),
        ("Vergabe", tender.reference),
    )


def _printed(content: BidderLetterContent, filename: str, sent_at: datetime | None) -> PrintedLetter:
    input_hash = fingerprint(content)
    identity = replace(content.identity, input_hash=input_hash)
    return PrintedLetter(
        number=identity.number,
        filename=filename,
        kind=content.kind,
        subject=content.subject,
        bidder=content.bidder,
        sent_at=sent_at,
        sender=content.sender.partition("\n")[0],
        input_hash=input_hash,
        content=draw_bidder_letter(replace(content, identity=identity)),
    )


def letters_sent(tender: Tender) -> list[BidLetter | BidderLetter]:
    """Every letter to a bidder that went out, the examination's first, each in the order of sending."""
    query = sa.select(BidLetter).join(Bid, Bid.id == BidLetter.bid_id).where(Bid.tender_id == tender.id)
    asked = db.session.scalars(query.order_by(BidLetter.id)).all()
    return [*asked, *(one for one in awarding.letter_rows(tender.id) if one.sent_at is not None)]


def printed(letter: BidLetter | BidderLetter) -> PrintedLetter:
    """Any letter as a file."""
    return printed_bid_letter(letter) if isinstance(letter, BidLetter) else printed_bidder_letter(letter)


def archived_letters(letters: Sequence[BidLetter | BidderLetter]) -> list[ArchivedFile]:
    """Letters that went out, as they go into an archive."""
    return [_archived(printed(letter)) for letter in letters]


def _archived(letter: PrintedLetter) -> ArchivedFile:
    if letter.sent_at is None:
        raise ValueError(f"{letter.number} was never sent")
    return ArchivedFile(
        filename=letter.filename,
        number=letter.number,
        kind=letter.kind,
        title=f"{letter.subject} ({letter.bidder})",
        member="",
        media_type=downloads.PDF,
        sha256=hashlib.sha256(letter.content).hexdigest(),
        input_sha256=letter.input_hash,
        issued_at=letter.sent_at,
        issued_by=letter.sender,
        content=letter.content,
    )
