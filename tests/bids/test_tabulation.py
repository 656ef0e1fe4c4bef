"""Bid tabulations: small made-up ones, and the real one of 53 positions and 5 bidders with its published totals."""

from pathlib import Path

import pytest

from procurement.bids.findings import FindingCode
from procurement.bids.tabulation import ColumnMapping, read_tabulation
from procurement.core.spreadsheets import read_workbook
from procurement.values.money import Money, UnitPrice
from procurement.values.number_text import NumberStyle
from procurement.values.quantity import Quantity
from procurement.values.sheet import Cell, CellKind, Sheet, reference

REAL = Path(__file__).parents[2] / ".." / "shared" / "data" / "price-sheets" / "mndot-220005-normalised.csv"
GERMAN = ColumnMapping(
    line="Pos",
    title="Text",
    unit="ME",
    quantity="Menge",
    bidder="Bieter",
    unit_price="EP",
    number_style=NumberStyle.GERMAN,
)
HEAD = "Pos;Text;ME;Menge;Bieter;EP"
GOOD = (
    "1;Firewall;Stk;9;A;1.200,00",
    "1;Firewall;Stk;9;B;1.150,50",
    "2;Lizenz;Stk;1.250;A;0,003",
    "2;Lizenz;Stk;1.250;B;0",
)


def table(*lines, head=HEAD):
    rows = tuple(
        tuple(
            Cell(reference(row, column), CellKind.TEXT if text else CellKind.EMPTY, text)
            for column, text in enumerate(line.split(";"), start=1)
        )
        for row, line in enumerate((head, *lines), start=1)
    )
    return Sheet("Tabelle", rows)


def findings_of(*lines, mapping=GERMAN, head=HEAD):
    tabulation = read_tabulation(table(*lines, head=head), mapping)
    return [(finding.cell, finding.code, finding.is_blocking) for finding in tabulation.findings]


def test_positions_bidders_and_totals_of_a_long_table():
    tabulation = read_tabulation(table(*GOOD), GERMAN)
    assert tabulation.findings == ()
    assert [(item.key, item.title, item.unit, item.quantity) for item in tabulation.items] == [
        ("1", "Firewall", "Stk", Quantity.of(9)),
        ("2", "Lizenz", "Stk", Quantity.of(1250)),
    ]
    assert tabulation.prices["2", "A"] == UnitPrice.of("0.003")
    assert tabulation.total_of("A") == Money.of("10803.75")
    assert tabulation.total_of("B") == Money.of("10354.50")
    assert tabulation.written_total_of("A") is None


def test_empty_rows_between_do_not_end_a_long_table():
    assert len(read_tabulation(table(*GOOD[:2], ";;;;;", *GOOD[2:]), GERMAN).items) == 2


def test_a_position_without_a_bidders_price_leaves_him_without_a_total():
    tabulation = read_tabulation(table(*GOOD[:3]), GERMAN)
    (finding,) = tabulation.findings
    assert (finding.code, finding.is_blocking) == (FindingCode.MISSING_PRICE, False)
    assert "Position 2: Bieter B" in finding.message
    assert tabulation.total_of("B") is None
    assert tabulation.total_of("A") == Money.of("10803.75")


@pytest.mark.parametrize(
    ("line", "cell", "code"),
    [
        ("1;Firewall;Stk;9;A;1.200,00", "F6", FindingCode.DUPLICATE_ROW),
        ("1;Firewall;Stk;9;A;1.100,00", "F6", FindingCode.CONTRADICTION),
        ("1;Firewall;Stk;10;C;1.200,00", "A6", FindingCode.CONTRADICTION),
        ("1;Server;Stk;9;C;1.200,00", "A6", FindingCode.CONTRADICTION),
        ("2;Lizenz;Stk;1.250;C;1,200.00", "F6", FindingCode.TEXT_IN_NUMBER),
        ("2;Lizenz;Stk;1.250;C;-1", "F6", FindingCode.NEGATIVE_PRICE),
        ("2;Lizenz;Stk;1.250;C;0,0000001", "F6", FindingCode.TOO_MANY_DECIMALS),
        ("3;Server;Stk;0,0005;C;1", "D6", FindingCode.TOO_MANY_DECIMALS),
        ("3;Server;Stk;viele;C;1", "D6", FindingCode.TEXT_IN_NUMBER),
        ("3;Server;Stk;;C;1", "D6", FindingCode.MISSING_VALUE),
        (";Server;Stk;1;C;1", "A6", FindingCode.MISSING_VALUE),
        ("3;Server;Stk;1;;1", "E6", FindingCode.MISSING_VALUE),
    ],
)
def test_one_bad_row_is_found_at_its_cell_and_nothing_is_taken_over(line, cell, code):
    assert findings_of(*GOOD, line) == [(cell, code, True)]
    assert read_tabulation(table(*GOOD, line), GERMAN).items == ()


