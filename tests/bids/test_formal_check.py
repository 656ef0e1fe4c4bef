"""Reasons against ranking a bid, with the numbers of § 57 Abs. 1 VgV."""

from datetime import UTC, datetime, timedelta

import pytest

from procurement.bids.arithmetic import Completeness
from procurement.bids.formal_check import BidFacts, ExclusionGround, FormalFinding, is_late, objections_to_ranking

DEADLINE = datetime(2026, 12, 23, 11, 0, tzinfo=UTC)
COMPLETE = Completeness(53, ())


def facts(delay: timedelta = timedelta(0), completeness: Completeness = COMPLETE, **rest) -> BidFacts:
    return BidFacts(DEADLINE + delay, DEADLINE, completeness, **rest)


def test_a_complete_bid_in_time_may_be_ranked():
    assert objections_to_ranking(facts(timedelta(hours=-3))) == []


@pytest.mark.parametrize(
    ("delay", "late"),
    [
        (timedelta(seconds=-1), False),
        (timedelta(0), False),
        (timedelta(milliseconds=999), False),
        (timedelta(seconds=1), True),
        (timedelta(days=2), True),
    ],
)
def test_a_bid_is_late_from_one_second_after_the_deadline_on(delay, late):
    assert is_late(DEADLINE + delay, DEADLINE) is late


@pytest.mark.parametrize(
    ("delay", "words"),
    [
        (timedelta(seconds=1), "1 Sekunde"),
        (timedelta(hours=1, seconds=2), "1 Stunde, 2 Sekunden"),
        (timedelta(days=2, minutes=5), "2 Tage, 5 Minuten"),
    ],
)
def test_a_late_bid_is_named_with_its_delay_and_number_1(delay, words):
    (objection,) = objections_to_ranking(facts(delay))
    assert objection.ground is ExclusionGround.LATE_OR_WRONG_FORM
    assert objection.norm == "§ 57 Abs. 1 Nr. 1 VgV"
    assert f"ging {words} nach Ablauf der Angebotsfrist ein" in objection.text


def test_a_recorded_excuse_lifts_lateness_but_an_empty_one_does_not():
    late = timedelta(minutes=3)
    assert (
        objections_to_ranking(facts(late, lateness_excuse="Störung der Vergabeplattform von 11:40 bis 12:20 Uhr")) == []
    )
    assert len(objections_to_ranking(facts(late, lateness_excuse="  "))) == 1


def test_missing_prices_are_counted_and_named_with_number_5():
    (objection,) = objections_to_ranking(facts(completeness=Completeness(53, ("0125", "0130"))))
    assert objection.norm == "§ 57 Abs. 1 Nr. 5 VgV"
    assert "Preise fehlen in 2 von 53 Positionen: 0125, 0130." in objection.text


def test_of_many_missing_prices_only_the_first_ten_are_named():
    missing = tuple(str(number) for number in range(1, 13))
    (objection,) = objections_to_ranking(facts(completeness=Completeness(53, missing)))
    assert "1, 2, 3, 4, 5, 6, 7, 8, 9, 10 und 2 weitere." in objection.text


def test_only_blocking_findings_stand_against_the_bid():
    changed = FormalFinding(ExclusionGround.TENDER_DOCUMENTS_CHANGED, "Die Menge der Position 3 wurde geändert.")
    remark = FormalFinding(ExclusionGround.AMBIGUOUS_CHANGES, "Rechenfehler in Position 7.", is_blocking=False)
    (objection,) = objections_to_ranking(facts(findings=[changed, remark]))
    assert (objection.norm, objection.text) == ("§ 57 Abs. 1 Nr. 4 VgV", changed.text)


def test_every_reason_is_given_in_the_order_of_the_statute():
    variant = FormalFinding(ExclusionGround.VARIANT_NOT_ADMITTED, "Ein Nebenangebot liegt bei.")
    papers = FormalFinding(ExclusionGround.DOCUMENTS_MISSING, "Die Eigenerklärung fehlt.")
    found = objections_to_ranking(facts(timedelta(1), Completeness(2, ("1",)), findings=[variant, papers]))
    assert [objection.norm for objection in found] == [f"§ 57 Abs. 1 Nr. {number} VgV" for number in (1, 2, 5, 6)]


def test_the_six_grounds_carry_the_six_numbers():
    norms = [ground.norm for ground in ExclusionGround]
    assert norms == [*(f"§ 57 Abs. 1 Nr. {number} VgV" for number in range(1, 7)), "§ 57 Abs. 2 VgV"]
