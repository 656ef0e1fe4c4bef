"""What was found about the bids of an earlier round, offered for the further bids that replaced them."""

from dataclasses import dataclass

import sqlalchemy as sa

from procurement.bids.models import Bid
from procurement.core.db import db
from procurement.evaluation import queries
from procurement.evaluation.models import Score
from procurement.evaluation.models_panel import StatedFigure
from procurement.evaluation.queries import Rating
from procurement.tenders import queries_panel
from procurement.tenders.models import AwardCriterion, Lot


@dataclass(frozen=True, slots=True)
class EarlierRating:
    """One criterion of an earlier bid that the further bid has no rating for yet."""

    bid: Bid
    earlier: Bid
    criterion: AwardCriterion
    rating: Rating

    @property
    def key(self) -> str:
        """The cell, as the form names it."""
        return f"{self.bid.id}-{self.criterion.id}"

    @property
    def words(self) -> str:
        """What was found then, in words."""
        if isinstance(self.rating, Score):
            return "1 Punkt" if self.rating.points == 1 else f"{self.rating.points} Punkte"
        if isinstance(self.rating, StatedFigure):
            return self.rating.figure.replace(".", ",")
        return "erfüllt" if self.rating.is_met else "nicht erfüllt"


def earlier_ratings(lot: Lot) -> list[EarlierRating]:
    """Every rating that can be taken over in a lot, by bid and criterion; points of a panel are agreed on anew."""
    ids = [offer.bid_id for offer in queries.rateable_offers(lot)]
    further = db.session.scalars(sa.select(Bid).where(Bid.id.in_(ids), Bid.round_number > 1).order_by(Bid.number))
    stored, leaves = queries.ratings_of(lot.id), queries.leaves_of(lot.tender_id)
    has_panel = bool(queries_panel.panel_of(lot.tender_id))
    found = []
    for bid in further:
        for criterion in leaves:
            rating = stored.get((bid.earlier_bid_id or 0, criterion.id))
            is_open = (bid.id, criterion.id) not in stored and not (has_panel and isinstance(rating, Score))
            if bid.earlier_bid and rating is not None and is_open:
                found.append(EarlierRating(bid, bid.earlier_bid, criterion, rating))
    return found
