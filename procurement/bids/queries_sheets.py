"""Price sheets out: the empty one of a lot as bidders get it, and one filled in for scenarios."""

import json
from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from procurement.bids import price_sheet, price_sheet_filling
from procurement.bids.price_sheet import PriceSheetIdentity, PriceSheetLine
from procurement.bids.price_sheet_versions import EarlierSheet
from procurement.core.db import db
from procurement.core.errors import Refused
from procurement.core.filters import moment
from procurement.core.spreadsheets import write_workbook
from procurement.tenders import queries_versions
from procurement.tenders.models import Lot, LotItem
from procurement.values.money import UnitPrice
from procurement.values.quantity import Quantity
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


def earlier_sheets(lot: Lot) -> list[EarlierSheet]:
    """The positions of a lot in the versions before the latest, the latest of them first.

    The stored texts name positions by their number, which stays with a position from publication on.
    """
    keys = {line.article_number: line.item_key for line in sheet_lines(lot.id)}
    found = []
    for version in queries_versions.contents_of(lot.tender_id)[-2::-1]:
        stored = next((one for one in json.loads(version.content)["lots"] if one["number"] == lot.number), None)
        if stored is not None:
            lines = tuple(
                PriceSheetLine(
                    keys.get(line["number"], ""),
                    str(line["position"]),
                    line["number"],
                    line["title"],
                    line["unit"],
                    Quantity.of(line["quantity"]),
                )
                for line in stored["lines"]
            )
            found.append(EarlierSheet(version.number, lines))
    return found


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
