"""A member with a spreadsheet program: takes a downloaded demand sheet, fills cells by article, hands it back."""

import io
from datetime import UTC, datetime

import openpyxl

from procurement.core.spreadsheets import read_workbook, write_csv, write_workbook
from procurement.demand.aggregation import RequestedArticle
from procurement.demand.demand_sheet import (
    SHEET_NAME,
    SheetColumn,
    SheetIdentity,
    SheetLine,
    csv_rows,
    demand_layout,
    layouts,
)
from procurement.demand.demand_sheet_reading import Expected, read
from procurement.demand.entries import ItemEntry
from procurement.values.payment import Nature
from procurement.values.quantity import Quantity
from procurement.values.sheet import column_letters
from procurement.values.sheet_layout import WorkbookProperties

IDENTITY = SheetIdentity(3, "B-2026-02", "Microsoft-Lizenzen", "05566036", "Laer", 4)
ARTICLES = (
    RequestedArticle(11, "1.01", "Microsoft 365 E3", "Lizenz", Nature.RECURRING, "Büro"),
    RequestedArticle(12, "1.02", "Visio Plan 2", "Lizenz", Nature.RECURRING, "Büro"),
    RequestedArticle(13, "2.01", "Schulung", "Stunde", Nature.ONE_OFF, "Dienste"),
)
DEADLINE = "Fr., 11.12.2026, 12:00 Uhr"
PROPERTIES = WorkbookProperties("Bedarf", "KAAW", datetime(2026, 11, 23, tzinfo=UTC))
HEAD_ROW = 10
FIRST_ROW = 11  # title, five lines of identity, two notes, an empty line, the column titles
FIRST_FREE_ROW = FIRST_ROW + len(ARTICLES)
PLACES = {column: place for place, column in enumerate(SheetColumn, start=1)}


def entry(article_id, minimum, expected, maximum, **details):
    return ItemEntry(article_id, Quantity.of(minimum), Quantity.of(expected), Quantity.of(maximum), **details)


STORED = {12: entry(12, 10, 12, 15, site="Rathaus", note="für das Bauamt")}
LAST = {11: Quantity.of(62)}
LINES = tuple(SheetLine(each, STORED.get(each.article_id), LAST.get(each.article_id)) for each in ARTICLES)
LAYOUT = demand_layout(IDENTITY, LINES, DEADLINE)
DOWNLOADED = write_workbook(layouts(IDENTITY, LINES, DEADLINE), PROPERTIES)
DOWNLOADED_CSV = write_csv(csv_rows(LAYOUT))
EXPECTED = Expected(IDENTITY, {each.article_id: each for each in ARTICLES})


def address(column, row):
    """The address of a column by its name in the code."""
    return f"{column_letters(PLACES[SheetColumn(column)])}{row}"


def filled(cells=None, *, edit=None, content=DOWNLOADED, name=SHEET_NAME):
    """The bytes of the sheet after somebody typed into cells (by column and row) or did worse to it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book[name]
    for (column, row), value in (cells or {}).items():
        sheet[address(column, row)] = value
    if edit is not None:
        edit(sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def reading_of(cells=None, *, edit=None, expected=EXPECTED):
    return read(read_workbook(filled(cells, edit=edit), "Bedarf.xlsx"), expected)


def row_of(reading, number):
    return next(row for row in reading.rows if row.number == number)


def faults(reading):
    return [str(fault) for row in reading.rows for fault in row.faults]
