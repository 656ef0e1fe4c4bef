"""The rulebook: which figure held on which day."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest

from procurement.rulebook.rule import Comparison, DatedRule, Unit, WrongUnit
from procurement.rulebook.thresholds import (
    RULES,
    NoRuleInForce,
    UnknownRule,
    amount_on,
    opening_rule_on,
    rule_on,
    rules_in_force,
    versions_of,
)
from procurement.values.money import Money

LAST_OLD = date(2026, 6, 30)
REFORM = date(2026, 7, 1)


@pytest.mark.parametrize(
    ("rule_id", "day", "euro"),
    [
        ("EU_TH_SUBCENTRAL_SUPPLY_SERVICE", date(2025, 12, 31), 221_000),
        ("EU_TH_SUBCENTRAL_SUPPLY_SERVICE", date(2026, 1, 1), 216_000),
        ("EU_TH_CENTRAL_SUPPLY_SERVICE", date(2026, 1, 1), 140_000),
        ("EU_TH_WORKS", date(2026, 1, 1), 5_404_000),
        ("EU_TH_SOCIAL", date(2026, 1, 1), 750_000),
        ("WREG_QUERY", LAST_OLD, 30_000),
        ("WREG_QUERY", REFORM, 50_000),
        ("VERGSTAT_SUB", LAST_OLD, 25_000),
        ("VERGSTAT_SUB", REFORM, 50_000),
        ("CHANGE_MINOR_ABS", date(2025, 6, 1), 221_000),
        ("CHANGE_MINOR_ABS", date(2026, 6, 1), 216_000),
        ("VAT_2B_MIN", date(2026, 1, 1), 17_500),
    ],
)
def test_an_amount_is_the_one_of_its_day(rule_id, day, euro):
    assert amount_on(rule_id, day) == Money.of(euro)


@pytest.mark.parametrize(
    ("rule_id", "day", "number"),
    [
        ("VAT_STANDARD", date(2020, 12, 31), 16),
        ("VAT_STANDARD", date(2021, 1, 1), 19),
        ("STANDSTILL_E", date(2026, 11, 30), 10),
        ("STANDSTILL_POST", date(2026, 11, 30), 15),
        ("DL_OPEN_E", date(2026, 11, 23), 30),
        ("LOW_BID_TRIGGER", date(2019, 1, 1), 20),
        ("LOW_BID_TRIGGER", date(2026, 11, 23), 20),
    ],
)
def test_a_period_or_rate_is_the_one_of_its_day(rule_id, day, number):
    assert rule_on(rule_id, day).number == number


@pytest.mark.parametrize(
    ("rule_id", "before", "since"),
    [
        ("LOTS_NORM", "§ 97 Abs. 4 GWB", "§ 97a GWB"),
        ("LOW_BID_REJECT", "MAY", "SHALL"),
        ("SUBSEQ_DOCS_SCOPE", "COMPANY_AND_PARTLY_PERFORMANCE", "ALL_EXCEPT_AWARD_CRITERIA"),
    ],
)
def test_the_reform_of_july_2026_changes_the_rule_overnight(rule_id, before, since):
    assert (rule_on(rule_id, LAST_OLD).value, rule_on(rule_id, REFORM).value) == (before, since)


def test_two_persons_at_the_opening_are_demanded_by_law_only_before_the_reform():
    old, new = opening_rule_on(LAST_OLD), opening_rule_on(REFORM)
    assert (old.rule_id, old.holds) == ("OPENING_TWO_PERSONS", True)
    assert (new.rule_id, new.holds) == ("OPENING_TWO_PERSONS_EBID", False)
    assert old.norm == new.norm == "§ 55 Abs. 2 VgV"


def test_a_day_without_a_rule_is_named_with_the_rule():
    with pytest.raises(NoRuleInForce, match=r"„EU-Schwellenwert für Bauleistungen“ am 01\.01\.2028 kein Wert"):
        rule_on("EU_TH_WORKS", date(2028, 1, 1))
    with pytest.raises(NoRuleInForce):
        rule_on("OPENING_TWO_PERSONS", REFORM)


def test_an_unknown_rule_is_a_mistake_in_the_program():
    with pytest.raises(UnknownRule, match="EU_THRESHOLD"):
        rule_on("EU_THRESHOLD", REFORM)


def test_a_rule_read_as_something_else_is_a_mistake_in_the_program():
    for rule_id in ("LOTS_NORM", "EFORMS", "TRANSITION"):
        with pytest.raises(WrongUnit):
            _ = rule_on(rule_id, REFORM).number
    with pytest.raises(WrongUnit):
        _ = rule_on("VAT_STANDARD", REFORM).holds
    with pytest.raises(WrongUnit):
        amount_on("STANDSTILL_E", REFORM)


def test_from_and_above_a_limit_are_told_apart():
    assert rule_on("WREG_QUERY", REFORM).comparison is Comparison.AT_LEAST
    assert rule_on("VERGSTAT_SUB", REFORM).comparison is Comparison.ABOVE


@pytest.mark.parametrize("rule_id", sorted({rule.rule_id for rule in RULES}))
def test_no_day_has_two_versions_of_a_rule(rule_id):
    for earlier, later in pairwise(versions_of(rule_id)):
        assert earlier.valid_to is not None
        assert later.valid_from is not None
        assert earlier.valid_to < later.valid_from


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.rule_id} {rule.valid_from}")
def test_every_rule_has_title_norm_source_and_days_in_order(rule: DatedRule):
    assert rule.title
    assert rule.norm
    assert rule.source
    assert rule.valid_from is None or rule.valid_to is None or rule.valid_from <= rule.valid_to
    if rule.unit is Unit.REFERENCE:
        assert versions_of(str(rule.value))
    if rule.unit is Unit.PERCENT:
        assert 0 < Fraction(rule.number) <= 100


def test_a_rule_holds_on_its_first_and_last_day_and_not_beyond():
    rule = versions_of("VAT_STANDARD")[0]
    assert rule.valid_from is not None
    assert rule.valid_to is not None
    day = timedelta(1)
    days = (rule.valid_from - day, rule.valid_from, rule.valid_to, rule.valid_to + day)
    assert [rule.is_in_force(each) for each in days] == [False, True, True, False]


def test_the_whole_rulebook_can_be_listed_for_a_day():
    listed = {rule.rule_id: rule.value for rule in rules_in_force(LAST_OLD)}
    assert listed["WREG_QUERY"] == 30_000
    assert "OPENING_TWO_PERSONS_EBID" not in listed
    assert {rule.rule_id: rule.value for rule in rules_in_force(REFORM)}["WREG_QUERY"] == 50_000
