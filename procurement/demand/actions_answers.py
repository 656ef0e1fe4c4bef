"""Verbs of a member's answer: save, submit, report nothing, open again; after closing every one of them refuses.

Each holds the round with a shared lock and closing holds it with an exclusive one, so that an answer is either in the
closed round or refused, never between.
"""

from collections.abc import Sequence

from procurement.audit.actions import Change, record
from procurement.audit.events import Event
from procurement.core import clock
from procurement.core.errors import NotFound, refuse_if
from procurement.core.permissions import Role
from procurement.demand import actions_approval, queries_answers, rules
from procurement.demand.actions_guard import compare, hold, hold_own
from procurement.demand.actions_items import keep, write_items
from procurement.demand.actions_watch import answered, note_change
from procurement.demand.entries import ItemEntry
from procurement.demand.models import Demand
from procurement.demand.states import DemandState
from procurement.members.models import Account
from procurement.values.objection import Objection

Words = dict[str, Change | str]


def save_draft(demand: Demand, entries: Sequence[ItemEntry], *, by: Account, seen_version: int | None = None) -> Demand:
    """Store what a member entered, however incomplete; blank entries remove their item, others stay as they are."""
    hold_own(demand, by)
    compare(demand, seen_version)
    articles = {article.article_id: article for article in queries_answers.articles_for(demand)}
    titles = {article.article_id: article.title for article in articles.values()}
    contact = queries_answers.contact_of(demand.round)
    found = rules.objections_to_saving(demand, demand.round, now=clock.now(), contact=contact)
    refuse_if(found + rules.objections_to_items(entries, titles))
    changes = write_items(demand, [entry.completed() for entry in entries], articles)
    if changes:
        keep(demand, changes, by=by)
    return demand


def submit(demand: Demand, *, by: Account, seen_version: int | None = None) -> Demand:
    """Submit the stored quantities; they are locked until the demand is opened again with a reason."""
    hold_own(demand, by)
    compare(demand, seen_version)
    contact = queries_answers.contact_of(demand.round)
    maxima = queries_answers.maxima_of(demand)
    refuse_if(rules.objections_to_submitting(demand, demand.round, maxima, now=clock.now(), contact=contact))
    return _answer(demand, DemandState.SUBMITTED, by)


def report_nil(demand: Demand, *, by: Account, seen_version: int | None = None) -> Demand:
    """Report that the member needs nothing in this round."""
    hold_own(demand, by)
    compare(demand, seen_version)
    contact = queries_answers.contact_of(demand.round)
    maxima = queries_answers.maxima_of(demand)
    refuse_if(rules.objections_to_nil(demand, demand.round, maxima, now=clock.now(), contact=contact))
    return _answer(demand, DemandState.NIL, by)


def _answer(demand: Demand, state: DemandState, by: Account) -> Demand:
    """The answer reaches the office, or first a colleague where the member wants a second release."""
    if demand.member.requires_approval:
        return actions_approval.present(demand, by=by)
    before = demand.state
    demand.state, demand.submitted_at, demand.submitted_by_id = state, clock.now(), by.id
    demand.revision = max(demand.revision, 1)
    words: Words = {"Zustand": (before, state), "Fassung": str(demand.revision)}
    record(Event.DEMAND_SUBMITTED, demand, by=by, changes=words, member_id=demand.member_id)
    note_change(demand.round, answered(demand), by=by)
    return demand


def reopen(demand: Demand, reason: str, *, by: Account, seen_version: int | None = None) -> Demand:
    """Open a submitted demand for a new revision with a reason, by its member's lead or by the procurement office."""
    if demand.member_id not in by.member_ids and Role.OFFICER not in by.roles:
        raise NotFound
    hold(demand.round, shared=True)
    hold(demand)
    compare(demand, seen_version)
    contact = queries_answers.contact_of(demand.round)
    found = rules.objections_to_reopening(demand, demand.round, now=clock.now(), contact=contact)
    if not reason.strip():
        found.append(Objection("Bitte begründen Sie, warum der Bedarf geändert werden soll.", "reason"))
    refuse_if(found)
    before, revision = demand.state, demand.revision
    demand.state = DemandState.DRAFT if queries_answers.maxima_of(demand) else DemandState.OPEN
    demand.revision, demand.submitted_at, demand.submitted_by_id = revision + 1, None, None
    demand.approved_at, demand.approved_by_id = None, None
    words: Words = {
        "Zustand": (before, demand.state),
        "Fassung": (revision, demand.revision),
        "Begründung": reason.strip(),
    }
    record(Event.DEMAND_REOPENED, demand, by=by, changes=words, member_id=demand.member_id)
    note_change(demand.round, f"Bedarf von {demand.member.name} wieder geöffnet", by=by)
    return demand
