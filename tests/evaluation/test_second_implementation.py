"""Every method calculated a second time, in another way, on thousands of random cases: both must agree bit by bit.

The second way knows no fractions until the very end: whole points, whole cents, weights in percent, pairwise comparison
by integer cross products instead of scores that are sorted.
"""

from fractions import Fraction
from random import Random

import pytest

from procurement.evaluation.bid_figures import BidFigures
from procurement.evaluation.scoring import score
from procurement.tenders.method import DecisionCriterion, ScoringMethod, ScoringParameters
from procurement.values.money import Money

CASES = 3000
MOST_POINTS = 1000


class Case:
    """One random procedure; few distinct figures, so that ties and bids exactly on the bound do occur."""

    def __init__(self, random):
        narrow = random.random() < 0.5
        self.points = [
            random.randrange(0, 1001, 100) if narrow else random.randint(0, 1000) for _ in range(random.randint(1, 7))
        ]
        self.cents = [random.randrange(100, 1001, 50) if narrow else random.randint(1, 30_000_000) for _ in self.points]
        self.quality_percent = random.randint(0, 100)
        self.corridor_percent = random.randint(0, 10)
        self.criterion = random.choice(list(DecisionCriterion))
        self.zero_at_tenths = random.randint(11, 40)

    def sheet(self, method):
        parameters = ScoringParameters(
            quality_weight=Fraction(self.quality_percent, 100),
            corridor=Fraction(self.corridor_percent, 100),
            criterion=self.criterion,
            max_points=Fraction(MOST_POINTS),
            zero_at=Fraction(self.zero_at_tenths, 10),
        )
        bids = [
            BidFigures(str(index), Fraction(points), Money(cents))
            for index, (points, cents) in enumerate(zip(self.points, self.cents, strict=True))
        ]
        return score(bids, method, parameters)


def ranks_by_duels(candidates, beats):
    """The rank of each candidate is one more than the number of those that beat it."""
    return {one: 1 + sum(beats(other, one) for other in candidates) for one in candidates}


def lowest_price(case):
    everyone = range(len(case.cents))
    ranks = ranks_by_duels(everyone, lambda one, other: case.cents[one] < case.cents[other])
    return [Fraction(cents, 100) for cents in case.cents], ranks


def simple_ratio(case):
    everyone = range(len(case.cents))
    ranks = ranks_by_duels(everyone, lambda one, other: higher_ratio(case, one, other))
    return [Fraction(100 * points, cents) for points, cents in zip(case.points, case.cents, strict=True)], ranks


def higher_ratio(case, one, other):
    return case.points[one] * case.cents[other] > case.points[other] * case.cents[one]


def extended_ratio(case):
    everyone = range(len(case.cents))
    scores, ranks = simple_ratio(case)
    best = next(bid for bid in everyone if ranks[bid] == 1)
    inside = [
        bid
        for bid in everyone
        if case.points[bid] * case.cents[best] * 100
        >= case.points[best] * case.cents[bid] * (100 - case.corridor_percent)
    ]

    def beats(one, other):
        if case.criterion == "quality" and case.points[one] != case.points[other]:
            return case.points[one] > case.points[other]
        if case.criterion == "price" and case.cents[one] != case.cents[other]:
            return case.cents[one] < case.cents[other]
        return higher_ratio(case, one, other)

    return scores, ranks_by_duels(inside, beats)


def best_value(case):
    """S / 100 = (w L / 1000 + (100 - w) Pmin / P) / 100, on the denominator 1000 P."""
    lowest = min(case.cents)
    numerators = [
        case.quality_percent * points * cents + (100 - case.quality_percent) * lowest * MOST_POINTS
        for points, cents in zip(case.points, case.cents, strict=True)
    ]
    return by_numerators(numerators, [MOST_POINTS * cents for cents in case.cents])


def linear(case):
    """With c in tenths, c Pmin - P over (c - 1) Pmin is (c Pmin - 10 P) over (c - 10) Pmin."""
    lowest, tenths = min(case.cents), case.zero_at_tenths
    span = (tenths - 10) * lowest
    numerators = []
    for points, cents in zip(case.points, case.cents, strict=True):
        above_zero = tenths * lowest - 10 * cents
        price_part = (100 - case.quality_percent) * MOST_POINTS * above_zero if above_zero > 0 else 0
        numerators.append(case.quality_percent * points * span + price_part)
    return by_numerators(numerators, [MOST_POINTS * span for _ in case.cents])


def by_numerators(numerators, denominators):
    ranks = ranks_by_duels(
        range(len(numerators)),
        lambda one, other: numerators[one] * denominators[other] > numerators[other] * denominators[one],
    )
    return [Fraction(top, bottom) for top, bottom in zip(numerators, denominators, strict=True)], ranks


SECOND_WAY = {
    ScoringMethod.LOWEST_PRICE: lowest_price,
    ScoringMethod.SIMPLE_RATIO: simple_ratio,
    ScoringMethod.EXTENDED_RATIO: extended_ratio,
    ScoringMethod.BEST_VALUE: best_value,
    ScoringMethod.LINEAR: linear,
}


def same_each_time(method):
    return Random(f"{method} 2026")  # noqa: S311 - cases that repeat, no secrets


@pytest.mark.parametrize("method", ScoringMethod)
def test_both_implementations_agree_in_every_score_and_rank(method):
    random = same_each_time(method)
    for _ in range(CASES):
        case = Case(random)
        sheet = case.sheet(method)
        scores, ranks = SECOND_WAY[method](case)
        assert [line.score for line in sheet.bids] == scores
        assert [line.rank for line in sheet.bids] == [ranks.get(index) for index in range(len(scores))]
        assert sheet.winners == tuple(str(index) for index, rank in ranks.items() if rank == 1)


@pytest.mark.parametrize("method", ScoringMethod)
def test_the_random_cases_do_contain_ties(method):
    random = same_each_time(method)
    assert any(Case(random).sheet(method).needs_drawing for _ in range(CASES))


def test_the_random_cases_do_contain_bids_exactly_on_the_bound_and_outside():
    random = same_each_time(ScoringMethod.EXTENDED_RATIO)
    sheets = [Case(random).sheet(ScoringMethod.EXTENDED_RATIO) for _ in range(CASES)]
    on_the_bound = [
        line
        for sheet in sheets
        for line in sheet.bids
        if line.score == sheet.references.lower_bound < sheet.references.z_max
    ]
    assert on_the_bound
    assert all(line.in_corridor for line in on_the_bound)
    assert any(line.in_corridor is False for sheet in sheets for line in sheet.bids)
