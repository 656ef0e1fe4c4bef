"""Where one single point more or less would change rank 1: every bid and every criterion, tried one by one.

For each rival the missing performance points are divided by the weight points of a criterion; that many points of the
scale are lacking there. If one is enough, and the scale has room for it, the reason given for these points deserves a
second reading. For the winner it is asked the other way round. Both lists are proven by scoring again.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from procurement.evaluation.contest import Contest
from procurement.evaluation.run_result import BidResult, RunResult
from procurement.evaluation.threshold import Probe, Threshold, threshold
from procurement.tenders.criteria_tree import TOP_OF_SCALE

POINT_UNIT = Fraction(1, 1000)
HIGHEST_FACTOR = 10


@dataclass(frozen=True, slots=True)
class PointsNeeded:
    """Performance points with which a bid takes rank 1 (or, for the winner, loses it), and what it lacks or can spare.

    Without such a number the formula gives none within the attainable points.
    """

    bid: str
    points: Fraction
    turning: Fraction | None

    @property
    def missing(self) -> Fraction | None:
        """Performance points from the own ones to there; negative for the winner."""
        return None if self.turning is None else self.turning - self.points


@dataclass(frozen=True, slots=True)
class OnePointFlip:
    """A bid and a criterion where one point more (or less, for the winner) changes rank 1.

    ``needed`` is the exact part of a point that is enough; ``is_possible`` whether the scale has room for a whole one.
    """

    bid: str
    number: str
    title: str
    points: Fraction
    direction: Literal[1, -1]
    needed: Fraction
    euro: Fraction | None
    is_possible: bool


def points_needed(contest: Contest, name: str, most: Fraction) -> PointsNeeded:
    """How many performance points a bid needs for rank 1, or has at least to keep if it is alone there."""
    own = contest.points[name]
    winners = contest.winners()
    if name in winners:
        found = _turn(contest, name, own, Fraction(0)) if len(winners) == 1 and own else None
        return PointsNeeded(name, own, None if found is None else found.nearest)
    if most <= own or not contest.with_points({name: most}).probe(name).holds:
        return PointsNeeded(name, own, None)
    found = _turn(contest, name, most, own)
    return PointsNeeded(name, own, None if found is None else found.nearest)


def highest_points(contest: Contest) -> Fraction:
    """The most points to try: what is attainable, else ten times the best bid."""
    known = contest.parameters.max_points
    return known if known is not None else HIGHEST_FACTOR * max(contest.points.values(), default=Fraction(0))


def one_point_flips(
    contest: Contest, result: RunResult, needed: tuple[PointsNeeded, ...], euro_per_point: Fraction | None
) -> tuple[OnePointFlip, ...]:
    """Every flip by one point of the scale, rivals first in the order of the bids, then the winner."""
    winners = contest.winners()
    by_name = {bid.name: bid for bid in result.bids}
    found = []
    for one in sorted(needed, key=lambda one: one.bid in winners):
        if one.missing is not None:
            found += _flips(contest, by_name[one.bid], one.missing, euro_per_point)
    return tuple(found)


def _flips(contest: Contest, bid: BidResult, missing: Fraction, euro: Fraction | None) -> list[OnePointFlip]:
    direction: Literal[1, -1] = -1 if bid.name in contest.winners() else 1
    found = []
    for leaf in bid.leaves:
        if not leaf.weight_points:
            continue
        needed = abs(missing) / leaf.weight_points
        after = leaf.points + direction
        is_possible = 0 <= after <= TOP_OF_SCALE
        if needed <= 1 and _is_proven(contest, bid.name, direction * leaf.weight_points):
            value = None if euro is None else euro * leaf.weight_points
            found.append(
                OnePointFlip(bid.name, leaf.number, leaf.title, leaf.points, direction, needed, value, is_possible)
            )
    return found


def _is_proven(contest: Contest, name: str, gained: Fraction) -> bool:
    winners = contest.with_points({name: contest.points[name] + gained}).winners()
    return name in winners if gained > 0 else winners != (name,)


def _turn(contest: Contest, name: str, start: Fraction, end: Fraction) -> Threshold | None:
    def trial(points: Fraction) -> Probe:
        return contest.with_points({name: points}).probe(name)

    return threshold(trial, start, end, POINT_UNIT, _breaks(contest, name))


def _breaks(contest: Contest, name: str) -> set[Fraction]:
    """Points at which a formula may change its shape: those of others, the threshold, equal points per euro."""
    parameters, own_price = contest.parameters, contest.prices[name]
    found: set[Fraction] = set()
    if parameters.threshold is not None and parameters.max_points is not None:
        found.add(parameters.threshold * parameters.max_points)
    for other, points in contest.points.items():
        found.add(points)
        price = contest.prices[other]
        if other != name and price:
            same = points * own_price / price
            found.add(same)
            if parameters.corridor is not None and parameters.corridor < 1:
                found |= {same * (1 - parameters.corridor), same / (1 - parameters.corridor)}
    return found
