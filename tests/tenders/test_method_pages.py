"""Every lawful method can be chosen with its parameters on the page, and comes out as exact text."""

import html

import pytest

from procurement.core.db import db
from procurement.tenders.criteria_entries import CriterionEntry
from procurement.tenders.kinds import TieRule
from procurement.tenders.models import Tender
from procurement.tenders.scoring_setup import objections_to_setup, worded_setup
from tests.factories import members as make
from tests.factories import tenders
from tests.page_reading import seen_on, text_of

TREE = {"total_points": "1000", "whole_points": "no", "minimum_percent": ""}
STORED_TREE = {"total_points": "1000", "whole_points": "no"}
CHOSEN = [
    (
        {"method": "extended_ratio", "corridor": "5", "criterion": "part", "criterion_part": "K1"},
        {"corridor": "0.05", "criterion": "part", "criterion_part": "K1"},
        ["Kriterium, das im Korridor entscheidet", "K1"],
    ),
    ({"method": "weighted_median", "quality_weight": "60"}, {"quality_weight": "0.6"}, ["60 %"]),
    (
        {
            "method": "weighted_reference",
            "quality_weight": "60",
            "reference_points": "8.000",
            "reference_price": "120.000,5",
        },
        {"quality_weight": "0.6", "reference_points": "8000", "reference_price": "120000.5"},
        ["Referenzpreis", "120.000,50 €"],
    ),
    (
        {"method": "best_value", "quality_weight": "60", "quality_reference": "best"},
        {"quality_weight": "0.6", "quality_reference": "best", "max_points": "10000"},
        ["Leistung gemessen an", "bestes Angebot"],
    ),
    (
        {"method": "additive", "price_weight": "1.000", "price_rule": "linear", "zero_at": "2"},
        {"price_weight": "1000", "price_rule": "linear", "zero_at": "2", "max_points": "10000"},
        ["Gewichtungspunkte des Preises", "lineare Interpolation"],
    ),
    (
        {"method": "additive", "price_weight": "1.000", "price_rule": "quotient", "zero_at": "2"},
        {"price_weight": "1000", "price_rule": "quotient", "max_points": "10000"},
        ["niedrigster Preis ÷ Preis"],
    ),
    ({"method": "exponential", "quality_weight": "60"}, {"quality_weight": "0.6"}, ["Exponentialmethode"]),
    ({"method": "quality_only"}, {}, ["Festpreis"]),
    (
        {"method": "bonus", "bonus_per_point": "1,125", "bonus_base": ""},
        {"bonus_per_point": "1.125"},
        ["Bonus je Leistungspunkt", "1,125 €"],
    ),
    (
        {"method": "threshold_price", "threshold": "70"},
        {"threshold": "0.7", "max_points": "10000"},
        ["Leistungsschwelle", "70 %"],
    ),
    (
        {
            "method": "simple_ratio",
            "rounding_place": "score",
            "rounding_places": "2",
            "tie_rule": "quality",
            "tie_then": "price",
        },
        {"rounding_place": "score", "rounding_places": "2", "tie_then": "price"},
        ["Nachkommastellen der Rundung", "bei weiterem Gleichstand", "niedrigerer Preis"],
    ),
]


def test_every_method_is_chosen_with_its_parameters_and_comes_back_filled_in(saved, browser):
    with saved():
        tender = tenders.planned_tender(officer=(officer := make.officer()))
        officer_id, tender_id = officer.id, tender.id
    page, url = browser(officer_id), f"/tenders/{tender_id}"
    for typed, stored, _ in CHOSEN:
        assert page.post(f"{url}/method", {"tie_rule": "none"} | TREE | typed).status_code == 303, typed
        with saved():
            assert db.session.get(Tender, tender_id).parameters == STORED_TREE | stored
        shown = html.unescape(page.get(f"{url}/criteria").get_data(as_text=True))
        for name, value in typed.items():
            kept = value == "" or name not in (*stored, "quality_weight", "corridor", "threshold")
            assert kept or f'value="{value}"' in shown, (typed["method"], name)


@pytest.mark.parametrize(("typed", "stored", "words"), CHOSEN, ids=[one["method"] for one, _, _ in CHOSEN])
def test_what_is_published_is_put_into_words(typed, stored, words):
    rule = TieRule(typed.get("tie_rule", "none"))
    told = " ".join(part for row in worded_setup(typed["method"], STORED_TREE | stored, rule) for part in row)
    assert all(word in told for word in words), told


def test_a_published_tender_shows_its_method_in_words(saved, browser):
    parameters = {"price_weight": "500", "price_rule": "linear", "zero_at": "2", "rounding_places": "3"}
    with saved():
        officers = [make.officer(), make.officer()]
        terms = parameters | {"rounding_place": "price_points"}
        tender = tenders.published_tender(officers=officers, method="additive", parameters=terms)
        officer_id, url = officers[0].id, f"/tenders/{tender.id}/criteria"
    shown = seen_on(browser(officer_id).get(url))
    for part in ("Additive Punkte", "Gewichtungspunkte des Preises", "lineare Interpolation", "Nachkommastellen"):
        assert part in shown


def test_a_group_that_the_criteria_do_not_have_cannot_decide():
    raw = {"corridor": "0.05", "criterion": "part", "criterion_part": "9"}
    criteria = (CriterionEntry("K1", "Leistung", weight_percent="100"),)
    [objection] = objections_to_setup("extended_ratio", raw, TieRule.NONE, criteria)
    assert (objection.field, "kein Bewertungskriterium 9" in objection.text) == ("criterion_part", True)
    assert objections_to_setup("extended_ratio", raw | {"criterion_part": "K1"}, TieRule.NONE, criteria) == []


REFUSED = [
    ({"method": "weighted_reference", "quality_weight": "60"}, "fehlt der Referenzwert der Leistungspunkte"),
    (
        {"method": "extended_ratio", "corridor": "5", "criterion": "part"},
        "fehlt die Nummer der Kriterienhauptgruppe",
    ),
    ({"method": "exponential", "quality_weight": "60,125"}, "ganze Prozent oder"),
    ({"method": "simple_ratio", "rounding_place": "score"}, "fehlt die Zahl der Nachkommastellen"),
    ({"method": "simple_ratio", "tie_rule": "price", "tie_then": "price"}, "steht bei Gleichstand zweimal"),
    ({"method": "threshold_price", "threshold": "101"}, "höchstens bei 100 %"),
]


def test_what_is_missing_or_impossible_is_said_and_the_input_stays(saved, browser):
    with saved():
        tender = tenders.planned_tender(officer=(officer := make.officer()))
        officer_id, tender_id = officer.id, tender.id
    for typed, message in REFUSED:
        answer = browser(officer_id).post(f"/tenders/{tender_id}/method", {"tie_rule": "none"} | TREE | typed)
        assert answer.status_code == 422
        assert message in text_of(answer)
