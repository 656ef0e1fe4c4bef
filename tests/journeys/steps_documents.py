"""The last stretch: documents are issued, an auditor takes them along, every lead finds its own statement only."""

import json
import zipfile
from hashlib import sha256
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.steps_allocation import SHARES
from tests.journeys.steps_reading import follow, press, told
from tests.pdf_reading import text_of

PAYING = ("Ahaus", "Borken")


def issue(officer: Page) -> None:
    """Issue everything about the approved allocation: the whole, a statement per member, the figures for machines."""
    follow(officer, "Kostenaufteilungen", "Hauptnavigation")
    follow(officer, "Firewall und Netzsicherheit")
    follow(officer, "Dokumente ausstellen und öffnen")
    press(officer, "Dokumente ausstellen")
    told(officer, "5 Dokumente sind ausgestellt.")


def downloaded(page: Page, row: str, folder: Path) -> bytes:
    """The file of one row of the list, as the browser stores it."""
    line = page.get_by_role("row").filter(has_text=row)
    with page.expect_download() as started:
        line.get_by_role("link", name="Herunterladen").click()
    stored = folder / started.value.suggested_filename
    started.value.save_as(stored)
    return stored.read_bytes()


def audit(auditor: Page, folder: Path) -> None:
    """Download the whole allocation twice, read the amounts in it, check its checksum, take the archive along."""
    follow(auditor, "Dokumente", "Hauptnavigation")
    print(auditor.get_by_role("main").inner_text())
