"""Tabulations with columns per bidder: a made-up one, and the real one with its two contradicting lines."""

from pathlib import Path

import pytest

from procurement.bids.findings import FindingCode
from procurement.bids.wide_tabulation import BidderColumns, WideMapping, read_wide_tabulation
from procurement.core.spreadsheets import read_workbook
from procurement.values.money import Money, UnitPrice
from procurement.values.number_text import NumberStyle
from procurement.values.sheet import Cell, CellKind, Sheet, reference

REAL = Path(__file__).parents[2] / ".." / "shared" / "data" / "price-sheets" / "mndot-220005-original.csv"
MAPPING = WideMapping(
    line="Pos",
    article_number="Art",
    title="Text",
    unit="ME",
    quantity="Menge",
    price_suffix="EP",
    total_suffix="GP",
    bidder_columns=BidderColumns("Nr", "Name", "Summe"),
    number_style=NumberStyle.GERMAN,
    estimate="Schätzung EP",
)
PREAMBLE = "Ausschreibung;2026-014"
HEAD = "Pos;Art;Text;ME;Menge;Schätzung EP;A EP;A GP;B EP;B GP"
ITEMS = ("1;FW;Firewall;Stk;9;1.100;1.200;10.800;1.150;10.350", "2;LZ;Lizenz;Stk;100;0,2;0,15;15;0,2;20")
BIDDERS = ("Nr;Name;Summe", "A;Alpha GmbH;10.815", "B;Beta AG;10.370")


def table(*lines):
    return Sheet(
        "Tabelle",
        tuple(
            tuple(
                Cell(reference(row, column), CellKind.TEXT if text else CellKind.EMPTY, text)
                for column, text in enumerate(line.split(";"), start=1)
            )
            for row, line in enumerate(lines, start=1)
        ),
    )


def read_table(items=ITEMS, bidders=BIDDERS, head=HEAD):
    return read_wide_tabulation(table(PREAMBLE, "", head, *items, "", *bidders), MAPPING)


def kinds(tabulation):
    return [(finding.cell, finding.code, finding.is_blocking) for finding in tabulation.findings]


def test_prices_totals_names_and_estimate_are_read():
    tabulation = read_table()
    assert tabulation.findings == ()
    assert [item.estimate for item in tabulation.items] == [UnitPrice.of(1100), UnitPrice.of("0.2")]
    assert [(bidder.number, bidder.name) for bidder in tabulation.bidders] == [("A", "Alpha GmbH"), ("B", "Beta AG")]
    assert tabulation.total_of("A") == tabulation.written_total_of("A") == Money.of("10815.00")


def test_a_line_total_and_a_published_sum_that_do_not_add_up_are_two_findings():
    items = (ITEMS[0], "2;LZ;Lizenz;Stk;100;0,2;0,15;14,50;0,2;20")
    tabulation = read_table(items)
    assert kinds(tabulation) == [("C8", FindingCode.ARITHMETIC, False), ("H5", FindingCode.ARITHMETIC, False)]
    assert tabulation.total_of("A") == Money.of("10815.00")
    assert tabulation.written_total_of("A") == Money.of("10814.50")


def test_a_missing_price_is_found_at_its_cell():
    tabulation = read_table((ITEMS[0], "2;LZ;Lizenz;Stk;100;0,2;;;0,2;20"))
    assert kinds(tabulation) == [("H5", FindingCode.MISSING_PRICE, False)]
    assert tabulation.total_of("A") is None


def test_a_position_that_comes_twice_is_refused():
    assert kinds(read_table((*ITEMS, ITEMS[0]))) == [("A6", FindingCode.DUPLICATE_ROW, True)]


def test_a_bidder_without_price_columns_is_refused():
    assert kinds(read_table(bidders=(*BIDDERS, "C;Gamma;5"))) == [("A10", FindingCode.CONTRADICTION, True)]


def test_an_empty_row_in_the_middle_does_not_lose_positions_unnoticed():
    assert kinds(read_table((ITEMS[0], "", ITEMS[1]))) == [("A6", FindingCode.FOREIGN_ROW, True)]


def test_a_position_without_number_or_quantity_is_refused():
    items = (";FW;Firewall;Stk;9;1;1;9;1;9", "2;LZ;Lizenz;Stk;;1;1;1;1;1")
    assert kinds(read_table(items)) == [
        ("A4", FindingCode.MISSING_VALUE, True),
        ("E5", FindingCode.MISSING_VALUE, True),
    ]


def test_a_table_without_the_expected_titles_is_refused():
    assert kinds(read_table(head=HEAD.replace("Menge", "Anzahl"))) == [("", FindingCode.MISSING_COLUMN, True)]


def test_bidders_may_have_no_column_for_line_totals():
    tabulation = read_table(("1;FW;Firewall;Stk;9;1;2;3",), head="Pos;Art;Text;ME;Menge;Schätzung EP;A EP;B EP")
    assert tabulation.findings == ()
    assert tabulation.total_of("B") == Money.of(27)


@pytest.mark.skipif(not REAL.exists(), reason=f"the real bid tabulation {REAL.name} is not beside this repository")
def test_the_real_tabulation_contradicts_itself_by_693_96_in_two_lines_of_the_lowest_bidder():
    sheet = read_workbook(REAL.read_bytes(), REAL.name).sheets[0]
    mapping = WideMapping(
        line="LineNumber",
        article_number="ItemNumber",
        title="ItemDescription",
        unit="UnitName",
        quantity="Quantity",
        price_suffix="(Unit Price)",
        total_suffix="(Extension)",
        bidder_columns=BidderColumns("Bidder Number", "Bidder Name", "Bidder Amount"),
        number_style=NumberStyle.ENGLISH,
        estimate="Engineers (Unit Price)",
    )
    tabulation = read_wide_tabulation(sheet, mapping)
    assert len(tabulation.items) == 53
    assert [finding.code for finding in tabulation.findings] == [FindingCode.ARITHMETIC] * 2
    assert all("Bieter 0000207897" in finding.message for finding in tabulation.findings)
    assert "98.868 × 0,15 ergibt 14.830,20, geschrieben steht 14.335,86" in tabulation.findings[0].message
    assert "39.924 × 0,15 ergibt 5.988,60, geschrieben steht 5.788,98" in tabulation.findings[1].message
    lowest = tabulation.bidders[0]
    assert lowest.name == "Central Specialties, Inc."
    assert lowest.published_total == tabulation.written_total_of("0000207897") == Money.of("2163731.46")
    assert tabulation.total_of("0000207897") == Money.of("2164425.42")
    assert [bidder.published_total for bidder in tabulation.bidders[1:]] == [
        Money.of("2170573.95"),
        Money.of("2191469.72"),
        None,
        None,
    ]
