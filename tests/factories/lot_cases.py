"""Cases of several lots without a database: G13 of the worked examples, and random ones from a seed."""

import random
from fractions import Fraction

from procurement.evaluation.lot_award import LotCase, Rebate, Volume
from procurement.tenders.lot_rules import LotMode

# Thousands of euro; a lot left out is no bid.
G13 = {
    "A": {"1": 178, "2": 142, "3": 120, "4": 132},
    "B": {"1": 190, "2": 152, "3": 138},
    "C": {"1": 182, "2": 140, "3": 148, "4": 146},
    "D": {"2": 168, "3": 138, "4": 144},
}
G13_PACKAGES = (
    Rebate("A", ("2", "3"), Fraction(6, 100)),
    Rebate("B", ("2", "3"), Fraction(10, 100)),
    Rebate("C", ("1", "4"), Fraction(5, 100)),
)


def cents(thousands: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    """Thousands of euro as cents."""
    return {bidder: {lot: price * 100_000 for lot, price in of.items()} for bidder, of in thousands.items()}


def g13(limit: int | None = None, mode: LotMode = LotMode.NONE) -> LotCase:
    """G13 with a limit of lots per bidder, in one of the announced modes."""
    limits = {} if limit is None else dict.fromkeys(G13, limit)
    return LotCase(("1", "2", "3", "4"), cents(G13), G13_PACKAGES, limits=limits, mode=mode)


def random_case(chance: random.Random) -> LotCase:
    """Up to five lots and five bidders with rebates, limits, linked bidders, capacities and a goal, some of them."""
    lots = tuple(str(number) for number in range(1, chance.randint(1, 5) + 1))
    bidders = "ABCDE"[: chance.randint(1, 5)]
    prices = {bidder: {lot: _price(chance) for lot in lots if chance.random() < 0.8} for bidder in bidders}
    needs = {lot: Fraction(chance.randint(1, 30), 10) for lot in lots} if chance.random() < 0.3 else {}
    worth = {(bidder, lot): Fraction(chance.randint(0, 3), 3) for bidder in bidders for lot in prices[bidder]}
    return LotCase(
        lots,
        prices,
        tuple(one for bidder in bidders for one in _packages(chance, bidder, list(prices[bidder]))),
        tuple(Volume(bidder, chance.randint(1, 3), _share(chance)) for bidder in bidders if chance.random() < 0.3),
        {bidder: chance.randint(1, 3) for bidder in bidders if chance.random() < 0.6},
        (("A", "B"),) if len(bidders) > 1 and chance.random() < 0.3 else (),
        needs,
        {bidder: Fraction(chance.randint(10, 60), 10) for bidder in bidders} if needs else {},
        chance.choice(list(LotMode)),
        (worth,) if chance.random() < 0.3 else (),
    )


def _price(chance: random.Random) -> int:
    """Some prices in whole euro, so that some distributions are exactly equal."""
    return chance.choice([chance.randint(1000, 2000), chance.randint(10, 20) * 100])


def _share(chance: random.Random) -> Fraction:
    return Fraction(chance.randint(1, 200), 1000)


def _packages(chance: random.Random, bidder: str, lots: list[str]) -> list[Rebate]:
    if len(lots) < 2:
        return []
    return [
        Rebate(bidder, tuple(sorted(chance.sample(lots, chance.randint(2, len(lots))))), _share(chance))
        for _ in range(chance.randint(0, 2))
    ]
