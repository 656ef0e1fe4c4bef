"""Who sees what of a tender: leads in short and from publication on, auditors everything and nothing to change."""

import pytest

from tests.factories import members as make
from tests.factories import tenders
from tests.page_reading import text_of

READING = ("", "/lots", "/criteria", "/deadlines", "/value", "/record")


@pytest.fixture
def case(saved):
    """Three members; Ahaus and Borken take part in a published tender, Rhede does not; one tender is only planned."""
    with saved():
        ahaus, borken, rhede = make.member("Ahaus"), make.member("Borken"), make.member("Rhede")
        officers = [make.officer(), make.officer()]
        lots = (
            ("Geräte", (tenders.Wish("FW-1", "Cluster", (17, 1)),)),
            ("Lizenzen", (tenders.Wish("FW-2", "Lizenz", (0, 23)),)),
        )
        published = tenders.published_tender(lots, [ahaus, borken], officers, title="Firewall")
        planned = tenders.planned_tender(lots, [ahaus, borken], officer=officers[0], title="Geheim")
        return {
            "ahaus": make.lead(ahaus).id,
            "rhede": make.lead(rhede).id,
            "auditor": make.auditor().id,
            "administrator": make.administrator().id,
            "officer": officers[0].id,
            "published": f"/tenders/{published.id}",
            "planned": f"/tenders/{planned.id}",
            "lot": published.lots[0].id,
            "foreign_lot": planned.lots[0].id,
            "foreign_line": planned.lots[0].lines[0].id,
        }


def test_a_lead_sees_title_stage_lots_and_its_own_quantities_only(case, browser):
    shown = text_of(browser(case["ahaus"]).get(case["published"]))
    for expected in ("Firewall", "Veröffentlicht", "Los 1: Geräte", "Los 2: Lizenzen", "17"):
        assert expected in shown
    assert "In diesem Los hat Ihr Mitglied keinen Bedarf gemeldet." in shown
    for hidden in ("Borken", ">18<", ">23<", "100,00", "FW-2"):  # others' names and quantities, sums, estimates
        assert hidden not in shown


def test_a_lead_lists_the_published_tenders_of_its_member_only(case, browser):
    assert "Firewall" in text_of(browser(case["ahaus"]).get("/tenders/"))
    planned = case["planned"].removeprefix("/tenders/")
    listed = text_of(browser(case["ahaus"]).get("/tenders/"))
    assert f'href="/tenders/{planned}"' not in listed
    assert f'href="/tenders/{planned}/participation/' in listed  # the one page of a planned tender that is open to it
    assert "Noch keine Ausschreibung" in text_of(browser(case["rhede"]).get("/tenders/"))


def test_a_foreign_or_unpublished_tender_looks_like_none(case, browser):
    missing = browser(case["ahaus"]).get("/tenders/99999")
    for answer in (browser(case["rhede"]).get(case["published"]), browser(case["ahaus"]).get(case["planned"])):
        assert answer.status_code == missing.status_code == 404
        assert "nicht für Sie freigegeben" in text_of(answer) or text_of(answer) == text_of(missing)


@pytest.mark.parametrize("path", [*READING[1:], "/edit", "/publish", "/cancel"])
def test_the_file_of_a_tender_is_closed_to_leads(case, browser, path):
    assert browser(case["ahaus"]).get(case["published"] + path).status_code == 403


def test_an_auditor_reads_everything_and_changes_nothing(case, browser):
    page = browser(case["auditor"])
    for path in READING:
        for tender in (case["published"], case["planned"]):
            answer = page.get(tender + path)
            assert answer.status_code == 200, path
            assert "speichern" not in text_of(answer), path
    for path in ("/publish", "/cancel", "/value", "/lots", "/criteria", "/method", "/deadlines", "/edit"):
        assert page.post(case["planned"] + path).status_code == 403, path


def test_an_auditor_is_offered_no_button(case, browser):
    shown = text_of(browser(case["auditor"]).get(case["planned"]))
    assert "Ausschreibung prüfen und veröffentlichen." in shown
    assert "Veröffentlichung prüfen" not in shown


def test_the_administration_has_no_business_here(case, browser):
    assert browser(case["administrator"]).get(case["published"]).status_code == 403


def test_lots_and_lines_of_another_tender_are_not_found(case, browser):
    page = browser(case["officer"])
    assert page.post(f"{case['planned']}/lots/{case['lot']}", {"lot-title": "x"}).status_code == 404
    assert page.post(f"{case['published']}/lines/{case['foreign_line']}/remove").status_code == 404
    assert page.post(f"{case['published']}/lines/999/move", {"lot": case["lot"]}).status_code == 404
    assert page.get("/tenders/99999/lots").status_code == 404
