"""The sheet of the Preisspiegel's Excel file that says how each evaluation price came about, line by line."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from procurement.bids.evaluation_price import PricedBid
from procurement.values.rounding import half_up
from procurement.values.sheet_layout import CellValue, Column, ColumnKind, HeaderLine, SheetLayout

TITLE = "Wertungspreis"
PLACES = 6
COLUMNS = (
    Column("Los", 8),
    Column("Angebot", 10, ColumnKind.INTEGER),
    Column("Bieter", 40),
    Column("Bestandteil", 32),
    Column("So gerechnet", 72),
    Column("Betrag netto (EUR)", 20, ColumnKind.MONEY),
)
NOTES = ("Jede Zeile ist genau, hier auf sechs Stellen; gerundet wird nur der Wertungspreis, auf den Cent.",)


def price_layouts(priced: Sequence[PricedBid], header_lines: tuple[HeaderLine, ...]) -> list[SheetLayout]:
    """One sheet for all lots; none where only the positions count."""
    rows = tuple(row for bid in priced for row in _rows(bid))
    return [SheetLayout(TITLE, f"Preisspiegel: {TITLE}", COLUMNS, rows, (), header_lines, NOTES)] if rows else []


def _rows(bid: PricedBid) -> Iterable[tuple[CellValue, ...]]:
    who: tuple[CellValue, ...] = (str(bid.lot), bid.number, bid.name)
    for line in bid.price.lines:
        exact = None if line.amount is None else Decimal(half_up(line.amount * 10**PLACES)).scaleb(-PLACES)
        yield (*who, line.title, line.text if exact is not None else f"{line.text}: fehlt", exact)
    out = f"ausgeschlossen nach {bid.exclusion}" if bid.exclusion else ""
    yield (*who, TITLE, out or ("" if bid.price.total is not None else "unvollständig"), bid.price.total)
