"""The pages of binding participation: the own one for leads, all members for the office, the document for both."""

import io

import pytest

from tests.factories import members as make
from tests.factories import tenders
from tests.page_reading import text_of

SENT = {"mandate_on": "2026-11-20", "scope": "Beschluss des Rates vom 20.11.2026"}


def pdf(content=b"%PDF-1.7 Vollmacht"):
    return io.BytesIO(content), "Vollmacht Ahaus.pdf"


@pytest.fixture
def case(saved):
    """A planned tender of Ahaus (17 clusters) and Borken (23); Velen takes no part."""
    with saved():
        ahaus, borken, velen = make.member("Ahaus"), make.member("Borken"), make.member("Velen")
        officer = make.officer("Petra Amt")
        lots = (("Geräte", (tenders.Wish("FW-1", "Cluster", (17, 23), "1000"),)),)
        tender = tenders.planned_tender(lots, [ahaus, borken], officer=officer, title="Firewall")
        url = f"/tenders/{tender.id}/participation"
        return {
            "url": url,
            "tender": f"/tenders/{tender.id}",
            "own": f"{url}/{ahaus.id}",
            "others": f"{url}/{borken.id}",
            "nobodys": f"{url}/{velen.id}",
            "officer": officer.id,
            "auditor": make.auditor().id,
            "lead": make.lead(ahaus, "Lea Leitung").id,
            "other_lead": make.lead(borken).id,
        }


def test_a_lead_sees_its_own_quantities_and_nothing_of_others(case, browser):
    page = browser(case["lead"])
    shown = text_of(page.get(case["own"]))
    assert "17.000,00" in shown
    assert "Zentrale Beschaffungsstelle im eigenen Namen" in shown
    for hidden in ("Borken", "23.000,00", "40.000,00"):
        assert hidden not in shown
    missing = page.get("/tenders/999/participation/1")
    for address in (case["others"], case["nobodys"], case["tender"], case["own"] + "/mandate"):
        answer = page.get(address)
        assert (address, answer.status_code, text_of(answer)) == (address, 404, text_of(missing))
    for closed in (case["url"], case["own"] + "/on-behalf", case["own"] + "/take-back"):
        assert page.get(closed).status_code == 403


def test_a_lead_confirms_with_a_document_and_reads_it_again(case, browser):
    page = browser(case["lead"])
    answer = page.post(case["own"], SENT | {"document": pdf()}, content_type="multipart/form-data")
    assert answer.status_code == 303
    shown = text_of(page.get(case["own"]))
    for part in ("Bestätigt", "Lea Leitung", "Beschluss des Rates vom 20.11.2026", "Vollmacht Ahaus.pdf"):
        assert part in shown
    document = page.get(case["own"] + "/mandate")
    assert (document.mimetype, document.data) == ("application/pdf", b"%PDF-1.7 Vollmacht")
    assert browser(case["other_lead"]).get(case["own"] + "/mandate").status_code == 404
    assert browser(case["auditor"]).get(case["own"] + "/mandate").status_code == 200


def test_a_refused_confirmation_keeps_the_input_and_says_why(case, browser):
    page = browser(case["lead"])
    sent = {**SENT, "mandate_on": "2026-11-24", "document": pdf(b"MZ kein PDF")}
    answer = page.post(case["own"], sent, content_type="multipart/form-data")
    assert answer.status_code == 422
    shown = text_of(answer)
    assert "liegt in der Zukunft" in shown
    assert "„Vollmacht Ahaus.pdf“ ist keine PDF-Datei" in shown
    assert "Beschluss des Rates vom 20.11.2026" in shown


def test_terms_seen_before_a_change_are_refused(case, browser):
    page = browser(case["lead"])
    answer = page.post(case["own"], {**SENT, "seen_terms": "0" * 16})
    assert answer.status_code == 422
    assert "haben sich inzwischen geändert" in text_of(answer)


def test_the_office_sees_who_is_missing_confirms_on_paper_and_takes_back(case, browser):
    page = browser(case["officer"])
    assert "0 von 2 Mitgliedern haben bestätigt" in text_of(page.get(case["url"]))
    assert "Ahaus" in text_of(page.get(case["own"] + "/on-behalf"))
    without = page.post(case["own"] + "/on-behalf", SENT)
    assert without.status_code == 422
    assert "Bitte das unterschriebene Dokument als PDF beifügen." in text_of(without)
    sent = SENT | {"document": pdf()}
    assert page.post(case["own"] + "/on-behalf", sent, content_type="multipart/form-data").status_code == 303
    shown = text_of(page.get(case["url"]))
    assert "1 von 2 Mitgliedern haben bestätigt" in shown
    assert "Petra Amt" in shown
    assert page.post(case["own"] + "/take-back", {"reason": ""}).status_code == 422
    assert "bleiben sie stehen" in text_of(page.get(case["own"] + "/take-back"))
    assert page.post(case["own"] + "/take-back", {"reason": "Unterschrift fehlt"}).status_code == 303
    assert "0 von 2" in text_of(page.get(case["url"]))
    assert page.get(case["nobodys"] + "/on-behalf").status_code == 404


def test_the_office_chooses_the_role_and_reminds(case, browser):
    page = browser(case["officer"])
    assert page.post(case["url"] + "/role", {"role": "occasional_joint"}).status_code == 303
    assert "§ 4 Abs. 1 und 2 VgV" in text_of(page.get(case["url"]))
    assert page.post(case["url"] + "/remind").status_code == 303
    sent = SENT | {"document": pdf()}
    for address in (case["own"], case["others"]):
        page.post(address + "/on-behalf", sent | {"document": pdf()}, content_type="multipart/form-data")
    assert page.post(case["url"] + "/role", {"role": "central_own_name"}).status_code == 422
    assert page.post(case["url"] + "/remind").status_code == 422


def test_an_auditor_reads_and_is_offered_nothing(case, browser):
    shown = text_of(browser(case["auditor"]).get(case["url"]))
    assert "Verbindliche Teilnahme" in shown
    for offered in ("Rolle speichern", "erinnern", "Mit Dokument bestätigen"):
        assert offered not in shown


def test_a_confirmed_participation_stays_readable_after_publication(saved, browser):
    with saved():
        member = make.member("Ahaus")
        tender = tenders.published_tender((("Los", (tenders.Wish("1", "Gerät", (3,)),)),), [member])
        lead_id, address = make.lead(member).id, f"/tenders/{tender.id}/participation/{member.id}"
    page = browser(lead_id)
    shown = text_of(page.get(address))
    assert "Die Ausschreibung ist veröffentlicht." in shown
    assert "Teilnahme verbindlich bestätigen" not in shown
    assert page.post(address, SENT).status_code == 422
