"""Price sheets in: read in a limited process, taken over per lot as a whole or not at all, every attempt kept.

Several sheets are parsed side by side, because the processes that read them do not block each other; what is stored is
stored one after the other. A file that cannot be read costs one finding.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from hashlib import sha256

import sqlalchemy as sa

from procurement.audit.actions import Change, record
from procurement.audit.actor import Actor
from procurement.audit.events import Event
from procurement.bids import price_sheet_reading, queries, queries_sheets, rules
from procurement.bids.actions import ReceivedFile, bare_name, hold
from procurement.bids.findings import Finding, FindingCode, are_blocking
from procurement.bids.models import Bid, BidFile, BidPrice, SheetReading
from procurement.bids.price_sheet_reading import PriceSheetReading
from procurement.bids.sheet_findings import same_name, stored
from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import Refused, refuse_if
from procurement.core.spreadsheets import ReadLimits, SpreadsheetRefused, read_workbook
from procurement.sealing.files import SealBroken
from procurement.tenders.models import Lot, LotItem, Tender
from procurement.values.objection import Objection
from procurement.values.sheet import Workbook

# A sheet of 5,000 positions takes under two seconds; whoever needs more hands in something else than a price sheet.
PRICE_SHEET_LIMITS = ReadLimits(cpu_seconds=10, wall_seconds=20)
SIDE_BY_SIDE = 2
NAMED_CHANGES = 20

Parsed = Workbook | Finding


@dataclass(frozen=True, slots=True)
class Attempt:
    """One reading to be stored: whose sheet for which lot, from which file, and why it was read."""

    bid: Bid
    lot: Lot
    file: BidFile
    reading: PriceSheetReading
    reason: str = ""


def read_opened_sheets(tender: Tender, files: Sequence[BidFile], *, by: Actor) -> list[SheetReading]:
    """Read every price sheet among the files that were just opened."""
    sheets = [file for file in files if file.lot is not None]
    with ThreadPoolExecutor(SIDE_BY_SIDE) as side_by_side:
        parsed = list(side_by_side.map(_parsed, [file.content for file in sheets], [file.filename for file in sheets]))
    made = []
    for file, workbook in zip(sheets, parsed, strict=True):
        lot = next(lot for lot in tender.lots if lot.id == file.lot_id)
        made.append(_store(Attempt(file.bid, lot, file, _reading(file.bid, lot, workbook)), by))
    return made


def read_sheet_again(bid: Bid, sheet: ReceivedFile, reason: str, *, by: Actor) -> SheetReading:
    """Read a corrected price sheet of one lot after the opening; prices are replaced as a whole or stay as they are.

    The file, its findings and the replaced prices are kept. Only before the evaluation; raises :class:`Refused`.
    """
    hold(bid.tender)
    evaluated = queries.was_evaluated(bid.tender_id)
    refuse_if(rules.objections_to_reading_again(bid.tender.stage, bid.state, was_evaluated=evaluated, reason=reason))
    lot = sheet.lot
    if lot is None or lot.tender_id != bid.tender_id:
        raise Refused([Objection("Bitte das Los wählen, zu dem das Preisblatt gehört.", "lot")])
    file = BidFile(
        bid=bid,
        lot=lot,
        number=max((file.number for file in bid.files), default=0) + 1,
        filename=bare_name(sheet.filename),
        content=sheet.content,
        content_sha256=sha256(sheet.content).hexdigest(),
        received_at=clock.now(),
    )
    db.session.add(file)
    db.session.flush()
    reading = _reading(bid, lot, _parsed(sheet.content, sheet.filename))
    return _store(Attempt(bid, lot, file, reading, reason.strip()), by)


def _parsed(content: bytes | None, filename: str) -> Parsed:
    """The workbook in the bytes, or the one finding that says why there is none."""
    if content is None:
        return Finding("", "", FindingCode.BROKEN_SEAL, SealBroken.sentence)
    try:
        return read_workbook(content, filename, PRICE_SHEET_LIMITS)
    except SpreadsheetRefused as refusal:
        return Finding("", "", FindingCode.UNREADABLE_FILE, refusal.message)


def _reading(bid: Bid, lot: Lot, parsed: Parsed) -> PriceSheetReading:
    """What the sheet says; a name that differs from the registered one is noted and does not block."""
    if isinstance(parsed, Finding):
        return PriceSheetReading((parsed,))
    identity = queries_sheets.identity_of(lot)
    earlier = queries_sheets.earlier_sheets(lot)
    reading = price_sheet_reading.read(parsed, queries_sheets.sheet_lines(lot.id), identity, earlier)
    if reading.is_blocked or same_name(reading.bidder_name, bid.bidder.name):
        return reading
    found = f"„{reading.bidder_name}“" if reading.bidder_name else "kein Name"
    message = f"Im Feld „Bieter“ steht {found}; eingegangen ist das Angebot von „{bid.bidder.name}“. Bitte prüfen."
    finding = Finding(identity.sheet_name, "", FindingCode.OTHER_BIDDER, message, is_blocking=False)
    return replace(reading, findings=(*reading.findings, finding))


def _store(attempt: Attempt, by: Actor) -> SheetReading:
    """Keep the attempt and, unless a finding blocks, put its prices in the place of the earlier ones."""
    is_blocked = are_blocking(attempt.reading.findings)
    earlier = {} if is_blocked else _replace_prices(attempt)
    made = SheetReading(
        bid_id=attempt.bid.id,
        lot=attempt.lot,
        file=attempt.file,
        read_at=clock.now(),
        read_by_id=by.id,
        reason=attempt.reason,
        was_taken_over=not is_blocked,
        findings=stored(attempt.reading.findings),
        replaced_prices=earlier,
    )
    db.session.add(made)
    event = Event.SHEET_REFUSED if is_blocked else Event.SHEET_READ
    record(event, attempt.bid, by=by, changes=_words(attempt, earlier), tender_id=attempt.bid.tender_id)
    return made


def _replace_prices(attempt: Attempt) -> dict[str, str]:
    """Replace all prices of the bid in this lot; return the earlier ones as decimal text by line number."""
    of_lot = sa.select(LotItem.id).where(LotItem.lot_id == attempt.lot.id)
    mine = (BidPrice.bid_id == attempt.bid.id, BidPrice.line_id.in_(of_lot))
    query = sa.select(LotItem.number, BidPrice.unit_price_net).join(LotItem, LotItem.id == BidPrice.line_id)
    earlier = {number: str(price) for number, price in db.session.execute(query.where(*mine))}
    db.session.execute(sa.delete(BidPrice).where(*mine))
    written = attempt.reading.written_totals
    rows = [
        {
            "bid_id": attempt.bid.id,
            "line_id": int(key),
            "unit_price_net": price,
            "written_total_net": written.get(key),
        }
        for key, price in attempt.reading.prices.items()
        if price is not None
    ]
    if rows:
        db.session.execute(sa.insert(BidPrice), rows)
    return earlier


def _words(attempt: Attempt, earlier: dict[str, str]) -> dict[str, Change | str]:
    """The attempt in the words of the trail; replaced prices are named one by one up to a limit."""
    prices = attempt.reading.prices
    words: dict[str, Change | str] = {
        "Los": str(attempt.lot.number),
        "Datei, SHA-256": attempt.file.content_sha256 or "",
        "Feststellungen": str(len(attempt.reading.findings)),
        "Übernommene Preise": str(sum(price is not None for price in prices.values())),
    }
    if attempt.reason:
        words["Anlass"] = attempt.reason
    changed = _changed_prices(attempt, earlier) if earlier else {}
    for number, change in list(changed.items())[:NAMED_CHANGES]:
        words[f"Position {number}"] = change
    if len(changed) > NAMED_CHANGES:
        words["Weitere geänderte Preise"] = str(len(changed) - NAMED_CHANGES)
    return words


def _changed_prices(attempt: Attempt, earlier: dict[str, str]) -> dict[str, Change]:
    """Old and new price of every position that changed, as decimal text; a missing price is empty."""
    changed: dict[str, Change] = {}
    for line in queries_sheets.sheet_lines(attempt.lot.id):
        price = attempt.reading.prices.get(line.item_key)
        old, new = earlier.get(line.article_number, ""), "" if price is None else str(price)
        if old != new:
            changed[line.article_number] = (old, new)
    return changed
