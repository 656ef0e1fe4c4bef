"""Database plumbing: base class, constraint names, exact column types, and the one transaction per request.

SQLite runs with a rollback journal, full synchronisation and ``BEGIN IMMEDIATE`` for writers: WAL is left out because
the SQLite linked on Debian 12 predates the fix of its reset race. Money, unit prices and quantities are stored as
scaled integers, so SQL sums them exactly on both engines; ``SUM`` over BIGINT is NUMERIC in PostgreSQL and comes back
as an int.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.orm import DeclarativeBase

from procurement.core.errors import NotFound
from procurement.values.label import Labelled
from procurement.values.money import Money, UnitPrice
from procurement.values.quantity import Quantity

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """All mapped classes; plain :class:`DeclarativeBase` so that a type checker understands them."""

    metadata = sa.MetaData(naming_convention=NAMING)


db = SQLAlchemy(model_class=Base)


class MoneyColumn(sa.TypeDecorator[Money]):
    """Integer cents in the database, :class:`Money` in Python."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: Money | None, dialect: Dialect) -> int | None:
        return None if value is None else value.cents

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Money | None:
        return None if value is None else Money(int(value))


class UnitPriceColumn(sa.TypeDecorator[UnitPrice]):
    """Integer millionths of a euro in the database, :class:`UnitPrice` in Python."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: UnitPrice | None, dialect: Dialect) -> int | None:
        return None if value is None else value.millionths

    def process_result_value(self, value: Any | None, dialect: Dialect) -> UnitPrice | None:
        return None if value is None else UnitPrice(int(value))


class QuantityColumn(sa.TypeDecorator[Quantity]):
    """Integer thousandths in the database, :class:`Quantity` in Python."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: Quantity | None, dialect: Dialect) -> int | None:
        return None if value is None else value.thousandths

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Quantity | None:
        return None if value is None else Quantity(int(value))


class Moment(sa.TypeDecorator[datetime]):
    """An aware point in time, UTC in storage; SQLite keeps it naive and it is made aware again when read."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Row = TypeVar("Row", bound=Base)


def labelled(kind: type[Labelled]) -> sa.Enum:
    """A column type for a closed list: the stored value as text, checked by the database."""
    return sa.Enum(
        kind, native_enum=False, length=40, values_callable=lambda members: [member.value for member in members]
    )


_writing: ContextVar[bool] = ContextVar("writing", default=False)


@sa.event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Take transaction control from the driver and switch foreign keys and full synchronisation on."""
    if not type(connection).__module__.startswith("sqlite3"):
        return
    connection.isolation_level = None
    for pragma in ("foreign_keys=ON", "journal_mode=DELETE", "synchronous=FULL", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


@sa.event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    """A writer takes the lock at once, so that two deciders queue instead of deadlocking halfway."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")


@contextmanager
def writing() -> Iterator[None]:
    """Mark everything inside as a writer's transaction; committing is the caller's part."""
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


@contextmanager
def transaction() -> Iterator[None]:
    """One transaction for a command or a job: commit at the end, roll back on any error."""
    with writing():
        try:
            yield
            db.session.commit()
        except BaseException:
            db.session.rollback()
            raise


def existing(kind: type[Row], number: int) -> Row:
    """The row of this number; :class:`NotFound` without one. Whether somebody may read it is for the caller to say."""
    found = db.session.get(kind, number)
    if found is None:
        raise NotFound
    return found
