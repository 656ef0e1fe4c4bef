"""Addresses of cells and what a sheet answers outside of what was filled."""

import pytest

from procurement.values.sheet import Cell, CellKind, Sheet, Workbook, column_letters, column_number, row_and_column
from procurement.values.sheet_layout import Column, Formula, HeaderLine, SheetLayout, sheet_name


@pytest.mark.parametrize(("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (28, "AB"), (703, "AAA")])
def test_columns_are_counted_in_letters(number, letters):
    assert column_letters(number) == letters
    assert column_number(letters) == number


def test_an_address_is_row_and_column():
    assert row_and_column("F12") == (12, 6)


@pytest.mark.parametrize("address", ["", "12", "F", "f12", "F0", "F12:G13", "$F$12"])
def test_what_is_no_address_is_refused(address):
    with pytest.raises(ValueError, match="not a cell address"):
        row_and_column(address)


def test_a_cell_outside_of_what_was_filled_is_empty():
    sheet = Sheet("Los 1", ((Cell("A1", CellKind.TEXT, "Pos."),),))
    assert sheet.cell("A1").text == "Pos."
    assert sheet.cell("H9") == Cell("H9")
    assert sheet.at(9, 8).is_blank


def test_spaces_alone_are_nothing():
    assert Cell("A1", CellKind.TEXT, "  ").is_blank
    assert Sheet("Los 1", ((Cell("A1", CellKind.TEXT, " "),),)).is_blank


def test_only_a_formula_cell_has_a_formula():
    assert Cell("A1", CellKind.FORMULA, "=B1*2").formula == "B1*2"
    assert Cell("A1", CellKind.TEXT, "=B1*2").formula == ""


def test_a_sheet_is_found_by_its_exact_name():
    workbook = Workbook((Sheet("Los 1", ()), Sheet("Los 10", ())))
    assert workbook.sheet("Los 10") is workbook.sheets[1]
    assert workbook.sheet("los 1") is None


def test_the_table_lies_below_title_header_lines_notes_and_an_empty_row():
    layout = SheetLayout(
        name="Los 1",
        title="Preisblatt",
        columns=(Column("Pos.", 5),),
        rows=(("1",), ("2",)),
        header_lines=(HeaderLine("Los", "1"), HeaderLine("Bieter", "", is_input=True)),
        notes=("Hinweis",),
    )
    assert (layout.head_row, layout.first_row, layout.last_row) == (6, 7, 8)


def test_a_formula_is_placed_by_its_row_and_by_the_first_and_last_row_of_the_table():
    assert Formula("ROUND(D{row}*F{row},2)").at(7, 7, 8) == "ROUND(D7*F7,2)"
    assert Formula("SUM(G{first}:G{last})").at(9, 7, 8) == "SUM(G7:G8)"


@pytest.mark.parametrize(
    ("wanted", "name"),
    [("Los 1", "Los 1"), ("Los 1/2: [Server]", "Los 1-2- -Server-"), ("x" * 40, "x" * 31), ("'", "Tabelle")],
)
def test_sheet_names_are_made_acceptable(wanted, name):
    assert sheet_name(wanted) == name
