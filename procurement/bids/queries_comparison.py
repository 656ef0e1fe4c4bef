"""Prices of many bids at once: what each bid comes to in a lot, and the whole Preisspiegel.

A tender may have 12 bidders and 2,000 positions, so prices are read as plain rows and never as mapped objects. Whoever
calls has made sure that the bids are opened and that the reader may see them (:func:`queries.readable_tender`).
"""

from collections import defaultdict
from collections.abc import Sequence

import sqlalchemy as sa

from procurement.bids.arithmetic import PriceBasis
from procurement.bids.compared_prices import ComparedBid, ComparedLine, ComparedLot, ComparedPrices
from procurement.bids.comparison import BidColumn, ComparisonTerms, Position, compare
from procurement.bids.exclusion import Exclusion, exclusion_of, is_unexcused
from procurement.bids.lot_figures import BidEntry, LotFigures, LotPosition, OfferedPrice, SheetState, figures_of
from procurement.bids.models import Bid, BidFile, BidPrice, SheetReading
from procurement.bids.queries import standing_bids
from procurement.core.db import db
from procurement.rulebook.thresholds import rule_on
from procurement.tenders.models import Lot, LotItem, Tender
from procurement.values.money import Money, UnitPrice
from procurement.values.quantity import Quantity

LOW_BID_RULE = "LOW_BID_TRIGGER"
PRICE_BASIS = "price_basis"


def price_basis(tender: Tender) -> PriceBasis:
    """The announced rule for a written total that contradicts the unit price; unit prices count unless announced."""
    announced = str(tender.parameters.get(PRICE_BASIS, PriceBasis.UNIT_PRICE.value))
    return next(basis for basis in PriceBasis if basis.value == announced)


def exclusion(bid: Bid) -> Exclusion | None:
    """What keeps this bid out of every ranking, if anything."""
    unexcused = is_unexcused(bid.received_at, bid.tender.bid_deadline_at, bid.late_excused_reason)
    return exclusion_of(bid.state, Exclusion(bid.exclusion_norm, bid.exclusion_reason), is_unexcused_late=unexcused)


def lot_figures(lot: Lot) -> list[LotFigures]:
    """What every bid that was not withdrawn comes to in this lot, by bid number; also those absent or excluded."""
    columns = (LotItem.id, LotItem.number, LotItem.quantity)
    query = sa.select(*columns).where(LotItem.lot_id == lot.id).order_by(LotItem.position, LotItem.id)
    positions = [LotPosition(*row) for row in db.session.execute(query)]
    prices: dict[int, dict[int, OfferedPrice]] = defaultdict(dict)
    for bid_id, line_id, unit_price, written in db.session.execute(_prices_in([lot.id])):
        prices[bid_id][line_id] = OfferedPrice(unit_price, written)
    bids, basis = compared_bids(lot.tender), price_basis(lot.tender)
    return [
        figures_of(
            BidEntry(bid.bid_id, bid.number, bid.name, bid.sheets[lot.id], bid.exclusion, prices[bid.bid_id]),
            positions,
            basis,
        )
        for bid in bids
    ]


def price_comparison(tender: Tender, lots: Sequence[Lot] = ()) -> ComparedPrices:
    """The Preisspiegel over some lots of the tender, over all of them when none are named."""
    chosen = sorted(lots or tender.lots, key=lambda lot: lot.number)
    number_of = {lot.id: str(lot.number) for lot in chosen}
    row_of: dict[int, int] = {}
    positions: list[Position] = []
    lines: list[ComparedLine] = []
    for line_id, lot_id, number, title, unit, quantity, estimate in db.session.execute(_lines_of(chosen)):
        row_of[line_id] = len(positions)
        positions.append(Position(number, number_of[lot_id], quantity, estimate))
        lines.append(ComparedLine(number, title, unit))
    bids = compared_bids(tender)
    columns = _columns(bids, chosen, row_of)
    terms = ComparisonTerms(
        low_bid_trigger=rule_on(LOW_BID_RULE, tender.procedure_started_on).number,
        basis=price_basis(tender),
        excluded=frozenset(bid.key for bid in bids if bid.exclusion),
    )
    shown = tuple(ComparedLot(lot.id, lot.number, lot.title) for lot in chosen)
    return ComparedPrices(compare(positions, columns, terms), tuple(bids), shown, tuple(lines))


