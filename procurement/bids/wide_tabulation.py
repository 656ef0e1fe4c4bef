"""A bid tabulation with two columns per bidder (unit price, line total) and a list of bidders below it.

Such files hold several tables one under the other, parted by empty rows; each is found by its column titles.
"""

from dataclasses import dataclass

from procurement.bids.findings import FindingCode, are_blocking
from procurement.bids.table_block import Block, CellReader, block_with, filled_rows
from procurement.bids.tabulation import Draft, Tabulation, TabulationBidder, TabulationItem
from procurement.values.figures import german_decimal
from procurement.values.money import Money
from procurement.values.number_text import NumberStyle
from procurement.values.sheet import Sheet


@dataclass(frozen=True, slots=True)
class BidderColumns:
    """The column titles of the list of bidders."""

    number: str
    name: str
    published_total: str

    @property
    def titles(self) -> tuple[str, ...]:
        """Every column title that must be there."""
        return self.number, self.name, self.published_total


@dataclass(frozen=True, slots=True)
class WideMapping:
    """Which column title plays which role; a bidder's columns begin with its number and end with a suffix."""

    line: str
    article_number: str
    title: str
    unit: str
    quantity: str
    price_suffix: str
    total_suffix: str
    bidder_columns: BidderColumns
    number_style: NumberStyle
    estimate: str | None = None

    @property
    def titles(self) -> tuple[str, ...]:
        """Every column title of the positions that must be there."""
        named = (self.line, self.article_number, self.title, self.unit, self.quantity)
        return named if self.estimate is None else (*named, self.estimate)


@dataclass(frozen=True, slots=True)
class PricedColumns:
    """The titles of one bidder's columns."""

    bidder: str
    price: str
    total: str | None


def read_wide_tabulation(table: Sheet, mapping: WideMapping) -> Tabulation:
    """Read positions, prices, written line totals and the published totals of the bidders."""
    draft = Draft(table.name)
    block = block_with(table, mapping.titles, draft.findings)
    listed = block_with(table, mapping.bidder_columns.titles, draft.findings)
    if block is None or listed is None:
        return draft.finished()
    reader = CellReader(table.name, mapping.number_style, draft.findings)
    _report_stray_rows(table, block, listed, draft)
    priced = _priced_columns(block, mapping)
    draft.bidders = {columns.bidder: TabulationBidder(columns.bidder) for columns in priced}
    for row in block.rows:
        item = _item(block, row, mapping, reader)
        if item is not None and item.key in draft.items:
            cell = block.cell(row, mapping.line)
            draft.report(cell, FindingCode.DUPLICATE_ROW, f"Zeile {row}: Position {item.key} steht schon weiter oben.")
        elif item is not None:
            draft.items[item.key] = item
            _read_prices(block, row, item.key, priced, reader, draft)
    _read_bidders(listed, mapping.bidder_columns, reader, draft)
    return draft.finished()


def _report_stray_rows(table: Sheet, block: Block, listed: Block, draft: Draft) -> None:
    """An empty row in the middle would cut the table short unnoticed; what stands above it is a preamble."""
    known = {block.head_row, listed.head_row, *block.rows, *listed.rows}
    for row in filled_rows(table):
        if row > block.head_row and row not in known:
            message = f"Zeile {row} gehört zu keiner der erwarteten Tabellen. Bitte Leerzeilen dazwischen entfernen."
            draft.report(table.at(row, 1), FindingCode.FOREIGN_ROW, message)


def _priced_columns(block: Block, mapping: WideMapping) -> list[PricedColumns]:
    """Return the columns of every bidder that has a price column; the estimate is no bidder."""
    found = []
    for title in block.columns:
        if title.endswith(mapping.price_suffix) and title != mapping.estimate:
            bidder = title.removesuffix(mapping.price_suffix).strip()
            totals = (other for other in block.columns if other.endswith(mapping.total_suffix))
            total = next(
                (other for other in totals if other.removesuffix(mapping.total_suffix).strip() == bidder), None
            )
            found.append(PricedColumns(bidder, title, total))
    return found


def _item(block: Block, row: int, mapping: WideMapping, reader: CellReader) -> TabulationItem | None:
    line = reader.text(block.cell(row, mapping.line), "Positionsnummer")
    quantity = reader.quantity(block.cell(row, mapping.quantity))
    if line is None or quantity is None:
        return None
    return TabulationItem(
        key=line,
        article_number=block.cell(row, mapping.article_number).text.strip(),
        title=block.cell(row, mapping.title).text.strip(),
        unit=block.cell(row, mapping.unit).text.strip(),
        quantity=quantity,
        estimate=reader.unit_price(block.cell(row, mapping.estimate)) if mapping.estimate else None,
    )


def _read_prices(
    block: Block, row: int, line: str, priced: list[PricedColumns], reader: CellReader, draft: Draft
) -> None:
    for columns in priced:
        pair = (line, columns.bidder)
        draft.cells[pair] = block.cell(row, columns.price)
        price = reader.unit_price(draft.cells[pair])
        if price is not None:
            draft.prices[pair] = price
        if columns.total is not None:
            draft.cells[pair] = block.cell(row, columns.total)
            total = reader.money(draft.cells[pair])
            if total is not None:
                draft.written_totals[pair] = total


def _read_bidders(listed: Block, columns: BidderColumns, reader: CellReader, draft: Draft) -> None:
    """Take names and published totals; a published total that is not the sum of its lines is reported."""
    for row in listed.rows:
        cell = listed.cell(row, columns.number)
        number = cell.text.strip()
        if number not in draft.bidders:
            message = f"Zeile {row}: Für Bieter {number} gibt es keine Preisspalte."
            draft.report(cell, FindingCode.CONTRADICTION, message)
            continue
        total_cell = listed.cell(row, columns.published_total)
        published = reader.money(total_cell)
        name = listed.cell(row, columns.name).text.strip()
        draft.bidders[number] = TabulationBidder(number, name, published)
        totals = [total for (_line, bidder), total in draft.written_totals.items() if bidder == number]
        written = Money.total(totals)
        is_complete = len(totals) == len(draft.items) and not are_blocking(draft.findings)
        if published is not None and published != written and is_complete:
            difference = german_decimal((published - written).as_decimal())
            message = f"Bieter {number}: Die veröffentlichte Summe weicht um {difference} von den Zeilensummen ab."
            draft.report(total_cell, FindingCode.ARITHMETIC, message, is_blocking=False)
