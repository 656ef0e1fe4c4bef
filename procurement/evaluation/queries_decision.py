"""Which lots of a tender can be awarded, and whether the decision on all of them stands."""

from procurement.evaluation import queries
from procurement.evaluation.models import AwardDecision
from procurement.evaluation.queries_lot_award import is_left_unawarded
from procurement.evaluation.states import AwardState
from procurement.tenders.models import Lot, Tender
from procurement.tenders.queries_cancellation import lots_going_on


def awardable_lots(tender: Tender) -> list[Lot]:
    """The lots that go on and have a bid that can be ranked; the others end without an award."""
    return [lot for lot in lots_going_on(tender) if _can_be_awarded(lot)]


def _can_be_awarded(lot: Lot) -> bool:
    run = queries.latest_run(lot)
    if run is None or is_left_unawarded(lot):
        return False
    return bool(queries.result_of(run).winners)


def confirmed_decisions(tender: Tender) -> list[AwardDecision]:
    """The confirmed decisions on the lots that go on, by lot."""
    found = [queries.standing_decision(lot.id) for lot in lots_going_on(tender)]
    return [one for one in found if one is not None and one.state is AwardState.CONFIRMED]


def is_decided(tender: Tender) -> bool:
    """Whether two people decided on every lot that can be awarded."""
    decided = {one.lot_id for one in confirmed_decisions(tender)}
    lots = awardable_lots(tender)
    return bool(lots) and all(lot.id in decided for lot in lots)
