"""Alembic's entry: runs the migrations on the application's own engine, SQLite in batch mode."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from flask import current_app
from sqlalchemy.engine import Connection

from procurement.core.db import db

migrate_options = current_app.extensions["migrate"].configure_args


def plain_type(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write the database's own type, so that a migration never depends on today's code."""
    if kind != "type" or not isinstance(item, sa.TypeDecorator):
        return False
    return f"sa.{item.impl!r}"


@contextmanager
def _without_foreign_keys(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by copying it; dropping the old one must not count as deleting what others point at.

    Afterwards every reference is checked, so a migration that loses a row fails here. The switch works only outside
    of a transaction, therefore on the driver's own connection.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.driver_connection
    if driver is None:
        raise RuntimeError("the connection is closed")
    driver.execute("PRAGMA foreign_keys=OFF")
    yield
    broken = driver.execute("PRAGMA foreign_key_check").fetchall()
    driver.execute("PRAGMA foreign_keys=ON")
    if broken:
        raise RuntimeError(f"references to missing rows after the migration: {broken[:5]}")


def run() -> None:
    """Run on one connection, each migration in its own transaction where the engine can."""
    with db.engine.connect() as connection, _without_foreign_keys(connection):
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            compare_type=True,
            render_item=plain_type,
            transaction_per_migration=True,
            render_as_batch=migrate_options.get("render_as_batch", True),
        )
        with context.begin_transaction():
            context.run_migrations()


run()
