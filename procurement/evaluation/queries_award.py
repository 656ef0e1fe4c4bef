"""What later steps need of an evaluation: the awarded bid with its prices, and the ranking as plain rows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

import sqlalchemy as sa

from procurement.bids.arithmetic import PriceLine
from procurement.bids.evaluation_price import NOTHING_OFFERED, maintenance_owed, named, rebate_owed
from procurement.bids.models import Bid, Bidder, BidPrice
from procurement.bids.queries_comparison import price_basis
from procurement.bids.queries_figures import offered_in, terms_of
from procurement.core.db import db
from procurement.evaluation import queries
from procurement.evaluation.models import AwardDecision
from procurement.evaluation.queries_lot_award import confirmed_rebates
from procurement.evaluation.rebate_shares import spread
from procurement.evaluation.run_input import BidInput, read
from procurement.evaluation.run_result import BidResult
from procurement.evaluation.states import AwardState
from procurement.tenders.kinds import TenderStage
from procurement.tenders.models import Lot, LotItem, Tender
from procurement.tenders.price_terms import MAINTENANCE, worded_part
from procurement.tenders.queries_cancellation import cancelled_lot_ids, lots_going_on
from procurement.values.money import Money, UnitPrice


@dataclass(frozen=True, slots=True)
class AwardedPrice:
    """The price of one line at the bidder who won it; ``total_net`` follows the announced rule for written totals.

    It is what is owed: less the line's part of an unconditional rebate on its lot and of one over several lots;
    ``rebate_net`` is that part, zero without one. Nothing else of the evaluation price is in it.
    """

    lot_id: int
    bid_id: int
    supplier: str
    unit_price: UnitPrice
    total_net: Money
    rebate_net: Money = Money(0)


@dataclass(frozen=True, slots=True)
class AwardedMaintenance:
    """Maintenance that was announced apart from the positions, at the awarded bid: what a year of it costs net."""

    lot: int
    title: str
    supplier: str
    how: str
    yearly_net: Money


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
    """The bid the lot was awarded to; a decision that bidders are still being told of is no award yet."""
    if lot.tender.stage is not TenderStage.AWARDED:
        return None
    decision = queries.standing_decision(lot.id)
    return decision.bid if decision and decision.state is AwardState.CONFIRMED else None


def awarded_prices(tender: Tender) -> dict[int, AwardedPrice]:
    """The awarded price of every line of the tender's awarded lots, by line id; none before the award itself."""
    if tender.stage is not TenderStage.AWARDED:
        return {}
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
        .where(Lot.id.not_in(cancelled_lot_ids()))
        .order_by(Lot.number, LotItem.position, LotItem.id)
    )
    basis = price_basis(tender)
    found = {}
    for line_id, lot_id, number, quantity, bid_id, supplier, price, written in db.session.execute(query):
        total = PriceLine(number, quantity, price, written).counting_total(basis)
        found[line_id] = AwardedPrice(lot_id, bid_id, supplier, price, total or Money(0))
    return _less_rebates(tender, _less_own_rebates(tender, found))


def _less_own_rebates(tender: Tender, prices: dict[int, AwardedPrice]) -> dict[int, AwardedPrice]:
    """The unconditional rebate of each awarded bid spread over the lines of its lot in proportion to their prices."""
    less = dict(prices)
    for lot in tender.lots:
        cents = _cents_by_line(prices, lot.id)
        offered = offered_in(lot)
        for bid_id in {prices[line_id].bid_id for line_id in cents} & offered.keys():
            off = rebate_owed(Money(sum(cents.values())), offered[bid_id].rebate)
            less |= _taken_off(less, spread(Fraction(off.cents), {lot.number: cents}))
    return less


def _taken_off(prices: Mapping[int, AwardedPrice], cents_off: Mapping[int, int]) -> dict[int, AwardedPrice]:
    found = {}
    for line_id, cents in cents_off.items():
        price, off = prices[line_id], Money(cents)
        found[line_id] = replace(price, total_net=price.total_net - off, rebate_net=price.rebate_net + off)
    return found


def _less_rebates(tender: Tender, prices: dict[int, AwardedPrice]) -> dict[int, AwardedPrice]:
    """Every rebate over several lots spread over the lines of its lots in proportion to their prices.

    Its share is taken of what is owed; in the ranking it was taken of the evaluation prices, which may hold more.
    """
    numbers = {lot.number: lot.id for lot in tender.lots}
    less = dict(prices)
    for rebate in confirmed_rebates(tender):
        lots = {number: _cents_by_line(prices, numbers[number]) for number in rebate["lots"]}
        owed = sum(sum(lines.values()) for lines in lots.values())
        less |= _taken_off(less, spread(Fraction(rebate["share"]) * owed, lots))
    return less


def awarded_maintenance(tender: Tender) -> list[AwardedMaintenance]:
    """What falls due every year besides the positions, by lot; none before the award."""
    terms = terms_of(tender)
    return [
        AwardedMaintenance(
            lot.number, named(part), bid.bidder.name, worded_part(part, terms.rate), maintenance_owed(part, figure)
        )
        for lot in lots_going_on(tender)
        for bid in [awarded_bid(lot)]
        if bid is not None
        for figures in [offered_in(lot).get(bid.id, NOTHING_OFFERED).amounts]
        for part in terms.asked_in(lot.number)
        if part.kind in MAINTENANCE and (figure := figures.get(part.number)) is not None
    ]


def _cents_by_line(prices: Mapping[int, AwardedPrice], lot_id: int) -> dict[int, int]:
    return {line_id: price.total_net.cents for line_id, price in prices.items() if price.lot_id == lot_id}


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
