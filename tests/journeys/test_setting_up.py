"""An empty installation is set up by its administrator: member, figures, account; the new person signs in."""

import pytest
from playwright.sync_api import expect

from tests.factories import members as make
from tests.journeys.looking import accessible

pytestmark = pytest.mark.browser
FIRST_PASSWORD = "ein-erstes-kennwort"


@pytest.fixture
def ada(site):
    with site.saved():
        make.account(make.Role.ADMINISTRATOR, name="Ada Admin", email="ada@kaaw.example")
    return "ada@kaaw.example"


def test_from_the_first_step_to_the_first_sign_in_of_a_lead(person, ada):
    page = person(ada)
    expect(page.get_by_role("heading", name="Erste Schritte")).to_be_visible()
    accessible(page)

    page.get_by_role("link", name="Mitglieder erfassen").click()
    page.get_by_label("Name", exact=True).fill("Velen")
    page.get_by_label("Gemeindeschlüssel (AGS) oder eigener Schlüssel").fill("05554064")
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("heading", name="Velen", level=1)).to_be_visible()

    record_figure(page, "Einwohner", "12678")
    record_figure(page, "Clients", "105")
    expect(page.get_by_role("row").filter(has_text="Einwohner").filter(has_text="12.678")).to_be_visible()
    accessible(page)

    page.get_by_role("link", name="Start").click()
    page.get_by_role("link", name="Je Mitglied ein Konto der IT-Leitung anlegen").click()
    page.get_by_label("Name", exact=True).fill("Lena Leitung")
    page.get_by_label("E-Mail-Adresse").fill("lena@velen.example")
    page.get_by_label("Erstes Kennwort").fill(FIRST_PASSWORD)
    page.get_by_label("Rolle").select_option(label="IT-Leitung eines Mitglieds")
    page.get_by_label("Mitglied (nur bei IT-Leitung)").select_option(label="Velen (05554064)")
    page.get_by_role("button", name="Benutzerkonto anlegen").click()
    expect(page.get_by_text("Das Benutzerkonto lena@velen.example ist angelegt.")).to_be_visible()

    lena = person("lena@velen.example", FIRST_PASSWORD)
    expect(lena.get_by_text("Zurzeit ist keine Bedarfsrunde offen.")).to_be_visible()


def record_figure(page, kind, value):
    page.get_by_label("Kennzahl", exact=True).select_option(label=kind)
    page.get_by_label("Wert", exact=True).fill(value)
    page.get_by_label("Stichtag", exact=True).fill("2025-12-31")
    page.get_by_label("Quelle", exact=True).fill("Destatis Gemeindeverzeichnis")
    page.get_by_role("button", name="Kennzahl erfassen").click()
    expect(page.get_by_text("Die Kennzahl ist erfasst.")).to_be_visible()
