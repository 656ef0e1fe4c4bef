"""All that a price comparison (Preisspiegel) says: positions x bidders per lot, with every mark already decided.

Bidders are listed in one fixed order per lot; ``PositionPrices.prices`` follows that order, with ``None`` for a missing
price.
"""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from procurement.documents.contents import NO_NOTES, ClosingNotes, DocumentIdentity, Letterhead, SignOff
from procurement.values.money import Money, UnitPrice
from procurement.values.quantity import Quantity


@dataclass(frozen=True, slots=True)
class OfferedPrice:
    """One bidder's price for one position; deviations are shares of mean and estimate (``-1/10`` is 10 % below)."""

    unit_price: UnitPrice
    total: Money
    is_lowest: bool = False
    from_mean: Fraction | None = None
    from_estimate: Fraction | None = None


@dataclass(frozen=True, slots=True)
class PositionPrices:
    """A position with the price of every bidder or ``None``, its estimate, and the mean rounded as it shall be read."""

    number: str
    title: str
    quantity: Quantity
    unit: str
    prices: tuple[OfferedPrice | None, ...]
    estimate: UnitPrice | None = None
    mean: UnitPrice | None = None


@dataclass(frozen=True, slots=True)
class BidderTotal:
    """A bidder's result in one lot.

    ``total`` is ``None`` for an incomplete bid: the sum of what it has is ``partial_sum``, printed apart and never
    ranked. ``gap_to_next`` is the distance to the next higher bid as share of that bid; ``warning`` is printed as
    it is.
    """

    name: str
    rank: int | None
    total: Money | None
    is_lowest: bool = False
    missing_prices: int = 0
    partial_sum: Money | None = None
    from_mean: Fraction | None = None
    from_estimate: Fraction | None = None
    gap_to_next: Fraction | None = None
    warning: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class ArithmeticDifference:
    """A written total that is not quantity x unit price; ``difference`` is written minus computed."""

    position: str
    bidder: str
    written: Money
    computed: Money
    difference: Money


@dataclass(frozen=True, slots=True)
class EvaluationPriceLine:
    """One line of a bidder's evaluation price as it is printed; the last one of a bidder is the price itself."""

    bidder: str
    title: str
    how: str
    amount: str
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class LotComparison:
    """One lot: bidders in one order, positions with their prices, and the totals."""

    number: str
    title: str
    bidders: tuple[BidderTotal, ...]
    positions: tuple[PositionPrices, ...]
    estimate: Money | None = None
    mean: Money | None = None
    differences: tuple[ArithmeticDifference, ...] = ()
    price_lines: tuple[EvaluationPriceLine, ...] = ()


@dataclass(frozen=True, slots=True)
class PriceComparisonContent:
    """The price comparison of one tender as one document; ``opened_at`` is aware."""

    letterhead: Letterhead
    identity: DocumentIdentity
    tender_title: str
    tender_number: str
    lots: tuple[LotComparison, ...]
    file_number: str = ""
    opened_at: datetime | None = None
    notes: tuple[str, ...] = ()
    prepared: SignOff | None = None
    closing: ClosingNotes = NO_NOTES
