"""The first stretch of the chain: a round is asked, answered and closed.

Ahaus needs 3 clusters and 20 licences, Borken 1 cluster and 20 licences, Velen nothing: 4 clusters and 40 licences.
"""

from playwright.sync_api import Page, expect

from tests.journeys.steps_reading import figures, fill, follow, press, told

ROUND = "Firewall und Netzsicherheit"
# Number, title, unit, planning price net
ARTICLES = (("FW-1", "Firewall-Cluster", "Stück", "1.000"), ("FW-2", "UTM-Lizenz", "Lizenz", "50"))
NEEDS = {"Ahaus": {"FW-1": "3", "FW-2": "20"}, "Borken": {"FW-1": "1", "FW-2": "20"}}


def ask(officer: Page) -> None:
    """Create the round with two articles, invite everybody, open it."""
    follow(officer, "Bedarfsrunde anlegen")
    fill(officer, Zeichen="B-2026-07", Titel=ROUND, Hinweise_für_die_Mitglieder="Bitte auch Außenstellen melden.")
    officer.get_by_label("Frist").fill("2026-12-11T12:00")
    press(officer, "Bedarfsrunde anlegen")
    for number, title, unit, price in ARTICLES:
        fill(officer, Artikelnummer=number, Bezeichnung=title, Einheit=unit, Planungspreis_netto=price)
        officer.get_by_label("CPV-Code").fill("32420000-3")
        press(officer, "Artikel aufnehmen")
        told(officer, f"Artikel {number} {title} ist aufgenommen.")
    officer.get_by_role("navigation", name="Abschnitte").get_by_role("link", name="Übersicht").click()
    expect(officer.get_by_role("button", name="Bedarfsrunde öffnen")).to_be_disabled()
    follow(officer, "Mitglieder einladen")
    press(officer, "Alle 3 einladen")
    press(officer, "Bedarfsrunde öffnen")
    told(officer, "Antworten abwarten")


def report(lead: Page, needs: dict[str, str]) -> None:
    """Type the needs into the grid, look them over, submit them."""
    follow(lead, ROUND)
    for number, quantity in needs.items():
        lead.get_by_label(f"Artikel {number}, erwartet").fill(quantity)
    press(lead, "Prüfen und einreichen")
    press(lead, "Bedarf einreichen")
    told(lead, "Ihr Bedarf ist eingereicht.")


def report_nil(lead: Page) -> None:
    """Say that the member needs nothing."""
    follow(lead, ROUND)
    press(lead, "Kein Bedarf melden")
    expect(lead.get_by_text("Fehlanzeige").first).to_be_visible()


def close(officer: Page) -> None:
    """Close the round as soon as everybody has answered."""
    officer.reload()
    told(officer, "3 von 3 Mitgliedern haben geantwortet")
    # Ahaus: 3 × 1.000 + 20 × 50 = 4.000; Borken: 1 × 1.000 + 20 × 50 = 2.000
    table = "Antworten der eingeladenen Mitglieder"
    assert "4.000,00" in figures(officer, table, "Ahaus")
    assert "2.000,00" in figures(officer, table, "Borken")
    assert figures(officer, table, "Velen")[0] == "Fehlanzeige"
    follow(officer, "Bedarfsrunde schließen")
    told(officer, "Alle eingeladenen Mitglieder haben geantwortet.")
    press(officer, "Bedarfsrunde schließen")
    told(officer, "Die Bedarfsrunde ist geschlossen.")
