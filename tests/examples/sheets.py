"""Sheets as they come out of a file: texts become text cells, whole numbers number cells, days real dates."""

from datetime import date

from procurement.values.sheet import Cell, CellKind, Sheet, Workbook, reference


def sheet_of(*rows: tuple[object, ...], **details: object) -> Workbook:
    """A file with one sheet that holds these rows from A1 on."""
    cells = tuple(
        tuple(_cell(reference(number, column), value) for column, value in enumerate(row, 1))
        for number, row in enumerate(rows, 1)
    )
    return Workbook((Sheet("Tabelle1", cells, **details),))


def _cell(address: str, value: object) -> Cell:
    if isinstance(value, Cell):
        return Cell(address, value.kind, value.text, value.cached_kind, value.cached_text)
    if value is None or value == "":
        return Cell(address)
    kinds = {int: CellKind.NUMBER, date: CellKind.DATE}
    return Cell(address, kinds.get(type(value), CellKind.TEXT), str(value))


def formula(text: str) -> Cell:
    return Cell("", CellKind.FORMULA, text, CellKind.NUMBER, "1")
