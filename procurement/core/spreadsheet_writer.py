"""Spreadsheets out: layouts become .xlsx bytes, rows become CSV bytes; equal input gives equal bytes.

Text stays text: XlsxWriter's conversion of text to formulas and links is off, text that could be taken for a formula
is marked as quoted, and in CSV it gets an apostrophe. Figures are written as decimals. Nothing is built in memory
beyond one row, since a comparison of 5,000 positions and 20 bidders has 330,000 cells; for their sake a format is put
together once for all cells that want the same.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, date
from decimal import Context, Decimal

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from procurement.values.money import Money, UnitPrice
from procurement.values.quantity import Quantity
from procurement.values.sheet_layout import (
    CellValue,
    Column,
    ColumnKind,
    Formula,
    Marked,
    Open,
    PlainValue,
    SheetLayout,
    WorkbookProperties,
)

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
LONGEST_TEXT = 32_767
SHOWN_IN_FULL = Context(prec=15)
MEASURES = (Money, UnitPrice, Quantity)
WRAPPINGS = (Marked, Open)
QUOTED = (("quote_prefix", True),)
NUMBER_FORMATS = {
    ColumnKind.TEXT: "@",
    ColumnKind.INTEGER: "#,##0",
    ColumnKind.QUANTITY: "#,##0.000",
    ColumnKind.UNIT_PRICE: "#,##0.00####",
    ColumnKind.MONEY: "#,##0.00",
    ColumnKind.PERCENT: "0.00%",
    ColumnKind.DATE: "dd.mm.yyyy",
}
A4 = 9
INPUT_TINT = "#FFF9C4"
HEAD_TINT = "#E3EAF2"
MARK_TINT = "#DDEFD9"
MUTED = "#6B7280"
INPUT_LOOK: dict[str, object] = {"bg_color": INPUT_TINT, "locked": False, "border": 1}
LABEL_COLUMN = 0
VALUE_COLUMN = 1
FIRST_DAY = date(2000, 1, 1)
NUMBER_EXPECTED = {
    "validate": "decimal",
    "criteria": ">=",
    "value": 0,
    "error_title": "Zahl erwartet",
    "error_message": "Bitte eine Zahl ohne Währung eintragen, die nicht negativ ist.",
}
DAY_EXPECTED = {
    "validate": "date",
    "criteria": ">=",
    "value": FIRST_DAY,
    "error_title": "Datum erwartet",
    "error_message": "Bitte ein Datum eintragen, zum Beispiel 01.03.2027.",
}

Look = tuple[tuple[str, object], ...]
Wanted = tuple[int, bool, type[Marked] | type[Open] | None, Look]
"""What decides on the format of a cell: column, whether in a total, what the value is wrapped in, its own look."""


def write_workbook(layouts: Sequence[SheetLayout], properties: WorkbookProperties) -> bytes:
    """Return an .xlsx file with one sheet per layout; raise ``ValueError`` for text or figures no cell can hold."""
    buffer = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        created = properties.created_at.astimezone(UTC).replace(tzinfo=None)
        book.set_properties({"title": properties.title, "author": properties.author, "created": created})
        formats = Formats(book)
        for layout in layouts:
            SheetWriter(book.add_worksheet(layout.name), layout, formats).write()
    return buffer.getvalue()


def write_csv(rows: Iterable[Sequence[CellValue]]) -> bytes:
    """Return a CSV file as German Excel opens it: semicolons, decimal commas, UTF-8 with byte order mark."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([_csv_text(value) for value in row])
    return text.getvalue().encode("utf-8-sig")


def _csv_text(value: CellValue) -> str:
    plain = value.value if isinstance(value, Marked | Open) else value
    if plain is None:
        return ""
    if isinstance(plain, Formula):
        raise TypeError("a CSV file has no formulas")
    if isinstance(plain, str):
        return f"'{plain}" if plain.startswith(FORMULA_STARTS) else plain
    if isinstance(plain, date):
        return plain.strftime("%d.%m.%Y")
    return format(_decimal(plain), "f").replace(".", ",")


def _decimal(number: int | Decimal | Money | UnitPrice | Quantity) -> Decimal:
    """Return the figure as a decimal that a spreadsheet can show in full."""
    exact = number.as_decimal() if isinstance(number, MEASURES) else Decimal(number)
    if SHOWN_IN_FULL.plus(exact) != exact:
        raise ValueError(f"{exact} has more digits than a spreadsheet cell can show")
    return exact


