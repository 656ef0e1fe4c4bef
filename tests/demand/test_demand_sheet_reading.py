"""Bad input: each has a German sentence with its cell, and the other rows of the file are read all the same."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from procurement.core.spreadsheets import SpreadsheetRefused, read_workbook, write_csv
from procurement.demand.actions_sheets import SHEET_LIMITS
from procurement.demand.demand_sheet import SheetColumn
from procurement.demand.demand_sheet_reading import read
from procurement.values.quantity import Quantity
from tests.demand.sheet_playing import (
    DOWNLOADED,
    EXPECTED,
    FIRST_FREE_ROW,
    FIRST_ROW,
    HEAD_ROW,
    IDENTITY,
    PLACES,
    address,
    faults,
    filled,
    reading_of,
    row_of,
)

OTHERS = [12, 13]


def expecting(**identity):
    return replace(EXPECTED, identity=replace(IDENTITY, **identity))


# ---------------------------------------------------------------------------------------------------- the whole file


def test_a_sheet_of_another_round_is_not_read():
    reading = reading_of(expected=expecting(round_id=9, round_reference="B-2026-09", round_title="Drucker"))
    assert reading.rows == ()
    assert reading.refusals[0].startswith(
        "Zelle B6: Die Datei gehört zur Bedarfsrunde „B-2026-02 Microsoft-Lizenzen“, nicht zu „B-2026-09 Drucker“."
    )


def test_a_sheet_of_another_member_is_not_read():
    reading = reading_of(expected=expecting(member_key="05554004", member_name="Ahaus"))
    assert reading.rows == ()
    assert "Die Datei ist die Bedarfsmeldung von „Laer“, nicht von „Ahaus“." in reading.refusals[0]


def test_a_changed_identity_is_found():
    reading = reading_of(edit=lambda sheet: sheet.__setitem__("B6", "R3/05566036/5/p0000000000"))
    assert "Zelle B6: Die Kennung „R3/05566036/5/p0000000000“ wurde verändert." in reading.refusals[0]


def test_a_sheet_without_its_identity_is_refused():
    reading = reading_of(edit=lambda sheet: sheet.delete_rows(6))
    assert "Die Zeile „Kennung der Mappe“ fehlt über der Tabelle." in reading.refusals[0]


def test_an_earlier_state_of_the_demand_is_no_obstacle():
    assert reading_of(expected=expecting(version=17)).refusals == ()


def test_a_renamed_sheet_is_read_and_the_name_remarked():
    reading = reading_of(edit=lambda sheet: setattr(sheet, "title", "Tabelle1"))
    assert reading.remarks == ("Das Blatt heißt „Tabelle1“ statt „Bedarf“; es wurde trotzdem gelesen.",)
    assert [row.entry.article_id for row in reading.rows] == [11, 12, 13]


def test_two_sheets_that_are_both_demands_are_refused():
    reading = reading_of(edit=lambda sheet: sheet.parent.copy_worksheet(sheet))
    assert "Die Mappe enthält mehrere Bedarfsmeldungen: „Bedarf“, „Bedarf Copy“." in reading.refusals[0]


def test_a_workbook_of_something_else_is_refused():
    book = openpyxl.Workbook()
    book.active["A1"] = "Stundenzettel"
    buffer = io.BytesIO()
    book.save(buffer)
    reading = read(read_workbook(buffer.getvalue(), "a.xlsx"), EXPECTED)
    assert reading.refusals[0].startswith("Die Datei enthält keine Bedarfsmeldung dieser Anwendung.")


def test_lost_columns_are_named():
    reading = reading_of(edit=lambda sheet: sheet.delete_cols(PLACES[SheetColumn.BASELINE], 2))
    assert "Blatt „Bedarf“, Zeile 10: Es fehlen die Spalten „Stand“, „Prüfung“." in reading.refusals[0]


def test_a_column_that_stands_twice_is_named():
    reading = reading_of(edit=lambda sheet: sheet.__setitem__(f"Q{HEAD_ROW}", "erwartet"))
    assert "„erwartet“ (G10 und Q10)" in reading.refusals[0]


def test_an_inserted_column_does_no_harm():
    reading = reading_of({("expected", FIRST_ROW): 5}, edit=lambda sheet: sheet.insert_cols(3))
    assert faults(reading) == []
    assert row_of(reading, FIRST_ROW).entry.expected == Quantity.of(5)


def test_a_remark_beside_the_table_is_said_and_not_read():
    reading = reading_of(edit=lambda sheet: sheet.__setitem__("Q12", "nur wenn gefördert"))
    assert reading.remarks == ("Zelle Q12: Neben der Tabelle steht „nur wenn gefördert“; das wird nicht gelesen.",)


def test_deleted_rows_are_named_and_what_is_stored_for_them_stays():
    reading = reading_of(edit=lambda sheet: sheet.delete_rows(FIRST_ROW + 1, 2))
    assert [row.entry.article_id for row in reading.rows] == [11]
    assert reading.remarks == (
        "2 Artikel fehlen in der Datei: 1.02 Visio Plan 2, 2.01 Schulung. Was dafür gespeichert ist, bleibt.",
    )


# ------------------------------------------------------------------------------------------------------- single rows


@pytest.mark.parametrize(
    ("column", "value", "sentence"),
    [
        ("expected", "viele", "Zelle G11: „viele“ ist keine Zahl. Bitte nur die Menge eintragen."),
        ("expected", "3 Stück", "Zelle G11: „3 Stück“ ist keine Zahl."),
        ("expected", -5, "Zelle G11: Die Menge -5 ist negativ."),
        ("expected", 0.1234, "Zelle G11: Die Menge 0,1234 hat mehr als drei Nachkommastellen."),
        ("expected", 100_000_000, "Zelle G11: Die Menge 100.000.000 ist zu groß"),
        ("expected", "=10*2", "Zelle G11: Hier steht die Formel „=10*2“."),
        ("expected", "1.234", "Zelle G11: „1.234“ lässt sich auf zwei Arten lesen."),
        ("expected", "1,234.5", "Zelle G11: „1,234.5“ lässt sich auf zwei Arten lesen."),
        ("expected", date(2026, 5, 1), "Zelle G11: Hier steht das Datum „2026-05-01“."),
        ("expected", True, "Zelle G11: „WAHR“ ist keine Menge."),
        ("expected", "#REF!", "Zelle G11: „#REF!“ ist keine Menge."),
        ("start_on", "bald", "Zelle J11: „bald“ ist kein Datum. Bitte wie 15.01.2027 oder 01/2027 schreiben."),
        ("start_on", "31.02.2027", "Zelle J11: „31.02.2027“ ist kein Datum."),
        ("start_on", date(1907, 5, 1), "außerhalb der Jahre 2000 bis 2099"),
        ("note", "=A1", "Zelle L11: Hier steht die Formel „=A1“."),
        ("note", "#NAME?", "Zelle L11: Hier steht der Fehlerwert „#NAME?“."),
        ("note", "x" * 1001, "Zelle L11: Die Bemerkung für „Microsoft 365 E3“ darf höchstens 1000 Zeichen haben."),
        ("site", "_x0000_", "Zelle I11: Im Text steht ein unsichtbares Steuerzeichen (U+0000)."),
        ("unit", "Pack", "Zelle D11: Die Einheit wurde von „Lizenz“ in „Pack“ geändert."),
        ("article", "12a", "Zelle M11: Die Zeile lässt sich keinem Artikel zuordnen: Die Kennung lautet „12a“."),
        ("article", "99", "Zelle M11: Den Artikel „1.01“ gibt es in dieser Bedarfsrunde für Sie nicht (mehr)."),
        ("baseline", "x", "Zelle O11: Kennung, Stand und Prüfung dieser Zeile passen nicht zusammen."),
        ("check", None, "Zelle O11: Kennung, Stand und Prüfung dieser Zeile passen nicht zusammen."),
    ],
)
def test_a_faulty_cell_is_named_with_what_stood_there_and_what_to_do(column, value, sentence):
    cells = {("expected", FIRST_ROW): 1} | {(column, FIRST_ROW): value}
    reading = reading_of(cells)
    assert len(faults(reading)) == 1
    assert sentence in faults(reading)[0]
    assert [row.entry.article_id for row in reading.rows if not row.faults] == OTHERS


@pytest.mark.parametrize(
    ("amounts", "sentence"),
    [
        ((5, 5, 4), "Zelle H11: Die Höchstmenge für „Microsoft 365 E3“ ist kleiner als die Mindestmenge."),
        ((1, 5, 4), "Zelle H11: Die Höchstmenge für „Microsoft 365 E3“ ist kleiner als die erwartete Menge."),
        ((6, 5, 9), "Zelle F11: Die Mindestmenge für „Microsoft 365 E3“ ist größer als die erwartete Menge."),
        ((6, None, 9), "Zelle G11: Bitte die erwartete Menge für „Microsoft 365 E3“ eingeben"),
    ],
)
def test_quantities_out_of_order_are_refused_like_on_the_page(amounts, sentence):
    cells = dict(zip([("minimum", FIRST_ROW), ("expected", FIRST_ROW), ("maximum", FIRST_ROW)], amounts, strict=True))
    (fault,) = faults(reading_of(cells))
    assert fault.startswith(sentence)


def test_several_faults_of_a_row_are_named_at_once():
    cells = {("minimum", FIRST_ROW): "a", ("maximum", FIRST_ROW): "b", ("start_on", FIRST_ROW): "c"}
    assert [fault[:10] for fault in faults(reading_of(cells))] == ["Zelle F11:", "Zelle H11:", "Zelle J11:"]


def test_a_changed_title_is_said_and_not_taken_over():
    reading = reading_of({("title", FIRST_ROW): "Microsoft 365 E5", ("expected", FIRST_ROW): 3})
    row = row_of(reading, FIRST_ROW)
    change = "„Bezeichnung“ wurde von „Microsoft 365 E3“ in „Microsoft 365 E5“ geändert"
    assert row.faults == ()
    assert row.remarks == (f"Zelle B11: {change}; das wird nicht übernommen.",)


def test_a_row_with_the_words_of_another_article_is_refused():
    reading = reading_of(
        {("number", FIRST_ROW): "2.01", ("title", FIRST_ROW): "Schulung", ("unit", FIRST_ROW): "Lizenz"}
    )
    (fault,) = faults(reading)
    assert fault.startswith(
        "Zelle A11: Hier steht „2.01 Schulung“, die Kennung gehört aber zu „1.01 Microsoft 365 E3“."
    )


def copy_row(sheet, source, target):
    for column in range(1, len(PLACES) + 1):
        sheet.cell(target, column).value = sheet.cell(source, column).value


def test_a_doubled_row_with_the_same_figures_is_read_once():
    reading = reading_of(edit=lambda sheet: copy_row(sheet, FIRST_ROW + 1, FIRST_FREE_ROW + 3))
    assert faults(reading) == []
    assert row_of(reading, FIRST_ROW + 1).remarks == ("Dieselbe Zeile steht noch einmal in Zeile 17.",)


def test_a_doubled_row_with_other_figures_is_refused_twice_because_nobody_knows_which_holds():
    def double(sheet):
        copy_row(sheet, FIRST_ROW + 1, FIRST_FREE_ROW)
        sheet[address("expected", FIRST_FREE_ROW)] = 13

    assert faults(reading_of(edit=double)) == [
        "Zelle A12: Dieser Artikel steht mit anderen Angaben auch in Zeile 14.",
        "Zelle A14: Dieser Artikel steht schon in Zeile 12. Bitte eine Zeile entfernen.",
    ]


def test_merged_cells_make_their_rows_unreadable():
    reading = reading_of(edit=lambda sheet: sheet.merge_cells(f"G{FIRST_ROW}:G{FIRST_ROW + 1}"))
    assert [row.entry.article_id for row in reading.rows if not row.faults] == [13]
    assert faults(reading)[0].startswith("Zelle A11: Die Zellen G11:G12 sind verbunden.")


@pytest.mark.parametrize(
    ("cells", "start"),
    [
        ({"unit": "Stück", "expected": 2}, "Zelle B14: Bitte beschreiben Sie, was Sie brauchen."),
        ({"title": "Beamer", "expected": 2}, "Zelle D14: Bitte eine Einheit eingeben"),
        ({"title": "Beamer", "unit": "Stück"}, "Zelle G14: Bitte eine Menge zwischen 0,001 und 99.999.999 eingeben."),
        ({"title": "Beamer", "unit": "Stück", "expected": "zwei"}, "Zelle G14: „zwei“ ist keine Zahl."),
    ],
)
def test_an_incomplete_wish_names_what_it_lacks(cells, start):
    (fault,) = faults(reading_of({(column, FIRST_FREE_ROW): value for column, value in cells.items()}))
    assert fault.startswith(start)


# -------------------------------------------------------------------------------------------- what is no such file


def with_macros():
    buffer = io.BytesIO(DOWNLOADED)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\x00")
    return buffer.getvalue()


def with_many_rows():
    head = filled(edit=lambda sheet: None)
    rows = [[cell.text for cell in row] for row in read_workbook(head, "a.xlsx").sheets[0].rows]
    return write_csv([*rows, *(["", "Wunsch", "", "Stück"] for _ in range(100_000))])


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (lambda: b"", "Bedarf.xlsx", "Die Datei ist leer."),
        (lambda: DOWNLOADED[:2000], "Bedarf.xlsx", "beschädigt"),
        (lambda: b"<html><table></table></html>", "Bedarf.xlsx", "keine Excel-Arbeitsmappe"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "Bedarf.xls", "Das alte Excel-Format (.xls)"),
        (
            lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "Bedarf.xlsx",
            "mit einem Kennwort geschützt",
        ),
        (with_macros, "Bedarf.xlsm", "enthält Makros"),
        (with_many_rows, "Bedarf.csv", "mehr als 20000 Zeilen"),
    ],
    ids=["empty", "damaged", "html", "xls", "encrypted", "macros", "100,000 rows"],
)
def test_what_is_no_readable_workbook_is_refused_in_one_sentence(content, name, words):
    with pytest.raises(SpreadsheetRefused, match="Bedarf") as refused:
        read_workbook(content(), name, SHEET_LIMITS)
    assert words in refused.value.message
