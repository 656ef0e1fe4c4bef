"""Every changing form carries a key; the same key a second time answers with the first answer and changes nothing.

A double click, a resent form after the back button and a retry after a lost connection all arrive with the same key.
"""

import uuid
from datetime import datetime

import sqlalchemy as sa
from flask import request
from sqlalchemy.orm import Mapped, mapped_column

from procurement.core import clock
from procurement.core.db import Base, Moment, db
from procurement.core.errors import InputRefused

FIELD = "idempotency_key"
SHORTEST, LONGEST = 8, 60


class AnsweredRequest(Base):
    """A changing request that succeeded: its key, who sent it where, and where it led."""

    __tablename__ = "answered_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(60))
    account_id: Mapped[int] = mapped_column(default=0)
    endpoint: Mapped[str] = mapped_column(sa.String(120))
    location: Mapped[str] = mapped_column(sa.String(2000))
    answered_at: Mapped[datetime] = mapped_column(Moment)

    __table_args__ = (sa.UniqueConstraint("key", "account_id"),)


def new_key() -> str:
    """A fresh key for one rendered form."""
    return uuid.uuid4().hex


def key_of_request() -> str:
    """The key sent with this request; a changing request without one is refused."""
    key = request.form.get(FIELD, "") or request.headers.get("Idempotency-Key", "")
    if not SHORTEST <= len(key) <= LONGEST:
        raise InputRefused(
            "Dem Formular fehlt seine Vorgangsnummer. Bitte die Seite neu laden und das Formular noch einmal absenden."
        )
    return key


def earlier_answer(key: str, account_id: int) -> AnsweredRequest | None:
    """The answer this key already got from the same account, if any."""
    return db.session.scalar(sa.select(AnsweredRequest).filter_by(key=key, account_id=account_id))


def remember(key: str, account_id: int, location: str) -> None:
    """Keep where this request led, in the transaction of the change itself."""
    endpoint = request.endpoint or ""
    db.session.add(
        AnsweredRequest(
            key=key, account_id=account_id, endpoint=endpoint, location=location[:2000], answered_at=clock.now()
        )
    )
