"""Reference figures out of a table: each row becomes a figure to record, is known already, or is refused.

Figures are only ever added. The same member, kind, day and source with another value is therefore no update but a
contradiction, and a correction needs a source of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from procurement.members.import_cells import choice_of, count_of, day_of, quoted, text_of
from procurement.members.import_rows import ImportedRow, Preview, RowReader, shown_cells
from procurement.members.import_table import Heading, Table, TableRow
from procurement.members.kinds import FigureKind
from procurement.members.kinds_import import RowState
from procurement.values.number_text import NumberStyle

MOST_ROWS = 5_000
LARGEST_FIGURE = 100_000_000
HEADINGS = (
    Heading("key", ("Schlüssel", "Schlüssel (AGS)", "AGS")),
    Heading("name", ("Mitglied", "Name"), is_required=False),
    Heading("kind", ("Art", "Kennzahl")),
    Heading("value", ("Wert",)),
    Heading("reference_date", ("Stichtag",)),
    Heading("source", ("Quelle",)),
    Heading("census_basis", ("Zensusbasis",), is_required=False),
)
KINDS = {kind.label.casefold(): kind for kind in FigureKind}
FULL_LENGTHS = {7: 8, 4: 5}
"""A key of municipality or district without its leading zero, as spreadsheet programs leave it, and its real length."""


@dataclass(frozen=True, slots=True)
class KnownMember:
    """A member as the rows are compared with it."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure to record."""

    member_id: int
    kind: FigureKind
    reference_date: date
    value: int
    source: str
    census_basis: str = ""

    @property
    def identity(self) -> "Identity":
        """What a figure is known by: there is one value for it."""
        return self.member_id, self.kind, self.reference_date, self.source


Identity = tuple[int, FigureKind, date, str]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is stored already, and what a person said about the file."""

    members: Mapping[str, KnownMember]
    values: Mapping[Identity, int]
    today: date
    style: NumberStyle | None = None


def completed_key(text: str) -> str:
    """A key of digits with the leading zero that spreadsheet programs drop; every other key as it is."""
    return text.zfill(FULL_LENGTHS.get(len(text), 0)) if text.isdecimal() else text


def preview_of_figures(table: Table, known: Surroundings) -> Preview[FigureRow]:
    """Compare every row with what is stored and with the rows above it."""
    seen: dict[Identity, int] = {}
    return Preview(tuple(_row(row, known, seen) for row in table.rows), table.unread)


def _row(row: TableRow, known: Surroundings, seen: dict[Identity, int]) -> ImportedRow[FigureRow]:
    reader = RowReader()
    shown = shown_cells([row.cell(heading.name) for heading in HEADINGS])
    figure = _figure(row, known, reader)
    if figure is not None and figure.identity in seen:
        reader.refuse(row.cell("key"), f"Dieselbe Kennzahl steht schon in Zeile {seen[figure.identity]}.")
    if figure is None or reader.faults:
        return ImportedRow(row.number, RowState.FAULTY, shown, faults=tuple(reader.faults))
    seen[figure.identity] = row.number
    stored = known.values.get(figure.identity)
    if stored is None:
        return ImportedRow(row.number, RowState.NEW, shown, figure)
    if stored == figure.value:
        return ImportedRow(row.number, RowState.KNOWN, shown, figure)
    remark = f"Erfasst ist zu diesem Stichtag aus dieser Quelle der Wert {stored}, in der Datei steht {figure.value}."
    return ImportedRow(row.number, RowState.CONFLICTING, shown, figure, remarks=(remark,))


def _figure(row: TableRow, known: Surroundings, reader: RowReader) -> FigureRow | None:
    member = _member(row, known, reader)
    kind = reader.read(lambda: choice_of(row.cell("kind"), KINDS))
    value = reader.read(lambda: count_of(row.cell("value"), known.style, LARGEST_FIGURE))
    on = reader.read(lambda: day_of(row.cell("reference_date")))
    source = reader.read(lambda: text_of(row.cell("source"), 200))
    basis = reader.read(lambda: text_of(row.cell("census_basis"), 60, is_required=False))
    if on is not None and on > known.today:
        reader.refuse(row.cell("reference_date"), "Der Stichtag liegt in der Zukunft.")
    if member is None or kind is None or value is None or on is None or source is None:
        return None
    return FigureRow(member.id, kind, on, value, source, basis or "")


def _member(row: TableRow, known: Surroundings, reader: RowReader) -> KnownMember | None:
    key = reader.read(lambda: text_of(row.cell("key"), 20))
    name = reader.read(lambda: text_of(row.cell("name"), 120, is_required=False))
    if key is None:
        return None
    member = known.members.get(key) or known.members.get(completed_key(key))
    if member is None:
        reader.refuse(row.cell("key"), f"Ein Mitglied mit dem Schlüssel {quoted(key)} gibt es nicht.")
    elif name and name.casefold() != member.name.casefold():
        sentence = f"Zum Schlüssel {key} gehört {quoted(member.name)}, in der Datei steht {quoted(name)}."
        reader.refuse(row.cell("name"), sentence)
    return member
