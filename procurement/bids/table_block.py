"""Finding a table by its column titles inside a sheet, and reading its cells in a stated number style."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from procurement.bids.findings import Finding, FindingCode
from procurement.values.decimals import NotExact
from procurement.values.figures import german_decimal
from procurement.values.money import Money, UnitPrice
from procurement.values.number_text import NumberStyle, decimal_in
from procurement.values.quantity import Quantity
from procurement.values.sheet import Cell, CellKind, Sheet


@dataclass(frozen=True, slots=True)
class Block:
    """A table inside a sheet: its head row, the column of each title, and the numbers of its filled rows."""

    sheet: Sheet
    head_row: int
    columns: Mapping[str, int]
    rows: tuple[int, ...]

    def cell(self, row: int, title: str) -> Cell:
        """Return the cell of a row under a title; raise ``KeyError`` for a title the head does not have."""
        return self.sheet.at(row, self.columns[title])


def filled_rows(sheet: Sheet) -> tuple[int, ...]:
    """Return the numbers of the rows that hold anything."""
    return tuple(row for row, cells in enumerate(sheet.rows, start=1) if any(not cell.is_blank for cell in cells))


def titles_of(sheet: Sheet, row: int) -> list[str]:
    """Return the texts of a row without the spaces around them."""
    return [cell.text.strip() for cell in sheet.rows[row - 1]]


def whole_block(sheet: Sheet, titles: Sequence[str], findings: list[Finding]) -> Block | None:
    """Return the table that fills the sheet from its first filled row on; report titles that are missing or double."""
    filled = filled_rows(sheet)
    if not filled:
        findings.append(Finding(sheet.name, "", FindingCode.MISSING_COLUMN, "Die Tabelle ist leer."))
        return None
    return _block(sheet, filled, titles, findings)


def block_with(sheet: Sheet, titles: Sequence[str], findings: list[Finding]) -> Block | None:
    """Return the table whose head has all these titles and that ends at the next empty row; report its absence."""
    filled = filled_rows(sheet)
    for position, row in enumerate(filled):
        if set(titles) <= set(titles_of(sheet, row)):
            together = [row]
            for following in filled[position + 1 :]:
                if following != together[-1] + 1:
                    break
                together.append(following)
            return _block(sheet, tuple(together), titles, findings)
    named = ", ".join(f"„{title}“" for title in titles)
    message = f"Keine Zeile hat die Spaltentitel {named}. Bitte die Zuordnung der Spalten prüfen."
    findings.append(Finding(sheet.name, "", FindingCode.MISSING_COLUMN, message))
    return None


def _block(sheet: Sheet, filled: tuple[int, ...], titles: Sequence[str], findings: list[Finding]) -> Block | None:
    head_row, *rows = filled
    found = titles_of(sheet, head_row)
    wrong = [title for title in titles if found.count(title) != 1]
    for title in wrong:
        problem = "fehlt" if title not in found else "steht mehrfach da"
        message = f"Die Spalte „{title}“ {problem}. Bitte die Zuordnung der Spalten prüfen."
        address = sheet.at(head_row, 1).reference
        findings.append(Finding(sheet.name, address, FindingCode.MISSING_COLUMN, message))
    if wrong:
        return None
    columns = {title: number for number, title in enumerate(found, start=1) if title}
    return Block(sheet, head_row, columns, tuple(rows))


@dataclass(frozen=True, slots=True)
class CellReader:
    """Reads typed values; what is not exactly one is reported and returned as ``None``."""

    sheet: str
    style: NumberStyle
    findings: list[Finding]

    def text(self, cell: Cell, name: str) -> str | None:
        """Return a text that must be there."""
        if cell.is_blank:
            self._report(cell, FindingCode.MISSING_VALUE, f"{name} fehlt.")
            return None
        return cell.text.strip()

    def quantity(self, cell: Cell) -> Quantity | None:
        """Return a quantity that must be there."""
        if cell.is_blank:
            self._report(cell, FindingCode.MISSING_VALUE, "Die Menge fehlt.")
            return None
        number = self._number(cell)
        try:
            return None if number is None else Quantity.of(number)
        except NotExact:
            self._report(cell, FindingCode.TOO_MANY_DECIMALS, "Die Menge hat mehr als drei Nachkommastellen.")
            return None

    def unit_price(self, cell: Cell) -> UnitPrice | None:
        """Return a unit price; an empty cell is none and is not reported here."""
        number = None if cell.is_blank else self._number(cell)
        if number is None:
            return None
        if number < 0:
            self._report(cell, FindingCode.NEGATIVE_PRICE, f"Der Einzelpreis {german_decimal(number)} ist negativ.")
            return None
        try:
            return UnitPrice.of(number)
        except NotExact:
            message = f"Der Einzelpreis {german_decimal(number)} hat mehr als sechs Nachkommastellen."
            self._report(cell, FindingCode.TOO_MANY_DECIMALS, message)
            return None

    def money(self, cell: Cell) -> Money | None:
        """Return an amount; an empty cell is none and is not reported here."""
        number = None if cell.is_blank else self._number(cell)
        try:
            return None if number is None else Money.of(number)
        except NotExact:
            self._report(cell, FindingCode.TOO_MANY_DECIMALS, "Der Betrag hat Bruchteile eines Cents.")
            return None

    def _number(self, cell: Cell) -> Decimal | None:
        if cell.kind is CellKind.NUMBER:
            return Decimal(cell.text)
        number = decimal_in(cell.text, self.style) if cell.kind is CellKind.TEXT else None
        if number is None:
            message = f"„{cell.text.strip()}“ ist keine Zahl der Schreibweise {self.style.label}."
            self._report(cell, FindingCode.TEXT_IN_NUMBER, message)
        return number

    def _report(self, cell: Cell, code: FindingCode, message: str) -> None:
        self.findings.append(Finding(self.sheet, cell.reference, code, f"Zelle {cell.reference}: {message}"))
