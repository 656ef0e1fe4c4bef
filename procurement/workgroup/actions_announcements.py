"""Announcements: publish, mark as read, remind those who have not read, withdraw with a reason.

Mails are put into the outbox in the same transaction: no announcement without its mails, no mail without it.
"""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from procurement.audit.actions import Change, record
from procurement.audit.events import Event
from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import refuse_if
from procurement.core.filters import short_day
from procurement.core.links import absolute
from procurement.core.mail import enqueue_mail
from procurement.members.models import Account, Member
from procurement.workgroup import announcement_rules as rules
from procurement.workgroup import queries_announcements as queries
from procurement.workgroup.actions_guard import hold
from procurement.workgroup.entries import AnnouncementEntry, plain, tidied
from procurement.workgroup.models import Addressee, Announcement, Reading
from procurement.workgroup.rules import objections_to_reason
from procurement.workgroup.states import AnnouncementState

Words = dict[str, Change | str]
SUBJECT_LENGTH = 120


def publish(entry: AnnouncementEntry, chosen: Sequence[Member] = (), *, by: Account) -> Announcement:
    """Publish an announcement to all members or to the chosen ones and write to their leads."""
    wanted = tidied(entry)
    refuse_if(rules.objections_to_announcement(wanted, addressees=len(chosen), today=clock.today()))
    made = Announcement(
        title=wanted.title,
        text=wanted.text,
        is_for_all=wanted.is_for_all,
        valid_until=wanted.valid_until,
        state=AnnouncementState.PUBLISHED,
        published_at=clock.now(),
        published_by_id=by.id,
    )
    db.session.add(made)
    db.session.flush()
    if not made.is_for_all:
        rows = [{"announcement_id": made.id, "member_id": member_id} for member_id in {one.id for one in chosen}]
        db.session.execute(sa.insert(Addressee), rows)
    people = queries.recipients(made)
    _write_to(people, made, "Neue Mitteilung", "im Arbeitskreis gibt es eine neue Mitteilung:")
    addressed = "alle" if made.is_for_all else ", ".join(one.name for one in queries.addressed_members(made))
    words: Words = {"An": addressed, "E-Mails": str(len(people))}
    if made.valid_until:
        words["Gültig bis"] = short_day(made.valid_until)
    record(Event.ANNOUNCEMENT_PUBLISHED, made, by=by, changes=words)
    return made


def _write_to(people: Iterable[Account], announcement: Announcement, occasion: str, opening: str) -> None:
    """One mail per person; no reader learns the addresses of the others."""
    link = absolute("workgroup.announcement", announcement_id=announcement.id)
    subject = f"{occasion}: {' '.join(announcement.title.split())}"[:SUBJECT_LENGTH]
    for person in people:
        text = rules.mail_text(f"Guten Tag, {person.name},\n\n{opening}", announcement.title, announcement.text, link)
        enqueue_mail(person.email, subject, text)


def mark_read(announcement: Announcement, *, by: Account) -> Reading:
    """Note that this person has read the announcement; a second time changes nothing."""
    refuse_if(rules.objections_to_reading(announcement, is_addressed=queries.is_addressed(announcement, by)))
    earlier = queries.reading_of(announcement, by)
    if earlier is not None:
        return earlier
    made = Reading(announcement_id=announcement.id, account_id=by.id, read_at=clock.now())
    db.session.add(made)
    record(Event.ANNOUNCEMENT_READ, announcement, by=by)
    return made


def remind(announcement: Announcement, *, by: Account, seen_version: int | None = None) -> Announcement:
    """Write once more to the people who have not marked the announcement as read."""
    hold(announcement, seen_version)
    people = queries.recipients(announcement, unread_only=True)
    reminded = clock.in_berlin(announcement.reminded_at).date() if announcement.reminded_at else None
    refuse_if(rules.objections_to_reminding(announcement, len(people), today=clock.today(), reminded_on=reminded))
    announcement.reminded_at = clock.now()
    _write_to(people, announcement, "Erinnerung", "diese Mitteilung ist noch nicht als gelesen markiert:")
    words: Words = {"Erinnert": ", ".join(person.name for person in people)}
    record(Event.ANNOUNCEMENT_REMINDED, announcement, by=by, changes=words)
    return announcement


def withdraw_announcement(
    announcement: Announcement, reason: str, *, by: Account, seen_version: int | None = None
) -> Announcement:
    """Withdraw an announcement; it stays visible with the reason."""
    hold(announcement, seen_version)
    needed = objections_to_reason(reason, "Bitte begründen, warum die Mitteilung zurückgezogen wird.")
    refuse_if(rules.objections_to_withdrawing(announcement) or needed)
    announcement.state, announcement.withdrawn_at = AnnouncementState.WITHDRAWN, clock.now()
    announcement.withdrawal_reason = plain(reason)
    words: Words = {
        "Zustand": (AnnouncementState.PUBLISHED, AnnouncementState.WITHDRAWN),
        "Begründung": announcement.withdrawal_reason,
    }
    record(Event.ANNOUNCEMENT_WITHDRAWN, announcement, by=by, changes=words)
    return announcement
