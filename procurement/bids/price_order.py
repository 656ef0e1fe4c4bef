"""The order of bids by price within a lot: totals, completeness, places, gap to the next, distance from the estimate.

Only complete bids that are not excluded have a place and can be somebody's "next higher bid". A bid that offers
nothing for a lot is absent there, not incomplete. Places are shared on equal totals (1, 1, 3); breaking a tie is the
evaluation's business, not that of the price order.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from procurement.bids.abnormally_low import ClarificationTask, Gap, clarification_tasks, gaps
from procurement.bids.arithmetic import Completeness
from procurement.values.money import Money


@dataclass(frozen=True, slots=True)
class BidSum:
    """What one bid adds up to in a lot: the sum of its priced lines and which positions have no price."""

    bid_key: str
    sum_of_priced: Money
    completeness: Completeness
    is_excluded: bool = False

    @property
    def evaluation_total(self) -> Money | None:
        """The total that may be compared; ``None`` while a price is missing."""
        return self.sum_of_priced if self.completeness.is_complete else None


@dataclass(frozen=True, slots=True)
class Standing:
    """One bid in the order; ``partial_sum`` is there only for an incomplete bid, for display and never for ranking."""

    bid_key: str
    evaluation_total: Money | None
    partial_sum: Money | None
    completeness: Completeness
    is_excluded: bool
    place: int | None
    gap: Gap | None
    clarification: ClarificationTask | None
    deviation_from_estimate: Fraction | None


@dataclass(frozen=True, slots=True)
class PriceOrder:
    """All bids of one lot in the order they came in; ``lot_key`` is ``None`` for the tender as a whole."""

    lot_key: str | None
    estimate_total: Money | None
    standings: tuple[Standing, ...]

    def by_place(self) -> tuple[Standing, ...]:
        """The standings as a clerk reads them: by place, those without one last."""
        return tuple(sorted(self.standings, key=lambda standing: (standing.place is None, standing.place or 0)))

    def standing_of(self, bid_key: str) -> Standing:
        """The standing of one bid; raise :class:`KeyError` for an unknown one."""
        for standing in self.standings:
            if standing.bid_key == bid_key:
                return standing
        raise KeyError(bid_key)


def price_order(
    lot_key: str | None, sums: Sequence[BidSum], estimate_total: Money | None, trigger: Fraction | int
) -> PriceOrder:
    """Put the bids of a lot in order; ``trigger`` is the gap in percent from which the price must be explained."""
    ranked = {
        entry.bid_key: entry.evaluation_total
        for entry in sums
        if entry.evaluation_total is not None and not entry.is_excluded
    }
    places, distances, tasks = _places(ranked), gaps(ranked, trigger), clarification_tasks(ranked, trigger)
    standings = tuple(
        Standing(
            bid_key=entry.bid_key,
            evaluation_total=entry.evaluation_total,
            partial_sum=None if entry.completeness.is_complete else entry.sum_of_priced,
            completeness=entry.completeness,
            is_excluded=entry.is_excluded,
            place=places.get(entry.bid_key),
            gap=distances.get(entry.bid_key),
            clarification=tasks.get(entry.bid_key),
            deviation_from_estimate=_deviation(entry.evaluation_total, estimate_total),
        )
        for entry in sums
    )
    return PriceOrder(lot_key, estimate_total, standings)


def _places(totals: Mapping[str, Money]) -> dict[str, int]:
    """Competition places: one more than the number of strictly cheaper bids."""
    ordered = sorted(totals.values())
    return {bid_key: ordered.index(total) + 1 for bid_key, total in totals.items()}


def _deviation(total: Money | None, estimate: Money | None) -> Fraction | None:
    """How far a total lies above (positive) or below the estimate, in exact percent of the estimate."""
    if total is None or estimate is None or estimate.cents <= 0:
        return None
    return Fraction((total - estimate).cents * 100, estimate.cents)
