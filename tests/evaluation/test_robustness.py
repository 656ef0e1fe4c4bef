"""Weights, single points, drawn weights and dropped bids: by hand, against a linear program, and by scoring again."""

from fractions import Fraction
from random import Random

import highspy
import pytest

from procurement.evaluation.contest import contest_of
from procurement.evaluation.drop_one import dominances, drop_one
from procurement.evaluation.evaluator_effects import Note, evaluator_effects, leniencies, spreads
from procurement.evaluation.nearest_weights import nearest_weights
from procurement.evaluation.point_value import point_value
from procurement.evaluation.rank_acceptability import drawn_steps
from procurement.evaluation.robustness import robustness_of
from procurement.evaluation.weight_interval import quality_interval
from procurement.evaluation.weight_table import linear_scores
from procurement.tenders.criteria_entries import CriterionEntry
from procurement.tenders.method import ScoringMethod
from tests.examples.evaluation_g import bids, weighted
from tests.factories.runs import bid, g11, run_input

M8, M9 = ScoringMethod.BEST_VALUE, ScoringMethod.LINEAR
TINY = Fraction(1, 10**7)
TWO = (CriterionEntry("1", "Konzept", weight_percent="60"), CriterionEntry("2", "Service", weight_percent="40"))
FIVE = tuple(CriterionEntry(str(place), f"Kriterium {place}", weight_percent="20") for place in range(1, 6))
WEIGHTED = {"quality_weight": "0.6", "max_points": "10000"}
METHODS = [
    ("simple_ratio", {}),
    ("best_value", WEIGHTED),
    ("linear", WEIGHTED | {"zero_at": "2"}),
    ("extended_ratio", {"corridor": "0.1", "criterion": "quality"}),
    ("weighted_median", {"quality_weight": "0.6"}),
    ("weighted_mean", {"quality_weight": "0.6"}),
    ("exponential", {"quality_weight": "0.6"}),
]


def random_run(random, method, parameters, criteria=FIVE):
    made = [
        bid(name, random.randint(100_000, 160_000), {one.number: random.randint(4, 10) for one in criteria})
        for name in "ABCD"
    ]
    return run_input(*made, method=method, parameters=parameters, criteria=criteria)


def test_g11_exactly_two_points_would_bring_x_to_rank_one():
    found = robustness_of(g11())
    ups = [(one.number, one.bid, round(float(one.needed), 3)) for one in found.flips if one.direction > 0]
    assert ups == [("1.1.1", "24 (X)", 0.893), ("1.2.1", "24 (X)", 0.938)]
    assert [one.number for one in found.flips if one.direction < 0] == ["1.1.1", "1.2.1"]


def test_g11_a_point_of_z_is_worth_its_price_by_its_points():
    found = robustness_of(g11())
    assert found.point_value.euro == Fraction(236_000 * 3, 22_000)
    # One point under 1.1.1 with 210 weight points
    assert found.flips[0].euro == Fraction(236_000 * 3, 22_000) * 210


def test_the_value_of_a_point_is_what_a_tiny_step_of_points_and_price_leaves_equal():
    figures = bids(("A", 950, 150_000), ("B", 600, 100_000))
    for method, parameters in ((M8, weighted("0.6")), (M9, weighted("0.6", 2))):
        contest = contest_of(figures, method, parameters)
        euro = point_value(contest, "A").euro
        moved = contest.with_points({"A": 950 + TINY}).with_price("A", 150_000 + euro * TINY)
        assert abs(moved.sheet().bid("A").score - contest.sheet().bid("A").score) < TINY**2


def test_the_weight_of_performance_at_which_a_dearer_and_better_bid_takes_over():
    # 95 g + 100 (1 - g) x 13/18 = 80 g + 100 (1 - g) where 15 g = 250/9 (1 - g)
    contest = contest_of(bids(("A", 950, 180_000), ("B", 800, 130_000)), M8, weighted("0.6"))
    found = quality_interval(contest)
    assert (found.low.is_open, found.high.exact, found.high.rivals) == (True, Fraction(50, 77), ("A",))


