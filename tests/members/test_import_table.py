"""The table of an uploaded file: found by its heads, refused as a whole with a sentence that says why."""

import pytest

from procurement.members.import_table import Heading, table_in, titles_of
from procurement.values.objection import NotAdmissible
from procurement.values.sheet import Sheet, Workbook
from tests.examples.sheets import sheet_of

HEADINGS = (
    Heading("key", ("Schlüssel", "AGS")),
    Heading("value", ("Wert",)),
    Heading("note", ("Bemerkung",), is_required=False),
)


def refusal(workbook, most_rows=10) -> list[str]:
    with pytest.raises(NotAdmissible) as refused:
        table_in(workbook, HEADINGS, most_rows)
    return [str(objection) for objection in refused.value.objections]


def test_columns_stand_in_any_order_under_any_of_their_titles():
    table = table_in(sheet_of(("wert", "AGS "), ("5", "05554004")), HEADINGS, 10)
    assert [(row.number, row.cell("key").text, row.cell("value").reference) for row in table.rows] == [
        (2, "05554004", "A2")
    ]
    assert table.rows[0].cell("note").is_blank


def test_empty_lines_are_passed_over_and_numbers_stay_those_of_the_file():
    table = table_in(sheet_of((), ("AGS", "Wert"), (), ("1", "2")), HEADINGS, 10)
    assert [row.number for row in table.rows] == [4]


def test_columns_that_are_not_read_are_named():
    assert table_in(sheet_of(("AGS", "Wert", "Telefon"), ("1", "2", "3")), HEADINGS, 10).unread == ("Telefon",)


def test_missing_heads_are_named_with_those_that_are_foreseen():
    assert refusal(sheet_of(("Name", "Ort"), ("a", "b"))) == [
        "Zeile 1: Es fehlt die Überschrift „Schlüssel“, „Wert“. Vorgesehen sind: Schlüssel, Wert, Bemerkung."
    ]


def test_a_head_that_stands_twice_is_refused():
    assert refusal(sheet_of(("AGS", "Wert", "Schlüssel"), ("1", "2", "3"))) == [
        "Zelle C1: Die Spalte „Schlüssel“ steht schon weiter links."
    ]


def test_heads_without_rows_are_refused():
    assert refusal(sheet_of(("AGS", "Wert"))) == ["Unter den Überschriften in Zeile 1 steht nichts."]


def test_too_many_rows_are_refused_with_both_figures():
    rows = [("1", "2")] * 1_001
    assert refusal(sheet_of(("AGS", "Wert"), *rows), most_rows=1_000) == [
        "Die Datei hat 1.001 Zeilen; gelesen werden höchstens 1.000."
    ]


def test_joined_cells_are_refused():
    assert refusal(sheet_of(("AGS", "Wert"), ("1", "2"), merged_ranges=("A2:B2",))) == [
        "Die Zellen A2:B2 sind verbunden. Bitte den Verbund aufheben."
    ]


def test_of_several_filled_sheets_none_is_guessed():
    (first,) = sheet_of(("AGS", "Wert"), ("1", "2")).sheets
    second = Sheet("Alt", first.rows)
    assert refusal(Workbook((first, second))) == [
        "Die Mappe hat mehrere ausgefüllte Blätter: „Tabelle1“, „Alt“. Bitte nur das einzulesende Blatt hochladen."
    ]


def test_a_file_with_hidden_sheets_only_holds_no_table():
    (first,) = sheet_of(("AGS", "Wert"), ("1", "2")).sheets
    hidden = Sheet("Alt", first.rows, is_hidden=True)
    assert refusal(Workbook((hidden,))) == ["Die Datei enthält keine ausgefüllte Tabelle."]


def test_a_new_file_gets_the_first_title_of_each_column():
    assert titles_of(HEADINGS) == ["Schlüssel", "Wert", "Bemerkung"]
