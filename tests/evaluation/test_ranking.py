from dataclasses import replace
from fractions import Fraction

import pytest

from procurement.evaluation.ranking import competition_ranking
from procurement.evaluation.scoring import score
from procurement.tenders.kinds import TieRule
from procurement.tenders.method import ScoringMethod, ScoringParameters
from tests.examples.evaluation_g import EVERYTHING, G1_BIDS, G1_RANKS, G3_BIDS, G3_RANKS, G3_SHOWN, bids, corridor


def merits(**figures):
    return {name: (Fraction(figure),) for name, figure in figures.items()}


def ranks(sheet):
    return {line.id: line.rank for line in sheet.bids}


def test_equal_merits_share_a_rank_and_the_next_rank_is_left_out():
    assert competition_ranking(merits(A=5, B=7, C=7, D=1)).ranks == {"A": 3, "B": 1, "C": 1, "D": 4}


def test_a_shared_first_rank_needs_a_drawing_of_lots():
    ranking = competition_ranking(merits(A=5, B=5, C=1))
    assert ranking.winners == ("A", "B")
    assert ranking.needs_drawing
    assert not competition_ranking(merits(A=5, B=5, C=6)).needs_drawing


def test_the_second_figure_of_a_merit_only_decides_ties():
    ranking = competition_ranking({"A": (Fraction(5), Fraction(1)), "B": (Fraction(5), Fraction(2))})
    assert ranking.ranks == {"A": 2, "B": 1}


def test_g1_ranks():
    assert ranks(score(G1_BIDS, ScoringMethod.SIMPLE_RATIO, ScoringParameters())) == G1_RANKS


def test_g3_tie_without_published_rule_is_left_to_a_drawing_of_lots():
    sheet = score(G3_BIDS, ScoringMethod.SIMPLE_RATIO, ScoringParameters())
    assert {line.id: line.display_score for line in sheet.bids} == G3_SHOWN
    assert ranks(sheet) == G3_RANKS
    assert (sheet.winners, sheet.needs_drawing) == (("A", "B"), True)


@pytest.mark.parametrize(("rule", "winner"), [(TieRule.QUALITY, "A"), (TieRule.PRICE, "B")])
def test_g3_tie_with_published_rule(rule, winner):
    sheet = score(G3_BIDS, ScoringMethod.SIMPLE_RATIO, ScoringParameters(tie_rule=rule))
    assert (sheet.winners, sheet.needs_drawing) == ((winner,), False)
    assert sorted(ranks(sheet).values()) == [1, 2, 3]


def test_the_tie_rule_never_beats_the_score():
    sheet = score(G1_BIDS, ScoringMethod.SIMPLE_RATIO, ScoringParameters(tie_rule=TieRule.QUALITY))
    assert ranks(sheet) == G1_RANKS


def test_equal_lowest_prices_can_be_decided_by_published_quality():
    equal = bids(("A", 7000, 100), ("B", 8000, 100), ("C", 9000, 101))
    assert score(equal, ScoringMethod.LOWEST_PRICE, ScoringParameters()).winners == ("A", "B")
    by_quality = score(equal, ScoringMethod.LOWEST_PRICE, ScoringParameters(tie_rule=TieRule.QUALITY))
    assert ranks(by_quality) == {"A": 2, "B": 1, "C": 3}


@pytest.mark.parametrize("criterion", ["quality", "price"])
def test_in_the_corridor_a_tie_on_the_criterion_goes_to_the_higher_ratio(criterion):
    # Equal points: the cheaper bid has the higher Z. Equal prices: the one with more points has it.
    rows = {
        "quality": [("A", 900, 102), ("B", 900, 100)],
        "price": [("A", 890, 100), ("B", 900, 100)],
    }[criterion]
    sheet = score(bids(*rows), ScoringMethod.EXTENDED_RATIO, corridor("0.10", criterion))
    assert ranks(sheet) == {"A": 2, "B": 1}


def test_identical_bids_tie_under_every_method_whatever_the_rule():
    twins = bids(("A", 700, 90_000), ("B", 700, 90_000))
    parameters = replace(EVERYTHING, tie_rule=TieRule.QUALITY, tie_then=TieRule.PRICE)
    for method in ScoringMethod:
        sheet = score(twins, method, parameters)
        assert ranks(sheet) == {"A": 1, "B": 1}
        assert sheet.needs_drawing


def test_bids_outside_the_corridor_have_no_rank_and_leave_no_gap():
    sheet = score(G1_BIDS, ScoringMethod.EXTENDED_RATIO, corridor("0.10", "quality"))
    assert ranks(sheet) == {"A": 2, "B": 1, "C": None, "D": 3}
    assert [line.id for line in sheet.ranking] == ["B", "A", "D", "C"]


def test_a_published_chain_is_asked_in_its_order_and_what_is_still_equal_is_drawn():
    # All have Z = 0.08; A and B also the same points and price, C has more points, D the lowest price.
    tied = bids(("A", 8000, 100_000), ("B", 8000, 100_000), ("C", 8800, 110_000), ("D", 7200, 90_000))
    chain = ScoringParameters(tie_rule=TieRule.QUALITY, tie_then=TieRule.PRICE)
    assert ranks(score(tied, ScoringMethod.SIMPLE_RATIO, chain)) == {"A": 2, "B": 2, "C": 1, "D": 4}
    chain = ScoringParameters(tie_rule=TieRule.PRICE, tie_then=TieRule.QUALITY)
    assert ranks(score(tied, ScoringMethod.SIMPLE_RATIO, chain)) == {"A": 2, "B": 2, "C": 4, "D": 1}


def test_the_second_criterion_decides_only_where_the_first_is_equal():
    # Both 50 of 100 points with full weight on quality: equal points, so the second criterion, the price, decides.
    tied = bids(("A", 500, 120), ("B", 500, 110))
    parameters = replace(EVERYTHING, quality_weight=Fraction(1), tie_rule=TieRule.QUALITY)
    assert score(tied, ScoringMethod.BEST_VALUE, parameters).winners == ("A", "B")
    assert score(tied, ScoringMethod.BEST_VALUE, replace(parameters, tie_then=TieRule.PRICE)).winners == ("B",)
