"""The life of one row of a demand, out of everything the trail keeps about that demand."""

import json

import sqlalchemy as sa

from procurement.audit.models import AuditEntry
from procurement.core.db import db
from procurement.demand.item_history import ItemStep, TrailEntry, steps_of
from procurement.demand.models import Demand


def steps_of_item(demand: Demand, number: str) -> list[ItemStep]:
    """Every step of the article with this number, oldest first."""
    query = sa.select(AuditEntry).filter_by(subject_type="demand", subject_id=demand.id).order_by(AuditEntry.number)
    entries = [
        TrailEntry(entry.at, entry.who, entry.text, json.loads(entry.changes)) for entry in db.session.scalars(query)
    ]
    return steps_of(entries, number)
