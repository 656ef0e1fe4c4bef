"""What the pages of the examination show: the whole tender as a task list, one bid stage by stage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from procurement.bids.exclusion import Exclusion
from procurement.bids.models import Bid
from procurement.bids.queries import is_opened, was_evaluated
from procurement.bids.queries_comparison import exclusion, lot_figures
from procurement.core import clock
from procurement.examination import clarifications, document_requests, profiles, queries, queries_bid, queries_prices
from procurement.examination.clarifications import ClarificationFacts
from procurement.examination.document_requests import CheckedDocument
from procurement.examination.models import (
    BidLetter,
    DocumentRequest,
    FormalResult,
    IntegrityCheck,
    PriceClarification,
    SuitabilityAnswer,
)
from procurement.examination.next_check import ExaminedBid, NextCheck, next_check
from procurement.examination.queries import Order
from procurement.examination.queries_bid import BidTasks
from procurement.examination.queries_prices import Corrections, PriceCheck
from procurement.examination.rules import EXAMINING, objections_to_examining
from procurement.examination.tasks import StageTask
from procurement.members.models import Account
from procurement.tenders import queries as tenders
from procurement.tenders.models import Lot, Tender
from procurement.tenders.models_requirements import DemandedDocument, SuitabilityCriterion
from procurement.tenders.queries_requirements import documents_of, suitability_of
from procurement.tenders.requirements import reused_in_award
from procurement.values.objection import Objection


@dataclass(frozen=True, slots=True)
class TenderView:
    """The tab "Prüfung": before the opening what is demanded and in which order it is examined, then the task list."""

    order: Order
    is_opened: bool
    documents: Sequence[DemandedDocument]
    suitability: Sequence[SuitabilityCriterion]
    reused: Sequence[str]
    bids: Sequence[BidTasks]
    open_letters: Sequence[DocumentRequest]
    open_questions: Sequence[PriceClarification]
    next: NextCheck | None


@dataclass(frozen=True, slots=True)
class LotView:
    """One bid in one lot; ``missing`` are positions without a price."""

    lot: Lot
    formal: FormalResult | None
    missing: Sequence[str]
    price: PriceCheck
    facts: ClarificationFacts
    asking: Sequence[Objection]
    corrections: Corrections
    correction_letter: BidLetter | None


@dataclass(frozen=True, slots=True)
class BidView:
    """One bid with everything noted about it and what keeps a person from noting more."""

    bid: Bid
    order: Order
    tasks: Sequence[StageTask]
    exclusion: Exclusion | None
    lots: Sequence[LotView]
    documents: Sequence[CheckedDocument]
    request: DocumentRequest | None
    requesting: Sequence[Objection]
    criteria: Sequence[SuitabilityCriterion]
    answers: Mapping[int, SuitabilityAnswer]
    integrity: IntegrityCheck | None
    letters: Sequence[BidLetter]
    ground: tuple[str, str]
    objections: Sequence[Objection]
    was_evaluated: bool
    next: NextCheck | None


def tender_view(tender: Tender) -> TenderView:
    """The tab of a tender; the reader may see the bids if they are open."""
    suitability, opened = suitability_of(tender.id), is_opened(tender)
    award = [one.title for one in tenders.criteria_of(tender.id)]
    requests = queries.requests_of_tender(tender.id) if opened else []
    rows = queries_bid.task_list(tender) if opened else []
    asked = queries.clarifications_of(tender.id) if opened else []
    return TenderView(
        order=queries.order_of(tender),
        is_opened=opened,
        documents=documents_of(tender.id),
        suitability=suitability,
        reused=reused_in_award([one.title for one in suitability], award),
        bids=rows,
        open_letters=[one for one in requests if one.recorded_at is None],
        open_questions=[one for one in asked if one.due_on and one.outcome is None],
        next=_next(tender, rows),
    )


def bid_view(bid: Bid) -> BidView:
    """One opened bid, read once for the page."""
    facts, rows = queries_bid.request_facts(bid), queries_bid.task_list(bid.tender)
    own = [row for row in rows if row.bid.bid_id == bid.id]
    return BidView(
        bid=bid,
        order=queries.order_of(bid.tender),
        tasks=own[0].tasks if own else [],
        exclusion=exclusion(bid),
        lots=[_lot_view(lot, bid) for lot in queries_bid.lots_of(bid)],
        documents=facts.documents,
        request=next(iter(queries.requests_of(bid)), None),
        requesting=document_requests.objections_to_requesting(facts),
        criteria=suitability_of(bid.tender_id),
        answers=queries_bid.answers_of(bid),
        integrity=queries.integrity_of(bid),
        letters=queries.letters_of(bid),
        ground=queries_bid.proposed_ground(bid),
        objections=objections_to_examining(bid.tender.stage, bid.state),
        was_evaluated=was_evaluated(bid.tender_id),
        next=_next(bid.tender, own) or _next(bid.tender, rows),
    )


def _next(tender: Tender, rows: Sequence[BidTasks]) -> NextCheck | None:
    """What to examine next, while bids are examined."""
    if tender.stage not in EXAMINING:
        return None
    return next_check(ExaminedBid(row.bid.bid_id, row.bid.number, row.bid.name, row.tasks) for row in rows)


def _lot_view(lot: Lot, bid: Bid) -> LotView:
    price = queries_prices.price_check(lot, bid)
    facts = queries_prices.facts_of(price, bid)
    figures = next((one for one in lot_figures(lot) if one.bid_id == bid.id), None)
    return LotView(
        lot=lot,
        formal=queries.formal_result(lot, bid),
        missing=figures.completeness.missing if figures else (),
        price=price,
        facts=facts,
        asking=clarifications.objections_to_asking(facts),
        corrections=queries_prices.corrections_of(lot, bid),
        correction_letter=queries.correction_letter(lot, bid),
    )


def objections_to_choosing_profile(tender: Tender) -> list[Objection]:
    """Why the order can no longer be chosen."""
    if not is_opened(tender):
        return []
    entry = profiles.PlanEntry(profiles.ProfileKey.OWN_BYLAW)
    return profiles.objections_to_choosing(entry, tender.procedure_type, is_opened=True)


def usual_due_day() -> str:
    """The last day that is proposed for answers of a bidder, as a date field takes it."""
    return document_requests.usual_due_day(clock.today()).isoformat()


def tender_for(account: Account, tender_id: int) -> Tender:
    """A tender this account may see; its bids are guarded apart."""
    return tenders.tender_for(account, tender_id)
