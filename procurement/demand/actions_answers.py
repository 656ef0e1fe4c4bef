"""Verbs of a member's answer: save, submit, report nothing, open again; after closing every one of them refuses.

Each holds the round with a shared lock and closing holds it with an exclusive one, so that an answer is either in the
closed round or refused, never between.
"""

from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm.attributes import flag_modified

from procurement.audit.actions import Change, record
from procurement.audit.events import Event
from procurement.core import clock
from procurement.core.access import Role
from procurement.core.db import db
from procurement.core.errors import NotFound, refuse_if
from procurement.demand import queries, queries_answers, rules
from procurement.demand.actions_guard import compare, hold, hold_own
from procurement.demand.entries import ItemEntry, worded
from procurement.demand.models import Article, Demand, DemandItem
from procurement.demand.states import DemandState
from procurement.members.models import Account
from procurement.values.objection import Objection

Words = dict[str, Change | str]
QUANTITY_FIELDS = ("minimum", "expected", "maximum", "note")


def save_draft(demand: Demand, entries: Sequence[ItemEntry], *, by: Account, seen_version: int | None = None) -> Demand:
    """Store what a member entered, however incomplete; blank entries remove their item, others stay as they are."""
    hold_own(demand, by)
    compare(demand, seen_version)
    articles = {article.id: article for article in queries.articles_of(demand.round_id)}
    titles = {article.id: article.title for article in articles.values()}
    contact = queries_answers.contact_of(demand.round)
    found = rules.objections_to_saving(demand, demand.round, now=clock.now(), contact=contact)
    refuse_if(found + rules.objections_to_items(entries, titles))
    changes = _write(demand, [entry.completed() for entry in entries], articles)
    demand.state, demand.saved_at = DemandState.DRAFT, clock.now()
    flag_modified(demand, "saved_at")  # a second save at the same moment is a new version too
    record(Event.DEMAND_SAVED, demand, by=by, changes=changes, member_id=demand.member_id)
    return demand


def _write(demand: Demand, entries: Iterable[ItemEntry], articles: Mapping[int, Article]) -> dict[str, Change]:
    """Bring the stored items in line with the entries; return the changed ones in words, old and new."""
    stored = queries_answers.items_of(demand)
    changes: dict[str, Change] = {}
    new = []
    for entry in entries:
        article, item = articles[entry.article_id], stored.get(entry.article_id)
        wanted = {field: getattr(entry, field) for field in QUANTITY_FIELDS}
        before = {field: getattr(item, field) for field in QUANTITY_FIELDS} if item else {}
        if (entry.is_blank and item is None) or wanted == before:
            continue
        if item is None:
            new.append({"demand_id": demand.id, "article_id": article.id, **wanted})
        elif entry.is_blank:
            db.session.delete(item)
        else:
            for field, value in wanted.items():
                setattr(item, field, value)
        old = worded(**before, unit=article.unit) if before else ""
        changes[article.audit_label] = (old, "" if entry.is_blank else worded(**wanted, unit=article.unit))
    if new:
        db.session.execute(sa.insert(DemandItem), new)
    return changes


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
    before = demand.state
    demand.state, demand.submitted_at, demand.submitted_by_id = state, clock.now(), by.id
    demand.revision = max(demand.revision, 1)
    words: Words = {"Zustand": (before, state), "Fassung": str(demand.revision)}
    record(Event.DEMAND_SUBMITTED, demand, by=by, changes=words, member_id=demand.member_id)
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
    words: Words = {
        "Zustand": (before, demand.state),
        "Fassung": (revision, demand.revision),
        "Begründung": reason.strip(),
    }
    record(Event.DEMAND_REOPENED, demand, by=by, changes=words, member_id=demand.member_id)
    return demand
