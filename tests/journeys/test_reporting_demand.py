"""A lead answers a round: draft, correction, submission; the office sees it at once; after the deadline it is fixed."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories import demand
from tests.factories import members as make
from tests.journeys.looking import accessible

pytestmark = pytest.mark.browser


@pytest.fixture
def round_(site):
    """An open round with three articles for Laer and Velen; its lead and an officer."""
    with site.saved():
        make.association()
        laer, velen = make.member("Laer"), make.member("Velen")
        make.account(make.Role.MEMBER_LEAD, laer, "Lena Leitung", "lena@laer.example")
        officer = make.account(make.Role.OFFICER, name="Petra Beispiel", email="petra@kaaw.example")
        articles = [
            demand.article("1.01", "NGFW-Cluster groß", price="9500.00"),
            demand.article("1.02", "UTM-Lizenzbündel", unit="Lizenz", price="410.50"),
            demand.article("1.03", "Einrichtung vor Ort", unit="Tag", price=None),
        ]
        demand.round_with(articles, [laer, velen], officer=officer, title="Firewall und Netzsicherheit")


def expected(page, title):
    return page.get_by_role("row").filter(has_text=title).locator("input[name*=expected]")


def test_a_lead_reports_and_the_office_sees_it(person, round_):
    lena, petra = person("lena@laer.example"), person("petra@kaaw.example")
    expect(lena.get_by_text("0 von 3 Artikeln beantwortet")).to_be_visible()
    lena.get_by_role("link", name="Firewall und Netzsicherheit").first.click()
    accessible(lena)
    expected(lena, "NGFW-Cluster").fill("1")
    expected(lena, "UTM-Lizenz").fill("zwölf")
    lena.get_by_role("button", name="Entwurf speichern").click()
    expect(lena.get_by_role("alert")).to_be_visible()
    expect(expected(lena, "UTM-Lizenz")).to_have_value("zwölf")
    accessible(lena)

    expected(lena, "UTM-Lizenz").fill("12")
    lena.get_by_role("button", name="Prüfen und einreichen").click()
    expect(lena.get_by_role("heading", name="Prüfen und einreichen")).to_be_visible()
    accessible(lena)
    expect(petra.get_by_text("Ohne Antwort: Laer, Velen")).to_be_visible()

    lena.get_by_role("button", name="Bedarf einreichen").click()
    expect(lena.get_by_text("Ihr Bedarf ist eingereicht.")).to_be_visible()
    petra.reload()
    expect(petra.get_by_text("1 von 2 haben geantwortet")).to_be_visible()
    petra.get_by_role("link", name="Firewall und Netzsicherheit").last.click()
    expect(petra.get_by_role("row", name=re.compile("^Laer"))).to_contain_text("Eingereicht")
    accessible(petra)


def test_going_back_and_submitting_again_changes_nothing(person, round_):
    lena = person("lena@laer.example")
    lena.get_by_role("link", name="Firewall und Netzsicherheit").first.click()
    expected(lena, "NGFW-Cluster").fill("1")
    lena.get_by_role("button", name="Prüfen und einreichen").click()
    lena.get_by_role("button", name="Bedarf einreichen").click()
    expect(lena.get_by_text("Ihr Bedarf ist eingereicht.")).to_be_visible()
    lena.go_back()
    expect(lena.get_by_role("button", name="Bedarf einreichen")).to_have_count(0)
    lena.goto("/")
    expect(lena.get_by_text("Eingereicht").first).to_be_visible()


def test_after_the_deadline_quantities_are_fixed_and_the_office_closes_the_round(person, site, round_):
    lena = person("lena@laer.example")
    lena.get_by_role("link", name="Firewall und Netzsicherheit").first.click()
    expected(lena, "NGFW-Cluster").fill("1")
    lena.get_by_role("button", name="Entwurf speichern").click()
    expect(lena.get_by_text("Ihr Entwurf ist gespeichert.")).to_be_visible()

    site.wait(days=19)
    for email in ("lena@laer.example", "petra@kaaw.example"):
        page = person(email)
        expect(page.get_by_text("abgelaufen").first).to_be_visible()
    page.get_by_role("link", name="Bedarfsrunde schließen: Firewall und Netzsicherheit").click()
    accessible(page)
    page.get_by_role("button", name=re.compile("schließen")).click()
    expect(page.get_by_text("Die Bedarfsrunde ist geschlossen.").first).to_be_visible()
