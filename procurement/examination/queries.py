"""Reading the examination of a tender: order of stages, results, requests, letters, and which prices are still open.

Whoever calls has made sure that the reader may see the opened bids (:func:`procurement.bids.queries.readable_tender`).
The record of the procedure (§ 8 VgV) is written from the lists of a tender given here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import sqlalchemy as sa

from procurement.bids.abnormally_low import clarification_tasks
from procurement.bids.evaluation_price import EvaluationPrice
from procurement.bids.models import Bid
from procurement.bids.price_order import Standing
from procurement.bids.queries import readable_bid
from procurement.bids.queries_comparison import LOW_BID_RULE, price_comparison
from procurement.bids.queries_figures import evaluation_prices
from procurement.core.db import db, existing
from procurement.examination import clarifications, profiles
from procurement.examination.models import (
    BidLetter,
    DocumentCheck,
    DocumentRequest,
    ExaminationPlan,
    FormalResult,
    IntegrityCheck,
    PriceClarification,
    SuitabilityAnswer,
)
from procurement.examination.profiles import Stage
from procurement.examination.states import PriceOutcome
from procurement.members.models import Account
from procurement.rulebook.thresholds import rule_on
from procurement.tenders.models import Lot, Tender
from procurement.values.money import Money

OfBid = TypeVar(
    "OfBid",
    FormalResult,
    DocumentCheck,
    BidLetter,
    DocumentRequest,
    SuitabilityAnswer,
    IntegrityCheck,
    PriceClarification,
)


@dataclass(frozen=True, slots=True)
class Order:
    """The order that counts: as chosen, or as proposed while nobody has chosen."""

    label: str
    norm: str
    stages: tuple[Stage, ...]
    plan: ExaminationPlan | None


@dataclass(frozen=True, slots=True)
class OpenClarification:
    """A bid that must not win a lot yet, and why."""

    bid_id: int
    bid_number: int
    bidder: str
    text: str


def plan_of(tender_id: int) -> ExaminationPlan | None:
    """The chosen order of stages, if somebody has chosen."""
    return db.session.scalar(sa.select(ExaminationPlan).filter_by(tender_id=tender_id))


def order_of(tender: Tender) -> Order:
    """The order of stages of this tender."""
    plan = plan_of(tender.id)
    if plan is None:
        usual = profiles.proposed(tender.procedure_type, tender.procedure_started_on)
        return Order(usual.label, usual.norm, usual.order, None)
    return Order(plan.profile.label, plan.norm, profiles.order_of(plan.stages), plan)


def _of_tender(kind: type[OfBid], tender_id: int) -> Sequence[OfBid]:
    query = sa.select(kind).join(Bid, Bid.id == kind.bid_id).where(Bid.tender_id == tender_id)
    return db.session.scalars(query.order_by(Bid.number, kind.id)).all()


def formal_results_of(tender_id: int) -> Sequence[FormalResult]:
    """The formal results of all bids, by bid number."""
    return _of_tender(FormalResult, tender_id)


def document_checks_of(tender_id: int) -> Sequence[DocumentCheck]:
    """What was found of the demanded documents, by bid number."""
    return _of_tender(DocumentCheck, tender_id)


def requests_of_tender(tender_id: int) -> Sequence[DocumentRequest]:
    """Every request for documents with its result, by bid number."""
    return _of_tender(DocumentRequest, tender_id)


def suitability_answers_of(tender_id: int) -> Sequence[SuitabilityAnswer]:
    """The answers to the criteria of suitability, by bid number."""
    return _of_tender(SuitabilityAnswer, tender_id)


def integrity_checks_of(tender_id: int) -> Sequence[IntegrityCheck]:
    """What is known of grounds under §§ 123, 124 GWB, by bid number."""
    return _of_tender(IntegrityCheck, tender_id)


def clarifications_of(tender_id: int) -> Sequence[PriceClarification]:
    """The checks of conspicuous prices, by bid number."""
    return _of_tender(PriceClarification, tender_id)


def letters_of(bid: Bid) -> Sequence[BidLetter]:
    """The letters to one bidder, oldest first; their text is what was sent."""
    return db.session.scalars(sa.select(BidLetter).filter_by(bid_id=bid.id).order_by(BidLetter.id)).all()


def requests_of(bid: Bid) -> Sequence[DocumentRequest]:
    """The request for documents to one bidder, if there was one, with its letter."""
    return db.session.scalars(sa.select(DocumentRequest).filter_by(bid_id=bid.id)).all()


def correction_letter(lot: Lot, bid: Bid) -> BidLetter | None:
    """The latest notice about corrected totals in this lot."""
    query = sa.select(BidLetter).filter_by(bid_id=bid.id, lot_id=lot.id, kind="correction")
    return db.session.scalar(query.order_by(BidLetter.id.desc()).limit(1))


def formal_result(lot: Lot, bid: Bid) -> FormalResult | None:
    """The formal result of a bid in a lot."""
    return db.session.scalar(sa.select(FormalResult).filter_by(lot_id=lot.id, bid_id=bid.id))


def clarification_of(lot: Lot, bid: Bid) -> PriceClarification | None:
    """The check of a bid's price in a lot."""
    return db.session.scalar(sa.select(PriceClarification).filter_by(lot_id=lot.id, bid_id=bid.id))


