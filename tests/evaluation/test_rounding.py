"""A published rounding governs ranks and ties, at its one place and commercially; both figures are shown."""

from dataclasses import replace
from fractions import Fraction

from procurement.evaluation.scoring import score
from procurement.tenders.kinds import TieRule
from procurement.tenders.method import RoundingPlace, ScoringMethod
from tests.examples.evaluation_g import EVERYTHING, G9_BIDS, G9_PARAMETERS, G9_POINTS, bids

M = ScoringMethod


def rounded(decimals, place=RoundingPlace.SCORE, **changes):
    return replace(EVERYTHING, rounding_places=Fraction(decimals), rounding_place=place, **changes)


def test_g9_price_points_with_three_decimals():
    sheet = score(G9_BIDS, M.ADDITIVE, G9_PARAMETERS)
    assert [line.price_rating for line in sheet.bids] == G9_POINTS
    assert [line.score for line in sheet.bids] == G9_POINTS


def test_g9_shows_so_many_decimals_that_the_rounding_can_be_followed():
    # 4.81249968 with six decimals would read 4.812500, which nobody would round to 4.812
    last = score(G9_BIDS, M.ADDITIVE, G9_PARAMETERS).bid("C")
    assert last.explanation.endswith("auf 3 Nachkommastellen gerundet: 4,812 (ungerundet 4,8124997)")
    assert last.exact_score == Fraction(10 * (2 * 9_876_543 - 15_000_000), 9_876_543)


def test_a_tie_that_only_the_rounding_makes_counts_and_is_told_with_both_figures():
    # Z x 10,000 = 800.00 and 8000/100,010 x 10,000 = 799.92...; to whole numbers both are 800
    close = bids(("A", 8000, 100_000), ("B", 8000, 100_010), ("C", 7000, 100_000))
    assert [line.rank for line in score(close, M.SIMPLE_RATIO, EVERYTHING).bids] == [1, 2, 3]
    sheet = score(close, M.SIMPLE_RATIO, rounded(0))
    assert [line.rank for line in sheet.bids] == [1, 1, 3]
    assert sheet.needs_drawing
    assert sheet.bid("A").explanation.endswith(
        "Nur durch die veröffentlichte Rundung gleichauf mit Angebot B (799,92 gegen 800,00); die Rundung gilt"
    )
    assert "Nur durch" not in sheet.bid("C").explanation


def test_a_tie_made_by_rounding_goes_to_the_published_tie_rule():
    close = bids(("A", 8000, 100_000), ("B", 8001, 100_020))
    assert score(close, M.SIMPLE_RATIO, rounded(0, tie_rule=TieRule.QUALITY)).winners == ("B",)


def test_half_is_rounded_up_and_below_zero_away_from_zero():
    # 60 x L/1000 + 40: L = 825 gives 89.5 -> 90, never to the even 90 of 88.5
    rows = bids(("A", 825, 100), ("B", 25, 100))
    assert [line.score for line in score(rows, M.BEST_VALUE, rounded(0)).bids] == [90, 42]
    # with 0 for quality: -P/Pref = -1.5 -> -2
    below = score(bids(("A", 800, 150_000)), M.WEIGHTED_REFERENCE, rounded(0, quality_weight=Fraction(0)))
    assert below.bid("A").score == -2


def test_only_price_points_are_rounded_where_that_was_published():
    # 40 x 100/130 = 30.769... -> 30.77; quality 60 x 333/1000 = 19.98 stays
    line = score(bids(("A", 333, 130), ("B", 1, 100)), M.BEST_VALUE, rounded(2, RoundingPlace.PRICE_POINTS)).bid("A")
    assert (line.price_points, line.score) == (Fraction("30.77"), Fraction("50.75"))
    assert line.explanation.endswith(
        "; Preispunkte kaufmännisch auf 2 Nachkommastellen gerundet: 30,77 (ungerundet 30,76923)"
    )


def test_a_published_rounding_of_the_ratio_governs_the_corridor_too():
    # G2c on purpose: with Z x 10,000 published in whole numbers, C is on the bound of 720 and has the most points.
    rows = bids(("A", 8000, 100_000), ("B", 9000, 125_000), ("C", 9500, 132_000), ("D", 7000, 90_000))
    assert score(rows, M.EXTENDED_RATIO, EVERYTHING).winners == ("B",)
    assert score(rows, M.EXTENDED_RATIO, rounded(0)).winners == ("C",)


def test_without_a_published_rounding_nothing_is_rounded():
    line = score(bids(("A", 1, 3)), M.SIMPLE_RATIO, EVERYTHING).bid("A")
    assert (line.score, line.exact_score) == (Fraction(1, 3), None)
