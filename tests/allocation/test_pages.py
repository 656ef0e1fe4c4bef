"""Pages: who sees what before and after approval, the form without scripts, and the signatures by buttons."""

import re
from dataclasses import dataclass

import pytest
import sqlalchemy as sa

from procurement.allocation import actions
from procurement.allocation.models import AllocationRun
from procurement.allocation.states import RunState
from procurement.core.db import db
from procurement.core.permissions import Role
from procurement.members import actions_accounts
from procurement.members.models import Account
from tests.factories import allocation, demand, tenders
from tests.factories import members as make


@dataclass(frozen=True)
class Case:
    """Ids of a run of the small case and of the people around it."""

    run: int
    tender: int
    preparer: int
    officer: int
    auditor: int
    adorf: int
    stranger: int


@pytest.fixture
def case(saved) -> Case:
    """A calculated run of Adorf, Bstadt and Cdorf; the stranger leads a member that takes no part."""
    with saved():
        preparer = make.officer("Petra Beispiel")
        run = allocation.calculated_run(by=preparer)
        adorf = next(p.member for p in run.tender.participants if p.member.name == "Adorf")
        stranger = make.lead(make.member("Fremdstadt"))
        people = (make.officer(), make.auditor(), make.lead(adorf), stranger)
        return Case(run.id, run.tender_id, preparer.id, *(person.id for person in people))


@pytest.fixture
def approved(saved, case) -> Case:
    """The same, in force."""
    with saved():
        allocation.taken_to_approval(db.session.get(AllocationRun, case.run))
    return case


def state_of(app, run_id: int) -> RunState:
    with app.app_context():
        return db.session.get(AllocationRun, run_id).state


def runs(app) -> int:
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(AllocationRun))


def fields_of(page: str) -> dict[str, str]:
    """What a browser would send for the form of a run: values of inputs, selects and text areas as they stand."""
    sent = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        is_unticked = 'type="checkbox"' in tag and " checked" not in tag
        if name and not is_unticked and name[1] not in {"idempotency_key", "csrf_token"}:
            sent[name[1]] = value[1] if value else ""
    selects = re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', page, re.DOTALL)
    sent |= {name: re.search(r'<option selected value="([^"]*)"', options)[1] for name, options in selects}
    texts = re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>\s*(.*?)</textarea>', page, re.DOTALL)
    return sent | dict(texts)


def test_a_lead_sees_nothing_before_approval(case, browser):
    window = browser(case.adorf)
    assert window.get(f"/allocation/{case.run}").status_code == 404
    assert window.get(f"/allocation/{case.run}/cells/A/05900001").status_code == 404
    assert "Noch keine Kosten" in window.get("/allocation/").text
    assert "Noch keine freigegebene Kostenaufteilung" in window.get(f"/allocation/tenders/{case.tender}").text


def test_a_lead_sees_its_own_amounts_after_approval_and_no_amount_of_others(approved, browser):
    window = browser(approved.adorf)
    listed = window.get("/allocation/").text
    page = window.get(f"/allocation/{approved.run}").text
    # Adorf pays 2,212.29 net and 2,622.37 with the tax burden; Bstadt 1,539.01, Cdorf 1,670.62
    assert "2.622,37" in listed
    assert "2.212,29 €" in page
    assert "2.622,37 €" in page
    assert not [
        amount for amount in ("1.539,01", "1.670,62", "1.298,34", "1.409,37", "5.832,00") if amount in page + listed
    ]
    assert "Bstadt" in page  # key data and weights of all are the proof
    assert "50.000 ct × 1 ÷ 3" not in page
    assert "15.000 ct × 1 ÷ 3 = 5.000 Rest 0 → +0 ct = 50,00 €" in page


