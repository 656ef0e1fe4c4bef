"""A bid tabulation read by a stated mapping, with every contradiction named and nothing guessed.

Real tables hold positions without a price, sums below the positions, alternatives, and line totals that contradict
their unit price. A missing price makes a bid incomplete and is reported; a text that is no number blocks, because a
price lost in silence would exclude a bidder. Line totals and published sums are only compared, so they never block.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from procurement.bids.findings import Finding, FindingCode, are_blocking
from procurement.bids.table_block import CellReader, filled_rows
from procurement.bids.tabulation import Draft, Tabulation, TabulationBidder, TabulationItem
from procurement.bids.tabulation_mapping import ColumnRole, TableMapping
from procurement.values.figures import german_decimal
from procurement.values.money import Money, UnitPrice
from procurement.values.sheet import Cell, CellKind, Sheet

# What such tables write where a bidder gave no price.
NO_PRICE = frozenset({"-", "–", "—", "./.", "n/a", "nb", "no bid", "k.a.", "k. a.", "kein angebot", "ohne", "entfällt"})
SUM_WORDS = ("summe", "gesamt", "total", "sum")


@dataclass(slots=True)
class _Reading:
    """A table while it is read."""

    sheet: Sheet
    mapping: TableMapping
    draft: Draft
    reader: CellReader

    def cell(self, row: int, column: int | None) -> Cell:
        """The cell of a mapped column; an empty one where the column is not there."""
        return self.sheet.at(row, column) if column else Cell("")

    def text(self, row: int, role: ColumnRole) -> str:
        """The text of a column that stands once."""
        return " ".join(self.cell(row, self.mapping.column(role)).text.split())

    def compared(self, cell: Cell) -> Money | None:
        """An amount that is only compared: what cannot be read is reported and does not block."""
        own: list[Finding] = []
        amount = CellReader(self.sheet.name, self.mapping.style, own).money(_plain(cell))
        self.draft.findings += [replace(finding, is_blocking=False) for finding in own]
        return amount


def read_mapped(sheet: Sheet, mapping: TableMapping) -> Tabulation:
    """Read positions, bidders, prices and written totals below the head row; the findings say what is contradictory."""
    draft = Draft(sheet.name)
    reading = _Reading(sheet, mapping, draft, CellReader(sheet.name, mapping.style, draft.findings))
    if not mapping.is_long:
        names = mapping.bidder_columns(ColumnRole.UNIT_PRICE)
        draft.bidders = {name: TabulationBidder(name, name) for name in names}
    sums: dict[str, tuple[Cell, Money]] = {}
    for row in filled_rows(sheet):
        if row <= mapping.head_row or row in mapping.left_out:
            continue
        if _is_position(row, reading):
            _read_row(row, reading)
        else:
            sums |= _sums_of(row, reading)
    _compare_sums(sums, draft)
    return draft.finished()


def _is_position(row: int, reading: _Reading) -> bool:
    """Whether a row names a position and has a quantity or a price; sums and further tables below have neither."""
    if not reading.text(row, ColumnRole.LINE):
        return False
    prices = [column.number for column in reading.mapping.columns if column.role is ColumnRole.UNIT_PRICE]
    columns = [reading.mapping.column(ColumnRole.QUANTITY), *prices]
    return any(not reading.cell(row, column).is_blank for column in columns)


def _read_row(row: int, reading: _Reading) -> None:
    quantity = reading.reader.quantity(reading.cell(row, reading.mapping.column(ColumnRole.QUANTITY)))
    if quantity is None:
        return
    estimate = reading.cell(row, reading.mapping.column(ColumnRole.ESTIMATE))
    item = TabulationItem(
        key=reading.text(row, ColumnRole.LINE),
        article_number=reading.text(row, ColumnRole.ARTICLE),
        title=reading.text(row, ColumnRole.TITLE),
        unit=reading.text(row, ColumnRole.UNIT),
        quantity=quantity,
        estimate=reading.reader.unit_price(_plain(estimate)),
    )
    first = reading.draft.items.setdefault(item.key, item)
    if not reading.mapping.is_long:
        if first is not item:
            _report_second_row(row, item, reading)
            return
        _read_columns(row, item.key, reading)
    elif replace(first, estimate=None) != replace(item, estimate=None):
        message = f"Zeile {row}: Position {item.key} steht weiter oben mit anderen Angaben."
        reading.draft.report(_line_cell(row, reading), FindingCode.CONTRADICTION, message)
    else:
        _read_long_row(row, item.key, reading)


def _report_second_row(row: int, item: TabulationItem, reading: _Reading) -> None:
    message = (
        f"Zeile {row}: Position {item.key} steht schon weiter oben. Ist es eine Alternative oder Wiederholung, "
        "bitte die Zeile bei der Zuordnung auslassen."
    )
    reading.draft.report(_line_cell(row, reading), FindingCode.DUPLICATE_ROW, message)


def _line_cell(row: int, reading: _Reading) -> Cell:
    return reading.cell(row, reading.mapping.column(ColumnRole.LINE))


def _read_columns(row: int, key: str, reading: _Reading) -> None:
    totals = reading.mapping.bidder_columns(ColumnRole.LINE_TOTAL)
    for bidder, column in reading.mapping.bidder_columns(ColumnRole.UNIT_PRICE).items():
        _read_pair((key, bidder), reading.cell(row, column), reading.cell(row, totals.get(bidder)), reading)


def _read_long_row(row: int, key: str, reading: _Reading) -> None:
    name = reading.text(row, ColumnRole.BIDDER)
    if not name:
        cell = reading.cell(row, reading.mapping.column(ColumnRole.BIDDER))
        reading.draft.report(cell, FindingCode.MISSING_VALUE, f"Zeile {row}: Der Bieter fehlt.")
        return
    reading.draft.bidders.setdefault(name, TabulationBidder(name, name))
    price = reading.cell(row, reading.mapping.column(ColumnRole.UNIT_PRICE))
    earlier = reading.draft.cells.get((key, name))
    if earlier is not None:
        message = f"Zeile {row}: Position {key} von Bieter {name} steht schon in {earlier.reference}."
        reading.draft.report(price, FindingCode.DUPLICATE_ROW, message)
        return
    total = reading.cell(row, reading.mapping.column(ColumnRole.LINE_TOTAL))
    _read_pair((key, name), price, total, reading)


def _read_pair(pair: tuple[str, str], price_cell: Cell, total_cell: Cell, reading: _Reading) -> None:
    reading.draft.cells[pair] = price_cell
    price: UnitPrice | None = reading.reader.unit_price(_plain(price_cell))
    if price is not None:
        reading.draft.prices[pair] = price
    total = reading.compared(total_cell)
    if total is None:
        return
    if price is not None:
        reading.draft.cells[pair] = total_cell
        reading.draft.written_totals[pair] = total
    elif total:
        message = f"Position {pair[0]}, Bieter {pair[1]}: Ein Gesamtpreis steht da, aber kein Einzelpreis."
        reading.draft.report(total_cell, FindingCode.CONTRADICTION, message, is_blocking=False)


def _plain(cell: Cell) -> Cell:
    """A formula as the result stored beside it, a word for "no price" as an empty cell, all others as they are."""
    if cell.kind is CellKind.FORMULA:
        cell = Cell(cell.reference, cell.cached_kind, cell.cached_text)
    return Cell(cell.reference) if cell.text.strip().casefold() in NO_PRICE else cell


def _sums_of(row: int, reading: _Reading) -> dict[str, tuple[Cell, Money]]:
    """The published sums in a row below the positions; any other row without a position is named and left out."""
    words = " ".join(cell.text for cell in reading.sheet.rows[row - 1]).casefold()
    is_sum = any(word in words for word in SUM_WORDS)
    if not is_sum or reading.mapping.is_long:
        message = f"Zeile {row} ist keine Position (Nummer oder Menge und Preise fehlen) und wird nicht übernommen."
        cell = reading.sheet.at(row, 1)
        reading.draft.report(cell, FindingCode.FOREIGN_ROW, message, is_blocking=False)
        return {}
    columns: Mapping[str, int] = reading.mapping.bidder_columns(ColumnRole.LINE_TOTAL)
    columns = columns or reading.mapping.bidder_columns(ColumnRole.UNIT_PRICE)
    cells = {bidder: reading.cell(row, column) for bidder, column in columns.items()}
    amounts = {bidder: reading.compared(cell) for bidder, cell in cells.items()}
    return {bidder: (cells[bidder], amount) for bidder, amount in amounts.items() if amount is not None}


def _compare_sums(sums: Mapping[str, tuple[Cell, Money]], draft: Draft) -> None:
    """The published sum against the written line totals, or against quantity x price where there are none."""
    for bidder, (cell, published) in sums.items():
        if bidder not in draft.bidders:
            continue
        draft.bidders[bidder] = replace(draft.bidders[bidder], published_total=published)
        written = {key: total for (key, name), total in draft.written_totals.items() if name == bidder}
        computed = {
            key: price.times(draft.items[key].quantity) for (key, name), price in draft.prices.items() if name == bidder
        }
        total = Money.total((computed | written).values())
        if total != published and not are_blocking(draft.findings):
            difference = german_decimal((published - total).as_decimal())
            message = f"Bieter {bidder}: Die veröffentlichte Summe weicht um {difference} von den Zeilen ab."
            draft.report(cell, FindingCode.ARITHMETIC, message, is_blocking=False)
