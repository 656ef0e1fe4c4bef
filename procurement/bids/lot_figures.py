"""What each bid comes to in one lot: completeness, totals, contradictions, and why it may have to stay out.

Frozen values for everything that calculates with bids afterwards; no price of an excluded or incomplete bid gets lost,
but only :attr:`LotFigures.ranked_total` may ever be ranked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from procurement.bids.arithmetic import Completeness, Contradiction, LotArithmetic, PriceBasis, PriceLine, check_lot
from procurement.bids.exclusion import Exclusion
from procurement.values.label import Labelled
from procurement.values.money import Money, UnitPrice
from procurement.values.quantity import Quantity


class SheetState(Labelled):
    """What became of a bid's price sheet for a lot."""

    NONE = "none", "Kein Angebot für dieses Los"
    REFUSED = "refused", "Preisblatt nicht übernommen"
    TAKEN_OVER = "taken_over", "Preisblatt übernommen"


@dataclass(frozen=True, slots=True)
class LotPosition:
    """A position of the lot; ``number`` is unique in the tender and names the position everywhere."""

    line_id: int
    number: str
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class OfferedPrice:
    """What a bid says about one position."""

    unit_price: UnitPrice
    written_total: Money | None


@dataclass(frozen=True, slots=True)
class BidEntry:
    """A bid as it takes part in a lot; ``prices`` by line id."""

    bid_id: int
    number: int
    bidder_name: str
    sheet: SheetState
    exclusion: Exclusion | None
    prices: Mapping[int, OfferedPrice]


@dataclass(frozen=True, slots=True)
class LotFigures:
    """One bid in one lot; amounts net. ``missing`` in the completeness holds the numbers of the positions."""

    bid_id: int
    bid_number: int
    bidder_name: str
    sheet: SheetState
    exclusion: Exclusion | None
    completeness: Completeness
    evaluation_total: Money | None
    partial_sum: Money | None
    contradictions: tuple[Contradiction, ...]

    @property
    def ranked_total(self) -> Money | None:
        """The total that may be ranked; ``None`` for an incomplete, excluded or absent bid."""
        return None if self.exclusion else self.evaluation_total

    @property
    def is_absent(self) -> bool:
        """The bidder made no offer for this lot."""
        return self.sheet is SheetState.NONE


def figures_of(entry: BidEntry, positions: Sequence[LotPosition], basis: PriceBasis) -> LotFigures:
    """Add up one bid under the announced rule."""
    checked = _checked(entry, positions, basis)
    return LotFigures(
        bid_id=entry.bid_id,
        bid_number=entry.number,
        bidder_name=entry.bidder_name,
        sheet=entry.sheet,
        exclusion=entry.exclusion,
        completeness=checked.completeness,
        evaluation_total=checked.evaluation_total,
        partial_sum=checked.partial_sum,
        contradictions=checked.contradictions,
    )


def _checked(entry: BidEntry, positions: Sequence[LotPosition], basis: PriceBasis) -> LotArithmetic:
    lines = [
        PriceLine(position.number, position.quantity, price.unit_price, price.written_total)
        for position in positions
        if (price := entry.prices.get(position.line_id)) is not None
    ]
    return check_lot([position.number for position in positions], lines, basis)
