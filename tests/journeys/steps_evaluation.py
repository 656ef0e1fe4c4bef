"""The fifth stretch: points with reasons, the ranking, and an award that one officer proposes and another confirms.

1.000 weight points: Leistung 600 in two halves of 300, Service 400. With L points and P euro the score is L / P:
Kabel AG: L = 7 × 300 + 6 × 300 + 6 × 400 = 2.100 + 1.800 + 2.400 = 6.300; 6.300 / 14.000 = 0,45, shown as 4.500,00
Netz GmbH: L = 9 × 300 + 7 × 300 + 10 × 400 = 2.700 + 2.100 + 4.000 = 8.800; 8.800 / 16.000 = 0,55, shown as 5.500,00
So the dearer bid wins. Lücke KG and Wort OHG have no price sum and are not in the ranking.
"""

from playwright.sync_api import Page, expect

from tests.journeys.steps_bidding import KABEL, LUECKE, NETZ, WORT
from tests.journeys.steps_reading import figures, follow, press, to_section, told

# Criterion: points of Kabel AG, points of Netz GmbH
POINTS = {"1.1": (7, 9), "1.2": (6, 7), "2": (6, 10)}


def rate(officer: Page) -> None:
    """Give points criterion by criterion, all bids side by side; without a reason nothing is kept."""
    officer.goto("/")
    officer.get_by_role("link", name="Angebote werten").click()
    follow(officer, "Punkte und Begründungen")
    for total in ("14.000", "16.000"):
        expect(officer.get_by_role("main")).not_to_contain_text(total)
    officer.get_by_label(f"Punkte 1.1, {KABEL.bidder}").select_option("7")
    press(officer, "Speichern und weiter")
    expect(officer.get_by_role("alert")).to_contain_text("Begründung")
    for number, points in POINTS.items():
        for offer, given in zip((KABEL, NETZ), points, strict=True):
            officer.get_by_label(f"Punkte {number}, {offer.bidder}").select_option(str(given))
            officer.get_by_label(f"Begründung {number}, {offer.bidder}").fill(f"Konzept, Abschnitt {number}")
        press(officer, "Speichern und weiter")
        told(officer, "2 Angaben sind gespeichert.")


def evaluate(officer: Page) -> None:
    """Compute the ranking; every figure is the one worked out above."""
    told(officer, "6 von 6 Angaben zu den Kriterien liegen vor")
    press(officer, "Los 1 werten")
    told(officer, "Los 1 ist gewertet (Wertung 1).")
    assert officer.locator(".rank-card__name").all_inner_texts() == [NETZ.bidder, KABEL.bidder]
    told(officer, "Z = 8.800 ÷ 16.000 × 10.000 = 5.500,00")
    told(officer, "Z = 6.300 ÷ 14.000 × 10.000 = 4.500,00")
    # rank, L, P, Z × 10.000, Z exactly
    table = "Zwischenergebnisse je Angebot, Los 1"
    assert figures(officer, table, NETZ.bidder) == ["1", "8.800", "16.000,00", "5.500,00", "0,55"]
    assert figures(officer, table, KABEL.bidder) == ["2", "6.300", "14.000,00", "4.500,00", "0,45"]
    assert set(figures(officer, table, LUECKE.bidder)) == set(figures(officer, table, WORT.bidder)) == {"–"}
    told(officer, "Unvollständig: Preise fehlen in 1 von 3 Positionen (FW-2).")


def propose(officer: Page) -> None:
    """Propose the award; the same person finds no way to confirm it."""
    to_section(officer, "Zuschlag")
    officer.get_by_label("Begründung").fill("Netz GmbH bietet die meisten Leistungspunkte je Euro: 0,55 gegen 0,45.")
    press(officer, "Zuschlag für Los 1 vorschlagen")
    told(officer, "Der Zuschlag ist vorgeschlagen. Eine andere Person bestätigt ihn.")
    told(officer, "Bestätigen oder ablehnen muss eine andere Person der Vergabestelle (Vier-Augen-Prinzip).")
    expect(officer.get_by_role("button", name="Zuschlag für Los 1 bestätigen")).to_have_count(0)


def confirm(officer: Page) -> None:
    """Confirm the award as another person."""
    officer.goto("/")
    officer.get_by_role("link", name="Zuschlag bestätigen").click()
    told(officer, "0,55 gegen 0,45")
    officer.get_by_label("Begründung").first.fill("Punkte, Preise und Rechenweg nachvollzogen.")
    press(officer, "Zuschlag für Los 1 bestätigen")
    told(officer, "Zuschlag für Los 1: Bestätigt.")


def award(officer: Page) -> None:
    """Make the award; below the threshold it follows the decision, and the others are told with it."""
    officer.goto("/")
    officer.get_by_role("link", name="Zuschlag erteilen").click()
    told(officer, "Der Vertrag kommt mit diesen Bietern zustande: Netz GmbH.")
    press(officer, "Zuschlag erteilen")
    told(officer, "Der Zuschlag ist erteilt.")
    expect(officer.get_by_role("row", name="Absage")).to_have_count(3)
