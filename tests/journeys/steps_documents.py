"""The last stretch: documents are issued, an auditor takes them along, every lead finds its own statement only."""

import json
import zipfile
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.steps_allocation import SHARES
from tests.journeys.steps_demand import ROUND
from tests.journeys.steps_reading import follow, press, told
from tests.pdf_reading import cells, text_of

WHOLE = "KA-V-2026-77-1"
STATEMENTS = {"Ahaus": "KM-V-2026-77-1-05554004", "Borken": "KM-V-2026-77-1-05554012"}


def issue(officer: Page) -> None:
    """Issue everything about the approved allocation: the whole, a statement per member, the figures for machines."""
    follow(officer, "Kostenaufteilungen", "Hauptnavigation")
    follow(officer, ROUND)
    follow(officer, "Dokumente ausstellen und öffnen")
    press(officer, "Dokumente ausstellen")
    told(officer, "5 Dokumente sind ausgestellt.")


def downloaded(page: Page, link: str, folder: Path) -> bytes:
    """The file behind a link, as the browser stores it."""
    with page.expect_download() as started:
        page.get_by_role("link", name=link).click()
    stored = folder / started.value.suggested_filename
    started.value.save_as(stored)
    return stored.read_bytes()


def audit(auditor: Page, folder: Path) -> str:
    """Download the whole allocation twice, read it, check its checksum, take the archive along.

    Return the address of the statement of Ahaus, as a leaked link would name it.
    """
    follow(auditor, "Dokumente", "Hauptnavigation")
    pdf = downloaded(auditor, f"{WHOLE} (PDF", folder)
    assert downloaded(auditor, f"{WHOLE} (PDF", folder) == pdf
    words = text_of(pdf)
    for name, shares in SHARES.items():
        assert cells(name, *shares) in words, name
    follow(auditor, f"Prüfsumme von {WHOLE} prüfen")
    told(auditor, "Prüfsumme stimmt")
    told(auditor, sha256(pdf).hexdigest())
    auditor.go_back()
    statement = auditor.get_by_role("link", name=STATEMENTS["Ahaus"]).first.get_attribute("href")
    take_archive(auditor, folder, pdf)
    return statement


def take_archive(auditor: Page, folder: Path, pdf: bytes) -> None:
    """The archive holds every document with the checksum its list names, the downloaded one among them."""
    follow(auditor, "Kostenaufteilungen", "Hauptnavigation")
    follow(auditor, ROUND)
    follow(auditor, "Dokumente ausstellen und öffnen")
    packed = zipfile.ZipFile(BytesIO(downloaded(auditor, "Alles als ZIP herunterladen", folder)))
    listed = json.loads(packed.read("manifest.json"))["documents"]
    assert len(listed) == 5
    for entry in listed:
        assert sha256(packed.read(entry["file"])).hexdigest() == entry["sha256"]
    assert sha256(pdf).hexdigest() in {entry["sha256"] for entry in listed}


def read_own(lead: Page, member: str, folder: Path) -> None:
    """A lead finds its own share and its own statement, and nothing of the other member."""
    other = next(name for name in STATEMENTS if name != member)
    expect(lead.get_by_role("link", name=SHARES[member][-1])).to_be_visible()
    follow(lead, "Dokumente", "Weitere Seiten")
    expect(lead.get_by_role("link", name=STATEMENTS[member]).first).to_be_visible()
    expect(lead.get_by_text(STATEMENTS[other])).to_have_count(0)
    words = text_of(downloaded(lead, f"{STATEMENTS[member]} (PDF", folder))
    assert cells("Zu zahlen", f"{SHARES[member][-1]} €") in words
    assert cells("Zu zahlen", f"{SHARES[other][-1]} €") not in words


def finds_nothing(lead: Page, statement: str) -> None:
    """Another member's statement looks to this lead like a document that does not exist."""
    missing = lead.context.request.get("/documents/99999/download")
    foreign = lead.context.request.get(statement)
    assert foreign.status == missing.status == 404
    lead.goto(statement)
    expect(lead.get_by_role("heading", name="Diese Seite gibt es nicht")).to_be_visible()
