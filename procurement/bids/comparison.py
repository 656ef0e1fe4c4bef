"""The Preisspiegel: positions x bids, computed on plain integers so that 20 bids x 5,000 positions stay fluid.

Line totals of everything are computed once as integers; the cells with their exact percentages only for the rows of
the window that is shown (:func:`window`). Unit prices come as millionths of a euro and totals as cents, which is how
they are stored: building a value object per cell would cost more than the whole comparison. The window speaks value
types again.

The lowest price and the mean of a position are taken over the bids that count there: a price given, not excluded.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from procurement.bids.arithmetic import Completeness, PriceBasis, PriceLine, UnassignableLine
from procurement.bids.price_order import BidSum, PriceOrder, price_order
from procurement.values.money import Money, UnitPrice
from procurement.values.quantity import Quantity

HALF_CENT, CENT = 5_000_000, 10_000_000


class MisalignedColumn(ValueError):
    """A bid's prices do not stand beside the positions one by one: a mistake in the program."""


@dataclass(frozen=True, slots=True)
class Position:
    """A line of the bill of quantities with its own estimate, if there is one."""

    key: str
    lot_key: str
    quantity: Quantity
    estimate: UnitPrice | None = None


@dataclass(frozen=True, slots=True)
class BidColumn:
    """One bid beside the positions, in their order: unit prices in millionths of a euro, written totals in cents."""

    bid_key: str
    unit_prices: Sequence[int | None]
    written_totals: Sequence[int | None] = ()


@dataclass(frozen=True, slots=True)
class ComparisonTerms:
    """The rules of the comparison: the gap in percent to be explained, what counts in a line, who is excluded."""

    low_bid_trigger: Fraction | int
    basis: PriceBasis = PriceBasis.UNIT_PRICE
    excluded: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PriceComparison:
    """Everything computed once; ``counting`` names per lot the columns that make lowest price and mean."""

    positions: tuple[Position, ...]
    columns: tuple[BidColumn, ...]
    terms: ComparisonTerms
    recomputed: tuple[list[int | None], ...]
    totals: tuple[list[int | None], ...]
    counting: Mapping[str, tuple[int, ...]]
    lots: tuple[PriceOrder, ...]
    overall: PriceOrder

    def order_of(self, lot_key: str) -> PriceOrder:
        """The price order of one lot; raise :class:`KeyError` for an unknown one."""
        for order in self.lots:
            if order.lot_key == lot_key:
                return order
        raise KeyError(lot_key)

    def prices_of(self, row: int) -> list[int]:
        """The unit prices that count in a row, in millionths of a euro."""
        counting = self.counting[self.positions[row].lot_key]
        prices = (self.columns[column].unit_prices[row] for column in counting)
        return [price for price in prices if price is not None]


