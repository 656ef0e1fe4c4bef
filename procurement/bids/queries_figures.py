"""Reading what bids say besides their unit prices, and the evaluation price that comes of it.

Whoever calls has made sure that the bids are opened and that the reader may see them (:func:`queries.readable_tender`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from procurement.bids import figures_entries
from procurement.bids.compared_prices import ComparedPrices
from procurement.bids.evaluation_price import (
    NOTHING_OFFERED,
    EvaluationPrice,
    OfferedFigures,
    PricedBid,
    evaluation_price,
)
from procurement.bids.models import Bid
from procurement.bids.models_figures import BidFigures
from procurement.core.db import db
from procurement.tenders.models import Lot, Tender
from procurement.tenders.price_terms import PricePart, PriceTerms, from_stored, worded_part
from procurement.values.money import Money


@dataclass(frozen=True, slots=True)
class AskedFigure:
    """An announced part with how it counts and what the bid says, for the form."""

    part: PricePart
    how: str
    amount: Money | None
    source: str


def terms_of(tender: Tender) -> PriceTerms:
    """What was announced about the evaluation price."""
    return from_stored(tender.price_terms)


def latest_of(bid: Bid, lot: Lot) -> BidFigures | None:
    """The version that counts."""
    return next(iter(versions_of(bid, lot)), None)


def versions_of(bid: Bid, lot: Lot) -> list[BidFigures]:
    """Every version of a bid's figures in a lot, the latest first."""
    query = sa.select(BidFigures).filter_by(bid_id=bid.id, lot_id=lot.id).order_by(BidFigures.number.desc())
    return list(db.session.scalars(query.options(joinedload(BidFigures.entered_by))))


def offered_in(lot: Lot) -> dict[int, OfferedFigures]:
    """What every bid offers in a lot by bid, as its latest version says."""
    query = sa.select(BidFigures.bid_id, BidFigures.figures).filter_by(lot_id=lot.id).order_by(BidFigures.number)
    return {bid_id: figures_entries.offered(figures) for bid_id, figures in db.session.execute(query)}


def asked_figures(bid: Bid, lot: Lot) -> list[AskedFigure]:
    """Every part announced for the lot with what is entered."""
    terms, latest = terms_of(bid.tender), latest_of(bid, lot)
    stored: Mapping[str, Mapping[str, str]] = latest.figures if latest else {}
    return [
        AskedFigure(
            part,
            worded_part(part, terms.rate),
            Money(int(stored[part.number]["cents"])) if part.number in stored else None,
            stored.get(part.number, {}).get("source", ""),
        )
        for part in terms.asked_in(lot.number)
    ]


def evaluation_prices(lot: Lot, totals: Mapping[int, Money | None]) -> dict[int, EvaluationPrice]:
    """The evaluation price of every bid; ``totals`` are the sums of the positions, none for an incomplete sheet."""
    terms, offered = terms_of(lot.tender), offered_in(lot)
    return {
        bid_id: evaluation_price(total, terms, offered.get(bid_id, NOTHING_OFFERED), lot.number)
        for bid_id, total in totals.items()
    }


def prices_beside(lot: Lot, prices: ComparedPrices) -> list[EvaluationPrice]:
    """The evaluation prices in the order of the columns of a Preisspiegel; none if only the positions count."""
    return [one.price for one in _priced_in(lot, prices)]


def priced_bids(tender: Tender, prices: ComparedPrices) -> list[PricedBid]:
    """The evaluation price of every bid handed in, lot by lot; nothing of lots in which only the positions count."""
    return [one for lot in tender.lots for one in _priced_in(lot, prices)]


def _priced_in(lot: Lot, prices: ComparedPrices) -> list[PricedBid]:
    rows = next((prices.standings_in(one) for one in prices.lots if one.lot_id == lot.id), ())
    found = evaluation_prices(lot, {row.bid.bid_id: row.standing.evaluation_total for row in rows})
    if not any(one.has_further_lines for one in found.values()):
        return []
    return [
        PricedBid(
            lot.number,
            row.bid.number,
            row.bid.name,
            row.bid.exclusion.norm if row.bid.exclusion else "",
            found[row.bid.bid_id],
        )
        for row in rows
    ]


def evaluation_price_of(bid: Bid, lot: Lot, total: Money | None) -> EvaluationPrice:
    """The evaluation price of one bid in one lot."""
    latest = latest_of(bid, lot)
    offered = figures_entries.offered(latest.figures) if latest else NOTHING_OFFERED
    return evaluation_price(total, terms_of(bid.tender), offered, lot.number)
