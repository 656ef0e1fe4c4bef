"""Reading adjustments, and the quantity that counts as a piece of SQL for every sum over many members.

The latest confirmed adjustment is joined by the index on its item. Rejected: joining a subquery of all confirmed ones,
which SQLite scans for each of 120,000 items.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, aliased, contains_eager

from procurement.core.db import db
from procurement.core.errors import NotFound
from procurement.demand import queries_answers
from procurement.demand.adjustments import Quantities
from procurement.demand.entries import ItemEntry
from procurement.demand.models import Adjustment, Demand, DemandItem
from procurement.demand.queries import sees_all
from procurement.demand.states import AdjustmentState
from procurement.members.models import Account
from procurement.values.quantity import Quantity

CONFIRMED = aliased(Adjustment, name="confirmed")
"""To be joined from the outside: ``.outerjoin(CONFIRMED, OF_ITEM)``."""
_LATER = aliased(Adjustment, name="later_confirmed")
OF_ITEM = sa.and_(
    CONFIRMED.item_id == DemandItem.id,
    CONFIRMED.state == AdjustmentState.CONFIRMED,
    ~sa.exists()
    .where(_LATER.item_id == CONFIRMED.item_id, _LATER.state == AdjustmentState.CONFIRMED, _LATER.id > CONFIRMED.id)
    .correlate(CONFIRMED),
)


def counting(column: InstrumentedAttribute[Quantity]) -> sa.ColumnElement[Any]:
    """The quantity that counts: the confirmed one, else what the member typed; needs the join with CONFIRMED."""
    return sa.type_coerce(sa.func.coalesce(getattr(CONFIRMED, column.key), column), column.type)


def counting_of(item: DemandItem) -> Quantities:
    """The three quantities of one item that count now."""
    columns = (CONFIRMED.minimum, CONFIRMED.expected, CONFIRMED.maximum)
    query = sa.select(*columns).select_from(DemandItem).join(CONFIRMED, OF_ITEM).where(DemandItem.id == item.id)
    row = db.session.execute(query).first()
    return (row[0], row[1], row[2]) if row else (item.minimum, item.expected, item.maximum)


def counting_entries(demand: Demand) -> dict[int, ItemEntry]:
    """The items of a demand by article with the quantities that count."""
    entries = queries_answers.entries_of(demand)
    query = (
        sa.select(DemandItem.article_id, CONFIRMED.minimum, CONFIRMED.expected, CONFIRMED.maximum)
        .join(CONFIRMED, OF_ITEM)
        .where(DemandItem.demand_id == demand.id)
    )
    for article_id, minimum, expected, maximum in db.session.execute(query):
        entries[article_id] = replace(entries[article_id], minimum=minimum, expected=expected, maximum=maximum)
    return entries


def adjustments_of(demand: Demand) -> dict[int, Adjustment]:
    """By article the adjustment to show beside the original: one that waits, else the latest."""
    query = (
        sa.select(Adjustment)
        .join(Adjustment.item)
        .options(contains_eager(Adjustment.item))
        .where(DemandItem.demand_id == demand.id)
        .order_by(Adjustment.id)
    )
    return {adjustment.item.article_id: adjustment for adjustment in db.session.scalars(query)}


def history_of_item(item_id: int) -> list[Adjustment]:
    """Every adjustment of an item, the latest first."""
    return list(db.session.scalars(sa.select(Adjustment).filter_by(item_id=item_id).order_by(Adjustment.id.desc())))


def is_waiting(item_id: int) -> bool:
    """Whether an adjustment of this item waits for the member."""
    query = sa.select(Adjustment.id).filter_by(item_id=item_id, state=AdjustmentState.PROPOSED)
    return db.session.scalar(query) is not None


def item_for(account: Account, item_id: int) -> DemandItem:
    """An item for those who see all members; :class:`NotFound` for everybody else."""
    found = db.session.get(DemandItem, item_id)
    if found is None or not sees_all(account):
        raise NotFound
    return found


def adjustment_for(account: Account, adjustment_id: int) -> Adjustment:
    """An adjustment for its member's lead and for those who see all."""
    found = db.session.get(Adjustment, adjustment_id)
    if found is None or not (sees_all(account) or found.item.demand.member_id in account.member_ids):
        raise NotFound
    return found


def proposed_or_confirmed(item_ids: Iterable[int]) -> list[Adjustment]:
    """What is over once the member enters these items anew."""
    live = (AdjustmentState.PROPOSED, AdjustmentState.CONFIRMED)
    query = sa.select(Adjustment).where(Adjustment.item_id.in_(list(item_ids)), Adjustment.state.in_(live))
    return list(db.session.scalars(query))
