"""The procurement record: all twelve items of § 8 Abs. 2 VgV, each with its proof, with its nothing, or as open."""

import re

import pytest

from procurement.awarding import actions_cancellation
from procurement.documents import actions_record
from procurement.documents.contents_procurement_record import Fact, ItemState
from procurement.documents.record_wording import ITEMS, group, item
from procurement.evaluation import actions_panel
from procurement.evaluation import queries as evaluation
from procurement.tenders import actions_bill, actions_succession
from procurement.tenders.cancellation import CancellationGround, FollowUp, NoAwardCode
from procurement.tenders.kinds import ProcedureType
from procurement.tenders.models import Tender
from tests.factories import awarding, examination, lot_awards, tenders
from tests.factories import bids as make_bids
from tests.factories import evaluation as given
from tests.factories import issued_documents as make_documents
from tests.factories import members as make
from tests.pdf_reading import text_of

WORDS = (
    "den Namen und die Anschrift des öffentlichen Auftraggebers",
    "die Namen der berücksichtigten Bewerber oder Bieter",
    "die nicht berücksichtigten Angebote und Teilnahmeanträge",
    "die für ungewöhnlich niedrig befunden wurden",
    "den Namen des erfolgreichen Bieters",
    "die in § 14 Absatz 3 genannten Umstände",
    "die in § 14 Absatz 4 genannten Umstände",
    "auf die Vergabe eines Auftrags",
    "andere als elektronische Mittel",
    "Angaben zu aufgedeckten Interessenkonflikten",
    "mehrere Teil- oder Fachlose zusammen vergeben",
    "die Nichtangabe der Gewichtung von Zuschlagskriterien",
)


def chapters(tender: Tender) -> list[str]:
    """The words of the record by its numbered chapters; the place before the first is the first page."""
    document = actions_record.issue_procurement_record(tender, by=make.officer())
    text = text_of(document.file.content)
    parts = re.split(r"\n(?=\d{1,2}  \S)", text)
    return [" ".join(part.split()) for part in parts]


@pytest.fixture
def issuer(context):
    make_documents.issuer()


def test_there_are_twelve_items_in_the_words_of_the_law():
    assert len(ITEMS) == 12
    assert all(words in asks for words, (_title, asks) in zip(WORDS, ITEMS, strict=True))


def test_an_item_is_stated_open_or_says_that_it_does_not_apply():
    stated = item(8, [group("", [Fact("Los 1", "aufgehoben")])], nothing="nichts")
    assert (stated.state, stated.nothing) == (ItemState.STATED, "")
    empty = item(8, [group("", [])], nothing="Weder Verfahren noch Los.")
    assert (empty.state, empty.nothing) == (ItemState.NOTHING, "Nicht zutreffend: Weder Verfahren noch Los.")
    assert item(8, missing=["Die Gründe fehlen."], nothing="nichts").state is ItemState.OPEN
    assert "§ 8 Abs. 2 Nr. 8 VgV" in empty.asks


def test_the_record_of_an_award_holds_each_item_with_its_proof(issuer):
    tender = given.awarded_tender(title="Firewall")
    found, run = chapters(tender), evaluation.latest_run(tender.lots[0])
    for number, words in enumerate(WORDS, 1):
        assert found[number].startswith(f"{number} ")
        assert words in found[number]
    # Netz GmbH wins with 8,600 ÷ 6,000 × 10,000 = 14,333.33, which is exactly 43/30 points per euro
    for words in ("Netz GmbH", "6.000,00 €", "Rang 1", "14.333,33", "43/30", "Wirtschaftlichstes Angebot"):
        assert words in found[5]
    assert "Rechnerisch und sachlich geprüft" in found[5]
    squeezed = found[5].replace(" ", "")
    assert run.input_hash in squeezed
    assert re.search(r"Prüfpfad Nr\. \d+", found[5])
    assert "Unteraufträge" in found[5]
    # Kabel AG: 6,400 ÷ 5,400 × 10,000 = 11,851.85
    assert "Kabel AG" in found[3]
    assert "11.851,85" in found[3]
    assert "Rang 2 von 2" in found[3]
    for number in (6, 7, 8, 11, 12):
        assert "Nicht zutreffend:" in found[number], number
    assert "6.000,00 € netto; Schwellenwert" in found[1]
    assert tender.frozen_hash in found[12].replace(" ", "")


def test_the_same_facts_are_issued_once(issuer):
    tender = given.decided_tender()
    first = actions_record.issue_procurement_record(tender, by=make.officer())
    assert actions_record.issue_procurement_record(tender, by=make.officer()) is first
    awarding.informed(tender)
    second = actions_record.issue_procurement_record(tender, by=make.officer())
    assert (first.number, second.number) == (f"VV-{tender.reference}-1", f"VV-{tender.reference}-2")


def test_before_the_opening_it_says_what_is_open_and_names_no_bidder(issuer):
    tender = tenders.published_tender()
    make_bids.sealed_bid(tender, {"FW-1": "1000.00", "FW-2": "50.00"}, name="Geheim GmbH")
    found = chapters(tender)
    for number in (2, 3, 4, 5):
        assert "Noch offen: Die Angebote sind noch nicht geöffnet" in found[number]
    assert "Geheim" not in " ".join(found)


