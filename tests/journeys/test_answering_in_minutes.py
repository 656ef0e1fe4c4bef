"""An untrained lead answers a round of twelve articles with the keyboard; nothing typed is ever lost.

The budget. A lead who has never seen the page knows two things from any spreadsheet: Enter goes down, and what is typed
stands there. Twelve figures cost their digits and one Enter each. Besides typing, four clicks are needed at most: open
the round, click into the first field, "Prüfen und einreichen", "Bedarf einreichen". Last year's figures cost three:
"Vorjahr übernehmen", "Prüfen und einreichen", "Bedarf einreichen".
"""

import re
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.factories import demand
from tests.factories import members as make
from tests.journeys.conftest import sign_in
from tests.journeys.looking import WIDE, accessible

pytestmark = pytest.mark.browser

ROUND = "Firewall und Netzsicherheit"
CLICKS_FROM_THE_START_PAGE = 4
CLICKS_WITH_LAST_YEAR = 3
FIGURES = ("1", "12", "3", "40", "5", "6", "70", "8", "9", "10", "110", "12")
CATEGORIES = ("Firewalls", "Lizenzen", "Dienste")


@dataclass
class Hands:
    """A person at keyboard and mouse; every click and every key is counted."""

    page: Page
    clicks: int = 0
    keys: int = 0

    def click(self, role: str, name: str) -> None:
        self.clicks += 1
        self.page.get_by_role(role, name=name).first.click()

    def click_field(self, label: str) -> None:
        self.clicks += 1
        self.page.get_by_label(label, exact=True).click()

    def type(self, text: str) -> None:
        self.keys += len(text)
        self.page.keyboard.type(text)

    def press(self, key: str) -> None:
        self.keys += 1
        self.page.keyboard.press(key)


@pytest.fixture
def round_(site):
    """An open round with twelve articles in three categories for Laer, whose lead is Lena."""
    with site.saved():
        make.association()
        laer, velen = make.member("Laer"), make.member("Velen")
        make.account(make.Role.MEMBER_LEAD, laer, "Lena Leitung", "lena@laer.example")
        make.account(make.Role.MEMBER_LEAD, laer, "Leo Vertretung", "leo@laer.example")
        officer = make.account(make.Role.OFFICER, name="Petra Beispiel", email="petra@kaaw.example")
        articles = [
            replace(demand.article(f"1.{number:02}", f"Artikel Nummer {number}"), category=category)
            for number, category in enumerate((category for category in CATEGORIES for _ in range(4)), 1)
        ]
        demand.closed_round([(laer, {"1.01": 2, "1.02": (4, 5, 8)})], articles, officer=officer)
        site.hand.moment += timedelta(days=350)
        demand.round_with(articles, [laer, velen], officer=officer, title=ROUND)


def cell(page, number, column="erwartet"):
    return page.get_by_label(f"Artikel {number}, {column}", exact=True)


def opened(page):
    page.get_by_role("link", name=ROUND).first.click()
    expect(page.get_by_role("heading", name=ROUND)).to_be_visible()
    page.wait_for_load_state("load")
    return page


def test_twelve_articles_are_answered_with_four_clicks_and_the_digits(person, round_):
    lena = person("lena@laer.example")
    hands = Hands(lena)
    hands.click("link", ROUND)
    hands.click_field("Artikel 1.01, erwartet")
    for figure in FIGURES:
        hands.type(figure)
        hands.press("Enter")
    expect(lena.get_by_text("Gespeichert 10:00")).to_be_visible()
    accessible(lena)
    hands.click("button", "Prüfen und einreichen")
    expect(lena.get_by_role("row").filter(has_text="1.12").get_by_role("cell", name="12", exact=True)).to_have_count(3)
    accessible(lena)
    hands.click("button", "Bedarf einreichen")
    expect(lena.get_by_text("Ihr Bedarf ist eingereicht.")).to_be_visible()
    assert hands.clicks <= CLICKS_FROM_THE_START_PAGE
    assert hands.keys == sum(len(figure) for figure in FIGURES) + len(FIGURES)


