"""Verbs of the procurement office: make a round, change it, take articles in, invite, open, close.

What members answer stands in :mod:`procurement.demand.actions_answers`; closing holds the round with an exclusive lock.
"""

from collections.abc import Iterable, Sequence
from datetime import date

import sqlalchemy as sa

from procurement.audit.actions import Change, record
from procurement.audit.actor import Actor
from procurement.audit.events import Event
from procurement.core import clock, jobs
from procurement.core.db import db
from procurement.core.errors import Refused, refuse_if
from procurement.core.filters import euro, moment, short_day
from procurement.demand import queries, rules
from procurement.demand.actions_guard import compare, hold
from procurement.demand.actions_watch import note_change
from procurement.demand.entries import ArticleEntry, RoundEntry
from procurement.demand.models import Article, Demand, DemandRound
from procurement.demand.states import DemandState, RoundState
from procurement.members.models import Account, Member
from procurement.values.money import Money
from procurement.values.objection import Objection

Words = dict[str, Change | str]
ROUND_FIELDS = {
    "reference": "Zeichen",
    "title": "Titel",
    "description": "Beschreibung",
    "term_months": "Laufzeit in Monaten",
    "option_months": "Verlängerungen in Monaten",
    "has_total_price": "Gesamtpreis für die Laufzeit",
    "joint_cost_from_net": "Gemeinsame Kosten von",
    "joint_cost_to_net": "Gemeinsame Kosten bis",
    "joint_cost_key": "Aufteilung der gemeinsamen Kosten",
    "key_reference_date": "Stichtag des Schlüssels",
}
ROUND_MOMENTS = {"deadline_at": "Frist", "reminder_at": "Erinnerung", "escalation_at": "Letzte Erinnerung"}


def create_round(entry: RoundEntry, *, by: Account) -> DemandRound:
    """Prepare a round; members learn of it when it is opened."""
    refuse_if(rules.objections_to_round(entry, now=clock.now(), is_taken=queries.reference_is_taken(entry.reference)))
    made = DemandRound(created_by_id=by.id, state=RoundState.DRAFT, **_round_fields(entry))
    db.session.add(made)
    record(Event.ROUND_CREATED, made, by=by, changes={"Frist": moment(entry.deadline_at)})
    return made


def change_round(round_: DemandRound, entry: RoundEntry, *, by: Actor, seen_version: int | None = None) -> DemandRound:
    """Change title, description or deadline; a later deadline lets members answer again."""
    hold(round_)
    compare(round_, seen_version)
    taken = queries.reference_is_taken(entry.reference, besides=round_.id)
    refuse_if(rules.objections_to_changing(round_) + rules.objections_to_round(entry, now=clock.now(), is_taken=taken))
    wanted = _round_fields(entry)
    changes: Words = {
        label: (_in_words(getattr(round_, field)), _in_words(wanted[field]))
        for field, label in ROUND_FIELDS.items()
        if getattr(round_, field) != wanted[field]
    }
    changes |= {
        label: (moment(getattr(round_, field)), moment(getattr(entry, field)))
        for field, label in ROUND_MOMENTS.items()
        if getattr(round_, field) != getattr(entry, field)
    }
    for field, value in wanted.items():
        setattr(round_, field, value)
    record(Event.ROUND_CHANGED, round_, by=by, changes=changes)
    note_change(round_, "Angaben der Bedarfsrunde geändert", by=by)
    return round_


def _in_words(value: object) -> object:
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, Money):
        return euro(value)
    return short_day(value) if isinstance(value, date) else value


def _round_fields(entry: RoundEntry) -> dict[str, object]:
    return {
        "reference": entry.reference.strip(),
        "title": entry.title.strip(),
        "description": entry.description.strip(),
        "deadline_at": entry.deadline_at,
        "reminder_at": entry.reminder_at,
        "escalation_at": entry.escalation_at,
        "term_months": entry.term.months,
        "option_months": entry.term.option_months,
        "has_total_price": entry.term.has_total_price,
        "joint_cost_from_net": entry.joint_cost.from_net,
        "joint_cost_to_net": entry.joint_cost.to_net,
        "joint_cost_key": entry.joint_cost.key,
        "key_reference_date": entry.joint_cost.reference_date,
    }


def add_article(round_: DemandRound, entry: ArticleEntry, *, by: Actor) -> Article:
    """Take one article into a round in preparation."""
    hold(round_)
    taken = {article.number for article in queries.articles_of(round_.id)}
    refuse_if(rules.objections_to_changing_articles(round_) + rules.objections_to_article(entry, taken))
    article = _article(round_, entry, _next_position(round_))
    record(Event.ARTICLE_ADDED, article, by=by, changes={"Bedarfsrunde": round_.audit_label})
    return article


