"""When bidders may be invited to a further bid, and how prices compare round by round; without a database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from procurement.bids.negotiation import (
    FurtherReceiptFacts,
    InvitationEntry,
    InvitingFacts,
    invitation_text,
    objections_to_further_bid,
    objections_to_inviting,
    objections_to_negotiating,
    rounds_of,
)
from procurement.bids.states import WithoutFurtherBid
from procurement.tenders.kinds import ProcedureType, TenderStage
from procurement.values.money import Money

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
FACTS = InvitingFacts(
    TenderStage.OPENED,
    ProcedureType.NEGOTIATED_WITH_CALL,
    NOW,
    {1: "1 (Netz GmbH)", 2: "2 (Kabel AG)"},
    was_final=False,
)
ENTRY = InvitationEntry(frozenset({1, 2}), NOW + timedelta(days=10), WithoutFurtherBid.STAYS, "Preis")


def texts(objections):
    return " ".join(objection.text for objection in objections)


def test_everybody_left_in_may_be_invited():
    assert objections_to_inviting(FACTS, ENTRY) == []


@pytest.mark.parametrize("kind", [ProcedureType.OPEN, ProcedureType.RESTRICTED, ProcedureType.NATIONAL_PUBLIC])
def test_only_negotiated_procedures_negotiate(kind):
    assert "wird nicht verhandelt" in texts(objections_to_negotiating(replace(FACTS, procedure_type=kind)))


@pytest.mark.parametrize("stage", [TenderStage.PUBLISHED, TenderStage.NEGOTIATION, TenderStage.AWARD_DECIDED])
def test_nobody_is_invited_before_the_opening_twice_or_after_the_decision(stage):
    assert "nach einer Öffnung" in texts(objections_to_negotiating(replace(FACTS, stage=stage)))


def test_final_bids_are_not_negotiated():
    assert "endgültige" in texts(objections_to_negotiating(replace(FACTS, was_final=True)))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"bid_ids": frozenset()}, "mindestens einen"),
        ({"bid_ids": frozenset({1, 2, 9})}, "nicht mehr im Verfahren"),
        ({"deadline_at": NOW}, "Zukunft"),
        ({"deadline_at": None}, "Zukunft"),
        ({"topics": " "}, "worüber"),
        ({"bid_ids": frozenset({1})}, "Nicht aufgefordert: 2 (Kabel AG)"),
    ],
)
def test_an_invitation_that_is_not_complete_is_refused(change, words):
    assert words in texts(objections_to_inviting(FACTS, replace(ENTRY, **change)))


def test_somebody_may_be_left_out_for_a_reason():
    entry = replace(ENTRY, bid_ids=frozenset({1}), reason_left_out="Abstand über 40 %")
    assert objections_to_inviting(FACTS, entry) == []


def test_a_further_bid_needs_an_invitation_and_comes_after_it():
    facts = FurtherReceiptFacts(TenderStage.NEGOTIATION, True, NOW, NOW)
    assert objections_to_further_bid(facts) == []
    assert "nicht aufgefordert" in texts(objections_to_further_bid(replace(facts, is_invited=False)))
    early = replace(facts, received_at=NOW - timedelta(seconds=1))
    assert "vor der Aufforderung" in texts(objections_to_further_bid(early))
    assert "nur in der Verhandlung" in texts(objections_to_further_bid(replace(facts, stage=TenderStage.OPENED)))


def test_the_change_is_exact_in_cents_and_percent():
    # 6,000.00 -> 5,640.00 is −360.00 and −6 %; 5,640.00 -> 5,640.01 is one cent
    rounds = rounds_of([(1, 1, 1, Money(600_000)), (3, 3, 2, Money(564_000)), (5, 5, 3, Money(564_001))])
    assert [one.change for one in rounds] == [None, Money(-36_000), Money(1)]
    assert [one.change_percent for one in rounds] == [None, Fraction(-6), Fraction(1, 5640)]


def test_there_is_no_change_from_or_to_an_incomplete_bid():
    rounds = rounds_of([(1, 1, 1, None), (3, 3, 2, Money(1)), (5, 5, 3, None)])
    assert [one.change for one in rounds] == [None, None, None]


def test_the_invitation_says_what_happens_without_a_further_bid():
    assert "gilt Ihr bisheriges Angebot weiter" in invitation_text(ENTRY, "3.12.2026", 2)
    out = replace(ENTRY, without_bid=WithoutFurtherBid.FALLS_OUT, is_final=True)
    text = invitation_text(out, "3.12.2026", 2)
    assert "scheiden Sie aus dem Verfahren aus" in text
    assert "endgültigen Angebots" in text
