"""What publication fixes as one text and one hash."""

from dataclasses import replace

import pytest

from procurement.tenders.freeze import FrozenCriterion, FrozenLotRules, FrozenTender, canonical, hash_of, proof

CONTENT = FrozenTender(
    reference="V-1", title="Firewall", description="", procedure_type="open", procedure_started_on="2026-11-02",
    method="best_value", parameters={"quality_weight": "0.6", "corridor": "0.05"}, tie_rule="none",
    question_deadline_at=None, bid_deadline_at="2026-12-28T11:00:00+00:00", bid_validity_end_on="2027-02-26",
    opening_key_sha256=None, participants=("05554004", "05566028"), criteria=(), lots=(),
)  # fmt: skip


def test_the_order_of_parameters_does_not_change_the_text():
    swapped = replace(CONTENT, parameters={"corridor": "0.05", "quality_weight": "0.6"})
    assert canonical(swapped) == canonical(CONTENT)


def test_an_unchanged_tender_proves_itself():
    text = canonical(CONTENT)
    assert proof(text, hash_of(text), CONTENT).is_unchanged


def test_a_changed_tender_names_what_differs():
    text = canonical(CONTENT)
    now = replace(CONTENT, parameters={"quality_weight": "0.7"}, participants=("05554004",))
    found = proof(text, hash_of(text), now)
    assert not found.is_unchanged
    assert found.changed == ("Parameter der Wertung", "teilnehmende Mitglieder")


def test_a_forged_text_does_not_fit_its_hash():
    text = canonical(CONTENT)
    forged = canonical(replace(CONTENT, method="lowest_price"))
    found = proof(forged, hash_of(text), replace(CONTENT, method="lowest_price"))
    assert not found.is_text_intact
    assert not found.is_unchanged


CRITERION = FrozenCriterion(1, "1", "", "Konzept", "", "scored", "60", None)
LOT_RULES = FrozenLotRules(2, 1, "none", "price", "lots", (), None, {})
RULES = replace(
    CONTENT,
    criteria=(CRITERION,),
    lot_rules=LOT_RULES,
    parameters={"corridor": "0.05", "criterion": "quality", "rounding_places": "2", "rounding_place": "score"},
)


@pytest.mark.parametrize(
    "changed",
    [
        {"criteria": (replace(CRITERION, weight_percent="61"),)},
        {"criteria": (replace(CRITERION, minimum_percent="50"),)},
        {"criteria": (replace(CRITERION, scale="0/5/10"),)},
        {"method": "linear"},
        *({"parameters": {**RULES.parameters, name: "3"}} for name in [*RULES.parameters, "tie_then", "total_points"]),
        {"tie_rule": "price"},
        {"lot_rules": replace(LOT_RULES, award_limit=2)},
        {"lot_rules": replace(LOT_RULES, mode="frankfurt")},
        {"lot_rules": replace(LOT_RULES, tie_rule="drawing")},
        {"lot_rules": None},
    ],
)
def test_whatever_decides_the_evaluation_is_part_of_the_hash(changed):
    assert hash_of(canonical(replace(RULES, **changed))) != hash_of(canonical(RULES))
