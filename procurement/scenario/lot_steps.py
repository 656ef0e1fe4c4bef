"""Replaying the award over several lots: rebates entered from bids, then the distribution by the announced rules."""

from fractions import Fraction

from procurement.core import clock
from procurement.evaluation import actions_lot_award
from procurement.evaluation.lot_award_rules import DiscountEntry
from procurement.scenario.bid_steps import Received
from procurement.scenario.cast import Cast
from procurement.scenario.errors import at_path
from procurement.scenario.schema import TenderPart
from procurement.scenario.timeline import Timeline
from procurement.tenders.models import Tender


def distribute(tender: Tender, part: TenderPart, received: Received, path: str, cast: Cast, timeline: Timeline) -> None:
    """Enter what bidders offer for several lots and determine the award, where rules for it are announced."""
    if part.lot_rules is None:
        return
    with at_path(path), clock.at(timeline.step()):
        for bid in part.bids:
            for discount in bid.discounts:
                lots, share = tuple(discount.lots), Fraction(discount.share)
                entry = DiscountEntry(received.bids[bid.bidder].id, lots, None, share, discount.source)
                actions_lot_award.enter_discount(received.bids[bid.bidder], entry, by=cast.preparer)
        actions_lot_award.determine(tender, by=cast.preparer)
