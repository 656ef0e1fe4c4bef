"""The whole file of a tender: each file with its checksum, the same bytes twice, nothing of bids before the opening."""

import csv
import hashlib
import io
import json
import zipfile
from datetime import UTC, datetime

import pytest

from procurement.audit.chain import Link, hash_of
from procurement.bids import actions as bid_actions
from procurement.core import clock, jobs
from procurement.core.db import db
from procurement.core.errors import Withheld
from procurement.documents import actions_comparison, actions_file, queries, queries_file
from procurement.documents.kinds import DocumentKind
from procurement.documents.models import IssuedDocument
from procurement.documents.tender_file import CONTENTS, FileEntry, Folder, write_tender_file
from procurement.members.models import Account
from procurement.tenders.models import Tender
from tests.factories import awarding as award
from tests.factories import bids as make_bids
from tests.factories import evaluation as given
from tests.factories import issued_documents as make_documents
from tests.factories import members as make
from tests.factories import panel, tenders

SENT = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


def silent(_done, _total, _text):
    """Nobody watches."""


def put_together(tender, by=None) -> IssuedDocument:
    return actions_file.issue_tender_file(tender, by=by or make.officer(), report=silent)


def opened(document) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(document.file.content))


def written(entries) -> bytes:
    target = io.BytesIO()
    write_tender_file("V-1 Firewall", entries, target, silent)
    return target.getvalue()


def text_file(folder, name, text):
    return FileEntry(folder, name, f"Text {name}", text.encode)


def test_the_archive_is_the_same_whatever_the_order_of_its_files():
    first, second = text_file(Folder.BIDS, "Ä/1.txt", "eins"), text_file(Folder.PLANNING, "2.txt", "zwei")
    assert written([first, second]) == written([second, first])


def test_the_list_of_contents_names_every_file_with_its_checksum_in_the_order_of_the_procedure():
    packed = zipfile.ZipFile(
        io.BytesIO(written([text_file(Folder.TRAIL, "b", "B"), text_file(Folder.PLANNING, "a", "A")]))
    )
    told = packed.read(CONTENTS).decode("utf-8-sig")
    # echo -n A | sha256sum
    assert "SHA-256 559aead08264d5795d3909718cdd05abd49572e84fe55590eef31a88a08fdffd" in told
    assert told.index("01_Bedarf") < told.index("06_Angebote") < told.index("17_Prüfpfad")
    assert "06_Angebote: Angebote, wie sie eingegangen sind\r\n" + "-" * 72 + "\r\n  (nichts vorhanden)" in told


def test_two_files_in_one_place_are_refused():
    with pytest.raises(ValueError, match="same name"):
        written([text_file(Folder.BIDS, "a", "1"), text_file(Folder.BIDS, "a", "2")])


@pytest.fixture
def awarded(context, hand):
    """Two sealed bids, opened, rated, decided, informed about and awarded."""
    hand.moment = SENT
    make_documents.issuer()
    tender = given.decided_tender()
    award.awarded(tender)
    return tender


def test_every_checksum_of_the_manifest_is_that_of_the_file(awarded):
    document = put_together(awarded)
    packed = opened(document)
    manifest = packed.read("manifest.json")
    listed = {one["file"]: one["sha256"] for one in json.loads(manifest)["files"]}
    assert set(packed.namelist()) == {*listed, "manifest.json"}
    for name, sha256 in listed.items():
        assert hashlib.sha256(packed.read(name)).hexdigest() == sha256
    assert document.input_hash == hashlib.sha256(manifest).hexdigest()
    assert document.number == f"VA-{awarded.reference}-1"


def test_it_holds_each_step_of_the_procedure(awarded):
    packed = opened(put_together(awarded))
    names = packed.namelist()
    folders = {name.split("/")[0] for name in names if "/" in name}
    assert folders >= {
        "01_Bedarf-und-Schätzung", "02_Veröffentlichung", "04_Unternehmen-und-Eingang", "05_Öffnung", "07_Preisspiegel",
        "09_Wertung", "10_Entscheidung", "11_Schreiben", "13_Zuschlag-oder-Aufhebung", "14_Vergabevermerk",
        "17_Prüfpfad",
    }  # fmt: skip
    endings = [name.rpartition(".")[2] for name in names if name.startswith("07_Preisspiegel/")]
    assert sorted(endings) == ["pdf", "xlsx"]
    assert sum(name.startswith("11_Schreiben/") for name in names) == 2  # information to Kabel AG, award to Netz GmbH
    published = packed.read("02_Veröffentlichung/Fassung-1.json")
    assert hashlib.sha256(published).hexdigest() == awarded.frozen_hash
    run = json.loads(packed.read("09_Wertung/Los-01_Wertung-1.json"))
    assert hashlib.sha256(run["input_text"].encode()).hexdigest() == run["input_sha256"]
    rows = list(csv.reader(io.StringIO(packed.read("09_Wertung/Punkte.csv").decode("utf-8-sig")), delimiter=";"))
    assert rows[1][1:4] == ["Angebot 1, Netz GmbH", "K1 Leistung", "9"]


