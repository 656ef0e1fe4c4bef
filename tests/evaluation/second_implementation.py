"""Every scoring method a second time, written from the formulas of the domain notes and not from the product.

Nothing is imported from the product. Points and cents are whole numbers, weights whole percent; a score is a numerator
over a positive denominator; bids are compared two by two with cross products, and nothing is ever sorted by a score.
"""

from dataclasses import dataclass, field
from math import gcd

TIMES_SHOWN = 10_000
TOP = 10
HUNDRED = 100


@dataclass
class Case:
    """One procedure in whole numbers: points, cents, percent, tenths; ``decimals`` is None without a rounding."""

    points: list[int]
    cents: list[int]
    parts: list[int] = field(default_factory=list)
    weight: int = 60
    corridor: int = 5
    criterion: str = "quality"
    most: int = 1000
    zero_tenths: int = 20
    reference_points: int = 800
    reference_cents: int = 10_000
    price_weight: int = 100
    price_rule: str = "quotient"
    bonus_cents: int = 10
    bonus_base: int = 0
    threshold: int = 50
    at_best: bool = False
    decimals: int | None = None
    place: str = "score"
    ties: tuple[str, ...] = ()

    @property
    def everyone(self):
        return range(len(self.points))


class NotApplicable(Exception):
    """The formula divides by zero points."""


def half_up(top, bottom, decimals):
    """Commercial rounding of top/bottom, the sign set aside, as a numerator over 10^decimals."""
    scale = 10**decimals
    away = (2 * abs(top) * scale + bottom) // (2 * bottom)
    return (-away if top < 0 else away), scale


def rounded(case, place, top, bottom, shown_times=1):
    if case.decimals is None or case.place != place:
        return top, bottom
    whole, scale = half_up(top * shown_times, bottom, case.decimals)
    return whole, scale * shown_times


def plus(one, other):
    return one[0] * other[1] + other[0] * one[1], one[1] * other[1]


def higher(one, other):
    """Cross product: whether one fraction is greater than another."""
    return one[0] * other[1] > other[0] * one[1]


def duel(case, scores, candidates, *, least_wins=False):
    """Ranks: one more than the number of those that beat a bid, by score, then by the published tie criteria."""

    def beats(one, other):
        first, second = (other, one) if least_wins else (one, other)
        if higher(scores[first], scores[second]):
            return True
        if higher(scores[second], scores[first]):
            return False
        return beats_on_tie(case, one, other)

    return {one: 1 + sum(beats(other, one) for other in candidates) for one in candidates}


def beats_on_tie(case, one, other):
    for rule in case.ties:
        if rule == "quality" and case.points[one] != case.points[other]:
            return case.points[one] > case.points[other]
        if rule == "price" and case.cents[one] != case.cents[other]:
            return case.cents[one] < case.cents[other]
    return False


def lowest_price(case):
    scores = [(cents, HUNDRED) for cents in case.cents]
    return scores, duel(case, scores, case.everyone, least_wins=True)


def ratios(case):
    return [rounded(case, "score", HUNDRED * case.points[bid], case.cents[bid], TIMES_SHOWN) for bid in case.everyone]


def simple_ratio(case):
    scores = ratios(case)
    return scores, duel(case, scores, case.everyone)


def extended_ratio(case):
    scores = ratios(case)
    best = next(one for one in case.everyone if not any(higher(scores[other], scores[one]) for other in case.everyone))
    inside = [
        bid
        for bid in case.everyone
        if scores[bid][0] * scores[best][1] * HUNDRED >= scores[best][0] * scores[bid][1] * (HUNDRED - case.corridor)
    ]
    deciding = {"quality": case.points, "price": [-cents for cents in case.cents], "part": case.parts}[case.criterion]

    def beats(one, other):
        if deciding[one] != deciding[other]:
            return deciding[one] > deciding[other]
        if higher(scores[one], scores[other]) or higher(scores[other], scores[one]):
            return higher(scores[one], scores[other])
        return beats_on_tie(case, one, other)

    return scores, {one: 1 + sum(beats(other, one) for other in inside) for one in inside}


