"""Verbs of demand: make a round, invite, open, answer, close; after closing every one of them refuses.

A member's action holds the round with a shared lock and closing with an exclusive one, so that an answer is either in
the closed round or refused, never between.
"""

from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm.attributes import flag_modified

from procurement.audit.actions import Change, record
from procurement.audit.actor import Actor
from procurement.audit.events import Event
from procurement.core import clock
from procurement.core.access import Role
from procurement.core.db import db
from procurement.core.errors import Conflict, NotFound, Refused, refuse_if
from procurement.core.filters import moment
from procurement.demand import queries, rules
from procurement.demand.entries import ArticleEntry, ItemEntry, RoundEntry, worded
from procurement.demand.models import Article, Demand, DemandItem, DemandRound
from procurement.demand.states import DemandState, RoundState
from procurement.members.models import Account, Member
from procurement.values.objection import Objection

Words = dict[str, Change | str]
ROUND_FIELDS = {"reference": "Zeichen", "title": "Titel", "description": "Beschreibung"}
QUANTITY_FIELDS = ("minimum", "expected", "maximum", "note")


def create_round(entry: RoundEntry, *, by: Account) -> DemandRound:
    """Prepare a round; members learn of it when it is opened."""
    refuse_if(rules.objections_to_round(entry, now=clock.now(), is_taken=queries.reference_is_taken(entry.reference)))
    made = DemandRound(created_by_id=by.id, state=RoundState.DRAFT, **_round_fields(entry))
    db.session.add(made)
    record(Event.ROUND_CREATED, made, by=by, changes={"Frist": moment(entry.deadline_at)})
    return made


def change_round(round_: DemandRound, entry: RoundEntry, *, by: Actor, seen_version: int | None = None) -> DemandRound:
    """Change title, description or deadline; a later deadline lets members answer again."""
    _hold(round_)
    _compare(round_, seen_version)
    taken = queries.reference_is_taken(entry.reference, besides=round_.id)
    refuse_if(rules.objections_to_changing(round_) + rules.objections_to_round(entry, now=clock.now(), is_taken=taken))
    wanted = _round_fields(entry)
    changes: Words = {
        label: (getattr(round_, field), wanted[field])
        for field, label in ROUND_FIELDS.items()
        if getattr(round_, field) != wanted[field]
    }
    if round_.deadline_at != entry.deadline_at:
        changes["Frist"] = (moment(round_.deadline_at), moment(entry.deadline_at))
    for field, value in wanted.items():
        setattr(round_, field, value)
    record(Event.ROUND_CHANGED, round_, by=by, changes=changes)
    return round_


def _round_fields(entry: RoundEntry) -> dict[str, object]:
    return {
        "reference": entry.reference.strip(),
        "title": entry.title.strip(),
        "description": entry.description.strip(),
        "deadline_at": entry.deadline_at,
    }


def add_article(round_: DemandRound, entry: ArticleEntry, *, by: Actor) -> Article:
    """Take one article into a round in preparation."""
    _hold(round_)
    taken = {article.number for article in queries.articles_of(round_.id)}
    refuse_if(rules.objections_to_changing_articles(round_) + rules.objections_to_article(entry, taken))
    article = _article(round_, entry, _next_position(round_))
    record(Event.ARTICLE_ADDED, article, by=by, changes={"Bedarfsrunde": round_.audit_label})
    return article


def add_articles(round_: DemandRound, entries: Sequence[ArticleEntry], *, by: Actor) -> list[Article]:
    """Take many articles into a round in preparation: all of them, or none with every objection named by its line."""
    _hold(round_)
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
    )
    db.session.add(made)
    return made


def remove_article(article: Article, *, by: Actor) -> DemandRound:
    """Take an article out of a round in preparation."""
    round_ = article.round
    _hold(round_)
    refuse_if(rules.objections_to_changing_articles(round_))
    db.session.delete(article)
    record(Event.ARTICLE_REMOVED, article, by=by, changes={"Bedarfsrunde": round_.audit_label})
    return round_


def invite(round_: DemandRound, members: Iterable[Member], *, by: Actor) -> DemandRound:
    """Invite members; who is invited already stays invited, and each new one has an open demand at once."""
    _hold(round_)
    refuse_if(rules.objections_to_inviting(round_))
    already = queries.invited_member_ids(round_)
    new = {member.id: member.name for member in members if member.id not in already}
    if not new:
        raise Refused([Objection("Bitte mindestens ein Mitglied wählen, das noch nicht eingeladen ist.", "members")])
    rows = [{"round_id": round_.id, "member_id": member_id, "state": DemandState.OPEN} for member_id in new]
    db.session.execute(sa.insert(Demand), rows)
    record(Event.MEMBER_INVITED, round_, by=by, changes={"Mitglieder": ", ".join(new.values())})
    return round_


