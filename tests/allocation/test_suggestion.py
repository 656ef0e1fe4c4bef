"""Suggested blocks: the award sorted by kind, with the key that usually fits, and an entry read back from an input."""

from datetime import date

import pytest

from procurement.allocation.entries import FreeSource
from procurement.allocation.keys import AllocationKey
from procurement.allocation.rules import billed_again
from procurement.allocation.suggestion import entry_of, next_number, next_period, suggested_blocks
from procurement.values.money import Money
from procurement.values.payment import Nature
from procurement.values.quantity import Quantity
from tests.factories import allocation_input as given

SHARES = {"05566028": Quantity.of(1)}
DEVICE = given.awarded_line(1, "FW-01", shares=SHARES)
LICENCE = given.awarded_line(2, "MS-01", shares=SHARES, nature=Nature.RECURRING)
SET_UP = given.awarded_line(3, "FW-06", title="Einrichtung")
OPERATION = given.awarded_line(
    4, "FW-07", title="Betrieb", unit="Jahr", quantity=Quantity.of(4), nature=Nature.RECURRING
)
AWARD = [DEVICE, LICENCE, SET_UP, OPERATION]


def test_each_kind_of_line_gets_its_usual_key():
    blocks = suggested_blocks(AWARD, [], "KAAW")
    assert [(block.number, block.title, block.key) for block in blocks] == [
        ("A", "Einrichtung", AllocationKey.MIXED),
        ("B", "Position FW-01", AllocationKey.ACTUAL_QUANTITY),
        ("C", "Betrieb", AllocationKey.CLIENTS),
        ("D", "Position MS-01", AllocationKey.ACTUAL_QUANTITY),
        ("E", "Beschaffungskosten KAAW", AllocationKey.VOLUME),
    ]
    assert [(pot.percent, pot.key) for pot in blocks[0].pots] == [
        (30, AllocationKey.EQUAL),
        (70, AllocationKey.INHABITANTS),
    ]
    assert [block.has_supplier_vat for block in blocks] == [True, True, True, True, False]
    assert all(block.reason for block in blocks)


def test_several_lines_of_a_kind_share_a_block_with_a_general_name():
    blocks = suggested_blocks([DEVICE, given.awarded_line(5, "FW-02", shares=SHARES)], [], "KAAW")
    assert (blocks[0].title, len(blocks[0].sources)) == ("Beschaffung nach Menge", 2)


def test_years_of_operation_are_billed_one_at_a_time():
    assert suggested_blocks([OPERATION], [], "KAAW")[0].lines[0].quantity == Quantity.of(1)


def test_what_was_billed_once_for_good_is_not_suggested_again():
    blocks = suggested_blocks(AWARD, [1, 2, 3, 4], "KAAW")
    assert [block.title for block in blocks] == ["Betrieb", "Position MS-01", "Beschaffungskosten KAAW"]


def test_the_next_letter_is_the_first_free_one():
    assert next_number(["A", "C"]) == "B"
    assert next_number(list("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) == "27"


@pytest.mark.parametrize(
    ("ends", "period"),
    [
        ([], (date(2026, 1, 1), date(2026, 12, 31))),
        ([date(2027, 6, 30)], (date(2027, 7, 1), date(2028, 6, 30))),
        ([date(2026, 12, 31), date(2027, 12, 31)], (date(2028, 1, 1), date(2028, 12, 31))),
        ([date(2028, 2, 28)], (date(2028, 2, 29), date(2029, 2, 27))),
    ],
)
def test_the_next_period_follows_the_last_one(ends, period):
    assert next_period(ends, date(2026, 11, 23)) == period


def test_a_correction_starts_from_what_was_entered():
    made = given.firewall().given
    entry = entry_of(made)
    assert [block.number for block in entry.blocks] == ["A", "B", "C", "D"]
    assert entry.blocks[3].sources == (FreeSource(Money.of("9750.00"), "Nachweis"),)
    assert entry.blocks[1].lines[0].quantity == made.blocks[1].lines[0].quantity
    assert (entry.vat_case, entry.period_from, entry.renew_figures) == (made.vat_case, made.period_from, False)


def test_a_one_off_line_charged_by_two_versions_is_noticed_but_not_a_recurring_one():
    once = given.line_part("FW-01", "Gerät", "1.00", {"1": 1}, line_id=7)
    yearly = given.line_part("FW-07", "Betrieb", "1.00", {"1": 1}, line_id=8, nature=Nature.RECURRING)
    first = given.run_input(given.block("B", AllocationKey.ACTUAL_QUANTITY, "", once, yearly))
    assert billed_again(first, {1: first}) == ["Position FW-01 Gerät ist schon in Fassung 1 „Jahr 1“ abgerechnet."]
    correction = given.run_input(given.block("B", AllocationKey.ACTUAL_QUANTITY, "", once), corrects=1)
    assert billed_again(correction, {1: first}) == []
