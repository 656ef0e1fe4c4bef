"""Alembic's entry: runs the migrations on the application's own engine, SQLite in batch mode."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from flask import current_app

from procurement.core.db import db

migrate_options = current_app.extensions["migrate"].configure_args


def plain_type(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write the database's own type, so that a migration never depends on today's code."""
    if kind != "type" or not isinstance(item, sa.TypeDecorator):
        return False
    return f"sa.{item.impl!r}"


def run() -> None:
    """Run on one connection, each migration in its own transaction where the engine can."""
    with db.engine.connect() as connection:
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
