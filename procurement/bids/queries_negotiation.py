"""Reading negotiated rounds: which one runs, who may be invited, who handed in, and how prices moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from procurement.bids import queries, queries_comparison, queries_figures
from procurement.bids.models import Bid
from procurement.bids.models_negotiation import NegotiationInvitation, NegotiationRound
from procurement.bids.negotiation import NEGOTIATED, InvitingFacts, RoundPrice, rounds_of
from procurement.bids.states import BidState
from procurement.core import clock
from procurement.core.db import db
from procurement.tenders.kinds import TenderStage
from procurement.tenders.models import Lot, Tender

FIRST_ROUND = 1


@dataclass(frozen=True, slots=True)
class BidderRounds:
    """One bidder (or one variant of it) in one lot through all rounds."""

    name: str
    rounds: tuple[RoundPrice, ...]

    def in_round(self, number: int) -> RoundPrice | None:
        """Its bid of this round, if it handed one in."""
        return next((one for one in self.rounds if one.round_number == number), None)


@dataclass(frozen=True, slots=True)
class LotRounds:
    """A lot with everybody who bid for it."""

    lot: Lot
    bidders: list[BidderRounds]


def is_negotiated(tender: Tender) -> bool:
    """Whether this kind of procedure knows negotiations at all."""
    return tender.procedure_type in NEGOTIATED


def rounds(tender_id: int) -> list[NegotiationRound]:
    """Every invitation, the first one first."""
    query = sa.select(NegotiationRound).filter_by(tender_id=tender_id).order_by(NegotiationRound.number)
    return list(db.session.scalars(query))


def running_round(tender: Tender) -> NegotiationRound | None:
    """The round whose bids are still to be opened."""
    return rounds(tender.id)[-1] if tender.stage is TenderStage.NEGOTIATION else None


def last_opened(tender: Tender) -> int:
    """The number of the last round whose bids are opened."""
    running = running_round(tender)
    opened = [one.number for one in rounds(tender.id) if one is not running]
    return opened[-1] if opened else FIRST_ROUND


def number_to_open(tender: Tender) -> int:
    """The number of the round to be opened next; the first bids are round 1."""
    running = running_round(tender)
    return running.number if running else FIRST_ROUND


def deadline_to_open(tender: Tender) -> datetime | None:
    """Until when the bids to be opened next may come in."""
    running = running_round(tender)
    return running.deadline_at if running else tender.bid_deadline_at


def candidates(tender: Tender) -> list[Bid]:
    """The opened bids still in the running, by number."""
    return [
        bid
        for bid in queries.standing_bids(tender.id)
        if bid.state is BidState.OPENED and queries_comparison.exclusion(bid) is None
    ]


def inviting_facts(tender: Tender) -> InvitingFacts:
    """What decides whether bidders may be invited now."""
    before = rounds(tender.id)
    return InvitingFacts(
        stage=tender.stage,
        procedure_type=tender.procedure_type,
        now=clock.now(),
        candidates={bid.id: f"{bid.number} ({bid.shown_name})" for bid in candidates(tender)},
        was_final=bool(before) and before[-1].is_final,
    )


def invited_bids(negotiated: NegotiationRound) -> list[Bid]:
    """The bids that may be replaced in this round, by number."""
    query = sa.select(Bid).join(NegotiationInvitation, NegotiationInvitation.bid_id == Bid.id)
    return list(db.session.scalars(query.where(NegotiationInvitation.round_id == negotiated.id).order_by(Bid.number)))


def further_bid_of(negotiated: NegotiationRound, earlier: Bid) -> Bid | None:
    """The bid that is to replace this one, unless it was withdrawn."""
    query = sa.select(Bid).filter_by(negotiation_id=negotiated.id, earlier_bid_id=earlier.id)
    return db.session.scalar(query.where(Bid.state != BidState.WITHDRAWN))


def successor_of(bid: Bid) -> Bid | None:
    """The opened bid that took the place of this one."""
    if bid.state is not BidState.SUPERSEDED:
        return None
    return db.session.scalar(sa.select(Bid).filter_by(earlier_bid_id=bid.id).where(Bid.state != BidState.WITHDRAWN))


def side_by_side(tender: Tender) -> list[LotRounds]:
    """Per lot every bidder's evaluation price round by round; sealed and withdrawn bids are left out."""
    unread = (BidState.SEALED, BidState.WITHDRAWN)
    query = sa.select(Bid).where(Bid.tender_id == tender.id, Bid.state.not_in(unread)).order_by(Bid.number)
    opened = list(db.session.scalars(query))
    return [_lot_rounds(lot, opened) for lot in tender.lots]


def _lot_rounds(lot: Lot, opened: Sequence[Bid]) -> LotRounds:
    figures = queries_comparison.figures_in(lot, opened)
    present = {one.bid_id: one.evaluation_total for one in figures if not one.is_absent}
    prices = queries_figures.evaluation_prices(lot, present)
    chains: dict[tuple[int, int], list[Bid]] = {}
    for bid in opened:
        if bid.id in present:
            chains.setdefault((bid.bidder_id, bid.variant_number), []).append(bid)
    found = [
        BidderRounds(
            chain[0].shown_name,
            rounds_of([(bid.id, bid.number, bid.round_number, prices[bid.id].total) for bid in chain]),
        )
        for chain in chains.values()
    ]
    return LotRounds(lot, found)
