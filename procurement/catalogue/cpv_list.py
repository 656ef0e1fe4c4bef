"""The official CPV list out of a table: new codes, changed labels, unchanged codes, and faults by line."""

from collections.abc import Mapping

from procurement.catalogue.cpv import CpvEntry, code_and_digit
from procurement.members.import_cells import CellRefused, quoted, text_of
from procurement.members.import_rows import ImportedRow, Preview, RowReader, shown_cells
from procurement.members.import_table import Heading, Table, TableRow
from procurement.members.kinds_import import RowState

MOST_ROWS = 20_000
LONGEST_LABEL = 400
HEADINGS = (Heading("code", ("code", "CODE")), Heading("de", ("de", "Bezeichnung", "label")))


def preview_of_list(table: Table, known: Mapping[str, CpvEntry]) -> Preview[CpvEntry]:
    """Compare every row with the table by code; codes that the file does without stay as they are."""
    seen: dict[str, int] = {}
    return Preview(tuple(_row(row, known, seen) for row in table.rows), table.unread)


def _row(row: TableRow, known: Mapping[str, CpvEntry], seen: dict[str, int]) -> ImportedRow[CpvEntry]:
    reader = RowReader()
    shown = shown_cells([row.cell("code"), row.cell("de")])
    code = reader.read(lambda: _code(row))
    label = reader.read(lambda: text_of(row.cell("de"), LONGEST_LABEL))
    if code is not None and code[0] in seen:
        reader.refuse(row.cell("code"), f"Der Code {code[0]} steht schon in Zeile {seen[code[0]]}.")
    if code is None or label is None or reader.faults:
        return ImportedRow(row.number, RowState.FAULTY, shown, faults=tuple(reader.faults))
    seen[code[0]] = row.number
    entry, stored = CpvEntry(*code, label), known.get(code[0])
    if stored is None:
        return ImportedRow(row.number, RowState.NEW, shown, entry)
    if stored == entry:
        return ImportedRow(row.number, RowState.KNOWN, shown, entry)
    remark = f"Bisher: {stored.written} {stored.label}"
    return ImportedRow(row.number, RowState.CHANGED, shown, entry, remarks=(remark,))


def _code(row: TableRow) -> tuple[str, str]:
    cell = row.cell("code")
    text = text_of(cell, 20)
    parts = code_and_digit(text)
    if parts is None or not parts[1]:
        raise CellRefused(cell, f"{quoted(text)} ist kein CPV-Code mit Prüfziffer wie 32420000-3.")
    return parts
