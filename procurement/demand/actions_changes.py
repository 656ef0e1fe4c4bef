"""Verbs after the round was closed: report late, withdraw, decide about either.

They change the demand alone. Where it stands in a planned tender, the verbs of
:mod:`procurement.tenders.actions_changes` go around them. One order of locks for all: the tenders of the round by their
number, then the round (shared), then the demand, then the change.
"""

from collections.abc import Collection, Sequence

from procurement.audit.actions import Change, record
from procurement.audit.actor import Actor
from procurement.audit.events import Event
from procurement.core import clock, links, mail
from procurement.core.db import db
from procurement.core.errors import Conflict, refuse_if
from procurement.demand import changes, queries_answers, queries_changes, rules
from procurement.demand.actions_guard import compare, hold, hold_own
from procurement.demand.actions_items import write_items
from procurement.demand.actions_watch import note_change
from procurement.demand.entries import ItemEntry
from procurement.demand.models import Demand, DemandChange, DemandItem, WithdrawnItem
from procurement.demand.states import ChangeKind, ChangeState, DemandState
from procurement.members.models import Account
from procurement.members.queries_own import people_of
from procurement.values.quantity import Quantity

Words = dict[str, Change | str]
NOTHING = Quantity(0)


def report_late(
    demand: Demand, entries: Sequence[ItemEntry], reason: str, *, by: Account, seen_version: int | None = None
) -> DemandChange:
    """Report quantities after the round was closed; they count once the procurement office has accepted them (M3)."""
    hold_own(demand, by)
    refuse_if(changes.objections_to_coming_late(demand.round.state, demand.state))
    compare(demand, seen_version)
    articles = {article.article_id: article for article in queries_answers.articles_for(demand)}
    titles = {article_id: article.title for article_id, article in articles.items()}
    wanted = _without_gaps(demand, entries)
    maxima = [entry.maximum or NOTHING for entry in wanted]
    refuse_if(rules.objections_to_items(wanted, titles) + changes.objections_to_late_demand(reason, maxima))
    written = write_items(demand, wanted, articles)
    before, demand.state = demand.state, DemandState.LATE
    demand.revision, demand.saved_at = demand.revision + 1, clock.now()
    demand.submitted_at, demand.submitted_by_id = clock.now(), by.id
    demand.approved_at, demand.approved_by_id = None, None
    made = _change(demand, ChangeKind.LATE, reason, by)
    words: Words = {**written, "Zustand": (before, demand.state), "Begründung": made.reason}
    record(Event.LATE_REPORTED, demand, by=by, changes=words, member_id=demand.member_id)
    note_change(demand.round, f"Nachmeldung von {demand.member.name}", by=by)
    return made


def release_late(change: DemandChange, *, by: Account) -> DemandChange:
    """Release a late demand as the second person of a member that wants one."""
    demand = change.demand
    hold_own(demand, by)
    db.session.refresh(change, with_for_update={"of": DemandChange})
    refuse_if(changes.objections_to_releasing(change.state, demand.submitted_by_id, by.id))
    demand.approved_at, demand.approved_by_id = clock.now(), by.id
    record(Event.DEMAND_APPROVED, demand, by=by, changes={"Nachmeldung": change.reason}, member_id=demand.member_id)
    return change


def _without_gaps(demand: Demand, entries: Sequence[ItemEntry]) -> list[ItemEntry]:
    """Completed rows; an emptied one becomes zero, because a row of a closed round may be referred to elsewhere."""
    stored = queries_answers.entries_of(demand)
    return [
        ItemEntry(entry.article_id, NOTHING, NOTHING, NOTHING)
        if entry.is_blank and entry.article_id in stored
        else entry.completed()
        for entry in entries
    ]


