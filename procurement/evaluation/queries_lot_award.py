"""The award over all lots as it stands: what it would be computed from, the latest result, who is entitled to a lot.

Read without the state of each lot, so that the state of a lot can ask here who is entitled to it.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import sqlalchemy as sa

from procurement.bids.models import Bid
from procurement.bids.queries import standing_bids
from procurement.core.db import db
from procurement.evaluation.lot_award_input import (
    BidTerms,
    Discount,
    LotAwardInput,
    RankedBid,
    RankedLot,
)
from procurement.evaluation.models import AwardDecision, EvaluationRun
from procurement.evaluation.models_lot_award import (
    BidderLink,
    BidDiscount,
    BidLotTerms,
    LotAwardDrawing,
    LotAwardRun,
)
from procurement.evaluation.run_result import from_stored
from procurement.evaluation.states import AwardState
from procurement.tenders import queries_bill
from procurement.tenders.estimate import lot_values
from procurement.tenders.lot_rules import LotRules
from procurement.tenders.models import Lot, Tender
from procurement.tenders.queries_cancellation import lots_going_on
from procurement.tenders.queries_lot_rules import lot_rules_of
from procurement.values.rounding import half_up

CENTS = 100


@dataclass(frozen=True, slots=True)
class Entitlement:
    """Who gets a lot by the award over all lots; ``objection`` says why nobody can be proposed, empty for none."""

    run: LotAwardRun | None
    bid_id: int | None
    objection: str

    @property
    def leaves_lot_unawarded(self) -> bool:
        """The distribution stands and gives the lot to nobody."""
        return self.run is not None and self.bid_id is None and not self.run.result["needs_drawing"]


def rules_over_lots(tender_id: int) -> LotRules | None:
    """The announced rules if they make an award over all lots necessary."""
    rules = lot_rules_of(tender_id)
    return None if rules is None or rules.is_plain else rules


def discounts_of(tender_id: int) -> Sequence[BidDiscount]:
    """The rebates that stand, by bid and order of entry."""
    replaced = sa.select(BidDiscount.replaces_id).where(BidDiscount.replaces_id.is_not(None))
    query = sa.select(BidDiscount).join(Bid).where(Bid.tender_id == tender_id, BidDiscount.id.not_in(replaced))
    return db.session.scalars(query.where(BidDiscount.share.is_not(None)).order_by(Bid.number, BidDiscount.id)).all()


def links_of(tender_id: int) -> Sequence[BidderLink]:
    """The links between bidders that stand."""
    ended = sa.select(BidderLink.dissolves_id).where(BidderLink.dissolves_id.is_not(None))
    query = sa.select(BidderLink).filter_by(tender_id=tender_id, dissolves_id=None)
    return db.session.scalars(query.where(BidderLink.id.not_in(ended)).order_by(BidderLink.id)).all()


def terms_of(tender_id: int) -> dict[int, BidLotTerms]:
    """The latest capacity and preference of each bid."""
    query = sa.select(BidLotTerms).join(Bid).where(Bid.tender_id == tender_id).order_by(BidLotTerms.id)
    return {one.bid_id: one for one in db.session.scalars(query)}


def runs_of(tender_id: int) -> Sequence[LotAwardRun]:
    """Every distribution, the latest first."""
    query = sa.select(LotAwardRun).filter_by(tender_id=tender_id).order_by(LotAwardRun.number.desc())
    return db.session.scalars(query).all()


def latest_of(tender_id: int) -> LotAwardRun | None:
    """The distribution that counts."""
    return next(iter(runs_of(tender_id)), None)


def drawing_of(run: LotAwardRun) -> LotAwardDrawing | None:
    """The drawing of lots between its equal distributions."""
    return db.session.scalar(sa.select(LotAwardDrawing).filter_by(run_id=run.id))


def award_of(run: LotAwardRun) -> dict[int, int | None] | None:
    """The bid of each lot by lot number; nothing while lots have to be drawn."""
    numbers = [int(lot) for lot in run.result["award"]]
    if not run.result["needs_drawing"]:
        return dict(zip(numbers, run.result["award"].values(), strict=True))
    drawing = drawing_of(run)
    return None if drawing is None else dict(zip(numbers, run.result["equals"][drawing.choice], strict=True))


def latest_runs(tender_id: int) -> dict[int, EvaluationRun]:
    """The latest evaluation run of each lot, by lot id."""
    query = sa.select(EvaluationRun).join(Lot).where(Lot.tender_id == tender_id).order_by(EvaluationRun.number)
    return {run.lot_id: run for run in db.session.scalars(query)}


def basis_of(tender_id: int) -> str:
    """A hash of the rows that a distribution made now would rest on."""
    latest = sa.select(EvaluationRun.lot_id, sa.func.max(EvaluationRun.id)).join(Lot)
    runs = db.session.execute(latest.where(Lot.tender_id == tender_id).group_by(EvaluationRun.lot_id)).all()
    of_bids = (
        db.session.scalar(sa.select(sa.func.max(table.id)).join(Bid).where(Bid.tender_id == tender_id))
        for table in (BidDiscount, BidLotTerms)
    )
    links = db.session.scalar(sa.select(sa.func.max(BidderLink.id)).filter_by(tender_id=tender_id))
    going_on = [lot.id for lot in lots_going_on(db.session.get_one(Tender, tender_id))]
    rows = [sorted(tuple(row) for row in runs), *of_bids, links, going_on]
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def is_current(run: LotAwardRun) -> bool:
    """Whether nothing that it rests on was added since."""
    return run.basis == basis_of(run.tender_id)


def input_of(tender: Tender, rules: LotRules) -> LotAwardInput:
    """What a distribution made now would be computed from."""
    runs = latest_runs(tender.id)
    values = {one.lot_number: one.total_net for one in lot_values(queries_bill.estimated_lines(tender.id))}
    return LotAwardInput(
        tender=tender.reference,
        published_hash=tender.frozen_hash or "",
        method=tender.method or "",
        rules=rules,
        lots=tuple(
            RankedLot(
                lot.number,
                values[lot.number].cents if lot.number in values else 0,
                runs[lot.id].input_hash if lot.id in runs else "",
                _ranked(runs.get(lot.id)),
            )
            for lot in lots_going_on(tender)
        ),
        discounts=tuple(
            Discount(one.bid_id, tuple(one.lot_numbers), one.least_lots, Fraction(one.share or 0))
            for one in discounts_of(tender.id)
        ),
        linked=tuple(tuple(one.bid_ids) for one in links_of(tender.id)),
        terms=tuple(
            BidTerms(bid_id, one.capacity, tuple(one.preference)) for bid_id, one in sorted(terms_of(tender.id).items())
        ),
    )


def _ranked(run: EvaluationRun | None) -> tuple[RankedBid, ...]:
    """The bids with a rank, best first; prices are whole cents by the way they are added up."""
    ranked = from_stored(run.result).ranked if run else ()
    return tuple(
        RankedBid(
            one.bid_id, one.number, one.bidder, half_up((one.price or Fraction(0)) * CENTS), one.rank or 0, one.score
        )
        for one in ranked
        if one.score is not None
    )


def entitlement_of(lot: Lot) -> Entitlement | None:
    """Who gets a lot by the award over all lots; ``None`` where each lot is awarded on its own."""
    if rules_over_lots(lot.tender_id) is None:
        return None
    run = latest_of(lot.tender_id)
    if run is None or not is_current(run):
        text = (
            "Die Verteilung über alle Lose ist noch nicht"
            if run is None
            else "Die Verteilung über alle Lose gilt nicht"
        )
        words = "bestimmt" if run is None else "mehr, weil sich Wertungen oder Nachlässe geändert haben"
        return Entitlement(None, None, f"{text} {words}. Bitte unter „Zuschlag über alle Lose“ bestimmen.")
    award = award_of(run)
    if award is None:
        text = "Mehrere Verteilungen der Lose sind gleichwertig; zuerst ist ein Losentscheid festzuhalten."
        return Entitlement(run, None, text)
    bid_id = award.get(lot.number)
    if bid_id is None:
        return Entitlement(run, None, f"Los {lot.number} geht nach der Verteilung über alle Lose an niemanden.")
    return Entitlement(run, bid_id, "")


def is_left_unawarded(lot: Lot) -> bool:
    """Whether the award over all lots gives this lot to nobody, so that no decision on it is waited for."""
    found = entitlement_of(lot)
    return found is not None and found.leaves_lot_unawarded


def confirmed_rebates(tender: Tender) -> list[dict[str, Any]]:
    """The rebates of the latest distribution whose lots were all confirmed to the bid that offers them."""
    run = latest_of(tender.id) if rules_over_lots(tender.id) else None
    award = award_of(run) if run else None
    if run is None or award is None:
        return []
    query = sa.select(Lot.number, AwardDecision.bid_id).join(Lot, Lot.id == AwardDecision.lot_id)
    query = query.where(Lot.id.in_([lot.id for lot in lots_going_on(tender)]))
    query = query.where(AwardDecision.state == AwardState.CONFIRMED)
    won = {row.number: row.bid_id for row in db.session.execute(query)}
    given = run.result["rebates"]
    return [one for one in given if all(won.get(lot) == one["bid"] for lot in one["lots"])]


def bids_of(tender: Tender) -> list[Bid]:
    """The bids that were not withdrawn, for the forms."""
    return standing_bids(tender.id)
