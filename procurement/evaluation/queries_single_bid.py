"""Where only one bid came in: whether its price was judged, and the estimate that it is held against."""

import sqlalchemy as sa

from procurement.core.db import db
from procurement.evaluation.models_single_bid import SingleBidNote
from procurement.tenders import queries_bill
from procurement.tenders.estimate import lot_values
from procurement.tenders.models import Lot
from procurement.values.money import Money


def note_of(lot_id: int) -> SingleBidNote | None:
    """The latest note on the only bid of a lot."""
    query = sa.select(SingleBidNote).filter_by(lot_id=lot_id).order_by(SingleBidNote.id.desc()).limit(1)
    return db.session.scalar(query)


def objection_to_unnoted(lot: Lot, bid_id: int, price: Money | None) -> str:
    """Why the award cannot be proposed to the only bid yet; empty once its price of today was judged."""
    note = note_of(lot.id)
    if note is not None and note.bid_id == bid_id and note.price_net == price:
        return ""
    return (
        f"In Los {lot.number} ist nur ein Angebot eingegangen. Bitte zuerst festhalten, ob der Preis im Vergleich zur "
        "Schätzung plausibel ist und warum der Markt nicht mehr Angebote gab; aufgehoben wird deshalb nicht von selbst."
    )


def estimate_of(lot: Lot) -> Money | None:
    """Our own estimate of a lot net, nothing without one."""
    values = lot_values(queries_bill.estimated_lines(lot.tender_id))
    found = next((value.total_net for value in values if value.lot_number == lot.number), None)
    return found or None
