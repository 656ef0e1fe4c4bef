"""The award of several lots as one case: prices, rebates, limits, and what a distribution of the lots is worth.

Prices are integer cents. A rebate is a share of the undiscounted prices of its lots, rounded half up to the cent once,
as the bidder will be paid; so every total is in whole cents, and what is compared is what is spent. Of several rebates
a bidder gets the highest that its lots earn, never two. A lot without an award is no saving: the distribution that
awards more lots comes first.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from procurement.tenders.lot_rules import LotMode
from procurement.values.rounding import half_up

Award = tuple[str | None, ...]
Worth = Mapping[tuple[str, str], Fraction]


@dataclass(frozen=True, slots=True)
class Rebate:
    """A share off the prices of these lots if the bidder wins all of them; as offered or as earned by volume."""

    bidder: str
    lots: tuple[str, ...]
    discount: Fraction


@dataclass(frozen=True, slots=True)
class Volume:
    """A share off the prices of all lots that the bidder wins, from so many lots on."""

    bidder: str
    least: int
    discount: Fraction


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many lots for one bidder, or for linked bidders together."""

    bidders: tuple[str, ...]
    most: int


@dataclass(frozen=True, slots=True)
class LotCase:
    """Everything a distribution of the lots is decided by; lots and bidders in a fixed order.

    ``goals`` come before the price: of each, the largest sum over the awarded pairs of bidder and lot.
    """

    lots: tuple[str, ...]
    prices: Mapping[str, Mapping[str, int]]
    packages: tuple[Rebate, ...] = ()
    volumes: tuple[Volume, ...] = ()
    limits: Mapping[str, int] = field(default_factory=dict)
    linked: tuple[tuple[str, ...], ...] = ()
    needs: Mapping[str, Fraction] = field(default_factory=dict)
    capacities: Mapping[str, Fraction] = field(default_factory=dict)
    mode: LotMode = LotMode.NONE
    goals: tuple[Worth, ...] = ()

    @property
    def bidders(self) -> tuple[str, ...]:
        """The bidders in the order of the case."""
        return tuple(self.prices)

    def bidders_for(self, lot: str) -> list[str]:
        """Who offers a price for a lot."""
        return [bidder for bidder, prices in self.prices.items() if lot in prices]

    def without(self, limit: Limit | None) -> "LotCase":
        """The same case with one limit lifted; without any award limit for ``None``."""
        kept = {} if limit is None else {who: most for who, most in self.limits.items() if who not in limit.bidders}
        return replace(self, limits=kept)


def limits_of(case: LotCase) -> list[Limit]:
    """Every limit once: linked bidders share the smallest of theirs."""
    groups = [frozenset({bidder}) for bidder in case.bidders]
    for linked in case.linked:
        joined = frozenset(linked).union(*(group for group in groups if group & set(linked)))
        groups = [group for group in groups if not group & joined] + [joined]
    found = []
    for group in groups:
        given = [case.limits[bidder] for bidder in group if bidder in case.limits]
        if given:
            found.append(Limit(tuple(bidder for bidder in case.bidders if bidder in group), min(given)))
    return sorted(found, key=lambda limit: case.bidders.index(limit.bidders[0]))


def is_cheapest(case: LotCase, bidder: str, lot: str, discount: Fraction) -> bool:
    """Frankfurt test in one lot: the rebated price is not above any other bid without rebate (11 Verg 5/17)."""
    own = case.prices[bidder][lot] * (1 - discount)
    return all(own <= prices[lot] for other, prices in case.prices.items() if other != bidder and lot in prices)


def counting_packages(case: LotCase) -> list[Rebate]:
    """The packages that count in the announced mode."""
    if case.mode is LotMode.NONE:
        return []
    return [package for package in case.packages if case.mode is LotMode.COMBINATION or _passes(case, package)]


def counting_volumes(case: LotCase) -> list[Volume]:
    """The volume rebates that can count in the announced mode."""
    return [] if case.mode is LotMode.NONE else list(case.volumes)


def _passes(case: LotCase, rebate: Rebate) -> bool:
    return all(is_cheapest(case, rebate.bidder, lot, rebate.discount) for lot in rebate.lots)


def amount_of(case: LotCase, rebate: Rebate) -> Fraction:
    """The rebate in whole cents, rounded half up."""
    return Fraction(half_up(rebate.discount * sum(case.prices[rebate.bidder][lot] for lot in rebate.lots)))


def won_by(case: LotCase, award: Award) -> dict[str, list[str]]:
    """The lots of each bidder that wins any, in the order of the case."""
    won: dict[str, list[str]] = {}
    for lot, bidder in zip(case.lots, award, strict=True):
        if bidder is not None:
            won.setdefault(bidder, []).append(lot)
    return won


def earned(case: LotCase, award: Award) -> list[Rebate]:
    """The one rebate of each bidder that counts, with the lots it is earned by; the first of equal ones."""
    found = []
    packages, volumes = counting_packages(case), counting_volumes(case)
    for bidder, lots in won_by(case, award).items():
        offers = [one for one in packages if one.bidder == bidder and set(one.lots) <= set(lots)]
        reached = [one for one in volumes if one.bidder == bidder and len(lots) >= one.least]
        by_volume = [Rebate(bidder, tuple(lots), one.discount) for one in reached]
        offers += [one for one in by_volume if case.mode is not LotMode.FRANKFURT or _passes(case, one)]
        if offers:
            found.append(max(offers, key=lambda one: amount_of(case, one)))
    return found


def total_of(case: LotCase, award: Award) -> Fraction:
    """The sum of all awarded prices less the rebates, in whole cents."""
    listed = sum(case.prices[bidder][lot] for lot, bidder in zip(case.lots, award, strict=True) if bidder is not None)
    return listed - sum((amount_of(case, rebate) for rebate in earned(case, award)), Fraction(0))


def is_admissible(case: LotCase, award: Award) -> bool:
    """Whether every awarded bid exists and no limit or capacity is exceeded."""
    won = won_by(case, award)
    if any(lot not in case.prices[bidder] for bidder, lots in won.items() for lot in lots):
        return False
    if any(sum(len(won.get(bidder, ())) for bidder in limit.bidders) > limit.most for limit in limits_of(case)):
        return False
    return all(
        sum((case.needs.get(lot, Fraction(0)) for lot in won.get(bidder, ())), Fraction(0)) <= capacity
        for bidder, capacity in case.capacities.items()
    )


def standing(case: LotCase, award: Award) -> tuple[Fraction, ...]:
    """What distributions are compared by, the smallest first: unawarded lots, goals not reached, total in cents."""
    goals = tuple(-_sum_of(goal, case.lots, award) for goal in case.goals)
    return (Fraction(award.count(None)), *goals, total_of(case, award))


def _sum_of(goal: Worth, lots: Sequence[str], award: Award) -> Fraction:
    pairs = ((bidder, lot) for lot, bidder in zip(lots, award, strict=True) if bidder is not None)
    return sum((goal.get(pair, Fraction(0)) for pair in pairs), Fraction(0))


def in_order(case: LotCase, awards: Iterable[Award]) -> list[Award]:
    """Distributions in an order that does not depend on how they were found: lot by lot, bidders as in the case."""
    place = {bidder: index for index, bidder in enumerate(case.bidders)}
    return sorted(awards, key=lambda award: [len(place) if who is None else place[who] for who in award])
