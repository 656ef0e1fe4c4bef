from dataclasses import replace
from fractions import Fraction

import pytest

from procurement.evaluation.bid_figures import BidFigures
from procurement.evaluation.errors import (
    DuplicateBid,
    FigureMissing,
    FigureOutOfRange,
    FormulaNotApplicable,
    NoBids,
)
from procurement.evaluation.performance import performance_of
from procurement.evaluation.scoring import OUTSIDE_CORRIDOR, score
from procurement.tenders.kinds import TieRule
from procurement.tenders.method import UNDIVIDED_METHODS, ScoringMethod, ScoringParameters
from procurement.values.money import Money
from procurement.values.objection import NotAdmissible
from tests.examples.evaluation_g import (
    CORRIDOR_CASES,
    EVERYTHING,
    G1_BIDS,
    G5E_ALONE,
    G5E_BOUND_ALONE,
    G5E_BOUND_WITH_THIRD,
    G5E_THIRD,
    G11_BIDS,
    PLAIN,
    bids,
    corridor,
    g11_tree,
    points_by_leaf,
    weighted,
)

USABLE = dict.fromkeys(ScoringMethod, EVERYTHING) | {
    ScoringMethod.LOWEST_PRICE: PLAIN,
    ScoringMethod.SIMPLE_RATIO: PLAIN,
}
DIVIDING = [method for method in ScoringMethod if method not in UNDIVIDED_METHODS]


def g11_figures(*, tree, changes=None):
    """The bids of G11, some points raised: ``{("X", "1.1.1"): 1}``."""
    figures = []
    for bid in G11_BIDS:
        points = points_by_leaf(bid)
        for (name, leaf), rise in (changes or {}).items():
            if name == bid.name:
                points[leaf] += rise
        performance = performance_of(tree, bid.name, points)
        reason = " ".join(performance.exclusion_reasons) or None
        figures.append(BidFigures(bid.name, performance.total, Money.of(bid.price), reason))
    return figures


@pytest.mark.parametrize("case", CORRIDOR_CASES, ids=lambda case: case.name)
def test_g2_winner_in_the_corridor(case):
    sheet = score(G1_BIDS, ScoringMethod.EXTENDED_RATIO, case.parameters)
    assert sheet.winners == (case.winner,)
    assert [line.id for line in sheet.bids if line.in_corridor] == list(case.inside)


def test_a_bid_outside_the_corridor_is_out_of_the_choice_but_keeps_its_score():
    line = score(G1_BIDS, ScoringMethod.EXTENDED_RATIO, corridor("0.10", "quality")).bid("C")
    assert (line.excluded, line.reason, line.rank) == (True, OUTSIDE_CORRIDOR, None)
    assert line.score == Fraction(9500, 132_000)


def test_g5e_a_third_bid_pushes_the_winner_out_of_the_corridor():
    parameters = corridor("0.10", "quality")
    alone = score(G5E_ALONE, ScoringMethod.EXTENDED_RATIO, parameters)
    assert (alone.references.lower_bound, alone.winners) == (G5E_BOUND_ALONE, ("B",))
    with_third = score(G5E_ALONE + G5E_THIRD, ScoringMethod.EXTENDED_RATIO, parameters)
    assert (with_third.references.lower_bound, with_third.winners) == (G5E_BOUND_WITH_THIRD, ("A",))
    assert with_third.bid("B").in_corridor is False


def test_g11_with_minimum_y_is_excluded_although_best_and_z_wins():
    sheet = score(g11_figures(tree=g11_tree(whole_points=False)), ScoringMethod.SIMPLE_RATIO, PLAIN)
    assert {line.id: line.rank for line in sheet.bids} == {"X": 2, "Y": None, "Z": 1}
    assert "Mindestpunktzahl in 2" in sheet.bid("Y").reason
    assert sheet.bid("Y").score is None
    assert sheet.references.p_min == 236_000


def test_g11_without_minimum_the_ratios_are_as_printed_and_y_wins():
    tree = g11_tree(whole_points=False, minimum_in_khg2=None)
    sheet = score(g11_figures(tree=tree), ScoringMethod.SIMPLE_RATIO, PLAIN)
    assert [line.display_score for line in sheet.bids] == [bid.shown for bid in G11_BIDS]
    assert sheet.winners == ("Y",)


def test_g11_x_overtakes_z_with_one_point_in_exactly_two_criteria():
    tree = g11_tree(whole_points=False)
    open_leaves = [leaf for leaf, points in points_by_leaf(G11_BIDS[0]).items() if points < 10]
    flipping = [
        leaf
        for leaf in open_leaves
        if score(g11_figures(tree=tree, changes={("X", leaf): 1}), ScoringMethod.SIMPLE_RATIO, PLAIN).winners == ("X",)
    ]
    assert flipping == ["1.1.1", "1.2.1"]


# 7270 x 236,000 / (22,000/3) = 233,961.8181...: the paper's 233,961.82 is this, rounded.
@pytest.mark.parametrize(("price", "winner"), [("233961.81", "X"), ("233961.82", "Z")])
def test_g11_the_price_at_which_x_overtakes_z_is_exact_to_the_cent(price, winner):
    _, _, z = g11_figures(tree=g11_tree(whole_points=False))
    x = BidFigures("X", Fraction(7270), Money.of(price))
    assert score([x, z], ScoringMethod.SIMPLE_RATIO, PLAIN).winners == (winner,)


