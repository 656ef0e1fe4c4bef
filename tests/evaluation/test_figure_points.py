"""Points for stated figures depend on which bids are left in the ranking. All figures by hand."""

from dataclasses import replace
from fractions import Fraction

import pytest

from procurement.evaluation.errors import FigureMissing, FigureOutOfRange
from procurement.evaluation.run_calculation import calculated, proof
from procurement.evaluation.run_input import RunInput, canonical, hash_of, read, what_is_missing
from procurement.evaluation.run_result import as_stored
from procurement.tenders.criteria_entries import CriterionEntry
from procurement.tenders.criteria_scales import Direction, FigureScale, Step, StepScale, as_text
from tests.factories.runs import bid, run_input

HOURS = as_text(FigureScale("Stunden", Direction.LOWER, Fraction(2)))
STEPS = as_text(StepScale(tuple(Step(points, "Ziel") for points in (0, 3, 5, 8, 10))))
REACTION = CriterionEntry("K1", "Reaktionszeit", weight_percent="50", scale=HOURS)
CONCEPT = CriterionEntry("K2", "Konzept", weight_percent="50")


def given(*bids, criteria=(REACTION, CONCEPT)) -> RunInput:
    return run_input(*bids, criteria=criteria)


def stating(name: str, hours: str, concept: int, price: int = 1000, **details):
    return replace(bid(name, price, {"K2": concept}, **details), figures={"K1": hours})


def points(result) -> dict[str, str]:
    """Points for the reaction time by bidder."""
    return {one.bidder: str(one.leaves[0].points) for one in result.bids if one.leaves}


THREE = (stating("A", "20", 8), stating("B", "30", 8), stating("C", "40", 8))


def test_the_shortest_time_gets_ten_and_twice_as_long_nothing():
    result = calculated(given(*THREE))
    assert points(result) == {"A": "10", "B": "5", "C": "0"}
    assert [one.points for one in result.bids] == [9000, 6500, 4000]


def test_without_the_best_bid_the_others_are_computed_anew():
    excluded = replace(THREE[0], exclusion="Unterlagen fehlen")
    assert points(calculated(given(excluded, *THREE[1:]))) == {"B": "10", "C": "667/100"}


def test_a_bid_that_misses_a_minimum_does_not_press_down_the_others():
    """A misses K2 whatever happens. Beside A, B has 2.5 and C 1; without A, B has 10 and C 10 × 32/35 = 9.14."""
    criteria = (replace(REACTION, minimum_percent="50"), replace(CONCEPT, minimum_percent="50"))
    bids = (stating("A", "20", 2), stating("B", "35", 9), stating("C", "38", 9))
    result = calculated(given(*bids, criteria=criteria))
    assert [one.bidder for one in result.bids if one.is_excluded] == ["A"]
    assert points(result) == {"A": "10", "B": "10", "C": "457/50"}


def test_a_bid_far_behind_one_that_stays_is_out():
    criteria = (replace(REACTION, minimum_percent="50"), CONCEPT)
    result = calculated(given(stating("A", "20", 8), stating("B", "31", 8), criteria=criteria))
    assert [one.is_excluded for one in result.bids] == [False, True]
    assert "Mindestpunktzahl in K1" in result.bids[1].reason


def test_a_missing_figure_stops_the_evaluation_and_is_named():
    bare = given(bid("A", 1000, {"K2": 8}))
    assert [one.text for one in what_is_missing(bare)] == [
        "Angebot 1 (A): Es fehlt die Zahl aus dem Angebot für K1 Reaktionszeit."
    ]
    with pytest.raises(FigureMissing):
        calculated(bare)


def test_points_off_the_published_steps_stop_the_evaluation():
    criteria = (replace(CONCEPT, weight_percent="100", scale=STEPS),)
    with pytest.raises(FigureOutOfRange, match="Stufen 0, 3, 5, 8 und 10"):
        calculated(given(bid("A", 1000, {"K2": 4}), criteria=criteria))


def test_figures_and_scales_stand_in_the_text_of_the_run_and_are_reproduced():
    text = canonical(given(*THREE))
    assert read(text) == given(*THREE)
    assert proof(text, hash_of(text), as_stored(calculated(given(*THREE)))).is_good


def test_without_figures_and_scales_the_text_is_what_it_was_before():
    text = canonical(given(bid("A", 1000, {"K2": 8}), criteria=(replace(CONCEPT, weight_percent="100"),)))
    assert "scale" not in text
    assert "figures" not in text
