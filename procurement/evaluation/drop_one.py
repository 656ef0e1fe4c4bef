"""What one bid does to the others: the drop-one test ("Brautjungfer") and the check of dominance.

A bid that never wins may still decide who does, because it is the lowest price or moves a median. Such a bid is worth a
second look before it is excluded. A bid that is at least as good in points and price as another, and better in one,
must stand in front of it under every lawful method; only inside a corridor with another criterion it need not.
"""

from dataclasses import dataclass

from procurement.evaluation.contest import Contest, rivals
from procurement.tenders.method import ScoringMethod


@dataclass(frozen=True, slots=True)
class Dropped:
    """Who would be on rank 1 if this bid were not there."""

    bid: str
    winners: tuple[str, ...]
    changes_winner: bool


@dataclass(frozen=True, slots=True)
class Dominance:
    """``better`` is nowhere worse than ``worse``; ``is_violated`` if the worse one is ranked ahead all the same."""

    better: str
    worse: str
    is_violated: bool


def drop_one(contest: Contest) -> tuple[Dropped, ...]:
    """The contest again without each bid that is not on rank 1; nothing to drop with fewer than three bids."""
    winners = contest.winners()
    return tuple(
        Dropped(name, left, set(left) != set(winners))
        for name in rivals(contest, winners)
        for left in [contest.without(name).winners()]
    )


def dominances(contest: Contest) -> tuple[Dominance, ...]:
    """Every pair in which one bid dominates another, in the order of the bids."""
    points, prices = contest.points, contest.prices
    ranks = {line.id: line.rank for line in contest.sheet().bids}
    found = []
    for better in points:
        for worse in points:
            own, other = (points[better], -prices[better]), (points[worse], -prices[worse])
            if own == other or own[0] < other[0] or own[1] < other[1]:
                continue
            found.append(Dominance(better, worse, _is_ahead(ranks[worse], ranks[better]) and _must_hold(contest)))
    return tuple(found)


def _is_ahead(rank: int | None, other: int | None) -> bool:
    return rank is not None and (other is None or rank < other)


def _must_hold(contest: Contest) -> bool:
    return contest.method is not ScoringMethod.EXTENDED_RATIO
