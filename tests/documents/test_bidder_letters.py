"""Letters to bidders on paper: every kind has one, its sentences are the stored ones, no competitor's price is told.

The tender is the one of the evaluation's usual case: Netz GmbH wins at 6,000.00 with 9 and 8 points, Kabel AG loses at
5,400.00 with 6 and 7 points.
"""

import hashlib
import json
import zipfile
from datetime import UTC, date, datetime
from io import BytesIO

from procurement.awarding import actions_cancellation, actions_letters
from procurement.awarding import queries as awarding
from procurement.awarding.states import LetterKind
from procurement.bids.actions import log_reading
from procurement.core.db import db
from procurement.documents import queries_letters
from procurement.examination import queries as examination
from procurement.examination.states import LetterKind as BidLetterKind
from procurement.members.models import Account
from procurement.tenders.kinds import ProcedureType
from procurement.tenders.models import Tender
from tests.factories import awarding as award
from tests.factories import evaluation as given
from tests.factories import examination as examined
from tests.factories import issued_documents as make_documents
from tests.factories import members as make
from tests.pdf_reading import cells, pages_of, reader

SENT = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


def paper(letter) -> str:
    """The words of a letter as they are read, over the ends of lines."""
    return " ".join(" ".join(pages_of(queries_letters.printed(letter).content)).split())


def decided():
    make_documents.issuer()
    return given.decided_tender()


def test_the_information_names_winner_points_and_day_and_no_price_of_the_winner(context, hand):
    hand.moment, tender = SENT, decided()
    (letter,) = award.informed(tender)
    printed = queries_letters.printed(letter)
    text = paper(letter)
    assert "Kabel AG" in text
    assert "Der Zuschlag soll erteilt werden auf das Angebot von:" in text
    assert "Los 1 „Firewall“: Netz GmbH" in text
    assert "Ihr Angebot erreicht Rang 2 von 2." in text
    table = "\n".join(pages_of(printed.content))
    # points × weight points: 6 × 600 against 9 × 600, and 7 × 400 against 8 × 400
    rows = ("K1 Leistung", "3.600", "5.400", "K2 Service", "2.800", "3.200")
    assert cells("Kriterium", "Ihr Angebot", "Zuschlag", *rows) in table
    # sent on Mon 30.11.2026 electronically: ten days, the contract from Fri 11.12.2026 on
    assert "Der Vertrag wird frühestens geschlossen am Fr., 11.12.2026." in text
    for price in ("6.000", "5.400,00", "1.000,00", "50,00", "900,00", "45,00"):
        assert price not in text
    assert printed.number == f"IB-{tender.reference}-{letter.id}"
    assert "Seite 1 von 1" in text


def test_the_same_letter_is_the_same_file_also_later(context, hand):
    hand.moment, tender = SENT, decided()
    (letter,) = award.informed(tender)
    first = queries_letters.printed(letter).content
    hand.moment = datetime(2027, 3, 1, tzinfo=UTC)
    assert queries_letters.printed(letter).content == first


def test_an_unsent_letter_is_marked_as_a_draft_and_goes_into_no_archive(context):
    tender = decided()
    (letter,) = actions_letters.draft_letters(tender, by=make.officer())
    assert "ENTWURF" in paper(letter)
    assert queries_letters.letters_sent(tender) == []


def test_every_kind_of_letter_about_the_outcome_can_be_printed(context, hand):
    hand.moment, tender = SENT, decided()
    award.informed(tender)
    officer = make.officer()
    actions_letters.extend_standstill(tender, date(2026, 12, 14), "Rüge geht ein.", by=officer)
    actions_letters.send_letters(tender, by=officer)
    award.awarded(tender, by=officer)
    cancelled = given.opened_tender()
    actions_cancellation.cancel_tender(cancelled, award.cancellation(), by=officer)
    national = given.awarded_tender(procedure_type=ProcedureType.NATIONAL_PUBLIC)
    letters = [one for about in (tender, cancelled, national) for one in awarding.letter_rows(about.id)]
    for letter in letters:
        assert " ".join(awarding.sheet_of(letter).text.replace("\n- ", " – ").split()) in paper(letter)
    assert {letter.kind for letter in letters} == set(LetterKind)


def test_every_letter_of_the_examination_can_be_printed(context):
    make_documents.issuer()
    tender = examined.opened_tender(examined.CHEAP)
    bid = examined.bid_of(tender)
    examined.checked(bid)
    examined.requested(bid)
    examined.asked(bid)
    letters = examination.letters_of(bid)
    assert [letter.kind for letter in letters] == [BidLetterKind.DOCUMENT_REQUEST, BidLetterKind.PRICE_CLARIFICATION]
    for letter in letters:
        text = paper(letter)
        assert " ".join(letter.text.replace("\n- ", " – ").split()) in text
        assert "Netz GmbH" not in text


def test_no_letter_names_the_program_or_a_calculation(context):
    tender = decided()
    (letter,) = award.informed(tender)
    found = reader(queries_letters.printed(letter).content)
    assert "SHA-256" not in paper(letter)
    assert found.metadata.creator == "Beschaffungsplattform"


def test_all_letters_come_in_one_archive_with_their_checksums(saved, browser, hand):
    hand.moment = SENT
    with saved():
        tender = decided()
        award.informed(tender)
        tender_id, officer, auditor, lead = tender.id, make.officer().id, make.auditor().id, make.lead(make.member()).id
    url = f"/documents/tender/{tender_id}/letters"
    first, second = (browser(officer).get(url) for _ in range(2))
    assert first.data == second.data
    packed = zipfile.ZipFile(BytesIO(first.data))
    for listed in json.loads(packed.read("manifest.json"))["documents"]:
        assert hashlib.sha256(packed.read(listed["file"])).hexdigest() == listed["sha256"]
    assert len(packed.namelist()) == 2
    assert browser(lead).get(url).status_code == 403
    assert "Einsicht vermerken und Angebote lesen." in browser(auditor).get(url).text
    with saved():
        log_reading(db.session.get(Tender, tender_id), by=db.session.get(Account, auditor))
    assert browser(auditor).get(url).status_code == 200
