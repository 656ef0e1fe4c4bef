"""The trail as stored: entries that are only ever added, and the head of the hash chain."""

import json
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from procurement.audit.events import Event
from procurement.core.db import Base, Moment


class AuditEntry(Base):
    """One change of state; the actor's name is kept as it was then, so the entry outlives the account."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    event: Mapped[str] = mapped_column(sa.String(80), index=True)
    actor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    actor_name: Mapped[str] = mapped_column(sa.String(200))
    subject_type: Mapped[str] = mapped_column(sa.String(60))
    subject_id: Mapped[int]
    subject_label: Mapped[str] = mapped_column(sa.String(400))
    tender_id: Mapped[int | None] = mapped_column(index=True)
    member_id: Mapped[int | None] = mapped_column(index=True)
    changes: Mapped[str] = mapped_column(sa.Text)
    previous_hash: Mapped[str] = mapped_column(sa.String(64))
    hash: Mapped[str] = mapped_column(sa.String(64), unique=True)

    __table_args__ = (sa.Index("ix_audit_entry_subject", "subject_type", "subject_id"),)

    @property
    def who(self) -> str:
        """The actor's name as it was then."""
        return self.actor_name

    @property
    def text(self) -> str:
        """The event in German; an event this version no longer knows is shown as stored."""
        known = {event.value: event.label for event in Event}
        return known.get(self.event, self.event)

    @property
    def worded_changes(self) -> list[str]:
        """Each change in words: ``Feld: alt → neu`` or ``Feld: Text``."""
        changes: dict[str, str | list[str]] = json.loads(self.changes)
        return [
            f"{name}: {change}" if isinstance(change, str) else f"{name}: {change[0] or '–'} → {change[1] or '–'}"
            for name, change in changes.items()
        ]

    @property
    def detail(self) -> str:
        """All changes in one line."""
        return "; ".join(self.worded_changes)


class AuditChainHead(Base):
    """The last number and hash of the chain; locking its single row puts concurrent writers in one line."""

    __tablename__ = "audit_chain_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    hash: Mapped[str] = mapped_column(sa.String(64))
