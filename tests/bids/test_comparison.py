"""The Preisspiegel by hand: three positions in two lots, three bids."""

from fractions import Fraction

import pytest

from procurement.bids.arithmetic import PriceBasis, PriceLine, UnassignableLine
from procurement.bids.comparison import (
    BidColumn,
    ComparisonTerms,
    MisalignedColumn,
    Position,
    PriceComparison,
    column_of,
    compare,
    line_cents,
    row_of,
    window,
)
from procurement.values.money import Money, UnitPrice
from procurement.values.quantity import Quantity

TERMS = ComparisonTerms(low_bid_trigger=20)


def position(key: str, lot: str, quantity: str, estimate: str | None = None) -> Position:
    return Position(key, lot, Quantity.of(quantity), None if estimate is None else UnitPrice.of(estimate))


def bid(key: str, *prices: str | None, written: tuple[str | None, ...] = ()) -> BidColumn:
    millionths = [None if price is None else UnitPrice.of(price).millionths for price in prices]
    return BidColumn(key, millionths, [None if total is None else Money.of(total).cents for total in written])


POSITIONS = [position("1", "A", "10", "9"), position("2", "A", "2", "50"), position("3", "B", "1")]
#              10 pieces   2 pieces   1 piece
BIDS = [
    bid("blue", "10", "45", "300"),  # lot A 190, lot B 300
    bid("green", "8", "80", "300"),  # lot A 240, lot B 300
    bid("red", "9", None, None),  # lot A incomplete (90), no bid for lot B
]


@pytest.fixture
def comparison() -> PriceComparison:
    return compare(POSITIONS, BIDS, TERMS)


def test_totals_per_lot_come_only_from_complete_bids(comparison):
    lot = comparison.order_of("A")
    assert [(s.bid_key, s.evaluation_total, s.partial_sum, s.place) for s in lot.standings] == [
        ("blue", Money.of(190), None, 1),
        ("green", Money.of(240), None, 2),
        ("red", None, Money.of(90), None),
    ]
    assert lot.standing_of("red").completeness.missing == ("2",)


def test_who_offers_nothing_for_a_lot_is_absent_there(comparison):
    assert comparison.order_of("B").standing_of("red").completeness.is_absent
    assert not comparison.order_of("A").standing_of("red").completeness.is_absent


def test_equal_totals_share_a_place_and_have_no_gap(comparison):
    lot = comparison.order_of("B")
    assert [(s.bid_key, s.place, s.gap) for s in lot.by_place()] == [
        ("blue", 1, None),
        ("green", 1, None),
        ("red", None, None),
    ]


def test_the_tender_as_a_whole_has_its_own_order(comparison):
    assert comparison.overall.lot_key is None
    assert [s.evaluation_total for s in comparison.overall.standings] == [Money.of(490), Money.of(540), None]


def test_the_gap_to_the_next_bid_is_warned_about_from_twenty_percent(comparison):
    lowest = comparison.order_of("A").standing_of("blue")
    assert lowest.gap is not None
    assert lowest.gap.difference == Money.of(50)
    assert lowest.gap.percent_of_next == Fraction(50 * 100, 240)  # 20.83 %
    assert lowest.gap.percent_of_own == Fraction(50 * 100, 190)  # 26.32 %
    assert lowest.clarification is not None
    overall = comparison.overall.standing_of("blue")
    assert overall.gap is not None
    assert not overall.gap.is_conspicuous  # 50 of 540 are 9.26 %
    assert overall.clarification is None


def test_the_estimate_total_needs_an_estimate_for_every_position(comparison):
    lot = comparison.order_of("A")
    assert lot.estimate_total == Money.of(190)
    assert [s.deviation_from_estimate for s in lot.standings] == [0, Fraction(5000, 190), None]
    assert comparison.order_of("B").estimate_total is None
    assert comparison.overall.estimate_total is None


def test_a_row_shows_prices_totals_lowest_and_exact_deviations(comparison):
    row = row_of(comparison, 0)
    assert row.mean == 9
    assert row.estimate_total == Money.of(90)
    blue, green, red = row.cells
    assert (blue.unit_price, blue.total, blue.is_lowest) == (UnitPrice.of(10), Money.of(100), False)
    assert (green.total, green.is_lowest) == (Money.of(80), True)
    assert [cell.deviation_from_mean for cell in row.cells] == [Fraction(100, 9), Fraction(-100, 9), 0]
    assert red.deviation_from_estimate == 0


def test_the_mean_is_taken_over_the_bids_that_have_a_price(comparison):
    row = row_of(comparison, 1)
    assert row.mean == Fraction(125, 2)  # (45 + 80) / 2
    blue, green, red = row.cells
    assert (blue.deviation_from_mean, green.deviation_from_mean) == (-28, 28)
    assert (red.unit_price, red.total, red.is_lowest, red.deviation_from_mean) == (None, None, False, None)


def test_of_equal_lowest_prices_all_are_marked(comparison):
    row = row_of(comparison, 2)
    assert [cell.is_lowest for cell in row.cells] == [True, True, False]
    assert [cell.deviation_from_estimate for cell in row.cells] == [None, None, None]


