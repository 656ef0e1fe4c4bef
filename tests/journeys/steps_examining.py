"""From opened bids to scored ones: a missing document is asked for, a low price is not explained, a panel scores blind.

4 clusters and 40 licences: Netz GmbH 4 × 16.000 + 40 × 400 = 80.000, Kabel AG 4 × 15.000 + 40 × 375 = 75.000 and
Billig KG 4 × 10.000 + 40 × 350 = 54.000, which is 21.000 or 28 % below the next higher bid.
"""

from playwright.sync_api import Page, expect

from tests.factories.tenders import Wish
from tests.journeys.looking import accessible
from tests.journeys.steps_reading import follow, press, to_section, told, unfold

LOTS = (("Firewall", (Wish("FW-1", "Cluster", (2, 1, 1), "15500.00"), Wish("FW-2", "Lizenz", (10, 20, 10), "400.00"))),)
PRICES = {
    "Netz GmbH": {"FW-1": "16000.00", "FW-2": "400.00"},
    "Kabel AG": {"FW-1": "15000.00", "FW-2": "375.00"},
    "Billig KG": {"FW-1": "10000.00", "FW-2": "350.00"},
}
# Criterion: points of Netz GmbH and Kabel AG; Olaf and Ines lie 4 apart for Netz GmbH under K1
NOTES = {"Olaf": {"K1": (9, 6), "K2": (8, 7)}, "Ines": {"K1": (5, 6), "K2": (8, 7)}}
AGREED = 8


def to_bid(officer: Page, bidder: str) -> None:
    """To the examination of one bid."""
    to_section(officer, "Prüfung")
    officer.get_by_role("rowheader").get_by_role("link", name=bidder).click()


def ask_for_document(officer: Page) -> None:
    """The declaration of Kabel AG is missing; it is asked for once, a document that counts in the award cannot be."""
    officer.goto("/")
    officer.get_by_role("link", name="Angebote prüfen").click()
    told(officer, "3. Wertung nach Zuschlagskriterien")
    to_bid(officer, "Kabel AG")
    for title, state in (("Eigenerklärung", "fehlt"), ("Datenblatt", "liegt vor"), ("Konzept", "liegt vor")):
        officer.get_by_label(f"Stand: {title}").select_option(label=state)
    press(officer, "Unterlagen speichern")
    unfold(officer, "Unterlagen nachfordern")
    officer.get_by_label("Eigenerklärung").last.check()
    accessible(officer)
    press(officer, "Nachforderung versenden")
    told(officer, "wartet auf Bieter")


def find_in_order(officer: Page, bidder: str) -> None:
    """Nothing is missing in this bid, and it came in the right form and in time."""
    to_bid(officer, bidder)
    for title in ("Eigenerklärung", "Datenblatt", "Konzept"):
        officer.get_by_label(f"Stand: {title}").select_option(label="liegt vor")
    press(officer, "Unterlagen speichern")
    press(officer, "Ergebnis festhalten")
    told(officer, "In Ordnung")


def receive_document(officer: Page, day: str) -> None:
    """It came in time and counts as handed in later; the start page reminds of the day that is over."""
    officer.goto("/")
    told(officer, "Frist vorbei")
    follow(officer, "Nachgeforderte Unterlagen festhalten: Firewall mit Prüfung")
    officer.get_by_label("Eingang (freiwillig)").fill(day)
    officer.get_by_label("Alles Nachgeforderte liegt vollständig vor").check()
    press(officer, "Ergebnis der Nachforderung festhalten")
    told(officer, "Vollständig nachgereicht")
    told(officer, "Los 1: formale Prüfung")
    press(officer, "Ergebnis festhalten")
    told(officer, "In Ordnung")


def question_price(officer: Page) -> None:
    """Billig KG lies 28 % below the next higher bid: it has to be asked."""
    find_in_order(officer, "Billig KG")
    told(officer, "28,00 % des nächsthöheren Angebots")
    unfold(officer, "Aufklärung verlangen")
    officer.get_by_label("Fragen an den Bieter").fill("Wie kalkulieren Sie die Cluster?")
    press(officer, "Aufklärung verlangen")
    told(officer, "Antwort festhalten")


def exclude(officer: Page) -> None:
    """Nothing explains the price, so the bid is excluded; its ground stands in the file."""
    to_bid(officer, "Billig KG")
    unfold(officer, "Über den Preis entscheiden")
    officer.get_by_label("Nicht zufriedenstellend aufgeklärt").check()
    officer.get_by_label("Begründung", exact=True).fill("Bis zum Ende der Frist kam keine Antwort.")
    press(officer, "Entscheidung festhalten")
    follow(officer, "Ausschluss begründen")
    officer.get_by_label("Ausschlussgrund").select_option(index=1)
    officer.get_by_label("Begründung").fill("Der Preis ist nicht aufgeklärt (§ 60 Abs. 3 VgV).")
    accessible(officer)
    press(officer, "Angebot ausschließen")
    told(officer, "Ausgeschlossen (")


def name_panel(officer: Page) -> None:
    """Olaf and Ines are to score; Petra names them."""
    to_section(officer, "Gremium")
    for name in ("Olaf Offen", "Ines Prüf"):
        officer.get_by_label("Person der Vergabestelle").select_option(label=name)
        press(officer, "In das Gremium benennen")
        expect(officer.get_by_role("rowheader", name=name)).to_be_visible()


def score(evaluator: Page, name: str) -> None:
    """Declare, then score without prices; the Preisspiegel stays closed until the points are submitted."""
    evaluator.goto("/")
    evaluator.get_by_role("link", name="Punkte vergeben").click()
    to_section(evaluator, "Gremium")
    evaluator.get_by_label("Bei mir besteht kein Interessenkonflikt.").check()
    press(evaluator, "Erklärung abgeben")
    sections = evaluator.get_by_role("navigation", name="Abschnitte der Ausschreibung")
    sections.get_by_role("link", name="Preisspiegel").click()
    told(evaluator, "Preise sind noch verdeckt")
    follow(evaluator, "Zu meinen Punkten")
    for criterion, points in NOTES[name].items():
        for bidder, given in zip(("Netz GmbH", "Kabel AG"), points, strict=True):
            evaluator.get_by_label(f"Punkte, {bidder}").select_option(str(given))
            evaluator.get_by_label(f"Begründung, {bidder}").fill(f"{name}: Konzept zu {criterion}")
        accessible(evaluator)
        press(evaluator, "Speichern und weiter")
    press(evaluator, "Meine Punkte abgeben")


def agree(evaluator: Page) -> None:
    """Three cells are the same for both and taken over at once; 9 and 5 lie 4 apart and become 8 with a reason."""
    to_section(evaluator, "Gremium")
    follow(evaluator, "Zum Konsens")
    press(evaluator, "3 übereinstimmende Noten übernehmen")
    told(evaluator, "Konsensgespräch nötig")
    evaluator.get_by_label("Punkte, Netz GmbH").select_option(str(AGREED))
    reason = "Gemeinsam gelesen: Das Konzept ist vollständig, der Zeitplan knapp."
    evaluator.get_by_label("Begründung, Netz GmbH").fill(reason)
    accessible(evaluator)
    press(evaluator, "Konsens festhalten")
