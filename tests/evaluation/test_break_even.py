"""Prices at which rank 1 changes: by hand, and by scanning every cent with nothing but the score."""

from fractions import Fraction
from random import Random

import pytest

from procurement.evaluation.bid_figures import BidFigures
from procurement.evaluation.break_even import (
    NO_PRICE_LOSES,
    NO_PRICE_SUFFICES,
    ONLY_BID,
    break_even,
    break_even_against,
    break_evens,
    headroom,
)
from procurement.evaluation.contest import contest_of
from procurement.evaluation.scoring import score
from procurement.tenders.kinds import TieRule
from procurement.tenders.method import (
    DecisionCriterion,
    PriceRule,
    RoundingPlace,
    ScoringMethod,
    ScoringParameters,
)
from tests.examples.evaluation_g import G1_BIDS, PLAIN, bids, corridor, weighted

RATIO, M3 = ScoringMethod.SIMPLE_RATIO, ScoringMethod.EXTENDED_RATIO
M8, M9 = ScoringMethod.BEST_VALUE, ScoringMethod.LINEAR
CENT = Fraction(1, 100)
G5C = bids(("A", 950, 180_000), ("B", 800, 130_000), ("C", 500, 80_000))
G8 = bids(("A", 800, 100_000), ("B", 1000, 200_000), ("C", 1000, 250_000))
G11 = [BidFigures("X", Fraction(7270), Fraction(240_000)), BidFigures("Z", Fraction(22_000, 3), Fraction(236_000))]

SIX_FOUR = Fraction(6, 10)
FULL = Fraction(1000)
CASES = {
    ScoringMethod.LOWEST_PRICE: [ScoringParameters()],
    RATIO: [ScoringParameters(), ScoringParameters(tie_rule=TieRule.PRICE)],
    M3: [
        ScoringParameters(corridor=Fraction(1, 10), criterion=DecisionCriterion.QUALITY),
        ScoringParameters(corridor=Fraction(1, 20), criterion=DecisionCriterion.PRICE),
    ],
    ScoringMethod.WEIGHTED_MEDIAN: [ScoringParameters(quality_weight=SIX_FOUR)],
    ScoringMethod.WEIGHTED_MEAN: [ScoringParameters(quality_weight=SIX_FOUR)],
    ScoringMethod.WEIGHTED_REFERENCE: [
        ScoringParameters(quality_weight=SIX_FOUR, reference_points=Fraction(700), reference_price=Fraction(2))
    ],
    M8: [
        ScoringParameters(quality_weight=SIX_FOUR, max_points=FULL),
        ScoringParameters(
            quality_weight=SIX_FOUR,
            max_points=FULL,
            rounding_places=Fraction(1),
            rounding_place=RoundingPlace.PRICE_POINTS,
        ),
    ],
    M9: [
        ScoringParameters(
            quality_weight=Fraction(1, 2), max_points=FULL, zero_at=Fraction(2), tie_rule=TieRule.QUALITY
        ),
        ScoringParameters(quality_weight=SIX_FOUR, max_points=FULL, zero_at=Fraction(3, 2)),
    ],
    ScoringMethod.ADDITIVE: [
        ScoringParameters(price_weight=Fraction(60), price_rule=PriceRule.QUOTIENT),
        ScoringParameters(price_weight=Fraction(60), price_rule=PriceRule.LINEAR, zero_at=Fraction(2)),
    ],
    ScoringMethod.EXPONENTIAL: [ScoringParameters(quality_weight=SIX_FOUR)],
    ScoringMethod.QUALITY_ONLY: [ScoringParameters(), ScoringParameters(tie_rule=TieRule.PRICE)],
    ScoringMethod.BONUS: [ScoringParameters(bonus_per_point=Fraction(1, 500))],
    ScoringMethod.THRESHOLD_PRICE: [ScoringParameters(threshold=Fraction(6, 10), max_points=FULL)],
}
EVERY_CASE = [(method, parameters) for method, several in CASES.items() for parameters in several]


def by_bid(contest):
    return {one.bid: one for one in break_evens(contest)}


def test_g11_x_overtakes_z_with_a_price_of_at_most_233961_82():
    found = break_even(contest_of(G11, RATIO, PLAIN), "X")
    assert found.exact == Fraction(7270 * 236_000 * 3, 22_000)
    assert round(float(found.exact), 2) == 233961.82
    assert (found.last_cent, found.first_cent) == (Fraction("233961.81"), Fraction("233961.82"))
    assert round(float(found.percent), 3) == -2.516
    assert found.against == ("Z",)


def test_g11_z_may_cost_242090_78_before_x_is_first():
    found = headroom(contest_of(G11, RATIO, PLAIN))
    assert (found.bid, found.exact) == ("Z", Fraction(22_000 * 240_000, 3 * 7270))


def test_g1_every_rival_draws_level_at_its_points_times_the_euro_per_point_of_a():
    # A pays 100,000 / 8,000 = 12.50 per point
    found = by_bid(contest_of(G1_BIDS, RATIO, PLAIN))
    assert {name: one.exact for name, one in found.items()} == {"B": 112_500, "C": 118_750, "D": 87_500}