def test_excluding_a_bid_recomputes_the_lowest_price():
    # Without C the lowest price is 130,000 instead of 80,000 and the winner changes (G5c).
    three = bids(("A", 950, 180_000), ("B", 800, 130_000), ("C", 500, 80_000))
    assert score(three, ScoringMethod.BEST_VALUE, weighted("0.6")).winners == ("A",)
    excluded = replace(three[2], excluded="Angebot ist verspätet.")
    sheet = score([*three[:2], excluded], ScoringMethod.BEST_VALUE, weighted("0.6"))
    assert (sheet.winners, sheet.references.p_min) == (("B",), 130_000)
    assert sheet.bid("C").explanation == "Ausgeschlossen: Angebot ist verspätet."


def test_an_incomplete_excluded_bid_needs_neither_points_nor_price():
    sheet = score([*G1_BIDS, BidFigures("E", None, None, "Preise fehlen.")], ScoringMethod.SIMPLE_RATIO, PLAIN)
    line = sheet.bid("E")
    assert (line.points, line.price, line.rank, line.excluded) == (None, None, None, True)
    assert sheet.ranking[-1] == line


def test_when_every_bid_is_excluded_there_is_no_winner():
    sheet = score([replace(bid, excluded="verspätet") for bid in G1_BIDS], ScoringMethod.LINEAR, weighted("0.6", 2))
    assert (sheet.winners, sheet.needs_drawing, sheet.references) == ((), False, None)
    assert all(line.excluded for line in sheet.bids)


@pytest.mark.parametrize("method", DIVIDING)
def test_a_price_of_zero_stops_every_formula_that_divides_by_it(method):
    with pytest.raises(FormulaNotApplicable, match="ist nicht anwendbar: Der Preis von Angebot B beträgt 0 €") as error:
        score(bids(("A", 800, 100), ("B", 500, 0)), method, USABLE[method])
    assert (error.value.bid, error.value.figure) == ("B", "price")


def test_a_price_of_zero_can_be_the_lowest_price():
    assert score(bids(("A", 800, 100), ("B", 500, 0)), ScoringMethod.LOWEST_PRICE, PLAIN).winners == ("B",)


@pytest.mark.parametrize("method", ScoringMethod)
def test_a_negative_price_is_refused(method):
    with pytest.raises(FigureOutOfRange, match="Angebot A: Der Preis ist negativ"):
        score(bids(("A", 800, -100)), method, USABLE[method])


@pytest.mark.parametrize("method", DIVIDING)
def test_negative_points_are_refused_and_zero_points_are_fine(method):
    with pytest.raises(FigureOutOfRange, match="Angebot A: Die Leistungspunkte sind negativ"):
        score(bids(("A", -1, 100)), method, USABLE[method])
    sheet = score(bids(("A", 0, 100), ("B", 500, 100)), method, USABLE[method])
    assert sheet.winners == ("B",)


@pytest.mark.parametrize("method", [ScoringMethod.BEST_VALUE, ScoringMethod.LINEAR])
def test_more_points_than_attainable_are_refused(method):
    with pytest.raises(FigureOutOfRange, match=r"1\.001 Leistungspunkte sind mehr als die höchste erreichbare"):
        score(bids(("A", 1001, 100)), method, USABLE[method])
    assert score(bids(("A", 1000, 100)), method, USABLE[method]).bid("A").score == 100


@pytest.mark.parametrize("method", ScoringMethod)
def test_a_single_bid_is_first(method):
    sheet = score(bids(("A", 700, 90_000)), method, USABLE[method])
    assert (sheet.bid("A").rank, sheet.winners, sheet.bid("A").distance_to_next) == (1, ("A",), None)


def test_no_bid_at_all_is_an_error():
    with pytest.raises(NoBids, match="Es liegt kein Angebot vor"):
        score([], ScoringMethod.SIMPLE_RATIO, PLAIN)


def test_two_bids_of_one_name_are_an_error():
    with pytest.raises(DuplicateBid, match="Das Angebot A kommt mehrfach vor"):
        score(bids(("A", 1, 1), ("A", 2, 2)), ScoringMethod.SIMPLE_RATIO, PLAIN)


@pytest.mark.parametrize("method", DIVIDING)
def test_missing_points_block_and_never_count_as_zero(method):
    with pytest.raises(FigureMissing, match="Angebot A: Die Leistungspunkte fehlen"):
        score([BidFigures("A", None, Money.of(5))], method, USABLE[method])


def test_the_lowest_price_needs_points_only_for_its_tie_rule():
    unscored = [BidFigures("A", None, Money.of(5))]
    sheet = score(unscored, ScoringMethod.LOWEST_PRICE, PLAIN)
    assert (sheet.winners, sheet.bid("A").points) == (("A",), None)
    with pytest.raises(FigureMissing):
        score(unscored, ScoringMethod.LOWEST_PRICE, ScoringParameters(tie_rule=TieRule.QUALITY))


def test_a_bid_without_a_price_is_never_ranked():
    with pytest.raises(FigureMissing, match="Angebot A: Der Preis fehlt"):
        score([BidFigures("A", Fraction(5), None)], ScoringMethod.LOWEST_PRICE, PLAIN)


def test_floats_are_refused():
    with pytest.raises(TypeError, match="not a binary float"):
        score([BidFigures("A", Fraction(5), 0.1)], ScoringMethod.LOWEST_PRICE, PLAIN)


def test_missing_parameters_are_refused_with_all_objections():
    with pytest.raises(NotAdmissible, match="fehlt die Breite des Korridors") as refused:
        score(G1_BIDS, ScoringMethod.EXTENDED_RATIO, PLAIN)
    assert [objection.field for objection in refused.value.objections] == ["corridor", "criterion"]


def test_a_line_that_is_not_on_the_sheet_is_a_key_error():
    with pytest.raises(KeyError):
        score(G1_BIDS, ScoringMethod.SIMPLE_RATIO, PLAIN).bid("Q")
