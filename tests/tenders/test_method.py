from dataclasses import replace
from fractions import Fraction

import pytest

from procurement.tenders.method import (
    NUMBERS,
    DecisionCriterion,
    ScoringMethod,
    ScoringParameters,
    objections_to_parameters,
    price_share,
    remarks_on_parameters,
)
from procurement.tenders.method_warnings import UNLAWFUL_METHODS
from tests.examples.evaluation_g import EVERYTHING, corridor, weighted


def objections(method, parameters):
    return [(objection.field, objection.text) for objection in objections_to_parameters(method, parameters)]


@pytest.mark.parametrize(
    ("method", "parameters"),
    [
        (ScoringMethod.LOWEST_PRICE, ScoringParameters()),
        (ScoringMethod.SIMPLE_RATIO, ScoringParameters()),
        (ScoringMethod.EXTENDED_RATIO, corridor("0", "price")),
        (ScoringMethod.EXTENDED_RATIO, corridor("0.10", "quality")),
        (ScoringMethod.BEST_VALUE, weighted("0")),
        (ScoringMethod.BEST_VALUE, weighted("1")),
        (ScoringMethod.LINEAR, weighted("0.6", 2)),
    ],
)
def test_complete_parameters_have_no_objection(method, parameters):
    assert objections(method, parameters) == []


@pytest.mark.parametrize(
    ("method", "missing"),
    [
        (ScoringMethod.EXTENDED_RATIO, ["corridor", "criterion"]),
        (ScoringMethod.BEST_VALUE, ["quality_weight", "max_points"]),
        (ScoringMethod.LINEAR, ["quality_weight", "max_points", "zero_at"]),
    ],
)
def test_every_missing_parameter_is_named(method, missing):
    assert [field for field, _ in objections(method, ScoringParameters())] == missing
    assert all("fehlt" in text for _, text in objections(method, ScoringParameters()))


def test_a_corridor_above_ten_percent_is_refused_with_the_usual_width():
    assert objections(ScoringMethod.EXTENDED_RATIO, corridor("0.11", "quality")) == [
        (
            "corridor",
            "Der Korridor beträgt 11 %. Zulässig sind 0 % bis 10 %; die UfAB sieht üblicherweise 5 % vor.",
        )
    ]
    assert objections(ScoringMethod.EXTENDED_RATIO, corridor("-0.01", "quality"))


@pytest.mark.parametrize("weight", ["1.2", "-0.1"])
def test_a_weight_outside_zero_to_one_hundred_percent_is_refused(weight):
    ((field, text),) = objections(ScoringMethod.BEST_VALUE, weighted(weight))
    assert field == "quality_weight"
    assert "zwischen 0 % und 100 %" in text


def test_the_zero_point_must_lie_above_the_lowest_price():
    ((field, text),) = objections(ScoringMethod.LINEAR, weighted("0.6", 1))
    assert field == "zero_at"
    assert text.startswith("Der Nullpunkt liegt beim 1-Fachen des niedrigsten Preises.")


def test_attainable_points_must_be_positive():
    parameters = ScoringParameters(quality_weight=Fraction(1, 2), max_points=Fraction(0))
    ((field, _),) = objections(ScoringMethod.BEST_VALUE, parameters)
    assert field == "max_points"


def test_parameters_that_a_method_does_not_use_are_not_judged():
    parameters = ScoringParameters(Fraction(7), Fraction(7), DecisionCriterion.PRICE, Fraction(-7), Fraction(0))
    assert objections(ScoringMethod.SIMPLE_RATIO, parameters) == []


def test_a_float_parameter_is_refused():
    with pytest.raises(TypeError, match="not a binary float"):
        ScoringParameters(quality_weight=0.6)


@pytest.mark.parametrize(
    ("method", "parameters", "remarks"),
    [
        (ScoringMethod.BEST_VALUE, weighted("0.7"), []),
        (ScoringMethod.BEST_VALUE, weighted("0.75"), ["Der Preis zählt nur 25 %. Er darf keine Randgröße sein."]),
        (
            ScoringMethod.BEST_VALUE,
            weighted("0.05"),
            ["Der Preis zählt 95 %. Die Leistung darf kein bloßes Alibi sein."],
        ),
        (ScoringMethod.BEST_VALUE, weighted("0"), []),
        (ScoringMethod.BEST_VALUE, ScoringParameters(), []),
        (ScoringMethod.LINEAR, weighted("0.5", 2), []),
        (
            ScoringMethod.SIMPLE_RATIO,
            ScoringParameters(),
            ["Die einfache Richtwertmethode gewichtet Leistung und Preis gleich stark."],
        ),
    ],
)
def test_remarks_warn_without_forbidding(method, parameters, remarks):
    assert remarks_on_parameters(method, parameters) == remarks


def test_a_zero_point_below_the_double_price_is_remarked():
    parameters = ScoringParameters(Fraction("0.5"), max_points=Fraction(1000), zero_at=Fraction("1.5"))
    assert remarks_on_parameters(ScoringMethod.LINEAR, parameters) == [
        "Ein Nullpunkt unter dem Zweifachen des niedrigsten Preises verschärft den Preisabstand."
    ]


@pytest.mark.parametrize("method", [ScoringMethod.WEIGHTED_MEAN, ScoringMethod.WEIGHTED_REFERENCE, ScoringMethod.BONUS])
def test_methods_with_a_weakness_carry_a_remark(method):
    remarks = remarks_on_parameters(method, EVERYTHING)
    assert len(remarks) == 1
    assert ("UfAB rät vom Mittelwert ab" in remarks[0]) is (method is ScoringMethod.WEIGHTED_MEAN)


def test_the_weight_of_a_price_among_the_criteria_is_its_share_of_all_points():
    # 100 weight points at 10 points each beside 1,000 attainable ones: 1000 of 2000
    assert price_share(ScoringMethod.ADDITIVE, EVERYTHING) == Fraction(1, 2)
    small = replace(EVERYTHING, price_weight=Fraction(25))
    assert "Der Preis zählt nur 20 %. Er darf keine Randgröße sein." in remarks_on_parameters(
        ScoringMethod.ADDITIVE, small
    )


def test_unlawful_methods_are_no_methods_and_name_their_ruling():
    assert [one.number for one in UNLAWFUL_METHODS] == ["M10", "M11", "M12"]
    for one in UNLAWFUL_METHODS:
        assert one.number not in NUMBERS
        assert not set(one.names) & {method.value for method in ScoringMethod}
        assert one.ruling in one.refusal