def test_two_criteria_by_hand_the_interval_and_the_nearest_weights():
    # A 8/2 and B 4/8 at the same price: equal where 8 w + 2 (1 - w) = 4 w + 8 (1 - w), w = 0.6
    made = (bid("A", 1000, {"1": 8, "2": 2}), bid("B", 1000, {"1": 4, "2": 8}))
    criteria = (CriterionEntry("1", "Eins", weight_percent="70"), CriterionEntry("2", "Zwei", weight_percent="30"))
    weights = robustness_of(run_input(*made, criteria=criteria)).weights
    first, second = weights.intervals
    assert (first.low.exact, first.high.is_open) == (Fraction(3, 5), True)
    assert (second.low.is_open, second.high.exact) == (True, Fraction(2, 5))
    assert (weights.nearest.weights, weights.nearest.distance) == ((Fraction(3, 5), Fraction(2, 5)), Fraction(1, 5))


@pytest.mark.parametrize(("method", "parameters"), METHODS, ids=lambda value: value if isinstance(value, str) else "")
def test_scoring_at_and_behind_each_end_of_a_weight_interval_proves_it(method, parameters):
    random = Random(f"weights {method}")  # noqa: S311 - cases that repeat, no secrets
    for _ in range(3):
        found = robustness_of(random_run(random, method, parameters))
        if found.winner is None:
            continue
        table = found.weights.table
        for place, interval in enumerate(found.weights.intervals):
            for bound, sign in ((interval.low, -1), (interval.high, 1)):
                assert found.winner in table.contest_at(table.moved(place, bound.nearest - sign * TINY)).winners()
                if not bound.is_open:
                    behind = table.moved(
                        place,
                        max(bound.first, bound.nearest + TINY) if sign > 0 else min(bound.first, bound.nearest - TINY),
                    )
                    assert found.winner not in table.contest_at(behind).winners()


@pytest.mark.parametrize(
    ("method", "parameters"), METHODS[:5], ids=lambda value: value if isinstance(value, str) else ""
)
def test_stepping_through_all_shares_of_a_criterion_finds_no_earlier_change(method, parameters):
    found = robustness_of(random_run(Random(f"steps {method}"), method, parameters))  # noqa: S311 - cases that repeat, no secrets
    table = found.weights.table
    interval = found.weights.intervals[0]
    for step in range(101):
        share = Fraction(step, 100)
        if interval.low.nearest < share < interval.high.nearest:
            assert found.winner in table.contest_at(table.moved(0, share)).winners(), share


