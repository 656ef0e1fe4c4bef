"""A spreadsheet as it was read: every cell with its kind, its text and, for formulas, the result stored beside it.

Nothing is interpreted here. A number is the decimal text a spreadsheet program shows, never a binary float, and a
number written as text stays text, so that the reader of a price sheet can refuse it instead of guessing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


class CellKind(StrEnum):
    """What stands in a cell; the words are those of the file, not of its number format (except for dates)."""

    EMPTY = "empty"
    NUMBER = "number"
    TEXT = "text"
    BOOLEAN = "boolean"
    DATE = "date"
    FORMULA = "formula"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; ``text`` is decimal text for numbers, ISO text for dates and ``=...`` for formulas."""

    reference: str
    kind: CellKind = CellKind.EMPTY
    text: str = ""
    cached_kind: CellKind = CellKind.EMPTY
    cached_text: str = ""

    @property
    def is_blank(self) -> bool:
        """Nothing, or nothing but spaces."""
        return self.kind is CellKind.EMPTY or not self.text.strip()

    @property
    def formula(self) -> str:
        """The formula without its equals sign; empty for every other kind of cell."""
        return self.text.removeprefix("=") if self.kind is CellKind.FORMULA else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; rows end with their last filled cell, so read by :meth:`at` rather than by index."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    merged_ranges: tuple[str, ...] = ()
    is_hidden: bool = False

    def at(self, row: int, column: int) -> Cell:
        """Return the cell of row and column, both counted from 1; an empty cell outside of what was filled."""
        if 1 <= row <= len(self.rows) and 1 <= column <= len(self.rows[row - 1]):
            return self.rows[row - 1][column - 1]
        return Cell(reference(row, column))

    def cell(self, address: str) -> Cell:
        """Return the cell of an address such as ``F12``; raise ``ValueError`` if it is none."""
        row, column = row_and_column(address)
        return self.at(row, column)

    @property
    def is_blank(self) -> bool:
        """No cell holds anything."""
        return all(cell.is_blank for row in self.rows for cell in row)


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets of one file in their order, and what the file says about itself (title, creator and the like)."""

    sheets: tuple[Sheet, ...]
    properties: Mapping[str, str] = field(default_factory=dict)

    def sheet(self, name: str) -> Sheet | None:
        """Return the sheet of that exact name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def column_letters(column: int) -> str:
    """Return the letters of a column counted from 1: 1 is ``A``, 28 is ``AB``."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the number of a column, counted from 1: ``A`` is 1, ``AB`` is 28."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def reference(row: int, column: int) -> str:
    """Return the address of row and column, both counted from 1."""
    return f"{column_letters(column)}{row}"


def row_and_column(address: str) -> tuple[int, int]:
    """Split an address such as ``F12`` into row 12 and column 6; raise ``ValueError`` if it is none."""
    match = REFERENCE.fullmatch(address)
    if match is None:
        raise ValueError(f"not a cell address: {address!r}")
    return int(match[2]), column_number(match[1])