@dataclass(frozen=True, slots=True)
class Cell:
    """One bid's answer to one position; deviations are exact percentages, positive means dearer."""

    bid_key: str
    unit_price: UnitPrice | None
    total: Money | None
    is_lowest: bool
    deviation_from_mean: Fraction | None
    deviation_from_estimate: Fraction | None
    written_difference: Money | None


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One position with the mean of its unit prices in exact euro and a cell per bid in the order of the columns."""

    position: Position
    mean: Fraction | None
    estimate_total: Money | None
    cells: tuple[Cell, ...]


def column_of(bid_key: str, positions: Sequence[Position], lines: Iterable[PriceLine]) -> BidColumn:
    """Put price lines beside the positions; raise :class:`UnassignableLine` for a foreign or duplicated one."""
    rows = {position.key: row for row, position in enumerate(positions)}
    prices: list[int | None] = [None] * len(positions)
    written: list[int | None] = [None] * len(positions)
    for line in lines:
        row = rows.pop(line.item_key, None)
        if row is None:
            raise UnassignableLine(line.item_key)
        prices[row] = None if line.unit_price is None else line.unit_price.millionths
        written[row] = None if line.written_total is None else line.written_total.cents
    return BidColumn(bid_key, prices, written)


def compare(positions: Sequence[Position], columns: Sequence[BidColumn], terms: ComparisonTerms) -> PriceComparison:
    """Compute all line totals and the price order per lot and overall; raise :class:`MisalignedColumn` on a bad one."""
    for column in columns:
        if len(column.unit_prices) != len(positions) or len(column.written_totals) not in (0, len(positions)):
            raise MisalignedColumn(column.bid_key)
    quantities = [position.quantity.thousandths for position in positions]
    recomputed = tuple([*map(line_cents, column.unit_prices, quantities)] for column in columns)
    totals = tuple(
        _counting_totals(column, cents, terms.basis) for column, cents in zip(columns, recomputed, strict=True)
    )
    estimates = [line_cents(p.estimate.millionths if p.estimate else None, p.quantity.thousandths) for p in positions]
    rows_of_lot = _rows_of_lots(positions)
    scopes: list[tuple[str | None, Sequence[int]]] = [*rows_of_lot.items(), (None, range(len(positions)))]
    keys = [position.key for position in positions]
    orders = []
    for lot_key, rows in scopes:
        sums = [_sum(column.bid_key, keys, cents, rows, terms) for column, cents in zip(columns, totals, strict=True)]
        orders.append(price_order(lot_key, sums, _complete_sum(estimates, rows), terms.low_bid_trigger))
    counting = {order.lot_key: _counting_columns(order) for order in orders if order.lot_key is not None}
    return PriceComparison(
        positions=tuple(positions),
        columns=tuple(columns),
        terms=terms,
        recomputed=recomputed,
        totals=totals,
        counting=counting,
        lots=tuple(orders[:-1]),
        overall=orders[-1],
    )


def window(comparison: PriceComparison, rows: Sequence[int], offset: int, limit: int) -> tuple[ComparisonRow, ...]:
    """The rows shown on one page, in full; ``rows`` are row numbers such as a filter returns them."""
    return tuple(row_of(comparison, row) for row in rows[offset : offset + limit])


def row_of(comparison: PriceComparison, row: int) -> ComparisonRow:
    """One row in full: mean, lowest price, deviations, differences of written totals."""
    position = comparison.positions[row]
    prices = comparison.prices_of(row)
    return ComparisonRow(
        position=position,
        mean=Fraction(sum(prices), len(prices) * 1_000_000) if prices else None,
        estimate_total=None if position.estimate is None else position.estimate.times(position.quantity),
        cells=tuple(_cell(comparison, column, row, prices) for column in range(len(comparison.columns))),
    )


def line_cents(millionths: int | None, thousandths: int) -> int | None:
    """Unit price x quantity in cents, half away from zero: the integer twin of :meth:`UnitPrice.times`."""
    if millionths is None:
        return None
    product = millionths * thousandths
    return (product + HALF_CENT) // CENT if product >= 0 else -((HALF_CENT - product) // CENT)


def _cell(comparison: PriceComparison, column: int, row: int, prices: Sequence[int]) -> Cell:
    """One cell; ``prices`` are the prices that count in its row."""
    position, bid = comparison.positions[row], comparison.columns[column]
    price, total = bid.unit_prices[row], comparison.totals[column][row]
    counts = column in comparison.counting[position.lot_key]
    estimate = position.estimate.millionths if position.estimate else 0
    return Cell(
        bid_key=bid.bid_key,
        unit_price=None if price is None else UnitPrice(price),
        total=None if total is None else Money(total),
        is_lowest=counts and price is not None and price == min(prices),
        deviation_from_mean=_deviation(price, sum(prices), len(prices)),
        deviation_from_estimate=_deviation(price, estimate, 1),
        written_difference=_written_difference(comparison, column, row),
    )


def _deviation(price: int | None, base_sum: int, base_count: int) -> Fraction | None:
    """How far a price lies above or below ``base_sum / base_count``, in exact percent; ``None`` without a base."""
    if price is None or base_sum <= 0:
        return None
    return Fraction((price * base_count - base_sum) * 100, base_sum)


def _written_difference(comparison: PriceComparison, column: int, row: int) -> Money | None:
    """Written total minus quantity x unit price; ``None`` when they agree or one is not there."""
    written = comparison.columns[column].written_totals
    mine, recomputed = (written[row] if written else None), comparison.recomputed[column][row]
    if mine is None or recomputed is None or mine == recomputed:
        return None
    return Money(mine - recomputed)


def _counting_totals(column: BidColumn, recomputed: list[int | None], basis: PriceBasis) -> list[int | None]:
    """The line totals under the announced rule; the same decisions as :meth:`PriceLine.counting_total`."""
    if basis is PriceBasis.UNIT_PRICE or not column.written_totals:
        return recomputed
    return [
        product if product is None or written is None else written
        for product, written in zip(recomputed, column.written_totals, strict=True)
    ]


def _rows_of_lots(positions: Sequence[Position]) -> dict[str, list[int]]:
    """Row numbers per lot, lots in the order in which they first appear."""
    rows: dict[str, list[int]] = defaultdict(list)
    for row, position in enumerate(positions):
        rows[position.lot_key].append(row)
    return dict(rows)


def _sum(
    bid_key: str, keys: Sequence[str], cents: Sequence[int | None], rows: Sequence[int], terms: ComparisonTerms
) -> BidSum:
    """Add up one bid over the rows of a lot and name the positions without a price."""
    missing = tuple(keys[row] for row in rows if cents[row] is None)
    priced = sum(cents[row] or 0 for row in rows)
    return BidSum(bid_key, Money(priced), Completeness(len(rows), missing), bid_key in terms.excluded)


def _complete_sum(cents: Sequence[int | None], rows: Sequence[int]) -> Money | None:
    """The sum over the rows, ``None`` as soon as one is not known."""
    known = [amount for amount in (cents[row] for row in rows) if amount is not None]
    return Money(sum(known)) if known and len(known) == len(rows) else None


def _counting_columns(order: PriceOrder) -> tuple[int, ...]:
    """The columns that bid for the lot and are not excluded."""
    return tuple(
        column
        for column, standing in enumerate(order.standings)
        if not standing.is_excluded and not standing.completeness.is_absent
    )
