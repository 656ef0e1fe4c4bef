"""The search for codes while typing, and reading in the official list."""

import csv
import io
from pathlib import Path

import pytest

from procurement.catalogue import queries
from procurement.core.spreadsheets import write_csv
from tests.factories import catalogue
from tests.factories import members as make

OFFICIAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "cpv" / "cpv-2008-de-en.csv"
SMALL_LIST = "code,de,en\n32420000-3,Netz,Network\n03000000-1,Landwirtschaft,Farming\n"


@pytest.fixture
def office(saved, browser):
    with saved():
        officer_id = make.officer().id
        catalogue.cpv("32420000", "3", "Netzausrüstung")
        catalogue.cpv("48820000", "2", "Server")
    return browser(officer_id)


def upload(window, content, name="cpv.csv"):
    raw = content.encode() if isinstance(content, str) else content
    return window.post("/catalogue/cpv/import", {"file": (io.BytesIO(raw), name)})


def test_the_page_finds_a_code_without_javascript(office):
    page = office.get("/catalogue/cpv?q=netz").text
    assert "32420000-3" in page
    assert "<h1>" in page


def test_while_typing_only_the_results_come_back(office):
    fragment = office.get("/catalogue/cpv?q=ausrustung", headers={"HX-Request": "true"}).text
    assert fragment.strip().startswith('<div id="cpv-results"')
    assert "Netzausrüstung" in fragment
    nothing = office.get("/catalogue/cpv?q=<b>", headers={"HX-Request": "true"}).text
    assert "Zu „&lt;b&gt;“ ist kein CPV-Code bekannt" in nothing


def test_a_form_field_gets_options_that_carry_the_code(office):
    options = office.get("/catalogue/cpv/suggestions?cpv=serv", headers={"HX-Request": "true"}).text
    assert 'data-value="48820000-2"' in options
    assert 'role="option"' in options
    plain = office.get("/catalogue/cpv/suggestions?cpv=serv")
    assert plain.location.endswith("/catalogue/cpv?q=serv")


def test_a_list_is_looked_at_first_and_then_taken_over(office, app):
    preview_at = upload(office, SMALL_LIST).location
    page = office.get(preview_at).text
    assert "Bisher: 32420000-3 Netzausrüstung" in page
    assert "Nicht gelesen werden die Spalten: en" in page
    with app.app_context():
        assert queries.cpv_count() == 2
    assert office.post(preview_at).status_code == 303
    with app.app_context():
        labels = {code: entry.label for code, entry in queries.cpv_entries().items()}
    assert labels == {"32420000": "Netz", "48820000": "Server", "03000000": "Landwirtschaft"}
    assert "nichts zu übernehmen" in office.post(preview_at).text


def test_a_list_with_a_fault_is_not_taken_over(office, app):
    preview_at = upload(office, SMALL_LIST + "0300,Feld,Field\n").location
    assert "Zelle A4: „0300“ ist kein CPV-Code mit Prüfziffer" in office.get(preview_at).text
    answer = office.post(preview_at)
    assert answer.status_code == 422
    assert "Eine Zeile ist fehlerhaft." in answer.text


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        ("", "cpv.csv", "Die Datei ist leer."),
        ("a,b\n1,2\n", "cpv.csv", "Es fehlt die Überschrift „code“, „de“."),
        (b"PK\x03\x04damaged", "cpv.xlsx", "beschädigt"),
        ("code,de\n", "cpv.csv", "steht nichts"),
        ("code,de\n32420000-3,Netz\n", "cpv.pdf", "Dieser Dateityp wird nicht gelesen."),
    ],
)
def test_a_file_that_is_no_list_is_refused_at_once(office, content, name, sentence):
    answer = upload(office, content, name)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_no_file_at_all_is_said_beside_the_field(office):
    assert "Bitte die Datei wählen." in office.post("/catalogue/cpv/import").text


def test_the_official_list_of_9454_codes_is_read_in(office, app):
    if not OFFICIAL.exists():
        pytest.skip("the source is not here: shared/data/cpv is missing")
    with OFFICIAL.open(encoding="utf-8", newline="") as file:
        # without the third column: the test client leaks the temporary file of a body beyond 500 KB
        rows = [[row[0], row[1]] for row in csv.reader(file)]
    preview_at = upload(office, write_csv(rows)).location
    page = office.get(preview_at).text
    assert "Gezeigt sind 200 von 9454 Zeilen" in page
    assert office.post(preview_at).status_code == 303
    with app.app_context():
        assert queries.cpv_count() == 9454
        assert queries.search_cpv("landwirtschaft erzeugnisse")[0].written == "03000000-1"
        assert queries.search_cpv("kleiderbugel")[0].label.startswith("Kleiderbügel")
