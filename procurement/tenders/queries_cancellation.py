"""Which lots of a tender go on, and why others do not."""

import sqlalchemy as sa

from procurement.core.db import db
from procurement.tenders.models import Lot, Tender
from procurement.tenders.models_cancellation import Cancellation


def cancellations_of(tender_id: int) -> list[Cancellation]:
    """Everything of this tender that was cancelled, in the order in which it happened."""
    return list(db.session.scalars(sa.select(Cancellation).filter_by(tender_id=tender_id).order_by(Cancellation.id)))


def cancellation_of_lot(lot_id: int) -> Cancellation | None:
    """Why this lot was cancelled, if it was."""
    return db.session.scalar(sa.select(Cancellation).filter_by(lot_id=lot_id))


def cancelled_lots(tender_id: int) -> dict[int, Cancellation]:
    """The cancelled lots by their id."""
    return {one.lot_id: one for one in cancellations_of(tender_id) if one.lot_id is not None}


def lots_going_on(tender: Tender) -> list[Lot]:
    """The lots that can still be awarded."""
    gone = cancelled_lots(tender.id)
    return [lot for lot in tender.lots if lot.id not in gone]


def cancelled_lot_ids() -> sa.Select[int | None]:
    """The ids of all cancelled lots, for conditions."""
    return sa.select(Cancellation.lot_id).where(Cancellation.lot_id.is_not(None))
