"""The downloaded sheet: what stands in it, what may be changed, and how it comes back."""

import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from procurement.core.spreadsheets import read_workbook, write_csv, write_workbook
from procurement.demand.demand_sheet import FREE_ROWS, SheetColumn, SheetLine, csv_rows, demand_layout
from procurement.demand.demand_sheet_reading import read
from procurement.demand.entries import ItemEntry
from procurement.demand.packed_entries import is_same, packed, unpacked
from procurement.demand.sheet_rows import Wish
from procurement.demand.stored_reading import restored, stored
from procurement.values.number_text import NumberStyle
from procurement.values.quantity import Quantity
from tests.demand.sheet_playing import (
    ARTICLES,
    DEADLINE,
    DOWNLOADED,
    DOWNLOADED_CSV,
    EXPECTED,
    FIRST_FREE_ROW,
    FIRST_ROW,
    HEAD_ROW,
    IDENTITY,
    PROPERTIES,
    STORED,
    address,
    entry,
    faults,
    filled,
    reading_of,
    row_of,
)


def opened():
    return openpyxl.load_workbook(io.BytesIO(DOWNLOADED))


def test_the_sheet_says_what_it_belongs_to_and_shows_what_is_stored_and_last_time():
    sheet = opened()["Bedarf"]
    assert [sheet[f"B{row}"].value for row in (2, 3, 4, 5)] == [
        "B-2026-02 Microsoft-Lizenzen",
        "Laer",
        "Fr., 11.12.2026, 12:00 Uhr",
        "4",
    ]
    assert [cell.value for cell in sheet[HEAD_ROW]] == [column.label for column in SheetColumn]
    assert [cell.value for cell in sheet[FIRST_ROW]][:12] == [
        "1.01", "Microsoft 365 E3", "Büro", "Lizenz", 62, None, None, None, None, None, None, None,
    ]  # fmt: skip
    second = [cell.value for cell in sheet[FIRST_ROW + 1]][:12]
    assert second[4:] == [None, 10, 12, 15, "Rathaus", None, None, "für das Bauamt"]


def test_only_the_answers_and_the_free_rows_may_be_changed():
    sheet = opened()["Bedarf"]
    assert sheet.protection.sheet
    unlocked = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    answers = {f"{letter}{FIRST_ROW + row}" for letter in "FGHIJKL" for row in range(3 + FREE_ROWS)}
    own_words = {f"{letter}{FIRST_FREE_ROW + row}" for letter in "BD" for row in range(FREE_ROWS)}
    assert unlocked == answers | own_words


def test_the_identity_is_hidden_and_the_instructions_are_a_sheet_of_their_own():
    book = opened()
    sheet = book["Bedarf"]
    assert book.sheetnames == ["Bedarf", "Anleitung"]
    technical = sheet.column_dimensions["M"]
    assert (technical.hidden, technical.min, technical.max) == (True, 13, 15)
    assert not sheet.column_dimensions["L"].hidden
    assert [sheet.row_dimensions[row].hidden for row in (5, 6)] == [False, True]
    assert "unter „Excel einlesen“" in " ".join(str(cell.value) for cell in book["Anleitung"]["B"])


def test_an_untouched_sheet_says_what_was_stored():
    reading = reading_of()
    assert (reading.refusals, reading.remarks, reading.version) == ((), (), 4)
    assert [row.entry.article_id for row in reading.rows] == [11, 12, 13]
    assert is_same(row_of(reading, FIRST_ROW + 1).entry, STORED[12])
    assert all(is_same(row.entry, row.baseline) for row in reading.rows)


def test_what_was_typed_comes_back_exactly():
    reading = reading_of({
        ("minimum", FIRST_ROW): 0.5,
        ("expected", FIRST_ROW): 1234.125,
        ("maximum", FIRST_ROW): 2000,
        ("site", FIRST_ROW): "Bauhof",
        ("start_on", FIRST_ROW): date(2027, 3, 1),
        ("budget_account", FIRST_ROW): "52.11.01",
        ("note", FIRST_ROW): "dringend 🙂\nzweite Zeile",
    })  # fmt: skip
    assert faults(reading) == []
    assert row_of(reading, FIRST_ROW).entry == entry(
        11, "0.5", "1234.125", 2000,
        note="dringend 🙂\nzweite Zeile", site="Bauhof", start_on=date(2027, 3, 1), budget_account="52.11.01",
    )  # fmt: skip


def test_a_day_may_be_written_as_text():
    reading = reading_of({("expected", FIRST_ROW): 1, ("start_on", FIRST_ROW): "01.03.2027"})
    assert row_of(reading, FIRST_ROW).entry.start_on == date(2027, 3, 1)
    reading = reading_of({("expected", FIRST_ROW): 1, ("start_on", FIRST_ROW): "03/2027"})
    assert row_of(reading, FIRST_ROW).entry.start_on == date(2027, 3, 1)


def test_a_free_row_is_a_wish_in_own_words():
    row = FIRST_FREE_ROW
    reading = reading_of({("title", row): "Beamer", ("unit", row): "Stück", ("expected", row): 2})
    assert faults(reading) == []
    wish = row_of(reading, row)
    assert (wish.wish, wish.entry.expected) == (Wish("Beamer", "Stück"), Quantity.of(2))


