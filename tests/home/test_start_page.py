"""The start page as each role sees it: what waits, nothing of others, a fixed number of statements."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa

from procurement.allocation.queries import own_costs
from procurement.core import clock, filters
from procurement.core.db import db
from procurement.core.permissions import Role
from procurement.members.models import Account, LoginAttempt
from tests.factories import allocation, bids, demand, evaluation, tenders
from tests.factories import members as make

# An officer's page needs six of them for what keeps planned tenders from publication: lots and lines, criteria,
# estimates, participation, and two that hold the members' demand against the lines. Further ones read the announced
# rules over several lots, what is open on opened bids, and what is owed until a day.
OWN_STATEMENTS = {"lead": 8, "officer": 15, "auditor": 4, "administrator": 8}


@contextmanager
def counted(app):
    """The SQL statements run inside, without what begins and ends transactions."""
    statements = []

    def note(_connection, _cursor, statement, *_rest):
        statements.append(statement)

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)


def own_statements(app, window):
    """How many statements the start page runs beyond those of a page that only has the frame."""
    with counted(app) as frame:
        assert window.get("/members/password").status_code == 200
    with counted(app) as start:
        assert window.get("/").status_code == 200
    return len(start) - len(frame)


@pytest.fixture
def busy(saved):
    """An association with something in every stage; the accounts by role."""
    with saved():
        make.association()
        adorf, bstadt, cdorf = allocation.three_members()
        officer, second = make.officer("Petra"), make.officer("Jonas")
        lead = make.lead(adorf)
        round_ = demand.round_with(["1.01", "1.02"], [adorf, bstadt], officer=officer, title="Arbeitsplätze")
        demand.draft(round_, adorf, {"1.01": 3}, by=lead)
        tenders.planned_tender(members=[adorf, bstadt, cdorf], officer=officer, title="Netzwerk")
        tenders.published_tender(members=[adorf, bstadt, cdorf], officers=[officer, second], title="Telefonie")
        lot = evaluation.evaluated_lot(members=[adorf, bstadt, cdorf], officers=[officer, second], title="Monitore")
        evaluation.proposed(lot, by=second)
        paid = allocation.awarded_tender([adorf, bstadt, cdorf])
        paid.title = "Firewall"
        allocation.approved_run(paid)
        allocation.calculated_run(paid, by=second)
        return {
            "lead": lead.id,
            "officer": officer.id,
            "auditor": make.auditor().id,
            "administrator": make.administrator().id,
            "second": second.id,
        }


@pytest.mark.parametrize("role", ["lead", "officer", "auditor", "administrator"])
def test_each_start_page_needs_few_statements(app, browser, busy, role):
    assert own_statements(app, browser(busy[role])) <= OWN_STATEMENTS[role]


def test_more_tenders_and_rounds_do_not_mean_more_statements(app, browser, saved, busy):
    before = {role: own_statements(app, browser(busy[role])) for role in ("officer", "auditor")}
    with saved():
        for number in range(3):
            tenders.planned_tender(title=f"Weitere {number}")
            evaluation.evaluated_lot(title=f"Gewertet {number}")
    assert {role: own_statements(app, browser(busy[role])) for role in before} == before


def test_an_officer_finds_tasks_of_every_stage(browser, busy):
    page = browser(busy["officer"]).get("/").text
    for label in (
        "Ausschreibung vorbereiten: Netzwerk",
        "Zuschlag bestätigen: Monitore",
        "Kostenaufteilung prüfen: Firewall",
        "Angebotsfrist: Telefonie",
        "Bedarf melden: Arbeitsplätze",
        "0 von 2 haben geantwortet",
    ):
        assert label in page
    assert "Es ist noch keine Wertungsmethode gewählt." in page
    others = page.partition("Liegt bei anderen")[2].partition("</ul>")[0]
    assert "Teilnahme bestätigen: Netzwerk" in others
    assert others.count("<li>") == 1


def test_whoever_proposed_or_calculated_finds_it_with_others(browser, busy):
    page = browser(busy["second"]).get("/").text
    others = page.partition("Liegt bei anderen")[2]
    assert "Zuschlag bestätigen: Monitore" in others
    assert "Kostenaufteilung prüfen: Firewall" in others


def test_bids_are_opened_by_two_people_one_after_the_other(browser, saved, hand):
    with saved():
        officers = [make.officer("Petra"), make.officer("Jonas")]
        tender = tenders.published_tender(officers=officers, title="Telefonie")
        first, second = bids.officers_of(tender)
        first_id, second_id = first.id, second.id
        deadline = tender.bid_deadline_at
    hand.moment = deadline + timedelta(hours=1)
    assert "zwei Personen öffnen gemeinsam" in browser(first_id).get("/").text
    with saved():
        bids.half_opened(db.session.merge(tender))
    assert "von Ihnen freigegeben, die zweite Person fehlt noch" in browser(first_id).get("/").text
    assert "hat freigegeben, die zweite Person fehlt noch" in browser(second_id).get("/").text


def test_a_round_past_its_deadline_is_to_be_closed_and_names_who_is_missing(browser, saved, hand):
    with saved():
        officer_id = make.officer().id
        demand.round_with(["1.01"], [make.member("Laer"), make.member("Velen")], title="Server")
    hand.moment += timedelta(days=19)
    page = browser(officer_id).get("/").text
    assert "Bedarfsrunde schließen: Server" in page
    assert "2 von 2 ohne Antwort: Laer, Velen" in page


def test_a_lead_sees_own_rounds_cases_and_costs_and_nothing_of_others(browser, busy):
    page = browser(busy["lead"]).get("/").text
    assert "1 von 2 Artikeln beantwortet" in page
    for title in ("Arbeitsplätze", "Telefonie", "Monitore", "Firewall"):
        assert title in page
    assert page.count("Netzwerk") == 1  # planned: its member is asked to take part, and no more is shown
    assert "Teilnahme bestätigen: Netzwerk" in page
    for hidden in ("Bstadt", "Cdorf", "Netz GmbH", "Kabel AG", allocation.SUPPLIER):
        assert hidden not in page


def test_a_lead_of_a_member_that_takes_no_part_finds_empty_states(browser, saved, busy):
    with saved():
        stranger = make.lead(make.member("Fremdstadt")).id
    page = browser(stranger).get("/").text
    assert "Zurzeit ist keine Bedarfsrunde offen." in page
    assert "Firewall" not in page
    assert "Noch keine Vorgänge." in page


def test_a_lead_reads_its_gross_share_of_the_approved_allocation_only(browser, saved, busy):
    with saved():
        (own,) = own_costs(db.session.get(Account, busy["lead"]))
        share = filters.amount(own.gross)
    page = browser(busy["lead"]).get("/").text
    costs = page.partition("Ihre letzten Kostenaufteilungen")[2]
    assert share in costs
    assert "Fassung 1" in costs  # version 2 is only calculated
    assert "Fassung 2" not in costs


def test_an_auditor_finds_unusual_cases_and_papers(browser, busy):
    page = browser(busy["auditor"]).get("/").text
    assert "nur ein Angebot" in page  # the firewall case has one bidder
    assert "geöffnet auf anderer Plattform" in page
    assert "Zuletzt freigegebene Kostenaufteilungen" in page
    assert "diese Seite prüft sie nicht" in page


def test_an_administrator_of_an_empty_installation_gets_first_steps(browser, saved):
    with saved():
        administrator = make.administrator().id
    page = browser(administrator).get("/").text
    assert "Erste Schritte" in page
    assert "Zwei Konten der Vergabestelle anlegen" in page


def test_an_administrator_sees_failed_sign_ins_of_a_day_and_members_without_lead(browser, saved, busy):
    with saved():
        make.account(name="Ohne Amt")
        for hours in (1, 2, 23, 25):
            at = clock.now() - timedelta(hours=hours)
            db.session.add(LoginAttempt(at=at, email="x@kaaw.example", address="10.0.0.1", succeeded=False))
    page = browser(busy["administrator"]).get("/").text
    assert "Ohne Amt" in page
    assert "1 Kontonamen, 1 Adressen" in page
    assert "Erste Schritte" not in page
    without = page.partition("Diese Mitglieder können keinen Bedarf melden:")[2]
    assert "Adorf" not in without.partition("</p>")[0]


def test_an_account_without_a_role_is_told_whom_to_ask(browser, saved):
    with saved():
        account_id = make.account().id
    assert "Ihr Konto hat noch keine Rolle." in browser(account_id).get("/").text


def test_an_account_with_two_roles_gets_both_sections(browser, saved):
    with saved():
        member = make.member("Laer")
        account = make.lead(member)
        make.actions_accounts.assign_role(account, Role.OFFICER, None, by=make.COMMAND_LINE)
        account_id = account.id
    page = browser(account_id).get("/").text
    assert "Offen für Sie" in page
    assert "Was heute wartet" in page


def test_before_the_first_round_an_officer_is_led_to_it(browser, saved):
    with saved():
        officer_id = make.officer().id
    page = browser(officer_id).get("/").text
    assert "Noch läuft nichts." in page
    assert "/demand/new" in page
