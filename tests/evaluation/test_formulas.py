"""The formulas on the worked examples, and two tempting wrong ways that must fail on them."""

from fractions import Fraction

import pytest

from procurement.evaluation.formulas import DISPLAY_FACTOR, Offer, extended_ratio, simple_ratio
from procurement.evaluation.formulas_weighted import best_value, linear
from procurement.evaluation.scoring import score
from tests.examples.evaluation_g import (
    CORRIDOR_CASES,
    G1_SHOWN,
    G2_LOWER_BOUND_SHOWN,
    SCORE_CASES,
)

TEN_PERCENT = Fraction(1, 10)


def offers(*rows):
    return [Offer(name, Fraction(points), Fraction(price)) for name, points, price in rows]


G1_OFFERS = offers(("A", 8000, 100_000), ("B", 9000, 125_000), ("C", 9500, 132_000), ("D", 7000, 90_000))


def inside_with_floats(bids, corridor):
    """The wrong way of G2b: binary floats."""
    ratios = {offer.id: float(offer.points) / float(offer.price) for offer in bids}
    bound = max(ratios.values()) * (1 - corridor)
    return {name for name, ratio in ratios.items() if ratio >= bound}


def inside_after_rounding(bids, corridor):
    """The wrong way of G2c: Z x 10,000 rounded to whole numbers before the comparison."""
    ratios = {offer.id: round(offer.points / offer.price * 10_000) for offer in bids}
    bound = max(ratios.values()) * (1 - corridor)
    return {name for name, ratio in ratios.items() if ratio >= bound}


def inside_exactly(bids, corridor):
    marked = extended_ratio(bids, corridor)
    return {mark.offer.id for mark in marked.marks if mark.in_corridor}


def best_by_points(bids, inside):
    return max((offer for offer in bids if offer.id in inside), key=lambda offer: offer.points).id


def test_g1_ratios_as_shown():
    marked = simple_ratio(G1_OFFERS)
    assert {mark.offer.id: mark.score * DISPLAY_FACTOR for mark in marked.marks} == G1_SHOWN
    assert marked.references.z_max == Fraction(8, 100)


@pytest.mark.parametrize("case", CORRIDOR_CASES, ids=lambda case: case.name)
def test_g2_who_is_inside_the_corridor(case):
    assert inside_exactly(G1_OFFERS, case.parameters.corridor) == set(case.inside)


def test_g2_the_lower_bound_is_exact_and_belongs_to_the_corridor():
    marked = extended_ratio(G1_OFFERS, TEN_PERCENT)
    assert marked.references.lower_bound * DISPLAY_FACTOR == G2_LOWER_BOUND_SHOWN
    assert marked.marks[1].score == marked.references.lower_bound
    assert marked.marks[1].in_corridor


def test_g2b_floats_drop_b_and_choose_the_wrong_winner():
    wrong = inside_with_floats(G1_OFFERS, 0.10)
    assert (wrong, best_by_points(G1_OFFERS, wrong)) == ({"A", "D"}, "A")
    right = inside_exactly(G1_OFFERS, TEN_PERCENT)
    assert (right, best_by_points(G1_OFFERS, right)) == ({"A", "B", "D"}, "B")


def test_g2c_rounding_first_lets_c_in_and_chooses_the_wrong_winner():
    wrong = inside_after_rounding(G1_OFFERS, TEN_PERCENT)
    assert (wrong, best_by_points(G1_OFFERS, wrong)) == ({"A", "B", "C", "D"}, "C")


@pytest.mark.parametrize("case", SCORE_CASES, ids=lambda case: case.name)
def test_exact_scores_of_the_worked_examples(case):
    sheet = score(case.bids, case.method, case.parameters)
    assert [line.score for line in sheet.bids] == case.scores
    assert [line.rank for line in sheet.bids] == case.ranks


def test_best_value_shows_both_parts():
    # 60 x 950/1000 = 57 and 40 x 130/180 = 260/9.
    marked = best_value(offers(("A", 950, 180_000), ("B", 800, 130_000)), Fraction("0.6"), Fraction(1000))
    assert (marked.marks[0].quality_points, marked.marks[0].price_points) == (57, Fraction(260, 9))
    assert marked.references.p_min == 130_000


def test_linear_price_points_end_at_the_zero_price_and_are_never_negative():
    # 50 x (200,000 - P) / 100,000; unclamped the bid at 250,000 would get -25.
    bids = offers(("A", 800, 100_000), ("B", 1000, 150_000), ("C", 1000, 200_000), ("D", 1000, 250_000))
    marked = linear(bids, Fraction("0.5"), Fraction(1000), Fraction(2))
    assert [mark.price_points for mark in marked.marks] == [50, 25, 0, 0]
    assert marked.references.zero_price == 200_000


def test_linear_with_a_nearer_zero_point_is_steeper():
    # c = 1.5: 50 x (150,000 - 125,000) / 50,000 = 25.
    bids = offers(("A", 800, 100_000), ("B", 1000, 125_000))
    marked = linear(bids, Fraction("0.5"), Fraction(1000), Fraction("1.5"))
    assert [mark.price_points for mark in marked.marks] == [50, 25]


def test_without_any_points_the_ratio_is_zero_and_everybody_is_inside_the_corridor():
    assert inside_exactly(offers(("A", 0, 10), ("B", 0, 20)), TEN_PERCENT) == {"A", "B"}