class Formats:
    """The cell formats of one workbook; XlsxWriter wants each of them once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        self.known: dict[Look, Format] = {}

    def of(self, **look: object) -> Format:
        """Return the format with these XlsxWriter properties."""
        key = tuple(sorted(look.items()))
        if key not in self.known:
            self.known[key] = self.book.add_format({"valign": "top", **look})
        return self.known[key]


class SheetWriter:
    """Writes one layout from top to bottom, each row once, as constant memory demands."""

    def __init__(self, sheet: Worksheet, layout: SheetLayout, formats: Formats) -> None:
        self.sheet = sheet
        self.layout = layout
        self.formats = formats
        self.chosen: dict[Wanted, Format] = {}

    def write(self) -> None:
        """Write everything of the layout."""
        self._set_up_page()
        self._write_top()
        for column, described in enumerate(self.layout.columns):
            self.sheet.write_string(self.layout.head_row - 1, column, described.title, self._head_format(described))
        row = self.layout.head_row
        for values in self.layout.rows:
            self._write_row(row, values, is_total=False)
            row += 1
        for values in self.layout.total_rows:
            self._write_row(row, values, is_total=True)
            row += 1

    def _set_up_page(self) -> None:
        layout, sheet = self.layout, self.sheet
        for column, described in enumerate(layout.columns):
            sheet.set_column(column, column, described.width, None, {"hidden": described.is_hidden})
        sheet.freeze_panes(layout.head_row, layout.frozen_columns)
        sheet.set_paper(A4)
        if layout.is_landscape:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(layout.head_row - 1)
        sheet.set_footer(f"&L{layout.title.replace('&', '&&')}&RSeite &P von &N")
        if layout.is_protected:
            sheet.protect("", {"format_columns": True, "format_rows": True})
            self._allow_only_figures()

    def _allow_only_figures(self) -> None:
        """Let the spreadsheet program itself refuse text, negative figures and what is no day in input cells."""
        first, last = self.layout.first_row - 1, self.layout.last_row - 1
        for column, described in enumerate(self.layout.columns):
            if described.is_input and described.kind is not ColumnKind.TEXT and self.layout.rows:
                expected = DAY_EXPECTED if described.kind is ColumnKind.DATE else NUMBER_EXPECTED
                self.sheet.data_validation(first, column, last, column, dict(expected))

    def _write_top(self) -> None:
        self._write_text(0, LABEL_COLUMN, self.layout.title, {"bold": True, "font_size": 14})
        row = 1
        for line in self.layout.header_lines:
            if line.is_hidden:
                self.sheet.set_row(row, None, None, {"hidden": True})
            self._write_text(row, LABEL_COLUMN, line.label, {"bold": True})
            look = INPUT_LOOK if line.is_input else {}
            self._write_text(row, VALUE_COLUMN, line.value, {"num_format": "@", **look})
            row += 1
        for note in self.layout.notes:
            self._write_text(row, LABEL_COLUMN, note, {})
            row += 1

    def _head_format(self, column: Column) -> Format:
        align = "left" if column.kind is ColumnKind.TEXT else "right"
        return self.formats.of(bold=True, bg_color=HEAD_TINT, bottom=1, text_wrap=True, align=align)

    def _write_row(self, row: int, values: Sequence[CellValue], *, is_total: bool) -> None:
        if len(values) > len(self.layout.columns):
            raise ValueError(f"row {row + 1} has more values than columns")
        for column, value in enumerate(values):
            if isinstance(value, WRAPPINGS):
                self._write_value(row, value.value, (column, is_total, type(value), _own_look(value.value)))
            else:
                self._write_value(row, value, (column, is_total, None, _own_look(value)))

    def _format(self, wanted: Wanted) -> Format:
        """The format of a cell; put together once for all cells that want the same."""
        if wanted not in self.chosen:
            self.chosen[wanted] = self.formats.of(**self._look(wanted))
        return self.chosen[wanted]

    def _look(self, wanted: Wanted) -> dict[str, object]:
        place, is_total, wrapping, own_look = wanted
        column = self.layout.columns[place]
        look: dict[str, object] = {"num_format": NUMBER_FORMATS[column.kind]}
        if column.kind is ColumnKind.TEXT:
            look["text_wrap"] = True
        if column.is_muted:
            look |= {"font_color": MUTED, "font_size": 8}
        if column.is_input and not is_total:
            look |= INPUT_LOOK
        if wrapping is Marked:
            look |= {"bg_color": MARK_TINT, "bold": True}
        if is_total:
            look |= {"bold": True, "top": 1}
        if wrapping is Open:
            look |= INPUT_LOOK
        return look | dict(own_look)

    def _write_value(self, row: int, value: PlainValue, wanted: Wanted) -> None:
        column, look = wanted[0], self._format(wanted)
        if value is None or value == "":
            self.sheet.write_blank(row, column, None, look)
        elif isinstance(value, str):
            self._write_string(row, column, value, look)
        elif isinstance(value, Formula):
            formula = value.at(row + 1, self.layout.first_row, self.layout.last_row)
            self.sheet.write_formula(row, column, f"={formula}", look, "")
        elif isinstance(value, date):
            self.sheet.write_datetime(row, column, value, look)
        else:
            self.sheet.write_number(row, column, _decimal(value), look)

    def _write_text(self, row: int, column: int, text: str, look: dict[str, object]) -> None:
        """A text above the table."""
        self._write_string(row, column, text, self.formats.of(**look, **dict(_own_look(text))))

    def _write_string(self, row: int, column: int, text: str, look: Format) -> None:
        if len(text) > LONGEST_TEXT:
            raise ValueError("a cell holds at most 32,767 characters")
        self.sheet.write_string(row, column, text, look)


def _own_look(value: PlainValue) -> Look:
    """What a value asks for beside its column: as many decimals as it has, or to be taken for text."""
    if isinstance(value, Quantity):
        return (("num_format", _quantity_format(value)),)
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return QUOTED
    return ()


def _quantity_format(quantity: Quantity) -> str:
    """Return a format with as many decimals as the quantity has; ``#,##0.###`` would leave a lone comma behind 12."""
    decimals = -int(quantity.as_decimal().as_tuple().exponent)
    return "#,##0" + ("." + "0" * decimals if decimals else "")
