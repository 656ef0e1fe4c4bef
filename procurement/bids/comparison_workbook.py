"""The Preisspiegel as an Excel file: an overview, one sheet per lot with every position, and the arithmetic check.

Nothing is left out. Only means and percentages are rounded, since they may have no end: to six decimals, half up.
"""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from procurement.bids.compared_prices import ComparedLot, ComparedPrices, LotStanding
from procurement.bids.comparison import Cell, row_of
from procurement.values.money import Money
from procurement.values.rounding import half_up_quotient
from procurement.values.sheet_layout import CellValue, Column, ColumnKind, HeaderLine, Marked, SheetLayout, sheet_name

TITLE = "Preisspiegel"
PLACES = 6
FIXED = (
    Column("Position", 16),
    Column("Bezeichnung", 48),
    Column("Menge", 12, ColumnKind.QUANTITY),
    Column("Einheit", 12),
    Column("Schätzung je Einheit (EUR)", 16, ColumnKind.UNIT_PRICE),
    Column("Mittel je Einheit (EUR)", 16, ColumnKind.UNIT_PRICE),
)
OVERVIEW = (
    Column("Los", 8),
    Column("Angebot", 10, ColumnKind.INTEGER),
    Column("Bieter", 40),
    Column("Stand", 36),
    Column("Rang nach Preis", 10, ColumnKind.INTEGER),
    Column("Wertungssumme netto (EUR)", 20, ColumnKind.MONEY),
    Column("Teilsumme, nicht wertbar (EUR)", 20, ColumnKind.MONEY),
    Column("Abstand zum nächsthöheren Angebot", 16, ColumnKind.PERCENT),
    Column("Abweichung von der Schätzung", 16, ColumnKind.PERCENT),
    Column("Hinweis", 60),
)
DIFFERENCES = (
    Column("Los", 8),
    Column("Position", 16),
    Column("Bieter", 40),
    Column("Eingetragener Gesamtpreis (EUR)", 20, ColumnKind.MONEY),
    Column("Menge × Einzelpreis (EUR)", 20, ColumnKind.MONEY),
    Column("Differenz (EUR)", 20, ColumnKind.MONEY),
)
NOTES = (
    "Beträge netto. Der niedrigste Einzelpreis je Position ist hervorgehoben; Mittel über alle gewerteten Preise.",
    "Ein unvollständiges Angebot hat keine Wertungssumme und keinen Rang.",
)


def layouts(prices: ComparedPrices, header_lines: tuple[HeaderLine, ...]) -> list[SheetLayout]:
    """All sheets of the file; ``header_lines`` say which tender it is and when its bids were opened."""
    sheets = [_overview(prices, header_lines)]
    sheets += [_lot_sheet(prices, lot, header_lines) for lot in prices.lots]
    rows = tuple(_differences(prices))
    if rows:
        sheets.append(SheetLayout("Rechenprüfung", f"{TITLE}: Rechenprüfung", DIFFERENCES, rows, (), header_lines))
    return sheets


def _overview(prices: ComparedPrices, header_lines: tuple[HeaderLine, ...]) -> SheetLayout:
    rows = tuple(_standing(lot, one) for lot in prices.lots for one in prices.standings_in(lot))
    return SheetLayout("Übersicht", TITLE, OVERVIEW, rows, (), header_lines, NOTES)


def _standing(lot: ComparedLot, one: LotStanding) -> tuple[CellValue, ...]:
    standing = one.standing
    gap = standing.gap.percent_of_next if standing.gap else None
    total: CellValue = standing.evaluation_total
    return (
        str(lot.number),
        one.bid.number,
        one.bid.name,
        one.state,
        standing.place,
        Marked(standing.evaluation_total) if standing.place == 1 else total,
        standing.partial_sum,
        _share(gap),
        _share(standing.deviation_from_estimate),
        standing.clarification.text if standing.clarification else "",
    )


def _lot_sheet(prices: ComparedPrices, lot: ComparedLot, header_lines: tuple[HeaderLine, ...]) -> SheetLayout:
    columns = list(FIXED)
    for bid in prices.bids:
        columns += [
            Column(f"{bid.name}: Einzelpreis (EUR)", 16, ColumnKind.UNIT_PRICE),
            Column(f"{bid.name}: Gesamtpreis (EUR)", 16, ColumnKind.MONEY),
            Column(f"{bid.name}: Abweichung vom Mittel", 14, ColumnKind.PERCENT),
        ]
    return SheetLayout(
        name=sheet_name(f"Los {lot.number}"),
        title=f"{TITLE} Los {lot.number} {lot.title}",
        columns=tuple(columns),
        rows=tuple(_row(prices, row) for row in prices.rows_of(lot)),
        total_rows=_totals(prices.standings_in(lot)),
        header_lines=header_lines,
        notes=NOTES,
        frozen_columns=2,
    )


def _row(prices: ComparedPrices, row: int) -> tuple[CellValue, ...]:
    line, shown = prices.lines[row], row_of(prices.comparison, row)
    values: list[CellValue] = [
        line.number,
        line.title,
        shown.position.quantity,
        line.unit,
        shown.position.estimate,
        _decimal(shown.mean),
    ]
    for cell in shown.cells:
        values += _cells(cell)
    return tuple(values)


def _cells(cell: Cell) -> list[CellValue]:
    price: CellValue = Marked(cell.unit_price) if cell.is_lowest else cell.unit_price
    return [price, cell.total, _decimal(cell.share_from_mean)]


def _totals(standings: tuple[LotStanding, ...]) -> tuple[tuple[CellValue, ...], ...]:
    """Below the table: the sums that may be compared, the sums that may not, and what to make of each bid."""
    fixed: list[CellValue] = [None, None, None, None, None]
    sums: list[CellValue] = [None, "Wertungssumme netto", *fixed[1:]]
    parts: list[CellValue] = [None, "Teilsumme, nicht wertbar", *fixed[1:]]
    states: list[CellValue] = [None, "Stand", *fixed[1:]]
    for one in standings:
        standing = one.standing
        total: CellValue = standing.evaluation_total
        sums += [None, Marked(standing.evaluation_total) if standing.place == 1 else total, None]
        parts += [None, standing.partial_sum, None]
        states += [one.state, f"Rang {standing.place}" if standing.place else None, None]
    return tuple(sums), tuple(parts), tuple(states)


def _differences(prices: ComparedPrices) -> Iterable[tuple[CellValue, ...]]:
    """Every written total that is not quantity x unit price."""
    for index, bid in enumerate(prices.bids):
        for row, written, product in prices.comparison.written_differences(index):
            lot_key, number = prices.comparison.positions[row].lot_key, prices.lines[row].number
            yield (lot_key, number, bid.name, Money(written), Money(product), Money(written - product))


def _decimal(exact: Fraction | None) -> Decimal | None:
    """An exact value with six decimals."""
    if exact is None:
        return None
    return Decimal(half_up_quotient(exact.numerator * 10**PLACES, exact.denominator)).scaleb(-PLACES)


def _share(percent: Fraction | None) -> Decimal | None:
    """A percentage as a spreadsheet keeps it: 12,5 % is 0.125."""
    return None if percent is None else _decimal(percent / 100)
