"""The page of points, read from what is stored."""

from collections.abc import Sequence
from dataclasses import replace

from procurement.evaluation import queries
from procurement.evaluation.models import ExclusionAnswer, Score
from procurement.evaluation.models_panel import StatedFigure
from procurement.evaluation.points_sheet import Answer, PointsSheet, SheetBid, SheetCell, SheetCriterion
from procurement.evaluation.queries import LotOffer, Rating
from procurement.tenders import queries_panel
from procurement.tenders.criteria_scales import scale_of
from procurement.tenders.models import AwardCriterion, Lot


def points_sheet(lot: Lot, offers: Sequence[LotOffer]) -> PointsSheet:
    """Every criterion × every bid that can be rated in this lot; ``offers`` are :func:`queries.offers_of` it."""
    criteria = [_criterion(leaf) for leaf in queries.leaves_of(lot.tender_id)]
    bids = [_bid(offer) for offer in queries.rateable(offers)]
    stored = queries.ratings_of(lot.id)
    failed = {cell[0] for cell, rating in stored.items() if isinstance(rating, ExclusionAnswer) and not rating.is_met}
    has_panel = bool(queries_panel.panel_of(lot.tender_id))
    cells = [
        replace(
            _cell(bid, criterion, stored.get((bid.id, criterion.id)), failed),
            is_open=not (has_panel and criterion.is_judged),
        )
        for criterion in criteria
        for bid in bids
    ]
    return PointsSheet(tuple(criteria), tuple(bids), tuple(cells))


def _criterion(leaf: AwardCriterion) -> SheetCriterion:
    return SheetCriterion(leaf.id, leaf.number, leaf.title, leaf.description, leaf.kind, scale_of(leaf.scale))


def _bid(offer: LotOffer) -> SheetBid:
    return SheetBid(offer.bid_id, offer.number, offer.bidder, offer.completeness.is_complete)


def _cell(bid: SheetBid, criterion: SheetCriterion, stored: Rating | None, failed: set[int]) -> SheetCell:
    """Incomplete bids need nothing, and a bid that fails an A-criterion needs no points."""
    is_needed = bid.is_complete and not (criterion.is_scored and bid.id in failed)
    if stored is None:
        return SheetCell(bid, criterion, is_needed=is_needed)
    return SheetCell(
        bid=bid,
        criterion=criterion,
        value=_value(stored),
        reason=stored.reason,
        version=stored.version,
        given_by=stored.given_by.name,
        given_at=stored.given_at,
        is_needed=is_needed,
    )


def _value(stored: Rating) -> str:
    if isinstance(stored, Score):
        return str(stored.points)
    if isinstance(stored, StatedFigure):
        return stored.figure
    return Answer.MET.value if stored.is_met else Answer.NOT_MET.value
