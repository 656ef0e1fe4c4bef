"""Method and parameters as stored text: exact, complete, and consistent with the criteria."""

from fractions import Fraction

import pytest

from procurement.tenders import method_guide
from procurement.tenders.criteria_entries import CriterionEntry
from procurement.tenders.kinds import TieRule
from procurement.tenders.method import DecisionCriterion, ScoringMethod
from procurement.tenders.scoring_setup import (
    UnreadableParameter,
    completed,
    objections_to_method,
    objections_to_setup,
    parameters_of,
    setup_of,
    worded_setup,
)

CRITERIA = (CriterionEntry("K1", "Leistung", weight_percent="60"), CriterionEntry("K2", "Service", weight_percent="40"))
BEST = ScoringMethod.BEST_VALUE


def test_the_attainable_points_follow_from_the_weight_points():
    kept = completed(BEST, {"quality_weight": "0.6", "total_points": "1000", "zero_at": "2", "corridor": ""})
    assert kept == {"quality_weight": "0.6", "total_points": "1000", "max_points": "10000"}


def test_attainable_points_that_say_otherwise_are_refused():
    [objection] = objections_to_method(BEST, {"quality_weight": "0.6", "max_points": "1000"}, TieRule.NONE)
    assert objection.field == "max_points"
    assert "10 × 1000 Gewichtungspunkte = 10000" in objection.text
    agreeing = {"quality_weight": "0.6", "max_points": "1000", "total_points": "100"}
    assert objections_to_method(BEST, agreeing, TieRule.NONE) == []


def test_parameters_are_exact_fractions():
    read = parameters_of({"quality_weight": "1/3", "corridor": "0.05", "criterion": "price"}, TieRule.PRICE)
    assert (read.quality_weight, read.corridor) == (Fraction(1, 3), Fraction(1, 20))
    assert (read.criterion, read.tie_rule) == (DecisionCriterion.PRICE, TieRule.PRICE)


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        ({"quality_weight": "viel"}, "quality_weight"),
        ({"quality_weight": "1/0"}, "quality_weight"),
        ({"quality_weight": "0.6", "criterion": "farbe"}, "criterion"),
        ({"quality_weight": "0.6", "total_points": "-5"}, "total_points"),
        ({"quality_weight": "0.6", "total_points": "0"}, "total_points"),
        ({"quality_weight": "0.6", "minimum_percent": "x"}, "minimum_percent"),
        ({"quality_weight": "1.2"}, "quality_weight"),
        ({}, "quality_weight"),
    ],
)
def test_unreadable_or_impossible_parameters_name_their_field(raw, field):
    method = ScoringMethod.EXTENDED_RATIO if "criterion" in raw else BEST
    assert field in {objection.field for objection in objections_to_method(method, raw, TieRule.NONE)}


def test_reading_an_unreadable_parameter_raises_its_objection():
    with pytest.raises(UnreadableParameter, match="kein Wert für „Gewicht der Leistung“"):
        parameters_of({"quality_weight": "viel"}, TieRule.NONE)


def test_a_setup_carries_method_parameters_and_tree():
    raw = {"quality_weight": "0.6", "total_points": "100", "whole_points": "yes", "minimum_percent": "50"}
    setup = setup_of("best_value", completed(BEST, raw), TieRule.QUALITY, CRITERIA)
    assert (setup.method, setup.is_scored) == (BEST, True)
    assert setup.parameters.max_points == setup.tree.attainable_points == 1000
    assert (setup.tree.total_points, setup.tree.whole_points, setup.tree.minimum_share) == (100, True, Fraction(1, 2))


def test_publication_needs_a_method_and_criteria_that_fit_it():
    def found(method: str | None, criteria: tuple[CriterionEntry, ...]) -> list[str]:
        return [each.text for each in objections_to_setup(method, {}, TieRule.NONE, criteria)]

    assert "noch keine Wertungsmethode" in found(None, CRITERIA)[0]
    assert found("simple_ratio", CRITERIA) == []
    assert found("lowest_price", ()) == []
    assert "fehlt das Gewicht der Leistung" in found("best_value", CRITERIA)[0]
    assert "Zuschlagskriterien" in found("simple_ratio", ())[0]


def test_the_setup_in_words_speaks_percent():
    raw = {
        "corridor": "0.05",
        "criterion": "quality",
        "total_points": "1000",
        "whole_points": "no",
        "minimum_percent": "50",
    }
    assert worded_setup("extended_ratio", raw, TieRule.NONE) == [
        ("Wertungsmethode", "Erweiterte Richtwertmethode"),
        ("Korridor", "5 %"),
        ("Entscheidungskriterium", "Leistungspunkte"),
        ("Summe der Gewichtungspunkte", "1.000"),
        ("ganze Gewichtungspunkte", "nein"),
        ("Mindestpunktzahl insgesamt", "50 %"),
        ("bei Gleichstand", "Losentscheid"),
    ]
    assert ("ganze Gewichtungspunkte", "ja") in worded_setup("best_value", {"whole_points": "yes"}, TieRule.NONE)
    assert worded_setup(None, {}, TieRule.NONE) == []


def test_every_method_is_explained():
    assert set(method_guide.GUIDES) == set(ScoringMethod)


def test_the_lowest_price_cannot_be_tied_by_points_that_nobody_gives():
    refused = objections_to_method(ScoringMethod.LOWEST_PRICE, {}, TieRule.QUALITY)
    assert [objection.field for objection in refused] == ["tie_rule"]
    assert objections_to_method(ScoringMethod.LOWEST_PRICE, {}, TieRule.PRICE) == []
