"""The Preisspiegel: positions x bids, computed on plain integers so that 20 bids x 5,000 positions stay fluid.

Line totals of everything are computed once as integers; the cells with their exact percentages only for the rows of
the window that is shown (:func:`window`). Unit prices come as millionths of a euro and totals as cents, which is how
they are stored: building a value object per cell would cost more than the whole comparison. A cell speaks value types
again, each worked out when it is asked for.

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
MILLION = 10**6


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

    def written_differences(self, column: int) -> list[tuple[int, int, int]]:
        """Row, written and recomputed total in cents, of every line of a bid in which the two disagree."""
        written = self.columns[column].written_totals
        return [
            (row, mine, product)
            for row, (mine, product) in enumerate(zip(written, self.recomputed[column], strict=False))
            if mine != product and mine is not None and product is not None
        ]


@dataclass(frozen=True, slots=True)
class RowFigures:
    """What the cells of a row are measured by: sum, number, lowest and median of the prices that count there.

    In millionths of a euro like the prices; the median doubled, so that it is whole; the estimate 0 without one.
    """

    price_sum: int = 0
    price_count: int = 0
    lowest: int | None = None
    doubled_median: int = 0
    estimate: int = 0

    @classmethod
    def of(cls, prices: Sequence[int], estimate: UnitPrice | None) -> "RowFigures":
        """Measure the prices that count in a row."""
        known = estimate.millionths if estimate else 0
        if not prices:
            return cls(estimate=known)
        return cls(sum(prices), len(prices), min(prices), doubled_median(prices), known)


@dataclass(frozen=True, slots=True)
class Cell:
    """One bid's answer to one position, in millionths of a euro and cents; a price that counts may be the lowest."""

    bid_key: str
    price: int | None
    cents: int | None
    written: int | None
    recomputed: int | None
    counts: bool
    measures: RowFigures

    @property
    def unit_price(self) -> UnitPrice | None:
        """The price per unit."""
        return None if self.price is None else UnitPrice(self.price)

    @property
    def total(self) -> Money | None:
        """The line total under the announced rule."""
        return None if self.cents is None else Money(self.cents)

    @property
    def is_lowest(self) -> bool:
        """Whether no price that counts is lower."""
        return self.counts and self.price is not None and self.price == self.measures.lowest

    @property
    def is_outlying(self) -> bool:
        """Whether a price that counts is less than half or more than one and a half times the median of the row."""
        return self.counts and self.price is not None and is_outlying(self.price, self.measures.doubled_median)

    @property
    def share_from_mean(self) -> Fraction | None:
        """How far the price lies above or below the mean, as an exact share: ``-1/10`` is 10 % below."""
        return _share(self.price, self.measures.price_sum, self.measures.price_count)

    @property
    def share_from_estimate(self) -> Fraction | None:
        """How far it lies above or below our estimate, as an exact share."""
        return _share(self.price, self.measures.estimate, 1)

    @property
    def deviation_from_mean(self) -> Fraction | None:
        """The share from the mean in exact percent, positive means dearer."""
        share = self.share_from_mean
        return None if share is None else share * 100

    @property
    def deviation_from_estimate(self) -> Fraction | None:
        """The share from the estimate in exact percent."""
        share = self.share_from_estimate
        return None if share is None else share * 100

    @property
    def written_difference(self) -> Money | None:
        """Written total minus quantity x unit price; ``None`` when they agree or one is not there."""
        if self.written is None or self.recomputed is None or self.written == self.recomputed:
            return None
        return Money(self.written - self.recomputed)


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One position with what its prices are measured by, and a cell per bid in the order of the columns."""

    position: Position
    measures: RowFigures
    cells: tuple[Cell, ...]

    @property
    def mean(self) -> Fraction | None:
        """The mean of the prices that count, in exact euro."""
        count = self.measures.price_count
        return Fraction(self.measures.price_sum, count * MILLION) if count else None

    @property
    def estimate_total(self) -> Money | None:
        """Quantity x estimate."""
        estimate = self.position.estimate
        return None if estimate is None else estimate.times(self.position.quantity)


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
    recomputed = tuple(_products(column.unit_prices, quantities) for column in columns)
    totals = tuple(
        _counting_totals(column, cents, terms.basis) for column, cents in zip(columns, recomputed, strict=True)
    )
    estimates = _products([p.estimate.millionths if p.estimate else None for p in positions], quantities)
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
    measures = RowFigures.of(comparison.prices_of(row), position.estimate)
    counting = comparison.counting[position.lot_key]
    cells = []
    for index, bid in enumerate(comparison.columns):
        written = bid.written_totals[row] if bid.written_totals else None
        recomputed, total = comparison.recomputed[index][row], comparison.totals[index][row]
        price, counts = bid.unit_prices[row], index in counting
        cells.append(Cell(bid.bid_key, price, total, written, recomputed, counts, measures))
    return ComparisonRow(position, measures, tuple(cells))


def line_cents(millionths: int | None, thousandths: int) -> int | None:
    """Unit price x quantity in cents, half away from zero: the integer twin of :meth:`UnitPrice.times`."""
    if millionths is None:
        return None
    product = millionths * thousandths
    return (product + HALF_CENT) // CENT if product >= 0 else -((HALF_CENT - product) // CENT)


def doubled_median(prices: Sequence[int]) -> int:
    """Twice the middle price, or the sum of the two in the middle."""
    ordered, half = sorted(prices), len(prices) // 2
    return ordered[half] + ordered[-half - 1]


def is_outlying(price: int, doubled: int) -> bool:
    """Whether a price is more than half of the median away from it; ``doubled`` is twice the median."""
    return 2 * abs(2 * price - doubled) > doubled > 0


def _products(prices: Sequence[int | None], quantities: Sequence[int]) -> list[int | None]:
    """:func:`line_cents` for a whole column, written out since a call per cell would cost more than the product."""
    return [
        None
        if price is None
        else (product + HALF_CENT) // CENT
        if (product := price * amount) >= 0
        else -((HALF_CENT - product) // CENT)
        for price, amount in zip(prices, quantities, strict=True)
    ]


def _share(price: int | None, base_sum: int, base_count: int) -> Fraction | None:
    """How far a price lies above or below ``base_sum / base_count``, as an exact share; ``None`` without a base."""
    if price is None or base_sum <= 0:
        return None
    return Fraction(price * base_count - base_sum, base_sum)


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
    amounts = cents if len(rows) == len(cents) else [cents[row] for row in rows]
    missing = tuple(keys[row] for row in rows if cents[row] is None) if None in amounts else ()
    priced = sum(filter(None, amounts))
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