def test_the_csv_file_comes_back_like_the_workbook():
    text = DOWNLOADED_CSV.decode("utf-8-sig")
    assert text.splitlines()[1] == "Bedarfsrunde;B-2026-02 Microsoft-Lizenzen"
    assert ";10;12;15;Rathaus;;;für das Bauamt;12;" in text
    reading = read(read_workbook(DOWNLOADED_CSV, "Bedarf.csv"), replace(EXPECTED, is_csv=True))
    assert (reading.refusals, reading.remarks, faults(reading)) == ((), (), [])
    assert all(is_same(row.entry, row.baseline) for row in reading.rows)


def test_a_csv_file_of_german_excel_is_read_with_its_letters():
    text = DOWNLOADED_CSV.decode("utf-8-sig").replace("Lizenz;62;;;;;;;", "Lizenz;62;;2,5;;Büro Süd;01.03.2027;;")
    reading = read(read_workbook(text.encode("cp1252"), "Bedarf.csv"), replace(EXPECTED, is_csv=True))
    assert faults(reading) == []
    first = reading.rows[0].entry
    assert (first.expected, first.site, first.start_on) == (Quantity.of("2.5"), "Büro Süd", date(2027, 3, 1))


@pytest.mark.parametrize(
    ("style", "amount"), [(NumberStyle.GERMAN, Quantity.of(1234)), (NumberStyle.ENGLISH, Quantity.of("1.234"))]
)
def test_an_ambiguous_number_is_read_in_the_style_a_person_stated(style, amount):
    cells = {("expected", FIRST_ROW): "1.234"}
    assert row_of(reading_of(cells), FIRST_ROW).asks_for_style
    assert row_of(reading_of(cells, expected=replace(EXPECTED, style=style)), FIRST_ROW).entry.expected == amount


def test_both_styles_in_one_file_are_asked_about_and_then_one_of_them_is_a_fault():
    cells = {("expected", FIRST_ROW): "1.234,5", ("expected", FIRST_ROW + 2): "1,234.5"}
    asked = reading_of(cells)
    assert [row.asks_for_style for row in asked.rows] == [False, False, True]
    german = reading_of(cells, expected=replace(EXPECTED, style=NumberStyle.GERMAN))
    assert row_of(german, FIRST_ROW).entry.expected == Quantity.of("1234.5")
    assert faults(german) == [
        "Zelle G13: „1,234.5“ ist keine Zahl in der Schreibweise 1.234,56 (deutsch). Bitte nur die Menge eintragen."
    ]


def test_sorted_rows_are_still_the_same_rows():
    def swap(sheet):
        for column in range(1, 16):
            first, second = sheet.cell(FIRST_ROW, column), sheet.cell(FIRST_ROW + 1, column)
            first.value, second.value = second.value, first.value

    reading = reading_of(edit=swap)
    assert faults(reading) == []
    assert is_same(row_of(reading, FIRST_ROW).entry, STORED[12])


def test_a_text_that_looks_like_a_formula_comes_back_from_csv_without_its_guard():
    text = DOWNLOADED_CSV.decode("utf-8-sig").replace("für das Bauamt", "'-dringend")
    reading = read(read_workbook(text.encode(), "Bedarf.csv"), replace(EXPECTED, is_csv=True))
    assert reading.rows[1].entry.note == "-dringend"


def test_texts_full_of_separators_survive_both_kinds_of_file():
    note = 'Büro; Bauhof, "Süd"\n- mit Dock 🙂'
    line = SheetLine(ARTICLES[0], entry(11, 1, 1, 1, note=note, site="=A1", budget_account="-52;11"))
    wish = replace(ARTICLES[2], title="-Sonderposten", wished_by_id=7)
    made = demand_layout(IDENTITY, [line, SheetLine(wish)], DEADLINE)
    expected = replace(EXPECTED, articles={11: ARTICLES[0], 13: wish}, is_csv=True)
    for content, name in ((write_csv(csv_rows(made)), "b.csv"), (write_workbook([made], PROPERTIES), "b.xlsx")):
        reading = read(read_workbook(content, name), expected)
        assert (reading.refusals, reading.remarks, faults(reading)) == ((), (), [])
        assert is_same(reading.rows[0].entry, line.entry)
        assert [row.remarks for row in reading.rows] == [(), ()]


def test_a_packed_entry_is_exact_and_an_empty_one_is_nothing():
    whole = entry(7, "0.001", 2, "99999999", site="Amt", start_on=date(2027, 1, 31), budget_account="1;2", note='"|"')
    assert unpacked(packed(whole), 7) == whole
    assert packed(ItemEntry(7)) == packed(None) == ""
    assert is_same(ItemEntry(7, expected=Quantity.of(3)), entry(7, 3, 3, 3))
    with pytest.raises(ValueError, match="not a packed entry"):
        unpacked('["1"]', 7)


def test_a_reading_is_kept_and_restored_whole():
    cells = {("expected", FIRST_ROW): "viele", ("title", FIRST_FREE_ROW): "Beamer", ("note", FIRST_ROW + 2): "🙂"}
    reading = reading_of(cells | {("title", FIRST_ROW + 1): "Visio"})
    kept = restored(stored(reading))
    assert (kept.remarks, kept.version) == (reading.remarks, reading.version)
    assert [(row.number, row.faults, row.remarks, row.wish) for row in kept.rows] == [
        (row.number, row.faults, row.remarks, row.wish) for row in reading.rows
    ]
    assert all(is_same(one.entry, other.entry) for one, other in zip(kept.rows, reading.rows, strict=True))


def test_the_bytes_of_a_filled_sheet_are_a_workbook_of_their_own():
    assert filled({("expected", FIRST_ROW): 1}) != DOWNLOADED
    assert address("check", FIRST_ROW) == "O11"
