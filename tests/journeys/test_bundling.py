"""An officer accepts a suggestion, sees whose quantities the line now holds, and undoes it."""

import pytest
from playwright.sync_api import expect

from tests.factories import bundling as bundles
from tests.factories import members as make
from tests.journeys.looking import accessible

pytestmark = pytest.mark.browser


@pytest.fixture
def tender(site):
    """A planned tender in which pieces and packs of the same module stand as two lines."""
    with site.saved():
        make.association()
        officer = make.account(make.Role.OFFICER, name="Petra Beispiel", email="petra@kaaw.example")
        planned = bundles.planned({bundles.PIECES: (4, 0, "2.5"), bundles.PACKS: (1, 3, 0)}, officer=officer)
        return planned.id


def test_a_suggestion_is_accepted_and_undone(person, tender):
    petra = person("petra@kaaw.example")
    petra.goto(f"/tenders/{tender}")
    petra.get_by_role("link", name="Bündelung").click()
    card = petra.get_by_role("listitem").filter(has_text="2 Wünsche meinen vermutlich dasselbe")
    expect(card.get_by_label("Umrechnung")).to_have_value("10")
    accessible(petra)
    card.get_by_label("Begründung").fill("Beide meinen das SFP-Modul 10G; ein Pack hat zehn Stück.")
    card.get_by_role("button", name="Zusammenführen").click()
    expect(petra.get_by_text("Die Positionen sind zusammengeführt.")).to_be_visible()
    row = petra.get_by_role("row").filter(has_text="A1 SFP-Modul 10G: 6,5 Stück")
    expect(row).to_contain_text("A2 SFP-Module 10G, 10er-Pack: 4 Pack")
    accessible(petra)

    row.get_by_role("link", name="46,5").click()
    expect(petra.get_by_role("heading", name="Wessen 46,5 Stück sind das?")).to_be_visible()
    expect(petra.get_by_role("row").filter(has_text="Borken")).to_contain_text("30")
    accessible(petra)
    petra.get_by_role("link", name="Wohin ging diese Meldung?").first.click()
    expect(petra.get_by_text("Zusammen 4 von 4 Stück.")).to_be_visible()
    accessible(petra)

    petra.goto(f"/tenders/{tender}/bundling")
    petra.get_by_role("button", name="Rückgängig machen").click()
    expect(petra.get_by_text("Position A2 steht wieder für sich.")).to_be_visible()
    expect(petra.get_by_text("rückgängig gemacht")).to_be_visible()
