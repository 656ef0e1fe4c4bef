"""Price sheets out: the empty one of a lot as bidders get it, and one filled in for scenarios."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from procurement.bids import price_sheet, price_sheet_filling
from procurement.bids.price_sheet import PriceSheetIdentity, PriceSheetLine
from procurement.core.db import db
from procurement.core.errors import Refused
from procurement.core.filters import moment
from procurement.core.spreadsheets import write_workbook
from procurement.tenders.models import Lot, LotItem
from procurement.values.money import UnitPrice
from procurement.values.sheet_layout import SheetLayout, WorkbookProperties

AUTHOR = "Vergabestelle"


def sheet_lines(lot_id: int) -> list[PriceSheetLine]:
    """The positions of a lot as its price sheet lists them; the row of the database is the identity of a position."""
    columns = (LotItem.id, LotItem.position, LotItem.number, LotItem.title, LotItem.unit, LotItem.quantity)
    query = sa.select(*columns).where(LotItem.lot_id == lot_id).order_by(LotItem.position, LotItem.id)
    return [
        PriceSheetLine(str(line_id), str(position), number, title, unit, quantity)
        for line_id, position, number, title, unit, quantity in db.session.execute(query)
    ]


def identity_of(lot: Lot) -> PriceSheetIdentity:
    """Which lot of which tender a sheet belongs to."""
    return PriceSheetIdentity(lot.tender.reference, str(lot.number), lot.title)


def empty_price_sheet(lot: Lot) -> bytes:
    """The price sheet of a lot as an Excel file; equal bytes for equal positions, whenever it is downloaded."""
    return _written(lot, _layout(lot, sheet_lines(lot.id)))


def filled_price_sheet(lot: Lot, prices: Mapping[str, UnitPrice], bidder_name: str) -> bytes:
    """The price sheet of a lot with ``prices`` by line number, as the bidder would send it back."""
    return _written(lot, price_sheet_filling.filled(_layout(lot, sheet_lines(lot.id)), prices, bidder_name))


def _layout(lot: Lot, lines: Sequence[PriceSheetLine]) -> SheetLayout:
    return price_sheet.layout(identity_of(lot), moment(lot.tender.bid_deadline_at), lines)


def _written(lot: Lot, layout: SheetLayout) -> bytes:
    title = f"Preisblatt {lot.tender.reference} Los {lot.number}"
    published = lot.tender.published_at
    if published is None:
        raise Refused("Das Preisblatt gibt es ab der Veröffentlichung; bis dahin können sich Positionen noch ändern.")
    return write_workbook([layout], WorkbookProperties(title, AUTHOR, published))
