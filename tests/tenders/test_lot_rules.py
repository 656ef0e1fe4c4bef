"""What may be announced about several lots, and that publication freezes it."""

import json
from fractions import Fraction

import pytest

from procurement.core.errors import Refused
from procurement.tenders import actions_lot_rules, actions_publication, queries_publication
from procurement.tenders.lot_rules import (
    LotMode,
    LotRules,
    capacity_of,
    combinations_in,
    combinations_text,
    objections_to_lot_rules,
    worded,
)
from tests.factories import lot_awards as lots
from tests.factories import members as make
from tests.factories import tenders

NUMBERS = [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("rules", "field", "text"),
    [
        (LotRules(award_limit=0), "award_limit", "Bitte eine Zahl von 1 bis 4"),
        (LotRules(bid_limit=5), "bid_limit", "Bitte eine Zahl von 1 bis 4"),
        (LotRules(bid_limit=2, award_limit=3), "award_limit", "kann nicht mehr davon gewinnen"),
        (LotRules(mode=LotMode.COMBINATION), "combinable", "§ 30 Abs. 3 VgV"),
        (LotRules(combinable=((1, 2),)), "combinable", "Ohne Koppelnachlässe"),
        (LotRules(mode=LotMode.COMBINATION, combinable=((1, 9),)), "combinable", "Los 9 gibt es"),
        (LotRules(mode=LotMode.FRANKFURT, combinable=((1, 1),)), "combinable", "mindestens zwei verschiedene Lose"),
        (LotRules(weights={1: "2"}), "weights", "für jedes Los"),
        (LotRules(weights=dict.fromkeys(NUMBERS, "-1")), "weights", "Zahlen ab 0"),
        (LotRules(capacity="5"), "capacity", "wirkt erst mit"),
    ],
)
def test_what_is_wrong_with_announced_rules(rules, field, text):
    assert any(found.field == field and text in found.text for found in objections_to_lot_rules(rules, NUMBERS))


def test_sound_rules_have_no_objections_and_are_worded():
    rules = LotRules(
        3, 2, LotMode.COMBINATION, combinable=((1, 2), (3, 4)), capacity="5", weights=dict.fromkeys(NUMBERS, "2.5")
    )
    assert objections_to_lot_rules(rules, NUMBERS) == []
    assert dict(worded(rules))["Zuschlagslimitierung"] == "höchstens 2 Lose je Bieter"
    assert dict(worded(rules))["Benannte Kombinationen"] == "1+2; 3+4"
    assert worded(None) == []


def test_one_lot_alone_needs_no_rules_over_lots():
    assert objections_to_lot_rules(LotRules(award_limit=1), [1]) != []
    assert objections_to_lot_rules(LotRules(), [1]) == []


def test_a_rebate_counts_if_one_named_combination_holds_all_its_lots():
    rules = LotRules(mode=LotMode.COMBINATION, combinable=((1, 2, 3), (3, 4)))
    assert rules.admits([1, 3])
    assert not rules.admits([2, 4])
    assert LotRules(mode=LotMode.FRANKFURT).admits([2, 4])


def test_capacities_and_combinations_as_people_write_them():
    assert capacity_of("2.5") == Fraction(5, 2)
    assert capacity_of("2,5") is None
    assert capacity_of("0.0001") is None
    assert combinations_in("1+2; 3,4\n2+4") == ((1, 2), (3, 4), (2, 4))
    assert combinations_text(((1, 2), (3, 4))) == "1+2; 3+4"


def test_publication_freezes_the_rules_and_later_changes_are_refused(context):
    tender = lots.ready()
    actions_publication.publish(tender, by=make.officer())
    frozen = json.loads(tender.frozen_content)["lot_rules"]
    assert (frozen["award_limit"], frozen["mode"], frozen["combinable"]) == (2, "combination", [[1, 2, 3, 4]])
    assert queries_publication.verify_frozen(tender).is_unchanged
    with pytest.raises(Refused):
        actions_lot_rules.set_lot_rules(tender, LotRules(), by=make.officer())


def test_a_tender_without_rules_is_frozen_as_before(context):
    assert "lot_rules" not in json.loads(tenders.published_tender().frozen_content)