def test_a_lead_of_another_member_finds_nothing_even_after_approval(approved, browser):
    window = browser(approved.stranger)
    answers = [window.get(f"/allocation/{approved.run}"), window.get(f"/allocation/tenders/{approved.tender}")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert "2.622,37" not in window.get("/allocation/").text


def test_a_lead_opens_its_own_cells_only(app, approved, browser):
    with app.app_context():
        keys = {p.member.name: p.member.key for p in db.session.get(AllocationRun, approved.run).tender.participants}
    window = browser(approved.adorf)
    assert "Warum dieser Betrag?" in window.get(f"/allocation/{approved.run}/cells/A/{keys['Adorf']}").text
    assert window.get(f"/allocation/{approved.run}/cells/A/{keys['Bstadt']}").status_code == 404


def test_a_lead_can_neither_compose_nor_sign(approved, browser):
    window = browser(approved.adorf)
    assert window.get(f"/allocation/tenders/{approved.tender}/new").status_code == 403
    assert window.post(f"/allocation/{approved.run}/approve").status_code == 403


def test_a_cell_shows_its_calculation(app, case, browser):
    with app.app_context():
        key = db.session.scalars(sa.select(AllocationRun)).one().tender.participants[0].member.key
    window = browser(case.officer)
    assert "30 % von 500,00 € = 150,00 €." in window.get(f"/allocation/{case.run}/cells/A/{key}").text
    assert "Umsatzsteuer, Fall V1" in window.get(f"/allocation/{case.run}/cells/USt/{key}").text
    assert window.get(f"/allocation/{case.run}/cells/Z/{key}").status_code == 404
    assert window.get(f"/allocation/{case.run}/cells/A/99999999").status_code == 404


def test_the_page_of_a_run_proves_its_sum_and_names_who_signs_next(case, browser):
    page = browser(case.officer).get(f"/allocation/{case.run}").text
    assert "Summe geprüft: 4.920,00 € = Rechnungen 4.800,00 € + Verbandskosten 120,00 €, Differenz 0,00 €" in page
    assert "Prüfen und bestätigen" in page
    assert "Adorf trägt 45,0 % der Kosten" in page
    assert "Petra Beispiel" in page


def test_the_preparer_reads_why_the_button_is_locked(case, browser):
    page = browser(case.preparer).get(f"/allocation/{case.run}").text
    assert "Sie haben diese Fassung berechnet. Prüfen muss sie eine andere Person (Vier-Augen-Prinzip)." in page


def test_an_auditor_reads_everything_and_finds_no_button(case, browser):
    window = browser(case.auditor)
    page = window.get(f"/allocation/{case.run}").text
    assert "2.622,37" in page
    assert f"/allocation/{case.run}/check" not in page
    assert window.post(f"/allocation/{case.run}/check").status_code == 403
    assert "Kostenaufteilung berechnen" not in window.get(f"/allocation/tenders/{case.tender}").text


def test_two_people_check_and_approve_by_button(app, case, browser, saved):
    assert browser(case.officer).post(f"/allocation/{case.run}/check", {"version": "1"}).status_code == 303
    with saved():
        third = make.officer().id
    stale = browser(third).post(f"/allocation/{case.run}/approve", {"version": "1"})
    assert (stale.status_code, state_of(app, case.run)) == (409, RunState.CHECKED)
    assert browser(third).post(f"/allocation/{case.run}/approve", {"version": "2"}).status_code == 303
    assert state_of(app, case.run) is RunState.APPROVED


def test_a_checked_run_tells_who_may_not_approve_it(case, browser, saved):
    with saved():
        run = actions.check(db.session.get(AllocationRun, case.run), by=db.session.get(Account, case.officer))
        adorf = run.tender.participants[0].member
        reporter = demand.demand_of(run.tender.round, adorf).submitted_by
        actions_accounts.assign_role(reporter, Role.OFFICER, by=make.administrator())
        reporter_id = reporter.id
    page = browser(reporter_id).get(f"/allocation/{case.run}").text
    assert "Sie haben in der Bedarfsrunde dieser Ausschreibung Bedarf gemeldet." in page
    assert "Kostenaufteilung freigeben" in browser(case.officer).get(f"/allocation/{case.run}").text


def test_discarding_by_form_asks_for_the_reason(app, case, browser):
    window = browser(case.officer)
    refused = [window.post(f"/allocation/{case.run}/discard", {"reason": text}) for text in ("", "kurz")]
    assert [answer.status_code for answer in refused] == [422, 422]
    assert "Bitte den Grund angeben." in refused[0].text
    assert "Bitte begründen Sie das Verwerfen in einem Satz." in refused[1].text
    done = window.post(f"/allocation/{case.run}/discard", {"reason": "Der Zeitraum war falsch.", "version": "1"})
    assert (done.status_code, state_of(app, case.run)) == (303, RunState.DISCARDED)
    assert "Der Zeitraum war falsch." in window.get(f"/allocation/{case.run}").text


def test_the_form_of_a_new_run_is_filled_from_the_award_and_only_lacks_own_cost(app, saved, browser):
    with saved():
        tender_id, officer_id = allocation.awarded_tender().id, make.officer().id
    window = browser(officer_id)
    sent = fields_of(window.get(f"/allocation/tenders/{tender_id}/new").text)
    assert [sent[f"blocks-{n}-key"] for n in range(4)] == ["mixed", "actual_quantity", "clients", "volume"]
    assert [sent[f"lines-{n}-block"] for n in range(3)] == ["B", "A", "C"]
    assert sent["lines-2-quantity"] == "1"
    lacking = window.post(f"/allocation/tenders/{tender_id}/new", sent)
    assert lacking.status_code == 422
    assert "Kostenblock D: Es fehlen die Kosten" in lacking.text
    own = {"blocks-3-amount": "120,00", "blocks-3-evidence": "Stundennachweis"}
    preview = window.post(f"/allocation/tenders/{tender_id}/new", sent | own | {"preview": "1"})
    assert (preview.status_code, runs(app)) == (200, 0)
    assert "Vorschau, noch nicht gespeichert" in preview.text
    assert "2.622,37" in preview.text
    stored = window.post(f"/allocation/tenders/{tender_id}/new", sent | own)
    assert (stored.status_code, runs(app)) == (303, 1)
    assert "2.622,37" in window.get(stored.location).text


def test_a_preview_leaves_the_key_of_its_form_for_the_real_step(app, saved, browser):
    with saved():
        tender_id, officer_id = allocation.awarded_tender().id, make.officer().id
    window, key = browser(officer_id), {"idempotency_key": "ein-und-derselbe-schluessel"}
    sent = fields_of(window.get(f"/allocation/tenders/{tender_id}/new").text) | {"blocks-3-is_dropped": "y"} | key
    assert window.post(f"/allocation/tenders/{tender_id}/new", sent | {"preview": "1"}).status_code == 200
    assert window.post(f"/allocation/tenders/{tender_id}/new", sent).status_code == 303
    assert window.post(f"/allocation/tenders/{tender_id}/new", sent).status_code == 303
    assert runs(app) == 1


def test_another_block_is_offered_without_losing_what_was_typed(app, saved, browser):
    with saved():
        tender_id, officer_id = allocation.awarded_tender().id, make.officer().id
    window = browser(officer_id)
    sent = fields_of(window.get(f"/allocation/tenders/{tender_id}/new").text) | {"title": "Mein Titel", "add": "1"}
    page = window.post(f"/allocation/tenders/{tender_id}/new", sent).text
    again = fields_of(page)
    assert (again["title"], again["blocks-4-number"], runs(app)) == ("Mein Titel", "E", 0)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"lines-0-block": "Q"}, "Block „Q“ gibt es nicht."),
        ({"lines-0-line_id": "abc"}, "Eine Position ist nicht lesbar."),
        ({"lines-0-quantity": "12.5"}, "ist keine eindeutige Zahl"),
        ({"blocks-0-share_equal": "40"}, "Die Anteile des Mischschlüssels ergeben 110 % statt 100 %."),
        ({"title": ""}, "Bitte einen Titel eingeben."),
        ({"period_from": ""}, "Bitte den ersten Tag angeben."),
    ],
)
def test_what_was_typed_wrongly_is_named(app, saved, browser, typed, message):
    with saved():
        tender_id, officer_id = allocation.awarded_tender().id, make.officer().id
    window = browser(officer_id)
    own = {"blocks-3-amount": "120,00", "blocks-3-evidence": "Stundennachweis"}
    sent = fields_of(window.get(f"/allocation/tenders/{tender_id}/new").text) | own | typed
    answer = window.post(f"/allocation/tenders/{tender_id}/new", sent)
    assert answer.status_code == 422
    assert message in answer.text
    assert runs(app) == 0


