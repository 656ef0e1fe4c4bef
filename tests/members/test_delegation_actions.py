"""Naming a substitute, ending the substitution, and the page "Meine Kommune"."""

from datetime import date

import pytest

from procurement.audit.queries import history_of
from procurement.core.db import db
from procurement.core.errors import NotFound, Refused
from procurement.core.mail import OutgoingMail
from procurement.core.permissions import Role
from procurement.members import actions_accounts, actions_approval, actions_delegation, queries_own
from procurement.members.delegation import DelegationEntry
from tests.factories import members as make

HOLIDAY = DelegationEntry(date(2026, 12, 1), date(2026, 12, 15), "Urlaub")


def test_a_substitute_is_named_by_address_and_told_by_mail(context):
    laer = make.member("Laer")
    lena, rosa = make.lead(laer, "Lena Leitung"), make.account(name="Rosa Ruhig", email="rosa@laer.example")
    actions_delegation.grant(laer, " Rosa@Laer.example ", HOLIDAY, by=lena)
    (entry,) = history_of("member", laer.id, 1)
    assert entry.text == "Vertretung eingetragen"
    assert "Vertretung durch: Rosa Ruhig" in entry.worded_changes
    (mail,) = db.session.query(OutgoingMail)
    assert (mail.recipient, mail.subject) == ("rosa@laer.example", "Vertretung für Laer")
    assert rosa.member_ids == frozenset()


def test_an_unknown_and_a_closed_account_are_refused_with_the_same_words(context):
    laer = make.member()
    lena, gone = make.lead(laer), make.account(email="weg@laer.example")
    actions_accounts.set_active(gone, active=False, by=lena)
    messages = []
    for address in ("niemand@laer.example", "weg@laer.example"):
        with pytest.raises(Refused) as refusal:
            actions_delegation.grant(laer, address, HOLIDAY, by=lena)
        messages.append(refusal.value.message)
    assert messages[0] == messages[1]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_whoever_holds_an_office_of_the_association_cannot_stand_in(context, role):
    laer = make.member()
    lena, other = make.lead(laer), make.account(role)
    with pytest.raises(Refused, match="nicht zugleich ein Mitglied"):
        actions_delegation.grant(laer, other.email, HOLIDAY, by=lena)


def test_the_lead_of_a_neighbour_may_stand_in_a_lead_of_the_own_member_need_not(context):
    laer, ahaus = make.member("Laer"), make.member("Ahaus")
    lena, luis, adam = make.lead(laer), make.lead(laer), make.lead(ahaus)
    actions_delegation.grant(laer, adam.email, HOLIDAY, by=lena)
    with pytest.raises(Refused, match="schon in eigener Rolle"):
        actions_delegation.grant(laer, luis.email, HOLIDAY, by=lena)
    with pytest.raises(Refused, match="nicht selbst"):
        actions_delegation.grant(laer, lena.email, HOLIDAY, by=lena)


def test_a_foreign_member_looks_like_none(context):
    laer, ahaus = make.member("Laer"), make.member("Ahaus")
    lena, rosa = make.lead(laer), make.account()
    with pytest.raises(NotFound):
        actions_delegation.grant(ahaus, rosa.email, HOLIDAY, by=lena)


def test_a_second_release_needs_two_people_and_is_on_record(context):
    laer = make.member("Laer")
    lena = make.lead(laer)
    with pytest.raises(Refused, match="mindestens zwei Personen"):
        actions_approval.choose_approval(laer, wanted=True, by=lena)
    luis = make.lead(laer)
    actions_approval.choose_approval(laer, wanted=True, by=lena)
    assert laer.requires_approval
    (entry,) = history_of("member", laer.id, 1)
    assert entry.worded_changes == ["Zweite Freigabe: wird nicht verlangt → wird verlangt"]
    (mail,) = db.session.query(OutgoingMail)
    assert (mail.recipient, "Sie wird verlangt." in mail.text) == (luis.email, True)


@pytest.fixture
def lead(saved, browser):
    """The lead of Laer (member 1), with a colleague; Rosa has an account without a role."""
    with saved():
        laer = make.member("Laer")
        lena_id = make.lead(laer, "Lena Leitung").id
        make.lead(laer, "Luis Leitung")
        make.lead(make.member("Ahaus"), "Adam Ahaus")
        make.account(name="Rosa Ruhig", email="rosa@laer.example")
    return browser(lena_id)


def test_the_page_names_colleagues_of_the_own_member_only(lead):
    page = lead.get("/members/own").text
    assert "Lena Leitung" in page
    assert "Luis Leitung" in page
    assert "Adam Ahaus" not in page
    assert 'href="/members/own"' in lead.get("/").text


def test_a_lead_names_a_substitute_and_ends_the_substitution_on_the_page(saved, lead):
    days = {"starts_on": "2026-11-23", "ends_on": "2026-11-27", "reason": "Urlaub"}
    refused = lead.post("/members/own/1/delegations", days | {"email": "niemand@laer.example"})
    assert refused.status_code == 422
    assert 'value="niemand@laer.example"' in refused.text
    assert lead.post("/members/own/1/delegations", days | {"email": "rosa@laer.example"}).status_code == 303
    assert "Rosa Ruhig" in lead.get("/members/own").text
    assert lead.post("/members/own/delegations/1/revoke").status_code == 303
    with saved():
        assert queries_own.current_delegations(queries_own.db.session.get(make.Member, 1)) == []
    assert lead.post("/members/own/2/delegations", days | {"email": "rosa@laer.example"}).status_code == 404


def test_the_second_release_is_switched_on_the_page(lead):
    assert "Zweite Freigabe verlangen" in lead.get("/members/own").text
    assert lead.post("/members/own/1/approval", {"wanted": "1", "version": "1"}).status_code == 303
    assert "Zweite Freigabe abschalten" in lead.get("/members/own").text
    assert lead.post("/members/own/2/approval", {"wanted": "1"}).status_code == 404
    assert lead.post("/members/own/1/approval", {"wanted": "0", "version": "1"}).status_code == 409


def test_the_administration_switches_it_on_the_members_page(saved, browser):
    with saved():
        laer = make.member("Laer")
        make.lead(laer), make.lead(laer)
        administrator_id, officer_id = make.administrator().id, make.officer().id
    window = browser(administrator_id)
    assert "Zweite Freigabe verlangen" in window.get("/members/1").text
    assert window.post("/members/1/approval", {"wanted": "1"}).status_code == 303
    assert browser(officer_id).post("/members/1/approval", {"wanted": "0"}).status_code == 403


def test_the_administration_makes_an_account_without_a_role(saved, browser):
    with saved():
        administrator_id = make.administrator().id
    fields = {"name": "Rosa Ruhig", "email": "rosa@laer.example", "password": make.PASSWORD, "role": "", "member": "0"}
    window = browser(administrator_id)
    answer = window.post("/members/accounts/new", fields)
    assert answer.status_code == 303
    assert "Noch keine Rolle" in window.get(answer.location).text