def difference(case, points_base, cents_base):
    """Z = gL L/l - gP P/p with the bases as fractions l = l1/l2 and p = p1/p2, both in whole points and cents."""
    (l1, l2), (p1, p2) = points_base, cents_base
    if not l1:
        raise NotApplicable
    scores = []
    for bid in case.everyone:
        top = case.weight * case.points[bid] * l2 * p1 - (HUNDRED - case.weight) * case.cents[bid] * p2 * l1
        scores.append(rounded(case, "score", top, HUNDRED * l1 * p1))
    return scores, duel(case, scores, case.everyone)


def middle_twice(figures):
    """Twice the median: the figure that has as many below as above, found by taking away both ends."""
    left = list(figures)
    while len(left) > 2:
        left.remove(min(left))
        left.remove(max(left))
    return sum(left) * (3 - len(left))


def weighted_median(case):
    return difference(case, (middle_twice(case.points), 2), (middle_twice(case.cents), 2))


def weighted_mean(case):
    count = len(case.points)
    return difference(case, (sum(case.points), count), (sum(case.cents), count))


def weighted_reference(case):
    return difference(case, (case.reference_points, 1), (case.reference_cents, 1))


def on_hundred(case, base, price_share):
    if not base:
        raise NotApplicable
    scores = []
    for bid in case.everyone:
        share = price_share(case.cents[bid])
        price = rounded(case, "price_points", (HUNDRED - case.weight) * share[0], share[1])
        scores.append(rounded(case, "score", *plus((case.weight * case.points[bid], base), price)))
    return scores, duel(case, scores, case.everyone)


def quotient_share(case):
    lowest = min(case.cents)
    return lambda cents: (lowest, cents)


def line_share(case):
    """(c Pmin - P) over (c - 1) Pmin with c in tenths, never below zero."""
    lowest, tenths = min(case.cents), case.zero_tenths
    return lambda cents: (max(0, tenths * lowest - 10 * cents), (tenths - 10) * lowest)


def best_value(case):
    return on_hundred(case, max(case.points) if case.at_best else case.most, quotient_share(case))


def linear(case):
    return on_hundred(case, case.most, line_share(case))


def additive(case):
    share_of = quotient_share(case) if case.price_rule == "quotient" else line_share(case)
    scores = []
    for bid in case.everyone:
        share = share_of(case.cents[bid])
        rating = rounded(case, "price_points", TOP * share[0], share[1])
        total = plus((case.points[bid], 1), (case.price_weight * rating[0], rating[1]))
        scores.append(rounded(case, "score", *total))
    return scores, duel(case, scores, case.everyone)


def exponential(case):
    """S^q = L^p / P^(q-p), with the price in cents over a hundred."""
    common = gcd(case.weight, HUNDRED)
    p, q = case.weight // common, HUNDRED // common
    scores = [(case.points[bid] ** p * HUNDRED ** (q - p), case.cents[bid] ** (q - p)) for bid in case.everyone]
    return scores, duel(case, scores, case.everyone)


def quality_only(case):
    scores = [(points, 1) for points in case.points]
    return scores, duel(case, scores, case.everyone)


def bonus(case):
    scores = [
        rounded(case, "score", case.cents[bid] - case.bonus_cents * (case.points[bid] - case.bonus_base), HUNDRED)
        for bid in case.everyone
    ]
    return scores, duel(case, scores, case.everyone, least_wins=True)


def threshold_price(case):
    inside = [bid for bid in case.everyone if case.points[bid] * HUNDRED >= case.threshold * case.most]
    scores = [(case.cents[bid], HUNDRED) for bid in case.everyone]
    found = duel(case, scores, inside, least_wins=True)
    return [score if bid in inside else None for bid, score in enumerate(scores)], found


METHODS = {
    method.__name__: method
    for method in (
        *(lowest_price, simple_ratio, extended_ratio, weighted_median, weighted_reference, weighted_mean),
        *(best_value, linear, additive, exponential, quality_only, bonus, threshold_price),
    )
}
