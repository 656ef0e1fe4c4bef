"""Distributing lots: 20 lots × 15 bidders as in a request, 200 × 50 as in a job, beside the bare solver call."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction

from bench.measuring import Case
from procurement.evaluation.lot_award import LotCase, Rebate, is_admissible
from procurement.evaluation.lot_award_determination import Determination, determined
from procurement.evaluation.lot_award_milp import Solution, solved
from procurement.tenders.lot_rules import LotMode

SEED = 2026
PRESENT = 0.7
SIZES = (("lots", 20, 15, 45, 3), ("lots_large", 200, 50, 250, 6))


def cases() -> Iterator[Case]:
    """The whole determination (uniqueness, what each limit costs) beside one search for the best distribution."""
    for name, lots, bidders, packages, limit in SIZES:
        case = random_case(lots, bidders, packages, limit)
        size = f"{lots} lots × {bidders} bidders, {packages} packages, limit {limit}"
        yield Case(name, size, _determination(case), _search(case), _agree(case))


def random_case(lots: int, bidders: int, packages: int, limit: int) -> LotCase:
    """Prices around a value per lot, seven tenths of them there, and packages of two to four lots."""
    chance = random.Random(SEED)  # noqa: S311 - the same figures every time are the point
    numbers = tuple(str(number) for number in range(1, lots + 1))
    names = [f"Bieter {number}" for number in range(1, bidders + 1)]
    value = {lot: chance.randint(5_000_000, 50_000_000) for lot in numbers}
    prices = {
        name: {lot: int(value[lot] * chance.uniform(0.85, 1.3)) for lot in numbers if chance.random() < PRESENT}
        for name in names
    }
    offered = []
    for _ in range(packages):
        name = chance.choice(names)
        own = tuple(chance.sample(list(prices[name]), chance.randint(2, 4)))
        offered.append(Rebate(name, own, Fraction(chance.randint(1, 12), 100)))
    return LotCase(numbers, prices, tuple(offered), limits=dict.fromkeys(names, limit), mode=LotMode.COMBINATION)


def _determination(case: LotCase) -> Callable[[], Determination]:
    return lambda: determined(case)


def _search(case: LotCase) -> Callable[[], Solution]:
    return lambda: solved(case, most_equal=1)


def _agree(case: LotCase) -> Callable[[object, object], None]:
    def check(path: object, floor: object) -> None:
        if not isinstance(path, Determination) or not isinstance(floor, Solution):
            raise TypeError("a determination and a solution are compared")
        if path.total != floor.total or not path.is_optimal or not is_admissible(case, path.award):
            raise AssertionError("both are proven and come to the same total")
        if any(limit.cost is not None and limit.cost < 0 for limit in path.limits):
            raise AssertionError("no limit makes the award cheaper")
        if solved(replace(case, prices=dict(reversed(case.prices.items()))), most_equal=1).total != path.total:
            raise AssertionError("the order of the bidders does not matter")

    return check
