"""What is allowed with proposals and announcements, without a database."""

from datetime import date
from types import SimpleNamespace

import pytest

from procurement.values.money import Money
from procurement.workgroup import announcement_rules, rules
from procurement.workgroup.entries import AnnouncementEntry, InterestEntry, ProposalEntry, plain, tidied
from procurement.workgroup.references import next_reference
from procurement.workgroup.states import AnnouncementState, ProposalState, Stance
from procurement.workgroup.voices import OFFICE_VOICE, Voice, is_own, name_of

TODAY = date(2026, 11, 23)
DRAFT, DISCUSSION, ACCEPTED = ProposalState.DRAFT, ProposalState.DISCUSSION, ProposalState.ACCEPTED


def proposal(state=DISCUSSION, **texts):
    return SimpleNamespace(state=state, **({"problem": "P", "solution": "S"} | texts))


def announcement(state=AnnouncementState.PUBLISHED, until=None, withdrawn_at=None):
    return SimpleNamespace(state=state, valid_until=until, withdrawn_at=withdrawn_at)


def fields(objections):
    return [objection.field for objection in objections]


def test_a_draft_needs_only_its_title():
    assert rules.objections_to_proposal(ProposalEntry("SOC")) == []
    assert fields(rules.objections_to_proposal(ProposalEntry("  "))) == ["title"]


def test_a_range_may_be_open_on_either_side_but_not_reversed():
    low, high = Money.of(20_000), Money.of(50_000)
    assert rules.objections_to_proposal(ProposalEntry("SOC", cost_from_net=low)) == []
    assert rules.objections_to_proposal(ProposalEntry("SOC", cost_from_net=low, cost_to_net=low)) == []
    assert fields(rules.objections_to_proposal(ProposalEntry("SOC", cost_from_net=high, cost_to_net=low))) == [
        "cost_to_net"
    ]


@pytest.mark.parametrize("amount", [Money(-1), Money.of("1000000000.00")])
def test_an_amount_outside_all_reason_is_refused(amount):
    assert fields(rules.objections_to_proposal(ProposalEntry("SOC", cost_from_net=amount))) == ["cost_from_net"]


def test_a_text_that_is_too_long_is_named_with_its_limit():
    found = rules.objections_to_proposal(ProposalEntry("SOC", problem="x" * 10_001))
    assert [(o.field, o.text) for o in found] == [("problem", "Das Problem darf höchstens 10.000 Zeichen haben.")]


def test_a_draft_is_discussed_once_problem_and_solution_are_described():
    assert rules.objections_to_discussing(proposal(DRAFT)) == []
    assert fields(rules.objections_to_discussing(proposal(DRAFT, problem="", solution=""))) == ["problem", "solution"]
    assert "kein Entwurf mehr" in str(rules.objections_to_discussing(proposal())[0])


@pytest.mark.parametrize(
    ("rule", "allowed"),
    [
        (rules.objections_to_changing, {DRAFT, DISCUSSION}),
        (rules.objections_to_withdrawing, {DRAFT, DISCUSSION}),
        (rules.objections_to_speaking, {DISCUSSION}),
        (rules.objections_to_deciding, {DISCUSSION}),
        (rules.objections_to_discussing, {DRAFT}),
    ],
)
def test_each_step_is_allowed_in_its_states_only(rule, allowed):
    assert {state for state in ProposalState if not rule(proposal(state))} == allowed


def test_only_who_wrote_a_contribution_takes_it_back_and_only_once():
    written = SimpleNamespace(author_id=7, withdrawn_at=None)
    assert rules.objections_to_retracting(written, 7) == []
    assert "Nur die Person" in str(rules.objections_to_retracting(written, 8)[0])
    assert "schon zurückgezogen" in str(
        rules.objections_to_retracting(SimpleNamespace(author_id=7, withdrawn_at=TODAY), 7)[0]
    )


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 10_001])
def test_a_contribution_says_something_and_not_a_book(text):
    assert fields(rules.objections_to_contribution(text)) == ["text"]


def test_a_reason_is_mandatory_and_has_a_limit():
    assert rules.objections_to_reason("Zu teuer.", "Bitte begründen.") == []
    assert str(rules.objections_to_reason(" ", "Bitte begründen.")[0]) == "Bitte begründen."
    assert fields(rules.objections_to_reason("x" * 10_001, "")) == ["reason"]


