"""What is fundamentally changed between a cancelled tender and its successor (§ 14 Abs. 4 Nr. 1 VgV)."""

import json

import pytest

from procurement.tenders.cancellation import FollowUp
from procurement.tenders.kinds import ProcedureType
from procurement.tenders.succession import following_procedure, fundamental_changes, repeated_part

LINE = {"number": "FW-1", "title": "Cluster", "unit": "Stück", "nature": "one_off", "quantity": "40"}


def content(*lines, **parts):
    return json.dumps({"lots": [{"number": 1, "lines": list(lines or (LINE,))}], **parts})


@pytest.mark.parametrize("change", [{"quantity": "44"}, {"quantity": "36"}, {"title": "Cluster, ausfallsicher"}])
def test_ten_percent_and_other_words_are_not_fundamental(change):
    assert fundamental_changes(content(), content(LINE | change), 10) == []


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"quantity": "44.001"}, "Position FW-1: Menge 40 → 44,001."),
        ({"unit": "Paar"}, "Position FW-1: Einheit geändert."),
        ({"number": "FW-2"}, "Position FW-1: entfallen."),
    ],
)
def test_quantity_unit_and_lines_are(change, text):
    assert fundamental_changes(content(), content(LINE | change), 10)[0] == text


def test_another_term_is_fundamental_and_other_criteria_are_not():
    old, new = content(term={"months": 48}), content(term={"months": 60}, criteria=[{"number": "K1"}])
    assert fundamental_changes(old, new, 10) == ["Laufzeit: anders als zuvor."]


def test_repeated_lots_are_compared_under_their_new_numbers():
    old = json.dumps({"lots": [{"number": 1, "lines": []}, {"number": 3, "lines": [LINE]}]})
    assert fundamental_changes(repeated_part(old, {3: 1}), content(), 10) == []


@pytest.mark.parametrize(
    ("before", "follow_up", "after"),
    [
        (ProcedureType.OPEN, FollowUp.WITHOUT_CALL, ProcedureType.NEGOTIATED_WITHOUT_CALL),
        (ProcedureType.NEGOTIATED_WITHOUT_CALL, FollowUp.OPEN_AGAIN, ProcedureType.OPEN),
        (ProcedureType.NATIONAL_PUBLIC, FollowUp.NOTHING, ProcedureType.NATIONAL_PUBLIC),
    ],
)
def test_the_next_procedure_is_the_one_decided_on(before, follow_up, after):
    assert following_procedure(before, follow_up) is after
