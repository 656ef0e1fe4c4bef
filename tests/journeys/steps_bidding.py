"""The third stretch: the empty price sheet goes out, four bidders send theirs back, nobody can read them.

Rows of the sheet: head in row 12, FW-1 in 13, FW-2 in 14, G-1 in 15; the unit price stands in column F.
"""

from dataclasses import dataclass
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from tests.factories.members import PASSWORD
from tests.journeys.site import Site
from tests.journeys.steps_reading import follow, press, to_section, told

FIRST_ROW, PRICE = 13, "F"


@dataclass(frozen=True, slots=True)
class Offer:
    """A bidder and what it types into the cells of the unit prices, line by line; nothing for an empty cell."""

    bidder: str
    prices: tuple[object, object, object]


# Kabel: 4 × 900 + 40 × 60 + 10 × 800 = 3.600 + 2.400 + 8.000 = 14.000. Netz is dearer:
# 4 × 1.100 + 40 × 40 + 10 × 1.000 = 4.400 + 1.600 + 10.000 = 16.000. Lücke forgot a price, Wort wrote words.
KABEL = Offer("Kabel AG", (900, 60, 800))
NETZ = Offer("Netz GmbH", (1100, 40, 1000))
LUECKE = Offer("Lücke KG", (1000, None, 900))
WORT = Offer("Wort OHG", (1000, "auf Anfrage", 900))
OFFERS = (KABEL, NETZ, LUECKE, WORT)


def download_sheet(officer: Page, folder: Path) -> Path:
    """The empty price sheet as bidders get it: Excel, all cells locked but the yellow ones."""
    to_section(officer, "Angebote")
    with officer.expect_download() as started:
        officer.get_by_role("link", name="Los 1").click()
    empty = folder / started.value.suggested_filename
    started.value.save_as(empty)
    sheet = openpyxl.load_workbook(empty).worksheets[0]
    assert sheet.protection.sheet
    assert sheet[f"D{FIRST_ROW}"].protection.locked
    assert not sheet[f"{PRICE}{FIRST_ROW}"].protection.locked
    return empty


def filled(empty: Path, offer: Offer) -> Path:
    """The sheet after the bidder typed its name and its prices into the open cells."""
    book = openpyxl.load_workbook(empty)
    sheet = book.worksheets[0]
    sheet["B7"] = offer.bidder
    for row, price in enumerate(offer.prices, FIRST_ROW):
        sheet[f"{PRICE}{row}"] = price
    stored = empty.with_name(f"Preisblatt {offer.bidder}.xlsx")
    book.save(stored)
    return stored


def register_bidders(officer: Page) -> None:
    """Enter the four companies, starting from the form of a bid that finds none of them."""
    follow(officer, "Eingegangenes Angebot erfassen")
    follow(officer, "Bieter erfassen")
    for offer in OFFERS:
        officer.get_by_label("Name oder Firma").fill(offer.bidder)
        press(officer, "Bieter erfassen")
        told(officer, f"{offer.bidder} ist als Bieter erfasst.")


def receive(officer: Page, offer: Offer, sheet: Path, title: str) -> None:
    """Record one bid that came in and read its confirmation."""
    follow(officer, "Ausschreibungen", "Hauptnavigation")
    follow(officer, title)
    to_section(officer, "Angebote")
    officer.get_by_role("link", name="ngebot erfassen").first.click()
    officer.get_by_label("Bieter").select_option(label=offer.bidder)
    officer.get_by_label("Preisblatt Los 1").set_input_files(sheet)
    press(officer, "Angebot verschlossen aufbewahren")
    told(officer, "ist verschlossen aufbewahrt.")
    expect(officer.get_by_role("heading", name="Eingangsbestätigung Angebot")).to_be_visible()


def cannot_be_opened_early(officer: Page, tender_url: str) -> None:
    """Before the deadline there is no form to open bids, and whoever sends one all the same is refused."""
    to_section(officer, "Angebote")
    told(officer, "Vor Ablauf der Frist kann niemand ein Angebot lesen.")
    expect(officer.get_by_label("Ihr Anmeldekennwort")).to_have_count(0)
    sent = {
        "csrf_token": officer.locator("input[name=csrf_token]").first.input_value(),
        "idempotency_key": "a" * 32,
        "password": PASSWORD,
    }
    address = tender_url.replace("/tenders/", "/bids/") + "/opening"
    answer = officer.context.request.post(address, form=sent)
    assert answer.status == 422
    assert "Angebotsfrist" in answer.text()
    assert "21.12.2026" in answer.text()


def stay_sealed_for(auditor: Page, bid_url: str, title: str) -> None:
    """An auditor sees that bids came in, but neither who bids nor any price."""
    follow(auditor, "Ausschreibungen", "Hauptnavigation")
    follow(auditor, title)
    to_section(auditor, "Angebote")
    expect(auditor.get_by_role("rowheader", name="Angebot 4")).to_be_visible()
    for offer in OFFERS:
        expect(auditor.get_by_text(offer.bidder)).to_have_count(0)
    expect(auditor.get_by_role("link", name="Preisspiegel")).to_have_count(0)
    assert auditor.context.request.get(bid_url).status == 404
    assert auditor.context.request.get(auditor.url + "comparison").status == 404


def wait_for_deadline(site: Site) -> None:
    """From 23 November to 22 December: the deadline of 21 December, 12:00, is over and everybody is signed out."""
    site.wait(days=29)