def test_a_note_about_joining_in_has_a_limit():
    assert rules.objections_to_interest(InterestEntry(Stance.JOIN)) == []
    assert fields(rules.objections_to_interest(InterestEntry(Stance.JOIN, "x" * 10_001))) == ["note"]


def test_an_announcement_needs_title_text_and_somebody_to_read_it():
    def found(*entry):
        return fields(
            announcement_rules.objections_to_announcement(AnnouncementEntry(*entry), addressees=0, today=TODAY)
        )

    assert found("Sitzung", "fällt aus") == []
    assert found("", "") == ["title", "text"]
    assert found("Sitzung", "fällt aus", False) == ["members"]
    assert found("Sitzung", "fällt aus", True, TODAY) == []
    assert found("Sitzung", "fällt aus", True, date(2026, 11, 22)) == ["valid_until"]


def test_an_announcement_counts_on_its_last_day_and_not_after_it():
    shown = announcement(until=TODAY)
    assert not announcement_rules.has_run_out(shown, TODAY)
    assert announcement_rules.has_run_out(shown, date(2026, 11, 24))
    assert not announcement_rules.has_run_out(announcement(), date(2099, 1, 1))


@pytest.mark.parametrize(
    ("shown", "unread", "reminded_on", "words"),
    [
        (announcement(), 2, None, None),
        (announcement(), 2, date(2026, 11, 22), None),
        (announcement(), 2, TODAY, "Heute wurde schon erinnert"),
        (announcement(), 0, None, "Alle haben"),
        (announcement(until=date(2026, 11, 22)), 2, None, "abgelaufen"),
        (announcement(AnnouncementState.WITHDRAWN), 2, None, "zurückgezogen"),
    ],
)
def test_who_has_not_read_is_reminded_at_most_once_a_day(shown, unread, reminded_on, words):
    found = announcement_rules.objections_to_reminding(shown, unread, today=TODAY, reminded_on=reminded_on)
    assert bool(found) is bool(words)
    assert not words or words in str(found[0])


def test_an_announcement_is_read_by_those_it_is_for_unless_it_is_withdrawn():
    assert announcement_rules.objections_to_reading(announcement(), is_addressed=True) == []
    assert announcement_rules.objections_to_reading(announcement(), is_addressed=False)
    assert announcement_rules.objections_to_reading(announcement(AnnouncementState.WITHDRAWN), is_addressed=True)
    assert announcement_rules.objections_to_withdrawing(announcement()) == []
    assert announcement_rules.objections_to_withdrawing(announcement(withdrawn_at=TODAY))


def test_texts_keep_their_line_breaks_and_lose_carriage_returns_and_blanks_around():
    assert plain(" eins\r\nzwei\rdrei\n ") == "eins\nzwei\ndrei"
    assert tidied(InterestEntry(Stance.JOIN, " ab 2027 ")) == InterestEntry(Stance.JOIN, "ab 2027")


def test_the_office_is_a_voice_without_a_member():
    ahaus = Voice(3, "Ahaus")
    assert is_own(3, [ahaus])
    assert not is_own(None, [ahaus])
    assert is_own(None, [OFFICE_VOICE])
    assert (name_of("Ahaus"), name_of(None)) == ("Ahaus", "Vergabestelle")


def test_a_mail_carries_the_whole_text_and_the_way_to_the_page():
    text = announcement_rules.mail_text("Guten Tag,", "Sitzung", "fällt aus", "https://kaaw.example/1")
    assert text == "Guten Tag,\n\nSitzung\n\nfällt aus\n\nAnsehen und als gelesen markieren: https://kaaw.example/1\n"


@pytest.mark.parametrize(
    ("taken", "suggested"),
    [
        ([], "B-2026-01"),
        (["B-2026-01", "B-2026-03"], "B-2026-02"),
        (["BR-2026-01", "BR-2026-02"], "BR-2026-03"),
        (["BR-2025-14"], "BR-2026-01"),
        (["Abfrage Firewall"], "B-2026-01"),
    ],
)
def test_the_suggested_reference_counts_on_as_the_office_does(taken, suggested):
    assert next_reference(taken, taken[-1] if taken else "", 2026) == suggested
