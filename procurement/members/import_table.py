"""A table out of an uploaded file: its heads found by their words, its rows with their cells by name.

Columns may stand in any order and under any of their known titles; what is not known is not read, and the preview says
so. Whatever makes the whole file unusable is refused here, before any row is looked at.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

from procurement.members.import_cells import quoted
from procurement.values.objection import NotAdmissible, Objection
from procurement.values.sheet import Cell, Sheet, Workbook, column_letters


@dataclass(frozen=True, slots=True)
class Heading:
    """A column to look for: its name in the code and the titles it may have, the first one is offered."""

    name: str
    titles: tuple[str, ...]
    is_required: bool = True


@dataclass(frozen=True, slots=True)
class TableRow:
    """One filled row below the heads, with the cells of those wanted columns that the file has."""

    number: int
    cells: Mapping[str, Cell]

    def cell(self, name: str) -> Cell:
        """The cell of a wanted column; an empty one if the file does without this column."""
        return self.cells.get(name) or Cell(f"Zeile {self.number}")


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of the file, and the titles of columns that are not read."""

    rows: tuple[TableRow, ...]
    unread: tuple[str, ...] = ()


def titles_of(headings: Sequence[Heading]) -> list[str]:
    """The titles a new file should have."""
    return [heading.titles[0] for heading in headings]


def table_in(workbook: Workbook, headings: Sequence[Heading], most_rows: int) -> Table:
    """Find the table of a file; raise :class:`NotAdmissible` with German sentences if there is none."""
    sheet = _only_sheet(workbook)
    if sheet.merged_ranges:
        _refuse(f"Die Zellen {sheet.merged_ranges[0]} sind verbunden. Bitte den Verbund aufheben.")
    filled = [number for number in range(1, len(sheet.rows) + 1) if any(not c.is_blank for c in sheet.rows[number - 1])]
    head, below = filled[0], filled[1:]
    columns, unread = _columns(sheet, head, headings)
    if not below:
        _refuse(f"Unter den Überschriften in Zeile {head} steht nichts.")
    if len(below) > most_rows:
        _refuse(f"Die Datei hat {_counted(len(below))} Zeilen; gelesen werden höchstens {_counted(most_rows)}.")
    return Table(tuple(_rows(sheet, below, columns)), unread)


def _only_sheet(workbook: Workbook) -> Sheet:
    filled = [sheet for sheet in workbook.sheets if not sheet.is_hidden and not sheet.is_blank]
    if not filled:
        _refuse("Die Datei enthält keine ausgefüllte Tabelle.")
    if len(filled) > 1:
        names = ", ".join(quoted(sheet.name) for sheet in filled)
        _refuse(f"Die Mappe hat mehrere ausgefüllte Blätter: {names}. Bitte nur das einzulesende Blatt hochladen.")
    return filled[0]


def _columns(sheet: Sheet, head: int, headings: Sequence[Heading]) -> tuple[dict[str, int], tuple[str, ...]]:
    """Where each wanted column stands, counted from 1, and what else has a title."""
    known = {title.casefold(): heading for heading in headings for title in heading.titles}
    columns: dict[str, int] = {}
    unread, found = [], []
    for column in range(1, len(sheet.rows[head - 1]) + 1):
        title = " ".join(sheet.at(head, column).text.split())
        heading = known.get(title.casefold())
        if heading is None:
            unread += [title] if title else []
        elif heading.name in columns:
            address = f"{column_letters(column)}{head}"
            found.append(Objection(f"Zelle {address}: Die Spalte {quoted(title)} steht schon weiter links."))
        else:
            columns[heading.name] = column
    missing = [heading.titles[0] for heading in headings if heading.is_required and heading.name not in columns]
    if missing:
        wanted = ", ".join(titles_of(headings))
        words = ", ".join(quoted(title) for title in missing)
        found.append(Objection(f"Zeile {head}: Es fehlt die Überschrift {words}. Vorgesehen sind: {wanted}."))
    if found:
        raise NotAdmissible(found)
    return columns, tuple(unread)


def _rows(sheet: Sheet, numbers: Sequence[int], columns: Mapping[str, int]) -> Iterator[TableRow]:
    for number in numbers:
        yield TableRow(number, {name: sheet.at(number, column) for name, column in columns.items()})


def _counted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _refuse(sentence: str) -> NoReturn:
    raise NotAdmissible([Objection(sentence)])
