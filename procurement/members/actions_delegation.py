"""Naming a substitute for some days and ending the substitution: only for who leads the member by its own role."""

from procurement.audit.actions import record
from procurement.audit.events import Event
from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import NotFound, Refused, refuse_if
from procurement.core.mail import enqueue_mail
from procurement.core.permissions import Role
from procurement.members import queries
from procurement.members.delegation import DelegationEntry, Substitute, objections_to_delegating
from procurement.members.models import Account, Delegation, Member
from procurement.values.objection import Objection


def grant(member: Member, email: str, entry: DelegationEntry, *, by: Account) -> Delegation:
    """Let the account with this address act for the member on these days, with a mail that tells it so.

    The address is typed, not chosen: a list would show a lead who works for other members.
    """
    _refuse_strangers(member, by)
    person = queries.account_by_email(email)
    if person is None or not person.is_active:
        sentence = "Zu dieser E-Mail-Adresse gibt es kein aktives Benutzerkonto. Die Administration legt Konten an."
        raise Refused([Objection(sentence, "email")])
    refuse_if(objections_to_delegating(entry, _substitute(member, person, by), today=clock.today()))
    made = Delegation(
        member_id=member.id,
        to_account_id=person.id,
        starts_on=entry.starts_on,
        ends_on=entry.ends_on,
        reason=entry.reason.strip(),
        granted_by_id=by.id,
        granted_at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    db.session.expire(person, ["delegations"])
    days = f"{entry.starts_on:%d.%m.%Y} bis {entry.ends_on:%d.%m.%Y}"
    words = {"Vertretung durch": person.name, "Tage": days, "Anlass": made.reason}
    record(Event.DELEGATION_GRANTED, member, by=by, changes=words, member_id=member.id)
    text = f"Guten Tag {person.name},\n\n{by.name} hat Sie als Vertretung für {member.name} eingetragen: {days}."
    enqueue_mail(person.email, f"Vertretung für {member.name}", f"{text}\nAnlass: {made.reason}\n")
    return made


def _refuse_strangers(member: Member, by: Account) -> None:
    """A foreign member looks like none at all; a substitute is told why it cannot hand on."""
    if member.id not in by.member_ids:
        raise NotFound
    if member.id not in by.own_member_ids:
        raise Refused("Eine Vertretung kann nicht weitergeben, was ihr übertragen ist. Das kann nur die IT-Leitung.")


def _substitute(member: Member, person: Account, by: Account) -> Substitute:
    standing = [d for d in person.delegations if d.member_id == member.id and d.revoked_at is None]
    return Substitute(
        is_oneself=person.id == by.id,
        leads_member=member.id in person.own_member_ids,
        holds_office=any(assignment.role is not Role.MEMBER_LEAD for assignment in person.assignments),
        taken=tuple((d.starts_on, d.ends_on) for d in standing),
    )


def revoke(delegation: Delegation, *, by: Account) -> Delegation:
    """End a substitution at once; the person sees nothing of the member any more."""
    _refuse_strangers(delegation.member, by)
    if delegation.revoked_at is not None or delegation.ends_on < clock.today():
        raise Refused("Diese Vertretung ist schon beendet.")
    delegation.revoked_at = clock.now()
    words = {"Vertretung durch": delegation.to_account.name, "Tage": f"bis {delegation.ends_on:%d.%m.%Y}"}
    record(Event.DELEGATION_REVOKED, delegation.member, by=by, changes=words, member_id=delegation.member_id)
    return delegation
