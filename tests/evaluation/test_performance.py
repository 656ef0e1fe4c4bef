from fractions import Fraction

import pytest

from procurement.evaluation.errors import FigureMissing, FigureOutOfRange, UnknownCriterion
from procurement.evaluation.performance import failed_exclusion_criteria, performance_of
from procurement.tenders.criteria_tree import CriteriaTree, Criterion
from procurement.tenders.kinds import CriterionKind
from tests.examples.evaluation_g import G11_BIDS, g11_tree, points_by_leaf, scored

BELOW_HALF_IN_1 = (
    "Mindestpunktzahl in 1 (Kriterium 1) nicht erreicht: 2.000 von 5.000 Leistungspunkten (40 %), verlangt sind 50 %."
)
BELOW_HALF_IN_2 = (
    "Mindestpunktzahl in 2 (Kriterium 2) nicht erreicht: 1.000 von 2.500 Leistungspunkten (40 %), verlangt sind 50 %."
)
WITH_EXCLUSION = CriteriaTree(
    (Criterion("A1", "Zertifikat liegt vor", kind=CriterionKind.EXCLUSION), scored("1", "100"))
)


@pytest.mark.parametrize("bid", G11_BIDS, ids=lambda bid: bid.name)
def test_g11_performance_points_exact_and_with_whole_weight_points(bid):
    exact = performance_of(g11_tree(whole_points=False), bid.name, points_by_leaf(bid))
    whole = performance_of(g11_tree(whole_points=True), bid.name, points_by_leaf(bid))
    assert (exact.total, whole.total) == (bid.exact, bid.whole)
    assert exact.attainable == whole.attainable == 10_000


@pytest.mark.parametrize("bid", G11_BIDS, ids=lambda bid: bid.name)
def test_g11_share_in_the_second_main_group(bid):
    performance = performance_of(g11_tree(whole_points=False), bid.name, points_by_leaf(bid))
    assert performance.main_groups[1].share == bid.share_in_khg2


def test_partial_sums_of_x_by_hand():
    # 210 x 8 + 90 x 6 = 2220 and 200 x 7 = 1400; 250/3 x (9 + 5 + 7) = 1750; 50 x 10 + 100 x 6 + 100 x 8 = 1900.
    performance = performance_of(g11_tree(whole_points=False), "X", points_by_leaf(G11_BIDS[0]))
    assert [(group.number, group.attained, group.attainable) for group in performance.main_groups] == [
        ("1", 3620, 5000),
        ("2", 1750, 2500),
        ("3", 1900, 2500),
    ]
    assert [group.attained for group in performance.groups if group.number in ("1.1", "1.2")] == [2220, 1400]
    assert performance.leaves[0].performance == 1680


def test_g11_y_misses_the_minimum_in_the_second_main_group_and_nobody_else_does():
    reasons = {
        bid.name: performance_of(g11_tree(whole_points=False), bid.name, points_by_leaf(bid)).exclusion_reasons
        for bid in G11_BIDS
    }
    assert reasons == {
        "X": (),
        "Y": (BELOW_HALF_IN_2,),
        "Z": (),
    }


def test_reaching_the_minimum_exactly_is_enough():
    tree = g11_tree(whole_points=False, minimum_in_khg2="0.4")
    assert performance_of(tree, "Y", points_by_leaf(G11_BIDS[1])).exclusion_reasons == ()


def test_a_minimum_in_total_and_at_a_single_criterion():
    tree = CriteriaTree((scored("1", "50", minimum="0.5"), scored("2", "50")), minimum_share=Fraction(6, 10))
    assert performance_of(tree, "A", {"1": 4, "2": 7}).exclusion_reasons == (
        BELOW_HALF_IN_1,
        "Mindestpunktzahl insgesamt nicht erreicht: 5.500 von 10.000 Leistungspunkten (55 %), verlangt sind 60 %.",
    )


def test_a_missing_point_blocks_and_names_bid_and_criterion_instead_of_counting_as_zero():
    points = points_by_leaf(G11_BIDS[0])
    del points["2.1.2"]
    with pytest.raises(
        FigureMissing, match=r"Angebot X: Für 2\.1\.2 \(Kriterium 2\.1\.2\) fehlen die Punkte"
    ) as missing:
        performance_of(g11_tree(whole_points=False), "X", points)
    assert (missing.value.bid, missing.value.figure) == ("X", "2.1.2")


@pytest.mark.parametrize("points", [-1, 11, Fraction(1001, 100)])
def test_points_outside_zero_to_ten_are_refused(points):
    with pytest.raises(FigureOutOfRange, match="Vergeben Sie 0 bis 10 Punkte"):
        performance_of(CriteriaTree((scored("1", "100"),)), "X", {"1": points})


@pytest.mark.parametrize("points", [0, 10, Fraction("6.66")])
def test_zero_ten_and_exact_decimals_are_points(points):
    assert performance_of(CriteriaTree((scored("1", "100"),)), "X", {"1": points}).total == 1000 * points


def test_points_for_an_unknown_criterion_or_a_group_are_refused():
    with pytest.raises(UnknownCriterion, match="kein Bewertungskriterium 9"):
        performance_of(CriteriaTree((scored("1", "100"),)), "X", {"1": 5, "9": 5})


def test_a_float_is_no_point():
    with pytest.raises(TypeError, match="not a binary float"):
        performance_of(CriteriaTree((scored("1", "100"),)), "X", {"1": 7.5})


def test_one_no_to_an_exclusion_criterion_excludes():
    assert failed_exclusion_criteria(WITH_EXCLUSION, "X", {"A1": True}) == ()
    assert failed_exclusion_criteria(WITH_EXCLUSION, "X", {"A1": False}) == (
        "Ausschlusskriterium A1 (Zertifikat liegt vor) nicht erfüllt.",
    )


def test_an_unanswered_exclusion_criterion_blocks():
    with pytest.raises(FigureMissing, match=r"Angebot X: Das Ausschlusskriterium A1 .* ist noch nicht geprüft"):
        failed_exclusion_criteria(WITH_EXCLUSION, "X", {})


def test_exclusion_criteria_never_enter_the_performance_points():
    performance = performance_of(WITH_EXCLUSION, "X", {"1": 7})
    assert (performance.total, [group.number for group in performance.groups]) == (7000, ["1"])
