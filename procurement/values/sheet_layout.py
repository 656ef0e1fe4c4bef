"""A spreadsheet to be written: what stands where, typed, before any file format is chosen.

Every sheet of the product has the same shape from top to bottom: a title, labelled header lines, notes, the table
head, rows, total rows. A feature describes that; ``core.spreadsheets`` writes it. Formulas name their place by
``{row}``, ``{first}`` and ``{last}``, so that no feature has to count lines.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from procurement.values.money import Money, UnitPrice
from procurement.values.quantity import Quantity

FORBIDDEN_IN_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
NAME_LENGTH = 31


class ColumnKind(StrEnum):
    """How the values of a column are shown; German separators come from the reader's spreadsheet program."""

    TEXT = "text"
    INTEGER = "integer"
    QUANTITY = "quantity"
    UNIT_PRICE = "unit_price"
    MONEY = "money"
    PERCENT = "percent"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table; ``width`` in characters, ``is_muted`` for technical columns in small grey type."""

    title: str
    width: int
    kind: ColumnKind = ColumnKind.TEXT
    is_input: bool = False
    is_muted: bool = False
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula in English notation without equals sign; ``{row}``, ``{first}``, ``{last}`` are filled in."""

    expression: str

    def at(self, row: int, first: int, last: int) -> str:
        """Return the formula for one row of a table whose rows run from ``first`` to ``last``."""
        return self.expression.format(row=row, first=first, last=last)


PlainValue = str | int | Decimal | Money | UnitPrice | Quantity | date | Formula | None


@dataclass(frozen=True, slots=True)
class Marked:
    """A value that shall stand out (bold on a tint), such as the lowest price of a position."""

    value: PlainValue


@dataclass(frozen=True, slots=True)
class Open:
    """A value that may be changed although its column is locked, such as the title in a row for something new."""

    value: PlainValue = None


CellValue = PlainValue | Marked | Open


@dataclass(frozen=True, slots=True)
class HeaderLine:
    """A label and its value above the table; an input line may be filled in by the recipient."""

    label: str
    value: str
    is_input: bool = False
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """One whole sheet; a protected sheet lets only input cells be changed (no password: it guides, it guards not)."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[CellValue, ...], ...]
    total_rows: tuple[tuple[CellValue, ...], ...] = ()
    header_lines: tuple[HeaderLine, ...] = ()
    notes: tuple[str, ...] = ()
    frozen_columns: int = 0
    is_protected: bool = False
    is_landscape: bool = True

    @property
    def head_row(self) -> int:
        """The row of the column titles, counted from 1: title, header lines, notes and one empty row lie above."""
        return len(self.header_lines) + len(self.notes) + 3

    @property
    def first_row(self) -> int:
        """The first row of the table, counted from 1."""
        return self.head_row + 1

    @property
    def last_row(self) -> int:
        """The last row of the table before the totals, counted from 1."""
        return self.head_row + len(self.rows)


@dataclass(frozen=True, slots=True)
class WorkbookProperties:
    """What a file says about itself; ``created_at`` is passed in so that equal content gives equal bytes."""

    title: str
    author: str
    created_at: datetime


def sheet_name(wanted: str) -> str:
    """Return a name that spreadsheet programs accept: at most 31 characters, no brackets, slashes or wildcards."""
    cleaned = FORBIDDEN_IN_NAME.sub("-", wanted).strip().strip("'")[:NAME_LENGTH].strip()
    return cleaned or "Tabelle"
