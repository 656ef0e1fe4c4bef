"""A member's own wishes; another member's look like ones that do not exist."""

import sqlalchemy as sa

from procurement.core.db import db
from procurement.core.errors import NotFound
from procurement.demand.models import Article, Demand


def wish_of(demand: Demand, article_id: int) -> Article:
    """One wish of this demand's member in this round, or :class:`NotFound`."""
    query = sa.select(Article).filter_by(id=article_id, round_id=demand.round_id, wished_by_id=demand.member_id)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found
