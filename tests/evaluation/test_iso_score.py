"""Curves of equal score, held against the scoring itself: exact for every method, with the corners it has."""

from fractions import Fraction

import pytest

from procurement.evaluation.bid_figures import BidFigures
from procurement.evaluation.formulas import Offer
from procurement.evaluation.integer_roots import root_in_cents
from procurement.evaluation.iso_score import IsoPoint, Level, iso_curve, iso_price
from procurement.evaluation.scoring import score
from procurement.tenders.method import PriceRule, QualityReference, ScoringMethod, ScoringParameters

F = Fraction
SIXTY = F(3, 5)
LOWEST = BidFigures("low", 600, F(80_000))
HIGHEST = BidFigures("high", 1000, F(200_000))
ANCHOR = BidFigures("anchor", 800, F(100_000))
FIELD = (LOWEST, HIGHEST, ANCHOR)
THROUGH = Offer("anchor", F(800), F(100_000))

WITH_EXACT_CURVES = [
    (ScoringMethod.SIMPLE_RATIO, ScoringParameters()),
    (ScoringMethod.WEIGHTED_REFERENCE, ScoringParameters(SIXTY, reference_points=F(900), reference_price=F(110_000))),
    (ScoringMethod.BEST_VALUE, ScoringParameters(SIXTY, max_points=F(1000))),
    (ScoringMethod.BEST_VALUE, ScoringParameters(SIXTY, quality_reference=QualityReference.BEST)),
    (ScoringMethod.LINEAR, ScoringParameters(SIXTY, max_points=F(1000), zero_at=F(2))),
    (ScoringMethod.ADDITIVE, ScoringParameters(price_weight=F(40), price_rule=PriceRule.QUOTIENT)),
    (ScoringMethod.ADDITIVE, ScoringParameters(price_weight=F(40), price_rule=PriceRule.LINEAR, zero_at=F(5, 2))),
    (ScoringMethod.EXPONENTIAL, ScoringParameters(F(2, 3))),
    (ScoringMethod.BONUS, ScoringParameters(bonus_per_point=F(150), bonus_base=F(500))),
    (ScoringMethod.LOWEST_PRICE, ScoringParameters()),
    (ScoringMethod.THRESHOLD_PRICE, ScoringParameters(threshold=F(7, 10), max_points=F(1000))),
]


def curve(method, parameters, grid=(600, 1000), through=THROUGH):
    references = score(FIELD, method, parameters).references
    return iso_curve(method, parameters, references, through, [F(points) for points in grid])


def price_at(method, parameters, points):
    references = score(FIELD, method, parameters).references
    return iso_price(method, parameters, references, THROUGH, F(points))


@pytest.mark.parametrize(("method", "parameters"), WITH_EXACT_CURVES)
def test_a_bid_on_the_curve_has_exactly_the_score_of_the_bid_it_runs_through(method, parameters):
    found = curve(method, parameters, range(600, 1001, 50))
    assert len(found.points) > 2
    for point in found.points:
        sheet = score([*FIELD, BidFigures("tried", point.points, point.price)], method, parameters)
        assert sheet.bid("tried").score == sheet.bid("anchor").score


@pytest.mark.parametrize("method", [ScoringMethod.WEIGHTED_MEDIAN, ScoringMethod.WEIGHTED_MEAN])
def test_with_the_median_or_the_mean_held_the_two_parts_of_the_score_balance(method):
    parameters = ScoringParameters(SIXTY)
    sheet = score(FIELD, method, parameters)
    measures = sheet.references
    for point in curve(method, parameters, (600, 700, 900)).points:
        own = SIXTY * point.points / measures.points_base - (1 - SIXTY) * point.price / measures.price_base
        assert own == sheet.bid("anchor").score


def test_by_the_simple_ratio_ten_percent_more_points_may_cost_ten_percent_more():
    assert price_at(ScoringMethod.SIMPLE_RATIO, ScoringParameters(), 880) == 110_000


