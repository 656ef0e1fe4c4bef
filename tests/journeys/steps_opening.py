"""The fourth stretch: two officers open the bids, faulty sheets are named cell by cell, prices stand side by side."""

from playwright.sync_api import Page, expect

from tests.factories.members import PASSWORD
from tests.journeys.steps_bidding import KABEL, LUECKE, NETZ, WORT
from tests.journeys.steps_reading import figures, follow, press, to_section, told


def to_opening(officer: Page) -> None:
    """From the start page to the box that opens the bids."""
    officer.goto("/")
    officer.get_by_role("link", name="Angebote öffnen").first.click()


def release_first(officer: Page) -> None:
    """The first officer releases; a second release of the same person is refused, from whichever page it comes."""
    to_opening(officer)
    waiting = officer.context.new_page()
    waiting.goto(officer.url)
    officer.get_by_label("Ihr Anmeldekennwort").fill(PASSWORD)
    press(officer, "Als erste Person freigeben")
    told(officer, "Sie haben als erste Person freigegeben.")
    expect(officer.get_by_role("button", name="Angebote öffnen")).to_be_disabled()
    told(officer, "Die Angebote müssen von zwei verschiedenen Personen geöffnet werden.")

    waiting.get_by_label("Ihr Anmeldekennwort").fill(PASSWORD)
    press(waiting, "Als erste Person freigeben")
    told(waiting, "Petra Plan hat als erste Person freigegeben.")
    waiting.close()


def release_second(officer: Page) -> None:
    """The second officer types a wrong password, then the right one; now everything is open."""
    to_opening(officer)
    officer.get_by_label("Ihr Anmeldekennwort").fill("nicht-das-richtige")
    press(officer, "Angebote jetzt öffnen")
    expect(officer.get_by_role("alert")).to_be_visible()
    officer.get_by_label("Ihr Anmeldekennwort").fill(PASSWORD)
    press(officer, "Angebote jetzt öffnen")
    told(officer, "Die Angebote sind geöffnet und die Preisblätter eingelesen.")


def standings(officer: Page) -> None:
    """Only complete bids have a sum and a place.

    14.000 is 2.000 / 16.000 = 12,5 % below the next bid; both are 1.000 / 15.000 = 6,7 % away from the estimate.
    """
    table = "Angebote für Los 1"
    assert figures(officer, table, KABEL.bidder) == ["1", "vollständig", "14.000,00", "12,5 %", "−6,7 %", "0"]
    assert figures(officer, table, NETZ.bidder) == ["2", "vollständig", "16.000,00", "–", "+6,7 %", "0"]
    for faulty in (LUECKE, WORT):
        place, _state, total, *_rest = figures(officer, table, faulty.bidder)
        assert (place, total) == ("–", "–")


def findings(officer: Page) -> None:
    """A forgotten price makes a bid incomplete; words in a price cell keep the whole sheet out. Both name the cell."""
    follow(officer, LUECKE.bidder)
    expect(officer.get_by_role("row").filter(has_text="Preis fehlt.")).to_contain_text("F14")
    told(officer, "Teilsumme, nicht wertbar")
    # 4 × 1.000 + 10 × 900 = 13.000, which is less than any complete bid and must not win
    told(officer, "13.000,00")
    officer.go_back()
    follow(officer, WORT.bidder)
    found = officer.get_by_role("row").filter(has_text="Text statt Zahl.")
    expect(found).to_contain_text("F14")
    expect(found).to_contain_text("auf Anfrage")
    told(officer, "nichts übernommen")


def comparison(officer: Page) -> None:
    """The Preisspiegel: unit prices with the lowest marked, then how far each is from the mean of all prices.

    Means: (900 + 1.100 + 1.000) / 3 = 1.000; (60 + 40) / 2 = 50; (800 + 1.000 + 900) / 3 = 900.
    """
    to_section(officer, "Preisspiegel")
    table = "Einzelpreis je Position und Bieter"
    # position, quantity, estimate, mean, then Kabel, Netz, Lücke, Wort
    assert figures(officer, table, "Firewall-Cluster") == [
        "FW-1", "4 Stück", "1.000,00", "1.000,00", "900,00", "1.100,00", "1.000,00", "–",
    ]  # fmt: skip
    assert figures(officer, table, "UTM-Lizenz")[2:] == ["50,00", "50,00", "60,00", "40,00", "fehlt", "–"]
    assert figures(officer, table, "Projektleitung")[2:] == ["900,00", "900,00", "800,00", "1.000,00", "900,00", "–"]
    assert officer.locator("td.num--best").all_inner_texts() == ["900,00", "40,00", "800,00"]

    follow(officer, "Gesamtpreis")
    table = "Gesamtpreis je Position und Bieter"
    assert figures(officer, table, "Projektleitung")[4:6] == ["8.000,00", "10.000,00"]
    assert figures(officer, table, "Wertungssumme netto")[-4:] == ["14.000,00", "16.000,00", "–", "–"]

    follow(officer, "Abweichung vom Mittel")
    table = "Abweichung vom Mittel je Position und Bieter"
    assert figures(officer, table, "Firewall-Cluster")[4:6] == ["−10,0 %", "+10,0 %"]
    assert figures(officer, table, "UTM-Lizenz")[4:6] == ["+20,0 %", "−20,0 %"]
