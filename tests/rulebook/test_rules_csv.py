"""The rulebook holds every row of the association's own list of rules: value, unit, comparison, days of validity."""

import csv
from datetime import date
from pathlib import Path

import pytest

from procurement.rulebook.rule import Comparison, Unit
from procurement.rulebook.thresholds import RULES

LIST = Path(__file__).parents[3] / "shared" / "domain" / "rules.csv"
ADDED = {
    *("DL_RESTR_PIN", "DL_NEG_PIN"),  # rows of the table of minimum periods that the list leaves to its prose
    *("LOW_BID_ESTIMATE", "LOW_BID_MEAN", "PRICE_SHIFT"),  # further signals of the price check, to be confirmed
}


def listed():
    if not LIST.is_file():
        pytest.skip("the list of rules is not beside the repository (../shared/domain/rules.csv)")
    with LIST.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source, delimiter=";"))


def as_written(rule):
    """A row of the rulebook in the words of the list."""
    value = rule.value.isoformat() if isinstance(rule.value, date) else str(rule.value).replace(" Abs. 4", " (4)")
    days = tuple(day.isoformat() if day else "" for day in (rule.valid_from, rule.valid_to))
    return (rule.rule_id, value, rule.unit.value, rule.comparison.value, *days)


def test_every_row_of_the_list_is_in_the_rulebook_and_the_other_way_round():
    columns = ("rule_id", "value", "unit", "op", "valid_from", "valid_to")
    wanted = {tuple(row[column] for column in columns) for row in listed()}
    held = {as_written(rule) for rule in RULES if rule.rule_id not in ADDED}
    assert wanted - held == set()
    assert held - wanted == set()


def test_units_and_comparisons_of_the_list_are_known():
    rows = listed()
    assert {row["unit"] for row in rows} <= {unit.value for unit in Unit}
    assert {row["op"] for row in rows} <= {one.value for one in Comparison}
