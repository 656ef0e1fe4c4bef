"""Whether a member wants a second person to release what is submitted for it."""

from procurement.audit.actions import record
from procurement.audit.actor import Actor
from procurement.audit.events import Event
from procurement.core.errors import Conflict, Refused
from procurement.core.mail import enqueue_mail
from procurement.members import queries_own
from procurement.members.models import Account, Member

FEWEST_PEOPLE = 2
WORDS = {True: "wird verlangt", False: "wird nicht verlangt"}


def choose_approval(member: Member, *, wanted: bool, by: Actor, seen_version: int | None = None) -> Member:
    """Switch the second release on or off; on needs two people who lead the member; the others are told by mail."""
    if seen_version is not None and seen_version != member.version:
        raise Conflict
    if wanted and len(queries_own.leads_of(member)) < FEWEST_PEOPLE:
        raise Refused(
            "Eine zweite Freigabe braucht mindestens zwei Personen mit der Rolle IT-Leitung bei diesem Mitglied. "
            "Bitte zuerst eine zweite Person durch die Administration einrichten lassen."
        )
    if isinstance(by, Account) and member.id in by.delegated_member_ids - by.own_member_ids:
        raise Refused("Ob eine zweite Person freigibt, entscheidet die IT-Leitung selbst, nicht ihre Vertretung.")
    before, member.requires_approval = member.requires_approval, wanted
    changes = {"Zweite Freigabe": (WORDS[before], WORDS[wanted])}
    record(Event.APPROVAL_CHOSEN, member, by=by, changes=changes, member_id=member.id)
    for person in queries_own.leads_of(member):
        if person.id != by.id:
            text = f"Guten Tag {person.name},\n\n{by.name} hat die zweite Freigabe für {member.name} umgestellt: Sie "
            enqueue_mail(person.email, f"Zweite Freigabe bei {member.name}", f"{text}{WORDS[wanted]}.\n")
    return member
