"""Reading late demands and withdrawals of one member, and where else it can report."""

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from procurement.core.db import db
from procurement.demand.models import Demand, DemandChange, DemandItem, DemandRound
from procurement.demand.states import ChangeState, RoundState
from procurement.values.quantity import Quantity


def changes_of(demand: Demand) -> list[DemandChange]:
    """Every late demand and withdrawal of this demand, the latest first."""
    return list(
        db.session.scalars(sa.select(DemandChange).filter_by(demand_id=demand.id).order_by(DemandChange.id.desc()))
    )


def pending_of(demand: Demand) -> DemandChange | None:
    """What the procurement office still has to decide about this demand."""
    query = sa.select(DemandChange).filter_by(demand_id=demand.id, state=ChangeState.PENDING)
    return db.session.scalar(query.order_by(DemandChange.id.desc()).limit(1))


def items_needed(demand: Demand) -> list[DemandItem]:
    """The items of a demand that ask for something, in the order of the round."""
    query = (
        sa.select(DemandItem)
        .join(DemandItem.article)
        .options(contains_eager(DemandItem.article))
        .where(DemandItem.demand_id == demand.id, DemandItem.maximum > Quantity(0))
        .order_by(DemandItem.article_id)
    )
    return list(db.session.scalars(query))


def open_demands_of(member_id: int) -> list[Demand]:
    """The member's demands in rounds that are open now, by deadline."""
    query = (
        sa.select(Demand)
        .join(Demand.round)
        .options(contains_eager(Demand.round))
        .where(Demand.member_id == member_id, DemandRound.state == RoundState.OPEN)
        .order_by(DemandRound.deadline_at, DemandRound.id)
    )
    return list(db.session.scalars(query))
