"""Which rows of a Preisspiegel deserve a look: filters that return row numbers, in integers over all rows at once.

A filter looks only at the bids that count in the lot: who did not bid for a lot is not missing there. "Over 20 %" means
more than 20 %, in either direction. A row is conspicuous when a price is missing, is zero, deviates from the mean, or
contradicts the written total; a poor estimate of our own makes no row conspicuous and has its own filter.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction

from procurement.bids.comparison import PriceComparison
from procurement.values.label import Labelled

USUAL_DEVIATION = Fraction(20)


class RowFilter(Labelled):
    """The choices above the Preisspiegel."""

    ALL = "all", "Alle Positionen"
    CONSPICUOUS = "conspicuous", "Nur Auffälliges"
    DEVIATING = "deviating", "Über 20 % vom Mittel"
    FAR_FROM_ESTIMATE = "far_from_estimate", "Über 20 % von der Schätzung"
    MISSING = "missing", "Fehlende Preise"
    CONTRADICTING = "contradicting", "Rechenfehler"


def rows_matching(
    comparison: PriceComparison, chosen: RowFilter, percent: Fraction | int = USUAL_DEVIATION
) -> list[int]:
    """The numbers of the matching rows, in order; ``percent`` is used by the filters on deviation only."""
    matches = MATCHES[chosen]
    limit = Fraction(percent)
    return [row for row in range(len(comparison.positions)) if matches(comparison, row, limit)]


def only_conspicuous(comparison: PriceComparison, percent: Fraction | int = USUAL_DEVIATION) -> list[int]:
    """The rows that deserve a look."""
    return rows_matching(comparison, RowFilter.CONSPICUOUS, percent)


def _any_row(_comparison: PriceComparison, _row: int, _limit: Fraction) -> bool:
    """Every row."""
    return True


def _is_conspicuous(comparison: PriceComparison, row: int, limit: Fraction) -> bool:
    """A price is missing, zero, far from the mean or contradicts the written total."""
    return (
        _lacks_price(comparison, row, limit)
        or 0 in comparison.prices_of(row)
        or _deviates(comparison, row, limit)
        or _contradicts(comparison, row, limit)
    )


def _deviates(comparison: PriceComparison, row: int, limit: Fraction) -> bool:
    """A price lies more than ``limit`` percent above or below the mean of the row."""
    prices = comparison.prices_of(row)
    return bool(prices) and _is_far(min(prices), max(prices), sum(prices), len(prices), limit)


def _is_far_from_estimate(comparison: PriceComparison, row: int, limit: Fraction) -> bool:
    """A price lies more than ``limit`` percent above or below our estimate."""
    estimate, prices = comparison.positions[row].estimate, comparison.prices_of(row)
    if estimate is None or not prices:
        return False
    return _is_far(min(prices), max(prices), estimate.millionths, 1, limit)


def _lacks_price(comparison: PriceComparison, row: int, _limit: Fraction) -> bool:
    """A bid for the lot has no price here."""
    return len(comparison.prices_of(row)) < len(comparison.counting[comparison.positions[row].lot_key])


def _contradicts(comparison: PriceComparison, row: int, _limit: Fraction) -> bool:
    """A written total differs from quantity x unit price."""
    for column in comparison.counting[comparison.positions[row].lot_key]:
        written = comparison.columns[column].written_totals
        if written and written[row] is not None:
            product = comparison.recomputed[column][row]
            if product is not None and product != written[row]:
                return True
    return False


def _is_far(lowest: int, highest: int, base_sum: int, base_count: int, limit: Fraction) -> bool:
    """Whether the lowest or highest price is more than ``limit`` percent away from ``base_sum / base_count``."""
    furthest = max(highest * base_count - base_sum, base_sum - lowest * base_count)
    return base_sum > 0 and furthest * 100 * limit.denominator > limit.numerator * base_sum


MATCHES: Mapping[RowFilter, Callable[[PriceComparison, int, Fraction], bool]] = {
    RowFilter.ALL: _any_row,
    RowFilter.CONSPICUOUS: _is_conspicuous,
    RowFilter.DEVIATING: _deviates,
    RowFilter.FAR_FROM_ESTIMATE: _is_far_from_estimate,
    RowFilter.MISSING: _lacks_price,
    RowFilter.CONTRADICTING: _contradicts,
}
