"""Who gets which lot: solver and full search side by side, what each limit costs, and whom it displaced.

Both results are kept. The distribution counts as proven only if the solver proved it and, where all distributions could
be tried, trying them gave the same. Equal distributions are told apart by the announced rule or by drawing lots.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from procurement.evaluation.lot_award import Award, Limit, LotCase, Rebate, earned, limits_of, total_of
from procurement.evaluation.lot_award_milp import SECONDS, SOLVER, Solution, solved
from procurement.evaluation.lot_award_search import (
    Search,
    binding_limits,
    can_be_searched,
    lot_by_lot,
    searched,
)

Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class LimitCost:
    """What one limit costs: the total less the optimum without it, and the lots that these bidders would then win.

    ``cost`` is nothing if more lots could be awarded without it, since a lot without an award has no price.
    """

    limit: Limit
    total_without: Fraction
    cost: Fraction | None
    displaced: tuple[tuple[str, str], ...]
    is_proven: bool


@dataclass(frozen=True, slots=True)
class Determination:
    """The distribution of the lots, in exact cents, with everything that shows it to be right."""

    award: Award
    total: Fraction
    rebates: tuple[Rebate, ...]
    equals: tuple[Award, ...]
    is_optimal: bool
    is_unique: bool
    bound: Fraction | None
    search: Search | None
    unlimited: Solution
    limits: tuple[LimitCost, ...]
    by_hand: Award
    by_hand_total: Fraction

    @property
    def method(self) -> str:
        """How it was found, in short."""
        return f"MILP ({SOLVER}, Lücke 0) und vollständige Suche" if self.search else f"MILP ({SOLVER}, Lücke 0)"

    @property
    def is_confirmed(self) -> bool:
        """Whether trying all distributions gave the same; also where there were too many to try."""
        return self.search is None or (self.search.total == self.total and self.award in self.search.best)


def determined(case: LotCase, *, seconds: float = SECONDS, report: Report | None = None) -> Determination:
    """Distribute the lots; ``seconds`` is the time for one search, ``report`` hears how many searches are done.

    Raises :class:`NoDistribution` if time did not suffice for any distribution.
    """
    found = solved(case, seconds=seconds)
    search = searched(case) if can_be_searched(case) else None
    equals = search.best if search and set(found.best) <= set(search.best) else found.best
    award = equals[0]
    limits = limits_of(case)
    binding = [limits[place] for place in binding_limits(case, award)]
    unlimited = solved(case.without(None), seconds=seconds, most_equal=1) if limits else found
    costs = []
    for place, limit in enumerate(binding):
        if report is not None:
            report(place + 2, len(binding) + 2)
        costs.append(_cost_of(case, limit, award, seconds))
    by_hand = lot_by_lot(case)
    is_confirmed = search is None or (search.total == found.total and set(found.best) <= set(search.best))
    return Determination(
        award=award,
        total=total_of(case, award),
        rebates=tuple(earned(case, award)),
        equals=tuple(equals),
        is_optimal=found.is_proven and is_confirmed,
        is_unique=found.is_complete and len(equals) == 1,
        bound=found.bound,
        search=search,
        unlimited=unlimited,
        limits=tuple(costs),
        by_hand=by_hand,
        by_hand_total=total_of(case, by_hand),
    )


def _cost_of(case: LotCase, limit: Limit, award: Award, seconds: float) -> LimitCost:
    free = solved(case.without(limit), seconds=seconds, most_equal=1)
    other = free.best[0]
    displaced = tuple(
        (lot, who)
        for lot, who, now in zip(case.lots, other, award, strict=True)
        if who is not None and who in limit.bidders and who != now
    )
    cost = total_of(case, award) - free.total if other.count(None) == award.count(None) else None
    return LimitCost(limit, free.total, cost, displaced, free.is_proven)
