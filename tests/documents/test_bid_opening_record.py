"""The record of a bid opening: who opened what, when, and whether the seals held."""

from datetime import UTC, datetime

from procurement.documents.bid_opening_record import draw_opening_record
from procurement.documents.contents_opening_record import OpenedBid
from procurement.values.money import Money
from tests.factories.bid_documents import opening_record
from tests.pdf_reading import cells, text_of

RECEIVED = datetime(2026, 8, 31, 15, 30, tzinfo=UTC)
HASH = "0123456789abcdef" * 4


def test_bids_are_listed_with_receipt_seal_and_total():
    text = text_of(
        draw_opening_record(opening_record(OpenedBid("Müller GmbH", "1", RECEIVED, HASH, True, total=Money(12345))))
    )
    assert cells("1", "Müller GmbH", "1", "31.08.2026, 17:30 Uhr") in text
    assert "unversehrt" in text
    assert "123,45" in text
    assert HASH in text.replace("\n", "")


def test_both_officers_and_the_times_are_named():
    text = text_of(draw_opening_record(opening_record()))
    assert cells("Petra Beispiel", "Vergabestelle", "01.09.2026, 12:04 Uhr") in text
    assert cells("Jonas Muster", "Vergabestelle", "01.09.2026, 12:05 Uhr") in text
    assert cells("Angebotsfrist", "01.09.2026, 12:00 Uhr") in text
    assert "kein Angebot eingegangen" in text
    assert "Es waren keine Bieter anwesend." in text


def test_a_broken_seal_and_a_late_bid_stand_out():
    broken = OpenedBid("Kabel AG", "1", RECEIVED, HASH, False)
    late = OpenedBid("Spät OHG", "1", RECEIVED, HASH, True, is_late=True, remark="Zurückgewiesen.")
    text = text_of(draw_opening_record(opening_record(broken, late)))
    assert cells("⚠", "Kabel AG: Die Prüfsumme stimmt nicht.") in text
    assert "Verspätet eingegangen. Zurückgewiesen." in text.replace("\n", " ")
