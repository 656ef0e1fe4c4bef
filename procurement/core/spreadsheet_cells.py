"""One sheet of an .xlsx file, read in one pass: kinds, exact number texts, formulas with their stored results, merges.

Written by hand because the libraries each lose half of what a price sheet must prove: calamine returns formulas and
error values as nothing, openpyxl gives either the formula or its result and needs ten times the memory for both.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from procurement.core.spreadsheet_limits import TOO_COSTLY, CellTuple, RawSheet, ReadLimits, Unreadable
from procurement.core.spreadsheet_numbers import date_text, number_text
from procurement.core.spreadsheet_xml import Attributes
from procurement.values.sheet import CellKind, column_letters, column_number, reference, row_and_column

ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
POINTER = re.compile(r"(?<![A-Za-z0-9_.])(\$?)([A-Z]{1,3})(\$?)([1-9][0-9]{0,6})(?![A-Za-z0-9_(.!])")
QUOTED = re.compile(r"(\"[^\"]*\"|'[^']*')")
MOST_MERGES = 5_000
KINDS_AS_WRITTEN = {"e": CellKind.ERROR, "d": CellKind.DATE}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the cells of all sheets of a workbook refer to."""

    strings: Sequence[str]
    date_styles: frozenset[int]
    counts_from_1904: bool


@dataclass(slots=True)
class Budget:
    """How many cells the whole workbook may still have."""

    cells: int


@dataclass(slots=True)
class PendingCell:
    """A cell whose element is not closed yet, or whose row is not."""

    attributes: Attributes = field(default_factory=dict)
    value: str = ""
    text: str = ""
    formula: str | None = None
    formula_attributes: Attributes = field(default_factory=dict)


