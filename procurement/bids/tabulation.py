"""A bid tabulation: the prices of several bidders for the same positions, as other bodies publish them.

Two forms are read: the long one (one row per position and bidder) here, the wide one (columns per bidder) in
:mod:`procurement.bids.wide_tabulation`. Column titles and the style of the numbers are stated by whoever imports.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from procurement.bids.findings import Finding, FindingCode, are_blocking
from procurement.bids.table_block import Block, CellReader, whole_block
from procurement.values.figures import german_decimal
from procurement.values.money import Money, UnitPrice
from procurement.values.number_text import NumberStyle
from procurement.values.quantity import Quantity
from procurement.values.sheet import Cell, Sheet

Pair = tuple[str, str]
"""Key of a position and number of a bidder."""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which column title plays which role in a long tabulation, and how numbers are written."""

    line: str
    title: str
    unit: str
    quantity: str
    bidder: str
    unit_price: str
    number_style: NumberStyle
    article_number: str | None = None
    written_total: str | None = None

    @property
    def titles(self) -> tuple[str, ...]:
        """Every column title that must be there."""
        named = (self.line, self.title, self.unit, self.quantity, self.bidder, self.unit_price)
        return named + tuple(title for title in (self.article_number, self.written_total) if title)


@dataclass(frozen=True, slots=True)
class TabulationItem:
    """One position; its key is the line number of the table."""

    key: str
    article_number: str
    title: str
    unit: str
    quantity: Quantity
    estimate: UnitPrice | None = None


@dataclass(frozen=True, slots=True)
class TabulationBidder:
    """One bidder; name and published total only where the table gives them."""

    number: str
    name: str = ""
    published_total: Money | None = None


@dataclass(frozen=True, slots=True)
class Tabulation:
    """Positions, bidders and prices in the order of the table; empty but for its findings if one of them blocks."""

    findings: tuple[Finding, ...]
    items: tuple[TabulationItem, ...] = ()
    bidders: tuple[TabulationBidder, ...] = ()
    prices: Mapping[Pair, UnitPrice] = field(default_factory=dict)
    written_totals: Mapping[Pair, Money] = field(default_factory=dict)

    @property
    def is_blocked(self) -> bool:
        """Whether nothing may be taken over."""
        return are_blocking(self.findings)

    def total_of(self, bidder: str) -> Money | None:
        """The sum of quantity x unit price, each line rounded to the cent; ``None`` if a price is missing."""
        prices = [(self.prices.get((item.key, bidder)), item.quantity) for item in self.items]
        if any(price is None for price, _quantity in prices):
            return None
        return Money.total(price.times(quantity) for price, quantity in prices if price is not None)

    def written_total_of(self, bidder: str) -> Money | None:
        """The sum of the written line totals; ``None`` if one is missing."""
        totals = [self.written_totals.get((item.key, bidder)) for item in self.items]
        if any(total is None for total in totals):
            return None
        return Money.total(total for total in totals if total is not None)


@dataclass(slots=True)
class Draft:
    """A tabulation while it is read; remembers the cells so that findings can point at them."""

    sheet: str
    findings: list[Finding] = field(default_factory=list)
    items: dict[str, TabulationItem] = field(default_factory=dict)
    bidders: dict[str, TabulationBidder] = field(default_factory=dict)
    prices: dict[Pair, UnitPrice] = field(default_factory=dict)
    written_totals: dict[Pair, Money] = field(default_factory=dict)
    cells: dict[Pair, Cell] = field(default_factory=dict)

    def report(self, cell: Cell | None, code: FindingCode, message: str, *, is_blocking: bool = True) -> None:
        """Add a finding about a cell, or about the whole table."""
        address = cell.reference if cell is not None else ""
        self.findings.append(Finding(self.sheet, address, code, message, is_blocking))

    def finished(self) -> Tabulation:
        """Return the tabulation with the findings that only the whole table shows."""
        if not are_blocking(self.findings):
            self._find_missing_prices()
            self._check_line_totals()
        findings = tuple(self.findings)
        if are_blocking(findings):
            return Tabulation(findings)
        items, bidders = tuple(self.items.values()), tuple(self.bidders.values())
        return Tabulation(findings, items, bidders, self.prices, self.written_totals)

    def _find_missing_prices(self) -> None:
        for item in self.items:
            for bidder in self.bidders:
                if (item, bidder) not in self.prices:
                    message = f"Position {item}: Bieter {bidder} hat keinen Einzelpreis, das Angebot ist unvollständig."
                    self.report(self.cells.get((item, bidder)), FindingCode.MISSING_PRICE, message, is_blocking=False)

    def _check_line_totals(self) -> None:
        """Quantity x unit price against the written total; which of them counts is for the announced rule to say."""
        for pair, written in self.written_totals.items():
            price = self.prices.get(pair)
            quantity = self.items[pair[0]].quantity
            if price is None or price.times(quantity) == written:
                continue
            computed = price.times(quantity)
            product = f"{_german(quantity)} × {_german(price)} ergibt {_german(computed)}"
            message = (
                f"Position {pair[0]}, Bieter {pair[1]}: {product}, geschrieben steht {_german(written)} "
                f"(Unterschied {_german(written - computed).replace('-', '−')} €)."
            )
            self.report(self.cells.get(pair), FindingCode.ARITHMETIC, message, is_blocking=False)


