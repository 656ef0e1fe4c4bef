"""A member leaves the association: from a day on, with a reason; what it has begun stays as it is."""

from collections.abc import Sequence

from procurement.audit.actions import Change, record
from procurement.audit.actor import Actor
from procurement.audit.events import Event
from procurement.core import clock
from procurement.core.errors import Conflict, refuse_if
from procurement.core.mail import enqueue_mail
from procurement.members import queries_own
from procurement.members.membership import ExitEntry, Membership, objections_to_leaving
from procurement.members.models import Member


def leave(
    member: Member, entry: ExitEntry, commitments: Sequence[str] = (), *, by: Actor, seen_version: int | None = None
) -> Member:
    """Record the exit and write to every officer; ``commitments`` is what is still open, in words, for the trail."""
    if seen_version is not None and seen_version != member.version:
        raise Conflict
    refuse_if(objections_to_leaving(entry, membership_of(member), today=clock.today()))
    before, member.left_on = member.left_on, entry.left_on
    changes: dict[str, Change | str] = {
        "Endet zum": (f"{before:%d.%m.%Y}" if before else "", f"{entry.left_on:%d.%m.%Y}"),
        "Grund": entry.reason.strip(),
        "Offene Verpflichtungen": "; ".join(commitments) or "keine",
    }
    record(Event.MEMBER_LEFT, member, by=by, changes=changes, member_id=member.id)
    listed = "\n".join(f"- {line}" for line in commitments) or "- keine"
    for officer in queries_own.officers():
        enqueue_mail(
            officer.email,
            f"Austritt: {member.name} zum {entry.left_on:%d.%m.%Y}",
            f"Guten Tag {officer.name},\n\n{member.name} scheidet zum {entry.left_on:%d.%m.%Y} aus dem Verband aus.\n"
            f"Grund: {entry.reason.strip()}\n\nOffene Verpflichtungen:\n{listed}\n\n"
            "Damit ändern sich die Prognosen der übrigen Mitglieder. Bitte prüfen Sie geplante Ausschreibungen.\n",
        )
    return member


def membership_of(member: Member) -> Membership:
    """How a member stands, as a value for the rules."""
    return Membership(member.name, member.left_on, member.successor_id is not None)
