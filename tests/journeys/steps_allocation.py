"""The sixth stretch: what the award costs is allocated to the cent, previewed, calculated, checked and approved.

A, project management 10 × 1.000 = 10.000,00, mixed key:
  20 % equally 2.000,00: 1.000,00 each
  50 % by inhabitants 5.000,00 as 20.000 : 10.000 = 2 : 1: 3.333,33 rest 1/3 and 1.666,66 rest 2/3; the missing cent
  goes to the larger rest: Ahaus 3.333,33, Borken 1.666,67
  30 % by clients 3.000,00 as 300 : 100 = 3 : 1: 2.250,00 and 750,00
  Ahaus 1.000,00 + 3.333,33 + 2.250,00 = 6.583,33; Borken 1.000,00 + 1.666,67 + 750,00 = 3.416,67
B, what each member gets: clusters at 1.100, licences at 40
  Ahaus 3 × 1.100 + 20 × 40 = 4.100,00; Borken 1 × 1.100 + 20 × 40 = 1.900,00
C, own cost of 1.000,00 by the volume of A and B: Ahaus 10.683,33, Borken 5.316,67, together 16.000,00
  100.000 ct × 1.068.333 / 1.600.000 = 66.770,8125 and 100.000 ct × 531.667 / 1.600.000 = 33.229,1875; the missing
  cent goes to the larger rest: Ahaus 667,71, Borken 332,29
Net: Ahaus 6.583,33 + 4.100,00 + 667,71 = 11.351,04; Borken 3.416,67 + 1.900,00 + 332,29 = 5.648,96; together 17.000,00
VAT (V1) of the supplier, 19 % of 16.000,00 = 3.040,00, by the same volume: 19 % of 10.683,33 = 2.029,8327 and 19 % of
  5.316,67 = 1.010,1673; the missing cent goes to the larger rest 0,73: Ahaus 2.029,83, Borken 1.010,17
To pay: Ahaus 13.380,87; Borken 6.659,13; together 20.040,00
"""

from playwright.sync_api import Page, expect

from tests.journeys.steps_reading import figures, follow, press, told

TABLE = "Kosten je Mitglied und Kostenblock in Euro"


# A equally, A by inhabitants, A by clients, B, C, net, VAT, to pay
SHARES = {
    "Ahaus": ["1.000,00", "3.333,33", "2.250,00", "4.100,00", "667,71", "11.351,04", "2.029,83", "13.380,87"],
    "Borken": ["1.000,00", "1.666,67", "750,00", "1.900,00", "332,29", "5.648,96", "1.010,17", "6.659,13"],
    "Summe": ["2.000,00", "5.000,00", "3.000,00", "6.000,00", "1.000,00", "17.000,00", "3.040,00", "20.040,00"],
}


def compose(officer: Page) -> None:
    """Take over the blocks made from the award, change the mixed key, enter the own cost."""
    officer.goto("/")
    officer.get_by_role("link", name="Kosten aufteilen").click()
    follow(officer, "Kostenaufteilung berechnen")
    joint, own = (officer.get_by_role("group", name=f"Block {letter}", exact=True) for letter in "AC")
    expect(joint.get_by_label("Schlüssel", exact=True)).to_have_value("mixed")
    for share, percent in (("Pauschale (Sockel)", "20"), ("Einwohner", "50"), ("Arbeitsplätze (Clients)", "30")):
        joint.get_by_label(share, exact=True).fill(percent)
    own.get_by_label("Eigener Betrag netto").fill("1.000")
    own.get_by_label("Nachweis des eigenen Betrags").fill("Stundennachweis vom 30.11.2026")
    expect(officer.get_by_label("Block von G-1 Projektleitung")).to_have_value("A")
    expect(officer.get_by_label("Block von FW-2 UTM-Lizenz")).to_have_value("B")


def calculate(officer: Page) -> None:
    """Look at the preview, which is not stored, then store the same figures; whoever calculated cannot check."""
    press(officer, "Vorschau rechnen")
    told(officer, "Vorschau, noch nicht gespeichert")
    read_shares(officer)
    press(officer, "Berechnen und speichern")
    expect(officer.get_by_role("button", name="Prüfen und bestätigen")).to_be_disabled()
    told(officer, "Prüfen muss sie eine andere Person (Vier-Augen-Prinzip).")
    read_shares(officer)
    told(officer, "Summe geprüft: 17.000,00 € = Rechnungen 16.000,00 € + Verbandskosten 1.000,00 €, Differenz 0,00 €")


def read_shares(officer: Page) -> None:
    """Every cell of the table is the one worked out above."""
    for row, shares in SHARES.items():
        assert figures(officer, TABLE, row) == shares


def check(officer: Page) -> None:
    """Follow one amount to its calculation, then check as a second person."""
    officer.goto("/")
    officer.get_by_role("link", name="Kostenaufteilung prüfen").click()
    officer.get_by_role("link", name="667,71").click()
    told(officer, "100.000 ct × 1.068.333 ÷ 1.600.000 = 66.770 Rest 1.300.000 → +1 ct = 667,71 €")
    follow(officer, "Zurück zur Aufteilung")
    press(officer, "Prüfen und bestätigen")
    expect(officer.get_by_role("button", name="Kostenaufteilung freigeben")).to_be_visible()


def approve(officer: Page) -> None:
    """Approve as a third person; from now on nothing can be changed."""
    officer.goto("/")
    officer.get_by_role("link", name="Kostenaufteilung freigeben").click()
    press(officer, "Kostenaufteilung freigeben")
    told(officer, "Freigegeben: Die Beträge stehen fest.")
    read_shares(officer)