def test_last_years_figures_cost_three_clicks_and_say_where_they_come_from(person, round_):
    lena = opened(person("lena@laer.example"))
    cell(lena, "1.02").fill("7")
    hands = Hands(lena)
    hands.click("button", "Vorjahr übernehmen")
    expect(lena.get_by_text("Ein Artikel ist übernommen.")).to_be_visible()
    expect(cell(lena, "1.01")).to_have_value("2")
    expect(cell(lena, "1.02")).to_have_value("7")
    row = lena.get_by_role("row").filter(has_text="1.01")
    expect(row.get_by_text("übernommen")).to_be_visible()
    accessible(lena)
    cell(lena, "1.01").fill("3")
    cell(lena, "1.01", "mindestens").fill("2")
    cell(lena, "1.01", "höchstens").fill("3")
    cell(lena, "1.03").focus()
    expect(row.get_by_text("übernommen")).to_be_hidden()
    hands.click("button", "Prüfen und einreichen")
    hands.click("button", "Bedarf einreichen")
    expect(lena.get_by_text("Ihr Bedarf ist eingereicht.")).to_be_visible()
    assert hands.clicks <= CLICKS_WITH_LAST_YEAR


def test_no_demand_is_one_click_and_can_be_taken_back(person, round_):
    lena = opened(person("lena@laer.example"))
    lena.get_by_role("button", name="Kein Bedarf melden").click()
    expect(lena.get_by_text("Ihre Fehlanzeige ist gemeldet.")).to_be_visible()
    expect(lena.get_by_text("Bedarf wieder öffnen")).to_be_visible()


def test_a_block_from_excel_passes_the_headings_of_the_categories(person, round_):
    lena = opened(person("lena@laer.example"))
    cell(lena, "1.03", "mindestens").click()
    lena.evaluate(
        """text => {
          const data = new DataTransfer();
          data.setData("text/plain", text);
          const pasted = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
          document.activeElement.dispatchEvent(pasted);
        }""",
        "1\t2\t3\r\n4\t5\t6\r\n7\t8\t1.000,5\r\n",
    )
    expect(lena.get_by_text("Eingefügt: 9 Werte in 3 Zeilen.")).to_be_visible()
    expect(cell(lena, "1.05", "höchstens")).to_have_value("1.000,5")
    expect(lena.get_by_text("Gespeichert 10:00")).to_be_visible()
    lena.reload()
    expect(cell(lena, "1.04")).to_have_value("5")
    expect(cell(lena, "1.05", "höchstens")).to_have_value("1.000,5")


def test_what_cannot_be_saved_stands_beside_its_cell_and_the_rest_is_saved(person, round_):
    lena = opened(person("lena@laer.example"))
    cell(lena, "1.01", "mindestens").fill("5")
    cell(lena, "1.01").fill("5")
    cell(lena, "1.01", "höchstens").fill("3")
    cell(lena, "1.02").fill("8")
    cell(lena, "1.03").focus()
    expect(lena.get_by_text("Die Höchstmenge für „Artikel Nummer 1“ ist kleiner als die Mindestmenge.")).to_be_visible()
    expect(lena.get_by_text("Gespeichert 10:00, außer in einer Zeile")).to_be_visible()
    accessible(lena)
    cell(lena, "1.01", "höchstens").fill("6")
    cell(lena, "1.03").focus()
    expect(lena.get_by_text("Die Höchstmenge für")).to_have_count(0)
    expect(lena.get_by_text("Gespeichert 10:00", exact=True)).to_be_visible()
    lena.reload()
    expect(cell(lena, "1.01", "höchstens")).to_have_value("6")
    expect(cell(lena, "1.02")).to_have_value("8")


def test_a_dropped_connection_is_tried_again_until_everything_is_stored(chromium, site, round_):
    # Without the usual listener: the browser itself complains about requests that cannot leave the machine.
    context = chromium.new_context(base_url=site.url, locale="de-DE", timezone_id="Europe/Berlin", viewport=WIDE)
    lena = context.new_page()
    sign_in(lena, "lena@laer.example")
    opened(lena)
    context.set_offline(True)
    cell(lena, "1.01").fill("4")
    cell(lena, "1.02").focus()
    expect(lena.get_by_text("Nicht gespeichert, wird erneut versucht.")).to_be_visible()
    cell(lena, "1.02").fill("5")
    context.set_offline(False)
    expect(lena.get_by_text("Gespeichert 10:00")).to_be_visible()
    lena.reload()
    expect(cell(lena, "1.01")).to_have_value("4")
    expect(cell(lena, "1.02")).to_have_value("5")
    context.close()


