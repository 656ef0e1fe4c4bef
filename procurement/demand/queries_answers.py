"""One member's answer: its items, what it needed last time, and whom to ask."""

import sqlalchemy as sa

from procurement.core.db import db
from procurement.demand.entries import ItemEntry
from procurement.demand.models import Article, Demand, DemandItem, DemandRound
from procurement.demand.states import DemandState
from procurement.members.models import Account
from procurement.values.quantity import Quantity

QUANTITIES = (DemandItem.minimum, DemandItem.expected, DemandItem.maximum)


def items_of(demand: Demand) -> dict[int, DemandItem]:
    """The stored items of a demand by article."""
    return {item.article_id: item for item in db.session.scalars(sa.select(DemandItem).filter_by(demand_id=demand.id))}


def entries_of(demand: Demand) -> dict[int, ItemEntry]:
    """The stored items of a demand by article, as values."""
    columns = (DemandItem.article_id, *QUANTITIES, DemandItem.note)
    rows = db.session.execute(sa.select(*columns).where(DemandItem.demand_id == demand.id))
    return {row.article_id: ItemEntry(*row) for row in rows}


def maxima_of(demand: Demand) -> list[Quantity]:
    """The largest quantities of a demand's items: any above zero makes it a demand."""
    return list(db.session.scalars(sa.select(DemandItem.maximum).filter_by(demand_id=demand.id)))


def last_figures(demand: Demand) -> dict[str, Quantity]:
    """What the member needed of the same article numbers in its latest closed round, by article number and unit."""
    query = (
        sa.select(Article.number, Article.unit, DemandItem.expected)
        .join(DemandItem, DemandItem.article_id == Article.id)
        .join(Demand, Demand.id == DemandItem.demand_id)
        .join(DemandRound, DemandRound.id == Article.round_id)
        .where(Demand.member_id == demand.member_id, Demand.state == DemandState.FROZEN, Demand.id != demand.id)
        .where(DemandRound.closed_at < (demand.round.opened_at or demand.round.deadline_at))
        .order_by(DemandRound.closed_at)
    )
    return {f"{number} {unit}": expected for number, unit, expected in db.session.execute(query)}


def contact_of(round_: DemandRound) -> str:
    """Whom a member asks about a round: the person who made it."""
    person = db.session.get(Account, round_.created_by_id)
    return f"die Vergabestelle ({person.name}, {person.email})" if person else "die Vergabestelle"