def test_an_excluded_bid_stays_visible_but_neither_ranks_nor_sets_the_lowest_price():
    comparison = compare(POSITIONS, BIDS, ComparisonTerms(20, excluded=frozenset({"blue"})))
    lot = comparison.order_of("A")
    assert (lot.standing_of("blue").place, lot.standing_of("blue").evaluation_total) == (None, Money.of(190))
    assert lot.standing_of("blue").is_excluded
    assert (lot.standing_of("green").place, lot.standing_of("green").gap) == (1, None)
    row = row_of(comparison, 1)
    assert row.mean == 80
    assert [cell.is_lowest for cell in row.cells] == [False, True, False]
    assert row.cells[0].deviation_from_mean == Fraction(-3500, 80)


def test_a_row_nobody_priced_has_no_mean_and_no_lowest_price():
    row = row_of(compare([POSITIONS[0]], [bid("blue", None)], TERMS), 0)
    assert row.mean is None
    assert not row.cells[0].is_lowest


def test_a_window_shows_the_chosen_rows_only(comparison):
    assert [row.position.key for row in window(comparison, [2, 0, 1], offset=1, limit=1)] == ["1"]
    assert [row.position.key for row in window(comparison, [0, 1, 2], offset=2, limit=50)] == ["3"]
    assert window(comparison, [0, 1, 2], offset=3, limit=50) == ()


STRIPS = [position("0125", "A", "98868"), position("0130", "A", "39924")]
SPECIALTIES = bid("0000207897", "0.15", "0.15", written=("14335.86", "5788.98"))


@pytest.mark.parametrize(
    ("basis", "total"), [(PriceBasis.UNIT_PRICE, "20818.80"), (PriceBasis.WRITTEN_TOTAL, "20124.84")]
)
def test_the_announced_rule_decides_which_total_of_the_real_lines_counts(basis, total):
    comparison = compare(STRIPS, [SPECIALTIES], ComparisonTerms(20, basis))
    assert comparison.overall.standings[0].evaluation_total == Money.of(total)
    differences = [row.cells[0].written_difference for row in window(comparison, [0, 1], 0, 2)]
    assert differences == [Money.of("-494.34"), Money.of("-199.62")]


def test_a_written_total_that_agrees_or_is_not_written_shows_no_difference():
    comparison = compare(POSITIONS, [bid("blue", "10", "45", None, written=("100", None, "7"))], TERMS)
    assert [row_of(comparison, row).cells[0].written_difference for row in range(3)] == [None, None, None]


def test_where_written_totals_count_a_line_without_one_counts_its_product():
    column = bid("blue", "10", "45", "300", written=("99", None, "301"))
    comparison = compare(POSITIONS, [column], ComparisonTerms(20, PriceBasis.WRITTEN_TOTAL))
    assert comparison.overall.standings[0].evaluation_total == Money.of(99 + 90 + 301)


@pytest.mark.parametrize(
    "price", ["0", "0.000001", "0.15", "1.005", "19.994999", "123456.789012", "-0.005", "-12.345678"]
)
@pytest.mark.parametrize("quantity", ["0", "0.001", "0.5", "1", "3", "98868", "1234.567"])
def test_the_integer_line_total_equals_the_one_of_the_value_types(price, quantity):
    unit_price, amount = UnitPrice.of(price), Quantity.of(quantity)
    assert line_cents(unit_price.millionths, amount.thousandths) == unit_price.times(amount).cents


def test_price_lines_find_their_positions_whatever_their_order():
    lines = [
        PriceLine("3", Quantity.of(1), UnitPrice.of(300), Money.of(300)),
        PriceLine("1", Quantity.of(10), UnitPrice.of("10.50")),
        PriceLine("2", Quantity.of(2), None),
    ]
    column = column_of("blue", POSITIONS, lines)
    assert column.unit_prices == [10_500_000, None, 300_000_000]
    assert column.written_totals == [None, None, 30_000]


def test_a_foreign_or_doubled_price_line_is_refused():
    line = PriceLine("1", Quantity.of(10), UnitPrice.of(1))
    for lines in ([line, line], [PriceLine("9", Quantity.of(1), None)]):
        with pytest.raises(UnassignableLine):
            column_of("blue", POSITIONS, lines)


@pytest.mark.parametrize("column", [bid("blue", "1"), bid("blue", "1", "2", "3", written=("1",))])
def test_a_column_of_the_wrong_length_is_refused(column):
    with pytest.raises(MisalignedColumn, match="blue"):
        compare(POSITIONS, [column], TERMS)


def test_unknown_lots_and_bids_are_key_errors(comparison):
    with pytest.raises(KeyError):
        comparison.order_of("C")
    with pytest.raises(KeyError):
        comparison.overall.standing_of("yellow")


def test_nothing_to_compare_gives_an_empty_comparison():
    comparison = compare([], [], TERMS)
    assert (comparison.lots, comparison.overall.standings, comparison.overall.estimate_total) == ((), (), None)