def open_round(round_: DemandRound, *, by: Actor, seen_version: int | None = None) -> DemandRound:
    """Let the invited members answer; from now on the articles are fixed."""
    _hold(round_)
    _compare(round_, seen_version)
    articles, invited = queries.article_count(round_), queries.figures_of(round_).invited
    refuse_if(rules.objections_to_opening(round_, articles, invited, now=clock.now()))
    round_.state, round_.opened_at = RoundState.OPEN, clock.now()
    words: Words = {
        "Zustand": (RoundState.DRAFT, RoundState.OPEN),
        "Artikel": str(articles),
        "Eingeladen": str(invited),
    }
    record(Event.ROUND_OPENED, round_, by=by, changes=words)
    return round_


def save_draft(demand: Demand, entries: Sequence[ItemEntry], *, by: Account, seen_version: int | None = None) -> Demand:
    """Store what a member entered, however incomplete; blank entries remove their item, others stay as they are."""
    _hold_own(demand, by)
    _compare(demand, seen_version)
    articles = {article.id: article for article in queries.articles_of(demand.round_id)}
    titles = {article.id: article.title for article in articles.values()}
    contact = queries.contact_of(demand.round)
    found = rules.objections_to_saving(demand, demand.round, now=clock.now(), contact=contact)
    refuse_if(found + rules.objections_to_items(entries, titles))
    changes = _write(demand, [entry.completed() for entry in entries], articles)
    demand.state, demand.saved_at = DemandState.DRAFT, clock.now()
    flag_modified(demand, "saved_at")  # a second save at the same moment is a new version too
    record(Event.DEMAND_SAVED, demand, by=by, changes=changes, member_id=demand.member_id)
    return demand


def _write(demand: Demand, entries: Iterable[ItemEntry], articles: Mapping[int, Article]) -> dict[str, Change]:
    """Bring the stored items in line with the entries; return the changed ones in words, old and new."""
    stored = queries.items_of(demand)
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
    _hold_own(demand, by)
    _compare(demand, seen_version)
    contact = queries.contact_of(demand.round)
    maxima = queries.maxima_of(demand)
    refuse_if(rules.objections_to_submitting(demand, demand.round, maxima, now=clock.now(), contact=contact))
    return _answer(demand, DemandState.SUBMITTED, by)


def report_nil(demand: Demand, *, by: Account, seen_version: int | None = None) -> Demand:
    """Report that the member needs nothing in this round."""
    _hold_own(demand, by)
    _compare(demand, seen_version)
    contact = queries.contact_of(demand.round)
    maxima = queries.maxima_of(demand)
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
    _hold(demand.round, shared=True)
    _hold(demand)
    _compare(demand, seen_version)
    contact = queries.contact_of(demand.round)
    found = rules.objections_to_reopening(demand, demand.round, now=clock.now(), contact=contact)
    if not reason.strip():
        found.append(Objection("Bitte begründen Sie, warum der Bedarf geändert werden soll.", "reason"))
    refuse_if(found)
    before, revision = demand.state, demand.revision
    demand.state = DemandState.DRAFT if queries.maxima_of(demand) else DemandState.OPEN
    demand.revision, demand.submitted_at, demand.submitted_by_id = revision + 1, None, None
    words: Words = {
        "Zustand": (before, demand.state),
        "Fassung": (revision, demand.revision),
        "Begründung": reason.strip(),
    }
    record(Event.DEMAND_REOPENED, demand, by=by, changes=words, member_id=demand.member_id)
    return demand


def close_round(round_: DemandRound, *, by: Actor, seen_version: int | None = None) -> DemandRound:
    """Close the round: submitted demands are frozen for good, missing answers are named in the trail."""
    _hold(round_)
    _compare(round_, seen_version)
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
    return round_


def _hold_own(demand: Demand, by: Account) -> None:
    """Take the locks of a member's own change; another member's demand looks like one that does not exist."""
    if demand.member_id not in by.member_ids:
        raise NotFound
    _hold(demand.round, shared=True)
    _hold(demand)


def _hold(thing: DemandRound | Demand, *, shared: bool = False) -> None:
    """Lock the row until the end of the transaction and read it as it is now."""
    db.session.refresh(thing, with_for_update={"of": type(thing), "read": shared})


def _compare(thing: DemandRound | Demand, seen_version: int | None) -> None:
    if seen_version is not None and seen_version != thing.version:
        raise Conflict(
            f"Inzwischen wurde hier etwas gespeichert: Sie sahen Stand {seen_version}, gespeichert ist Stand "
            f"{thing.version} ({thing.state.label}). Bitte vergleichen Sie beide, bevor Sie weitermachen."
        )
