"""What later steps need of an evaluation: the awarded bid with its prices, and the ranking as plain rows."""

from dataclasses import dataclass
from fractions import Fraction

import sqlalchemy as sa

from procurement.bids.arithmetic import PriceLine
from procurement.bids.models import Bid, Bidder, BidPrice
from procurement.bids.queries_comparison import price_basis
from procurement.core.db import db
from procurement.evaluation import queries
from procurement.evaluation.models import AwardDecision
from procurement.evaluation.run_input import BidInput, read
from procurement.evaluation.run_result import BidResult
from procurement.evaluation.states import AwardState
from procurement.tenders.models import Lot, LotItem, Tender
from procurement.values.money import Money, UnitPrice


@dataclass(frozen=True, slots=True)
class AwardedPrice:
    """The price of one line at the bidder who won it; ``total_net`` follows the announced rule for written totals."""

    lot_id: int
    bid_id: int
    supplier: str
    unit_price: UnitPrice
    total_net: Money


@dataclass(frozen=True, slots=True)
class RankingRow:
    """One bid of a lot in short; without a run there is no score, without a complete sheet no total.

    ``score`` is exact (L/P, 100 points or euro), ``display_score`` is what people see; ``exclusion`` says why no rank.
    """

    bid_id: int
    number: int
    bidder: str
    is_complete: bool
    missing_positions: tuple[str, ...]
    total: Money | None
    points: Fraction | None
    score: Fraction | None
    display_score: Fraction | None
    rank: int | None
    exclusion: str


def awarded_bid(lot: Lot) -> Bid | None:
    """The bid whose award was confirmed; a mere proposal is no award."""
    decision = queries.standing_decision(lot.id)
    return decision.bid if decision and decision.state is AwardState.CONFIRMED else None


def awarded_prices(tender: Tender) -> dict[int, AwardedPrice]:
    """The awarded price of every line of the tender's awarded lots, by line id."""
    columns = (
        LotItem.id,
        LotItem.lot_id,
        LotItem.number,
        LotItem.quantity,
        Bid.id,
        Bidder.name,
        BidPrice.unit_price_net,
        BidPrice.written_total_net,
    )
    query = (
        sa.select(*columns)
        .join(Lot, Lot.id == LotItem.lot_id)
        .join(AwardDecision, AwardDecision.lot_id == Lot.id)
        .join(Bid, Bid.id == AwardDecision.bid_id)
        .join(Bidder, Bidder.id == Bid.bidder_id)
        .join(BidPrice, sa.and_(BidPrice.bid_id == Bid.id, BidPrice.line_id == LotItem.id))
        .where(Lot.tender_id == tender.id, AwardDecision.state == AwardState.CONFIRMED)
        .order_by(Lot.number, LotItem.position, LotItem.id)
    )
    basis = price_basis(tender)
    found = {}
    for line_id, lot_id, number, quantity, bid_id, supplier, price, written in db.session.execute(query):
        total = PriceLine(number, quantity, price, written).counting_total(basis)
        found[line_id] = AwardedPrice(lot_id, bid_id, supplier, price, total or Money(0))
    return found


def ranking_rows(lot: Lot) -> list[RankingRow]:
    """Every bid handed in for this lot by number, as its latest run ranked it; before the first run without scores."""
    run = queries.latest_run(lot)
    bids = read(run.input).bids if run else queries.input_of(lot, queries.offers_of(lot)).bids
    results = {line.bid_id: line for line in queries.result_of(run).bids} if run else {}
    return [_row(bid, results.get(bid.bid_id)) for bid in bids]


def _row(bid: BidInput, result: BidResult | None) -> RankingRow:
    return RankingRow(
        bid_id=bid.bid_id,
        number=bid.number,
        bidder=bid.bidder,
        is_complete=bid.is_complete,
        missing_positions=bid.missing_positions,
        total=bid.price,
        points=result.points if result else None,
        score=result.score if result else None,
        display_score=result.display_score if result else None,
        rank=result.rank if result else None,
        exclusion=result.reason if result else bid.exclusion,
    )