def test_the_examination_and_the_price_check_stand_in_it(issuer):
    tender = examination.opened_tender(examination.CHEAP)
    bid, officer = examination.bid_of(tender), make.officer("Eva Prüfer")
    examination.checked(bid, by=officer)
    examination.requested(bid, by=officer)
    examination.asked(bid, by=officer)
    found = chapters(tender)
    assert "Wie kalkulieren Sie?" in found[4]
    assert "Noch offen: Der Preis von Angebot" in found[4]
    assert "Noch offen: Los 1 ist noch nicht gewertet." in found[2]
    examined = next(one for one in found if "Prüfung der Angebote Prüfung nach" in one)
    assert "Eigenerklärung: fehlt" in examined
    assert "Eva Prüfer" in examined


def test_conflicts_joined_lots_and_a_cancellation_name_their_reasons(issuer):
    officer = make.officer()
    plan = (
        ("Hardware", (tenders.Wish("FW-1", "Cluster", (2, 1), "1000.00"),)),
        ("Lizenzen", (tenders.Wish("FW-2", "Lizenz", (10, 30), "50.00"),)),
    )
    tender = tenders.planned_tender(plan, officer=officer)
    actions_bill.join_lots(tender.lots[1], tender.lots[0], "Ein Wartungsvertrag ist technisch nötig.", by=officer)
    actions_panel.declare(tender, "Mein Bruder arbeitet dort.", has_conflict=True, by=make.officer("Udo Unbefangen"))
    found = chapters(tender)
    assert "Ein Wartungsvertrag ist technisch nötig." in found[11]
    assert "Los 2 Lizenzen" in found[11]
    assert "Udo Unbefangen" in found[10]
    assert "Mein Bruder arbeitet dort." in found[10]
    assert "Abhilfe: Der Zugang" in found[10]
    opened = given.opened_tender()
    actions_cancellation.cancel_tender(opened, awarding.cancellation(), by=officer)
    assert "Der Bedarf ist weggefallen." in chapters(opened)[8]


def test_a_negotiated_procedure_without_its_circumstances_is_open(issuer):
    tender = tenders.planned_tender(procedure_type=ProcedureType.NEGOTIATED_WITHOUT_CALL)
    found = chapters(tender)
    assert "Noch offen: Die Umstände nach § 14 Abs. 4 VgV" in found[7]
    assert "stehen unter Nummer 7" in found[6]


def test_the_award_over_all_lots_stands_with_its_proof(issuer):
    run = lot_awards.distributed()
    found = next(one for one in chapters(run.tender) if "Zuschlag über alle Lose Begrenzung" in one)
    assert "557.880,00 €" in found
    assert "bewiesen: keine zulässige Verteilung ist besser" in found
    assert "bewiesen: eine zweite Suche findet keine andere" in found
    assert "Vollständige Suche" in found
    assert run.input_hash in found.replace(" ", "")


def test_complaints_letters_and_the_register_stand_in_it(issuer):
    tender = given.decided_tender()
    awarding.informed(tender)
    awarding.registered(tender)
    awarding.complaint(tender)
    text = " ".join(chapters(tender))
    assert "Noch offen: Rüge 1 ist noch nicht beantwortet." in text
    assert "Die Wertung von K1 ist nicht begründet." in text
    assert "Vertrag frühestens am" in text


def test_an_auditor_reads_it_only_after_the_reading_is_recorded_and_a_lead_never(saved, browser, hand):
    with saved():
        make_documents.issuer()
        tender = given.awarded_tender()
        document = actions_record.issue_procurement_record(tender, by=make.officer())
        lead = make.lead(tender.participants[0].member)
        ids = document.id, tender.id, make.auditor().id, lead.id, make.officer().id
    assert browser(ids[2]).get(f"/documents/{ids[0]}/download").status_code == 403
    assert browser(ids[3]).get(f"/documents/{ids[0]}/download").status_code == 404
    assert browser(ids[3]).post(f"/documents/tender/{ids[1]}/procurement-record").status_code == 403
    window = browser(ids[4])
    first, second = (window.get(f"/documents/{ids[0]}/download").data for _ in range(2))
    assert first == second
    assert window.post(f"/documents/tender/{ids[1]}/procurement-record").status_code == 303


def test_the_circumstances_without_a_call_name_the_procedure_before(issuer):
    before, officer = tenders.published_tender(), make.officer()
    make_bids.opened(before)
    entry = awarding.cancellation(
        ground=CancellationGround.NO_ADMISSIBLE_BID,
        code=NoAwardCode.NOTHING_RECEIVED,
        reason="Kein Angebot eingegangen.",
        follow_up=FollowUp.WITHOUT_CALL,
        follow_up_reason="Eilbedarf",
        is_unchanged=True,
    )
    actions_cancellation.cancel_tender(before, entry, by=officer)
    after = actions_succession.succeed(before, by=officer)
    found = chapters(after)
    assert f"Vorangegangenes Verfahren {before.reference}" in found[7]
    assert "Kein Angebot eingegangen." in found[7]
    assert f"Neues Verfahren {after.reference}" in chapters(before)[8]