def integrity_of(bid: Bid) -> IntegrityCheck | None:
    """What is known of a bidder's grounds for exclusion."""
    return db.session.scalar(sa.select(IntegrityCheck).filter_by(bid_id=bid.id))


def request(request_id: int, account: Account) -> DocumentRequest:
    """A request that this account may read; :class:`NotFound` for everybody else."""
    found = existing(DocumentRequest, request_id)
    readable_bid(found.bid_id, account)
    return found


def clarification(clarification_id: int, account: Account) -> PriceClarification:
    """A price check that this account may read; :class:`NotFound` for everybody else."""
    found = existing(PriceClarification, clarification_id)
    readable_bid(found.bid_id, account)
    return found


def letter(letter_id: int, account: Account) -> BidLetter:
    """A letter that this account may read; :class:`NotFound` for everybody else."""
    found = existing(BidLetter, letter_id)
    readable_bid(found.bid_id, account)
    return found


def positions_of(standings: Iterable[Standing]) -> dict[int, Money]:
    """The sums of the positions of complete bids in the running, by bid id."""
    placed = [one for one in standings if one.place is not None]
    return {int(one.bid_key): one.evaluation_total for one in placed if one.evaluation_total is not None}


def totals_of(prices: Mapping[int, EvaluationPrice]) -> dict[str, Money]:
    """The evaluation prices that are known, by the key of the bid."""
    return {str(bid_id): price.total for bid_id, price in prices.items() if price.total is not None}


def open_clarifications(lot: Lot) -> list[OpenClarification]:
    """The bids in the running that must not win this lot yet (§ 60 VgV): to be asked, or unexplained and not kept."""
    prices = price_comparison(lot.tender, [lot])
    compared = evaluation_prices(
        lot, positions_of([row.standing for one in prices.lots for row in prices.standings_in(one)])
    )
    asked = clarification_tasks(totals_of(compared), rule_on(LOW_BID_RULE, lot.tender.procedure_started_on).number)
    checks = {one.bid_id: one for one in clarifications_of(lot.tender_id) if one.lot_id == lot.id}
    found = []
    for shown in prices.lots:
        for row in prices.standings_in(shown):
            check, bid = checks.get(row.bid.bid_id), row.bid
            outcome, is_kept = (check.outcome, bool(check.keep_reason)) if check else (None, False)
            is_mandatory = bid.key in asked
            if bid.exclusion is None and clarifications.is_open(
                is_mandatory=is_mandatory, outcome=outcome, is_kept=is_kept
            ):
                found.append(OpenClarification(bid.bid_id, bid.number, bid.name, _why_open(bid.number, outcome)))
    return found


def _why_open(number: int, outcome: PriceOutcome | None) -> str:
    if outcome is None:
        return f"Der Preis von Angebot {number} ist noch aufzuklären (§ 60 Abs. 1 VgV); siehe „Prüfung“."
    return (
        f"Der Preis von Angebot {number} ist nicht aufgeklärt. Bitte das Angebot ausschließen oder unter „Prüfung“ "
        "begründen, warum es in der Wertung bleibt (§ 60 Abs. 3 VgV)."
    )
