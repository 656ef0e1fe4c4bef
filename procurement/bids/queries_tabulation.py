"""Uploaded tabulations: the file, its sheets, and what taking it over would bring."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from procurement.bids import tabulation_mapping
from procurement.bids.findings import Finding
from procurement.bids.mapped_tabulation import read_mapped
from procurement.bids.models_tabulation import RememberedMapping, TabulationFile
from procurement.bids.tabulation import Tabulation, TabulationBidder
from procurement.bids.tabulation_mapping import TableMapping
from procurement.bids.tabulation_matching import objections_to_matching
from procurement.core.db import db
from procurement.core.errors import NotFound
from procurement.core.spreadsheets import read_workbook
from procurement.tenders.models import Lot, LotItem, Tender
from procurement.values.money import Money
from procurement.values.objection import Objection
from procurement.values.quantity import Quantity
from procurement.values.sheet import Sheet, Workbook


@dataclass(frozen=True, slots=True)
class PreviewedBidder:
    """One bidder of the table with its three sums; without a sum, prices or totals are missing."""

    bidder: TabulationBidder
    computed: Money | None
    written: Money | None
    missing: int


@dataclass(frozen=True, slots=True)
class TabulationPreview:
    """What a table would bring: its positions and bidders, every finding, and why it cannot be taken over."""

    tabulation: Tabulation
    bidders: Sequence[PreviewedBidder]
    blocking: Sequence[Finding]
    remarks: Sequence[Finding]
    objections: Sequence[Objection]


def file_of(tender: Tender, file_id: int) -> TabulationFile:
    """An uploaded tabulation of this tender."""
    found = db.session.get(TabulationFile, file_id)
    if found is None or found.tender_id != tender.id:
        raise NotFound
    return found


def workbook_of(kept: TabulationFile) -> Workbook:
    """The sheets of an uploaded file."""
    return read_workbook(kept.file.content, kept.filename)


def mapping_of(kept: TabulationFile) -> TableMapping:
    """The mapping stored with the file."""
    return tabulation_mapping.from_stored(kept.mapping)


def mapped_sheet(workbook: Workbook, mapping: TableMapping) -> Sheet:
    """The sheet that a mapping speaks of; the first one if it is not there."""
    return workbook.sheet(mapping.sheet) or workbook.sheets[0]


def proposed(sheet: Sheet) -> TableMapping:
    """The mapping used last for such headings, else one by their words."""
    made = tabulation_mapping.proposal(sheet)
    known = remembered(tabulation_mapping.fingerprint(tabulation_mapping.titles_at(sheet, made.head_row)))
    if known is None:
        return made
    return tabulation_mapping.adapted(tabulation_mapping.from_stored(known.mapping), sheet, made.head_row)


def remembered(titles_hash: str) -> RememberedMapping | None:
    """The mapping used last for tables with these headings."""
    return db.session.scalars(sa.select(RememberedMapping).filter_by(titles_hash=titles_hash)).first()


def tabulation_in(kept: TabulationFile) -> Tabulation:
    """The table read by the stored mapping."""
    mapping = mapping_of(kept)
    return read_mapped(mapped_sheet(workbook_of(kept), mapping), mapping)


def preview_of(kept: TabulationFile) -> TabulationPreview:
    """What taking the table over would bring."""
    read = tabulation_in(kept)
    quantities = {number: quantity for number, (_line_id, quantity) in lines_of(kept.tender).items()}
    return TabulationPreview(
        tabulation=read,
        bidders=[_previewed(read, bidder) for bidder in read.bidders],
        blocking=[finding for finding in read.findings if finding.is_blocking],
        remarks=[finding for finding in read.findings if not finding.is_blocking],
        objections=[] if read.is_blocked else objections_to_matching(read, quantities),
    )


def lines_of(tender: Tender) -> dict[str, tuple[int, Quantity]]:
    """Id and quantity of every position of the tender, by its number."""
    query = sa.select(LotItem.number, LotItem.id, LotItem.quantity).join(Lot, Lot.id == LotItem.lot_id)
    rows = db.session.execute(query.where(Lot.tender_id == tender.id).order_by(Lot.number, LotItem.position))
    return {number: (line_id, quantity) for number, line_id, quantity in rows}


def _previewed(read: Tabulation, bidder: TabulationBidder) -> PreviewedBidder:
    key = bidder.number
    missing = sum((item.key, key) not in read.prices for item in read.items)
    return PreviewedBidder(bidder, read.total_of(key), read.written_total_of(key), missing)