def add_articles(round_: DemandRound, entries: Sequence[ArticleEntry], *, by: Actor) -> list[Article]:
    """Take many articles into a round in preparation: all of them, or none with every objection named by its line."""
    hold(round_)
    refuse_if(rules.objections_to_changing_articles(round_))
    taken = {article.number for article in queries.articles_of(round_.id)}
    found = []
    for line, entry in enumerate(entries, 1):
        found += [Objection(f"Zeile {line}: {o.text}") for o in rules.objections_to_article(entry, taken)]
        taken.add(entry.number.strip())
    refuse_if(found)
    first = _next_position(round_)
    made = [_article(round_, entry, position) for position, entry in enumerate(entries, first)]
    listed = "; ".join(article.audit_label for article in made)
    record(Event.ARTICLE_ADDED, round_, by=by, changes={"Artikel": listed})
    return made


def _next_position(round_: DemandRound) -> int:
    last = db.session.scalar(sa.select(sa.func.max(Article.position)).filter_by(round_id=round_.id))
    return (last or 0) + 1


def _article(round_: DemandRound, entry: ArticleEntry, position: int) -> Article:
    made = Article(
        round_id=round_.id,
        position=position,
        number=entry.number.strip(),
        title=entry.title.strip(),
        unit=entry.unit.strip(),
        nature=entry.nature,
        category=entry.category.strip(),
        cpv=entry.cpv,
        planning_price_net=entry.planning_price_net,
        explanation=entry.explanation.strip(),
        period=entry.period,
        price_from_net=entry.price_from_net,
        price_to_net=entry.price_to_net,
    )
    db.session.add(made)
    return made


def remove_article(article: Article, *, by: Actor) -> DemandRound:
    """Take an article out of a round in preparation."""
    round_ = article.round
    hold(round_)
    refuse_if(rules.objections_to_changing_articles(round_))
    db.session.delete(article)
    record(Event.ARTICLE_REMOVED, article, by=by, changes={"Bedarfsrunde": round_.audit_label})
    return round_


def invite(round_: DemandRound, members: Iterable[Member], *, by: Actor) -> DemandRound:
    """Invite members; who is invited already stays invited, and each new one has an open demand at once."""
    hold(round_)
    refuse_if(rules.objections_to_inviting(round_))
    already = queries.invited_member_ids(round_)
    chosen = [member for member in members if member.id not in already]
    deadline_on = clock.in_berlin(round_.deadline_at).date()
    leaving = [(member.name, member.left_on) for member in chosen]
    refuse_if(rules.objections_to_inviting_members(leaving, deadline_on=deadline_on))
    new = {member.id: member.name for member in chosen}
    if not new:
        raise Refused([Objection("Bitte mindestens ein Mitglied wählen, das noch nicht eingeladen ist.", "members")])
    rows = [{"round_id": round_.id, "member_id": member_id, "state": DemandState.OPEN} for member_id in new]
    db.session.execute(sa.insert(Demand), rows)
    if round_.state is RoundState.OPEN:
        _invite_by_mail(round_)
    record(Event.MEMBER_INVITED, round_, by=by, changes={"Mitglieder": ", ".join(new.values())})
    return round_


def _invite_by_mail(round_: DemandRound) -> None:
    """Let the worker write to the leads: four hundred mails are not for a web request."""
    jobs.enqueue("demand:invitations", unique_key=f"demand:invitations:{round_.id}", round_id=round_.id)


def open_round(round_: DemandRound, *, by: Actor, seen_version: int | None = None) -> DemandRound:
    """Let the invited members answer; from now on the articles are fixed."""
    hold(round_)
    compare(round_, seen_version)
    articles, invited = queries.article_count(round_), queries.figures_of(round_).invited
    refuse_if(rules.objections_to_opening(round_, articles, invited, now=clock.now()))
    round_.state, round_.opened_at = RoundState.OPEN, clock.now()
    _invite_by_mail(round_)
    words: Words = {
        "Zustand": (RoundState.DRAFT, RoundState.OPEN),
        "Artikel": str(articles),
        "Eingeladen": str(invited),
    }
    record(Event.ROUND_OPENED, round_, by=by, changes=words)
    return round_


def close_round(round_: DemandRound, *, by: Actor, seen_version: int | None = None) -> DemandRound:
    """Close the round: submitted demands are frozen for good, missing answers are named in the trail."""
    hold(round_)
    compare(round_, seen_version)
    refuse_if(rules.objections_to_closing(round_))
    figures, missing = queries.figures_of(round_), queries.unanswered_members(round_)
    round_.state, round_.closed_at = RoundState.CLOSED, clock.now()
    submitted = sa.update(Demand).where(Demand.round_id == round_.id, Demand.state == DemandState.SUBMITTED)
    db.session.execute(submitted.values(state=DemandState.FROZEN, version=Demand.version + 1))
    words: Words = {
        "Zustand": (RoundState.OPEN, RoundState.CLOSED),
        "Eingefroren": str(figures.submitted),
        "Fehlanzeigen": str(figures.nil),
        "Ohne Antwort": ", ".join(missing) or "niemand",
    }
    record(Event.ROUND_CLOSED, round_, by=by, changes=words)
    note_change(round_, "Bedarfsrunde geschlossen", by=by)
    return round_
