"""What decides about a cancellation: bids received, estimates made before the opening, lots that would go on."""

from procurement.awarding.cancellation_rules import CancellationFacts
from procurement.bids.lot_figures import SheetState
from procurement.bids.queries import is_opened, opening_of, standing_bids
from procurement.bids.queries_comparison import price_comparison
from procurement.core.errors import NotFound
from procurement.members.models import Account
from procurement.members.queries_own import leads_of
from procurement.tenders.models import Lot, Tender
from procurement.tenders.queries_cancellation import cancelled_lots, lots_going_on


def lot_of(tender: Tender, lot_id: int) -> Lot:
    """A lot of this tender, or :class:`NotFound`."""
    found = next((lot for lot in tender.lots if lot.id == lot_id), None)
    if found is None:
        raise NotFound
    return found


def facts_of(tender: Tender, lot: Lot | None = None) -> CancellationFacts:
    """Where the tender stands, for cancelling all of it or one lot."""
    opening = opening_of(tender.id)
    gone = cancelled_lots(tender.id)
    left = None if lot is None else sum(one.id != lot.id for one in lots_going_on(tender))
    return CancellationFacts(
        stage=tender.stage,
        procedure_type=tender.procedure_type,
        bids_received=bids_received(tender, lot),
        estimated_at=[one.made_at for one in tender.estimates],
        opened_at=opening.first_at if opening else None,
        lots_left=left,
        is_cancelled=lot is not None and lot.id in gone,
    )


def bids_received(tender: Tender, lot: Lot | None = None) -> int:
    """The bids that were not withdrawn; for one lot those that hold a sheet for it, which is known once opened."""
    bids = standing_bids(tender.id)
    if lot is None or not is_opened(tender):
        return len(bids)
    compared = price_comparison(tender, [lot]).bids
    return sum(bid.sheets[lot.id] is not SheetState.NONE for bid in compared)


def people_to_tell(tender: Tender) -> list[Account]:
    """The leads of every member that takes part, each once."""
    found = {lead.id: lead for one in tender.participants for lead in leads_of(one.member)}
    return list(found.values())