def _change(demand: Demand, kind: ChangeKind, reason: str, by: Account) -> DemandChange:
    made = DemandChange(
        demand=demand, kind=kind, reason=reason.strip(), requested_at=clock.now(), requested_by_id=by.id,
        state=ChangeState.PENDING, decision="",
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    return made


def withdraw(
    demand: Demand,
    items: Collection[DemandItem],
    reason: str,
    *,
    by: Account,
    needs_approval: bool,
    seen_version: int | None = None,
) -> DemandChange:
    """Take single articles or the whole demand back; at once, or after the office's approval if it is binding (M5)."""
    hold_own(demand, by)
    pending = queries_changes.pending_of(demand) is not None
    refuse_if(changes.objections_to_withdrawing(demand.round.state, demand.state, is_pending=pending))
    compare(demand, seen_version)
    chosen, present = [item.id for item in items], [item.id for item in queries_changes.items_needed(demand)]
    refuse_if(changes.objections_to_choice(chosen, present) + changes.objections_to_withdrawal_reason(reason))
    made = _change(demand, ChangeKind.WITHDRAWAL, reason, by)
    if not changes.is_whole(chosen, present):
        made.items = [
            WithdrawnItem(item_id=item.id, minimum=item.minimum, expected=item.expected, maximum=item.maximum)
            for item in items
        ]
        db.session.flush()
    if not needs_approval:
        made.state, made.decided_at = ChangeState.ACCEPTED, clock.now()
        _take_out(made, Event.DEMAND_WITHDRAWN, made.reason, by)
        return made
    words: Words = {"Umfang": scope_of(made), "Begründung": made.reason}
    record(Event.WITHDRAWAL_REQUESTED, demand, by=by, changes=words, member_id=demand.member_id)
    return made


def scope_of(change: DemandChange) -> str:
    """What a withdrawal is about, in words."""
    if change.is_whole:
        return "gesamter Bedarf"
    return "; ".join(withdrawn.item.article.audit_label for withdrawn in change.items)


def _take_out(change: DemandChange, event: Event, reason: str, by: Actor) -> None:
    """The demand or its withdrawn articles count no longer; what was reported stays readable in the trail."""
    demand = change.demand
    words: Words = {"Umfang": scope_of(change), "Begründung": reason}
    if change.is_whole:
        before, demand.state = demand.state, DemandState.WITHDRAWN
        words["Zustand"] = (before, demand.state)
    else:
        articles = {article.article_id: article for article in queries_answers.articles_for(demand)}
        gone = [ItemEntry(one.item.article_id, NOTHING, NOTHING, NOTHING, one.item.note) for one in change.items]
        words |= write_items(demand, gone, articles)
        demand.saved_at = clock.now()
    record(event, demand, by=by, changes=words, member_id=demand.member_id)
    note_change(demand.round, f"Rücknahme von {demand.member.name}", by=by)


def accept(change: DemandChange, decision: str, *, by: Account, seen_version: int | None = None) -> DemandChange:
    """Let a late demand count, or a withdrawal take effect; the caller brings the tenders in line."""
    demand = change.demand
    _decide(change, ChangeState.ACCEPTED, decision, by, seen_version)
    requires = change.kind is ChangeKind.LATE and demand.member.requires_approval
    refuse_if(changes.objections_to_unreleased(requires_release=requires, is_released=demand.approved_at is not None))
    if change.kind is ChangeKind.WITHDRAWAL:
        _take_out(change, Event.DEMAND_WITHDRAWN, change.decision, by)
    else:
        before, demand.state = demand.state, DemandState.FROZEN
        words: Words = {"Zustand": (before, demand.state), "Begründung": change.decision}
        record(Event.LATE_ACCEPTED, demand, by=by, changes=words, member_id=demand.member_id)
        note_change(demand.round, f"Nachmeldung von {demand.member.name} angenommen", by=by)
    _tell(change)
    return change


def reject(change: DemandChange, decision: str, *, by: Account, seen_version: int | None = None) -> DemandChange:
    """Refuse with a reason: a late demand then counts nowhere, a withdrawal leaves everything as it is."""
    _decide(change, ChangeState.REJECTED, decision, by, seen_version)
    demand = change.demand
    words: Words = {"Begründung": change.decision}
    event = Event.WITHDRAWAL_REJECTED
    if change.kind is ChangeKind.LATE:
        before, demand.state = demand.state, DemandState.REJECTED
        words["Zustand"], event = (before, demand.state), Event.LATE_REJECTED
    record(event, demand, by=by, changes=words, member_id=demand.member_id)
    note_change(demand.round, f"{change.kind.label} von {demand.member.name} abgelehnt", by=by)
    _tell(change)
    return change


def _decide(change: DemandChange, state: ChangeState, decision: str, by: Account, seen_version: int | None) -> None:
    hold(change.demand.round, shared=True)
    hold(change.demand)
    db.session.refresh(change, with_for_update={"of": DemandChange})
    refuse_if(changes.objections_to_deciding(change.state, decision))
    if seen_version is not None and seen_version != change.version:
        raise Conflict(
            f"{change.kind.label} von {change.demand.member.name} wurde inzwischen geändert. Bitte neu laden."
        )
    change.state, change.decision = state, decision.strip()
    change.decided_at, change.decided_by_id = clock.now(), by.id


def _tell(change: DemandChange) -> None:
    """Write the decision to everybody who acts for the member."""
    demand = change.demand
    address = links.absolute("demand.entry", round_id=demand.round_id, member_id=demand.member_id)
    subject = f"{change.kind.label} {change.state.label.lower()}: {demand.round.title}"
    for person in people_of(demand.member):
        text = (
            f"Guten Tag {person.name},\n\ndie Vergabestelle hat über die {change.kind.label} von {demand.member.name} "
            f"entschieden: {change.state.label}.\n{change.decision}\n\n{address}\n"
        )
        mail.enqueue_mail(person.email, subject, text)
