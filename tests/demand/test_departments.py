"""Departments of one member: sums that keep their origin, and what may be asked."""

from datetime import UTC, datetime, timedelta

import pytest

from procurement.demand.departments import (
    DepartmentEntry,
    DepartmentSum,
    Part,
    department_sums,
    objections_to_asking,
    one_figure,
    summed_entry,
)
from procurement.demand.entries import ItemEntry
from procurement.values.quantity import Quantity

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DEADLINE = NOW + timedelta(days=18)


def three(amount):
    return (Quantity.of(amount),) * 3


BUILDING, SCHOOLS = Part("Bauamt", *three(12)), Part("Schulamt", *three(30))


def test_twelve_of_one_department_and_thirty_of_another_are_forty_two_and_say_whose():
    total = DepartmentSum(1, (BUILDING, SCHOOLS))
    assert total.quantities == three(42)
    assert total.origin == "Bauamt 12, Schulamt 30"
    assert (total.is_taken, total.remark) == (False, "")


def test_minimum_expected_and_maximum_add_up_each_for_itself():
    one = Part("Bauamt", Quantity.of(1), Quantity.of("2.5"), Quantity.of(4))
    other = Part("Schulamt", Quantity.of(0), Quantity.of(3), Quantity.of(1200))
    total = DepartmentSum(1, (one, other))
    assert [str(quantity) for quantity in total.quantities] == ["1", "5.5", "1204"]
    assert total.origin == "Bauamt 2,5, Schulamt 3"


def test_a_sum_that_changes_after_it_was_taken_over_says_from_what_to_what():
    later = Part("Schulamt", *three(33))
    total = DepartmentSum(1, (BUILDING, later), taken=three(42), entered=Quantity.of(42))
    assert total.remark == "Summe hat sich geändert: 42 → 45"
    assert not total.is_taken


def test_only_a_changed_minimum_or_maximum_is_noticed_too():
    wider = Part("Schulamt", Quantity.of(10), Quantity.of(30), Quantity.of(40))
    total = DepartmentSum(1, (BUILDING, wider), taken=three(42), entered=Quantity.of(42))
    assert total.remark == "mindestens oder höchstens hat sich geändert"


@pytest.mark.parametrize(
    ("taken", "entered", "remark"),
    [
        (42, 42, ""),
        (42, 40, "übernommen waren 42, eingetragen ist 40"),
        (42, None, "übernommen waren 42, eingetragen ist nichts"),
        (None, 40, "eingetragen ist 40"),
        (None, 42, ""),
    ],
)
def test_what_the_lead_typed_is_held_against_the_sum(taken, entered, remark):
    total = DepartmentSum(
        1,
        (BUILDING, SCHOOLS),
        three(taken) if taken is not None else None,
        Quantity.of(entered) if entered is not None else None,
    )
    assert total.remark == remark


def test_articles_without_a_report_have_no_sum_but_one_taken_over_before_stays_visible():
    sums = department_sums({1: [BUILDING]}, {2: three(5)}, {2: ItemEntry(2, *three(5))})
    assert sorted(sums) == [1, 2]
    assert sums[2].remark == "Summe hat sich geändert: 5 → 0"


def test_taking_over_keeps_what_else_was_entered_for_the_article():
    before = ItemEntry(1, *three(3), note="Ersatz", site="Rathaus", budget_account="11101.0831")
    entry = summed_entry(DepartmentSum(1, (BUILDING, SCHOOLS)), before)
    assert entry.quantities == three(42)
    assert (entry.note, entry.site, entry.budget_account) == ("Ersatz", "Rathaus", "11101.0831")


def test_three_equal_figures_are_shown_as_one_so_that_correcting_them_takes_one():
    assert one_figure(ItemEntry(1, *three(30), note="Ersatz")) == ItemEntry(1, None, Quantity.of(30), None, "Ersatz")
    wide = ItemEntry(1, Quantity.of(10), Quantity.of(30), Quantity.of(40))
    assert one_figure(wide) == wide


def asking(department="Bauamt", name="Berta Bau", email="berta@laer.example", until=DEADLINE):
    entry = DepartmentEntry(department, name, email, until)
    return [o.text for o in objections_to_asking(entry, {"schulamt"}, now=NOW, deadline=DEADLINE)]


def test_a_department_is_asked_once_with_an_address_until_the_deadline_of_the_round():
    assert asking() == []
    assert asking(department=" Schulamt ") == ["Schulamt ist schon gefragt. Sie können erinnern oder den Link sperren."]
    assert asking(email="berta") == ["Bitte eine vollständige E-Mail-Adresse angeben."]
    assert asking(name=" ") == ["Bitte den Namen der Person angeben."]
    for until in (NOW, DEADLINE + timedelta(seconds=1)):
        (reason,) = asking(until=until)
        assert "spätestens mit der Frist" in reason
    assert asking(department="x" * 121) == ["Der Name des Fachamts darf höchstens 120 Zeichen haben."]
