"""The price-scale check: rank 1 again with the reference price, or the bonus, a fifth lower and higher."""

from fractions import Fraction

from procurement.calc.robustness import answer
from procurement.evaluation.contest import contest_of
from procurement.evaluation.price_scale import rescaled_amounts
from procurement.evaluation.robustness import robustness_of
from procurement.tenders.criteria_entries import CriterionEntry
from procurement.tenders.method import ScoringMethod, ScoringParameters
from tests.examples.evaluation_g import bids
from tests.factories.runs import bid as ranked
from tests.factories.runs import g11, run_input

F, M = Fraction, ScoringMethod
SIXTY = F(3, 5)
REFERENCE = {"quality_weight": "0.6", "reference_points": "8000", "reference_price": "110000"}
FOUR = bids(("A", 8000, 100_000), ("B", 9000, 125_000), ("C", 9500, 132_000), ("D", 7000, 90_000))


def reference(figures, points, price):
    parameters = ScoringParameters(SIXTY, reference_points=F(points), reference_price=F(price))
    return contest_of(figures, M.WEIGHTED_REFERENCE, parameters)


def test_a_reference_price_a_fifth_higher_makes_prices_count_less_and_another_bid_first():
    # Lref 8000: at 110,000 A 0.6 - 4/11 = 0.2364 before C 0.7125 - 0.48 = 0.2325; at 88,000 A 0.1455 before D 0.1159;
    # at 132,000 C 0.7125 - 0.4 = 0.3125 before A 0.6 - 10/33 = 0.2970
    low, high = rescaled_amounts(reference(FOUR, 8000, 110_000))
    assert (low.parameter, low.amount, low.winners, low.changes_winner) == ("reference_price", 88_000, ("A",), False)
    assert (high.share, high.amount, high.winners, high.changes_winner) == (F(6, 5), 132_000, ("C",), True)


def test_a_tie_that_either_scale_dissolves_changes_in_both_directions():
    # Lref 1000, Pref 100,000: A 0.6 - 0.56 = B 0.36 - 0.32; at 80,000 A -0.1, B -0.04; at 120,000 A 2/15, B 7/75
    found = rescaled_amounts(reference(bids(("A", 1000, 140_000), ("B", 600, 80_000)), 1000, 100_000))
    assert [(one.winners, one.changes_winner) for one in found] == [(("B",), True), (("A",), True)]


def test_the_bonus_per_point_is_such_an_amount_too():
    # P - 20 L: A 80,000 behind B 79,500; bonus 16: A 84,000, B 82,700; bonus 24: A 76,000 before B 76,300
    figures = bids(("A", 1000, 100_000), ("B", 800, 95_500))
    found = rescaled_amounts(contest_of(figures, M.BONUS, ScoringParameters(bonus_per_point=F(20))))
    assert [(one.parameter, one.amount, one.winners, one.changes_winner) for one in found] == [
        ("bonus_per_point", 16, ("B",), False),
        ("bonus_per_point", 24, ("A",), True),
    ]


def test_methods_without_a_fixed_amount_have_nothing_to_rescale():
    assert robustness_of(g11()).rescaled == ()
    assert not robustness_of(g11()).changes_with_scale


def test_the_figures_of_a_run_say_that_rank_one_hangs_on_the_reference():
    # 8,000 and 9,000 points: at 110,000 A 0.2364 before C 0.675 - 0.44; at 132,000 C 0.3083 before A 0.2970
    made = run_input(
        ranked("A", 100_000, {"1": 8}),
        ranked("C", 121_000, {"1": 9}),
        method="weighted_reference",
        parameters=REFERENCE,
        criteria=(CriterionEntry("1", "Konzept", weight_percent="100"),),
    )
    found = robustness_of(made)
    assert (found.winner, found.changes_with_scale) == ("1 (A)", True)
    assert [one.winners for one in found.rescaled] == [("1 (A)",), ("3 (C)",)]


def test_the_calculation_on_the_command_line_names_amount_winner_and_change():
    request = {
        "method": "weighted_reference",
        "parameters": REFERENCE,
        "bids": [{"id": one.id, "points": int(one.points), "price": one.price.cents // 100} for one in FOUR],
    }
    assert answer(request)["price_scale"] == [
        {"reference_price": "88000", "winner": ["A"], "changes": False},
        {"reference_price": "132000", "winner": ["C"], "changes": True},
    ]
    assert answer({"method": "lowest_price", "bids": [{"id": "A", "price": 5}]})["price_scale"] == []
