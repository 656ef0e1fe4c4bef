"""Filters above the Preisspiegel, on rows made so that each shows one thing."""

import pytest

from procurement.bids.comparison import BidColumn, ComparisonTerms, Position, PriceComparison, compare, row_of
from procurement.bids.comparison_filters import (
    RowFilter,
    RowOrder,
    in_order,
    only_conspicuous,
    rows_matching,
    rows_naming,
)
from procurement.values.money import UnitPrice
from procurement.values.quantity import Quantity

EURO = 1_000_000

# Per row: estimate in euro, prices of two bids in euro, written total of the first bid in cents.
ROWS = [
    ("plain", 100, 100, 100, None),
    ("exactly 20 % beside the mean of 100", 100, 80, 120, None),
    ("more than 20 % beside the mean of 100", 100, 79, 121, None),
    ("second bid lacks a price", 100, 100, None, None),
    ("first bid asks nothing", 0, 0, 0, None),
    ("first bid wrote 99.99 for 100.00", 100, 100, 100, 9_999),
    ("far from the estimate of 200", 200, 100, 100, None),
    ("no estimate", None, 100, 100, 10_000),
]


def column(key: str, prices: list[int | None], written: list[int | None] | None = None) -> BidColumn:
    return BidColumn(key, [None if price is None else price * EURO for price in prices], written or ())


@pytest.fixture
def comparison() -> PriceComparison:
    positions = [
        Position(name, "A", Quantity.of(1), None if estimate is None else UnitPrice.of(estimate))
        for name, estimate, *_ in ROWS
    ]
    first = column("first", [row[2] for row in ROWS], [row[4] for row in ROWS])
    second = column("second", [row[3] for row in ROWS])
    return compare(positions, [first, second], ComparisonTerms(20))


@pytest.mark.parametrize(
    ("chosen", "rows"),
    [
        (RowFilter.ALL, [0, 1, 2, 3, 4, 5, 6, 7]),
        (RowFilter.DEVIATING, [2]),
        (RowFilter.MISSING, [3]),
        (RowFilter.CONTRADICTING, [5]),
        (RowFilter.FAR_FROM_ESTIMATE, [2, 6]),
        (RowFilter.CONSPICUOUS, [2, 3, 4, 5]),
        (RowFilter.OUTLYING, []),
    ],
)
def test_a_filter_finds_its_rows(comparison, chosen, rows):
    assert rows_matching(comparison, chosen) == rows


def test_the_percentage_can_be_chosen(comparison):
    assert rows_matching(comparison, RowFilter.DEVIATING, 19) == [1, 2]
    assert rows_matching(comparison, RowFilter.DEVIATING, 21) == []
    assert only_conspicuous(comparison, 21) == [3, 4, 5]


def test_who_did_not_bid_for_a_lot_is_not_missing_there():
    positions = [Position("1", "A", Quantity.of(1)), Position("2", "B", Quantity.of(1))]
    comparison = compare(positions, [column("first", [1, 1]), column("second", [1, None])], ComparisonTerms(20))
    assert rows_matching(comparison, RowFilter.MISSING) == []


def test_an_excluded_bid_makes_no_row_conspicuous(comparison):
    terms = ComparisonTerms(20, excluded=frozenset({"second"}))
    again = compare(comparison.positions, comparison.columns, terms)
    assert rows_matching(again, RowFilter.CONSPICUOUS) == [4, 5]


def test_a_lot_without_bids_has_nothing_conspicuous():
    comparison = compare([Position("1", "A", Quantity.of(1), UnitPrice.of(1))], [], ComparisonTerms(20))
    for chosen in (RowFilter.DEVIATING, RowFilter.FAR_FROM_ESTIMATE, RowFilter.CONSPICUOUS):
        assert rows_matching(comparison, chosen) == []


@pytest.mark.parametrize(
    ("prices", "is_far"),
    [
        ((100, 100, 150), False),
        ((100, 100, 151), True),
        ((50, 100, 100), False),
        ((49, 100, 100), True),
        ((100, 200), False),
        ((99, 301), True),
        ((0, 0, 500), False),
    ],
)
def test_an_outlier_is_more_than_half_of_the_median_away_from_it(prices, is_far):
    position = Position("1", "A", Quantity.of(1))
    comparison = compare(
        [position], [column(str(bid), [price]) for bid, price in enumerate(prices)], ComparisonTerms(20)
    )
    assert rows_matching(comparison, RowFilter.OUTLYING) == ([0] if is_far else [])
    assert any(cell.is_outlying for cell in row_of(comparison, 0).cells) is is_far


def test_rows_stand_by_value_or_by_spread_and_equal_ones_by_position():
    positions = [Position(str(number), "A", Quantity.of(amount)) for number, amount in enumerate((1, 5, 1, 3))]
    comparison = compare(positions, [column("a", [10, 3, None, 5]), column("b", [30, 3, None, 5])], ComparisonTerms(20))
    rows = [0, 1, 2, 3]
    assert in_order(comparison, rows, RowOrder.POSITION) == rows
    assert in_order(comparison, rows, RowOrder.VALUE) == [0, 1, 3, 2]  # 20, 15, 15 and nothing
    assert in_order(comparison, rows, RowOrder.SPREAD) == [0, 1, 3, 2]


def test_rows_are_named_by_all_words_in_any_case():
    texts = [("01", "Große Weiche"), ("02", "Weiche")]
    assert rows_naming(texts, "WEICHE gross") == {0}
    assert rows_naming(texts, "0") == {0, 1}
