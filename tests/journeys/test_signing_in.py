"""Signing in and out: the way in, a wrong password, and nothing left behind for the next person at the desk."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories import members as make
from tests.journeys.looking import accessible

pytestmark = pytest.mark.browser
EMAIL = "petra@kaaw.example"


@pytest.fixture
def petra(site):
    with site.saved():
        make.association()
        make.account(make.Role.OFFICER, name="Petra Beispiel", email=EMAIL)
    return EMAIL


def fill_in(page, email, password):
    page.get_by_label("E-Mail-Adresse").fill(email)
    page.get_by_label("Kennwort").fill(password)
    page.get_by_role("button", name="Anmelden").click()


def test_whoever_asks_for_a_page_signs_in_first_and_then_gets_it(visitor, petra):
    page = visitor()
    page.goto("/demand/")
    expect(page).to_have_url(re.compile("/members/login"))
    accessible(page)
    fill_in(page, petra, make.PASSWORD)
    expect(page).to_have_url(re.compile("/demand/$"))
    expect(page.get_by_role("heading", name="Bedarfsrunden", level=1)).to_be_visible()


def test_a_wrong_password_is_explained_and_the_address_stays(visitor, petra):
    page = visitor()
    page.goto("/members/login")
    fill_in(page, petra, "falsches-kennwort")
    expect(page.get_by_role("alert")).to_contain_text("E-Mail-Adresse oder Kennwort stimmt nicht.")
    expect(page).to_have_title(re.compile("^Fehler:"))
    expect(page.get_by_label("E-Mail-Adresse")).to_have_value(petra)
    accessible(page)
    fill_in(page, petra, make.PASSWORD)
    expect(page.get_by_role("heading", name="Guten Tag, Petra Beispiel")).to_be_visible()


def test_after_signing_out_the_back_button_shows_nothing(person, petra):
    page = person(petra)
    page.goto("/members/")
    page.get_by_text("Petra Beispiel", exact=True).first.click()
    page.get_by_role("button", name="Abmelden").click()
    expect(page).to_have_url(re.compile("/members/login"))
    page.go_back()
    expect(page).to_have_url(re.compile("/members/login"))
    expect(page.get_by_role("heading", name="Mitglieder")).to_have_count(0)


def test_on_a_phone_everything_is_within_reach(person, petra):
    page = person(petra, viewport={"width": 360, "height": 740}, has_touch=True)
    accessible(page)
    page.get_by_role("navigation", name="Hauptnavigation").get_by_role("link", name="Mitglieder").tap()
    expect(page.get_by_role("heading", name="Mitglieder", level=1)).to_be_visible()
    page.locator("summary", has_text="Petra Beispiel").tap()
    expect(page.get_by_role("button", name="Abmelden")).to_be_visible()


def test_without_a_mouse_the_first_stop_skips_to_the_content(person, petra):
    page = person(petra)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Zum Inhalt springen")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
