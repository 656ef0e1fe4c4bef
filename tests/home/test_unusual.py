"""What an auditor's start page calls unusual."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from procurement.home.unusual import AwardFacts, TenderFacts, new_cases, unusual_cases
from procurement.tenders.kinds import TenderStage

PUBLISHED = datetime(2026, 10, 1, 8, 0, tzinfo=UTC)
OPENED = TenderFacts(5, "V-1", "Firewall", TenderStage.OPENED, PUBLISHED, is_opened=True, bids=3)


def texts(tender, *awards):
    return [mark.text for case in unusual_cases([tender], awards) for mark in case.marks]


def test_an_ordinary_tender_has_no_mark():
    assert texts(OPENED, AwardFacts(5, 1, 1, 1)) == []


def test_a_single_bid_and_no_bid_are_named():
    assert texts(replace(OPENED, bids=1)) == ["nur ein Angebot"]
    assert texts(replace(OPENED, bids=0)) == ["kein Angebot"]


def test_before_the_opening_nothing_is_said_about_bids():
    assert texts(replace(OPENED, stage=TenderStage.PUBLISHED, is_opened=False, bids=1)) == []


def test_late_excluded_and_imported_bids_are_named():
    marked = replace(OPENED, late=2, late_excused=1, excluded=1, imported_from="Vergabemarktplatz")
    assert texts(marked) == [
        "verspätete Angebote: 2, 1 entschuldigt",
        "ausgeschlossene Angebote: 1",
        "geöffnet auf anderer Plattform (Vergabemarktplatz)",
    ]


def test_an_award_away_from_rank_one_and_a_tie_are_named():
    assert texts(OPENED, AwardFacts(5, 2, 2, 1)) == ["Los 2: Zuschlag auf Rang 2"]
    assert texts(OPENED, AwardFacts(5, 1, 1, 2)) == ["Los 1: Gleichstand auf Rang 1 (2 Angebote)"]
    assert texts(OPENED, AwardFacts(5, 1, None, 1)) == ["Los 1: Zuschlag auf ein Angebot ohne Rang"]


def test_a_cancelled_tender_is_named_and_another_tenders_award_is_not_mixed_in():
    assert texts(replace(OPENED, stage=TenderStage.CANCELLED)) == ["aufgehoben"]
    assert texts(OPENED, AwardFacts(6, 1, 4, 1)) == []


def test_a_tender_is_new_for_thirty_days():
    assert new_cases([OPENED], PUBLISHED + timedelta(days=30)) == [OPENED]
    assert new_cases([OPENED], PUBLISHED + timedelta(days=30, seconds=1)) == []
