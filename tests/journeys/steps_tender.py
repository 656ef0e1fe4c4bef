"""The second stretch: the closed round becomes a tender with criteria, method, deadlines and value, and is published.

Estimated value: 4 × 1.000 + 40 × 50 + 10 days of project management × 900 = 4.000 + 2.000 + 9.000 = 15.000 euro net.
"""

from playwright.sync_api import Page, expect

from tests.journeys.steps_demand import ROUND
from tests.journeys.steps_reading import figures, follow, press, to_section, told, unfold

REFERENCE = "V-2026-77"
# Number, number of its group, title, weight in percent: 60 % are halved, so each half is worth 300 of 1.000 points.
CRITERIA = (
    ("1", "", "Leistung", "60"),
    ("1.1", "1", "Schutzwirkung", "50"),
    ("1.2", "1", "Bedienung", "50"),
    ("2", "", "Service", "40"),
)


def plan(officer: Page) -> str:
    """Plan the tender from the round on screen, all its articles are chosen already; return its address."""
    follow(officer, "Ausschreibung planen")
    officer.get_by_label("Vergabenummer").fill(REFERENCE)
    officer.get_by_label("Verfahrensart").select_option(
        label="Öffentliche Ausschreibung unterhalb des Schwellenwerts"
    )  # fmt: skip
    expect(officer.get_by_label("FW-1 Firewall-Cluster")).to_be_checked()
    press(officer, "Ausschreibung planen")
    told(officer, "Die Ausschreibung ist geplant.")
    told(officer, "Ahaus, Borken")
    return officer.url


def prepare(officer: Page) -> None:
    """Everything that has to be said before publication, section by section."""
    name_lot(officer)
    complete_bill(officer)
    weigh(officer)
    set_deadlines(officer)


def name_lot(officer: Page) -> None:
    """Give the lot a name and the reason why it is not divided further."""
    to_section(officer, "Lose")
    unfold(officer, "Los umbenennen oder Gesamtvergabe begründen")
    officer.get_by_label("Bezeichnung des Loses").last.fill("Netzsicherheit")
    officer.get_by_label("Begründung, warum nicht weiter geteilt wird").fill("Cluster und Lizenzen sind eine Einheit.")
    press(officer, "Los speichern")
    told(officer, "Los 1: Netzsicherheit")


def complete_bill(officer: Page) -> None:
    """Read whose quantities the lines are, add the line that no member asked for, estimate it."""
    unfold(officer, "Wessen 4 Stück sind das?")
    told(officer, "Ahaus: 3 Stück")
    told(officer, "Borken: 1 Stück")
    unfold(officer, "Gemeinschaftsposition hinzufügen")
    line = officer.locator("form").filter(has=officer.get_by_label("Positionsnummer"))
    typed = {"Positionsnummer": "G-1", "Bezeichnung": "Projektleitung", "Menge": "10", "Einheit": "Tag",
             "Begründung": "Die Einführung wird für alle gemeinsam gesteuert."}  # fmt: skip
    for label, text in typed.items():
        line.get_by_label(label, exact=True).fill(text)
    press(officer, "Position hinzufügen")
    told(officer, "Die Gemeinschaftsposition ist aufgenommen.")
    officer.get_by_label("Schätzpreis netto: Projektleitung").fill("900")
    press(officer, "Schätzpreise speichern")
    told(officer, "Die Schätzpreise sind gespeichert.")
    assert figures(officer, "Positionen in Los 1", "Projektleitung")[-1] == "9.000,00"
    assert figures(officer, "Positionen in Los 1", "Summe des Loses")[-1] == "15.000,00"


def weigh(officer: Page) -> None:
    """Enter the tree of criteria and choose the simple ratio."""
    to_section(officer, "Kriterien")
    for place, (number, group, title, weight) in enumerate(CRITERIA, 1):
        row = f"Zeile {place}:"
        officer.get_by_label(f"{row} Nummer").fill(number)
        officer.get_by_label(f"{row} gehört zu Nummer").fill(group)
        officer.get_by_label(f"{row} Bezeichnung").fill(title)
        officer.get_by_label(f"{row} Gewicht in Prozent").fill(weight)
    press(officer, "Kriterien speichern")
    told(officer, "Die Kriterien sind gespeichert.")
    table = "Zuschlagskriterien mit Gewichtungspunkten"
    assert figures(officer, table, "Bedienung")[-1] == "300,00"
    assert figures(officer, table, "Service")[-1] == "400,00"
    officer.get_by_label("Bei Gleichstand entscheidet").select_option(label="höhere Leistungspunkte")
    press(officer, "Wertungsmethode speichern")
    told(officer, "Die Wertungsmethode ist gespeichert.")


def set_deadlines(officer: Page) -> None:
    """Questions, bids and the bidders' commitment."""
    to_section(officer, "Fristen")
    officer.get_by_label("Frist für Bieterfragen").fill("2026-12-14T12:00")
    officer.get_by_label("Angebotsfrist").fill("2026-12-21T12:00")
    officer.get_by_label("Bindefrist bis").fill("2027-02-26")
    press(officer, "Fristen speichern")
    told(officer, "Die Fristen sind gespeichert.")


def take_part(*leads: Page) -> None:
    """Each lead finds the planned tender in its list, reads what it means, and confirms."""
    for lead in leads:
        _take_part(lead)


def _take_part(lead: Page) -> None:
    follow(lead, "Ausschreibungen", "Hauptnavigation")
    follow(lead, ROUND)
    told(lead, "Das bedeutet Ihre Bestätigung")
    lead.get_by_label("Umfang").fill("Beschluss der Verwaltung: Teilnahme mit den gemeldeten Mengen.")
    press(lead, "Teilnahme verbindlich bestätigen")
    told(lead, "Ihre Teilnahme ist verbindlich bestätigt.")


def publish(officer: Page) -> None:
    """Estimate the value, look at what publication fixes, publish."""
    to_section(officer, "Wert")
    press(officer, "Wert schätzen")
    told(officer, "Der Auftragswert ist geschätzt.")
    told(officer, "15.000,00 €")
    to_section(officer, "Übersicht")
    follow(officer, "Veröffentlichung prüfen")
    told(officer, "1 Los mit allen Positionen")
    press(officer, "Jetzt veröffentlichen")
    told(officer, "Die Ausschreibung ist veröffentlicht.")
