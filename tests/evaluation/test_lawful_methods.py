"""The methods M4 to M6 and M13 to M18 on small figures found by hand, and the edge cases of each."""

from dataclasses import replace
from fractions import Fraction

import pytest

from procurement.evaluation.bid_figures import BidFigures
from procurement.evaluation.errors import FigureMissing, FigureOutOfRange, FormulaNotApplicable
from procurement.evaluation.formulas_weighted import median
from procurement.evaluation.scoring import score
from procurement.tenders.kinds import TieRule
from procurement.tenders.method import DecisionCriterion, PriceRule, QualityReference, ScoringMethod
from procurement.values.money import Money
from tests.examples.evaluation_g import EVERYTHING, bids, fractions

M = ScoringMethod
AB = bids(("A", 800, 100_000), ("B", 1000, 125_000))


def scores(rows, method, **changes):
    return [line.score for line in score(rows, method, replace(EVERYTHING, **changes)).bids]


def ranks(rows, method, **changes):
    return [line.rank for line in score(rows, method, replace(EVERYTHING, **changes)).bids]


def test_the_median_of_an_even_number_is_the_mean_of_the_two_middle_values():
    assert median(fractions("9", "1", "4")) == 4
    assert median(fractions("9", "1", "4", "6")) == 5


def test_fixed_references_are_what_points_and_price_are_divided_by():
    # 0.6 x 800/800 - 0.4 x 1 = 0.2 and 0.6 x 1000/800 - 0.4 x 1.25 = 0.25
    assert scores(AB, M.WEIGHTED_REFERENCE) == fractions("1/5", "1/4")


def test_best_value_measured_at_the_best_bid_differs_from_what_is_attainable():
    # 60 x 800/900 + 40 and 60 + 40 x 100/125, instead of 48 + 40 and 54 + 32
    rows = bids(("A", 800, 100_000), ("B", 900, 125_000))
    at_best = {"quality_reference": QualityReference.BEST, "max_points": None}
    assert scores(rows, M.BEST_VALUE, **at_best) == fractions("280/3", "92")
    assert scores(rows, M.BEST_VALUE) == fractions("88", "86")
    assert score(rows, M.BEST_VALUE, replace(EVERYTHING, **at_best)).references.points_base == 900


def test_the_price_as_one_criterion_gets_points_of_zero_to_ten():
    # weight points 100: 800 + 100 x 10, 1000 + 100 x 10 x 100/125
    assert scores(AB, M.ADDITIVE) == fractions("1800", "1800")
    # on the line to 150,000: 1000 + 100 x 10 x (150 - 125)/50
    assert scores(AB, M.ADDITIVE, price_rule=PriceRule.LINEAR, zero_at=Fraction("1.5")) == fractions("1800", "1500")


def test_exponents_are_compared_as_whole_powers_and_shown_as_the_root():
    sheet = score(AB, M.EXPONENTIAL, EVERYTHING)
    # 60/40: L^3 / P^2 = 8^3 x 10^6 / 10^10 and 10^9 / (125^2 x 10^6)
    assert [line.score for line in sheet.bids] == fractions("32/625", "8/125")
    # what is shown is the fifth root: 0.57707996..., whose fifth power is 0.064 again
    shown = sheet.bid("B").display_score
    assert Fraction("0.57707996") < shown < Fraction("0.57707997")
    assert abs(shown**5 - Fraction(8, 125)) < Fraction(1, 10**20)
    assert sheet.winners == ("B",)


def test_equal_powers_tie_exactly_where_roots_would_differ_in_the_last_digit():
    # 50/50: L/P is 1/100 for both
    assert ranks(bids(("A", 3, 300), ("B", 7, 700)), M.EXPONENTIAL, quality_weight=Fraction(1, 2)) == [1, 1]
    # thirds: L^2/P with 20^2/400 = 30^2/900 = 1
    assert ranks(bids(("A", 20, 400), ("B", 30, 900)), M.EXPONENTIAL, quality_weight=Fraction(2, 3)) == [1, 1]


def test_with_a_fixed_price_the_most_points_win_and_a_price_is_not_even_needed():
    assert ranks(AB, M.QUALITY_ONLY) == [2, 1]
    without = [BidFigures("A", 5, None), BidFigures("B", 6, None)]
    sheet = score(without, M.QUALITY_ONLY, EVERYTHING)
    assert ([line.rank for line in sheet.bids], sheet.bid("A").price) == ([2, 1], None)
    with pytest.raises(FigureMissing):
        score(without, M.QUALITY_ONLY, replace(EVERYTHING, tie_rule=TieRule.PRICE))


