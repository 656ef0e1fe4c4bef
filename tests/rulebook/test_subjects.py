"""The page of the rules: every rule under one subject, all versions side by side, values in words (story A9)."""

from datetime import date

import pytest

from procurement.rulebook import subjects
from procurement.rulebook.subjects import Subject
from procurement.rulebook.thresholds import RULES, rule_on
from tests.factories import members as make
from tests.page_reading import text_of

LAST_OLD, REFORM = date(2026, 6, 30), date(2026, 7, 1)


def test_every_row_of_the_rulebook_stands_under_exactly_one_subject():
    shown = [version for rule in subjects.listed(REFORM) for version in rule.versions]
    assert sorted(map(repr, shown)) == sorted(map(repr, RULES))


def test_a_rule_keeps_its_versions_and_marks_that_of_the_day():
    [register] = [one for one in subjects.listed(LAST_OLD, Subject.REGISTERS) if one.rule_id == "WREG_QUERY"]
    assert register.current.number == 30_000
    assert [version.number for version in register.versions] == [30_000, 50_000]


def test_a_rule_that_does_not_hold_on_the_day_has_no_value():
    [opening] = [one for one in subjects.listed(REFORM) if one.rule_id == "OPENING_TWO_PERSONS"]
    assert opening.current is None
    assert opening.title == "Angebotsöffnung durch zwei Personen"


@pytest.mark.parametrize(
    ("rule_id", "words"),
    [
        ("EU_TH_SUBCENTRAL_SUPPLY_SERVICE", "ab 216.000 € netto"),
        ("VERGSTAT_SUB", "über 50.000 € netto"),
        ("LOT_BAGATELLE_VALUE", "unter 80.000 € netto"),
        ("LOT_BAGATELLE_SHARE", "höchstens 20 %"),
        ("VALUE_MONTHS_CAP", "48 Monate"),
        ("DL_OPEN_E", "mindestens 30 Tage"),
        ("DL_DOCS_NOT_FREE", "zuzüglich 5 Tage"),
        ("RUEGE", "höchstens 10 Tage"),
        ("LOTS_NORM", "§ 97a GWB"),
        ("TRANSITION", "vor dem 01.07.2026"),
        ("LOW_BID_REJECT", "soll abgelehnt werden"),
        ("OPENING_TWO_PERSONS_EBID", "nein"),
        ("EFORMS", "ja"),
        ("VAT_2B_MIN", "höchstens 17.500 €"),
        (
            "CHANGE_MINOR_ABS",
            "höchstens so viel wie „EU-Schwellenwert für Liefer- und Dienstleistungen (subzentrale Auftraggeber)“",
        ),
    ],
)
def test_a_value_in_words(rule_id, words):
    assert subjects.value_in_words(rule_on(rule_id, REFORM)) == words


def test_figures_that_need_confirmation_are_marked():
    assert subjects.is_to_confirm(rule_on("EU_TH_SOCIAL", REFORM))
    assert subjects.is_to_confirm(rule_on("WREG_QUERY", LAST_OLD))
    assert not subjects.is_to_confirm(rule_on("WREG_QUERY", REFORM))


@pytest.fixture
def people(saved):
    with saved():
        return {
            "officer": make.officer().id,
            "auditor": make.auditor().id,
            "lead": make.lead(make.member()).id,
            "administrator": make.administrator().id,
        }


def test_the_page_shows_the_register_limit_of_the_day_asked_for(people, browser):
    page = browser(people["auditor"])
    before = text_of(page.get("/tenders/rules?on=2026-06-30&subject=registers"))
    since = text_of(page.get("/tenders/rules?on=2026-07-01&subject=registers"))
    assert "<strong>ab 30.000 € netto</strong>" in before
    assert "galt ab 01.06.2022 bis 30.06.2026" in before
    assert "<strong>ab 50.000 € netto</strong>" in since
    assert "gilt seit 01.07.2026" in since
    assert "EU_TH_WORKS" not in since


def test_officers_auditors_and_leads_read_it_and_nobody_else(people, browser):
    for role in ("officer", "auditor", "lead"):
        shown = text_of(browser(people[role]).get("/tenders/rules"))
        assert "Regeln am 23.11.2026" in shown
        assert "zu bestätigen" in shown
    assert browser(people["administrator"]).get("/tenders/rules").status_code == 403


@pytest.mark.parametrize("typed", ["gestern", "2026-13-01", "1999-01-01", "9999-12-31"])
def test_a_day_the_rulebook_does_not_know_is_said_and_today_is_shown(people, browser, typed):
    shown = text_of(browser(people["officer"]).get(f"/tenders/rules?on={typed}&subject=unsinn"))
    assert "Dieses Datum kennt das Regelwerk nicht" in shown
    assert "Regeln am 23.11.2026" in shown
