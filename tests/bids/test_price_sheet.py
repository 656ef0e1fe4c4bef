"""A price sheet goes out, is filled in with a spreadsheet library, comes back: prices, or a cell-exact list."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime

import openpyxl
import pytest

from procurement.bids.findings import FindingCode
from procurement.bids.price_sheet import PriceSheetIdentity, PriceSheetLine, fingerprint, layout
from procurement.bids.price_sheet_reading import read
from procurement.core.spreadsheets import read_workbook, write_workbook
from procurement.values.money import Money, UnitPrice
from procurement.values.quantity import Quantity
from procurement.values.sheet import Cell, CellKind, Workbook
from procurement.values.sheet_layout import WorkbookProperties

IDENTITY = PriceSheetIdentity("2026-014", "1", "Firewalls")
LINES = (
    PriceSheetLine("L1", "1", "FW-100", "Firewall Rathaus", "Stück", Quantity.of(9)),
    PriceSheetLine("L2", "2", "LIZ-7", "Lizenz je Client", "Client", Quantity.of("1250")),
    PriceSheetLine("L3", "3", "WRT", "Wartung,\n24 Monate", "Stunde", Quantity.of("37.5")),
)
PROPERTIES = WorkbookProperties("Preisblatt", "KAAW", datetime(2026, 1, 1, tzinfo=UTC))
EMPTY_SHEET = write_workbook([layout(IDENTITY, "02.02.2026, 10:00 Uhr", LINES)], PROPERTIES)
FILLED = {"F13": 1200, "F14": 0.003, "F15": 85.5}


def returned(changes=None, *, edit=None):
    """Return the workbook as read after a bidder filled in prices and changed whatever the example is about."""
    book = openpyxl.load_workbook(io.BytesIO(EMPTY_SHEET))
    sheet = book["Los 1"]
    for address, value in {**FILLED, **(changes or {})}.items():
        sheet[address] = value
    if edit is not None:
        edit(sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    return read_workbook(buffer.getvalue(), "angebot.xlsx")


def reading_of(changes=None, *, edit=None):
    return read(returned(changes, edit=edit), LINES, IDENTITY)


def with_cell(workbook, cell):
    """Replace one cell, for results that only a real spreadsheet program stores."""
    rows = tuple(
        tuple(cell if old.reference == cell.reference else old for old in row) for row in workbook.sheets[0].rows
    )
    return Workbook((replace(workbook.sheets[0], rows=rows),))


def assert_only_finding(reading, cell, code, *words):
    """Exactly one blocking finding, at that cell, of that kind; and nothing taken over."""
    assert [(finding.cell, finding.code, finding.is_blocking) for finding in reading.findings] == [(cell, code, True)]
    assert all(word in reading.findings[0].message for word in words), reading.findings[0].message
    assert reading.is_blocked
    assert (reading.prices, reading.written_totals, reading.written_sum) == ({}, {}, None)


# ------------------------------------------------------------------------------------------------------ the good way


def test_prices_come_back_exactly_by_the_identity_of_their_positions():
    reading = reading_of({"B7": "Muster IT GmbH"})
    assert reading.findings == ()
    assert reading.prices == {"L1": UnitPrice.of(1200), "L2": UnitPrice.of("0.003"), "L3": UnitPrice.of("85.50")}
    assert reading.bidder_name == "Muster IT GmbH"


def test_the_empty_sheet_locks_everything_but_prices_and_bidder():
    sheet = openpyxl.load_workbook(io.BytesIO(EMPTY_SHEET))["Los 1"]
    open_cells = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    assert sheet.protection.sheet
    assert open_cells == {"B7", "F13", "F14", "F15"}


def test_the_empty_sheet_says_what_it_belongs_to_and_calculates_totals():
    sheet = openpyxl.load_workbook(io.BytesIO(EMPTY_SHEET))["Los 1"]
    assert [sheet[f"B{row}"].value for row in range(2, 7)] == [
        "2026-014",
        "1",
        "Firewalls",
        "02.02.2026, 10:00 Uhr",
        fingerprint(IDENTITY, LINES),
    ]
    assert [sheet.cell(12, column).value for column in range(1, 9)] == [
        "Pos.",
        "Artikel",
        "Bezeichnung",
        "Menge",
        "Einheit",
        "Einzelpreis netto (EUR)",
        "Gesamtpreis netto (EUR)",
        "Kennung",
    ]
    assert sheet["G13"].value == '=IF(F13="","",ROUND(D13*F13,2))'
    assert sheet["G16"].value == "=SUM(G13:G15)"


def test_an_empty_price_is_missing_and_makes_the_bid_incomplete_but_readable():
    reading = reading_of({"F14": None})
    (finding,) = reading.findings
    assert (finding.sheet, finding.cell, finding.code) == ("Los 1", "F14", FindingCode.MISSING_PRICE)
    assert finding.message.startswith("Position 2: Der Einzelpreis fehlt.")
    assert not reading.is_blocked
    assert reading.prices["L2"] is None
    assert reading.missing_keys == ("L2",)


def test_zero_is_a_price():
    reading = reading_of({"F14": 0})
    assert reading.findings == ()
    assert reading.prices["L2"] == UnitPrice.of(0)


def test_totals_a_spreadsheet_program_calculated_are_kept_as_written():
    workbook = returned()
    for row, total in ((13, "10800"), (14, "3.75"), (15, "3206.25")):
        formula = workbook.sheets[0].cell(f"G{row}").text
        workbook = with_cell(workbook, Cell(f"G{row}", CellKind.FORMULA, formula, CellKind.NUMBER, total))
    total = Cell("G16", CellKind.FORMULA, "=sum($G$13:G15)", CellKind.NUMBER, "14010")
    reading = read(with_cell(workbook, total), LINES, IDENTITY)
    assert reading.findings == ()
    assert reading.written_totals == {"L1": Money.of(10_800), "L2": Money.of("3.75"), "L3": Money.of("3206.25")}
    assert reading.written_sum == Money.of(14_010)


def test_a_typed_total_is_taken_as_written_and_reported():
    reading = reading_of({"G13": 10_000})
    assert [(finding.cell, finding.code) for finding in reading.findings] == [("G13", FindingCode.TYPED_TOTAL)]
    assert not reading.is_blocked
    assert reading.written_totals == {"L1": Money.of(10_000)}


def test_a_total_that_was_never_calculated_or_cleared_is_not_written():
    workbook = with_cell(returned({"G14": None}), Cell("G13", CellKind.FORMULA, '=IF(F13="","",ROUND(D13*F13,2))'))
    reading = read(workbook, LINES, IDENTITY)
    assert (reading.findings, reading.written_totals, reading.written_sum) == ((), {}, None)


def test_sorted_rows_are_the_same_sheet():
    def swap(sheet):
        for column in range(1, 7):
            first, second = sheet.cell(13, column), sheet.cell(14, column)
            first.value, second.value = second.value, first.value
        sheet["H13"], sheet["H14"] = "L2", "L1"

    assert reading_of(edit=swap).prices["L1"] == UnitPrice.of(1200)


def test_a_changed_fingerprint_shows_every_change_of_a_position():
    changed = [
        (replace(LINES[0], quantity=Quantity.of("9.001")), *LINES[1:]),
        (replace(LINES[0], title="Firewall"), *LINES[1:]),
        LINES[:2],
        (LINES[1], LINES[0], LINES[2]),
    ]
    prints = {fingerprint(IDENTITY, lines) for lines in (LINES, *changed)}
    assert len(prints) == 5
    assert fingerprint(replace(IDENTITY, lot_number="2"), LINES) not in prints


# ------------------------------------------------------------------------------------------------- the price column


@pytest.mark.parametrize(
    ("value", "code", "words"),
    [
        ("1.234,56", FindingCode.TEXT_IN_NUMBER, ("Position 1", "„1.234,56“", "gelesen würde 1.234,56")),
        ("12,50 €", FindingCode.TEXT_IN_NUMBER, ("„12,50 €“", "gelesen würde 12,50")),
        ("1.234", FindingCode.AMBIGUOUS_NUMBER, ("„1.234“", "verschieden gelesen")),
        ("1,234.5", FindingCode.AMBIGUOUS_NUMBER, ("„1,234.5“",)),
        ("auf Anfrage", FindingCode.TEXT_IN_NUMBER, ("„auf Anfrage“", "als Zahl")),
        (-5, FindingCode.NEGATIVE_PRICE, ("-5",)),
        (0.0000005, FindingCode.TOO_MANY_DECIMALS, ("0,0000005", "sechs Nachkommastellen")),
        (1_000_000_000, FindingCode.PRICE_TOO_LARGE, ("1.000.000.000",)),
        ("=10*120", FindingCode.FORMULA_IN_PRICE, ("„=10*120“",)),
        (date(2026, 5, 1), FindingCode.NOT_A_PRICE, ("das Datum „2026-05-01“",)),
        (True, FindingCode.NOT_A_PRICE, ("Wahrheitswert „WAHR“",)),
        ("#DIV/0!", FindingCode.NOT_A_PRICE, ("Fehlerwert „#DIV/0!“",)),
    ],
)
def test_what_is_no_exact_price_is_named_with_what_stood_there(value, code, words):
    assert_only_finding(reading_of({"F13": value}), "F13", code, *words)


def test_six_decimals_are_a_price():
    assert reading_of({"F13": 0.000001}).prices["L1"] == UnitPrice.of("0.000001")


# ------------------------------------------------------------------------------------------------ the locked columns


@pytest.mark.parametrize(
    ("cell", "value", "code", "words"),
    [
        ("D13", 10, FindingCode.CHANGED_QUANTITY, ("Position 1", "von 9 in 10")),
        ("D13", "9", FindingCode.CHANGED_QUANTITY, ("von 9 in „9“",)),
        ("D15", None, FindingCode.CHANGED_QUANTITY, ("von 37,5 in „leer“",)),
        ("C13", "Firewall Schule", FindingCode.CHANGED_TEXT, ("„Firewall Rathaus“ in „Firewall Schule“",)),
        ("E14", "Nutzer", FindingCode.CHANGED_TEXT, ("„Einheit“", "„Client“ in „Nutzer“")),
        ("B13", "FW-99", FindingCode.CHANGED_TEXT, ("„Artikel“",)),
        ("A13", "1a", FindingCode.CHANGED_TEXT, ("„Pos.“",)),
        ("G13", "=D13*F13", FindingCode.FOREIGN_FORMULA, ("„=D13*F13“",)),
        ("G13", "=ROUND(D13*F13*0.9,2)", FindingCode.FOREIGN_FORMULA, ("Position 1",)),
        ("G16", "=SUM(G13:G14)", FindingCode.FOREIGN_FORMULA, ("Summe netto",)),
        ("G13", "inklusive", FindingCode.TEXT_IN_NUMBER, ("„inklusive“",)),
        ("G13", 10.005, FindingCode.TOO_MANY_DECIMALS, ("10,005",)),
        ("F12", "Preis brutto", FindingCode.CHANGED_HEAD, ("Spaltentitel",)),
    ],
)
def test_a_change_in_a_locked_cell_is_found(cell, value, code, words):
    place = "A1" if code is FindingCode.CHANGED_HEAD else cell
    assert_only_finding(reading_of({cell: value}), place, code, *words)


def test_merged_cells_are_refused():
    reading = reading_of(edit=lambda sheet: sheet.merge_cells("F14:F15"))
    assert ("F14", FindingCode.MERGED_CELLS) in [(finding.cell, finding.code) for finding in reading.findings]
    assert "F14:F15" in reading.findings[0].message
    assert reading.prices == {}


# -------------------------------------------------------------------------------------------------- rows and sheets


@pytest.mark.parametrize(
    ("changes", "cell"),
    [
        ({"C17": "Anfahrt", "F17": 50}, "C17"),
        ({"A17": "4", "H17": "L4"}, "A17"),
        ({"A30": "Es gelten unsere AGB"}, "A30"),
    ],
)
def test_a_row_of_the_bidders_own_is_refused(changes, cell):
    assert_only_finding(reading_of(changes), cell, FindingCode.FOREIGN_ROW, f"Zeile {cell[1:]}")


@pytest.mark.parametrize("cell", ["I14", "J16", "C3", "D8"])
def test_remarks_beside_the_sheet_are_refused(cell):
    assert_only_finding(reading_of({cell: "gilt nur bei Abnahme von 20"}), cell, FindingCode.FOREIGN_CONTENT, "20")


def test_a_duplicated_row_names_the_first_one():
    def duplicate(sheet):
        for column in range(1, 9):
            sheet.cell(17, column).value = sheet.cell(13, column).value

    assert_only_finding(reading_of(edit=duplicate), "H17", FindingCode.DUPLICATE_ROW, "„L1“", "Zeile 13")


def test_a_deleted_row_names_the_position():
    def clear(sheet):
        for column in range(1, 9):
            sheet.cell(14, column).value = None

    assert_only_finding(reading_of(edit=clear), "A14", FindingCode.DELETED_ROW, "Position 2", "Lizenz je Client")


def test_a_row_without_its_identity_is_foreign_and_its_position_is_missing():
    reading = reading_of({"H14": None})
    assert {(finding.cell, finding.code) for finding in reading.findings} == {
        ("A14", FindingCode.FOREIGN_ROW),
        ("A14", FindingCode.DELETED_ROW),
    }


def test_all_findings_are_listed_at_once():
    reading = reading_of({"D13": 10, "F14": "x", "F15": -1, "F13": None})
    assert [finding.cell for finding in reading.findings] == ["D13", "F13", "F14", "F15"]


def test_a_renamed_sheet_is_refused_by_its_name():
    reading = reading_of(edit=lambda sheet: setattr(sheet, "title", "Tabelle1"))
    assert_only_finding(reading, "", FindingCode.SHEET_RENAMED, "„Tabelle1“", "„Los 1“")


@pytest.mark.parametrize(("state", "word"), [("visible", "Das Blatt „AGB“"), ("hidden", "ausgeblendete Blatt „AGB“")])
def test_a_further_sheet_with_content_is_refused(state, word):
    def add(sheet):
        other = sheet.parent.create_sheet("AGB")
        other["A1"] = "Zahlung im Voraus"
        other.sheet_state = state

    assert_only_finding(reading_of(edit=add), "", FindingCode.FOREIGN_SHEET, word)


def test_an_empty_further_sheet_does_no_harm():
    assert reading_of(edit=lambda sheet: sheet.parent.create_sheet("Tabelle2")).findings == ()


@pytest.mark.parametrize(
    ("identity", "cell", "words"),
    [
        (replace(IDENTITY, tender_reference="2026-015"), "B2", ("„2026-015“", "„2026-014“")),
        (replace(IDENTITY, lot_number="2"), "B3", ("zum Los „2“", "„1“")),
    ],
)
def test_a_sheet_of_another_tender_or_lot_is_refused_without_further_alarm(identity, cell, words):
    reading = read(returned({"D13": 10}), LINES, identity)
    assert reading.findings[0].cell == cell
    assert {finding.code for finding in reading.findings} == {FindingCode.WRONG_SHEET}
    assert all(word in reading.findings[0].message for word in words)


def test_a_sheet_of_an_earlier_state_of_the_positions_is_refused():
    lines = (replace(LINES[0], quantity=Quantity.of(12)), *LINES[1:])
    assert_only_finding(read(returned(), lines, IDENTITY), "B6", FindingCode.WRONG_SHEET, "Stand der Positionen")


def test_a_workbook_without_any_price_sheet_is_refused():
    book = openpyxl.Workbook()
    book.active["A1"] = "Angebot"
    buffer = io.BytesIO()
    book.save(buffer)
    reading = read(read_workbook(buffer.getvalue(), "a.xlsx"), LINES, IDENTITY)
    assert_only_finding(reading, "", FindingCode.WRONG_SHEET, "kein Blatt „Los 1“")
