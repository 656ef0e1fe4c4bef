"""The tab "Prüfung" and the page of a bid: who sees what, what is noted, what is refused stays typed."""

from procurement.bids.queries import bid_of
from procurement.core.db import db
from procurement.examination import queries
from procurement.members.models import Account
from procurement.tenders.models import Tender
from tests.factories import examination as examined
from tests.factories import members as make
from tests.factories import tenders
from tests.page_reading import seen_on, text_of


def opened(saved, **details):
    with saved():
        tender = examined.opened_tender(examined.CHEAP, **details)
        officer, auditor, lead = make.officer(), make.auditor(), make.lead(make.member())
        bid = examined.bid_of(tender)
        return tender.id, bid.id, officer.id, auditor.id, lead.id


def test_a_planned_tender_takes_demands_and_the_order_of_stages(saved, browser, app):
    with saved():
        tender = tenders.ready_tender()
        tender_id, version, officer_id = tender.id, tender.version, make.officer().id
    client = browser(officer_id)
    page = seen_on(client.get(f"/examination/{tender_id}"))
    assert "vorgeschlagen nach Verfahrensart und Wert" in page
    assert "Keine Unterlagen gefordert." in page
    typed = {"title": "Eigenerklärung", "kind": "company", "version": version}
    assert client.post(f"/examination/{tender_id}/documents", typed).status_code == 303
    stale = client.post(f"/examination/{tender_id}/documents", typed | {"title": "Konzept"})
    assert stale.status_code == 422
    assert "inzwischen geändert" in text_of(stale)
    with app.app_context():
        version = db.session.get(Tender, tender_id).version
    reused = {"title": "leistung", "evidence": "", "version": version}
    assert "schon Zuschlagskriterium" in text_of(client.post(f"/examination/{tender_id}/suitability", reused))
    stages = {f"stage_{n}": stage for n, stage in enumerate(("formal", "suitability", "price", "award"), 1)}
    chosen = {"profile": "eu_suitability_first", "reason": "Wenige Bieter", "version": 0, **stages}
    assert client.post(f"/examination/{tender_id}/profile", chosen).status_code == 303
    assert "EU-Verfahren, Eignung vor den Angeboten (§ 42 Abs. 1 VgV)" in seen_on(
        client.get(f"/examination/{tender_id}")
    )


def test_the_task_list_and_a_bid_show_stages_in_order_and_take_results(saved, browser, app):
    tender_id, bid_id, officer_id, _auditor, _lead = opened(saved)
    client = browser(officer_id)
    assert "Los 1: Preis prüfen" in seen_on(client.get(f"/examination/{tender_id}"))
    page = seen_on(client.get(f"/examination/bids/{bid_id}"))
    assert page.index("Formale Prüfung und Nachforderung") < page.index("Angemessenheit der Preise")
    assert "30,00 % des nächsthöheren Angebots" in page
    where = f"/examination/bids/{bid_id}"
    objected = {"formal-1-ground": "tender_documents_changed", "formal-1-text": "", "formal-1-version": 0}
    refused = client.post(f"{where}/lots/1/formal", objected)
    assert refused.status_code == 422
    assert "Bitte die Beanstandung beschreiben" in text_of(refused)
    objected["formal-1-text"] = "Lieferfrist gestrichen"
    assert client.post(f"{where}/lots/1/formal", objected).status_code == 303
    assert "§ 57 Abs. 1 Nr. 4 VgV: Lieferfrist gestrichen" in seen_on(client.get(where))
    assert "Lieferfrist gestrichen" in text_of(client.get(f"/evaluation/bids/{bid_id}/exclusion"))


def test_documents_are_checked_requested_and_the_letter_read(saved, browser, app):
    tender_id, bid_id, officer_id, _auditor, _lead = opened(saved)
    client, where = browser(officer_id), f"/examination/bids/{bid_id}"
    with app.app_context():
        document = examined.document(db.session.get(Tender, tender_id), "Eigenerklärung").id
    rows = {f"choice-{document}": "missing", f"note-{document}": "", f"seen-{document}": "0"}
    assert client.post(f"{where}/documents", rows).status_code == 303
    asked = {"request-documents": [document], "request-due_on": "2026-12-25"}
    assert "Fr., 25.12.2026 ist kein Arbeitstag" in text_of(client.post(f"{where}/request", asked))
    asked["request-due_on"] = "2027-01-08"
    assert client.post(f"{where}/request", asked).status_code == 303
    with app.app_context():
        tender = db.session.get(Tender, tender_id)
        letter = queries.letters_of(bid_of(tender.id, examined.bid_of(tender).bidder_id))[0].id
    assert "bis Fr., 08.01.2027, 24:00 Uhr" in seen_on(client.get(f"/examination/letters/{letter}"))
    assert "Nachforderung von Unterlagen" in seen_on(client.get(where))


def test_the_auditor_reads_after_recording_and_a_lead_never(saved, browser, app):
    tender_id, bid_id, _officer, auditor_id, lead_id = opened(saved)
    auditor = browser(auditor_id)
    assert "Einsicht" in text_of(auditor.get(f"/examination/{tender_id}"))
    auditor.post(f"/bids/{tender_id}/readings")
    for address in (f"/examination/{tender_id}", f"/examination/bids/{bid_id}"):
        assert browser(lead_id).get(address).status_code == 403
    assert auditor.post(f"/examination/bids/{bid_id}/integrity", {}).status_code == 403
    with app.app_context():
        assert db.session.get(Account, auditor_id) is not None