@pytest.mark.parametrize(
    ("method", "parameters"), METHODS[:3], ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_linear_program_finds_no_nearer_weights(method, parameters):
    random = Random(f"nearest {method}")  # noqa: S311 - cases that repeat, no secrets
    for _ in range(5):
        found = robustness_of(random_run(random, method, parameters))
        table = found.weights.table
        linear = linear_scores(table)
        near = nearest_weights(table, linear)
        distances = [
            nearest_by_program(table, linear, found.winner, rival) for rival in linear.corners if rival != found.winner
        ]
        known = [one for one in distances if one is not None]
        assert (near is None) == (not known)
        if near is not None:
            assert float(near.distance) == pytest.approx(min(known), abs=1e-7)
            assert sum(near.weights) == 1
            assert min(near.weights) >= 0
            assert near.rival in table.contest_at(near.weights).winners()


def nearest_by_program(table, linear, winner, rival):
    """The least sum of changes, by HiGHS: ups and downs per weight, the lead of the rival not below zero."""
    size = len(table.weights)
    model = highspy.Highs()
    model.silent()
    ups = [model.addVariable(lb=0, obj=1) for _ in range(size)]
    downs = [model.addVariable(lb=0, ub=float(weight), obj=1) for weight in table.weights]
    leads = [float(own - other) for own, other in zip(linear.corners[rival], linear.corners[winner], strict=True)]
    scale = max(abs(lead) for lead in leads) or 1
    leads = [lead / scale for lead in leads]
    start = sum(lead * float(weight) for lead, weight in zip(leads, table.weights, strict=True))
    model.addConstr(sum(ups) == sum(downs))
    model.addConstr(sum(lead * (up - down) for lead, up, down in zip(leads, ups, downs, strict=True)) >= -start)
    model.run()
    if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return model.getObjectiveValue()


def test_two_mirrored_bids_share_the_drawn_weights_about_evenly_and_the_same_each_time():
    made = (bid("A", 1000, {"1": 10, "2": 0}), bid("B", 1000, {"1": 0, "2": 10}))
    drawn = [robustness_of(run_input(*made, criteria=TWO)).weights.acceptability for _ in range(2)]
    assert drawn[0] == drawn[1]
    assert Fraction(45, 100) < drawn[0].share("1 (A)") < Fraction(55, 100)


def test_drawn_weights_sum_to_one_and_none_is_negative():
    random = Random(7)  # noqa: S311 - cases that repeat, no secrets
    for size in (2, 5, 15):
        steps = drawn_steps(random, size)
        assert (len(steps), sum(steps), min(steps) >= 0) == (size, 1_000_000, True)


def test_g5c_without_the_cheapest_bid_another_one_wins():
    contest = contest_of(bids(("A", 950, 180_000), ("B", 800, 130_000), ("C", 500, 80_000)), M8, weighted("0.6"))
    assert [(one.bid, one.winners, one.changes_winner) for one in drop_one(contest)] == [
        ("B", ("A",), False),
        ("C", ("B",), True),
    ]


def test_a_bid_that_is_cheaper_and_better_dominates_and_must_stand_in_front():
    contest = contest_of(bids(("A", 900, 100_000), ("B", 800, 110_000)), M8, weighted("0.6"))
    assert [(one.better, one.worse, one.is_violated) for one in dominances(contest)] == [("A", "B", False)]


def test_a_single_bid_and_a_tie_leave_out_what_they_cannot_say():
    one = bid("A", 1000, {"1": 5, "2": 5})
    alone = robustness_of(run_input(one, criteria=TWO))
    assert (alone.break_evens, alone.weights, alone.flips, alone.dropped) == ((), None, (), ())
    tied = robustness_of(run_input(one, bid("B", 1000, {"1": 5, "2": 5}), criteria=TWO))
    assert (tied.winner, tied.headroom, tied.point_value, tied.weights.intervals) == (None, None, None, ())


def test_lowest_price_knows_prices_only():
    found = robustness_of(run_input(bid("A", 500), bid("B", 600), method="lowest_price"))
    assert (found.headroom.exact, found.break_evens[0].exact) == (600, 500)
    assert (found.weights, found.quality, found.points_needed) == (None, None, ())


def test_without_a_ranked_bid_there_is_nothing_to_say():
    assert robustness_of(run_input(bid("A", None), method="lowest_price")) is None


NOTES = [
    Note("Ahlers", "1 (A)", "1", 8),
    Note("Brandt", "1 (A)", "1", 4),
    Note("Ahlers", "2 (B)", "1", 6),
    Note("Brandt", "2 (B)", "1", 6),
    Note("Ahlers", "1 (A)", "2", 5),
]


def test_leniency_counts_only_what_several_people_judged():
    # 8 and 4 lie 2 above and below their mean, 6 and 6 on it: one point on average over two cells
    assert [(one.evaluator, one.deviation, one.cells) for one in leniencies(NOTES)] == [
        ("Ahlers", 1, 2),
        ("Brandt", -1, 2),
    ]
    assert [(one.criterion, one.widest, one.mean) for one in spreads(NOTES)] == [("1", 4, 2)]


def test_leaving_out_one_evaluator_shows_whose_notes_decide():
    made = (bid("A", 1000, {"1": 6, "2": 5}), bid("B", 1000, {"1": 5, "2": 5}))
    notes = [
        Note(person, name, number, points)
        for person, by_bid in (
            ("Ahlers", {"1 (A)": (9, 5), "2 (B)": (4, 5)}),
            ("Brandt", {"1 (A)": (4, 5), "2 (B)": (6, 5)}),
        )
        for name, pair in by_bid.items()
        for number, points in zip("12", pair, strict=True)
    ]
    found = robustness_of(run_input(*made, criteria=TWO), notes).evaluators
    assert found.by_all_notes == ("1 (A)",)
    assert [(one.evaluator, one.winners) for one in found.left_out] == [("Ahlers", ("2 (B)",)), ("Brandt", ("1 (A)",))]


def test_one_evaluator_alone_has_nobody_to_be_compared_with():
    assert evaluator_effects(NOTES[:1], None) is None