def test_an_expired_sign_in_keeps_what_was_typed_and_offers_it_afterwards(person, site, round_):
    lena = opened(person("lena@laer.example"))
    site.wait(days=2)
    cell(lena, "1.01").fill("4")
    cell(lena, "1.02").focus()
    expect(lena.get_by_text("Ihre Anmeldung ist abgelaufen.")).to_be_visible()
    expect(lena.get_by_text("In diesem Browser liegen Eingaben")).to_be_hidden()
    accessible(lena)
    lena.get_by_role("link", name="Neu anmelden").click()
    lena.get_by_label("E-Mail-Adresse").fill("lena@laer.example")
    lena.get_by_label("Kennwort").fill(make.PASSWORD)
    lena.get_by_role("button", name="Anmelden").click()
    expect(lena.get_by_text("In diesem Browser liegen Eingaben")).to_be_visible()
    accessible(lena)
    expect(cell(lena, "1.01")).to_have_value("")
    lena.get_by_role("button", name="Eingaben wieder einsetzen").click()
    expect(lena.get_by_text("Gespeichert 10:00")).to_be_visible()
    lena.reload()
    expect(cell(lena, "1.01")).to_have_value("4")
    expect(lena.get_by_text("In diesem Browser liegen Eingaben")).to_be_hidden()


def test_two_people_in_one_demand_see_each_others_figures_and_choose(person, site, round_):
    lena, leo = opened(person("lena@laer.example")), opened(person("leo@laer.example"))
    for page, figure in ((lena, "3"), (leo, "9")):
        cell(page, "1.01").fill(figure)
        cell(page, "1.02").focus()
        if page is lena:
            expect(lena.get_by_text("Gespeichert 10:00")).to_be_visible()
    expect(leo.get_by_text(re.compile("Lena Leitung hat hier um 10:00 Uhr gespeichert: .*erwartet 3"))).to_be_visible()
    expect(cell(leo, "1.01")).to_have_value("9")
    accessible(leo)
    leo.get_by_role("button", name="Meine Eingabe behalten").click()
    expect(leo.get_by_text("Gespeichert 10:00")).to_be_visible()
    # Different rows never stand in each other's way.
    site.wait(minutes=5)
    cell(lena, "1.05").fill("6")
    cell(lena, "1.06").focus()
    expect(lena.get_by_text("Gespeichert 10:05")).to_be_visible()
    lena.reload()
    expect(cell(lena, "1.01")).to_have_value("9")
    expect(cell(lena, "1.05")).to_have_value("6")


def test_details_wishes_and_files_have_their_place_below_the_calm_table(person, round_, tmp_path):
    lena = opened(person("lena@laer.example"))
    cell(lena, "1.01").fill("4")
    lena.get_by_role("row").filter(has_text="1.01").get_by_text("Mehr").click()
    cell(lena, "1.01", "Standort").fill("Rathaus")
    cell(lena, "1.01", "ab").fill("01/2027")
    cell(lena, "1.01", "Haushaltsstelle").fill("11.1101.0000")
    accessible(lena)
    lena.get_by_text("Eigener Wunsch (nicht im Katalog)").click()
    lena.get_by_label("Was brauchen Sie?").fill("Schulung für die Telefonzentrale")
    lena.get_by_label("Menge", exact=True).fill("2")
    lena.get_by_label("Einheit", exact=True).fill("Tag")
    lena.get_by_role("button", name="Wunsch aufnehmen").click()
    expect(lena.get_by_text("Ihr Wunsch „Schulung für die Telefonzentrale“ ist aufgenommen.")).to_be_visible()
    expect(cell(lena, "1.01", "ab")).to_have_value("01.01.2027")
    plan = tmp_path / "Lageplan.txt"
    plan.write_text("Serverraum im Keller", encoding="utf-8")
    lena.locator("#attachments summary").click()
    lena.get_by_label("Datei", exact=True).set_input_files(plan)
    lena.get_by_role("button", name="Datei anhängen").click()
    expect(lena.get_by_role("link", name=re.compile("Lageplan.txt")).first).to_be_visible()
    accessible(lena)
    lena.get_by_role("row").filter(has_text="1.01").get_by_text("Mehr").click()
    lena.get_by_role("link", name="Verlauf dieser Zeile").first.click()
    expect(lena.get_by_text("Standort: Rathaus; ab 01.01.2027; Haushaltsstelle: 11.1101.0000").first).to_be_visible()
    accessible(lena)
