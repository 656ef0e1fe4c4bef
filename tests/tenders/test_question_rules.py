"""Names in published texts, and the day an answer comes too late."""

from datetime import UTC, date, datetime

import pytest

from procurement.rulebook.thresholds import rule_on
from procurement.tenders import question_rules
from procurement.tenders.question_rules import QuestionState, names_found

SIX_DAYS = rule_on("DL_QA", date(2026, 11, 23))
FOUR_DAYS = rule_on("DL_QA_URGENT", date(2026, 11, 23))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Gilt das Angebot der Sichernetz auch?", ["Sichernetz GmbH & Co. KG"]),
        ("Fragt SICHERNETZ GMBH & CO. KG", ["Sichernetz GmbH & Co. KG"]),
        ("Muss die GmbH im Register stehen?", []),
        ("Unser sichernetzartiges Verfahren", []),
        ("Bitte an v.kabel@firma.example", ["Dr. Vera Kabel"]),
        ("Sind 365 Tage gemeint?", []),
    ],
)
def test_names_are_found_in_full_or_by_a_telling_word(text, found):
    assert names_found(text, ["Sichernetz GmbH & Co. KG", "Dr. Vera Kabel", "365 Service GmbH", ""]) == found


@pytest.mark.parametrize(
    ("answered", "deadline", "rule", "proposed"),
    [
        (date(2026, 12, 22), date(2026, 12, 28), SIX_DAYS, None),
        (date(2026, 12, 23), date(2026, 12, 28), SIX_DAYS, date(2026, 12, 29)),
        (date(2026, 12, 28), date(2026, 12, 28), SIX_DAYS, date(2027, 1, 4)),  # 03.01. is a Sunday
        (date(2026, 12, 24), date(2026, 12, 28), FOUR_DAYS, None),
        (date(2026, 12, 26), date(2026, 12, 28), FOUR_DAYS, date(2026, 12, 30)),
        (date(2027, 3, 22), date(2027, 3, 24), FOUR_DAYS, date(2027, 3, 30)),  # 26.03. Good Friday .. 29.03. Easter
    ],
)
def test_a_late_answer_proposes_the_first_working_day_that_leaves_enough_time(answered, deadline, rule, proposed):
    found = question_rules.extension(answered, deadline, rule)
    assert (found.deadline_on if found else None) == proposed


def test_the_rule_is_that_of_the_day_the_procedure_began():
    assert question_rules.answer_rule(date(2026, 11, 23), is_accelerated=False).number == 6
    assert question_rules.answer_rule(date(2026, 11, 23), is_accelerated=True).number == 4


def test_answering_needs_both_texts_and_happens_once():
    found = question_rules.objections_to_answering(QuestionState.OPEN, " ", "", [], is_checked=False)
    assert [each.field for each in found] == ["published_text", "answer"]
    [again] = question_rules.objections_to_answering(QuestionState.ANSWERED, "a", "b", [], is_checked=False)
    assert "nicht noch einmal" in again.text


def test_a_question_needs_a_text_and_no_receipt_in_the_future():
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    found = question_rules.objections_to_asking(" ", "x" * 201, now.replace(hour=10), now)
    assert [each.field for each in found] == ["original", "sender", "received_at"]


def test_a_question_is_closed_without_answer_only_with_a_reason():
    assert question_rules.objections_to_withdrawing(QuestionState.OPEN, " ")
    assert question_rules.objections_to_withdrawing(QuestionState.WITHDRAWN, "Zurückgezogen")
    assert question_rules.objections_to_withdrawing(QuestionState.OPEN, "Zurückgezogen") == []