def test_the_extract_of_the_trail_can_be_recomputed(awarded):
    entries = json.loads(opened(put_together(awarded)).read("17_Prüfpfad/Prüfpfad.json"))
    assert entries
    for entry in entries:
        at = datetime.fromisoformat(entry.pop("at"))
        link = Link(at=at, **entry)
        assert hash_of(link) == link.hash


def test_unchanged_it_is_put_together_once_and_a_change_makes_a_new_version(awarded, hand):
    first = put_together(awarded)
    hand.moment = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
    assert put_together(awarded) is first
    award.complaint(awarded)
    second = put_together(awarded)
    assert (second.version, second.file_sha256) != (first.version, first.file_sha256)
    assert "12_Rügen-und-Nachprüfung/Rügen.csv" in opened(second).namelist()


def test_bids_lie_in_it_as_they_came_in(context, hand):
    make_documents.issuer()
    tender = make_documents.unsealed_tender()
    with clock.at(make_bids.after_deadline(tender)):
        packed = opened(put_together(tender))
    names = [name for name in packed.namelist() if name.startswith("06_Angebote/Angebot-")]
    assert len(names) == 2
    assert all(packed.read(name).startswith(b"PK") for name in names)
    receipts = packed.read("04_Unternehmen-und-Eingang/Eingangsbestätigungen.csv").decode("utf-8-sig")
    assert "Netz GmbH" in receipts


def test_before_the_opening_nothing_of_the_bids_is_in_it(context):
    make_documents.issuer()
    tender = tenders.published_tender()
    make_bids.sealed_bid(tender, {"FW-1": "1234.56", "FW-2": "50.00"}, name="Geheim GmbH")
    packed = opened(put_together(tender))
    assert not [name for name in packed.namelist() if name[:2] in {"05", "06", "07", "08", "09", "10", "11"}]
    receipts = packed.read("04_Unternehmen-und-Eingang/Eingangsbestätigungen.csv").decode("utf-8-sig")
    assert "Geheim GmbH" not in receipts


def test_an_evaluator_who_has_still_to_submit_gets_no_file(context):
    tender, officer = make_documents.opened_tender(), make.officer()
    document = put_together(tender)
    panel.named(tender, officer)
    with pytest.raises(Withheld):
        queries_file.readable_file(tender.id, officer)
    with pytest.raises(Withheld):
        queries.readable_document(officer, document.id)


def test_an_auditor_reads_it_as_it_stands_once_the_reading_is_recorded_and_issues_nothing(saved, browser):
    with saved():
        tender, auditor, officer = make_documents.opened_tender(), make.auditor(), make.officer()
        tender_id, ids = tender.id, (auditor.id, officer.id)
    url = f"/documents/tender/{tender_id}/file"
    window = browser(ids[0])
    assert window.post(url).status_code == 403
    assert window.get(f"{url}.zip").status_code == 403
    with saved():
        bid_actions.log_reading(db.session.get(Tender, tender_id), by=db.session.get(Account, ids[0]))
    first, second, office = (browser(who).get(f"{url}.zip") for who in (ids[0], *ids))
    assert first.data == second.data == office.data
    assert "07_Preisspiegel/" in " ".join(zipfile.ZipFile(io.BytesIO(first.data)).namelist())
    assert "VA-" not in window.get(f"/documents/tender/{tender_id}").text


def test_a_large_file_is_put_together_by_a_job(saved, browser, monkeypatch):
    with saved():
        tender = make_documents.opened_tender()
        tender_id, officer, lead = tender.id, make.officer().id, make.lead(make.member()).id
    url = f"/documents/tender/{tender_id}"
    assert browser(lead).post(f"{url}/file").status_code == 403
    monkeypatch.setattr(actions_comparison, "LARGE", 0)
    answer = browser(officer).post(f"{url}/file")
    assert answer.location.startswith("/jobs/")
    with saved():
        jobs.run_pending()
    assert browser(officer).get(answer.location).location == url
    assert "Vergabeakte" in browser(officer).get(url).text
    with saved():
        found = db.session.query(IssuedDocument).filter_by(kind=DocumentKind.TENDER_FILE).one()
        assert queries_file.file_entries(found.tender, found.issued_by)
