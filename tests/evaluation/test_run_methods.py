"""Every lawful method from stored terms to the table on the page, and old runs that stay as they were stored."""

import json

import pytest

from procurement.evaluation.run_calculation import calculated, proof
from procurement.evaluation.run_display import display_of
from procurement.evaluation.run_input import canonical, hash_of
from procurement.evaluation.run_result import as_stored, from_stored
from procurement.tenders.kinds import TieRule
from procurement.tenders.method import ScoringMethod
from procurement.tenders.scoring_setup import completed
from tests.factories import evaluation as given
from tests.factories import members as make
from tests.factories.runs import G11_CRITERIA, g11, run_input
from tests.page_reading import text_of

RAW = {
    "quality_weight": "0.6",
    "corridor": "0.10",
    "criterion": "part",
    "criterion_part": "2",
    "zero_at": "2",
    "reference_points": "8000",
    "reference_price": "230000",
    "quality_reference": "best",
    "price_weight": "1000",
    "price_rule": "linear",
    "bonus_per_point": "1.5",
    "threshold": "0.7",
    "tie_then": "price",
}
BIDS = g11().bids
COLUMNS = {
    "lowest_price": [],
    "simple_ratio": ["Z × 10.000", "Z genau"],
    "extended_ratio": ["Punkte, die im Korridor entscheiden", "Z × 10.000", "Z genau"],
    "weighted_median": ["Leistungsanteil", "Preisanteil", "Z", "Z genau"],
    "weighted_reference": ["Leistungsanteil", "Preisanteil", "Z", "Z genau"],
    "weighted_mean": ["Leistungsanteil", "Preisanteil", "Z", "Z genau"],
    "best_value": ["Leistung", "Preispunkte", "Summe S", "S genau"],
    "linear": ["Leistung", "Preispunkte", "Summe S", "S genau"],
    "additive": ["Punkte des Preises", "Preispunkte", "Summe S", "S genau"],
    "exponential": ["S", "Potenz von S, genau"],
    "quality_only": [],
    "bonus": ["Bonus", "P′", "P′ genau"],
    "threshold_price": [],
}
# X and Z are left, as Y misses its minimum: L = 7270 and 22000/3, P = 240,000 and 236,000
REFERENCES = {
    "weighted_median": {"Median der Leistungspunkte": "21905/3", "Median der Preise in €": "238000"},
    "weighted_mean": {"Mittelwert der Leistungspunkte": "21905/3", "Mittelwert der Preise in €": "238000"},
    "weighted_reference": {"Referenzwert der Leistungspunkte": "8000", "Referenzpreis in €": "230000"},
    "best_value": {"Beste Leistungspunkte unter den Angeboten": "22000/3"},
    "additive": {"Preis mit 0 Preispunkten in €": "472000"},
    "threshold_price": {"Leistungsschwelle in Leistungspunkten": "7000"},
}


def run_of(method, **changes):
    parameters = completed(method, RAW | changes)
    rule = TieRule.PRICE if method is ScoringMethod.LOWEST_PRICE else TieRule.QUALITY
    if method is ScoringMethod.LOWEST_PRICE:
        parameters.pop("tie_then", None)
    return run_input(*BIDS, method=method.value, criteria=G11_CRITERIA, parameters=parameters, tie_rule=rule)


@pytest.mark.parametrize("method", ScoringMethod)
def test_a_run_is_stored_read_again_and_proven(method):
    run = run_of(method)
    text = canonical(run)
    stored = json.loads(json.dumps(as_stored(calculated(run))))
    assert from_stored(stored) == calculated(run)
    assert proof(text, hash_of(text), stored).is_good


@pytest.mark.parametrize("method", ScoringMethod)
def test_the_table_shows_the_intermediate_figures_of_the_method(method):
    shown = display_of(calculated(run_of(method)), 20)
    assert [column.label for column in shown.columns] == COLUMNS[method.value]
    values = {value.label: str(value.exact) for value in shown.references}
    assert REFERENCES.get(method.value, {}).items() <= values.items()
    assert shown.unit
    assert all(bid.explanation for bid in shown.result.bids)


def test_a_rounded_run_shows_the_figure_before_rounding_too():
    run = run_of(ScoringMethod.SIMPLE_RATIO, rounding_places="0", rounding_place="score")
    shown = display_of(calculated(run), 20)
    assert [column.label for column in shown.columns] == ["Z × 10.000", "Z genau", "Z ungerundet"]


def test_a_run_of_an_earlier_day_is_stored_with_exactly_the_fields_of_that_day():
    stored = as_stored(calculated(g11()))
    assert set(stored["references"]) == {"p_min", "z_max", "lower_bound", "zero_price"}
    assert set(stored["bids"][0]) == {
        *("bid_id", "number", "bidder", "rank", "is_excluded", "reason", "explanation", "distance_to_next"),
        *("in_corridor", "points", "price", "score", "display_score", "quality_points", "price_points"),
        *("leaves", "groups"),
    }


def test_the_points_of_a_main_group_decide_inside_the_corridor_of_a_run():
    # Main group 2: X 1750, Z 5500/3 = 1833.33
    result = calculated(run_of(ScoringMethod.EXTENDED_RATIO))
    assert {bid.bidder: str(bid.part) for bid in result.ranked} == {"Z": "5500/3", "X": "1750"}
    assert result.winner.bidder == "Z"


def test_the_pages_of_an_evaluation_tell_figures_and_sentences_of_the_method(saved, browser):
    terms = {"quality_weight": "0.6", "total_points": "1000", "whole_points": "no"}
    with saved():
        lot = given.evaluated_lot(method="weighted_median", parameters=terms)
        officer_id, url = make.officer().id, f"/evaluation/{lot.tender_id}"
    shown = text_of(browser(officer_id).get(url))
    # L 8600 and 6400, P 6,000 and 5,400: medians 7,500 and 5,700
    for part in ("Median der Leistungspunkte", "Median der Preise in €", "7.500", "5.700", "Leistungsanteil"):
        assert part in shown
    assert "Z = 60 % × 8.600 ÷ 7.500 − 40 % × 6.000 ÷ 5.700 = 0,266947" in shown
