"""The throw-away program that reads one CSV file: bytes on standard input, JSON on standard output.

The delimiter is the one that stands most often outside quotes; ``csv.Sniffer`` was tried and takes letters for
delimiters. pandas splits the fields, told to leave every one of them as the text it is: no types, no missing values.
"""

import io
import re

import pandas as pd

from procurement.core.spreadsheet_limits import (
    EMPTY,
    TOO_COSTLY,
    CellTuple,
    RawSheet,
    RawWorkbook,
    ReadLimits,
    Unreadable,
    run_child,
)
from procurement.values.sheet import CellKind

DELIMITERS = ";\t,"
QUOTED_FIELD = re.compile(r'(?:^|(?<=[;,\t\r\n]))"[^"]*(?:""[^"]*)*"')
NOT_TEXT = "Die Datei ist keine Texttabelle. Bitte als „CSV UTF-8“ oder als .xlsx speichern und erneut hochladen."
UNEVEN = "Die Anführungszeichen der CSV-Datei gehen nicht auf. Bitte als .xlsx speichern und erneut hochladen."


def read(content: bytes, limits: ReadLimits) -> RawWorkbook:
    """Return the table as one nameless sheet of text cells; raise :class:`Unreadable` with a German sentence."""
    text = decoded(content)
    if not text.strip():
        raise Unreadable(EMPTY)
    delimiter, width = delimiter_and_width(text)
    if width > limits.columns:
        raise Unreadable(f"Die Datei hat mehr als {limits.columns} Spalten und wurde nicht eingelesen.")
    rows = [_cells(record) for record in _records(text, delimiter, width)]
    while rows and not rows[-1]:
        rows.pop()
    if len(rows) > limits.rows:
        raise Unreadable(f"Die Datei hat mehr als {limits.rows} Zeilen und wurde nicht eingelesen.")
    if sum(map(len, rows)) > limits.cells:
        raise Unreadable(TOO_COSTLY)
    return RawWorkbook([RawSheet("", rows)], {})


def decoded(content: bytes) -> str:
    """Return the text: UTF-8 with or without byte order mark, otherwise Windows-1252 as German Excel writes it."""
    if b"\x00" in content:
        raise Unreadable(NOT_TEXT)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise Unreadable(NOT_TEXT) from error


def delimiter_and_width(text: str) -> tuple[str, int]:
    """Return the commonest of semicolon, tab and comma outside quotes, and how many fields the longest line has."""
    bare = QUOTED_FIELD.sub("", text)
    delimiter = max(DELIMITERS, key=bare.count)
    return delimiter, 1 + max(line.count(delimiter) for line in bare.splitlines() or [""])


def _records(text: str, delimiter: str, width: int) -> list[list[str]]:
    """Split into records of equal width; one spare column at the end shows fields that were not foreseen."""
    try:
        table = pd.read_csv(
            io.StringIO(text),
            sep=delimiter,
            header=None,
            names=range(width + 1),
            index_col=False,
            dtype=str,
            keep_default_na=False,
            na_filter=False,
            skip_blank_lines=False,
        )
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise Unreadable(UNEVEN) from error
    records: list[list[str]] = table.to_numpy(dtype=object).tolist()
    if any(record[width] for record in records):
        raise Unreadable(UNEVEN)
    return records


def _cells(record: list[str]) -> list[CellTuple]:
    cells: list[CellTuple] = [(CellKind.TEXT, text) if text else () for text in record]
    while cells and not cells[-1]:
        cells.pop()
    return cells


if __name__ == "__main__":
    run_child(read)
