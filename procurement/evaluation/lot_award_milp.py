"""The best distribution of the lots as an integer program for HiGHS, with a proof that no other is as good.

Binary ``x`` awards a lot to a bidder, ``u`` leaves it without an award, ``y`` uses a package, ``z`` and ``w`` a volume
rebate. Prices enter as what they are above the lowest of their lot, so that large sums lose no cents. The gap is zero,
one thread and a fixed seed give the same answer every time. HiGHS computes in binary floats: what it returns is
rounded to whole decisions, checked against every limit and valued again in exact cents; a next best distribution is
then forced by forbidding this one, and whichever is really better stands. Volume rebates enter the program unrounded,
since their lots are not known beforehand; the search then goes on until rounding cannot make up for the distance. A
search that ran out of time says so and names its bound.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, lcm

import highspy
import numpy as np

from procurement.evaluation.lot_award import (
    Award,
    LotCase,
    amount_of,
    counting_packages,
    counting_volumes,
    in_order,
    is_admissible,
    is_cheapest,
    limits_of,
    standing,
    total_of,
)

SECONDS = 60
SEED = 4711
MOST_EQUAL = 12
SMALL = 1e-6
SOLVER = f"HiGHS {highspy.Highs().version()}"  # type: ignore[no-untyped-call]
Row = Mapping[int, float]


class NoDistribution(RuntimeError):
    """The solver found nothing in its time, or something that breaks a limit."""


@dataclass(frozen=True, slots=True)
class Solution:
    """The best distributions found, equal in everything; ``is_proven`` unless time ran out, then ``bound`` in cents.

    ``is_complete`` means that all equal ones are there.
    """

    best: tuple[Award, ...]
    total: Fraction
    is_proven: bool
    is_complete: bool
    bound: Fraction | None = None


class _Program:
    """Columns and rows of one case in one HiGHS instance."""

    def __init__(self, case: LotCase, seconds: float) -> None:
        self.case, self.seconds = case, seconds
        self.solver = highspy.Highs()  # type: ignore[no-untyped-call]
        options = {"output_flag": False, "threads": 1, "random_seed": SEED, "mip_rel_gap": 0.0, "mip_abs_gap": 0.0}
        for name, value in options.items():
            self.solver.setOptionValue(name, value)
        self.upper: list[float] = []
        self.cost: list[float] = []
        self.rows: list[tuple[float, float, Row]] = []
        self.continuous: set[int] = set()
        self.is_proven = True
        self.bound: Fraction | None = None
        lowest = {lot: min((case.prices[who][lot] for who in case.bidders_for(lot)), default=0) for lot in case.lots}
        self.base = sum(lowest.values())
        self.award = {
            (who, lot): self._column(case.prices[who][lot] - lowest[lot])
            for lot in case.lots
            for who in case.bidders_for(lot)
        }
        self.left = {lot: self._column(-lowest[lot]) for lot in case.lots}
        self._limits()
        self._rebates()
        self._build()

    def _column(self, cost: Fraction | int, upper: float = 1.0) -> int:
        self.cost.append(float(cost))
        self.upper.append(upper)
        return len(self.cost) - 1

    def _row(self, lower: float, upper: float, row: Row) -> None:
        self.rows.append((lower, upper, row))

    def _own(self, bidder: str) -> dict[str, int]:
        return {lot: self.award[bidder, lot] for lot in self.case.prices[bidder]}

    def _limits(self) -> None:
        case = self.case
        for lot in case.lots:
            choices = [self.award[who, lot] for who in case.bidders_for(lot)] + [self.left[lot]]
            self._row(1, 1, dict.fromkeys(choices, 1.0))
        for limit in limits_of(case):
            columns = [column for bidder in limit.bidders for column in self._own(bidder).values()]
            self._row(-highspy.kHighsInf, limit.most, dict.fromkeys(columns, 1.0))
        for bidder, capacity in case.capacities.items():
            # In whole units, so that "exactly as much as there is" is no matter of floats.
            needs = {column: case.needs.get(lot, Fraction(0)) for lot, column in self._own(bidder).items()}
            unit = lcm(*(need.denominator for need in needs.values()))
            row = {column: float(need * unit) for column, need in needs.items()}
            self._row(-highspy.kHighsInf, floor(capacity * unit) + 0.5, row)

    def _rebates(self) -> None:
        """One rebate per bidder, each only with all that it takes."""
        used: dict[str, list[int]] = {}
        for package in counting_packages(self.case):
            column = self._column(-amount_of(self.case, package))
            used.setdefault(package.bidder, []).append(column)
            for lot in package.lots:
                self._row(-highspy.kHighsInf, 0, {column: 1.0, self.award[package.bidder, lot]: -1.0})
        for volume in counting_volumes(self.case):
            used.setdefault(volume.bidder, []).append(self._volume(volume.bidder, volume.least, volume.discount))
        for columns in used.values():
            self._row(-highspy.kHighsInf, 1, dict.fromkeys(columns, 1.0))

    def _volume(self, bidder: str, least: int, discount: Fraction) -> int:
        """``w`` is the rebate in cents: at most the share of what is won, and nothing unless ``z`` is chosen."""
        own, prices = self._own(bidder), self.case.prices[bidder]
        most = float(discount * sum(prices.values()))
        chosen, amount = self._column(0), self._column(-1, most)
        self.continuous.add(amount)
        shares = {column: -float(discount * prices[lot]) for lot, column in own.items()}
        self._row(-highspy.kHighsInf, 0, {amount: 1.0, **shares})
        self._row(-highspy.kHighsInf, 0, {amount: 1.0, chosen: -most})
        self._row(-highspy.kHighsInf, 0, {chosen: float(least), **dict.fromkeys(own.values(), -1.0)})
        if self.case.mode.value == "frankfurt":
            for lot, column in own.items():
                if not is_cheapest(self.case, bidder, lot, discount):
                    self._row(-highspy.kHighsInf, 1, {chosen: 1.0, column: 1.0})
        return chosen

    def _build(self) -> None:
        count = len(self.cost)
        self.solver.addCols(count, self.cost, [0.0] * count, self.upper, 0, [], [], [])
        whole = [column for column in range(count) if column not in self.continuous]
        kinds = np.full(len(whole), int(highspy.HighsVarType.kInteger), dtype=np.uint8)
        self.solver.changeColsIntegrality(len(whole), np.array(whole, dtype=np.int32), kinds)
        for lower, upper, row in self.rows:
            self.add(lower, upper, row)

    def add(self, lower: float, upper: float, row: Row) -> None:
        """One more condition."""
        self.solver.addRow(lower, upper, len(row), list(row), list(row.values()))

    def aim(self, costs: Row) -> None:
        """Minimise these costs from now on."""
        every = list(range(len(self.cost)))
        self.solver.changeColsCost(len(every), every, [costs.get(column, 0.0) for column in every])

    def forbid(self, award: Award) -> None:
        """Rule this distribution out."""
        pairs = zip(self.case.lots, award, strict=True)
        columns = [self.left[lot] if who is None else self.award[who, lot] for lot, who in pairs]
        self.add(-highspy.kHighsInf, len(columns) - 1, dict.fromkeys(columns, 1.0))

    def fill(self, *, may_leave: bool) -> None:
        """Whether lots with bids may stay without an award."""
        for lot, column in self.left.items():
            self.solver.changeColBounds(column, 0.0, 1.0 if may_leave or not self.case.bidders_for(lot) else 0.0)

    def run(self) -> Award | None:
        """The best distribution, checked; ``None`` if there is none."""
        self.solver.setOptionValue("time_limit", self.solver.getRunTime() + self.seconds)
        self.solver.run()
        status = self.solver.getModelStatus()
        if status in {highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible}:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            self.is_proven = False
        values = self.solver.getSolution().col_value
        if not values:
            raise NoDistribution("Es wurde in der Zeit keine zulässige Verteilung der Lose gefunden.")
        award = tuple(self._winner(lot, values) for lot in self.case.lots)
        if not is_admissible(self.case, award):
            raise NoDistribution("Die gefundene Verteilung der Lose verletzt eine Grenze.")
        return award

    def _winner(self, lot: str, values: Sequence[float]) -> str | None:
        return next((who for who in self.case.bidders_for(lot) if values[self.award[who, lot]] > 0.5), None)  # noqa: PLR2004

    def note_bound(self) -> None:
        """The proven bound of the total in cents when time ran out."""
        if not self.is_proven and self.bound is None:
            self.bound = Fraction(self.base + ceil(self.solver.getInfo().mip_dual_bound - SMALL))


def solved(case: LotCase, *, seconds: float = SECONDS, most_equal: int = MOST_EQUAL) -> Solution:
    """The best distribution and those exactly as good, up to ``most_equal``; with 1 only the best is looked for.

    Raises :class:`NoDistribution` if time did not suffice for any.
    """
    program = _Program(case, seconds)
    _award_most(program)
    for goal in case.goals:
        _reach(program, {program.award[pair]: -float(worth) for pair, worth in goal.items() if pair in program.award})
    program.aim(dict(enumerate(program.cost)))
    found = [_first(program)]
    program.note_bound()
    blur = _blur(case)
    most = MOST_EQUAL if blur else most_equal
    is_complete = most == 1
    while program.is_proven and not is_complete and len(_equals(case, found)) < most:
        program.forbid(found[-1])
        following = program.run()
        is_complete = following is None or standing(case, following) > _limit(case, found, blur)
        if following is not None:
            found.append(following)
    best = in_order(case, _equals(case, found))
    is_proven = program.is_proven and (is_complete or not blur)
    return Solution(tuple(best), total_of(case, best[0]), is_proven, is_complete, program.bound)


def _blur(case: LotCase) -> int:
    """How many cents the rounding of volume rebates may move two distributions against each other."""
    rounded = {
        volume.bidder
        for volume in counting_volumes(case)
        for price in case.prices[volume.bidder].values()
        if (volume.discount * price).denominator > 1
    }
    return len(rounded)


def _award_most(program: _Program) -> None:
    """Leave lots without an award only if limits force it, and then as few as possible."""
    program.fill(may_leave=False)
    if not program.case.limits and not program.case.capacities:
        return
    nothing: Row = {}
    program.aim(nothing)
    if program.run() is None:
        program.fill(may_leave=True)
        _reach(program, dict.fromkeys(program.left.values(), 1.0))


def _reach(program: _Program, costs: Row) -> None:
    """Minimise these costs and keep to the minimum from now on."""
    program.aim(costs)
    award = _first(program)
    pairs = zip(program.case.lots, award, strict=True)
    chosen = {program.left[lot] if who is None else program.award[who, lot] for lot, who in pairs}
    reached = sum(cost for column, cost in costs.items() if column in chosen)
    program.add(-highspy.kHighsInf, reached + SMALL * max(1.0, abs(reached)), costs)


def _first(program: _Program) -> Award:
    award = program.run()
    if award is None:
        raise NoDistribution("Es gibt keine zulässige Verteilung der Lose.")
    return award


def _equals(case: LotCase, found: Sequence[Award]) -> list[Award]:
    lowest = min(standing(case, award) for award in found)
    return [award for award in found if standing(case, award) == lowest]


def _limit(case: LotCase, found: Sequence[Award], blur: int) -> tuple[Fraction, ...]:
    """From where on a following distribution and all after it are surely worse, beyond floats and rounding."""
    *goals, total = min(standing(case, award) for award in found)
    return (*goals, total + blur + Fraction(1, 2))
