"""Recording: the last line of every action that changes something."""

import json
from collections.abc import Mapping

import sqlalchemy as sa

from procurement.audit.actor import Actor, Subject
from procurement.audit.chain import GENESIS, Link, hash_of
from procurement.audit.events import Event
from procurement.audit.models import AuditChainHead, AuditEntry
from procurement.core import clock
from procurement.core.db import db

Change = tuple[object, object]


def record(
    event: Event,
    subject: Subject,
    *,
    by: Actor,
    changes: Mapping[str, Change | str] | None = None,
    tender_id: int | None = None,
    member_id: int | None = None,
) -> AuditEntry:
    """Append one entry in the caller's transaction; ``changes`` maps German field names to (old, new) or to a text."""
    db.session.flush()
    head = _locked_head()
    link = Link(
        number=head.number + 1,
        at=clock.now(),
        event=event.value,
        actor_id=by.id,
        actor_name=by.acting_name(member_id),
        subject_type=subject.__tablename__,
        subject_id=subject.id,
        subject_label=subject.audit_label[:400],
        tender_id=tender_id,
        member_id=member_id,
        changes=_as_text(changes or {}),
        previous_hash=head.hash,
    )
    entry = AuditEntry(**{name: getattr(link, name) for name in Link.__slots__ if name != "hash"}, hash=hash_of(link))
    db.session.add(entry)
    head.number, head.hash = link.number, entry.hash
    db.session.flush()
    return entry


def _locked_head() -> AuditChainHead:
    """The end of the chain, locked so that two writers append one after the other."""
    head = db.session.scalar(sa.select(AuditChainHead).with_for_update().execution_options(populate_existing=True))
    if head is None:
        head = AuditChainHead(id=1, number=0, hash=GENESIS)
        db.session.add(head)
        db.session.flush()
    return head


def _as_text(changes: Mapping[str, Change | str]) -> str:
    """The changes as canonical JSON: a text, or the old and the new value as text."""
    worded = {
        name: change if isinstance(change, str) else [_worded(change[0]), _worded(change[1])]
        for name, change in changes.items()
    }
    return json.dumps(worded, ensure_ascii=False, sort_keys=True)


def _worded(value: object) -> str:
    """One value in words; nothing is an empty text."""
    return "" if value is None else str(getattr(value, "label", value))
