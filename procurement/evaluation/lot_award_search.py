"""Distributions found without a solver: by trying all of them, and lot by lot as people would do it by hand.

Trying all is the independent proof for up to six lots and six bidders (46,656 distributions). Going lot by lot is shown
for comparison only: with a limit it depends on the order of the lots and can be dearer (G13: 582 instead of 574).
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from procurement.evaluation.lot_award import (
    Award,
    LotCase,
    in_order,
    is_admissible,
    limits_of,
    standing,
    total_of,
)

MOST_LOTS = MOST_BIDDERS = 6


@dataclass(frozen=True, slots=True)
class Search:
    """The best of all distributions, every other that is exactly as good, and how many were looked at."""

    best: tuple[Award, ...]
    total: Fraction
    tried: int


def can_be_searched(case: LotCase) -> bool:
    """Whether trying all distributions is quick enough."""
    return len(case.lots) <= MOST_LOTS and len(case.bidders) <= MOST_BIDDERS


def searched(case: LotCase) -> Search:
    """Try every distribution; lots stay without an award only where nothing else is admissible."""
    for may_leave in (False, True):
        best: list[Award] = []
        lowest: tuple[Fraction, ...] | None = None
        tried = 0
        for award in _admissible(case, may_leave=may_leave):
            tried += 1
            found = standing(case, award)
            if lowest is None or found < lowest:
                lowest, best = found, [award]
            elif found == lowest:
                best.append(award)
        if best:
            break
    return Search(tuple(in_order(case, best)), total_of(case, best[0]), tried)


def _admissible(case: LotCase, *, may_leave: bool) -> Iterator[Award]:
    choices = []
    for lot in case.lots:
        bidders: list[str | None] = list(case.bidders_for(lot))
        choices.append([*bidders, None] if may_leave or not bidders else bidders)
    is_free = not case.limits and not case.capacities
    return (award for award in itertools.product(*choices) if is_free or is_admissible(case, award))


def lot_by_lot(case: LotCase) -> Award:
    """Each lot in its order to the lowest price among those who may still win one; rebates are not looked at."""
    award: list[str | None] = []
    for lot in case.lots:
        rest = [None] * (len(case.lots) - len(award) - 1)
        by_price = sorted(case.bidders_for(lot), key=lambda bidder: case.prices[bidder][lot])
        award.append(next((who for who in by_price if is_admissible(case, (*award, who, *rest))), None))
    return tuple(award)


def binding_limits(case: LotCase, award: Award) -> list[int]:
    """The places of the limits that a distribution uses up."""
    return [
        place for place, limit in enumerate(limits_of(case)) if sum(who in limit.bidders for who in award) == limit.most
    ]
