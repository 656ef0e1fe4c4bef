"""Binding participation: confirmed by the member's lead or by the procurement office with the signed document.

Everything happens before publication, which fixes who takes part and on which terms.
"""

from collections.abc import Sequence

from procurement.audit.actions import Change, record
from procurement.audit.actor import Actor
from procurement.audit.events import Event
from procurement.core import clock, filters, links, mail
from procurement.core.db import db
from procurement.core.downloads import PDF
from procurement.core.errors import Conflict, NotFound, Refused, refuse_if
from procurement.core.files import store
from procurement.members.models import Account
from procurement.members.queries_own import people_of
from procurement.tenders import participation, queries_participation
from procurement.tenders.actions_guard import hold_for_change
from procurement.tenders.models import Participant, Tender
from procurement.tenders.models_published import LateMember
from procurement.tenders.participation import Confirmation

Words = dict[str, Change | str]


def confirm_participation(participant: Participant, entry: Confirmation, *, by: Account) -> Participant:
    """Let a member take part bindingly, by its lead or the substitute of today."""
    if participant.member_id not in by.member_ids:
        raise NotFound
    needs_document = participant.tender.procurement_role in participation.WITH_MANDATE
    return _confirm(participant, entry, by, needs_document=needs_document)


def confirm_on_behalf(participant: Participant, entry: Confirmation, *, by: Actor) -> Participant:
    """The same by the procurement office for a member, which needs the signed document in any case."""
    return _confirm(participant, entry, by, needs_document=True)


def _confirm(participant: Participant, entry: Confirmation, by: Actor, *, needs_document: bool) -> Participant:
    tender = participant.tender
    hold_for_change(tender)
    db.session.refresh(participant)
    if entry.seen_terms and entry.seen_terms != queries_participation.terms_of(participant):
        raise Conflict(
            "Ihre Mengen oder die Rolle des Verbands haben sich inzwischen geändert. Bitte prüfen Sie die Seite neu, "
            "bevor Sie bestätigen."
        )
    is_confirmed = participant.confirmed_at is not None
    refuse_if(
        participation.objections_to_confirming(
            entry, clock.today(), is_confirmed=is_confirmed, needs_document=needs_document
        )
    )
    changes = write_confirmation(participant, entry, by)
    if participant.mandate_file_hash:
        changes["Prüfsumme des Dokuments"] = participant.mandate_file_hash
    member_id = participant.member_id
    record(Event.PARTICIPATION_CONFIRMED, participant, by=by, changes=changes, tender_id=tender.id, member_id=member_id)
    return participant


def write_confirmation(of: Participant | LateMember, entry: Confirmation, by: Actor) -> Words:
    """Put a confirmation with its document at a participant or a late member; returns what the trail says of it."""
    of.confirmed_at, of.confirmed_by_id = clock.now(), by.id
    of.mandate_on, of.mandate_scope = entry.on, entry.scope.strip()
    if entry.document is not None:
        of.mandate_file_name = entry.document.file_name
        of.mandate_file_hash = store(entry.document.content, PDF).sha256
    return {
        "Mitglied": of.member.name,
        "Vom": filters.short_day(entry.on),
        "Umfang": of.mandate_scope,
        "Dokument": of.mandate_file_name or "keines",
    }


def take_back_participation(
    participant: Participant, reason: str, *, by: Actor, seen_version: int | None = None
) -> Participant:
    """Take a confirmation back before publication; what it said stays in the trail."""
    tender = participant.tender
    hold_for_change(tender, seen_version)
    db.session.refresh(participant)
    is_confirmed = participant.confirmed_at is not None
    refuse_if(participation.objections_to_taking_back(reason, is_confirmed=is_confirmed))
    changes: Words = {
        "Mitglied": participant.member.name,
        "Bestätigt am": (filters.moment(participant.confirmed_at), ""),
        "Umfang": (participant.mandate_scope, ""),
        "Begründung": reason.strip(),
    }
    participant.confirmed_at = participant.confirmed_by_id = participant.mandate_on = None
    participant.mandate_scope = participant.mandate_file_name = participant.mandate_file_hash = ""
    member_id = participant.member_id
    record(
        Event.PARTICIPATION_TAKEN_BACK, participant, by=by, changes=changes, tender_id=tender.id, member_id=member_id
    )
    return participant


def remind_missing(tender: Tender, *, by: Actor) -> Sequence[Participant]:
    """Write to everybody who acts for a member that has not confirmed; return the members nobody could be written to.

    Raises :class:`Refused` when nobody is missing or the tender is published.
    """
    hold_for_change(tender)
    missing = [one for one in queries_participation.participants(tender.id) if one.confirmed_at is None]
    if not missing:
        raise Refused("Alle Mitglieder haben ihre Teilnahme bestätigt; es ist niemand zu erinnern.")
    reached = [participant for participant in missing if _remind(participant, tender)]
    words: Words = {"Erinnert": ", ".join(one.member.name for one in reached) or "niemand"}
    unreached = [participant for participant in missing if participant not in reached]
    if unreached:
        words["Ohne IT-Leitung"] = ", ".join(one.member.name for one in unreached)
    record(Event.PARTICIPATION_REMINDED, tender, by=by, changes=words, tender_id=tender.id)
    return unreached


def _remind(participant: Participant, tender: Tender) -> bool:
    """Put one mail per person into the outbox; whether there was anybody."""
    people = people_of(participant.member)
    address = links.absolute("tenders.own_participation", tender_id=tender.id, member_id=participant.member_id)
    text = (
        f"Guten Tag,\n\n{participant.member.name} hat Bedarf für die gemeinsame Ausschreibung {tender.reference} "
        f"„{tender.title}“ gemeldet. Sie kann erst veröffentlicht werden, wenn alle Mitglieder ihre Teilnahme "
        f"verbindlich bestätigt haben. Ihre Bestätigung fehlt noch.\n\nMengen ansehen und bestätigen:\n{address}\n"
    )
    for person in people:
        mail.enqueue_mail(person.email, f"Teilnahme bestätigen: {tender.reference} {tender.title}", text)
    return bool(people)
