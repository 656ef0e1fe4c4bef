from dataclasses import replace
from fractions import Fraction

import pytest

from procurement.tenders.criteria_tree import (
    CriteriaTree,
    Criterion,
    exclusion_leaves,
    objections_to_tree,
    scored_leaves,
    weight_points,
)
from procurement.tenders.kinds import CriterionKind
from procurement.values.objection import NotAdmissible
from tests.examples.evaluation_g import G11_EXACT_WEIGHTS, G11_LEAVES, G11_WHOLE_WEIGHTS, g11_tree, scored


def exclusion(number: str, *children: Criterion) -> Criterion:
    return Criterion(number, f"Kriterium {number}", children=children, kind=CriterionKind.EXCLUSION)


def texts(*main_groups: Criterion, whole_points: bool = False, total: int = 1000) -> list[str]:
    tree = CriteriaTree(main_groups, total_points=total, whole_points=whole_points)
    return [objection.text for objection in objections_to_tree(tree)]


def test_g11_exact_weight_points_keep_the_thirds_and_sum_to_one_thousand():
    points = weight_points(g11_tree(whole_points=False))
    assert points == dict(zip(G11_LEAVES, G11_EXACT_WEIGHTS, strict=True))
    assert sum(points.values()) == 1000


def test_g11_whole_weight_points_give_the_missing_point_to_the_first_of_the_thirds():
    points = weight_points(g11_tree(whole_points=True))
    assert points == dict(zip(G11_LEAVES, G11_WHOLE_WEIGHTS, strict=True))
    assert sum(points.values()) == 1000


def test_equal_remainders_go_by_the_published_order_and_not_by_weight():
    # T = 10 on 25 % and 75 % is 2.5 and 7.5: both remainders are one half, the first criterion gets the point.
    tree = CriteriaTree((scored("1", "25"), scored("2", "75")), total_points=10, whole_points=True)
    assert weight_points(tree) == {"1": 3, "2": 7}


def test_a_single_criterion_carries_all_points():
    tree = CriteriaTree((scored("1", "100"),))
    assert weight_points(tree) == {"1": 1000}
    assert tree.attainable_points == 10_000


def test_exclusion_criteria_stand_beside_scored_ones_without_weight_or_points():
    tree = CriteriaTree((exclusion("A", exclusion("A1"), exclusion("A2")), scored("1", "100")))
    assert objections_to_tree(tree) == []
    assert weight_points(tree) == {"1": 1000}
    assert [leaf.number for leaf in exclusion_leaves(tree)] == ["A1", "A2"]
    assert [leaf.number for leaf in scored_leaves(tree)] == ["1"]


def test_weights_that_do_not_sum_to_exactly_one_hundred_are_refused_with_the_place():
    assert texts(scored("1", "60"), scored("2", "30.5")) == [
        "Die Gewichte der obersten Ebene ergeben 90,50 %. Sie müssen genau 100 % ergeben."
    ]
    assert texts(scored("1", "100", scored("1.1", "60"), scored("1.2", "50"))) == [
        "Die Gewichte unter 1 ergeben 110 %. Sie müssen genau 100 % ergeben."
    ]


def test_three_times_33_333_is_refused_and_the_fraction_is_named():
    thirds = [scored(number, "33.333") for number in "123"]
    assert texts(*thirds) == [
        "Die Gewichte der obersten Ebene ergeben nur gerundet 100 %. Schreiben Sie Drittel als Bruch 100/3."
    ]
    assert texts(*(scored(number, "100/3") for number in "123")) == []


def test_the_objection_names_the_parent_of_the_wrong_sum():
    tree = CriteriaTree((scored("1", "100", scored("1.1", "60")),))
    assert [objection.field for objection in objections_to_tree(tree)] == ["1"]


def test_numbers_must_be_unique_in_the_whole_tree():
    assert texts(scored("1", "50", scored("1.1", "100")), scored("1.1", "50")) == [
        "Die Nummer 1.1 kommt 2-mal vor. Jede Nummer darf nur einmal vorkommen."
    ]


@pytest.mark.parametrize("main_groups", [(), (exclusion("A1"),)])
def test_a_tree_without_scored_criterion_is_refused(main_groups):
    assert texts(*main_groups) == ["Es gibt kein Bewertungskriterium. Legen Sie mindestens eines mit Gewicht an."]


@pytest.mark.parametrize(
    ("criterion", "text"),
    [
        (scored("2", "0"), "Das Gewicht von 2 fehlt oder liegt nicht zwischen 0 % und 100 %."),
        (Criterion("2", "Zwei"), "Das Gewicht von 2 fehlt oder liegt nicht zwischen 0 % und 100 %."),
        (Criterion("2", " ", Fraction(100)), "Jedes Kriterium braucht eine Nummer und eine Bezeichnung."),
        (scored("2", "100", minimum="1.5"), "Die Mindestpunktzahl bei 2 muss über 0 % und höchstens bei 100 % liegen."),
        (
            replace(exclusion("2"), weight_percent=Fraction(10)),
            "2 ist ein Ausschlusskriterium. Entfernen Sie Gewicht und Mindestpunktzahl.",
        ),
        (
            exclusion("2", scored("2.1", "100")),
            "2 ist ein Ausschlusskriterium und kann keine Bewertungskriterien enthalten.",
        ),
        (
            scored("2", "100", exclusion("2.1")),
            "2 hat ein Gewicht, aber kein Bewertungskriterium darunter. Legen Sie mindestens eines an.",
        ),
    ],
)
def test_a_faulty_criterion_is_named(criterion, text):
    assert text in texts(scored("1", "100"), criterion)


def test_total_points_and_total_minimum_must_make_sense():
    tree = CriteriaTree((scored("1", "100"),), total_points=0, minimum_share=Fraction(0))
    assert [objection.text for objection in objections_to_tree(tree)] == [
        "Die Mindestpunktzahl insgesamt muss über 0 % und höchstens bei 100 % liegen.",
        "Die Summe der Gewichtungspunkte muss größer als 0 sein, üblich sind 1.000.",
    ]


def test_a_criterion_that_would_get_no_whole_point_is_named():
    assert texts(scored("1", "99"), scored("2", "1"), whole_points=True, total=10) == [
        "2 erhält 0 ganze Gewichtungspunkte. Erhöhen Sie die Summe der Gewichtungspunkte."
    ]


def test_weight_points_of_a_faulty_tree_are_refused_with_every_objection():
    with pytest.raises(NotAdmissible, match="ergeben 90 %") as refused:
        weight_points(CriteriaTree((scored("1", "90"),)))
    assert len(refused.value.objections) == 1
