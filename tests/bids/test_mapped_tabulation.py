"""Tabulations read by a stated mapping: proposals from headings, contradictions, gaps, and the real file."""

from dataclasses import replace
from pathlib import Path

import pytest

from procurement.bids import tabulation_mapping
from procurement.bids.findings import FindingCode
from procurement.bids.mapped_tabulation import read_mapped
from procurement.bids.tabulation_mapping import ColumnRole, MappedColumn, objections_to_mapping, proposal
from procurement.core.spreadsheets import read_workbook
from procurement.values.money import Money, UnitPrice
from procurement.values.number_text import NumberStyle
from procurement.values.sheet import Cell, CellKind, Sheet, reference

REAL = Path(__file__).parents[2] / ".." / "shared" / "data" / "price-sheets" / "mndot-220005-original.csv"
WIDE = (
    "Vergabe 7;vom 1. Oktober",
    "Pos.;Bezeichnung;ME;Menge;Schätzung EP;Alpha GmbH (EP);Alpha GmbH (GP);Beta AG (EP);Beta AG (GP)",
    "1;Firewall;Stk;9;1.100;1.200;10.800;1.150;10.350",
    "2;Lizenz;Stk;100;0,2;0,145;14,50;k.A.;",
    "Summe;;;;;;10.814,50;;10.350",
)
LONG = ("Pos;Bezeichnung;Einheit;Menge;Bieter;Einzelpreis", "1;Firewall;Stk;9;Alpha;1200", "1;Firewall;Stk;9;Beta;1150")


def sheet(*lines):
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


def findings(table, code):
    return [finding.message for finding in table.findings if finding.code is code]


def test_headings_propose_roles_and_bidders_below_a_preamble():
    mapping = proposal(sheet(*WIDE))
    assert (mapping.head_row, mapping.style) == (2, NumberStyle.GERMAN)
    assert [column.role for column in mapping.columns[:5]] == [
        ColumnRole.LINE,
        ColumnRole.TITLE,
        ColumnRole.UNIT,
        ColumnRole.QUANTITY,
        ColumnRole.ESTIMATE,
    ]
    assert mapping.bidder_columns(ColumnRole.UNIT_PRICE) == {"Alpha GmbH": 6, "Beta AG": 8}
    assert mapping.bidder_columns(ColumnRole.LINE_TOTAL) == {"Alpha GmbH": 7, "Beta AG": 9}
    assert not objections_to_mapping(mapping, sheet(*WIDE))


def test_three_decimals_are_read_exactly_and_a_missing_price_makes_the_bid_incomplete():
    table = read_mapped(sheet(*WIDE), proposal(sheet(*WIDE)))
    assert table.prices["2", "Alpha GmbH"] == UnitPrice.of("0.145")
    assert table.total_of("Alpha GmbH") == Money.of("10814.50")  # 9 × 1.200 + 100 × 0,145
    assert table.total_of("Beta AG") is None
    assert findings(table, FindingCode.MISSING_PRICE) == [
        "Position 2: Bieter Beta AG hat keinen Einzelpreis, das Angebot ist unvollständig."
    ]
    assert [bidder.published_total for bidder in table.bidders] == [Money.of("10814.50"), Money.of(10350)]
    assert not table.is_blocked


def test_a_line_total_and_a_sum_that_contradict_are_reported_with_the_difference():
    wrong = (*WIDE[:3], WIDE[3].replace("14,50", "15"), WIDE[4])
    table = read_mapped(sheet(*wrong), proposal(sheet(*wrong)))
    assert findings(table, FindingCode.ARITHMETIC) == [
        "Bieter Alpha GmbH: Die veröffentlichte Summe weicht um -0,50 von den Zeilen ab.",
        "Position 2, Bieter Alpha GmbH: 100 × 0,145 ergibt 14,50, geschrieben steht 15,00 (Unterschied 0,50 €).",
    ]
    assert not table.is_blocked


def test_a_text_where_a_price_should_be_blocks_and_names_the_cell():
    wrong = [line.replace("k.A.", "auf Anfrage") for line in WIDE]
    table = read_mapped(sheet(*wrong), proposal(sheet(*wrong)))
    assert table.is_blocked
    assert [finding.cell for finding in table.findings if finding.is_blocking] == ["H4"]