class SheetCells:
    """Collects the cells of one sheet part while :func:`~procurement.core.spreadsheet_xml.walk` goes through it."""

    def __init__(self, surroundings: Surroundings, limits: ReadLimits, budget: Budget) -> None:
        self.surroundings = surroundings
        self.limits = limits
        self.budget = budget
        self.rows: list[list[CellTuple]] = []
        self.merged_ranges: list[str] = []
        self.last_row = 0
        self.pending = PendingCell()
        self.pending_row: list[PendingCell] = []
        self.shared_formulas: dict[str, tuple[int, int, str]] = {}

    def visit(self, path: str, attributes: Attributes, text: str) -> None:
        """Take in one closed element."""
        match path:
            case "worksheet/sheetData/row/c/v":
                self.pending.value = text
            case "worksheet/sheetData/row/c/f":
                self.pending.formula = text
                self.pending.formula_attributes = attributes
            case "worksheet/sheetData/row/c/is/t" | "worksheet/sheetData/row/c/is/r/t":
                self.pending.text += text
            case "worksheet/sheetData/row/c":
                self.pending.attributes = attributes
                self.pending_row.append(self.pending)
                self.pending = PendingCell()
            case "worksheet/sheetData/row":
                self._close_row(attributes)
            case "worksheet/mergeCells/mergeCell":
                self._merge(attributes.get("ref", ""))

    def raw_sheet(self, name: str, *, is_hidden: bool) -> RawSheet:
        """Return what was collected."""
        return RawSheet(name, self.rows, self.merged_ranges, is_hidden)

    def _merge(self, area: str) -> None:
        self.merged_ranges.append(area)
        if len(self.merged_ranges) > MOST_MERGES:
            raise Unreadable(TOO_COSTLY)

    def _close_row(self, attributes: Attributes) -> None:
        number = int(attributes.get("r", self.last_row + 1))
        if number <= self.last_row:
            raise Unreadable
        self.last_row = number
        cells: list[CellTuple] = []
        last_column = 0
        for pending in self.pending_row:
            last_column = self._column_of(pending, number, last_column)
            cell = self._cell(pending, number, last_column)
            if cell:
                self._check_size(number, last_column)
                cells.extend([()] * (last_column - 1 - len(cells)))
                cells.append(cell)
        self.pending_row = []
        self.budget.cells -= len(cells)
        if self.budget.cells < 0:
            raise Unreadable(TOO_COSTLY)
        if cells:
            self.rows.extend([] for _ in range(number - 1 - len(self.rows)))
            self.rows.append(cells)

    @staticmethod
    def _column_of(pending: PendingCell, row: int, last_column: int) -> int:
        """Columns must rise within a row: a cell that comes twice has no one value."""
        address = pending.attributes.get("r")
        if address is None:
            return last_column + 1
        named_row, column = row_and_column(address)
        if named_row != row or column <= last_column:
            raise Unreadable
        return column

    def _check_size(self, row: int, column: int) -> None:
        if row > self.limits.rows:
            raise Unreadable(f"Die Datei hat mehr als {self.limits.rows} Zeilen und wurde nicht eingelesen.")
        if column > self.limits.columns:
            raise Unreadable(f"Die Datei hat mehr als {self.limits.columns} Spalten und wurde nicht eingelesen.")

    def _cell(self, pending: PendingCell, row: int, column: int) -> CellTuple:
        kind, text = self._value(pending)
        if pending.formula is None:
            return (kind, text) if kind is not CellKind.EMPTY else ()
        formula = self._formula(pending, row, column)
        return (CellKind.FORMULA, f"={formula}", kind, text)

    def _value(self, pending: PendingCell) -> tuple[CellKind, str]:
        value = pending.value
        kind = pending.attributes.get("t", "n")
        if kind in ("s", "str", "inlineStr"):
            return self._text(kind, pending)
        if not value.strip():
            return CellKind.EMPTY, ""
        if kind == "b":
            return CellKind.BOOLEAN, "WAHR" if value.strip() == "1" else "FALSCH"
        if kind in KINDS_AS_WRITTEN:
            return KINDS_AS_WRITTEN[kind], value
        if int(pending.attributes.get("s", "0")) in self.surroundings.date_styles:
            return CellKind.DATE, date_text(value, counts_from_1904=self.surroundings.counts_from_1904)
        return CellKind.NUMBER, number_text(value)

    def _text(self, kind: str, pending: PendingCell) -> tuple[CellKind, str]:
        text = pending.text if kind == "inlineStr" else pending.value
        if kind == "s":
            if not text.strip():
                return CellKind.EMPTY, ""
            index = int(text)
            if not 0 <= index < len(self.surroundings.strings):
                raise Unreadable
            text = self.surroundings.strings[index]
        return (CellKind.TEXT, unescaped(text)) if text else (CellKind.EMPTY, "")

    def _formula(self, pending: PendingCell, row: int, column: int) -> str:
        """Return the formula text; cells that share a formula get it with its pointers moved to their own place."""
        formula = pending.formula or ""
        group = pending.formula_attributes.get("si")
        if pending.formula_attributes.get("t") != "shared" or group is None:
            return formula
        if formula:
            self.shared_formulas[group] = (row, column, formula)
            return formula
        if group not in self.shared_formulas:
            raise Unreadable
        first_row, first_column, shared = self.shared_formulas[group]
        return moved(shared, rows=row - first_row, columns=column - first_column)


def unescaped(text: str) -> str:
    """Undo the format's own escapes, such as ``_x000D_`` for a carriage return."""
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def moved(formula: str, *, rows: int, columns: int) -> str:
    """Return the formula as it reads when copied so many rows down and columns right; quoted text stays."""

    def pointer(match: re.Match[str]) -> str:
        column = column_number(match[2]) + (0 if match[1] else columns)
        row = int(match[4]) + (0 if match[3] else rows)
        if row < 1 or column < 1:
            return "#REF!"
        if match[1] or match[3]:
            return f"{match[1]}{column_letters(column)}{match[3]}{row}"
        return reference(row, column)

    parts = QUOTED.split(formula)
    return "".join(part if part[:1] in ('"', "'") else POINTER.sub(pointer, part) for part in parts)
