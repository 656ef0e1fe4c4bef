"""Reading the trail: filtered pages for people, the whole chain for its verification."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask_sqlalchemy.pagination import Pagination

from procurement.audit.chain import GENESIS, Flaw, Link, flaws
from procurement.audit.events import Event
from procurement.audit.models import AuditChainHead, AuditEntry
from procurement.core.db import db

PAGE_SIZE = 50

Withholding = Callable[[int], sa.CompoundSelect[int]]
_withholdings: list[Withholding] = []


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """What the reader is looking for; everything empty means the whole trail."""

    event: Event | None = None
    actor: str = ""
    text: str = ""
    since: datetime | None = None
    until: datetime | None = None
    tender_id: int | None = None


def withhold(tenders_of: Withholding) -> None:
    """Let a feature to the right say about which tenders an account must not read the trail for now."""
    _withholdings.append(tenders_of)


def _readable(account_id: int) -> sa.ColumnElement[bool]:
    """Entries about no tender, or about one that nothing keeps from this account."""
    withheld = [AuditEntry.tender_id.in_(tenders_of(account_id)) for tenders_of in _withholdings]
    return sa.or_(AuditEntry.tender_id.is_(None), sa.not_(sa.or_(sa.false(), *withheld)))


def has_withheld(account_id: int) -> bool:
    """Whether there are entries that this account must not read for now."""
    return db.session.scalar(sa.select(AuditEntry.id).where(sa.not_(_readable(account_id))).limit(1)) is not None


def trail(wanted: TrailFilter, account_id: int, page: int = 1) -> Pagination:
    """One page of the entries that this account may read, newest first."""
    query = sa.select(AuditEntry).where(_readable(account_id)).order_by(AuditEntry.number.desc())
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