def test_an_alternative_with_the_same_number_blocks_until_its_row_is_left_out_with_a_reason():
    lines = (*WIDE[:4], "2;Lizenz, Alternative;Stk;100;;0,1;10;0,1;10")
    mapping = proposal(sheet(*lines))
    table = read_mapped(sheet(*lines), mapping)
    assert any("Alternative oder Wiederholung" in message for message in findings(table, FindingCode.DUPLICATE_ROW))
    left_out = replace(mapping, left_out=(5,))
    assert [objection.field for objection in objections_to_mapping(left_out, sheet(*lines))] == ["left_out_reason"]
    assert not read_mapped(sheet(*lines), replace(left_out, left_out_reason="Alternativposition")).is_blocked


def test_a_bidder_who_withdrew_and_an_estimate_in_a_bidders_column_are_no_bidders():
    mapping = proposal(sheet(*WIDE))
    columns = list(mapping.columns)
    columns[7] = MappedColumn(8, ColumnRole.WITHDRAWN, "Beta AG")
    columns[8] = MappedColumn(9, ColumnRole.IGNORED)
    table = read_mapped(sheet(*WIDE), replace(mapping, columns=tuple(columns)))
    assert [bidder.name for bidder in table.bidders] == ["Alpha GmbH"]
    assert table.items[0].estimate == UnitPrice.of(1100)


def test_a_table_with_one_row_per_position_and_bidder():
    mapping = proposal(sheet(*LONG))
    table = read_mapped(sheet(*LONG), mapping)
    assert mapping.is_long
    assert {bidder.name: table.total_of(bidder.number) for bidder in table.bidders} == {
        "Alpha": Money.of(10800),
        "Beta": Money.of(10350),
    }


def test_a_remembered_mapping_fits_a_table_with_other_bidders():
    mapping = proposal(sheet(*WIDE))
    corrected = replace(mapping, columns=(MappedColumn(1, ColumnRole.ARTICLE), *mapping.columns[1:]))
    other = [line.replace("Alpha GmbH", "Gamma KG") for line in WIDE]
    titles = [tabulation_mapping.titles_at(sheet(*lines), 2) for lines in (WIDE, other)]
    assert tabulation_mapping.fingerprint(titles[0]) == tabulation_mapping.fingerprint(titles[1])
    adapted = tabulation_mapping.adapted(corrected, sheet(*other), 2)
    assert adapted.columns[0].role is ColumnRole.ARTICLE
    assert list(adapted.bidder_columns(ColumnRole.UNIT_PRICE)) == ["Gamma KG", "Beta AG"]


def test_a_mapping_survives_being_stored():
    mapping = replace(proposal(sheet(*WIDE)), left_out=(5,), left_out_reason="Summe")
    assert tabulation_mapping.from_stored(tabulation_mapping.as_stored(mapping)) == mapping


def test_a_mapping_without_quantity_or_with_a_role_twice_is_refused():
    mapping = proposal(sheet(*WIDE))
    columns = [MappedColumn(2 if c.number == 2 else c.number, c.role, c.bidder) for c in mapping.columns]
    columns[3] = MappedColumn(4, ColumnRole.TITLE)
    texts = [o.text for o in objections_to_mapping(replace(mapping, columns=tuple(columns)), sheet(*WIDE))]
    assert "„Bezeichnung“ ist für die Spalten B und D gewählt, möglich ist nur eine." in texts
    assert "Es fehlt die Spalte „Menge“. Bitte bei einer Spalte wählen." in texts


def test_the_real_table_gives_the_published_sums_and_its_two_contradicting_lines():
    if not REAL.is_file():
        pytest.skip("the real tabulation is not here: ../shared is missing")
    table_sheet = read_workbook(REAL.read_bytes(), REAL.name).sheets[0]
    table = read_mapped(table_sheet, proposal(table_sheet))
    assert (len(table.items), len(table.bidders)) == (53, 5)
    lowest = table.bidders[0].number
    assert (table.written_total_of(lowest), table.total_of(lowest)) == (Money.of("2163731.46"), Money.of("2164425.42"))
    assert len(findings(table, FindingCode.ARITHMETIC)) == 2
