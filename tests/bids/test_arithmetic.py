"""Arithmetic of bids, with two lines of a real tabulation (Minnesota DOT, contract 220005) as worked example."""

import pytest

from procurement.bids.arithmetic import (
    Completeness,
    PriceBasis,
    PriceLine,
    UnassignableLine,
    bid_total,
    check_lot,
    contradictions,
)
from procurement.values.money import Money, UnitPrice
from procurement.values.quantity import Quantity


def line(key: str, quantity: str, price: str | None, written: str | None = None) -> PriceLine:
    unit_price = None if price is None else UnitPrice.of(price)
    return PriceLine(key, Quantity.of(quantity), unit_price, None if written is None else Money.of(written))


# The printed unit price is $.15, the printed extensions were made with 0.145.
RUMBLE_STRIPS = line("0125", "98868", "0.15", "14335.86")
RUMBLE_STRIPS_CENTRE = line("0130", "39924", "0.15", "5788.98")
KEYS = ["0125", "0130"]


def test_the_difference_between_unit_price_and_written_total_is_reported_per_line():
    found = contradictions([RUMBLE_STRIPS, RUMBLE_STRIPS_CENTRE, line("0135", "2", "10", "20")])
    assert [(entry.item_key, str(entry.recomputed), str(entry.written), str(entry.difference)) for entry in found] == [
        ("0125", "14830.20", "14335.86", "-494.34"),
        ("0130", "5988.60", "5788.98", "-199.62"),
    ]
    assert Money.total(entry.difference for entry in found) == Money.of("-693.96")


def test_by_the_announced_rule_the_unit_price_counts():
    checked = check_lot(KEYS, [RUMBLE_STRIPS, RUMBLE_STRIPS_CENTRE], PriceBasis.UNIT_PRICE)
    assert checked.evaluation_total == Money.of("20818.80")
    assert len(checked.contradictions) == 2


def test_by_the_other_announced_rule_the_written_total_counts():
    checked = check_lot(KEYS, [RUMBLE_STRIPS, RUMBLE_STRIPS_CENTRE], PriceBasis.WRITTEN_TOTAL)
    assert checked.evaluation_total == Money.of("20124.84")
    assert len(checked.contradictions) == 2


def test_where_the_written_total_counts_but_is_not_written_the_product_counts():
    assert line("1", "3", "2.50").counting_total(PriceBasis.WRITTEN_TOTAL) == Money.of("7.50")


def test_a_written_total_does_not_replace_a_missing_unit_price():
    checked = check_lot(["1"], [line("1", "3", None, "7.50")], PriceBasis.WRITTEN_TOTAL)
    assert checked.completeness.missing == ("1",)
    assert checked.evaluation_total is None
    assert checked.contradictions == ()


@pytest.mark.parametrize(
    ("quantity", "price", "total"),
    [
        ("3", "0.005", "0.02"),
        ("1", "0.005", "0.01"),
        ("1", "0.004999", "0.00"),
        ("2.5", "1.25", "3.13"),
        ("7", "0", "0"),
    ],
)
def test_a_line_is_rounded_half_up_to_the_cent_once(quantity, price, total):
    assert line("1", quantity, price).recomputed_total == Money.of(total)


def test_an_incomplete_bid_has_no_evaluation_total_and_its_sum_is_marked_as_partial():
    checked = check_lot(["1", "2", "3"], [line("1", "2", "10"), line("2", "1", None)], PriceBasis.UNIT_PRICE)
    assert checked.evaluation_total is None
    assert checked.partial_sum == Money.of(20)
    assert checked.completeness == Completeness(3, ("2", "3"))
    assert not checked.completeness.is_complete
    assert not checked.completeness.is_absent


def test_a_complete_bid_has_no_partial_sum():
    checked = check_lot(["1"], [line("1", "2", "10")], PriceBasis.UNIT_PRICE)
    assert (checked.evaluation_total, checked.partial_sum) == (Money.of(20), None)
    assert checked.completeness.is_complete


def test_a_free_position_is_priced_with_zero_and_complete():
    assert check_lot(["1"], [line("1", "2", "0")], PriceBasis.UNIT_PRICE).evaluation_total == Money(0)


def test_a_bidder_without_any_price_did_not_bid_for_the_lot():
    checked = check_lot(["1", "2"], [], PriceBasis.UNIT_PRICE)
    assert checked.completeness.is_absent
    assert checked.partial_sum == Money(0)


def test_a_lot_without_positions_is_never_complete():
    assert check_lot([], [], PriceBasis.UNIT_PRICE).evaluation_total is None


@pytest.mark.parametrize("lines", [[line("9", "1", "1")], [line("1", "1", "1"), line("1", "1", "2")]])
def test_a_foreign_or_doubled_line_is_refused(lines):
    with pytest.raises(UnassignableLine, match="keiner Position des Loses oder kommt doppelt vor"):
        check_lot(["1"], lines, PriceBasis.UNIT_PRICE)


def test_the_total_over_lots_needs_every_lot_complete():
    first = check_lot(["1"], [line("1", "2", "10")], PriceBasis.UNIT_PRICE)
    second = check_lot(["2"], [line("2", "1", "5.50")], PriceBasis.UNIT_PRICE)
    lacking = check_lot(["3"], [], PriceBasis.UNIT_PRICE)
    assert bid_total([first, second]) == Money.of("25.50")
    assert bid_total([first, lacking]) is None
    assert bid_total([]) is None