def test_a_contradiction_names_both_sides():
    (finding,) = read_tabulation(table(*GOOD, "1;Firewall;Stk;10;C;1"), GERMAN).findings
    assert finding.message == "Zeile 6: Position 1 steht weiter oben mit anderen Angaben (Menge „9“ und „10“)."


def test_a_missing_or_double_column_is_named():
    assert findings_of(head="Pos;Text;ME;Menge;Bieter;Preis") == [("A1", FindingCode.MISSING_COLUMN, True)]
    assert findings_of(head=f"{HEAD};EP") == [("A1", FindingCode.MISSING_COLUMN, True)]
    assert read_tabulation(Sheet("leer", ()), GERMAN).is_blocked


def test_numbers_that_are_numbers_need_no_style():
    price = Cell("F2", CellKind.NUMBER, "1200.5")
    rows = table("1;Firewall;Stk;9;A;x").rows
    tabulation = read_tabulation(Sheet("T", (rows[0], (*rows[1][:5], price))), GERMAN)
    assert tabulation.prices["1", "A"] == UnitPrice.of("1200.50")


def test_a_written_total_that_is_not_quantity_times_price_is_reported_and_kept():
    mapping = ColumnMapping("Pos", "Text", "ME", "Menge", "Bieter", "EP", NumberStyle.GERMAN, written_total="GP")
    lines = ("1;Firewall;Stk;9;A;1.200,00;10.800,00", "2;Lizenz;Stk;100;A;0,15;14,50")
    tabulation = read_tabulation(table(*lines, head=f"{HEAD};GP"), mapping)
    (finding,) = tabulation.findings
    assert (finding.code, finding.is_blocking) == (FindingCode.ARITHMETIC, False)
    assert "100 × 0,15 ergibt 15,00, geschrieben steht 14,50 (Unterschied −0,50 €)" in finding.message
    assert tabulation.total_of("A") == Money.of("10815.00")
    assert tabulation.written_total_of("A") == Money.of("10814.50")


def test_a_written_total_with_fractions_of_a_cent_is_refused():
    mapping = ColumnMapping("Pos", "Text", "ME", "Menge", "Bieter", "EP", NumberStyle.GERMAN, written_total="GP")
    found = findings_of("1;Firewall;Stk;9;A;1.200,00;10.800,001", mapping=mapping, head=f"{HEAD};GP")
    assert found == [("G2", FindingCode.TOO_MANY_DECIMALS, True)]


@pytest.mark.skipif(not REAL.exists(), reason=f"the real bid tabulation {REAL.name} is not beside this repository")
def test_the_real_tabulation_gives_the_recomputed_totals():
    sheet = read_workbook(REAL.read_bytes(), REAL.name).sheets[0]
    mapping = ColumnMapping(
        line="line",
        title="description",
        unit="unit",
        quantity="qty",
        bidder="bidder_no",
        unit_price="unit_price",
        number_style=NumberStyle.ENGLISH,
        article_number="item",
    )
    tabulation = read_tabulation(sheet, mapping)
    assert tabulation.findings == ()
    assert len(tabulation.items) == 53
    assert {bidder.number: tabulation.total_of(bidder.number) for bidder in tabulation.bidders} == {
        "0000207897": Money.of("2164425.42"),
        "0000192907": Money.of("2170573.95"),
        "0000857140": Money.of("2191469.72"),
        "0000215861": Money.of("2198798.96"),
        "0000197466": Money.of("2201172.84"),
    }
