"""A price sheet filled in as a bidder would: for scenarios and training, where somebody must play the bidder."""

from collections.abc import Mapping
from dataclasses import replace

from procurement.bids.price_sheet import IdentityRow, PriceColumn
from procurement.values.money import UnitPrice
from procurement.values.sheet_layout import SheetLayout

FIRST_IDENTITY_ROW = int(IdentityRow.TENDER)


def filled(empty: SheetLayout, prices: Mapping[str, UnitPrice], bidder_name: str) -> SheetLayout:
    """The sheet with a price in every row whose position number (column "Artikel") has one, signed with the name."""
    number, price = PriceColumn.ARTICLE - 1, PriceColumn.PRICE - 1
    rows = tuple((*row[:price], prices.get(str(row[number])), *row[price + 1 :]) for row in empty.rows)
    lines = list(empty.header_lines)
    place = IdentityRow.BIDDER - FIRST_IDENTITY_ROW
    lines[place] = replace(lines[place], value=bidder_name)
    return replace(empty, rows=rows, header_lines=tuple(lines))
