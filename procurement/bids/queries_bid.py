"""One opened bid in full, and what all opened bids of a tender look like at a glance."""

from dataclasses import dataclass

import sqlalchemy as sa

from procurement.bids.bid_lines import BidLine, Window
from procurement.bids.compared_prices import ComparedLot, LotStanding
from procurement.bids.findings import Finding
from procurement.bids.formal_check import is_late
from procurement.bids.models import Bid, BidFile, BidPrice, SheetReading
from procurement.bids.queries import bids_of_round, readings_of
from procurement.bids.queries_comparison import price_comparison
from procurement.bids.sheet_findings import restored
from procurement.core.db import db
from procurement.tenders.models import Lot, LotItem, Tender


@dataclass(frozen=True, slots=True)
class BidPrices:
    """A part of one bid's prices in one lot."""

    lot: Lot
    lines: list[BidLine]
    window: Window


@dataclass(frozen=True, slots=True)
class ShownReading:
    """One attempt to read a price sheet with its findings as they were reported."""

    reading: SheetReading
    findings: list[Finding]

    @property
    def blocking(self) -> int:
        """How many findings kept the sheet out."""
        return sum(finding.is_blocking for finding in self.findings)


@dataclass(frozen=True, slots=True)
class LotAtAGlance:
    """A lot with the standing of every bid in it and the number of findings of each bid's last reading."""

    lot: ComparedLot
    rows: tuple[LotStanding, ...]
    findings: dict[int, int]

    @property
    def offers(self) -> int:
        """How many bidders offered something for this lot."""
        return sum(not row.standing.completeness.is_absent for row in self.rows)


@dataclass(frozen=True, slots=True)
class RecordedBid:
    """A bid in the record of the opening: its moment of receipt and its files with their checksums."""

    bid: Bid
    is_late: bool
    files: list[BidFile]


def prices_of(bid: Bid, lot: Lot, wanted_row: int = 0) -> BidPrices:
    """A window of the bid's prices in a lot; positions without a price are listed too."""
    total = db.session.scalar(sa.select(sa.func.count()).where(LotItem.lot_id == lot.id)) or 0
    window = Window.at(wanted_row, total)
    priced = sa.and_(BidPrice.line_id == LotItem.id, BidPrice.bid_id == bid.id)
    columns = (
        LotItem.number,
        LotItem.title,
        LotItem.quantity,
        LotItem.unit,
        BidPrice.unit_price_net,
        BidPrice.written_total_net,
    )
    query = sa.select(*columns).outerjoin(BidPrice, priced).where(LotItem.lot_id == lot.id)
    rows = query.order_by(LotItem.position, LotItem.id).limit(window.last - window.offset).offset(window.offset)
    return BidPrices(lot, [BidLine(*row) for row in db.session.execute(rows)], window)


def readings_with_findings(bid: Bid) -> list[ShownReading]:
    """Every attempt to read a price sheet of this bid, the latest first."""
    return [ShownReading(reading, restored(reading.findings)) for reading in readings_of(bid)]


def lots_at_a_glance(tender: Tender) -> list[LotAtAGlance]:
    """How all bids stand in every lot."""
    prices = price_comparison(tender)
    counts = _finding_counts(tender.id)
    return [LotAtAGlance(lot, prices.standings_in(lot), counts.get(lot.lot_id, {})) for lot in prices.lots]


def _finding_counts(tender_id: int) -> dict[int, dict[int, int]]:
    """Per lot and bid the number of findings of the last reading."""
    query = sa.select(SheetReading.lot_id, SheetReading.bid_id, SheetReading.findings).join(Bid)
    found: dict[int, dict[int, int]] = {}
    for lot_id, bid_id, findings in db.session.execute(
        query.where(Bid.tender_id == tender_id).order_by(SheetReading.id)
    ):
        found.setdefault(lot_id, {})[bid_id] = len(findings)
    return found


def recorded_bids(tender: Tender, round_number: int = 1) -> list[RecordedBid]:
    """The bids of a round as the record of its opening lists them, with the files that were sealed."""
    return [
        RecordedBid(
            bid,
            bid.deadline_at is not None and is_late(bid.received_at, bid.deadline_at),
            [file for file in bid.files if file.sealed_sha256],
        )
        for bid in bids_of_round(tender.id, round_number)
    ]
