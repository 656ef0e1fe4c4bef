"""A lead asks two departments by link; they answer without an account; their sum enters the member's demand."""

import pytest
from playwright.sync_api import expect

from tests.factories import demand
from tests.factories import members as make
from tests.journeys.looking import accessible

pytestmark = pytest.mark.browser


@pytest.fixture
def round_(site):
    """An open round with two articles for Laer and Ahaus; Lena leads Laer."""
    with site.saved():
        make.association()
        laer, ahaus = make.member("Laer"), make.member("Ahaus")
        make.account(make.Role.MEMBER_LEAD, laer, "Lena Leitung", "lena@laer.example")
        officer = make.account(make.Role.OFFICER, name="Petra Beispiel", email="petra@kaaw.example")
        articles = [demand.article("1.01", "NGFW-Cluster groß"), demand.article("1.02", "UTM-Lizenz", unit="Lizenz")]
        demand.round_with(articles, [laer, ahaus], officer=officer, title="Firewall und Netzsicherheit")


def asked(lena, department, name, email):
    """Ask a department on the page; return the path of the link that is shown once."""
    lena.get_by_label("Fachamt", exact=True).fill(department)
    lena.get_by_label("Name der Person").fill(name)
    lena.get_by_label("E-Mail-Adresse").fill(email)
    lena.get_by_role("button", name="Link senden").click()
    link = lena.get_by_label("Link zum Kopieren").input_value()
    return link[link.index("/demand/") :]


def report(page, path, licences):
    page.goto(path)
    page.get_by_label("Artikel 1.02, erwartet").fill(licences)
    page.get_by_role("button", name="Mengen speichern").click()


def test_two_departments_report_without_an_account_and_the_lead_takes_the_sum_over(person, visitor, round_):
    lena, berta, susi = person("lena@laer.example"), visitor(), visitor()
    lena.get_by_role("link", name="Firewall und Netzsicherheit").first.click()
    lena.get_by_role("link", name="Fachämter fragen").click()
    accessible(lena)
    building = asked(lena, "Bauamt", "Berta Bau", "berta@laer.example")
    accessible(lena)
    schools = asked(lena, "Schulamt", "Susi Schule", "susi@laer.example")

    report(berta, building, "zwölf")
    expect(berta.get_by_role("alert")).to_be_visible()
    accessible(berta)
    report(berta, building, "12")
    expect(berta.get_by_text("Ihre Mengen sind gespeichert.")).to_be_visible()
    accessible(berta)
    expect(berta.get_by_role("navigation", name="Hauptnavigation")).to_have_count(0)
    report(susi, schools, "30")

    lena.reload()
    expect(lena.get_by_text("Bauamt 12, Schulamt 30")).to_be_visible()
    lena.get_by_role("button", name="Alle Summen übernehmen").first.click()
    expect(lena.get_by_text("Alle Summen sind übernommen.")).to_be_visible()
    accessible(lena)
    report(susi, schools, "33")
    expect(susi.get_by_text("Ihre Mengen sind gespeichert.")).to_be_visible()
    lena.reload()
    expect(lena.get_by_text("Summe hat sich geändert: 42 → 45")).to_be_visible()
    lena.get_by_role("link", name="Zurück zum Bedarf").click()
    expect(lena.get_by_label("Artikel 1.02, erwartet")).to_have_value("42")
    accessible(lena)


def test_a_revoked_link_tells_whom_to_ask(person, visitor, round_):
    lena, berta = person("lena@laer.example"), visitor()
    lena.goto("/demand/1/1/departments")
    building = asked(lena, "Bauamt", "Berta Bau", "berta@laer.example")
    lena.get_by_role("button", name="Link sperren").click()
    expect(lena.get_by_text("Der Link von Bauamt ist gesperrt.")).to_be_visible()
    berta.goto(building)
    expect(berta.get_by_text("Dieser Link gilt nicht oder nicht mehr.")).to_be_visible()
