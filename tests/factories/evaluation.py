"""Evaluations as tests and later steps need them, made by the same actions as the pages.

Without arguments: one lot of two lines, two bidders, simple ratio with K1 (60 %) and K2 (40 %). Netz GmbH is dearer and
better: 4 × 1,000.00 + 40 × 50.00 = 6,000.00 and L = 9 × 600 + 8 × 400 = 8,600, so Z × 10,000 = 14,333.33. Kabel AG is
cheaper: 4 × 900.00 + 40 × 45.00 = 5,400.00 and L = 6 × 600 + 7 × 400 = 6,400, so Z × 10,000 = 11,851.85. Netz wins.
"""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from procurement.bids.models import Bid
from procurement.bids.queries import standing_bids
from procurement.core.db import db
from procurement.evaluation import actions, actions_award, queries
from procurement.evaluation.models import AwardDecision, EvaluationRun
from procurement.members.models import Account, Member
from procurement.tenders.models import AwardCriterion, Lot, Tender
from tests.examples.evaluation_g import G11_BIDS, points_by_leaf
from tests.factories import awarding, tenders
from tests.factories import bids as bid
from tests.factories import members as make
from tests.factories.bids import Prices
from tests.factories.runs import G11_CRITERIA
from tests.factories.tenders import LotPlan, Wish

PointsByBidder = Mapping[str, Mapping[str, int]]
TWO_BIDS: Prices = {
    "Netz GmbH": {"FW-1": "1000.00", "FW-2": "50.00"},
    "Kabel AG": {"FW-1": "900.00", "FW-2": "45.00"},
}
TWO_POINTS: PointsByBidder = {"Netz GmbH": {"K1": 9, "K2": 8}, "Kabel AG": {"K1": 6, "K2": 7}}

G11_LOT: tuple[LotPlan, ...] = (("Firewall", (Wish("FW-1", "Firewall-Gesamtsystem", (1,), "230000.00"),)),)
G11_PRICES: Prices = {one.name: {"FW-1": str(one.price)} for one in G11_BIDS}
G11_POINTS: PointsByBidder = {one.name: points_by_leaf(one) for one in G11_BIDS}


def opened_tender(
    prices: Prices | None = None,
    lots: Sequence[LotPlan] = tenders.ONE_LOT,
    members: Sequence[Member] = (),
    officers: Sequence[Account] = (),
    **details: object,
) -> Tender:
    """A tender with opened bids; ``details`` are those of a published one: method, parameters, criteria, tie_rule."""
    tender = tenders.published_tender(lots, members, officers, **details)
    bid.imported_bids(tender, prices or TWO_BIDS)
    return tender


def g11_tender(**details: object) -> Tender:
    """Bidders X, Y and Z of G11 with opened bids for one lot; no points yet."""
    terms = {"criteria": G11_CRITERIA, "parameters": {"total_points": "1000", "whole_points": "no"}} | details
    return opened_tender(G11_PRICES, G11_LOT, **terms)


def bid_of(tender: Tender, bidder: str) -> Bid:
    """The bid of the bidder with this name."""
    return next(one for one in standing_bids(tender.id) if one.bidder.name == bidder)


def criterion_of(tender: Tender, number: str) -> AwardCriterion:
    """The criterion with this number."""
    return db.session.scalars(sa.select(AwardCriterion).filter_by(tender_id=tender.id, number=number)).one()


def rate(lot: Lot, points: PointsByBidder, *, by: Account | None = None) -> None:
    """Give points by bidder and criterion number, each with a reason that names both."""
    officer = by or make.officer()
    for bidder, given in points.items():
        for number, value in given.items():
            of, criterion = bid_of(lot.tender, bidder), criterion_of(lot.tender, number)
            actions.give_points(lot, of, criterion, value, f"{bidder} bei {number} laut Konzept", by=officer)


def evaluated_lot(points: PointsByBidder | None = None, **details: object) -> Lot:
    """The only lot of an opened tender, rated and evaluated; ``details`` are those of :func:`opened_tender`."""
    lot = opened_tender(**details).lots[0]
    rate(lot, TWO_POINTS if points is None else points)
    evaluate(lot)
    return lot


def g11_lot(**details: object) -> Lot:
    """The lot of G11, rated and evaluated."""
    lot = g11_tender(**details).lots[0]
    rate(lot, G11_POINTS)
    evaluate(lot)
    return lot


def evaluate(lot: Lot) -> EvaluationRun:
    """One more run by some officer."""
    return actions.evaluate(lot, by=make.officer())


def noted(lot: Lot, *, by: Account | None = None) -> None:
    """The price of the only bid of a lot judged, where there is only one."""
    if len(queries.lot_state(lot).input.bids) == 1:
        text = "Der Preis liegt nahe an der Schätzung."
        actions_award.note_single_bid(lot, text, "Wenige Anbieter am Markt.", by=by or make.officer())


def proposed(lot: Lot, *, by: Account | None = None) -> AwardDecision:
    """The award of an evaluated lot, proposed to its winner; an only bid is judged first."""
    noted(lot, by=by)
    state = queries.lot_state(lot)
    winner = db.session.get(Bid, state.winner.bid_id)
    return actions_award.propose_award(lot, state.run, winner, "Wirtschaftlichstes Angebot", by=by or make.officer())


def confirmed(lot: Lot, *, by: Account | None = None, second: Account | None = None) -> AwardDecision:
    """The award of an evaluated lot, proposed by one officer and confirmed by another."""
    decision = proposed(lot, by=by)
    return actions_award.confirm_award(decision, "Rechnerisch und sachlich geprüft", by=second or make.officer())


def decided_tender(points: PointsByBidder | None = None, **details: object) -> Tender:
    """A tender on whose lots two people decided, each for the winner of its run; the bidders do not know it yet.

    ``details`` are those of :func:`opened_tender`: prices, lots, members, officers, method, parameters, criteria.
    """
    tender = opened_tender(**details)
    for lot in tender.lots:
        given = points if points is not None else ({} if tender.method == "lowest_price" else TWO_POINTS)
        rate(lot, given)
        evaluate(lot)
    for lot in tender.lots:
        confirmed(lot)
    return tender


def awarded_tender(points: PointsByBidder | None = None, **details: object) -> Tender:
    """The same, with the bidders informed, the standstill waited for and the award made."""
    tender = decided_tender(points, **details)
    awarding.awarded(tender)
    return tender
