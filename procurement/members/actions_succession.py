"""Members merge, or one gets a new name and key: a new entry follows the old ones, which stay as they are.

Nothing moves: frozen demands, participations and statements keep the predecessor's name and key. Open rounds that the
predecessors were invited to stay theirs. Its leads lead the successor, too, at once: it has nothing to see before its
first day, and a round for it can be prepared.
"""

from collections.abc import Sequence

from procurement.audit.actions import Change, record
from procurement.audit.actor import Actor
from procurement.audit.events import Event
from procurement.core.errors import refuse_if
from procurement.core.permissions import Role
from procurement.members import actions, actions_accounts, queries_own
from procurement.members.actions import FigureEntry, MemberEntry
from procurement.members.actions_exit import membership_of
from procurement.members.membership import SuccessionEntry, objections_to_succession
from procurement.members.models import Member


def succeed(
    predecessors: Sequence[Member], entry: SuccessionEntry, figures: Sequence[FigureEntry] = (), *, by: Actor
) -> Member:
    """Take the successor into the list and end its predecessors on its first day; figures are what a person entered."""
    refuse_if(objections_to_succession(entry, [membership_of(member) for member in predecessors]))
    member = MemberEntry(
        key=entry.key.strip(),
        name=entry.name.strip(),
        kind=entry.kind,
        district=entry.district.strip(),
        population_basis=entry.population_basis,
        joined_on=entry.on,
    )
    successor = actions.add_member(member, by=by)
    successor.requires_approval = any(one.requires_approval for one in predecessors)
    for predecessor in predecessors:
        _end(predecessor, successor, entry, by)
    leads = {lead.id: lead for predecessor in predecessors for lead in queries_own.leads_of(predecessor)}
    for lead in leads.values():
        actions_accounts.assign_role(lead, Role.MEMBER_LEAD, successor, by=by)
    for figure in figures:
        actions.record_figure(successor, figure, by=by)
    return successor


def _end(predecessor: Member, successor: Member, entry: SuccessionEntry, by: Actor) -> None:
    before = predecessor.left_on
    predecessor.left_on, predecessor.successor_id = entry.on, successor.id
    changes: dict[str, Change | str] = {
        "Nachfolger": ("", successor.audit_label),
        "Endet zum": (f"{before:%d.%m.%Y}" if before else "", f"{entry.on:%d.%m.%Y}"),
        "Anlass": entry.reason.strip(),
    }
    record(Event.MEMBER_SUCCEEDED, predecessor, by=by, changes=changes, member_id=predecessor.id)
