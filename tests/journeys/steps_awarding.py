"""From the ranking to the contract: two people decide, bidders are told, ten days pass, the award is made.

1.000 weight points, K1 600 and K2 400. With L points and P euro the score is L / P, shown times 10.000:
Netz GmbH: L = 8 × 600 + 8 × 400 = 8.000; 8.000 / 80.000 = 0,1, shown as 1.000,00
Kabel AG: L = 6 × 600 + 7 × 400 = 6.400; 6.400 / 75.000 = 0,0853…, shown as 853,33
Break-even of Netz GmbH: 8.000 / P = 6.400 / 75.000, so P = 93.750, which is 13.750 or 17,19 % above its price.
"""

from playwright.sync_api import Page, expect

from tests.journeys.looking import accessible
from tests.journeys.steps_reading import figures, follow, press, to_section, told

EARLIEST = "Zuschlag frühestens am"


def evaluate(officer: Page) -> None:
    """The ranking and how safe it is, figure by figure."""
    officer.goto("/")
    officer.get_by_role("link", name="Angebote werten").click()
    press(officer, "Los 1 werten")
    assert officer.locator(".rank-card__name").all_inner_texts() == ["Netz GmbH", "Kabel AG"]
    table = "Zwischenergebnisse je Angebot, Los 1"
    assert figures(officer, table, "Netz GmbH")[:4] == ["1", "8.000", "80.000,00", "1.000,00"]
    assert figures(officer, table, "Kabel AG")[:4] == ["2", "6.400", "75.000,00", "853,33"]
    follow(officer, "Wie sicher ist dieses Ergebnis?")
    found = figures(officer, "Preise, bei denen Rang 1 wechselt", "Netz GmbH")
    assert found[:3] == ["80.000,00", "93.750,00", "+13.750,00"]
    accessible(officer)


def decide(first: Page, second: Page) -> None:
    """One proposes, another confirms."""
    to_section(first, "Zuschlag")
    first.get_by_label("Begründung").fill("Netz GmbH bietet die meisten Leistungspunkte je Euro.")
    press(first, "Zuschlag für Los 1 vorschlagen")
    second.goto("/")
    second.get_by_role("link", name="Zuschlag bestätigen").click()
    second.get_by_label("Begründung").first.fill("Punkte, Preise und Rechenweg nachvollzogen.")
    press(second, "Zuschlag für Los 1 bestätigen")
    told(second, "Zuschlag für Los 1: Bestätigt.")


def inform(officer: Page, day: str) -> None:
    """Ask the register from 50.000 euro on, then tell the two losers, the excluded one too."""
    officer.goto("/")
    officer.get_by_role("link", name="Wettbewerbsregister abfragen").click()
    officer.get_by_label("Auskunft vom").fill(day)
    press(officer, "Auskunft festhalten")
    press(officer, "Schreiben entwerfen")
    for bidder in ("Kabel AG", "Billig KG"):
        follow(officer, bidder)
        officer.get_by_label("Versand").select_option(label="elektronisch")
        accessible(officer)
        press(officer, "Schreiben speichern")
        to_section(officer, "Information")
    accessible(officer)
    press(officer, "Alle Entwürfe versenden")
    told(officer, "Die Stillhaltefrist läuft.")
    expect(officer.get_by_role("button", name="Zuschlag erteilen")).to_have_count(0)


def award(officer: Page) -> None:
    """After the standstill the start page says that the award is possible."""
    officer.goto("/")
    told(officer, "jetzt möglich: nichts steht entgegen")
    officer.get_by_role("link", name="Zuschlag erteilen").click()
    told(officer, "Der Vertrag kommt mit diesen Bietern zustande: Netz GmbH.")
    accessible(officer)
    press(officer, "Zuschlag erteilen")
    told(officer, "Der Zuschlag ist erteilt.")
    told(officer, "Die Vergabebekanntmachung ist fällig bis")
    officer.goto("/")
    expect(officer.get_by_role("link", name="Vergabebekanntmachung absenden")).to_be_visible()
