"""Criteria as rows: what can be typed, which tree they form, and the table people read."""

import re
from fractions import Fraction

import pytest

from procurement.tenders.criteria_entries import (
    CriterionEntry,
    objections_to_criteria,
    objections_to_rows,
    percent_text,
    tree_of,
)
from procurement.tenders.criteria_table import table_of
from procurement.tenders.criteria_tree import weight_points
from procurement.tenders.kinds import CriterionKind

EXCLUSION = CriterionEntry("A1", "ISO 27001", kind=CriterionKind.EXCLUSION)
THIRDS = (
    EXCLUSION,
    CriterionEntry("1", "Leistung", weight_percent="60"),
    CriterionEntry("1.1", "Durchsatz", parent_number="1", weight_percent="100/3"),
    CriterionEntry("1.2", "Verwaltung", parent_number="1", weight_percent="200/3", minimum_percent="50"),
    CriterionEntry("2", "Service", weight_percent="40"),
)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("40", "40"), ("33,5", "33.5"), ("33,5 %", "33.5"), ("100/3", "100/3"), ("", None), (" ", None)],
)
def test_a_percentage_is_kept_exactly_as_it_was_meant(typed, stored):
    assert percent_text(typed) == stored


@pytest.mark.parametrize("typed", ["abc", "-5", "1/0", "1.000", "33.5", "1e2"])
def test_what_is_no_percentage_is_refused(typed):
    with pytest.raises(ValueError, match=re.escape(typed)):
        percent_text(typed)


def test_rows_become_a_tree_with_exact_weights():
    tree = tree_of(THIRDS, minimum_percent="40")
    group = tree.main_groups[1]
    assert [child.weight_percent for child in group.children] == [Fraction(100, 3), Fraction(200, 3)]
    assert group.children[1].minimum_share == Fraction(1, 2)
    assert tree.minimum_share == Fraction(2, 5)


def test_the_table_shows_weight_points_and_that_siblings_sum_to_a_hundred():
    table = table_of(THIRDS, tree_of(THIRDS))
    # 1,000 × 60 % = 600; a third of it 200, two thirds 400; 1,000 × 40 % = 400
    points = {row.entry.number: row.points for row in table.rows}
    assert points == {"A1": None, "1": 600, "1.1": 200, "1.2": 400, "2": 400}
    assert [row.depth for row in table.rows] == [0, 0, 1, 1, 0]
    assert table.rows[3].minimum_percent == 50
    assert [(each.parent_number, each.is_whole) for each in table.sums] == [("", True), ("1", True)]


def test_while_weights_do_not_fit_there_are_sums_but_no_points():
    half = (CriterionEntry("1", "Leistung", weight_percent="60"), CriterionEntry("2", "Service", weight_percent="30"))
    table = table_of(half, tree_of(half))
    assert [row.points for row in table.rows] == [None, None]
    assert (table.sums[0].total_percent, table.sums[0].is_whole) == (90, False)


@pytest.mark.parametrize(
    ("rows", "part"),
    [
        ([CriterionEntry("", "Leistung")], "Zeile 1: Jedes Kriterium braucht"),
        ([CriterionEntry("1", " ")], "Zeile 1: Jedes Kriterium braucht"),
        ([CriterionEntry("1", "A"), CriterionEntry("1", "B")], "Die Nummer 1 kommt mehrfach vor"),
        ([CriterionEntry("1", "A", parent_number="9")], "übergeordnetes Kriterium 9 gibt es nicht"),
        ([CriterionEntry("1", "A", parent_number="1")], "hängen im Kreis"),
        ([CriterionEntry("1", "A", weight_percent="viel")], "1: „viel“ ist kein Anteil"),
        ([CriterionEntry("1" * 21, "A")], "Die Nummer darf höchstens 20 Zeichen haben"),
    ],
)
def test_rows_that_fit_into_no_tree_are_refused(rows, part):
    assert part in objections_to_rows(rows)[0].text


def a_chain(levels: int) -> list[CriterionEntry]:
    """One criterion per level, each below the one before."""
    parents = ["", *(str(level) for level in range(1, levels))]
    return [
        CriterionEntry(str(level), "Ebene", parent_number=parent, weight_percent="100")
        for level, parent in enumerate(parents, 1)
    ]


def test_a_tree_of_nine_levels_gives_all_its_points_to_the_only_leaf():
    assert objections_to_rows(a_chain(9)) == []
    assert weight_points(tree_of(a_chain(9))) == {"9": 1000}


def test_a_tree_of_more_levels_than_anybody_publishes_is_refused():
    rows = a_chain(22)
    assert "tiefer als 20 Ebenen" in objections_to_rows(rows)[0].text
    assert tree_of(rows).main_groups  # reading it stops all the same


def test_quality_needs_criteria_and_the_lowest_price_has_no_use_for_them():
    def found(rows: tuple[CriterionEntry, ...], *, is_scored: bool) -> list[str]:
        return [each.text for each in objections_to_criteria(tree_of(rows), rows, is_scored=is_scored)]

    assert found(THIRDS, is_scored=True) == []
    assert "noch keine Zuschlagskriterien" in found((), is_scored=True)[0]
    assert found((EXCLUSION,), is_scored=False) == []
    assert "1, 1.1, 1.2, 2 sind Bewertungskriterien" in found(THIRDS, is_scored=False)[0]
    assert "kein Bewertungskriterium" in found((EXCLUSION,), is_scored=True)[0]
    assert "kommt mehrfach vor" in found((EXCLUSION, EXCLUSION), is_scored=False)[0]
