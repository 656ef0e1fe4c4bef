"""Which rows of a Preisspiegel deserve a look, and in which order: row numbers, in integers over all rows at once.

A filter looks only at the bids that count in the lot: who did not bid for a lot is not missing there. "Over 20 %" means
more than 20 %, in either direction. A row is conspicuous when a price is missing, is zero, deviates from the mean, or
contradicts the written total; a poor estimate of our own makes no row conspicuous and has its own filter. Outliers are
measured by the median, which a single slip of the pen does not move.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from procurement.bids.comparison import PriceComparison, doubled_median, is_outlying
from procurement.values.label import Labelled

USUAL_DEVIATION = Fraction(20)
BILLION = 10**9


class RowFilter(Labelled):
    """The choices above the Preisspiegel."""

    ALL = "all", "Alle Positionen"
    CONSPICUOUS = "conspicuous", "Nur Auffälliges"
    MISSING = "missing", "Fehlende Preise"
    OUTLYING = "outlying", "Ausreißer: über 50 % vom Median"
    DEVIATING = "deviating", "Über 20 % vom Mittel"
    FAR_FROM_ESTIMATE = "far_from_estimate", "Über 20 % von der Schätzung"
    CONTRADICTING = "contradicting", "Rechenfehler"


class RowOrder(Labelled):
    """In which order the rows stand."""

    POSITION = "position", "Nach Position"
    VALUE = "value", "Größter Wert zuerst"
    SPREAD = "spread", "Größte Preisspanne zuerst"


@dataclass(frozen=True, slots=True)
class Look:
    """What a filter looks at in one row: the prices that count, in millionths of a euro, and what is odd about them."""

    prices: Sequence[int]
    lacks_price: bool
    contradicts: bool
    estimate: int


def rows_matching(
    comparison: PriceComparison, chosen: RowFilter, percent: Fraction | int = USUAL_DEVIATION
) -> list[int]:
    """The numbers of the matching rows, in order; ``percent`` is used by the filters on deviation only."""
    if chosen is RowFilter.ALL:
        return list(range(len(comparison.positions)))
    matches, limit = MATCHES[chosen], Fraction(percent)
    return [row for row, look in enumerate(_looks(comparison)) if matches(look, limit)]


def only_conspicuous(comparison: PriceComparison, percent: Fraction | int = USUAL_DEVIATION) -> list[int]:
    """The rows that deserve a look."""
    return rows_matching(comparison, RowFilter.CONSPICUOUS, percent)


def rows_naming(texts: Sequence[tuple[str, ...]], sought: str) -> set[int]:
    """The rows in whose texts every word stands, whatever its case."""
    words = sought.casefold().split()
    folded = (" ".join(text).casefold() for text in texts)
    return {row for row, text in enumerate(folded) if all(word in text for word in words)}


def in_order(comparison: PriceComparison, rows: list[int], order: RowOrder) -> list[int]:
    """The rows as they shall stand; equal ones in the order of their positions."""
    if order is RowOrder.POSITION:
        return rows
    figure = _value_of if order is RowOrder.VALUE else _spread_of
    return sorted(rows, key=lambda row: figure(comparison, row), reverse=True)


def _value_of(comparison: PriceComparison, row: int) -> int:
    """Quantity x mean price, cut off far behind the cent; nothing without prices."""
    prices = comparison.prices_of(row)
    return sum(prices) * comparison.positions[row].quantity.thousandths // len(prices) if prices else -1


def _spread_of(comparison: PriceComparison, row: int) -> int:
    """The distance between highest and lowest price in billionths of the mean; nothing where all cost nothing."""
    prices = comparison.prices_of(row)
    total = sum(prices)
    return (max(prices) - min(prices)) * len(prices) * BILLION // total if total > 0 else -1


def _looks(comparison: PriceComparison) -> Iterator[Look]:
    """Every row in order."""
    contradicting = _contradicting_rows(comparison)
    by_lot = {
        lot_key: list(zip(*(comparison.columns[column].unit_prices for column in columns), strict=True))
        for lot_key, columns in comparison.counting.items()
        if columns
    }
    for row, position in enumerate(comparison.positions):
        offered = by_lot[position.lot_key][row] if position.lot_key in by_lot else ()
        prices = [price for price in offered if price is not None]
        estimate = position.estimate.millionths if position.estimate else 0
        yield Look(prices, len(prices) < len(offered), row in contradicting, estimate)


def _contradicting_rows(comparison: PriceComparison) -> set[int]:
    """The rows in which the written total of a bid that counts differs from quantity x unit price."""
    return {
        row
        for column in range(len(comparison.columns))
        for row, _written, _product in comparison.written_differences(column)
        if column in comparison.counting[comparison.positions[row].lot_key]
    }


def _is_conspicuous(look: Look, limit: Fraction) -> bool:
    """A price is missing, zero, far from the mean or contradicts the written total."""
    return look.lacks_price or 0 in look.prices or _deviates(look, limit) or look.contradicts


def _deviates(look: Look, limit: Fraction) -> bool:
    """A price lies more than ``limit`` percent above or below the mean of the row."""
    return bool(look.prices) and _is_far(look.prices, sum(look.prices), len(look.prices), limit)


def _is_far_from_estimate(look: Look, limit: Fraction) -> bool:
    """A price lies more than ``limit`` percent above or below our estimate."""
    return bool(look.prices) and _is_far(look.prices, look.estimate, 1, limit)


def _has_outlier(look: Look, _limit: Fraction) -> bool:
    """A price is more than half of the median away from it."""
    if not look.prices:
        return False
    doubled = doubled_median(look.prices)
    return is_outlying(min(look.prices), doubled) or is_outlying(max(look.prices), doubled)


def _is_far(prices: Sequence[int], base_sum: int, base_count: int, limit: Fraction) -> bool:
    """Whether the lowest or highest price is more than ``limit`` percent away from ``base_sum / base_count``."""
    furthest = max(max(prices) * base_count - base_sum, base_sum - min(prices) * base_count)
    return base_sum > 0 and furthest * 100 * limit.denominator > limit.numerator * base_sum


MATCHES: Mapping[RowFilter, Callable[[Look, Fraction], bool]] = {
    RowFilter.CONSPICUOUS: _is_conspicuous,
    RowFilter.MISSING: lambda look, _limit: look.lacks_price,
    RowFilter.OUTLYING: _has_outlier,
    RowFilter.DEVIATING: _deviates,
    RowFilter.FAR_FROM_ESTIMATE: _is_far_from_estimate,
    RowFilter.CONTRADICTING: lambda look, _limit: look.contradicts,
}
