"""A demand sheet that came back: each row by its identity with what was typed, and cell-exact sentences.

Rows are read apart: what is wrong in one of them says nothing about the others, so a faulty row is named and left as it
is stored. Only what makes every row doubtful refuses the whole file: another round or member, lost columns.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from procurement.demand.aggregation import RequestedArticle
from procurement.demand.demand_sheet import IDENTITY_LABEL, SHEET_NAME, SheetColumn, SheetIdentity
from procurement.demand.sheet_rows import SheetRow, TableRow, read_row
from procurement.members.import_cells import quoted
from procurement.values.number_text import NumberStyle
from procurement.values.sheet import Sheet, Workbook, column_letters, row_and_column

LAST_HEAD_ROW = 60
FEWEST_TITLES = 4
MOST_ROWS = 20_000
NAMED_ARTICLES = 5
TITLES = {column.label: column for column in SheetColumn}
AGAIN = "Bitte die Mappe neu herunterladen und ausfüllen."
FOREIGN_FILE = f"Die Datei enthält keine Bedarfsmeldung dieser Anwendung. {AGAIN}"


@dataclass(frozen=True, slots=True)
class Expected:
    """Whose sheet it must be, the articles it may answer, and how it writes numbers if a person stated that."""

    identity: SheetIdentity
    articles: Mapping[int, RequestedArticle]
    style: NumberStyle | None = None
    is_csv: bool = False


@dataclass(frozen=True, slots=True)
class SheetReading:
    """What a sheet says; ``refusals`` concern the whole file, ``remarks`` forbid nothing, ``version`` is its state."""

    rows: tuple[SheetRow, ...] = ()
    refusals: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    version: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """Where the table stands in a sheet: the row of its titles and each column, counted from 1."""

    sheet: Sheet
    head_row: int
    columns: Mapping[SheetColumn, int]
    doubled: tuple[str, ...] = ()


def read(workbook: Workbook, expected: Expected) -> SheetReading:
    """Read a returned sheet; a file that is none of this member and round has refusals and no rows."""
    tables = [table for sheet in workbook.sheets if (table := _table_in(sheet)) is not None]
    if not tables:
        return SheetReading(refusals=(FOREIGN_FILE,))
    table = max(tables, key=lambda table: len(table.columns))
    refusals = _objections_to_table(table, tables) or _objections_to_identity(table, expected.identity)
    if refusals:
        return SheetReading(refusals=tuple(refusals))
    rows = _rows(table, expected)
    if len(rows) > MOST_ROWS:
        return SheetReading(refusals=(f"Die Datei hat {len(rows)} Zeilen; gelesen werden höchstens {MOST_ROWS}.",))
    remarks = [*_remarks_on_sheet(table, expected), *_remarks_on_missing(rows, expected)]
    return SheetReading(tuple(rows), (), tuple(remarks), _version(table))


def _table_in(sheet: Sheet) -> Table | None:
    """The table of a sheet: the row near the top that holds the most of the column titles."""
    best: Table | None = None
    for number, cells in enumerate(sheet.rows[:LAST_HEAD_ROW], start=1):
        columns: dict[SheetColumn, int] = {}
        doubled = []
        for place, cell in enumerate(cells, start=1):
            column = TITLES.get(" ".join(cell.text.split()))
            if column in columns:
                doubled.append(f"„{column.label}“ ({column_letters(columns[column])}{number} und {cell.reference})")
            elif column is not None:
                columns[column] = place
        if len(columns) >= FEWEST_TITLES and (best is None or len(columns) > len(best.columns)):
            best = Table(sheet, number, columns, tuple(doubled))
    return best


def _objections_to_table(table: Table, tables: Sequence[Table]) -> list[str]:
    missing = [f"„{column.label}“" for column in SheetColumn if column not in table.columns]
    if missing:
        words = f"Blatt {quoted(table.sheet.name)}, Zeile {table.head_row}: Es fehlen die Spalten {', '.join(missing)}."
        return [f"{words} An ihnen werden die Zeilen erkannt. {AGAIN}"]
    if table.doubled:
        return [f"Spalten stehen doppelt: {', '.join(table.doubled)}. Bitte die zusätzlichen Spalten entfernen."]
    whole = [other for other in tables if len(other.columns) == len(SheetColumn)]
    if len(whole) > 1:
        names = ", ".join(quoted(other.sheet.name) for other in whole)
        return [f"Die Mappe enthält mehrere Bedarfsmeldungen: {names}. Bitte alle Blätter bis auf eines entfernen."]
    return []


def _objections_to_identity(table: Table, identity: SheetIdentity) -> list[str]:
    """Why the sheet is not that of this round and member; names what stands in the file and where."""
    sheet, row = table.sheet, _identity_row(table)
    if row is None:
        return [f"Blatt {quoted(sheet.name)}: Die Zeile „{IDENTITY_LABEL}“ fehlt über der Tabelle. {AGAIN}"]
    cell = sheet.at(row, 2)
    round_text, member_key, *_rest = [*cell.text.strip().split("/"), "", ""]
    if round_text != f"R{identity.round_id}":
        found = quoted(_value_of(table, "Bedarfsrunde"))
        sentence = f"Zelle {cell.reference}: Die Datei gehört zur Bedarfsrunde {found}"
        return [f"{sentence}, nicht zu {quoted(identity.round_words)}. Es wurde nichts gelesen. {AGAIN}"]
    if member_key != identity.member_key:
        found = quoted(_value_of(table, "Mitglied"))
        sentence = f"Zelle {cell.reference}: Die Datei ist die Bedarfsmeldung von {found}"
        return [f"{sentence}, nicht von {quoted(identity.member_name)}. Es wurde nichts gelesen. {AGAIN}"]
    if cell.text.strip() != replace(identity, version=_version(table)).token:
        return [f"Zelle {cell.reference}: Die Kennung {quoted(cell.text)} wurde verändert. {AGAIN}"]
    return []


def _identity_row(table: Table) -> int | None:
    labelled = (row for row in range(1, table.head_row) if table.sheet.at(row, 1).text.strip() == IDENTITY_LABEL)
    return next(labelled, None)


def _value_of(table: Table, label: str) -> str:
    rows = range(1, table.head_row)
    return next((table.sheet.at(row, 2).text for row in rows if table.sheet.at(row, 1).text.strip() == label), "")


def _version(table: Table) -> int:
    """The state of the demand when the sheet was made; 0 if the cell does not say."""
    row = _identity_row(table)
    parts = table.sheet.at(row, 2).text.strip().split("/") if row else []
    return int(parts[2]) if len(parts) > 2 and parts[2].isascii() and parts[2].isdigit() else 0  # noqa: PLR2004


def _rows(table: Table, expected: Expected) -> list[SheetRow]:
    """Every filled row below the titles."""
    merged, rows = _merged_rows(table), []
    for number in range(table.head_row + 1, len(table.sheet.rows) + 1):
        cells = {column: table.sheet.at(number, place) for column, place in table.columns.items()}
        table_row = TableRow(number, cells, merged.get(number, ""))
        row = read_row(table_row, expected.identity, expected.articles, expected.style)
        if row is not None:
            rows.append(row)
    return _without_doubles(rows)


def _without_doubles(rows: Sequence[SheetRow]) -> list[SheetRow]:
    """The rows with every article once; two that differ are both faulty, since nobody knows which one holds."""
    kept: list[SheetRow] = []
    place_of: dict[str, int] = {}
    for row in rows:
        place = place_of.get(row.subject) if row.subject else None
        if place is None:
            place_of[row.subject] = len(kept)
            kept.append(row)
            continue
        first = kept[place]
        if first.typed == row.typed and not (first.faults or row.faults):
            kept[place] = first.with_remark(f"Dieselbe Zeile steht noch einmal in Zeile {row.number}.")
            continue
        kept[place] = first.with_fault(f"Dieser Artikel steht mit anderen Angaben auch in Zeile {row.number}.")
        kept.append(row.with_fault(f"Dieser Artikel steht schon in Zeile {first.number}. Bitte eine Zeile entfernen."))
    return kept


def _merged_rows(table: Table) -> dict[int, str]:
    """Rows of the table that lie in merged cells, each with the area."""
    found: dict[int, str] = {}
    for area in table.sheet.merged_ranges:
        first, _, last = area.partition(":")
        try:
            top, bottom = row_and_column(first)[0], row_and_column(last or first)[0]
        except ValueError:
            continue
        for row in range(max(top, table.head_row + 1), min(bottom, len(table.sheet.rows)) + 1):
            found.setdefault(row, area)
    return found


def _remarks_on_sheet(table: Table, expected: Expected) -> list[str]:
    name, remarks = table.sheet.name, []
    if name != SHEET_NAME and not expected.is_csv:
        remarks.append(f"Das Blatt heißt {quoted(name)} statt „{SHEET_NAME}“; es wurde trotzdem gelesen.")
    last = max(table.columns.values())
    beside = (cell for cells in table.sheet.rows[table.head_row :] for cell in cells[last:] if not cell.is_blank)
    stray = next(beside, None)
    if stray is not None:
        remarks.append(
            f"Zelle {stray.reference}: Neben der Tabelle steht {quoted(stray.text)}; das wird nicht gelesen."
        )
    return remarks


def _remarks_on_missing(rows: Sequence[SheetRow], expected: Expected) -> list[str]:
    """Rows that were deleted, or articles that came later: what is stored for them stays."""
    there = {row.entry.article_id for row in rows}
    missing = [article for key, article in expected.articles.items() if key not in there]
    if not missing:
        return []
    words = ", ".join(f"{article.number} {article.title}" for article in missing[:NAMED_ARTICLES])
    further = f" und {len(missing) - NAMED_ARTICLES} weitere" if len(missing) > NAMED_ARTICLES else ""
    count = "Ein Artikel fehlt" if len(missing) == 1 else f"{len(missing)} Artikel fehlen"
    return [f"{count} in der Datei: {words}{further}. Was dafür gespeichert ist, bleibt."]
