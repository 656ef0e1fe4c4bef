"""Reminding members: by button, and by the dates of the round; each mail goes through the outbox.

That a member was reminded is kept even when nobody could be written to: the cockpit then names it, and the date does
not try again every minute.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from procurement.audit.actions import record
from procurement.audit.actor import Actor
from procurement.audit.events import Event
from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import NotFound, Refused, refuse_if
from procurement.core.filters import moment
from procurement.core.links import absolute
from procurement.core.mail import enqueue_mail
from procurement.demand import queries_reminders as queries
from procurement.demand.actions_guard import hold
from procurement.demand.cockpit import objections_to_reminding
from procurement.demand.models import Demand, DemandRound, Reminder
from procurement.demand.queries_answers import contact_of
from procurement.demand.queries_reminders import Unanswered
from procurement.demand.reminder_text import RoundInWords, letter_to_lead, letter_to_office
from procurement.demand.states import ReminderKind
from procurement.members.models import Account
from procurement.values.objection import Objection

NOBODY_CHOSEN = "Bitte mindestens ein Mitglied wählen, das noch nicht geantwortet hat."
EVENTS = {
    ReminderKind.INVITATION: Event.INVITATIONS_WRITTEN,
    ReminderKind.REMINDER: Event.MEMBERS_REMINDED,
    ReminderKind.ESCALATION: Event.MEMBERS_REMINDED,
}


@dataclass(frozen=True, slots=True)
class Reminded:
    """Whom the mails reach, and which members have nobody to write to."""

    members: tuple[str, ...]
    unreachable: tuple[str, ...]


def remind(round_: DemandRound, member_ids: Collection[int] | None, *, by: Actor) -> Reminded:
    """Write to the chosen members that have not answered, or to all of them; who has answered is left alone."""
    hold(round_)
    refuse_if(objections_to_reminding(round_, clock.now()))
    chosen = queries.unanswered(round_, member_ids)
    if not chosen:
        raise Refused([Objection(NOBODY_CHOSEN, "member")])
    return _write(round_, chosen, ReminderKind.REMINDER, by=by)


def remind_when_due(round_: DemandRound, kind: ReminderKind, *, by: Actor) -> Reminded | None:
    """What the date of a round causes, each kind once per member; the last reminder also tells the office."""
    hold(round_)
    chosen = queries.due(round_, kind, clock.now())
    if not chosen:
        return None
    reminded = _write(round_, chosen, kind, by=by)
    if kind is ReminderKind.ESCALATION:
        _tell_office(round_)
    return reminded


def write_invitations(round_: DemandRound, *, by: Actor) -> Reminded | None:
    """Tell the leads of every invited member once that the round is open."""
    hold(round_)
    chosen = queries.uninvited(round_)
    return _write(round_, chosen, ReminderKind.INVITATION, by=by) if chosen else None


def mark_opened(demand: Demand, *, by: Account) -> Demand:
    """Note when the member's own people first looked at the round; nothing changes afterwards or for other readers."""
    if demand.member_id not in by.member_ids:
        raise NotFound
    # Past the version: a lead who is typing meanwhile must not be told that somebody changed the demand.
    seen = sa.update(Demand).where(Demand.id == demand.id, Demand.first_opened_at.is_(None))
    if db.session.scalar(seen.values(first_opened_at=clock.now()).returning(Demand.id)) is not None:
        record(Event.DEMAND_FIRST_OPENED, demand, by=by, member_id=demand.member_id)
    return demand


def _write(round_: DemandRound, chosen: Sequence[Unanswered], kind: ReminderKind, *, by: Actor) -> Reminded:
    asked, people = _in_words(round_), queries.addressees([one.member_id for one in chosen])
    for one in chosen:
        link = absolute("demand.entry", round_id=round_.id, member_id=one.member_id)
        reached = people.get(one.member_id, [])
        for person in reached:
            letter = letter_to_lead(kind, asked, name=person.name, member=one.member_name, link=link)
            enqueue_mail(person.email, letter.subject, letter.text)
        listed = ", ".join(f"{person.name} <{person.email}>" for person in reached)
        made = Reminder(demand_id=one.demand_id, kind=kind, sent_at=clock.now(), by_id=by.id, recipients=listed)
        db.session.add(made)
    reminded = Reminded(
        tuple(one.member_name for one in chosen if one.member_id in people),
        tuple(one.member_name for one in chosen if one.member_id not in people),
    )
    words = {"Art": kind.label, "Mitglieder": ", ".join(reminded.members) or "niemand"}
    if reminded.unreachable:
        words["Ohne Empfänger"] = ", ".join(reminded.unreachable)
    record(EVENTS[kind], round_, by=by, changes=words)
    return reminded


def _tell_office(round_: DemandRound) -> None:
    missing = [one.member_name for one in queries.unanswered(round_)]
    link = absolute("demand.show", round_id=round_.id)
    for person in queries.office_addressees(round_):
        letter = letter_to_office(_in_words(round_), missing, name=person.name, link=link)
        enqueue_mail(person.email, letter.subject, letter.text)


def _in_words(round_: DemandRound) -> RoundInWords:
    return RoundInWords(round_.title, moment(round_.deadline_at), contact_of(round_))
