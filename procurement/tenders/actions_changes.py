"""Late demand and withdrawals with everything that follows in the tenders of their round (M3, M4, M5).

The order of locks is the same for all: the planned tenders of the round by their number, then the round (shared), then
the demand, then the change. A tender that is planned or published in between is noticed and nothing is done.
"""

from collections.abc import Collection, Sequence

from procurement.audit.actions import Change, record
from procurement.audit.actor import Actor
from procurement.audit.events import Event
from procurement.core.db import db
from procurement.core.errors import Conflict, NotFound, refuse_if
from procurement.demand import actions_changes as demand_changes
from procurement.demand import queries_answers, queries_changes
from procurement.demand.actions_guard import hold
from procurement.demand.entries import ItemEntry
from procurement.demand.models import Demand, DemandChange, DemandItem, DemandRound
from procurement.demand.queries_totals import requests_of
from procurement.demand.states import ChangeKind, ChangeState
from procurement.members.models import Account
from procurement.rulebook.thresholds import NoRuleInForce, rule_on
from procurement.tenders import changes, queries_bill
from procurement.tenders import queries_changes as tender_changes
from procurement.tenders.actions_publication import estimate_value
from procurement.tenders.actions_shares import add_shares, remove_shares
from procurement.tenders.changes import RoundTender
from procurement.tenders.estimate import THRESHOLD_RULE, objections_to_estimating
from procurement.tenders.models import Tender
from procurement.values.figures import german_decimal

Words = dict[str, Change | str]


def report_late(
    demand: Demand, entries: Sequence[ItemEntry], reason: str, *, by: Account, seen_version: int | None = None
) -> DemandChange:
    """Report demand after the round was closed, as long as its tender is not published."""
    if demand.member_id not in by.member_ids:
        raise NotFound
    tenders = hold_tenders(demand.round)
    refuse_if(changes.objections_to_entering(tenders))
    titles = {article.article_id: article.title for article in queries_answers.articles_for(demand)}
    asked = [entry.article_id for entry in entries if entry.expected or entry.maximum]
    wanted = {article_id: titles[article_id] for article_id in asked if article_id in titles}
    refuse_if(changes.objections_to_articles(tenders, wanted))
    return demand_changes.report_late(demand, entries, reason, by=by, seen_version=seen_version)


def withdraw(
    demand: Demand, items: Collection[DemandItem], reason: str, *, by: Account, seen_version: int | None = None
) -> DemandChange:
    """Take the whole demand or single articles back: freely before the binding confirmation, with approval after it."""
    if demand.member_id not in by.member_ids:
        raise NotFound
    tenders = hold_tenders(demand.round)
    chosen = [item.id for item in items]
    refuse_if(changes.objections_to_leaving(tenders, chosen, queries_answers.contact_of(demand.round)))
    needs_approval = tender_changes.is_bound(demand)
    made = demand_changes.withdraw(
        demand, items, reason, by=by, needs_approval=needs_approval, seen_version=seen_version
    )
    if made.state is ChangeState.ACCEPTED:
        _take_out(made, chosen, by)
    return made


def accept(change: DemandChange, decision: str, *, by: Account, seen_version: int | None = None) -> DemandChange:
    """Let a late demand or a withdrawal take effect, in the planned tenders too."""
    demand = change.demand
    tenders = hold_tenders(demand.round)
    if change.kind is ChangeKind.WITHDRAWAL:
        chosen = [one.item_id for one in change.items] or [item.id for item in queries_changes.items_needed(demand)]
        refuse_if(changes.objections_to_leaving(tenders, chosen, queries_answers.contact_of(demand.round)))
        demand_changes.accept(change, decision, by=by, seen_version=seen_version)
        _take_out(change, chosen, by)
        return change
    wanted = {request.article_id: request.member_name for request in requests_of(demand)}
    refuse_if(changes.objections_to_entering(tenders) + changes.objections_to_articles(tenders, wanted))
    targets = tender_changes.late_targets(demand)
    demand_changes.accept(change, decision, by=by, seen_version=seen_version)
    for tender in _planned(demand.round):
        if tender.id in targets:
            before = _begin(tender, by)
            add_shares(tender, targets[tender.id])
            _finish(tender, change, Event.DEMAND_TAKEN_IN, before, by)
    return change


def reject(change: DemandChange, decision: str, *, by: Account, seen_version: int | None = None) -> DemandChange:
    """Refuse a late demand or a withdrawal with a reason; the tenders stay as they are."""
    hold_tenders(change.demand.round)
    return demand_changes.reject(change, decision, by=by, seen_version=seen_version)


def hold_tenders(round_: DemandRound) -> list[RoundTender]:
    """Lock the planned tenders of a round and the round; raise :class:`Conflict` if one was planned or published."""
    planned = _planned(round_)
    for tender in planned:
        db.session.refresh(tender, with_for_update={"of": Tender})
    hold(round_, shared=True)
    tenders = tender_changes.tenders_of(round_.id)
    if {tender.id for tender in planned} != {tender.id for tender in tenders if not tender.is_published}:
        raise Conflict("Eine Ausschreibung dieser Runde wurde gerade geplant oder veröffentlicht. Bitte neu laden.")
    return tenders


def _planned(round_: DemandRound) -> list[Tender]:
    return tender_changes.planned_tenders(round_.id)


def _take_out(change: DemandChange, item_ids: Collection[int], by: Actor) -> None:
    """Remove the withdrawn items from every planned tender that holds one; its participant goes with the last."""
    held = {one.id for one in tender_changes.tenders_of(change.demand.round_id) if one.item_ids & set(item_ids)}
    for tender in _planned(change.demand.round):
        if tender.id in held:
            before = _begin(tender, by)
            remove_shares(tender, item_ids)
            _finish(tender, change, Event.DEMAND_TAKEN_OUT, before, by)


def _begin(tender: Tender, by: Actor) -> dict[str, str]:
    """The quantities before the change; a tender without any estimate gets one, so that a crossing is noticed."""
    if not tender.estimates:
        estimate_if_possible(tender, "Stand vor einer Bedarfsänderung", by)
    return quantities(tender)


def _finish(tender: Tender, change: DemandChange, event: Event, before: dict[str, str], by: Actor) -> None:
    member = change.demand.member
    cause = f"{change.kind.label} von {member.name}"
    words: Words = {"Mitglied": member.name, "Begründung": change.decision or change.reason}
    record_lines(tender, event, words, before, by, member.id)
    estimate_if_possible(tender, cause, by)


def quantities(tender: Tender) -> dict[str, str]:
    """Every line by its number with its quantity in words."""
    return {line.number: german_decimal(line.quantity.as_decimal()) for line in queries_bill.estimated_lines(tender.id)}


def record_lines(tender: Tender, event: Event, words: Words, before: dict[str, str], by: Actor, member_id: int) -> None:
    """One entry of the tender with every line that changed, old and new."""
    after = quantities(tender)
    for number in before.keys() | after.keys():
        old, new = before.get(number, ""), after.get(number, "")
        if old != new:
            words[f"Position {number}"] = (old, new)
    record(event, tender, by=by, changes=words, tender_id=tender.id, member_id=member_id)


def estimate_if_possible(tender: Tender, cause: str, by: Actor) -> None:
    """Estimate anew; lines without a price wait for theirs, and the publication waits for the estimate."""
    try:
        rule_on(THRESHOLD_RULE, tender.procedure_started_on)
    except NoRuleInForce:
        return
    if not objections_to_estimating(queries_bill.estimated_lines(tender.id), tender.term):
        db.session.expire(tender, ["estimates"])
        estimate_value(tender, by=by, cause=cause)
