"""Members out of a table: new ones are taken in, known ones are compared and left as they are.

The file of the association's members (``members.csv``) and the list this product carries have the same shape under
English and German titles. A figure is taken in with a new member only; figures of known members have their own import.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from procurement.members.import_cells import choice_of, count_of, day_of, text_of
from procurement.members.import_figures import LARGEST_FIGURE, completed_key
from procurement.members.import_rows import ImportedRow, Preview, RowReader, shown_cells
from procurement.members.import_table import Heading, Table, TableRow
from procurement.members.kinds import MemberKind, PopulationBasis
from procurement.members.kinds_import import RowState
from procurement.values.figures import german_decimal
from procurement.values.number_text import NumberStyle

MOST_ROWS = 2_000
HEADINGS = (
    Heading("key", ("Schlüssel", "Schlüssel (AGS)", "AGS")),
    Heading("name", ("Mitglied", "Name")),
    Heading("kind", ("Art", "kind")),
    Heading("district", ("Kreis", "district"), is_required=False),
    Heading("inhabitants", ("Einwohner", "inhabitants"), is_required=False),
    Heading("reference_date", ("Stichtag", "reference_date"), is_required=False),
    Heading("source", ("Quelle", "source"), is_required=False),
    Heading("census_basis", ("Zensusbasis", "census_basis"), is_required=False),
)
KINDS = {
    "stadt": MemberKind.MUNICIPALITY,
    "gemeinde": MemberKind.MUNICIPALITY,
    "stadt oder gemeinde": MemberKind.MUNICIPALITY,
    "kreis": MemberKind.DISTRICT,
    "zweckverband": MemberKind.SPECIAL_PURPOSE_ASSOCIATION,
}
BASES = {
    MemberKind.MUNICIPALITY: PopulationBasis.OWN,
    MemberKind.DISTRICT: PopulationBasis.DISTRICT_WITHOUT_MEMBERS,
    MemberKind.SPECIAL_PURPOSE_ASSOCIATION: PopulationBasis.NONE,
}


@dataclass(frozen=True, slots=True)
class Inhabitants:
    """A dated figure of a member."""

    value: int
    reference_date: date
    source: str
    census_basis: str = ""


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member to take in; how it counts in an inhabitants key follows from its kind."""

    key: str
    name: str
    kind: MemberKind
    district: str = ""
    inhabitants: Inhabitants | None = None

    @property
    def population_basis(self) -> PopulationBasis:
        """Districts would count their municipalities twice, special purpose associations have no inhabitants."""
        return BASES[self.kind]


@dataclass(frozen=True, slots=True)
class StoredMember:
    """A member as it is stored, with its inhabitants by day of reference."""

    name: str
    kind: MemberKind
    district: str
    inhabitants: Mapping[date, frozenset[int]]


def preview_of_members(
    table: Table, known: Mapping[str, StoredMember], today: date, style: NumberStyle | None = None
) -> Preview[MemberRow]:
    """Compare every row with the members by key; the same key twice in the file is a fault."""
    seen: dict[str, int] = {}
    return Preview(tuple(_row(row, known, seen, (today, style)) for row in table.rows), table.unread)


def _row(
    row: TableRow, known: Mapping[str, StoredMember], seen: dict[str, int], reading: tuple[date, NumberStyle | None]
) -> ImportedRow[MemberRow]:
    reader = RowReader()
    shown = shown_cells([row.cell(heading.name) for heading in HEADINGS])
    member = _member(row, reader, *reading)
    if member is not None and member.key in seen:
        reader.refuse(row.cell("key"), f"Der Schlüssel {member.key} steht schon in Zeile {seen[member.key]}.")
    if member is None or reader.faults:
        return ImportedRow(row.number, RowState.FAULTY, shown, faults=tuple(reader.faults))
    seen[member.key] = row.number
    stored = known.get(member.key)
    if stored is None:
        return ImportedRow(row.number, RowState.NEW, shown, member, remarks=_undated(row))
    remarks = tuple(_differences(member, stored))
    return ImportedRow(row.number, RowState.DIFFERENT if remarks else RowState.KNOWN, shown, member, remarks=remarks)


def _member(row: TableRow, reader: RowReader, today: date, style: NumberStyle | None) -> MemberRow | None:
    key = reader.read(lambda: text_of(row.cell("key"), 20))
    name = reader.read(lambda: text_of(row.cell("name"), 120))
    kind = reader.read(lambda: choice_of(row.cell("kind"), KINDS))
    district = reader.read(lambda: text_of(row.cell("district"), 80, is_required=False))
    inhabitants = _inhabitants(row, reader, today, style)
    if key is None or name is None or kind is None:
        return None
    return MemberRow(completed_key(key), name, kind, district or "", inhabitants)


def _inhabitants(row: TableRow, reader: RowReader, today: date, style: NumberStyle | None) -> Inhabitants | None:
    """The figure of a row; a figure without its day cannot be recorded and is left out with a remark."""
    if row.cell("inhabitants").is_blank:
        return None
    value = reader.read(lambda: count_of(row.cell("inhabitants"), style, LARGEST_FIGURE))
    if row.cell("reference_date").is_blank:
        return None
    on = reader.read(lambda: day_of(row.cell("reference_date")))
    source = reader.read(lambda: text_of(row.cell("source"), 200))
    basis = reader.read(lambda: text_of(row.cell("census_basis"), 60, is_required=False))
    if on is not None and on > today:
        reader.refuse(row.cell("reference_date"), "Der Stichtag liegt in der Zukunft.")
    if value is None or on is None or source is None:
        return None
    return Inhabitants(value, on, source, basis or "")


def _undated(row: TableRow) -> tuple[str, ...]:
    if row.cell("inhabitants").is_blank or not row.cell("reference_date").is_blank:
        return ()
    return ("Die Einwohnerzahl hat keinen Stichtag und wird nicht übernommen.",)


def _differences(member: MemberRow, stored: StoredMember) -> list[str]:
    """How a known member differs from the file; nothing of it is changed."""
    found = [
        f"{what}: erfasst ist „{old}“, in der Datei steht „{new}“."
        for what, old, new in (
            ("Name", stored.name, member.name),
            ("Art", stored.kind.label, member.kind.label),
            ("Kreis", stored.district, member.district),
        )
        if old != new
    ]
    figure = member.inhabitants
    if figure is not None and figure.value not in stored.inhabitants.get(figure.reference_date, frozenset()):
        day, count = f"{figure.reference_date:%d.%m.%Y}", _with_dots(figure.value)
        found.append(f"Einwohner zum {day}: {count} sind so nicht erfasst. Dafür gibt es „Kennzahlen einlesen“.")
    return found


def _with_dots(count: int) -> str:
    return german_decimal(Decimal(count))
