"""Writing the rows of a demand: what the grid, saving as you go and taking over last year have in common.

Each save that changes something is one entry in the trail, also when it happened by itself: the trail is a chain in
which nothing is merged afterwards, and every entry says who changed which row when. A save that changes nothing leaves
neither an entry nor a new version.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy.orm.attributes import flag_modified

from procurement.audit.actions import Change, record
from procurement.audit.events import Event
from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import refuse_if
from procurement.demand import queries_answers, rules
from procurement.demand.actions_adjustments import supersede
from procurement.demand.actions_guard import compare, hold_own
from procurement.demand.aggregation import RequestedArticle
from procurement.demand.entries import ItemEntry
from procurement.demand.models import Adjustment, Demand, DemandItem
from procurement.demand.states import DemandState
from procurement.members.models import Account
from procurement.values.objection import Objection
from procurement.values.quantity import Quantity

NOTHING = Quantity(0)
FIELDS = ("minimum", "expected", "maximum", "note", "site", "start_on", "budget_account", "is_taken_over")


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of rows that were saved by themselves: stored, refused with objections, or changed by others too."""

    objections: tuple[Objection, ...]
    conflicts: tuple[int, ...]


def write_items(
    demand: Demand, entries: Iterable[ItemEntry], articles: Mapping[int, RequestedArticle]
) -> dict[str, Change]:
    """Bring the stored rows in line with completed entries; return the changed ones in words, old and new."""
    stored, before = queries_answers.items_of(demand), queries_answers.entries_of(demand)
    adjusted = adjusted_articles(demand)
    changes: dict[str, Change] = {}
    new, renewed = [], []
    for entry in entries:
        article, old = articles[entry.article_id], before.get(entry.article_id)
        wanted = _wanted(entry, old, is_adjusted=entry.article_id in adjusted)
        if (wanted.is_blank and old is None) or wanted == old:
            continue
        if old is None:
            new.append({"demand_id": demand.id, "article_id": entry.article_id, **_values(wanted)})
        elif wanted.is_blank:
            db.session.delete(stored[entry.article_id])
        else:
            for field, value in _values(wanted).items():
                setattr(stored[entry.article_id], field, value)
            if wanted.quantities != old.quantities:
                renewed.append(stored[entry.article_id].id)
        was = old.in_words(article.unit) if old else ""
        changes[f"{article.number} {article.title}"] = (was, wanted.in_words(article.unit))
    if new:
        db.session.execute(sa.insert(DemandItem), new)
    supersede(renewed)
    return changes


def _wanted(entry: ItemEntry, old: ItemEntry | None, *, is_adjusted: bool) -> ItemEntry:
    """The entry as it is stored: taken over from last year stays marked until a quantity changes.

    A row with an adjustment of the procurement office is not removed but becomes zero, so that the adjustment keeps
    what it is about.
    """
    if entry.is_blank and is_adjusted:
        return ItemEntry(entry.article_id, NOTHING, NOTHING, NOTHING)
    stays_marked = old is not None and old.is_taken_over and old.quantities == entry.quantities
    return replace(entry, is_taken_over=entry.is_taken_over or stays_marked)


def adjusted_articles(demand: Demand) -> set[int]:
    """Articles of this demand with an adjustment of the procurement office, in whatever state."""
    query = sa.select(DemandItem.article_id).join(Adjustment, Adjustment.item_id == DemandItem.id)
    return set(db.session.scalars(query.where(DemandItem.demand_id == demand.id)))


def _values(entry: ItemEntry) -> dict[str, object]:
    return {field: getattr(entry, field) for field in FIELDS}


def keep(demand: Demand, changes: Mapping[str, Change], *, by: Account) -> None:
    """A saved demand is a draft with a new version; the trail says what changed."""
    keep_quietly(demand)
    record(Event.DEMAND_SAVED, demand, by=by, changes=changes, member_id=demand.member_id)


def keep_quietly(demand: Demand) -> None:
    """The same without an entry, for a change that records one of its own."""
    demand.state, demand.saved_at = DemandState.DRAFT, clock.now()
    flag_modified(demand, "saved_at")  # a second save at the same moment is a new version too


def save_rows(
    demand: Demand, entries: Sequence[ItemEntry], *, by: Account, seen_version: int, seen: Mapping[int, str]
) -> Saved:
    """Save single rows by themselves: the good ones are stored, each other one comes back with its reason.

    ``seen`` holds the mark of each row as the page last knew it. Only when the version tells that something was saved
    since do these marks decide: a row somebody else changed is a conflict, all others go on. So a window never stands
    in its own way, even if the answer to its last save was lost.
    """
    hold_own(demand, by)
    contact = queries_answers.contact_of(demand.round)
    refuse_if(rules.objections_to_saving(demand, demand.round, now=clock.now(), contact=contact))
    articles = {article.article_id: article for article in queries_answers.articles_for(demand)}
    titles = {article.article_id: article.title for article in articles.values()}
    before = queries_answers.entries_of(demand)
    conflicts = [] if seen_version == demand.version else _changed_by_others(entries, before, seen)
    good, objections = [], []
    for entry in entries:
        found = rules.objections_to_items([entry], titles)
        objections += found
        if not found and entry.article_id not in conflicts:
            good.append(entry.completed())
    changes = write_items(demand, good, articles)
    if changes:
        keep(demand, changes, by=by)
    return Saved(tuple(objections), tuple(conflicts))


def _changed_by_others(
    entries: Iterable[ItemEntry], before: Mapping[int, ItemEntry], seen: Mapping[int, str]
) -> list[int]:
    """Rows that are stored differently from what the page last knew and from what it wants to store."""
    changed = []
    for entry in entries:
        stored = before.get(entry.article_id, ItemEntry(entry.article_id))
        if stored.mark not in {seen.get(entry.article_id), entry.completed().mark}:
            changed.append(entry.article_id)
    return changed


def take_over(demand: Demand, *, by: Account, seen_version: int | None = None) -> int:
    """Fill every empty row with what the member needed last time, marked as taken over; say how many were filled."""
    hold_own(demand, by)
    compare(demand, seen_version)
    contact = queries_answers.contact_of(demand.round)
    refuse_if(rules.objections_to_saving(demand, demand.round, now=clock.now(), contact=contact))
    stored, last = queries_answers.entries_of(demand), queries_answers.last_items(demand)
    taken = [
        replace(item, note="", start_on=None, is_taken_over=True)
        for article_id, item in last.items()
        if article_id not in stored
    ]
    if taken:
        articles = {article.article_id: article for article in queries_answers.articles_for(demand)}
        keep(demand, write_items(demand, taken, articles), by=by)
    return len(taken)
