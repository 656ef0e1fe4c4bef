"""Pages of documents: who finds what, downloads byte for byte, the archive, the check, and the issue buttons."""

import hashlib
import json
import zipfile
from dataclasses import dataclass
from io import BytesIO

import pytest
import sqlalchemy as sa

from procurement.bids.actions import log_reading
from procurement.core import clock
from procurement.core.db import db
from procurement.documents.kinds import DocumentKind
from procurement.documents.models import IssuedDocument
from tests.factories import allocation
from tests.factories import bids as make_bids
from tests.factories import issued_documents as make_documents
from tests.factories import members as make


@dataclass(frozen=True)
class Case:
    """What was issued about the small allocation, and who may look."""

    run: int
    tender: int
    paper: int
    statement: int
    sha256: str
    officer: int
    auditor: int
    lead: int
    other_lead: int


@pytest.fixture
def case(saved) -> Case:
    with saved():
        run = make_documents.approved_small()
        officer = make.officer()
        documents = make_documents.issued(run, officer)
        (paper,) = documents[DocumentKind.ALLOCATION]
        own = make_documents.statement_of(documents, "Adorf")
        other = make_documents.statement_of(documents, "Bstadt")
        return Case(
            run.id, run.tender_id, paper.id, own.id, own.file_sha256, officer.id, make.auditor().id,
            make.lead(own.member).id, make.lead(other.member).id,
        )  # fmt: skip


def test_a_download_is_the_stored_file_every_time(case, browser):
    window = browser(case.lead)
    first, second = (window.get(f"/documents/{case.statement}/download") for _ in range(2))
    assert first.status_code == 200
    assert first.data == second.data
    assert hashlib.sha256(first.data).hexdigest() == case.sha256 == first.get_etag()[0]
    assert first.mimetype == "application/pdf"
    assert "Kostenmitteilung_" in first.headers["Content-Disposition"]
    assert "_Adorf.pdf" in first.headers["Content-Disposition"]


def test_a_browser_that_has_the_file_is_not_sent_it_again(case, browser):
    answer = browser(case.lead).get(
        f"/documents/{case.statement}/download", headers={"If-None-Match": f'"{case.sha256}"'}
    )
    assert (answer.status_code, answer.data) == (304, b"")


@pytest.mark.parametrize("page", ["download", "check"])
def test_a_lead_finds_only_the_statement_of_its_own_member(case, browser, page):
    assert browser(case.lead).get(f"/documents/{case.statement}/{page}").status_code == 200
    assert browser(case.lead).get(f"/documents/{case.paper}/{page}").status_code == 404
    foreign, missing = (
        browser(case.other_lead).get(f"/documents/{number}/{page}") for number in (case.statement, 9999)
    )
    assert foreign.status_code == missing.status_code == 404
    assert "Adorf" not in foreign.text


def test_the_list_of_a_lead_holds_its_statement_and_nothing_else(case, browser):
    text = browser(case.lead).get("/documents/").text
    assert "KM-" in text
    assert "Bstadt" not in text
    assert "KA-" not in text
    assert f"/documents/{case.statement}/download" in text


def test_the_auditor_finds_all_documents_and_filters_them(case, browser):
    window = browser(case.auditor)
    text = window.get("/documents/").text
    for name in ("Adorf", "Bstadt", "Cdorf"):
        assert name in text
    filtered = window.get(f"/documents/?kind=allocation&tender={case.tender}").text
    assert f"/documents/{case.paper}/download" in filtered
    assert f"/documents/{case.statement}/download" not in filtered
    assert "Kein Dokument passt zu diesem Filter." in window.get("/documents/?kind=price_comparison").text


def test_whoever_has_no_documents_is_told_where_they_come_from(saved, browser):
    with saved():
        lead, auditor = make.lead(make.member()).id, make.auditor().id
    assert "Noch keine Kostenmitteilung" in browser(lead).get("/documents/").text
    assert "Noch kein Dokument" in browser(auditor).get("/documents/").text


def test_the_archive_is_complete_the_same_every_time_and_lists_its_checksums(case, browser):
    window = browser(case.auditor)
    packed = window.get(f"/documents/run/{case.run}/archive")
    assert packed.data == window.get(f"/documents/run/{case.run}/archive").data
    with zipfile.ZipFile(BytesIO(packed.data)) as found:
        files = {name: found.read(name) for name in found.namelist()}
    manifest = json.loads(files.pop("manifest.json"))
    assert {entry["file"]: entry["sha256"] for entry in manifest["documents"]} == {
        name: hashlib.sha256(content).hexdigest() for name, content in files.items()
    }
    endings = sorted(name.rpartition(".")[2] for name in files)
    assert endings == ["csv", "json", "pdf", "pdf", "pdf", "pdf"]


def test_the_archive_of_a_lead_holds_its_own_statement_only(case, browser):
    with zipfile.ZipFile(BytesIO(browser(case.lead).get(f"/documents/run/{case.run}/archive").data)) as found:
        names = found.namelist()
    assert len(names) == 2
    assert "_Adorf.pdf" in names[0]


