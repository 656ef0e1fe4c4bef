"""The Preisspiegel as Excel file, read back cell by cell."""

import pytest

from procurement.bids import comparison_workbook, queries_comparison
from procurement.core import clock
from procurement.core.spreadsheets import read_workbook, write_workbook
from procurement.values.sheet_layout import HeaderLine, WorkbookProperties
from tests.factories import bids as make_bids
from tests.factories import tenders as make_tenders

PRICES = {
    "A GmbH": {"FW-1": "900.123456", "FW-2": "40.50"},
    "=B GmbH": {"FW-1": "700", "FW-2": "30"},
    "C GmbH": {"FW-1": "100"},
}


@pytest.fixture
def workbook(context):
    tender = make_tenders.published_tender()
    make_bids.imported_bids(tender, PRICES, {"A GmbH": {"FW-1": "3600"}})
    prices = queries_comparison.price_comparison(tender)
    sheets = comparison_workbook.layouts(prices, (HeaderLine("Ausschreibung", tender.reference),))
    content = write_workbook(sheets, WorkbookProperties("Preisspiegel", "Vergabestelle", clock.now()))
    return read_workbook(content, "Preisspiegel.xlsx")


def texts(sheet, row):
    return [cell.text for cell in sheet.rows[row - 1]]


def test_there_is_an_overview_a_sheet_per_lot_and_the_arithmetic_check(workbook):
    assert [sheet.name for sheet in workbook.sheets] == ["Übersicht", "Los 1", "Rechenprüfung"]


def test_the_sheet_of_a_lot_holds_exact_prices_products_and_deviations(workbook):
    sheet = workbook.sheet("Los 1")
    head = next(number for number, row in enumerate(sheet.rows, 1) if row and row[0].text == "Position")
    first = texts(sheet, head + 1)
    # 4 x 900.123456 = 3,600.493824; the mean of 900.123456, 700 and 100 is 566.707818 and 2/3 more
    assert first[:6] == ["FW-1", "Firewall-Cluster", "4", "Stück", "1000", "566.707819"]
    assert first[6:8] == ["900.123456", "3600.49"]
    assert first[8] == "0.588338"
    assert sheet.at(head + 2, 13).is_blank


def test_totals_stand_below_and_an_incomplete_bid_has_only_a_partial_sum(workbook):
    sheet = workbook.sheet("Los 1")
    rows = {row[1].text: number for number, row in enumerate(sheet.rows, 1) if len(row) > 1}
    totals = [sheet.at(rows["Wertungssumme netto"], column).text for column in (8, 11, 14)]
    parts = [sheet.at(rows["Teilsumme, nicht wertbar"], column).text for column in (8, 11, 14)]
    assert (totals, parts) == (["5220.49", "4000", ""], ["", "", "400"])
    assert sheet.at(rows["Stand"], 13).text == "unvollständig (1 Preis fehlt)"


def test_the_overview_names_rank_gap_and_what_must_be_asked(workbook):
    rows = {row[2].text: [cell.text for cell in row] for row in workbook.sheet("Übersicht").rows if len(row) > 2}
    assert rows["=B GmbH"][4:6] == ["1", "4000"]
    assert "unter dem nächsthöheren Angebot" in rows["=B GmbH"][9]
    assert rows["C GmbH"][3] == "unvollständig (1 Preis fehlt)"


def test_the_arithmetic_check_lists_every_written_total_that_differs(workbook):
    sheet = workbook.sheet("Rechenprüfung")
    assert texts(sheet, len(sheet.rows)) == ["1", "FW-1", "A GmbH", "3600", "3600.49", "-0.49"]
