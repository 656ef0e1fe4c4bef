"""Writing: exact figures, no text that becomes a formula, locked but for the input cells, the same bytes every time."""

import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest

from procurement.core.spreadsheets import read_workbook, write_csv, write_workbook
from procurement.values.money import Money, UnitPrice
from procurement.values.quantity import Quantity
from procurement.values.sheet import CellKind
from procurement.values.sheet_layout import (
    Column,
    ColumnKind,
    Formula,
    HeaderLine,
    Marked,
    Open,
    SheetLayout,
    WorkbookProperties,
)

COLUMNS = (
    Column("Text", 20),
    Column("Menge", 9, ColumnKind.QUANTITY),
    Column("Preis", 9, ColumnKind.UNIT_PRICE, is_input=True),
    Column("Gesamt", 9, ColumnKind.MONEY),
    Column("Anteil", 9, ColumnKind.PERCENT),
    Column("Tag", 9, ColumnKind.DATE),
    Column("Anzahl", 9, ColumnKind.INTEGER, is_muted=True),
)
ROW = (
    "Firewall",
    Quantity.of("2.5"),
    UnitPrice.of("0.003125"),
    Money.of("1234567.89"),
    Decimal("0.2"),
    date(2026, 1, 1),
    7,
)
PROPERTIES = WorkbookProperties("Preisspiegel", "KAAW", datetime(2026, 1, 1, tzinfo=UTC))


def layout(*rows, **others):
    return SheetLayout(name="Los 1", title="Preisspiegel", columns=COLUMNS, rows=rows, **others)


def opened(*rows, **others):
    return openpyxl.load_workbook(io.BytesIO(write_workbook([layout(*rows, **others)], PROPERTIES)))["Los 1"]


def test_figures_come_back_exactly_as_they_were():
    sheet = read_workbook(write_workbook([layout(ROW)], PROPERTIES), "a.xlsx").sheets[0]
    assert [cell.text for cell in sheet.rows[3]] == [
        "Firewall",
        "2.5",
        "0.003125",
        "1234567.89",
        "0.2",
        "2026-01-01",
        "7",
    ]


def test_number_formats_show_cents_unit_prices_and_as_many_decimals_as_a_quantity_has():
    sheet = opened(ROW, ("x", Quantity.of(12)))
    assert [sheet.cell(4, column).number_format for column in range(2, 7)] == [
        "#,##0.0",
        "#,##0.00####",
        "#,##0.00",
        "0.00%",
        "dd.mm.yyyy",
    ]
    assert sheet["B5"].number_format == "#,##0"


@pytest.mark.parametrize("text", ["=1+1", "+49 2572", "-", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://x")'])
def test_text_that_looks_like_a_formula_stays_text(text):
    cell = read_workbook(write_workbook([layout((text,))], PROPERTIES), "a.xlsx").sheets[0].cell("A4")
    assert (cell.kind, cell.text) == (CellKind.TEXT, text)
    assert opened((text,))["A4"].quotePrefix


def test_formulas_are_placed_and_carry_no_false_result():
    sheet = read_workbook(
        write_workbook(
            [layout(ROW, total_rows=(("Summe", None, None, Formula("SUM(D{first}:D{last})")),))], PROPERTIES
        ),
        "a.xlsx",
    ).sheets[0]
    assert sheet.cell("D5").formula == "SUM(D4:D4)"
    assert sheet.cell("D5").cached_kind is CellKind.EMPTY


def test_a_protected_sheet_lets_only_input_cells_be_changed():
    sheet = opened(
        ROW, is_protected=True, header_lines=(HeaderLine("Los", "1"), HeaderLine("Bieter", "", is_input=True))
    )
    assert sheet.protection.sheet
    assert [sheet.cell(6, column).protection.locked for column in range(1, 8)] == [True, True, False, *[True] * 4]
    assert (sheet["B2"].protection.locked, sheet["B3"].protection.locked) == (True, False)


def test_a_sheet_is_set_up_for_reading_and_printing():
    sheet = opened(ROW, frozen_columns=1)
    assert sheet.freeze_panes == "B4"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.oddFooter.right.text == "Seite &P von &N"


def test_a_marked_value_is_bold_and_tinted():
    sheet = opened(("x", None, None, Marked(Money.of("5.00"))))
    assert sheet["D4"].font.bold
    assert sheet["D4"].fill.fgColor.rgb == "FFDDEFD9"


def test_equal_content_gives_equal_bytes():
    content = [layout(ROW, ("=x",))]
    assert write_workbook(content, PROPERTIES) == write_workbook(content, PROPERTIES)
    with zipfile.ZipFile(io.BytesIO(write_workbook(content, PROPERTIES))) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 31, 0, 0, 0)}


@pytest.mark.parametrize("value", ["x" * 32_768, Decimal("1234567890.1234567")])
def test_what_no_cell_can_hold_is_an_error_and_never_cut(value):
    with pytest.raises(ValueError, match="cell"):
        write_workbook([layout((value,))], PROPERTIES)


def test_more_values_than_columns_are_an_error():
    with pytest.raises(ValueError, match="more values than columns"):
        write_workbook([layout((*ROW, "zu viel"))], PROPERTIES)


def test_csv_has_semicolons_decimal_commas_and_a_byte_order_mark():
    rows = [
        ("Artikel; groß", "Preis"),
        ("a", UnitPrice.of("0.003")),
        ("b", Money.of("-1234.50")),
        (None, date(2026, 1, 2)),
    ]
    text = 'Artikel; groß";Preis\r\na;0,003\r\nb;-1234,50\r\n;02.01.2026\r\n'
    assert write_csv(rows) == b"\xef\xbb\xbf" + f'"{text}'.encode()


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx"])
def test_csv_text_that_looks_like_a_formula_gets_an_apostrophe(text):
    assert f"'{text}" in write_csv([(text,)]).decode()


def test_a_formula_has_no_place_in_csv():
    with pytest.raises(TypeError, match="no formulas"):
        write_csv([(Formula("A1"),)])


def test_a_cell_can_be_open_in_a_locked_column_and_technical_parts_can_be_hidden():
    columns = (
        Column("Text", 20),
        Column("Kennung", 9, is_hidden=True),
        Column("ab", 9, ColumnKind.DATE, is_input=True),
    )
    made = SheetLayout(
        "Los 1", "Bedarf", columns, (("a", "1", None), (Open("b"), "2", None)),
        header_lines=(HeaderLine("Kennung", "R1", is_hidden=True),), is_protected=True,
    )  # fmt: skip
    sheet = openpyxl.load_workbook(io.BytesIO(write_workbook([made], PROPERTIES)))["Los 1"]
    assert [sheet[f"A{row}"].protection.locked for row in (5, 6)] == [True, False]
    assert sheet["A6"].value == "b"
    assert sheet.column_dimensions["B"].hidden
    assert sheet.row_dimensions[2].hidden
    (rule,) = sheet.data_validations.dataValidation
    assert (rule.type, str(rule.sqref)) == ("date", "C5:C6")
    assert write_csv([(Open("=1"), Open())]) == b"\xef\xbb\xbf'=1;\r\n"
