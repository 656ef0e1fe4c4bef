"""The throw-away program that reads one .xlsx file: bytes on standard input, JSON on standard output.

Started by ``procurement.core.spreadsheets`` and by nothing else. It imports the standard library only, so it is up in
some fifty milliseconds and takes no setting, key or database address of the application with it.

Written by hand on expat for a reason: calamine returns formulas and error values as empty cells, openpyxl needs two
passes for formula and cached value and turns every number into a float first; a price sheet needs all of that exactly.
"""

import posixpath
from collections.abc import Iterator

from procurement.core.spreadsheet_archive import Archive, open_archive
from procurement.core.spreadsheet_cells import Budget, SheetCells, Surroundings
from procurement.core.spreadsheet_limits import (
    EMPTY,
    NOT_A_WORKBOOK,
    TOO_COSTLY,
    RawSheet,
    RawWorkbook,
    ReadLimits,
    Unreadable,
    run_child,
)
from procurement.core.spreadsheet_numbers import is_date_format
from procurement.core.spreadsheet_xml import Attributes, attribute, walk

Element = tuple[str, Attributes, str]
PROPERTIES = frozenset({"title", "subject", "creator", "lastModifiedBy", "created", "modified"})


def read(content: bytes, limits: ReadLimits) -> RawWorkbook:
    """Return every sheet of the workbook; raise :class:`Unreadable` with a German sentence if it is none."""
    archive = open_archive(content, limits)
    book = _workbook_part(archive)
    elements = list(_elements(archive, book))
    surroundings = Surroundings(
        strings=_shared_strings(archive, book),
        date_styles=_date_styles(archive, book),
        counts_from_1904=any(
            path == "workbook/workbookPr" and attributes.get("date1904") in ("1", "true")
            for path, attributes, _text in elements
        ),
    )
    sheets = list(_sheets(archive, book, elements, surroundings, limits))
    if not any(sheet.rows for sheet in sheets):
        raise Unreadable(EMPTY)
    return RawWorkbook(sheets, _properties(archive))


def _elements(archive: Archive, part: str) -> Iterator[Element]:
    """Yield the elements of a small part; nothing if the workbook does without it."""
    stream = archive.open(part)
    if stream is None:
        return
    found: list[Element] = []
    with stream:
        walk(stream, lambda path, attributes, text: found.append((path, attributes, text)))
    yield from found


def _related(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """Return the parts a part points to: id -> (last word of the type, path inside the archive)."""
    folder, name = posixpath.split(part)
    related: dict[str, tuple[str, str]] = {}
    for _path, attributes, _text in _elements(archive, f"{folder}/_rels/{name}.rels"):
        if attributes.get("TargetMode") != "External" and "Target" in attributes:
            kind = attributes.get("Type", "").rpartition("/")[2]
            related[attributes.get("Id", "")] = kind, posixpath.join("/", folder, attributes["Target"])
    return related


def _workbook_part(archive: Archive) -> str:
    for kind, path in _related(archive, "").values():
        if kind == "officeDocument":
            return path.lstrip("/")
    raise Unreadable(NOT_A_WORKBOOK)


def _part_of_kind(archive: Archive, book: str, wanted: str) -> str | None:
    return next((path for kind, path in _related(archive, book).values() if kind == wanted), None)


def _shared_strings(archive: Archive, book: str) -> list[str]:
    """Return the texts cells point to; phonetic readings beside them are left out."""
    strings: list[str] = []
    pieces: list[str] = []
    part = _part_of_kind(archive, book, "sharedStrings")
    stream = archive.open(part) if part else None
    if stream is None:
        return strings

    def visit(path: str, _attributes: Attributes, text: str) -> None:
        if path in ("sst/si/t", "sst/si/r/t"):
            pieces.append(text)
        elif path == "sst/si":
            strings.append("".join(pieces))
            pieces.clear()

    with stream:
        walk(stream, visit)
    return strings


def _date_styles(archive: Archive, book: str) -> frozenset[int]:
    """Return the numbers of the cell styles that show a date or a time."""
    part = _part_of_kind(archive, book, "styles")
    elements = list(_elements(archive, part)) if part else []
    codes = {
        attributes.get("numFmtId", ""): attributes.get("formatCode", "")
        for path, attributes, _text in elements
        if path == "styleSheet/numFmts/numFmt"
    }
    formats = [
        attributes.get("numFmtId", "0") for path, attributes, _text in elements if path == "styleSheet/cellXfs/xf"
    ]
    return frozenset(
        style for style, number in enumerate(formats) if is_date_format(int(number), codes.get(number, ""))
    )


def _sheets(
    archive: Archive, book: str, elements: list[Element], surroundings: Surroundings, limits: ReadLimits
) -> Iterator[RawSheet]:
    """Yield the worksheets in their order; charts and dialogues have no cells and are passed over."""
    related = _related(archive, book)
    listed = [attributes for path, attributes, _text in elements if path == "workbook/sheets/sheet"]
    if len(listed) > limits.sheets:
        raise Unreadable(TOO_COSTLY)
    budget = Budget(limits.cells)
    for attributes in listed:
        kind, path = related.get(attribute(attributes, "id"), ("", ""))
        stream = archive.open(path) if kind == "worksheet" else None
        if stream is None:
            if kind in ("chartsheet", "dialogsheet"):
                continue
            raise Unreadable
        cells = SheetCells(surroundings, limits, budget)
        with stream:
            walk(stream, cells.visit)
        yield cells.raw_sheet(attributes.get("name", ""), is_hidden=attributes.get("state", "visible") != "visible")


def _properties(archive: Archive) -> dict[str, str]:
    found = _elements(archive, "docProps/core.xml")
    named = ((path.rpartition("/")[2], text) for path, _attributes, text in found)
    return {name: text for name, text in named if name in PROPERTIES and text}


if __name__ == "__main__":
    run_child(read)
