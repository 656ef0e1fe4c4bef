"""Substantial or not: exact percentages, units, new lines and buyers; the figures are worked out by hand."""

import pytest

from procurement.tenders.change_classification import ChangeClass, LineChange, classified, in_words
from procurement.values.quantity import Quantity


def change(before, after, *, unit="Tag", unit_before="Tag", title_before="Leitung"):
    return LineChange("G-1", "Leitung", unit, Quantity.of(after), title_before, unit_before, Quantity.of(before))


@pytest.mark.parametrize(
    ("before", "after", "percent", "kind"),
    [
        ("100", "110", 10, ChangeClass.MINOR),  # 10 %
        ("100", "110.001", 10, ChangeClass.SUBSTANTIAL),  # 10,001 %
        ("100", "90", 10, ChangeClass.MINOR),
        ("100", "89.999", 10, ChangeClass.SUBSTANTIAL),
        ("3", "3.3", 10, ChangeClass.MINOR),  # 0,3 of 3 is 10 % exactly
        ("9", "10", 11, ChangeClass.SUBSTANTIAL),  # 11,11 %
        ("1", "1.001", 0, ChangeClass.SUBSTANTIAL),
    ],
)
def test_a_quantity_is_substantial_only_above_the_percentage(before, after, percent, kind):
    assert classified([change(before, after)], percent).kind is kind


def test_many_small_changes_are_judged_line_by_line():
    assert classified([change("100", "109"), change("50", "54")], 10).kind is ChangeClass.MINOR


def test_unit_new_line_buyer_and_the_officers_mark_are_substantial():
    new = LineChange("FW-9", "Schulung", "Tag", Quantity.of(2))
    assert classified([change("10", "10", unit="Stunde")], 10).reasons == (
        "Position G-1: Die Einheit ändert sich, auf die sich der Preis bezieht.",
    )
    assert classified([new], 10).reasons == ("Position FW-9 kommt neu hinzu.",)
    assert classified([], 10, buyers=["Velen"]).is_substantial
    assert classified([change("10", "10", title_before="Leitng")], 10, bears_on_award=True).is_substantial
    assert not classified([change("10", "10", title_before="Leitng")], 10).is_substantial


def test_a_change_is_told_in_words_that_name_no_member():
    assert in_words(change("1200.5", "1300")) == "Position G-1: Menge bisher 1.200,5, neu 1.300"
    assert in_words(change("1", "1", unit="Std.", title_before="Leitng")) == (
        "Position G-1: Bezeichnung bisher „Leitng“, neu „Leitung“; Einheit bisher „Tag“, neu „Std.“"
    )