def compared_bids(tender: Tender) -> list[ComparedBid]:
    """Every bid that was not withdrawn, by number, with what became of its price sheets."""
    sheets = _sheet_states(tender)
    return [
        ComparedBid(bid.id, bid.number, bid.bidder.name, exclusion(bid), sheets[bid.id])
        for bid in standing_bids(tender.id)
    ]


def _lines_of(lots: Sequence[Lot]) -> sa.Select[int, int, str, str, str, Quantity, UnitPrice | None]:
    columns = (
        LotItem.id,
        LotItem.lot_id,
        LotItem.number,
        LotItem.title,
        LotItem.unit,
        LotItem.quantity,
        LotItem.estimate_net,
    )
    query = sa.select(*columns).join(Lot, Lot.id == LotItem.lot_id)
    return query.where(Lot.id.in_([lot.id for lot in lots])).order_by(Lot.number, LotItem.position, LotItem.id)


def _prices_in(lot_ids: Sequence[int]) -> sa.Select[int, int, UnitPrice, Money | None]:
    """Every price of these lots; the lots tell the tender, so no bid of another one can slip in."""
    columns = (BidPrice.bid_id, BidPrice.line_id, BidPrice.unit_price_net, BidPrice.written_total_net)
    return sa.select(*columns).join(LotItem, LotItem.id == BidPrice.line_id).where(LotItem.lot_id.in_(lot_ids))


def _columns(bids: Sequence[ComparedBid], lots: Sequence[Lot], row_of: dict[int, int]) -> list[BidColumn]:
    """One column per bid as plain integers: unit prices in millionths of a euro, written totals in cents."""
    prices: dict[int, list[int | None]] = {bid.bid_id: [None] * len(row_of) for bid in bids}
    written: dict[int, list[int | None]] = {bid.bid_id: [None] * len(row_of) for bid in bids}
    plain = _prices_in([lot.id for lot in lots]).with_only_columns(
        BidPrice.bid_id,
        BidPrice.line_id,
        sa.type_coerce(BidPrice.unit_price_net, sa.BigInteger),
        sa.type_coerce(BidPrice.written_total_net, sa.BigInteger),
    )
    for bid_id, line_id, millionths, cents in db.session.execute(plain):
        if bid_id in prices:
            prices[bid_id][row_of[line_id]] = millionths
            written[bid_id][row_of[line_id]] = cents
    return [BidColumn(bid.key, prices[bid.bid_id], written[bid.bid_id]) for bid in bids]


def _sheet_states(tender: Tender) -> dict[int, dict[int, SheetState]]:
    """Per bid and lot what became of the price sheet: taken over as soon as there are prices or one reading was."""
    states = {
        bid_id: {lot.id: SheetState.NONE for lot in tender.lots}
        for bid_id in db.session.scalars(sa.select(Bid.id).filter_by(tender_id=tender.id))
    }
    of_tender = Bid.tender_id == tender.id
    handed_in = sa.select(BidFile.bid_id, BidFile.lot_id).join(Bid, Bid.id == BidFile.bid_id).where(of_tender)
    for bid_id, lot_id in db.session.execute(handed_in):
        if lot_id is not None:
            states[bid_id][lot_id] = SheetState.REFUSED
    taken = sa.select(SheetReading.bid_id, SheetReading.lot_id).join(Bid, Bid.id == SheetReading.bid_id)
    priced = sa.select(BidPrice.bid_id, LotItem.lot_id).join(LotItem, LotItem.id == BidPrice.line_id)
    priced = priced.join(Bid, Bid.id == BidPrice.bid_id).where(of_tender).distinct()
    for query in (taken.where(of_tender, SheetReading.was_taken_over), priced):
        for bid_id, lot_id in db.session.execute(query):
            states[bid_id][lot_id] = SheetState.TAKEN_OVER
    return states
