"""The adequacy of prices: signals of every bid in every lot beside what was asked, answered and decided."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from procurement.bids.compared_prices import ComparedLot, ComparedPrices
from procurement.bids.models import Bid
from procurement.bids.price_order import PriceOrder
from procurement.bids.queries_comparison import LOW_BID_RULE, lot_figures, price_basis, price_comparison
from procurement.bids.queries_figures import evaluation_prices
from procurement.bids.states import BidState
from procurement.core import clock, filters
from procurement.core.db import db
from procurement.examination import clarifications, queries
from procurement.examination.clarifications import ClarificationFacts
from procurement.examination.letters import CorrectedLine
from procurement.examination.models import PriceClarification
from procurement.examination.price_shift import ShiftedPrice, shifted_prices
from procurement.examination.price_signals import Signal, Triggers, signals_of
from procurement.examination.rules import EXAMINING
from procurement.rulebook.thresholds import rule_on
from procurement.tenders.models import Lot, Tender
from procurement.values.figures import german

MILLIONTHS = 1_000_000
ESTIMATE_RULE, MEAN_RULE, SHIFT_RULE = "LOW_BID_ESTIMATE", "LOW_BID_MEAN", "PRICE_SHIFT"


@dataclass(frozen=True, slots=True)
class NamedShift:
    """A conspicuous unit price with the words of its position."""

    number: str
    title: str
    price: ShiftedPrice

    @property
    def unit_price_text(self) -> str:
        """The unit price in euro."""
        return german(Fraction(self.price.unit_price, MILLIONTHS))

    @property
    def median_text(self) -> str:
        """The median of the others in euro."""
        return german(self.price.median / MILLIONTHS)


@dataclass(frozen=True, slots=True)
class PriceCheck:
    """One bid's price in one lot."""

    lot_id: int
    lot_number: int
    bid_id: int
    signals: Sequence[Signal] = ()
    shifts: Sequence[NamedShift] = field(default=())
    clarification: PriceClarification | None = None
    is_evaluation_price: bool = False

    @property
    def is_mandatory(self) -> bool:
        """Whether the bidder must be asked."""
        return any(signal.kind.is_mandatory for signal in self.signals)

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to decide about it."""
        return bool(self.signals) and (self.clarification is None or self.clarification.outcome is None)

    @property
    def is_waiting(self) -> bool:
        """Whether the bidder was asked and has not answered."""
        one = self.clarification
        return one is not None and one.outcome is None and one.letter_id is not None and not one.answer

    @property
    def is_rejected(self) -> bool:
        """Whether the bid is to be excluded because its price was not explained."""
        one = self.clarification
        return one is not None and clarifications.is_open(
            is_mandatory=False, outcome=one.outcome, is_kept=bool(one.keep_reason)
        )


@dataclass(frozen=True, slots=True)
class Corrections:
    """The lines of a bid whose total contradicts its unit price, and the announced rule."""

    lines: Sequence[CorrectedLine]
    rule: str


def price_checks(tender: Tender, lots: Sequence[Lot] = ()) -> list[PriceCheck]:
    """Every bid and lot with a signal or a check, by lot and bid number."""
    prices = price_comparison(tender, lots)
    stored = {(one.lot_id, one.bid_id): one for one in queries.clarifications_of(tender.id)}
    found = []
    for lot in prices.lots:
        signals, shifts, is_more = _signals(tender, prices, lot)
        for bid in prices.bids:
            clarification = stored.get((lot.lot_id, bid.bid_id))
            if bid.key in signals or clarification is not None:
                named = [_named(prices, shift) for shift in shifts.get(bid.key, ())]
                found.append(
                    PriceCheck(
                        lot.lot_id, lot.number, bid.bid_id, signals.get(bid.key, ()), named, clarification, is_more
                    )
                )
    return found


def price_check(lot: Lot, bid: Bid) -> PriceCheck:
    """One bid's price in one lot, also where nothing is conspicuous."""
    checks = (one for one in price_checks(lot.tender, [lot]) if one.bid_id == bid.id)
    return next(checks, PriceCheck(lot.id, lot.number, bid.id))


def _signals(
    tender: Tender, prices: ComparedPrices, lot: ComparedLot
) -> tuple[dict[str, list[Signal]], dict[str, list[ShiftedPrice]], bool]:
    """Signals and conspicuous unit prices by bid, and whether more than the positions counts in the prices compared."""
    order = next((one for one in prices.comparison.lots if one.lot_key == lot.key), None)
    if order is None:
        return {}, {}, False
    positions = queries.positions_of(order.standings)
    day = tender.procedure_started_on
    triggers = Triggers(*(rule_on(rule, day).number for rule in (LOW_BID_RULE, ESTIMATE_RULE, MEAN_RULE)))
    shifts = _shifts(prices, lot, order, rule_on(SHIFT_RULE, day).number)
    compared = evaluation_prices(db.session.get_one(Lot, lot.lot_id), positions)
    by_key = {str(bid_id): total for bid_id, total in positions.items()}
    signals = signals_of(queries.totals_of(compared), order.estimate_total, triggers, shifts, by_key)
    return signals, shifts, any(price.has_further_lines for price in compared.values())


def _shifts(prices: ComparedPrices, lot: ComparedLot, order: PriceOrder, limit: int) -> dict[str, list[ShiftedPrice]]:
    """Per bid its conspicuous unit prices; ``row`` is that of the whole comparison."""
    places = [place for place, standing in enumerate(order.standings) if standing.place is not None]
    columns = [prices.comparison.columns[place] for place in places]
    rows = prices.rows_of(lot)
    table = [[column.unit_prices[row] for column in columns] for row in rows]
    found = {}
    for place, column in enumerate(columns):
        shifted = shifted_prices(table, place, limit)
        if shifted:
            found[column.bid_key] = [
                ShiftedPrice(rows[one.row], one.unit_price, one.median, one.is_high) for one in shifted
            ]
    return found


def _named(prices: ComparedPrices, shift: ShiftedPrice) -> NamedShift:
    line = prices.lines[shift.row]
    return NamedShift(line.number, line.title, shift)


def facts_of(check: PriceCheck, bid: Bid) -> ClarificationFacts:
    """Where the check stands, for the rules."""
    one = check.clarification
    return ClarificationFacts(
        is_examined_now=bid.tender.stage in EXAMINING and bid.state is BidState.OPENED,
        has_signal=bool(check.signals),
        is_mandatory=check.is_mandatory,
        is_sent=one is not None and one.letter_id is not None,
        has_answer=bool(one and one.answer),
        outcome=one.outcome if one else None,
        due_on=one.due_on if one else None,
        today=clock.today(),
    )


def corrections_of(lot: Lot, bid: Bid) -> Corrections:
    """The contradictions of a bid in a lot with the rule that decides them."""
    figures = next((one for one in lot_figures(lot) if one.bid_id == bid.id), None)
    lines = [
        CorrectedLine(one.item_key, filters.amount(one.written), filters.amount(one.recomputed))
        for one in (figures.contradictions if figures else ())
    ]
    return Corrections(lines, price_basis(lot.tender).label)
