"""Asking departments of the own member by link, taking their answers and their sums.

The link carries 256 random bits of which only the hash is stored; whoever holds it may fill in this department's
figures and nothing else. A reminder has to be a new link, and the old one ends. Saving through the link replaces the
department's figures as a whole: the same form a second time changes nothing, so it needs no memory of anonymous
requests, and the version keeps two windows from overwriting each other unseen.
"""

import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm.attributes import flag_modified

from procurement.audit.actions import Change, record
from procurement.audit.events import Event
from procurement.core import clock, filters
from procurement.core.db import db
from procurement.core.errors import Conflict, Refused, refuse_if
from procurement.core.links import absolute
from procurement.core.mail import enqueue_mail
from procurement.demand import actions_answers, departments, queries_answers, queries_departments, rules
from procurement.demand.actions_guard import compare, hold, hold_own
from procurement.demand.aggregation import RequestedArticle
from procurement.demand.departments import Colleague, DepartmentEntry, DepartmentSum
from procurement.demand.entries import ItemEntry
from procurement.demand.models import Demand, DepartmentItem, DepartmentRequest
from procurement.demand.models_departments import DepartmentTakeover
from procurement.members.models import Account
from procurement.members.queries import token_hash
from procurement.values.objection import Objection

Words = dict[str, Change | str]
TOKEN_BYTES = 32
CHANGED_MEANWHILE = (
    "Inzwischen wurden über diesen Link andere Mengen gespeichert. Bitte laden Sie die Seite neu und vergleichen Sie."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that went out; the link is known only now and never again."""

    request: DepartmentRequest
    link: str


def ask(demand: Demand, entry: DepartmentEntry, *, by: Account) -> Asked:
    """Send a named colleague of the own member a link to report the figures of one department."""
    _hold_open(demand, by)
    asked = {r.department.casefold() for r in queries_departments.requests_of(demand) if r.revoked_at is None}
    deadline = demand.round.deadline_at
    refuse_if(departments.objections_to_asking(entry, asked, now=clock.now(), deadline=deadline))
    token = secrets.token_urlsafe(TOKEN_BYTES)
    request = DepartmentRequest(
        demand_id=demand.id,
        department=entry.department.strip(),
        name=entry.name.strip(),
        email=entry.email.strip(),
        token_hash=token_hash(token),
        expires_at=entry.until,
        sent_at=clock.now(),
        sent_by_id=by.id,
    )
    db.session.add(request)
    db.session.flush()
    words = {"Fachamt": request.audit_label, "Link gilt bis": filters.moment(request.expires_at)}
    record(Event.DEPARTMENT_ASKED, demand, by=by, changes=words, member_id=demand.member_id)
    return Asked(request, _send(request, token, by, "Bitte melden Sie"))


def _hold_open(demand: Demand, by: Account) -> None:
    """Departments report only as long as their lead can still change the demand."""
    hold_own(demand, by)
    contact = queries_answers.contact_of(demand.round)
    refuse_if(rules.objections_to_saving(demand, demand.round, now=clock.now(), contact=contact))


def _send(request: DepartmentRequest, token: str, by: Account, opening: str) -> str:
    link = absolute("demand.department_report", token=token)
    round_, member = request.demand.round, request.demand.member
    enqueue_mail(
        request.email,
        f"Bedarfsabfrage {round_.title}: {request.department}",
        f"Guten Tag {request.name},\n\n{opening} für {request.department} ({member.name}), was Sie in der "
        f"Bedarfsrunde „{round_.title}“ brauchen, spätestens {filters.moment(request.expires_at)}:\n\n{link}\n\n"
        f"Der Link ist persönlich und braucht kein Kennwort; bitte nicht weitergeben.\n\n{by.name}\n{by.email}\n",
    )
    return link


def remind(request: DepartmentRequest, *, by: Account) -> Asked:
    """Send a new link, good until the round's deadline; the one sent before ends."""
    demand = request.demand
    _hold_open(demand, by)
    if request.revoked_at is not None:
        raise Refused("Der Link dieses Fachamts ist gesperrt. Bitte fragen Sie das Fachamt neu.")
    token = secrets.token_urlsafe(TOKEN_BYTES)
    request.token_hash, request.sent_at, request.sent_by_id = token_hash(token), clock.now(), by.id
    request.expires_at = demand.round.deadline_at
    words = {"Fachamt": request.audit_label, "Neuer Link gilt bis": filters.moment(request.expires_at)}
    record(Event.DEPARTMENT_REMINDED, demand, by=by, changes=words, member_id=demand.member_id)
    return Asked(request, _send(request, token, by, "zur Erinnerung: Bitte melden Sie"))


def revoke(request: DepartmentRequest, *, by: Account) -> DepartmentRequest:
    """End a link; what came through it no longer counts in the sums."""
    hold_own(request.demand, by)
    if request.revoked_at is not None:
        raise Refused("Dieser Link ist schon gesperrt.")
    request.revoked_at = clock.now()
    words = {"Fachamt": request.audit_label}
    record(Event.DEPARTMENT_REVOKED, request.demand, by=by, changes=words, member_id=request.demand.member_id)
    return request


def answer(token: str, entries: Sequence[ItemEntry], *, seen_version: int | None = None) -> DepartmentRequest:
    """Store what a department reports through its link; it may be corrected until the lead has submitted."""
    request = queries_departments.request_by_token(token)
    demand = request.demand
    hold(demand.round, shared=True)
    hold(demand, shared=True)
    db.session.refresh(request, with_for_update={"of": DepartmentRequest})
    refuse_if(objections_to_answering(request))
    articles = {article.article_id: article for article in queries_answers.articles_for(demand)}
    refuse_if(rules.objections_to_items(entries, {number: article.title for number, article in articles.items()}))
    stored = queries_departments.entries_of(request)
    wanted = _wanted(entries, stored)
    if wanted == stored and request.answered_at is not None:
        return request
    if seen_version is not None and seen_version != request.version:
        raise Conflict(CHANGED_MEANWHILE)
    _store(request, wanted)
    request.answered_at = clock.now()
    flag_modified(request, "answered_at")  # a second answer at the same moment is a new version too
    changes = {"Fachamt": request.department} | _changes(stored, wanted, articles)
    colleague = Colleague(f"{request.name}, {request.department} (über Link)")
    record(Event.DEPARTMENT_ANSWERED, demand, by=colleague, changes=changes, member_id=demand.member_id)
    return request


def objections_to_answering(request: DepartmentRequest) -> list[Objection]:
    """Why the department cannot report now; it asks the colleague who sent the link, not the procurement office."""
    sender = f"{request.sent_by.name}, {request.sent_by.email}"
    found = rules.objections_to_saving(request.demand, request.demand.round, now=clock.now(), contact=sender)
    if not found:
        return []
    return [Objection(f"Ihre Mengen lassen sich nicht mehr ändern. Fragen beantwortet {sender}.")]


def _wanted(entries: Iterable[ItemEntry], stored: Mapping[int, ItemEntry]) -> dict[int, ItemEntry]:
    """The figures after saving: quantities and remark as typed, rows that did not arrive as they are."""
    typed = [ItemEntry(e.article_id, e.minimum, e.expected, e.maximum, e.note).completed() for e in entries]
    wanted = {entry.article_id: entry for entry in typed if not entry.is_blank}
    arrived = {entry.article_id for entry in typed}
    return wanted | {article_id: item for article_id, item in stored.items() if article_id not in arrived}


def _changes(
    stored: Mapping[int, ItemEntry], wanted: Mapping[int, ItemEntry], articles: Mapping[int, RequestedArticle]
) -> Words:
    changes: Words = {}
    for article_id in sorted({*stored, *wanted}):
        before, after = stored.get(article_id), wanted.get(article_id)
        if before != after:
            article = articles[article_id]
            old, new = (one.in_words(article.unit) if one else "" for one in (before, after))
            changes[f"{article.number} {article.title}"] = (old, new)
    return changes


def _store(request: DepartmentRequest, wanted: Mapping[int, ItemEntry]) -> None:
    db.session.execute(sa.delete(DepartmentItem).where(DepartmentItem.request_id == request.id))
    fields = ("article_id", "minimum", "expected", "maximum", "note")
    rows = [
        {"request_id": request.id} | {field: getattr(entry, field) for field in fields} for entry in wanted.values()
    ]
    if rows:
        db.session.execute(sa.insert(DepartmentItem), rows)


def take_over(
    demand: Demand, article_ids: Collection[int] | None, *, by: Account, seen_version: int | None = None
) -> list[DepartmentSum]:
    """Write the departments' sums as the member's items, all or of the chosen articles; notes and sites stay."""
    hold_own(demand, by)
    compare(demand, seen_version)
    chosen = [
        total
        for article_id, total in queries_departments.sums_of(demand).items()
        if not total.is_taken and (article_ids is None or article_id in article_ids)
    ]
    if not chosen:
        raise Refused("Es gibt keine Summe zu übernehmen: Nichts gewählt, oder alles ist schon übernommen.")
    before = queries_answers.entries_of(demand)
    entries = [departments.summed_entry(total, before.get(total.article_id)) for total in chosen]
    actions_answers.save_draft(demand, entries, by=by)
    _remember(demand, chosen, by)
    articles = {article.article_id: article for article in queries_answers.articles_for(demand)}
    words = {f"{articles[t.article_id].number} {articles[t.article_id].title}": t.origin or "keine" for t in chosen}
    record(Event.DEPARTMENTS_TAKEN_OVER, demand, by=by, changes=words, member_id=demand.member_id)
    return chosen


def _remember(demand: Demand, chosen: Sequence[DepartmentSum], by: Account) -> None:
    stored = queries_departments.takeovers_of(demand)
    for total in chosen:
        taken = stored.get(total.article_id)
        if taken is None:
            taken = DepartmentTakeover(demand_id=demand.id, article_id=total.article_id)
            db.session.add(taken)
        taken.minimum, taken.expected, taken.maximum = total.quantities
        taken.origin, taken.taken_at, taken.taken_by_id = total.origin, clock.now(), by.id