def test_the_bonus_is_taken_off_the_price_and_fewer_points_than_the_base_are_a_malus():
    # 10 euro a point: 100,000 - 8,000 and 125,000 - 10,000
    assert scores(AB, M.BONUS) == [92_000, 115_000]
    assert ranks(AB, M.BONUS) == [1, 2]
    # 200 euro a point beyond 900: 100,000 + 20,000 and 125,000 - 20,000
    assert scores(AB, M.BONUS, bonus_per_point=Fraction(200), bonus_base=Fraction(900)) == [120_000, 105_000]
    assert ranks(AB, M.BONUS, bonus_per_point=Fraction(200), bonus_base=Fraction(900)) == [2, 1]


def test_below_the_threshold_a_bid_is_out_before_the_lowest_price_is_formed():
    rows = bids(("A", 499, 10), ("B", 500, 30), ("C", 900, 40))
    sheet = score(rows, M.THRESHOLD_PRICE, EVERYTHING)
    assert [line.rank for line in sheet.bids] == [None, 1, 2]
    assert sheet.references.p_min == 30
    assert sheet.bid("A").excluded
    assert sheet.bid("A").reason == (
        "Die Leistungsschwelle ist nicht erreicht: 499 Leistungspunkte, verlangt sind mindestens 500 (50 %)."
    )


def test_if_nobody_reaches_the_threshold_there_is_no_winner():
    sheet = score(bids(("A", 1, 10)), M.THRESHOLD_PRICE, EVERYTHING)
    assert (sheet.winners, sheet.references) == ((), None)


@pytest.mark.parametrize("method", [M.WEIGHTED_MEDIAN, M.WEIGHTED_MEAN])
def test_without_any_points_to_divide_by_the_formula_stops(method):
    with pytest.raises(FormulaNotApplicable, match="sind 0"):
        score(bids(("A", 0, 10), ("B", 0, 20)), method, EVERYTHING)


def test_a_best_bid_without_points_stops_too_and_zero_points_are_fine_under_powers():
    nothing = bids(("A", 0, 10), ("B", 0, 20))
    with pytest.raises(FormulaNotApplicable):
        scores(nothing, M.BEST_VALUE, quality_reference=QualityReference.BEST)
    assert ranks(nothing, M.EXPONENTIAL) == [1, 1]


def test_the_points_of_one_main_group_can_decide_in_the_corridor():
    rows = [
        BidFigures("A", 8000, Money.of(100_000), parts={"KHG1": Fraction(3000)}),
        BidFigures("B", 9000, Money.of(125_000), parts={"KHG1": Fraction(2000)}),
        BidFigures("D", 7000, Money.of(90_000), parts={"KHG1": Fraction(2500)}),
    ]
    part = {"criterion": DecisionCriterion.PART, "criterion_part": "KHG1"}
    sheet = score(rows, M.EXTENDED_RATIO, replace(EVERYTHING, **part))
    assert [line.rank for line in sheet.bids] == [1, 3, 2]
    assert sheet.bid("A").explanation.endswith("dort entscheiden die Leistungspunkte für KHG1: 3.000")
    assert sheet.bid("A").distance_to_next == "500,00 Leistungspunkte vor dem nächsten Angebot"


@pytest.mark.parametrize("parts", [None, {"KHG2": Fraction(1)}])
def test_missing_points_of_the_deciding_group_stop(parts):
    rows = [BidFigures("A", 8000, Money.of(100_000), parts=parts)]
    part = {"criterion": DecisionCriterion.PART, "criterion_part": "KHG1"}
    with pytest.raises(FigureMissing, match="KHG1 fehlen"):
        score(rows, M.EXTENDED_RATIO, replace(EVERYTHING, **part))


def test_a_part_cannot_have_more_points_than_the_whole():
    rows = [BidFigures("A", 10, Money.of(100), parts={"1": Fraction(11)})]
    part = {"criterion": DecisionCriterion.PART, "criterion_part": "1"}
    with pytest.raises(FigureOutOfRange, match="passen nicht"):
        score(rows, M.EXTENDED_RATIO, replace(EVERYTHING, **part))