def test_the_check_says_that_the_checksum_is_right(case, browser):
    text = browser(case.auditor).get(f"/documents/{case.statement}/check").text
    assert "Prüfsumme stimmt" in text
    assert case.sha256 in text


def test_the_check_notices_a_file_that_was_changed_in_the_database(case, browser, app):
    with app.app_context(), db.engine.begin() as connection:
        for statement in _without_triggers(connection.dialect.name):
            connection.execute(sa.text(statement))
        changed = sa.text("UPDATE stored_file SET content = :content WHERE sha256 = :sha256")
        connection.execute(changed, {"content": b"%PDF-1.4 faelschung", "sha256": case.sha256})
    text = browser(case.auditor).get(f"/documents/{case.statement}/check").text
    assert "Prüfsumme stimmt nicht" in text
    assert "wurde verändert" in text


def _without_triggers(engine: str) -> list[str]:
    """What somebody with the keys of the database would have to do first."""
    if engine == "postgresql":
        return ["SET LOCAL session_replication_role = replica"]
    return ["DROP TRIGGER stored_file_fixed_update"]


def test_the_pages_of_a_tender_and_a_run_lead_to_the_documents(case, browser):
    window = browser(case.auditor)
    assert f"/documents/run/{case.run}" in window.get(f"/documents/tender/{case.tender}").text
    text = window.get(f"/documents/run/{case.run}").text
    assert "Alles als ZIP herunterladen" in text
    assert "Als Nächstes" not in text
    assert browser(case.lead).get(f"/documents/tender/{case.tender}").status_code == 403


def test_an_officer_issues_an_approved_run_with_one_button(saved, browser):
    with saved():
        officer, run = make.officer(), make_documents.approved_small()
        officer_id, run_id = officer.id, run.id
    window = browser(officer_id)
    assert "Dokumente ausstellen" in window.get(f"/documents/run/{run_id}").text
    answer = window.post(f"/documents/run/{run_id}/issue")
    assert (answer.status_code, answer.location) == (303, f"/documents/run/{run_id}")
    assert "6 Dokumente sind ausgestellt." in window.get(answer.location).text


def test_before_the_approval_the_button_explains_itself_and_the_action_refuses(saved, browser, app):
    with saved():
        make_documents.issuer()
        run = allocation.checked_run()
        officer_id, run_id, member = make.officer().id, run.id, run.tender.participants[0].member
        lead_id = make.lead(member).id
    window = browser(officer_id)
    assert "Dokumente gibt es erst nach der Freigabe." in window.get(f"/documents/run/{run_id}").text
    assert window.post(f"/documents/run/{run_id}/issue").status_code == 422
    assert window.get(f"/documents/run/{run_id}/archive").status_code == 404
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(IssuedDocument)) == 0
    for page in ("", "/archive"):
        assert browser(lead_id).get(f"/documents/run/{run_id}{page}").status_code == 404
    assert browser(lead_id).post(f"/documents/run/{run_id}/issue").status_code == 403


def test_documents_about_bids_are_issued_from_the_page_of_the_tender(saved, browser, hand):
    with saved():
        tender = make_documents.opened_tender()
        tender_id, officer_id, reference = tender.id, make.officer().id, tender.reference
        hand.moment = make_bids.after_deadline(tender)
    window = browser(officer_id)
    for address, number in (("price-comparison", "PS"), ("opening-record", "NO")):
        assert window.post(f"/documents/tender/{tender_id}/{address}").status_code == 303
        assert f"{number}-{reference}-1" in window.get(f"/documents/tender/{tender_id}").text


def test_an_auditor_reads_what_is_in_the_bids_only_after_the_reading_is_recorded(saved, browser, hand):
    with saved():
        tender = make_documents.opened_tender()
        comparison, _record = make_documents.bid_documents(tender)
        auditor = make.auditor()
        ids = comparison.id, auditor.id, tender.id
        hand.moment = make_bids.after_deadline(tender)
    window = browser(ids[1])
    refused = window.get(f"/documents/{ids[0]}/download")
    assert refused.status_code == 403
    assert "Einsicht vermerken und Angebote lesen." in refused.text
    with saved(), clock.at(hand.moment):
        log_reading(db.session.get(type(tender), ids[2]), by=db.session.get(type(auditor), ids[1]))
    assert window.get(f"/documents/{ids[0]}/download").status_code == 200


def test_replaced_documents_are_marked_and_lead_to_the_new_ones(saved, browser):
    with saved():
        run = make_documents.approved_small()
        make_documents.issued(run)
        new = make_documents.corrected(run)
        make_documents.issued(new)
        ids = run.id, new.id, make.auditor().id
    text = browser(ids[2]).get(f"/documents/run/{ids[0]}").text
    assert "Diese Fassung ist ersetzt" in text
    assert f"/documents/run/{ids[1]}" in text
    assert "Ersetzt" in text
