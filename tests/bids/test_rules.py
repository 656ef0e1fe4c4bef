"""What may happen to bids and when; the deadline of all cases is Monday, 28.12.2026, 11:00:00 UTC."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from procurement.bids import rules
from procurement.bids.states import BidState
from procurement.tenders.kinds import TenderStage

DEADLINE = datetime(2026, 12, 28, 11, 0, tzinfo=UTC)
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)

RECEIPT = rules.ReceiptFacts(
    stage=TenderStage.PUBLISHED,
    now=DEADLINE - HOUR,
    received_at=DEADLINE - HOUR,
    published_at=DEADLINE - timedelta(days=35),
    bid_deadline_at=DEADLINE,
    lot_numbers=[1, None],
    empty_files=[],
    earlier_bid_number=None,
    proof="",
)
RELEASE = rules.OpeningFacts(
    stage=TenderStage.BIDS_CLOSED,
    now=DEADLINE + HOUR,
    bid_deadline_at=DEADLINE,
    deadline_text="Mo., 28.12.2026, 12:00 Uhr",
    officer_id=1,
    is_officer=True,
    is_named=True,
)
IMPORT = rules.ImportFacts(
    stage=TenderStage.PUBLISHED,
    now=DEADLINE + HOUR,
    bid_deadline_at=DEADLINE,
    deadline_text="Mo., 28.12.2026, 12:00 Uhr",
    bids=0,
    officers=frozenset({1, 2}),
)


def texts(objections):
    return " ".join(objection.text for objection in objections)


def test_a_bid_with_its_files_is_received_until_the_opening():
    assert rules.objections_to_receiving(RECEIPT) == []
    assert rules.objections_to_receiving(replace(RECEIPT, stage=TenderStage.BIDS_CLOSED)) == []


@pytest.mark.parametrize("stage", sorted(set(TenderStage) - rules.RECEIVING))
def test_before_publication_and_after_the_opening_nothing_is_received(stage):
    assert stage.label in texts(rules.objections_to_receiving(replace(RECEIPT, stage=stage)))


def test_a_late_bid_is_recorded_all_the_same():
    late = replace(RECEIPT, now=DEADLINE + HOUR, received_at=DEADLINE + SECOND)
    assert rules.objections_to_receiving(late) == []


def test_nothing_is_received_in_the_future_or_before_publication():
    future = replace(RECEIPT, received_at=RECEIPT.now + SECOND)
    assert "in der Zukunft" in texts(rules.objections_to_receiving(future))
    early = replace(RECEIPT, received_at=DEADLINE - timedelta(days=36))
    assert "vor der Veröffentlichung" in texts(rules.objections_to_receiving(early))


def test_a_receipt_in_time_that_is_entered_after_the_deadline_needs_a_proof():
    entered_late = replace(RECEIPT, now=DEADLINE + SECOND, received_at=DEADLINE)
    assert [objection.field for objection in rules.objections_to_receiving(entered_late)] == ["proof"]
    assert rules.objections_to_receiving(replace(entered_late, proof="Eingangsprotokoll 4711")) == []


def test_files_must_be_there_filled_and_one_sheet_per_lot():
    assert "mindestens eine Datei" in texts(rules.objections_to_receiving(replace(RECEIPT, lot_numbers=[])))
    doubled = replace(RECEIPT, lot_numbers=[1, 2, 1, None, None], empty_files=["Konzept.pdf"])
    found = texts(rules.objections_to_receiving(doubled))
    assert "Für Los 1 ist mehr als ein Preisblatt" in found
    assert "Für Los 2" not in found
    assert "„Konzept.pdf“ ist leer" in found


def test_a_bidder_has_one_bid_at_a_time():
    found = rules.objections_to_receiving(replace(RECEIPT, earlier_bid_number=3))
    assert "bereits Angebot 3" in texts(found)


def test_a_bidder_may_withdraw_up_to_the_second_of_the_deadline():
    stage, state = TenderStage.PUBLISHED, BidState.SEALED
    assert rules.objections_to_withdrawing(stage, state, DEADLINE, DEADLINE) == []
    assert "gebunden" in texts(rules.objections_to_withdrawing(stage, state, DEADLINE + SECOND, DEADLINE))
    assert rules.objections_to_withdrawing(stage, BidState.WITHDRAWN, DEADLINE, DEADLINE)


def test_nobody_releases_before_the_second_of_the_deadline_is_over():
    for moment in (DEADLINE - HOUR, DEADLINE, DEADLINE + SECOND / 2):
        early = replace(RELEASE, now=moment)
        assert "Mo., 28.12.2026, 12:00 Uhr" in texts(rules.objections_to_first_release(early))
        second = replace(early, first_by_id=2)
        assert "Vorher öffnet niemand" in texts(rules.objections_to_second_release(second))
    assert rules.objections_to_first_release(replace(RELEASE, now=DEADLINE + SECOND)) == []


def test_only_named_officers_release():
    for stranger in (replace(RELEASE, is_named=False), replace(RELEASE, is_officer=False)):
        assert "nicht benannt" in texts(rules.objections_to_first_release(stranger))


def test_two_different_officers_release_one_after_the_other():
    begun = replace(RELEASE, first_by_id=2, first_by_name="Ben")
    assert "Ben hat als erste Person freigegeben" in texts(rules.objections_to_first_release(begun))
    assert rules.objections_to_second_release(begun) == []
    assert "zwei verschiedenen Personen" in texts(rules.objections_to_second_release(replace(begun, first_by_id=1)))
    assert "noch nicht begonnen" in texts(rules.objections_to_second_release(RELEASE))


@pytest.mark.parametrize("stage", sorted(set(TenderStage) - rules.OPENING))
def test_nothing_is_released_in_another_stage(stage):
    assert stage.label in texts(rules.objections_to_first_release(replace(RELEASE, stage=stage)))


def test_prices_are_read_again_only_before_the_evaluation_and_for_a_reason():
    def objections(stage=TenderStage.OPENED, state=BidState.OPENED, reason="Nachforderung", was_evaluated=False):
        return texts(rules.objections_to_reading_again(stage, state, was_evaluated=was_evaluated, reason=reason))

    assert objections() == ""
    assert "Anlass" in objections(reason=" ")
    assert "Gewertet" in objections(stage=TenderStage.EVALUATED)
    assert "ein Los ist bereits gewertet" in objections(was_evaluated=True)
    assert "Ausgeschlossen" in objections(state=BidState.EXCLUDED)


def test_a_bid_is_excluded_between_opening_and_award_with_a_reason():
    for stage in (TenderStage.OPENED, TenderStage.EVALUATED):
        assert rules.objections_to_excluding(stage, BidState.OPENED, "Preis nicht aufgeklärt") == []
    assert "begründen" in texts(rules.objections_to_excluding(TenderStage.OPENED, BidState.OPENED, ""))
    assert rules.objections_to_excluding(TenderStage.AWARDED, BidState.OPENED, "x")
    assert rules.objections_to_excluding(TenderStage.OPENED, BidState.EXCLUDED, "x")


def test_a_delay_is_excused_before_the_evaluation_with_a_reason():
    state = BidState.SEALED
    assert rules.objections_to_excusing(TenderStage.BIDS_CLOSED, state, was_late=True, reason="Störung") == []
    assert "rechtzeitig" in texts(
        rules.objections_to_excusing(TenderStage.BIDS_CLOSED, state, was_late=False, reason="Störung")
    )
    assert rules.objections_to_excusing(TenderStage.EVALUATED, BidState.OPENED, was_late=True, reason="Störung")
    assert rules.objections_to_excusing(TenderStage.OPENED, BidState.EXCLUDED, was_late=True, reason="Störung")
    assert "begründen" in texts(rules.objections_to_excusing(TenderStage.OPENED, state, was_late=True, reason=""))


def test_bids_opened_elsewhere_are_taken_over_after_the_deadline_by_two_officers_and_never_mixed():
    assert rules.objections_to_importing(IMPORT) == []
    assert "läuft noch" in texts(rules.objections_to_importing(replace(IMPORT, now=DEADLINE)))
    alone = replace(IMPORT, officers=frozenset({1}))
    assert "zwei verschiedene Personen" in texts(rules.objections_to_importing(alone))
    assert "2 verschlossene Angebote" in texts(rules.objections_to_importing(replace(IMPORT, bids=2)))
    assert "Gewertet" in texts(rules.objections_to_importing(replace(IMPORT, stage=TenderStage.EVALUATED)))