def read_tabulation(table: Sheet, mapping: ColumnMapping) -> Tabulation:
    """Read a long tabulation whose column titles stand in its first filled row."""
    draft = Draft(table.name)
    block = whole_block(table, mapping.titles, draft.findings)
    if block is None:
        return draft.finished()
    reader = CellReader(table.name, mapping.number_style, draft.findings)
    for row in block.rows:
        _read_row(block, row, mapping, reader, draft)
    return draft.finished()


def _read_row(block: Block, row: int, mapping: ColumnMapping, reader: CellReader, draft: Draft) -> None:
    line = reader.text(block.cell(row, mapping.line), "Positionsnummer")
    bidder = reader.text(block.cell(row, mapping.bidder), "Bieter")
    quantity = reader.quantity(block.cell(row, mapping.quantity))
    if line is None or bidder is None or quantity is None:
        return
    item = TabulationItem(
        key=line,
        article_number=block.cell(row, mapping.article_number).text.strip() if mapping.article_number else "",
        title=block.cell(row, mapping.title).text.strip(),
        unit=block.cell(row, mapping.unit).text.strip(),
        quantity=quantity,
    )
    first = draft.items.setdefault(line, item)
    if first != item:
        message = f"Zeile {row}: Position {line} steht weiter oben mit anderen Angaben ({_difference(first, item)})."
        draft.report(block.cell(row, mapping.line), FindingCode.CONTRADICTION, message)
    draft.bidders.setdefault(bidder, TabulationBidder(bidder))
    _read_price(block, row, mapping, reader, draft)


def _read_price(block: Block, row: int, mapping: ColumnMapping, reader: CellReader, draft: Draft) -> None:
    pair = (block.cell(row, mapping.line).text.strip(), block.cell(row, mapping.bidder).text.strip())
    cell = block.cell(row, mapping.unit_price)
    if pair in draft.cells:
        earlier, again = draft.cells[pair], f"Position {pair[0]} von Bieter {pair[1]}"
        same = earlier.text.strip() == cell.text.strip()
        code = FindingCode.DUPLICATE_ROW if same else FindingCode.CONTRADICTION
        prices = "mit demselben Preis" if same else f"mit „{earlier.text.strip()}“ statt „{cell.text.strip()}“"
        draft.report(cell, code, f"Zeile {row}: {again} steht schon in {earlier.reference} {prices}.")
        return
    draft.cells[pair] = cell
    price = reader.unit_price(cell)
    if price is not None:
        draft.prices[pair] = price
    total = reader.money(block.cell(row, mapping.written_total)) if mapping.written_total else None
    if total is not None:
        draft.written_totals[pair] = total


def _difference(first: TabulationItem, second: TabulationItem) -> str:
    """Name what two descriptions of the same position say differently."""
    said = {
        "Artikel": (first.article_number, second.article_number),
        "Bezeichnung": (first.title, second.title),
        "Einheit": (first.unit, second.unit),
        "Menge": (_german(first.quantity), _german(second.quantity)),
    }
    return ", ".join(f"{name} „{one}“ und „{other}“" for name, (one, other) in said.items() if one != other)


def _german(figure: Money | UnitPrice | Quantity) -> str:
    return german_decimal(figure.as_decimal())
