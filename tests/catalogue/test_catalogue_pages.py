"""The pages of the catalogue as each role meets them."""

import pytest

from procurement.catalogue import queries
from procurement.values.money import UnitPrice
from tests.factories import catalogue
from tests.factories import members as make

TYPED = {
    "number": "K-01", "title": "Kabel", "category_code": "K", "category": "Kabel", "unit": "Stück",
    "nature": "one_off", "cpv": "32420000-3", "price_from_net": "1.000,50", "price_to_net": "2.000",
}  # fmt: skip


@pytest.fixture
def office(saved, browser):
    with saved():
        officer_id = make.officer().id
    return browser(officer_id)


def test_an_empty_catalogue_offers_the_starting_one(office):
    page = office.get("/catalogue/")
    assert "Startkatalog laden" in page.text
    answer = office.post("/catalogue/starting-catalogue")
    assert answer.status_code == 303
    page = office.get("/catalogue/").text
    assert "78 Artikel" in page
    assert "32420000-3" in page
    assert "Netzausrüstung" in page


def test_a_filter_narrows_the_list(office, saved):
    with saved():
        catalogue.starting_catalogue()
    page = office.get("/catalogue/?q=tablet&category=CL").text
    assert "Tablet (Rat" in page
    assert "Dockingstation" not in page
    assert "LAN-Switch" not in page
    assert "Kein Artikel passt" in office.get("/catalogue/?q=Kaffee").text


def test_an_officer_takes_in_changes_and_retires_an_article(office, app):
    assert office.post("/catalogue/new", TYPED).status_code == 303
    with app.app_context():
        article = queries.articles()[0]
        article_id, version = article.id, article.version
        assert (article.price_from_net, article.price_to_net) == (UnitPrice.of("1000.50"), UnitPrice.of(2000))
    assert 'value="32420000' in office.get(f"/catalogue/{article_id}").text
    changed = office.post(f"/catalogue/{article_id}", TYPED | {"title": "Patchkabel", "version": version})
    assert changed.status_code == 303
    assert office.post(f"/catalogue/{article_id}/active", {"active": "0"}).status_code == 303
    assert "außer Gebrauch" in office.get(f"/catalogue/{article_id}").text
    with app.app_context():
        assert not queries.article(article_id).is_active


def test_what_is_wrong_stands_beside_its_field_and_the_input_stays(office):
    answer = office.post("/catalogue/new", TYPED | {"title": "", "price_to_net": "1.5"})
    assert answer.status_code == 422
    assert "keine eindeutige Zahl" in answer.text
    assert 'value="1.5"' in answer.text
    answer = office.post("/catalogue/new", TYPED | {"title": ""})
    assert "Bitte eine Bezeichnung eingeben." in answer.text


def test_a_change_of_an_older_version_is_a_conflict_in_the_form(office, saved):
    with saved():
        article_id = catalogue.article("K-01").id
    answer = office.post(f"/catalogue/{article_id}", TYPED | {"version": "99"})
    assert answer.status_code == 422
    assert "Sie sahen Fassung 99" in answer.text


@pytest.mark.parametrize("role", ["lead", "auditor"])
def test_leads_and_auditors_read_the_catalogue_and_change_nothing(saved, browser, role):
    with saved():
        article_id = catalogue.article("K-01").id
        account_id = (make.lead(make.member()) if role == "lead" else make.auditor()).id
    window = browser(account_id)
    page = window.get("/catalogue/")
    assert "Kabel K-01" in page.text
    assert "Artikel aufnehmen" not in page.text
    assert window.get(f"/catalogue/{article_id}").status_code == 403
    assert window.post("/catalogue/new", TYPED).status_code == 403
    assert window.get("/catalogue/cpv?q=netz").status_code == 200