def test_the_price_quotient_by_hand():
    # S = 60 x 0.8 + 40 x 80/100 = 80; with 900 points 54 + 40 x 80,000/P = 80, so P = 3,200,000/26
    parameters = ScoringParameters(SIXTY, max_points=F(1000))
    assert price_at(ScoringMethod.BEST_VALUE, parameters, 900) == F(3_200_000, 26)


def test_the_curve_of_the_price_quotient_ends_at_the_lowest_price():
    # 80 = 60 x L/1000 + 40, so L = 2000/3 at Pmin; with fewer points no price suffices
    parameters = ScoringParameters(SIXTY, max_points=F(1000))
    assert curve(ScoringMethod.BEST_VALUE, parameters).points[0] == IsoPoint(F(2000, 3), F(80_000))
    assert price_at(ScoringMethod.BEST_VALUE, parameters, 666) is None


def test_the_linear_curve_has_a_corner_where_price_points_end_and_every_price_is_as_good_from_there():
    # S = 60 x 0.8 + 40 x (160 - 100)/80 = 78: without price points L/1000 = 78/60, above what is attainable
    # weights 80/20: S = 64 + 15 = 79 = 80 x L/1000, so L = 987.5 from 160,000 euro on
    parameters = ScoringParameters(F(4, 5), max_points=F(1000), zero_at=F(2))
    found = curve(ScoringMethod.LINEAR, parameters)
    assert found.level == Level(F(1975, 2), F(160_000))
    assert found.points[-1] == IsoPoint(F(1975, 2), F(160_000))
    assert price_at(ScoringMethod.LINEAR, parameters, 988) is None
    beyond = score([*FIELD, BidFigures("far", F(1975, 2), F(900_000))], ScoringMethod.LINEAR, parameters)
    assert beyond.bid("far").score == beyond.bid("anchor").score == 79


def test_a_bid_beyond_the_zero_price_lies_on_the_level_part_itself():
    parameters = ScoringParameters(SIXTY, max_points=F(1000), zero_at=F(2))
    found = curve(ScoringMethod.LINEAR, parameters, (600, 1000), Offer("high", F(1000), F(200_000)))
    assert found.level == Level(F(1000), F(160_000))


def test_where_only_quality_counts_the_price_is_free():
    found = curve(ScoringMethod.QUALITY_ONLY, ScoringParameters())
    assert found.level == Level(F(800), F(0))
    assert found.points == (IsoPoint(F(800), F(0)),)


def test_where_only_the_price_counts_points_change_nothing():
    assert {point.price for point in curve(ScoringMethod.LOWEST_PRICE, ScoringParameters()).points} == {F(100_000)}


def test_below_the_threshold_no_price_helps():
    parameters = ScoringParameters(threshold=F(7, 10), max_points=F(1000))
    assert price_at(ScoringMethod.THRESHOLD_PRICE, parameters, 699) is None
    assert curve(ScoringMethod.THRESHOLD_PRICE, parameters).points[0] == IsoPoint(F(700), F(100_000))


def test_a_root_that_is_no_fraction_is_rounded_to_the_cent_that_is_nearest():
    # 100,000 x (900/800)^1.5 = 119,324.2693...: between the half cents the exact powers decide
    price = price_at(ScoringMethod.EXPONENTIAL, ScoringParameters(SIXTY), 900)
    half = F(1, 200)
    assert (price - half) ** 2 <= F(100_000) ** 2 * F(9, 8) ** 3 < (price + half) ** 2
    assert price == F("119324.27")


@pytest.mark.parametrize(
    ("value", "degree", "root"),
    [
        (F(0), 3, F(0)),
        (F(4, 9), 2, F(2, 3)),
        (F(2), 2, F("1.41")),
        (F("1.5625"), 2, F("1.25")),
        (F(10) ** 40, 4, F(10) ** 10),
    ],
)
def test_roots(value, degree, root):
    assert root_in_cents(value, degree) == root
