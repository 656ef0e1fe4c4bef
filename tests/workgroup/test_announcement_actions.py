"""Announcements: who sees them, who is written to, who has read them."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from procurement.core.db import db
from procurement.core.errors import Conflict, NotFound, Refused
from procurement.core.mail import OutgoingMail
from procurement.workgroup import actions_announcements as actions
from procurement.workgroup import queries_announcements as queries
from procurement.workgroup.states import AnnouncementState
from tests.factories import members as make
from tests.factories import workgroup

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def ahaus():
    return make.member("Ahaus")


@pytest.fixture
def borken():
    return make.member("Borken")


def mails():
    return [(mail.recipient, mail.subject) for mail in db.session.scalars(sa.select(OutgoingMail).order_by("id"))]


def test_an_announcement_for_chosen_members_does_not_exist_for_others(ahaus, borken):
    chosen, other = make.lead(ahaus), make.lead(borken)
    told = workgroup.announcement([ahaus])
    assert queries.announcement_for(chosen, told.id) is told
    with pytest.raises(NotFound):
        queries.announcement_for(other, told.id)
    assert queries.announcements(other) == []
    for reader in (make.officer(), make.auditor()):
        assert queries.announcement_for(reader, told.id) is told


def test_every_lead_of_the_addressed_members_is_written_to_once(ahaus, borken):
    both = make.account(make.Role.MEMBER_LEAD, ahaus, email="both@kaaw.example")
    make.actions_accounts.assign_role(both, make.Role.MEMBER_LEAD, borken, by=make.COMMAND_LINE)
    make.account(make.Role.MEMBER_LEAD, borken, email="ulrike@borken.example")
    gone = make.account(make.Role.MEMBER_LEAD, borken, email="weg@borken.example")
    gone.is_active = False
    make.officer()
    told = workgroup.announcement(title="Sitzung\nfällt aus")
    assert sorted(mails()) == [
        ("both@kaaw.example", "Neue Mitteilung: Sitzung fällt aus"),
        ("ulrike@borken.example", "Neue Mitteilung: Sitzung fällt aus"),
    ]
    text = db.session.scalar(sa.select(OutgoingMail.text).limit(1))
    assert text.startswith("Guten Tag, ")
    assert f"/workgroup/announcements/{told.id}" in text


def test_reading_is_noted_once_and_counts_per_member(ahaus, borken):
    reader = make.lead(ahaus)
    make.lead(ahaus)
    make.lead(borken)
    told = workgroup.announcement()
    assert queries.unread(reader) == [told]
    first = actions.mark_read(told, by=reader)
    assert actions.mark_read(told, by=reader) is first
    assert queries.unread(reader) == []
    lines = [(line.member.name, line.people, line.read) for line in queries.readings(told)]
    assert lines == [("Ahaus", 2, 1), ("Borken", 1, 0)]


def test_the_office_cannot_mark_as_read_what_is_for_the_members():
    officer = make.officer()
    with pytest.raises(Refused, match="an die sich die Mitteilung richtet"):
        actions.mark_read(workgroup.announcement(by=officer), by=officer)


def test_only_who_has_not_read_is_reminded_and_once_a_day(ahaus, borken, hand):
    reader = make.account(make.Role.MEMBER_LEAD, ahaus, email="a@kaaw.example")
    make.account(make.Role.MEMBER_LEAD, borken, email="b@kaaw.example")
    told, officer = workgroup.announcement(title="Sitzung"), make.officer()
    actions.mark_read(told, by=reader)
    actions.remind(told, by=officer)
    assert mails()[2:] == [("b@kaaw.example", "Erinnerung: Sitzung")]
    with pytest.raises(Refused, match="Heute wurde schon erinnert"):
        actions.remind(told, by=officer)
    hand.moment += timedelta(days=1)
    actions.remind(told, by=officer)
    assert len(mails()) == 4


def test_after_its_last_day_an_announcement_waits_for_nobody(ahaus, hand):
    reader = make.lead(ahaus)
    told = workgroup.announcement(valid_until=date(2026, 11, 23))
    assert queries.unread(reader) == [told]
    hand.moment += timedelta(days=1)
    assert queries.unread(reader) == []
    assert [(one.announcement, one.has_run_out) for one in queries.announcements(reader)] == [(told, True)]
    with pytest.raises(Refused, match="abgelaufen"):
        actions.remind(told, by=make.officer())


def test_a_withdrawn_announcement_stays_visible_with_its_reason_and_waits_for_nobody(ahaus):
    reader, officer = make.lead(ahaus), make.officer()
    told = workgroup.announcement()
    with pytest.raises(Refused, match="begründen"):
        actions.withdraw_announcement(told, " ", by=officer)
    actions.withdraw_announcement(told, "Falscher Termin.", by=officer)
    assert queries.announcement_for(reader, told.id).withdrawal_reason == "Falscher Termin."
    assert queries.unread(reader) == []
    assert told.state is AnnouncementState.WITHDRAWN
    with pytest.raises(Refused, match="schon zurückgezogen"):
        actions.withdraw_announcement(told, "Noch einmal.", by=officer)
    with pytest.raises(Refused, match="zurückgezogen"):
        actions.mark_read(told, by=reader)


def test_reminding_on_an_older_state_is_a_conflict(ahaus):
    make.lead(ahaus)
    told = workgroup.announcement()
    actions.withdraw_announcement(told, "Falsch.", by=make.officer())
    db.session.flush()
    with pytest.raises(Conflict):
        actions.remind(told, by=make.officer(), seen_version=1)


def test_an_announcement_without_addressees_is_refused():
    with pytest.raises(Refused, match="mindestens ein Mitglied"):
        workgroup.announcement([])
