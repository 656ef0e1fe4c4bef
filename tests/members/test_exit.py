"""A member leaves: from a day on, with a reason, and the procurement office learns of it."""

from datetime import date

import pytest

from procurement.audit.queries import history_of
from procurement.core.db import db
from procurement.core.errors import Conflict, Refused
from procurement.core.mail import OutgoingMail
from procurement.members import actions_exit, queries
from procurement.members.membership import ExitEntry, Membership, objections_to_leaving
from tests.factories import members as make

TODAY = date(2026, 11, 23)
YEAR_END = ExitEntry(date(2027, 1, 1), "Kündigung vom 02.06.2026")


def reasons(entry=YEAR_END, **member):
    return [o.text for o in objections_to_leaving(entry, Membership("Laer", **member), today=TODAY)]


def test_a_member_leaves_today_or_later_with_a_reason():
    assert reasons() == []
    assert reasons(ExitEntry(TODAY, "Auflösung")) == []
    assert reasons(ExitEntry(date(2026, 11, 22), "Auflösung")) == [
        "Ein Austritt wirkt nicht zurück. Bitte einen Tag ab heute angeben."
    ]
    (reason,) = reasons(ExitEntry(TODAY, " "))
    assert reason.startswith("Bitte den Grund des Austritts nennen")


def test_an_exit_to_come_may_get_another_day_one_that_happened_may_not():
    assert reasons(left_on=date(2026, 12, 1)) == []
    assert reasons(left_on=TODAY) == ["Laer ist schon zum 23.11.2026 ausgetreten."]
    assert reasons(left_on=TODAY, has_successor=True) == [
        "Laer ist in einem anderen Mitglied aufgegangen und kann nicht austreten."
    ]


def test_the_exit_is_on_record_with_what_was_open_and_every_officer_is_told(context):
    laer = make.member("Laer")
    officers = [make.officer("Petra"), make.officer("Olaf")]
    make.lead(laer), make.auditor()
    actions_exit.leave(laer, YEAR_END, ["Ausschreibung V-1 Firewall (Veröffentlicht)"], by=officers[0])
    assert laer.left_on == date(2027, 1, 1)
    (entry,) = history_of("member", laer.id, 1)
    assert (entry.text, "Endet zum: – → 01.01.2027" in entry.worded_changes) == ("Austritt erfasst", True)
    mails = list(db.session.query(OutgoingMail))
    assert {mail.recipient for mail in mails} == {officer.email for officer in officers}
    assert all("Ausschreibung V-1 Firewall" in mail.text for mail in mails)
    with pytest.raises(Conflict):
        actions_exit.leave(laer, YEAR_END, by=officers[0], seen_version=1)
    with pytest.raises(Refused):
        actions_exit.leave(laer, ExitEntry(TODAY, ""), by=officers[0])


def test_the_list_of_a_day_holds_who_is_a_member_on_it(context):
    officer = make.officer()
    laer, ahaus = make.member("Laer"), make.member("Ahaus", joined_on=date(2027, 1, 1))
    actions_exit.leave(laer, YEAR_END, by=officer)
    assert queries.members(on=date(2026, 12, 31)) == [laer]
    assert queries.members(on=date(2027, 1, 1)) == [ahaus]
    assert queries.members() == [ahaus, laer]


def test_changing_a_members_entry_keeps_the_day_of_its_exit(saved, browser):
    with saved():
        laer, officer = make.member("Laer", "05566036"), make.officer()
        actions_exit.leave(laer, YEAR_END, by=officer)
        officer_id = officer.id
    fields = {
        "name": "Laer",
        "key": "05566036",
        "kind": "municipality",
        "population_basis": "own",
        "district": "Steinfurt",
    }
    assert browser(officer_id).post("/members/1/edit", fields).status_code == 303
    with saved():
        assert (queries.member(1).district, queries.member(1).left_on) == ("Steinfurt", date(2027, 1, 1))
