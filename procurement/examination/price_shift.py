"""Prices shifted between positions: some far below what the others ask, others far above (BGH, X ZR 100/16).

A unit price is low at or below so many percent of the median of the other bids, high at or above the reciprocal. Only
both together are a sign, and only against at least two other prices. Compared in whole numbers, so nothing is rounded.
A sign is no proof: a person asks, the bidder explains.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

FEWEST_OTHERS = 2


@dataclass(frozen=True, slots=True)
class ShiftedPrice:
    """A conspicuous unit price in millionths of a euro, with the exact median of the others and its share of it."""

    row: int
    unit_price: int
    median: Fraction
    is_high: bool

    @property
    def percent_of_median(self) -> Fraction | None:
        """The unit price in percent of the median."""
        return Fraction(self.unit_price * 100) / self.median if self.median else None


def shifted_prices(rows: Sequence[Sequence[int | None]], column: int, limit_percent: int) -> list[ShiftedPrice]:
    """The conspicuous unit prices of one bid; empty unless there are some in both directions.

    ``rows`` holds per position the unit prices of all bids that count, ``None`` for a missing one.
    """
    found = []
    for row, prices in enumerate(rows):
        own = prices[column]
        others = sorted(price for place, price in enumerate(prices) if place != column and price is not None)
        if own is None or len(others) < FEWEST_OTHERS:
            continue
        doubled = _doubled_median(others)
        is_low = own * 2 * 100 <= doubled * limit_percent and own * 2 < doubled
        is_high = own * 2 * limit_percent >= doubled * 100 and own * 2 > doubled
        if is_low or is_high:
            found.append(ShiftedPrice(row, own, Fraction(doubled, 2), is_high))
    directions = {price.is_high for price in found}
    return found if len(directions) == len((True, False)) else []


def _doubled_median(ordered: Sequence[int]) -> int:
    """Twice the median, so that it stays whole."""
    middle = len(ordered) // 2
    return ordered[middle] * 2 if len(ordered) % 2 else ordered[middle - 1] + ordered[middle]
