"""Reading the trail: filtered pages for people, the whole chain for its verification."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask_sqlalchemy.pagination import Pagination

from procurement.audit.chain import GENESIS, Flaw, Link, flaws
from procurement.audit.events import Event
from procurement.audit.models import AuditChainHead, AuditEntry
from procurement.core.db import db

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """What the reader is looking for; everything empty means the whole trail."""

    event: Event | None = None
    actor: str = ""
    text: str = ""
    since: datetime | None = None
    until: datetime | None = None
    tender_id: int | None = None


def trail(wanted: TrailFilter, page: int = 1) -> Pagination:
    """One page of entries, newest first."""
    query = sa.select(AuditEntry).order_by(AuditEntry.number.desc())
    if wanted.event:
        query = query.where(AuditEntry.event == wanted.event.value)
    if wanted.actor:
        query = query.where(AuditEntry.actor_name.icontains(wanted.actor, autoescape=True))
    if wanted.text:
        query = query.where(AuditEntry.subject_label.icontains(wanted.text, autoescape=True))
    if wanted.since:
        query = query.where(AuditEntry.at >= wanted.since)
    if wanted.until:
        query = query.where(AuditEntry.at < wanted.until)
    if wanted.tender_id:
        query = query.where(AuditEntry.tender_id == wanted.tender_id)
    return db.paginate(query, page=page, per_page=PAGE_SIZE, error_out=False)


def history_of(subject_type: str, subject_id: int, limit: int = 20) -> list[AuditEntry]:
    """The latest entries about one thing, newest first."""
    query = sa.select(AuditEntry).filter_by(subject_type=subject_type, subject_id=subject_id)
    return list(db.session.scalars(query.order_by(AuditEntry.number.desc()).limit(limit)))


def history_of_tender(tender_id: int, limit: int = 12) -> list[AuditEntry]:
    """The latest entries about a tender and everything below it, newest first."""
    query = sa.select(AuditEntry).filter_by(tender_id=tender_id)
    return list(db.session.scalars(query.order_by(AuditEntry.number.desc()).limit(limit)))


def chain_flaws() -> list[Flaw]:
    """Everything wrong with the stored chain; an empty list means that it is whole."""
    head = db.session.get(AuditChainHead, 1)
    number, last_hash = (head.number, head.hash) if head else (0, GENESIS)
    return list(flaws(_links(), number, last_hash))


def _links() -> Iterator[Link]:
    names = list(Link.__slots__)
    columns = [getattr(AuditEntry, name) for name in names]
    for row in db.session.execute(sa.select(*columns).order_by(AuditEntry.number).execution_options(yield_per=1000)):
        yield Link(**dict(zip(names, row, strict=True)))
