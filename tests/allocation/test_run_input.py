"""The frozen input: the same text for the same content, nothing lost on the way there and back, no floats."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from procurement.allocation.calculation import calculated
from procurement.allocation.input_text import fingerprint, read, written
from procurement.allocation.keys import AllocationKey, Pot
from procurement.allocation.run_input import KeyFigure
from procurement.values.money import Money
from procurement.values.quantity import Quantity
from tests.factories import allocation_input as given


def test_the_firewall_input_comes_back_as_it_was_written():
    original = given.firewall().given
    text = written(original)
    assert read(text) == original
    assert written(read(text)) == text
    assert calculated(read(text)) == given.firewall()


def test_the_hash_is_that_of_the_text():
    # sha256 of "abc" as published in FIPS 180-2
    assert fingerprint("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_no_number_in_the_text_is_a_binary_float():
    text = written(given.firewall().given)
    found = json.loads(text, parse_float=lambda _: pytest.fail("a float"))
    line = found["blocks"][1]["lines"][0]
    assert (line["unit_price"], line["full_quantity"], line["full_total_cents"]) == ("9874.50", "5", 4937250)
    assert [pot["percent"] for pot in found["blocks"][0]["pots"]] == ["30", "70"]


@pytest.mark.parametrize(
    ("percent", "text"), [(Decimal("30.00"), "30"), (Decimal("1E+2"), "100"), (Fraction(100, 3), "100/3")]
)
def test_a_percentage_has_one_exact_text(percent, text):
    block = given.block("A", AllocationKey.MIXED, "1.00", pots=(Pot(percent, AllocationKey.EQUAL),))
    found = json.loads(written(given.run_input(block)))
    assert found["blocks"][0]["pots"][0]["percent"] == text
    assert read(written(given.run_input(block))).blocks[0].pots[0].percent == percent


def test_part_of_a_line_is_billed_at_its_unit_price():
    line = given.line_part("G-2", "Betrieb", "62400.00", {"alle": 4}, quantity=Quantity.of(1))
    assert line.amount == Money.of("62400.00")


def test_part_of_a_line_whose_written_total_counts_is_billed_in_proportion():
    # 1 of 3 pieces of 100.00 euro in total: 33.33 euro
    line = given.line_part("G-2", "Gerät", "33.00", {"alle": 3}, quantity=Quantity.of(1), full_total=Money.of("100.00"))
    assert line.amount == Money.of("33.33")


def test_figures_of_one_origin_are_named_once():
    made = given.firewall().given
    assert made.figure_kinds == (AllocationKey.INHABITANTS, AllocationKey.CLIENTS)
    assert made.total_of(AllocationKey.INHABITANTS) == 273681
    assert made.common_origin(AllocationKey.CLIENTS).origin == "Destatis Gemeindeverzeichnis, Zensus 2022"
    other = replace(made.members[0], figures=(KeyFigure(AllocationKey.CLIENTS, 1, date(2025, 6, 30), "Meldung"),))
    assert replace(made, members=(other, *made.members[1:])).common_origin(AllocationKey.CLIENTS) is None


def test_suppliers_and_the_latest_award_are_read_from_the_lines():
    early = given.line_part("P-1", "Gerät", "1.00", {"1": 1})
    late = given.line_part("P-2", "Gerät", "1.00", {"1": 1}, supplier="Kabel AG", awarded_on=date(2026, 11, 1))
    made = given.run_input(given.block("A", AllocationKey.ACTUAL_QUANTITY, "", early, late))
    assert (made.suppliers, made.awarded_on) == (("Netz GmbH", "Kabel AG"), date(2026, 11, 1))
    assert given.run_input().awarded_on is None