def test_g5c_b_follows_the_formula_while_another_bid_is_the_lowest():
    # gP x Pmin / (S_A - gL x L/Lmax) = 40 x 80,000 / (673/9 - 48)
    assert break_even(contest_of(G5C, M8, weighted("0.6")), "B").exact == Fraction(3_200_000) / (Fraction(673, 9) - 48)


def test_g5c_c_is_the_lowest_price_itself_so_the_others_lose_points_instead():
    # C has 30 + 40 = 70 at any price; A falls to 70 when 57 + 40 x P/180,000 = 70
    assert break_even(contest_of(G5C, M8, weighted("0.6")), "C").exact == 58_500


def test_g8_the_straight_line_gives_round_figures():
    contest = contest_of(G8, M9, weighted("0.5", 2))
    # B needs 40 price points more: 2 - P/100,000 = 0.8; A as lowest price falls to B when 200,000/P = 1.2
    assert {name: one.exact for name, one in by_bid(contest).items()} == {"B": 120_000, "C": 120_000}
    assert headroom(contest).exact == Fraction(500_000, 3)


def test_at_the_inclusive_bound_of_the_corridor_the_winner_of_g2_has_no_cent_to_spare():
    found = headroom(contest_of(G1_BIDS, M3, corridor("0.10", "quality")))
    assert (found.bid, found.exact, found.change) == ("B", 125_000, 0)


def test_a_tie_has_no_headroom_and_a_single_bid_no_rival():
    tie = bids(("A", 700, 90_000), ("B", 700, 90_000))
    assert headroom(contest_of(tie, M8, weighted("0.6"))) is None
    assert headroom(contest_of(tie[:1], M8, weighted("0.6"))).reason == ONLY_BID


def test_what_no_price_can_do_says_so():
    contest = contest_of(bids(("A", 1000, 100_000), ("B", 10, 100_000)), M8, weighted("0.6"))
    # B reaches 60 x 0.01 + 40 at most, A keeps its 60
    assert break_even(contest, "B").reason == NO_PRICE_SUFFICES
    assert headroom(contest).reason == NO_PRICE_LOSES


def test_the_duel_with_the_winner_is_looked_at_apart_from_rank_one():
    # When C undercuts everybody at 58,500 it has caught up with A; B has long been overtaken by then
    contest = contest_of(G5C, M8, weighted("0.6"))
    assert break_even_against(contest, "C", "A").exact == 58_500
    assert break_even_against(contest, "B", "A").exact == break_even(contest, "B").exact


def random_bids(random, count):
    """Prices of 1 to 4 euro, so that every cent can be tried."""
    return [
        BidFigures(str(place), Fraction(random.randrange(500, 1001, 50)), Fraction(random.randint(100, 400), 100))
        for place in range(count)
    ]


def is_first(figures, method, parameters, name, cents):
    changed = [BidFigures(one.id, one.points, Fraction(cents, 100)) if one.id == name else one for one in figures]
    return name in score(changed, method, parameters).winners


@pytest.mark.parametrize(("method", "parameters"), EVERY_CASE, ids=lambda value: getattr(value, "value", ""))
def test_scanning_every_cent_finds_the_same_nearest_price(method, parameters):
    random = Random(method.value)  # noqa: S311 - cases that repeat, no secrets
    for count in (2, 3, 4):
        figures = random_bids(random, count)
        contest = contest_of(figures, method, parameters)
        for found in break_evens(contest):
            own = int(found.price * 100)
            nearest = next(
                (cents for cents in range(own, 0, -1) if is_first(figures, method, parameters, found.bid, cents)), None
            )
            assert found.last_cent == (None if nearest is None else Fraction(nearest, 100)), (figures, found)
            if found.exact is not None:
                assert found.last_cent <= found.exact <= found.first_cent


@pytest.mark.parametrize(("method", "parameters"), EVERY_CASE, ids=lambda value: getattr(value, "value", ""))
def test_one_cent_behind_the_headroom_the_winner_is_no_longer_first_and_before_it_always_is(method, parameters):
    random = Random(f"{method.value} up")  # noqa: S311 - cases that repeat, no secrets
    for count in (2, 3, 4):
        figures = random_bids(random, count)
        found = headroom(contest_of(figures, method, parameters))
        if found is None or found.nearest is None:
            continue
        first, last = int(found.price * 100), int(found.last_cent * 100)
        assert not is_first(figures, method, parameters, found.bid, last + 1)
        for cents in range(first, min(last, first + 300) + 1):
            assert is_first(figures, method, parameters, found.bid, cents), (figures, found)


def test_a_price_with_powers_lies_between_two_cents_and_a_rational_one_is_exact():
    contest = contest_of(bids(("A", 900, 100_000), ("B", 800, 100_000)), ScoringMethod.EXPONENTIAL, weighted("0.6"))
    found = break_even(contest, "B")
    # P = 100,000 x (8/9) ** 1.5 = 83,805.24
    assert found.exact is None
    assert (found.last_cent, found.first_cent) == (Fraction("83805.24"), Fraction("83805.25"))
