"""What must hold for all bids, not only for the worked ones; cases are generated, the same ones each time."""

from fractions import Fraction

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from procurement.evaluation.bid_figures import BidFigures
from procurement.evaluation.errors import FormulaNotApplicable
from procurement.evaluation.scoring import score
from procurement.tenders.method import (
    DecisionCriterion,
    PriceRule,
    QualityReference,
    ScoringMethod,
    ScoringParameters,
)
from procurement.values.money import Money

MOST_POINTS = 1000
generated = settings(max_examples=100, deadline=None, derandomize=True, database=None)
every_method = pytest.mark.parametrize("method", ScoringMethod)
ranking_methods = pytest.mark.parametrize(
    "method", [method for method in ScoringMethod if method is not ScoringMethod.EXTENDED_RATIO]
)
# The order of two bids under these never depends on a third.
INDEPENDENT = [
    ScoringMethod.LOWEST_PRICE,
    ScoringMethod.SIMPLE_RATIO,
    ScoringMethod.WEIGHTED_REFERENCE,
    ScoringMethod.EXPONENTIAL,
    ScoringMethod.QUALITY_ONLY,
    ScoringMethod.BONUS,
    ScoringMethod.THRESHOLD_PRICE,
]
FIXED_IN_EURO = (ScoringMethod.WEIGHTED_REFERENCE, ScoringMethod.BONUS)
OUT = 10**6

points = st.integers(0, MOST_POINTS) | st.sampled_from([0, 500, 900, 1000])
cents = st.integers(1, 10**9) | st.sampled_from([9_000, 10_000, 12_500, 20_000])
figures = st.lists(st.tuples(points, cents), min_size=1, max_size=6)


def parameters_of(quality_percent, corridor_percent, criterion, zero_at_tenths, amount):
    return ScoringParameters(
        quality_weight=Fraction(quality_percent, 100),
        corridor=Fraction(corridor_percent, 100),
        criterion=criterion,
        max_points=Fraction(MOST_POINTS),
        zero_at=Fraction(zero_at_tenths, 10),
        reference_points=Fraction(amount),
        reference_price=Fraction(MOST_POINTS * amount),
        quality_reference=QualityReference.ATTAINABLE if amount % 2 else QualityReference.BEST,
        price_weight=Fraction(amount),
        price_rule=PriceRule.LINEAR if amount % 3 else PriceRule.QUOTIENT,
        bonus_per_point=Fraction(amount, 10),
        threshold=Fraction(zero_at_tenths, 100),
    )


parameters = st.builds(
    parameters_of,
    st.integers(0, 20).map(lambda twentieths: 5 * twentieths),
    st.integers(0, 10),
    st.sampled_from([DecisionCriterion.QUALITY, DecisionCriterion.PRICE]),
    st.integers(11, 40),
    st.integers(1, 900),
)


def sheet_of(rows, method, with_parameters):
    bids = [BidFigures(str(index), Fraction(row[0]), Money(row[1])) for index, row in enumerate(rows)]
    return score(bids, method, with_parameters, explained=False)


def ranks_of(rows, method, with_parameters):
    """Ranks in the order of the rows; a bid that is out counts as behind all others."""
    try:
        sheet = sheet_of(rows, method, with_parameters)
    except FormulaNotApplicable:
        reject()
    return [OUT if line.rank is None else line.rank for line in sheet.bids]


def improved(rows, index, more_points, fewer_cents):
    own_points, own_cents = rows[index]
    better = (min(MOST_POINTS, own_points + more_points), max(1, own_cents - fewer_cents))
    return [*rows[:index], better, *rows[index + 1 :]]


improvement = st.tuples(st.integers(0, 5), st.integers(0, 500), st.integers(0, 10**6))


@ranking_methods
@generated
@given(rows=figures, given_parameters=parameters, step=improvement)
def test_more_points_or_a_lower_price_never_worsen_the_own_rank(method, rows, given_parameters, step):
    index = step[0] % len(rows)
    before = ranks_of(rows, method, given_parameters)[index]
    after = ranks_of(improved(rows, index, *step[1:]), method, given_parameters)[index]
    assert after <= before


@generated
@given(rows=figures, given_parameters=parameters, step=improvement)
def test_in_the_corridor_an_improvement_never_takes_the_win_away(rows, given_parameters, step):
    method = ScoringMethod.EXTENDED_RATIO
    winner = int(sheet_of(rows, method, given_parameters).winners[0])
    better = improved(rows, winner, *step[1:])
    assert str(winner) in sheet_of(better, method, given_parameters).winners


@ranking_methods
@generated
@given(rows=figures, given_parameters=parameters)
def test_no_bid_is_ranked_ahead_of_one_that_is_at_least_as_good_in_both(method, rows, given_parameters):
    ranks = ranks_of(rows, method, given_parameters)
    for better, better_rank in zip(rows, ranks, strict=True):
        for other, other_rank in zip(rows, ranks, strict=True):
            if better[0] >= other[0] and better[1] <= other[1]:
                assert better_rank <= other_rank


@every_method
@generated
@given(rows=figures, given_parameters=parameters, order=st.randoms(use_true_random=False))
def test_the_order_of_the_bids_changes_nothing(method, rows, given_parameters, order):
    bids = [BidFigures(str(index), Fraction(row[0]), Money(row[1])) for index, row in enumerate(rows)]
    shuffled = order.sample(bids, len(bids))
    try:
        one = score(bids, method, given_parameters, explained=False)
    except FormulaNotApplicable:
        reject()
    other = score(shuffled, method, given_parameters, explained=False)
    assert {line.id: (line.score, line.rank) for line in one.bids} == {
        line.id: (line.score, line.rank) for line in other.bids
    }
    assert set(one.winners) == set(other.winners)


@pytest.mark.parametrize("method", INDEPENDENT)
@generated
@given(rows=figures, more=figures, given_parameters=parameters)
def test_further_bids_never_flip_two_bids_under_the_independent_methods(method, rows, more, given_parameters):
    alone = ranks_of(rows, method, given_parameters)
    together = ranks_of(rows + more, method, given_parameters)
    for one in range(len(rows)):
        for other in range(len(rows)):
            assert (alone[one] < alone[other]) == (together[one] < together[other])


@pytest.mark.parametrize("method", [method for method in ScoringMethod if method not in FIXED_IN_EURO])
@generated
@given(rows=figures, given_parameters=parameters, factor=st.integers(2, 1000))
def test_all_prices_times_the_same_factor_keep_every_rank(method, rows, given_parameters, factor):
    dearer = [(own_points, own_cents * factor) for own_points, own_cents in rows]
    assert ranks_of(rows, method, given_parameters) == ranks_of(dearer, method, given_parameters)


@pytest.mark.parametrize("method", [ScoringMethod.BEST_VALUE, ScoringMethod.LINEAR])
@generated
@given(rows=figures, given_parameters=parameters)
def test_weighted_scores_lie_between_zero_and_one_hundred_and_their_parts_add_up(method, rows, given_parameters):
    ranks_of(rows, method, given_parameters)
    for line in sheet_of(rows, method, given_parameters).bids:
        assert 0 <= line.score <= 100
        assert line.score == line.quality_points + line.price_points
        assert min(line.quality_points, line.price_points) >= 0


@generated
@given(rows=figures, given_parameters=parameters)
def test_the_best_ratio_is_always_inside_the_corridor(rows, given_parameters):
    sheet = sheet_of(rows, ScoringMethod.EXTENDED_RATIO, given_parameters)
    assert all(line.in_corridor for line in sheet.bids if line.score == sheet.references.z_max)
    assert sheet.winners
