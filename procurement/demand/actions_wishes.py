"""Verbs of own wishes: add, word anew, remove. A wish is an article that only its member answers.

The round's exclusive lock keeps positions and numbers unique while several members add wishes at once.
"""

import sqlalchemy as sa

from procurement.audit.actions import Change, record
from procurement.audit.events import Event
from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import NotFound, refuse_if
from procurement.demand import queries_answers, rules
from procurement.demand.actions_guard import compare, hold
from procurement.demand.actions_items import adjusted_articles, keep_quietly, write_items
from procurement.demand.entries import ItemEntry, WishEntry
from procurement.demand.grouping import WISHES
from procurement.demand.models import Article, Attachment, Demand, DepartmentItem
from procurement.demand.queries_answers import articles_for
from procurement.demand.wish_rules import next_number, objections_to_wish
from procurement.members.models import Account
from procurement.values.objection import Objection
from procurement.values.payment import Nature, Period, period_of_unit


def add_wish(demand: Demand, entry: WishEntry, *, by: Account, seen_version: int | None = None) -> Article:
    """Ask for something in own words; minimum, expected and maximum start as the one quantity."""
    _hold(demand, by, seen_version)
    taken = _numbers(demand)
    refuse_if(_objections(demand) + objections_to_wish(entry, already=len(taken)))
    last = db.session.scalar(sa.select(sa.func.max(Article.position)).filter_by(round_id=demand.round_id))
    made = Article(
        round_id=demand.round_id,
        position=(last or 0) + 1,
        number=next_number(demand.member.key, taken),
        category=WISHES,
        wished_by_id=demand.member_id,
        **_fields(entry),
    )
    db.session.add(made)
    db.session.flush()
    item = ItemEntry(made.id, entry.expected, entry.expected, entry.expected)
    words = write_items(demand, [item], {article.article_id: article for article in articles_for(demand)})
    keep_quietly(demand)
    words["Wunsch"] = ("", _in_words(entry))
    record(Event.WISH_ADDED, demand, by=by, changes=words, member_id=demand.member_id)
    return made


def change_wish(demand: Demand, wish: Article, entry: WishEntry, *, by: Account) -> Article:
    """Word a wish anew; its quantities are changed in the grid like all others."""
    _hold(demand, by)
    refuse_if(_objections(demand) + objections_to_wish(entry, with_quantity=False))
    before = WishEntry(wish.title, wish.unit, None, wish.explanation)
    for field, value in _fields(entry).items():
        setattr(wish, field, value)
    keep_quietly(demand)
    words: dict[str, Change | str] = {wish.audit_label: (_in_words(before), _in_words(entry))}
    record(Event.WISH_CHANGED, demand, by=by, changes=words, member_id=demand.member_id)
    return wish


def remove_wish(demand: Demand, wish: Article, *, by: Account) -> Demand:
    """Take a wish out with its quantities; files that belonged to it stay with the demand."""
    _hold(demand, by)
    found = _objections(demand)
    if db.session.scalar(sa.select(sa.func.count()).select_from(DepartmentItem).filter_by(article_id=wish.id)):
        found.append(Objection("Eine Abteilung hat zu diesem Wunsch Mengen gemeldet; er bleibt stehen."))
    if wish.id in adjusted_articles(demand):
        found.append(Objection("Die Vergabestelle hat diesen Wunsch angepasst. Bitte tragen Sie die Menge 0 ein."))
    refuse_if(found)
    before = queries_answers.entries_of(demand).get(wish.id)
    label, figures = wish.audit_label, before.in_words(wish.unit) if before else ""
    db.session.execute(sa.update(Attachment).filter_by(article_id=wish.id).values(article_id=None))
    item = queries_answers.items_of(demand).get(wish.id)
    if item is not None:
        db.session.delete(item)
        db.session.flush()
    db.session.delete(wish)
    keep_quietly(demand)
    record(Event.WISH_REMOVED, demand, by=by, changes={label: (figures, "")}, member_id=demand.member_id)
    return demand


def _hold(demand: Demand, by: Account, seen_version: int | None = None) -> None:
    if demand.member_id not in by.member_ids:
        raise NotFound
    hold(demand.round)
    hold(demand)
    compare(demand, seen_version)


def _objections(demand: Demand) -> list[Objection]:
    contact = queries_answers.contact_of(demand.round)
    return rules.objections_to_saving(demand, demand.round, now=clock.now(), contact=contact)


def _numbers(demand: Demand) -> list[str]:
    wishes = sa.select(Article.number).filter_by(round_id=demand.round_id, wished_by_id=demand.member_id)
    return list(db.session.scalars(wishes))


def _fields(entry: WishEntry) -> dict[str, object]:
    unit = entry.unit.strip()
    period = period_of_unit(unit)
    return {
        "title": entry.title.strip(),
        "unit": unit,
        "explanation": entry.explanation.strip(),
        "period": period,
        "nature": Nature.ONE_OFF if period is Period.NONE else Nature.RECURRING,
    }


def _in_words(entry: WishEntry) -> str:
    text = f"{entry.title.strip()}, Einheit {entry.unit.strip()}"
    return f"{text}; {entry.explanation.strip()}" if entry.explanation.strip() else text
