"""The working group in a real browser: an idea is proposed, discussed, supported, and becomes a demand round."""

import pytest
from playwright.sync_api import expect

from tests.factories import members as make
from tests.journeys.looking import accessible
from tests.journeys.steps_reading import fill, follow, press, told, unfold

pytestmark = pytest.mark.browser
GRONAU, LAER, OFFICE = "dirk@gronau.example", "petra@laer.example", "jana@kaaw.example"


@pytest.fixture
def members(site):
    """Gronau, Laer and Velen; leads of the first two, and an officer."""
    with site.saved():
        make.association()
        gronau, laer, velen = (make.member(name) for name in ("Gronau", "Laer", "Velen"))
        make.account(make.Role.MEMBER_LEAD, gronau, "Dirk Ostendorf", GRONAU)
        make.account(make.Role.MEMBER_LEAD, laer, "Petra Wiesmann", LAER)
        make.account(make.Role.OFFICER, name="Jana Brinkmann", email=OFFICE)
        return [gronau.id, laer.id, velen.id]


def to_workgroup(page):
    page.get_by_role("navigation", name="Hauptnavigation").get_by_role("link", name="Arbeitskreis").click()
    expect(page.get_by_role("heading", name="Arbeitskreis", level=1)).to_be_visible()


def propose(lead):
    to_workgroup(lead)
    accessible(lead)
    follow(lead, "Vorschlag schreiben")
    accessible(lead)
    fill(lead, Titel="Gemeinsamer SOC-Dienst", Problem="Nachts wacht niemand.")
    press(lead, "Als Entwurf speichern")
    told(lead, "Die Lösungsidee ist noch nicht beschrieben.")
    expect(lead.get_by_role("button", name="Zur Diskussion stellen")).to_be_disabled()
    accessible(lead)
    follow(lead, "Vorschlag ändern")
    fill(lead, Lösungsidee="Ein Dienst für alle,\ngemeinsam ausgeschrieben.")
    press(lead, "Speichern")
    press(lead, "Zur Diskussion stellen")
    told(lead, "Der Vorschlag steht zur Diskussion.")


def join_in(lead):
    lead.reload()
    follow(lead, "Zum Vorschlag äußern: Gemeinsamer SOC-Dienst")
    told(lead, "Sagen, ob Laer mitmacht")
    lead.get_by_label("Ihr Beitrag").fill("Bitte auch Schulen.\nWer nimmt nachts den Anruf entgegen?")
    press(lead, "Beitrag senden")
    told(lead, "Wer nimmt nachts den Anruf entgegen?")
    lead.get_by_label("Wir machen mit").check()
    press(lead, "Angabe speichern")
    told(lead, "Die Angabe „Wir machen mit“ ist gespeichert.")
    accessible(lead)


def test_a_proposal_becomes_a_round_with_the_interested_members_invited(person, members):
    dirk, petra, jana = person(GRONAU), person(LAER), person(OFFICE)
    propose(dirk)
    join_in(petra)

    to_workgroup(jana)
    follow(jana, "Gemeinsamer SOC-Dienst")
    accessible(jana)
    follow(jana, "Annehmen: Bedarfsrunde anlegen")
    expect(jana.get_by_label("Titel")).to_have_value("Gemeinsamer SOC-Dienst")
    expect(jana.get_by_label("Zeichen")).to_have_value("B-2026-01")
    ticked = {name: jana.get_by_label(name, exact=True).is_checked() for name in ("Gronau", "Laer", "Velen")}
    assert ticked == {"Gronau": False, "Laer": True, "Velen": False}
    accessible(jana)
    jana.get_by_label("Gronau", exact=True).check()
    press(jana, "Annehmen und Bedarfsrunde anlegen")
    told(jana, "Bitte begründen, warum der Vorschlag angenommen wird.")
    expect(jana.get_by_label("Gronau", exact=True)).to_be_checked()
    fill(jana, Begründung_der_Annahme="Zwei Mitglieder wollen es gemeinsam.")
    press(jana, "Annehmen und Bedarfsrunde anlegen")
    told(jana, "Aus dem Vorschlag ist eine Bedarfsrunde geworden.")
    accessible(jana)
    follow(jana, "Zur Bedarfsrunde")
    expect(jana.get_by_role("heading", name="Gemeinsamer SOC-Dienst", level=1)).to_be_visible()
    for name in ("Gronau", "Laer"):
        expect(jana.get_by_role("rowheader", name=name)).to_be_visible()
    expect(jana.get_by_role("rowheader", name="Velen")).to_have_count(0)

    petra.reload()
    told(petra, "Die Vergabestelle bereitet die Bedarfsrunde vor.")
    told(petra, "Zwei Mitglieder wollen es gemeinsam.")


def test_an_announcement_is_read_by_its_lead_and_counted_by_the_office(person, members):
    jana = person(OFFICE)
    to_workgroup(jana)
    follow(jana, "Mitteilungen")
    follow(jana, "Mitteilung schreiben")
    fill(jana, Titel="Sitzung", Text="Am Montag.")
    jana.get_by_label("Nur die angekreuzten Mitglieder").check()
    jana.get_by_label("Laer", exact=True).check()
    accessible(jana)
    press(jana, "Jetzt veröffentlichen")
    told(jana, "0 von 1 Personen haben gelesen")
    accessible(jana)

    dirk, petra = person(GRONAU), person(LAER)
    expect(dirk.get_by_role("link", name="Sitzung")).to_have_count(0)
    accessible(petra)
    follow(petra, "Mitteilung lesen: Sitzung")
    accessible(petra)
    press(petra, "Als gelesen markieren")
    told(petra, "Die Mitteilung ist als gelesen markiert.")
    accessible(petra)

    jana.reload()
    told(jana, "1 von 1 Personen haben gelesen")
    unfold(jana, "Mitteilung zurückziehen")
    fill(jana, Begründung="Verschoben.")
    press(jana, "Zurückziehen")
    petra.reload()
    told(petra, "Zurückgezogen")
