"""A member comes into a published tender: asked, bindingly confirmed, then added by a new version (P6).

The order of locks is that of late demand: the tender, then the round, the demand and its change.
"""

from collections.abc import Sequence

from procurement.audit.actions import Change, record
from procurement.audit.actor import Actor
from procurement.audit.events import Event
from procurement.core import clock, filters, links, mail
from procurement.core.db import db
from procurement.core.errors import Conflict, NotFound, refuse_if
from procurement.demand import actions_changes as demand_changes
from procurement.demand.queries_changes import pending_of
from procurement.demand.queries_totals import requests_of
from procurement.members.models import Account, Member
from procurement.members.queries_own import people_of
from procurement.tenders import (
    late_members,
    participation,
    publication_change,
    queries,
    queries_late_members,
    queries_publication,
)
from procurement.tenders.actions_guard import hold
from procurement.tenders.actions_participation import write_confirmation
from procurement.tenders.actions_published import finish_change, objections_to_deadlines
from procurement.tenders.actions_shares import put_shares
from procurement.tenders.models import Participant, Tender
from procurement.tenders.models_published import LateMember, PublicationVersion
from procurement.tenders.participation import Confirmation
from procurement.tenders.timetable import Deadlines

Words = dict[str, Change | str]


def ask_late_member(tender: Tender, member: Member, *, by: Account) -> LateMember:
    """Ask a member to come in; whoever acts for it gets a mail and confirms bindingly."""
    hold(tender)
    members = queries.participants_of(tender.id)
    asked = {late.member_id for late in queries_late_members.late_members_of(tender.id)}
    refuse_if(
        queries_late_members.objections_to_time(tender)
        + late_members.objections_to_asking(
            member.name,
            takes_part=member.id in {one.id for one in members},
            is_asked=member.id in asked,
        )
    )
    late = LateMember(tender=tender, member=member, asked_at=clock.now(), asked_by_id=by.id)
    db.session.add(late)
    words: Words = {"Mitglied": member.name}
    record(Event.LATE_MEMBER_ASKED, late, by=by, changes=words, tender_id=tender.id, member_id=member.id)
    _write(people_of(member), late)
    return late


def _write(people: Sequence[Account], late: LateMember) -> None:
    tender = late.tender
    address = links.absolute("tenders.own_late_participation", tender_id=tender.id, member_id=late.member_id)
    text = (
        f"Guten Tag,\n\n{late.member.name} kann noch an der veröffentlichten Ausschreibung {tender.reference} "
        f"„{tender.title}“ teilnehmen. Dafür ist vor dem {filters.moment(tender.bid_deadline_at)} Ihre verbindliche "
        f"Bestätigung nötig.\n\nAnsehen und bestätigen:\n{address}\n"
    )
    for person in people:
        mail.enqueue_mail(person.email, f"Nachträglich teilnehmen: {tender.reference} {tender.title}", text)


def confirm_late_participation(late: LateMember, entry: Confirmation, *, by: Account) -> LateMember:
    """Take part bindingly, by the member's lead or the substitute of today."""
    if late.member_id not in by.member_ids:
        raise NotFound
    needs_document = late.tender.procurement_role in participation.WITH_MANDATE
    return _confirm(late, entry, by, needs_document=needs_document)


def confirm_late_on_behalf(late: LateMember, entry: Confirmation, *, by: Actor) -> LateMember:
    """The same by the procurement office, which needs the signed document."""
    return _confirm(late, entry, by, needs_document=True)


def _confirm(late: LateMember, entry: Confirmation, by: Actor, *, needs_document: bool) -> LateMember:
    hold(late.tender)
    db.session.refresh(late)
    refuse_if(
        queries_late_members.objections_to_time(late.tender)
        + late_members.objections_to_confirming(
            entry, clock.today(), is_confirmed=late.confirmed_at is not None, needs_document=needs_document
        )
    )
    words = write_confirmation(late, entry, by)
    record(Event.LATE_MEMBER_CONFIRMED, late, by=by, changes=words, tender_id=late.tender_id, member_id=late.member_id)
    return late


def add_late_member(
    late: LateMember,
    reason: str,
    deadlines: Deadlines,
    *,
    by: Account,
    takes_demand: bool,
    seen_version: int | None = None,
) -> PublicationVersion:
    """Add a confirmed member by a correction with a later deadline, with its late demand if it is to be taken in.

    Without it the member may call off what the others leave, and has no quantities of its own.
    """
    tender = late.tender
    hold(tender)
    db.session.refresh(late)
    if seen_version is not None and seen_version != late.version:
        raise Conflict
    refuse_if(
        queries_late_members.objections_to_time(tender)
        + late_members.objections_to_adding(
            late.member.name,
            is_confirmed=late.confirmed_at is not None,
            is_added=late.added_by_version_id is not None,
        )
        + publication_change.objections_to_reason(reason)
    )
    effect = queries_late_members.effect_of_adding(late, takes_demand=takes_demand)
    before = queries_publication.deadlines_of(tender)
    refuse_if([*effect.objections, *objections_to_deadlines(before, deadlines, effect)])
    if takes_demand:
        _take_demand_in(late, reason, by)
    _take_part(late)
    made = finish_change(tender, reason, effect, deadlines, by)
    late.added_by_version_id = made.id
    words: Words = {"Mitglied": late.member.name, "Fassung": str(made.number), "Begründung": reason.strip()}
    words["Nachgemeldeter Bedarf"] = "aufgenommen" if takes_demand else "nicht aufgenommen"
    record(Event.LATE_MEMBER_ADDED, late, by=by, changes=words, tender_id=tender.id, member_id=late.member_id)
    return made


def _take_demand_in(late: LateMember, reason: str, by: Account) -> None:
    """The late demand counts from now on and its shares go to the lines."""
    demand = queries_late_members.late_demand_of(late)
    if demand is None:
        return
    requests = requests_of(demand)
    change = pending_of(demand)
    if change is not None:
        demand_changes.accept(change, reason, by=by)
    put_shares(late.tender, requests)


def _take_part(late: LateMember) -> None:
    """The participant with the confirmation it gave before."""
    tender = late.tender
    known = next((one for one in tender.participants if one.member_id == late.member_id), None)
    participant = known or Participant(tender=tender, member_id=late.member_id)
    for name in ("confirmed_at", "confirmed_by_id", "mandate_on", "mandate_scope", "mandate_file_name",
                 "mandate_file_hash"):  # fmt: skip
        setattr(participant, name, getattr(late, name))
    db.session.add(participant)
    db.session.flush()
