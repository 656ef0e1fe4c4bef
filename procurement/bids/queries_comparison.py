"""Prices of many bids at once: what each bid comes to in a lot, and the whole Preisspiegel.

A tender may have 20 bidders and 5,000 positions, so prices are read as plain figures and never as mapped objects.
Whoever calls has made sure that the bids are opened and that the reader may see them (:func:`queries.readable_tender`).
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from procurement.bids.arithmetic import PriceBasis
from procurement.bids.compared_prices import ComparedBid, ComparedLine, ComparedLot, ComparedPrices
from procurement.bids.comparison import BidColumn, ComparisonTerms, Position, compare
from procurement.bids.exclusion import NOT_ADMITTED, Exclusion, exclusion_of, is_unexcused
from procurement.bids.lot_figures import BidEntry, LotFigures, LotPosition, OfferedPrice, SheetState, figures_of
from procurement.bids.models import Bid, BidFile, BidPrice, SheetReading
from procurement.bids.queries import standing_bids
from procurement.bids.states import BidState
from procurement.core.db import db
from procurement.rulebook.thresholds import rule_on
from procurement.tenders.models import Lot, LotItem, Tender
from procurement.values.money import Money, UnitPrice
from procurement.values.quantity import Quantity

LOW_BID_RULE = "LOW_BID_TRIGGER"
PRICE_BASIS = "price_basis"
Figures = list[int | None]


def price_basis(tender: Tender) -> PriceBasis:
    """The announced rule for a written total that contradicts the unit price; unit prices count unless announced."""
    announced = str(tender.parameters.get(PRICE_BASIS, tender.price_basis))
    return next(basis for basis in PriceBasis if basis.value == announced)


def exclusion(bid: Bid) -> Exclusion | None:
    """What keeps this bid out of every ranking, if anything."""
    unexcused = is_unexcused(bid.received_at, bid.deadline_at, bid.late_excused_reason)
    decided = Exclusion(bid.exclusion_norm, bid.exclusion_reason)
    if bid.variant_number and not bid.tender.admits_variants and bid.state is not BidState.EXCLUDED:
        return NOT_ADMITTED
    return exclusion_of(bid.state, decided, is_unexcused_late=unexcused)


def lot_figures(lot: Lot) -> list[LotFigures]:
    """What every standing bid comes to in this lot, by bid number; also those absent or excluded."""
    return figures_in(lot, standing_bids(lot.tender_id))


def figures_in(lot: Lot, chosen: Sequence[Bid]) -> list[LotFigures]:
    """What each of these bids comes to in this lot, in their order."""
    columns = (LotItem.id, LotItem.number, LotItem.quantity)
    query = sa.select(*columns).where(LotItem.lot_id == lot.id).order_by(LotItem.position, LotItem.id)
    positions = [LotPosition(*row) for row in db.session.execute(query)]
    prices: dict[int, dict[int, OfferedPrice]] = defaultdict(dict)
    for bid_id, line_id, unit_price, written in db.session.execute(_prices_in([lot.id])):
        prices[bid_id][line_id] = OfferedPrice(unit_price, written)
    bids, basis = _compared(lot.tender, chosen), price_basis(lot.tender)
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
    positions: list[Position] = []
    lines: list[ComparedLine] = []
    for line_id, lot_id, number, title, unit, thousandths, millionths in db.session.execute(_lines_of(chosen)):
        estimate = None if millionths is None else UnitPrice(millionths)
        positions.append(Position(number, number_of[lot_id], Quantity(thousandths), estimate))
        lines.append(ComparedLine(number, title, unit, line_id))
    bids = compared_bids(tender)
    columns = _columns(bids, [line.line_id for line in lines])
    terms = ComparisonTerms(
        low_bid_trigger=rule_on(LOW_BID_RULE, tender.procedure_started_on).number,
        basis=price_basis(tender),
        excluded=frozenset(bid.key for bid in bids if bid.exclusion),
    )
    shown = tuple(ComparedLot(lot.id, lot.number, lot.title) for lot in chosen)
    return ComparedPrices(compare(positions, columns, terms), tuple(bids), shown, tuple(lines))


def compared_bids(tender: Tender) -> list[ComparedBid]:
    """Every standing bid, by number, with what became of its price sheets."""
    return _compared(tender, standing_bids(tender.id))


def _compared(tender: Tender, chosen: Sequence[Bid]) -> list[ComparedBid]:
    sheets = _sheet_states(tender)
    return [ComparedBid(bid.id, bid.number, bid.shown_name, exclusion(bid), sheets[bid.id]) for bid in chosen]


def _lines_of(lots: Sequence[Lot]) -> sa.Select[int, int, str, str, str, int, int | None]:
    """The lines in their order, quantities in thousandths and estimates in millionths of a euro as they are stored."""
    columns = (
        LotItem.id,
        LotItem.lot_id,
        LotItem.number,
        LotItem.title,
        LotItem.unit,
        sa.type_coerce(LotItem.quantity, sa.BigInteger),
        sa.type_coerce(LotItem.estimate_net, sa.BigInteger),
    )
    query = sa.select(*columns).join(Lot, Lot.id == LotItem.lot_id)
    return query.where(Lot.id.in_([lot.id for lot in lots])).order_by(Lot.number, LotItem.position, LotItem.id)


def _prices_in(lot_ids: Sequence[int]) -> sa.Select[int, int, UnitPrice, Money | None]:
    """Every price of these lots; the lots tell the tender, so no bid of another one can slip in."""
    columns = (BidPrice.bid_id, BidPrice.line_id, BidPrice.unit_price_net, BidPrice.written_total_net)
    return sa.select(*columns).join(LotItem, LotItem.id == BidPrice.line_id).where(LotItem.lot_id.in_(lot_ids))


def _columns(bids: Sequence[ComparedBid], line_ids: Sequence[int]) -> list[BidColumn]:
    """One column per bid as plain integers: unit prices in millionths of a euro, written totals in cents.

    The prices of a bid come as one row of three lists, since 100,000 rows would cost a page half of its time. Lines are
    asked for as a range, which the index of the table answers; what else lies in it is left aside.
    """
    nothing: list[int | None] = [None] * len(line_ids)
    if not line_ids:
        return [BidColumn(bid.key, nothing, nothing) for bid in bids]
    figures = (BidPrice.line_id, BidPrice.unit_price_net, BidPrice.written_total_net)
    query = sa.select(BidPrice.bid_id, *map(_listed, figures)).group_by(BidPrice.bid_id)
    query = query.where(BidPrice.bid_id.in_([bid.bid_id for bid in bids]))
    listed = db.session.execute(query.where(BidPrice.line_id.between(min(line_ids), max(line_ids))))
    columns = {bid_id: _beside(line_ids, *(json.loads(f"[{text}]") for text in texts)) for bid_id, *texts in listed}
    return [BidColumn(bid.key, *columns.get(bid.bid_id, (nothing, nothing))) for bid in bids]


def _listed(stored: Any) -> sa.ColumnElement[str]:
    """The figures of a group in one text, as JSON has them; those of one query stand in the same order."""
    figure = sa.cast(sa.type_coerce(stored, sa.BigInteger), sa.Text)
    return sa.func.aggregate_strings(sa.func.coalesce(figure, "null"), ",")


def _beside(
    line_ids: Sequence[int], priced: Sequence[int], prices: Figures, written: Figures
) -> tuple[Figures, Figures]:
    """Prices and written totals in the order of the lines."""
    if priced == line_ids:
        return prices, written
    places = {line_id: place for place, line_id in enumerate(priced)}
    found = [places.get(line_id) for line_id in line_ids]
    return [None if p is None else prices[p] for p in found], [None if p is None else written[p] for p in found]


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