def test_a_correction_shows_both_versions_the_reason_and_the_difference(app, approved, browser, saved):
    window = browser(approved.officer)
    sent = fields_of(window.get(f"/allocation/{approved.run}/correct").text)
    changed = sent | {"vat_case": "taxed_19", "reason": "Das Finanzamt hält die Leistung für steuerpflichtig."}
    assert window.post(f"/allocation/{approved.run}/correct", changed | {"preview": "1"}).status_code == 200
    made = window.post(f"/allocation/{approved.run}/correct", changed)
    assert made.status_code == 303
    page = window.get(made.location).text
    assert "Das Finanzamt hält die Leistung für steuerpflichtig." in page
    assert "22,80" in page  # 19 % on the own cost of 120.00
    with saved():
        allocation.taken_to_approval(db.session.scalar(sa.select(AllocationRun).filter_by(number=2)))
    lead = browser(approved.adorf)
    assert "ersetzt durch Fassung 2" in lead.get("/allocation/").text
    assert "Diese Fassung gilt nicht mehr" in lead.get(f"/allocation/{approved.run}").text
    assert "Geändert gegenüber Fassung 1" in lead.get(made.location).text


def test_an_approved_run_offers_no_further_signature(approved, browser):
    page = browser(approved.officer).get(f"/allocation/{approved.run}").text
    assert "Freigegeben: Die Beträge stehen fest." in page
    assert f"/allocation/{approved.run}/discard" not in page
    assert browser(approved.officer).post(f"/allocation/{approved.run}/approve").status_code == 422


def test_the_tab_says_why_nothing_can_be_calculated_yet(saved, browser):
    with saved():
        officer = make.officer()
        tender_id, officer_id = tenders.published_tender(officers=[officer, make.officer()]).id, officer.id
    window = browser(officer_id)
    assert "Der Zuschlag ist noch nicht erteilt" in window.get(f"/allocation/tenders/{tender_id}").text
    assert "Der Zuschlag ist noch nicht erteilt" in window.get(f"/allocation/tenders/{tender_id}/new").text


def test_the_list_names_every_run_with_tender_and_total(approved, browser):
    page = browser(approved.auditor).get("/allocation/").text
    assert "Firewall, Jahr 1" in page
    assert "5.832,00" in page
    assert "Freigegeben" in page


def test_a_second_version_that_charges_a_one_off_line_again_warns_the_checker(approved, browser, saved):
    with saved():
        tender = db.session.get(AllocationRun, approved.run).tender
        run_id = allocation.calculated_run(tender, title="Noch einmal").id
    page = browser(approved.officer).get(f"/allocation/{run_id}").text
    assert "Position FW-1 Cluster ist schon in Fassung 1 „Firewall, Jahr 1“ abgerechnet." in page
