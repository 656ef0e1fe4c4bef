"""One bid in the examination: its documents, answers, prices and what remains to be done, in the order of stages."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from procurement.bids.compared_prices import ComparedBid
from procurement.bids.formal_check import ExclusionGround
from procurement.bids.lot_figures import SheetState
from procurement.bids.models import Bid
from procurement.bids.queries import was_evaluated
from procurement.bids.queries_comparison import compared_bids
from procurement.core import clock
from procurement.core.db import db
from procurement.examination import queries, queries_prices, tasks
from procurement.examination.document_requests import CheckedDocument, RequestFacts
from procurement.examination.models import (
    DocumentCheck,
    DocumentRequest,
    FormalResult,
    IntegrityCheck,
    SuitabilityAnswer,
)
from procurement.examination.profiles import Stage
from procurement.examination.queries_prices import PriceCheck
from procurement.examination.rules import EXAMINING
from procurement.examination.states import RequestState
from procurement.examination.tasks import BidExamined, LotFormal, PriceTask, StageTask, TaskState
from procurement.rulebook import sources
from procurement.tenders.models import Lot, Tender
from procurement.tenders.models_requirements import DemandedDocument, SuitabilityCriterion
from procurement.tenders.queries_requirements import documents_of, suitability_of
from procurement.values.objection import Objection


@dataclass(frozen=True, slots=True)
class BidTasks:
    """A bid as a row of the task list."""

    bid: ComparedBid
    tasks: Sequence[StageTask]


@dataclass(frozen=True, slots=True)
class _Found:
    """Everything noted about all bids of a tender, read once."""

    tender: Tender
    documents: Sequence[DemandedDocument]
    criteria: Sequence[SuitabilityCriterion]
    formal: dict[tuple[int, int], FormalResult]
    checks: dict[tuple[int, int], DocumentCheck]
    answers: dict[tuple[int, int], SuitabilityAnswer]
    requests: dict[int, DocumentRequest]
    integrity: dict[int, IntegrityCheck]
    prices: Sequence[PriceCheck]
    is_evaluated: bool


def task_list(tender: Tender) -> list[BidTasks]:
    """Every bid with its stages in order."""
    found, order = _found(tender), queries.order_of(tender).stages
    return [BidTasks(bid, tasks.tasks_of(_examined(bid, found), order)) for bid in compared_bids(tender)]


def tasks_of(bid: Bid) -> list[StageTask]:
    """The stages of one bid in order; none for one that a later round has replaced: nothing is examined there."""
    return next((list(row.tasks) for row in task_list(bid.tender) if row.bid.bid_id == bid.id), [])


def objections_to_finishing(stage: Stage, bid: Bid) -> list[Objection]:
    """Why what was just noted may not finish this stage of the bid."""
    return tasks.objections_to_finishing(stage, tasks_of(bid), queries.order_of(bid.tender).label)


def objections_to_scoring(tender: Tender) -> list[Objection]:
    """Why the bids cannot be scored yet; only where somebody chose the order, a mere proposal binds nobody here."""
    order = queries.order_of(tender)
    if order.plan is None:
        return []
    return [
        Objection(f"Angebot {row.bid.number} ({row.bid.name}): {objection.text}")
        for row in task_list(tender)
        for objection in tasks.objections_to_finishing(Stage.AWARD, _as_scored(row.tasks), order.label)
    ]


def objections_to_winning(bid: Bid) -> list[Objection]:
    """Why a bid cannot be proposed yet: a stage of the chosen order, before or after the scoring, is not finished."""
    order = queries.order_of(bid.tender)
    if order.plan is None:
        return []
    last = StageTask(Stage.AWARD, TaskState.DONE)
    others = [task for task in tasks_of(bid) if task.stage is not Stage.AWARD]
    return tasks.objections_to_finishing(Stage.AWARD, [*others, last], order.label)


def _as_scored(found: Sequence[StageTask]) -> list[StageTask]:
    """The stages of a bid as they would be with its scoring done."""
    return [
        StageTask(task.stage, TaskState.DONE) if task.stage is Stage.AWARD and task.state is not TaskState.OUT else task
        for task in found
    ]


def _found(tender: Tender) -> _Found:
    return _Found(
        tender=tender,
        documents=documents_of(tender.id),
        criteria=suitability_of(tender.id),
        formal={(one.bid_id, one.lot_id): one for one in queries.formal_results_of(tender.id)},
        checks={(one.bid_id, one.document_id): one for one in queries.document_checks_of(tender.id)},
        answers={(one.bid_id, one.criterion_id): one for one in queries.suitability_answers_of(tender.id)},
        requests={one.bid_id: one for one in queries.requests_of_tender(tender.id)},
        integrity={one.bid_id: one for one in queries.integrity_checks_of(tender.id)},
        prices=queries_prices.price_checks(tender),
        is_evaluated=was_evaluated(tender.id),
    )


def _examined(bid: ComparedBid, found: _Found) -> BidExamined:
    answers = {one.id: found.answers.get((bid.bid_id, one.id)) for one in found.criteria}
    request, integrity = found.requests.get(bid.bid_id), found.integrity.get(bid.bid_id)
    lots = [lot for lot in found.tender.lots if bid.sheets[lot.id] is not SheetState.NONE]
    return BidExamined(
        is_out=bid.exclusion is not None,
        formal=[_formal(lot, found.formal.get((bid.bid_id, lot.id))) for lot in lots],
        documents=[_document(one, found.checks.get((bid.bid_id, one.id))) for one in found.documents],
        request=request.state if request else None,
        unanswered=[one.title for one in found.criteria if answers[one.id] is None],
        unmet=[one.title for one in found.criteria if (answer := answers[one.id]) is not None and not answer.is_met],
        integrity=integrity.finding if integrity else None,
        prices=[
            PriceTask(one.lot_number, one.is_open, one.is_waiting, one.is_rejected)
            for one in found.prices
            if one.bid_id == bid.bid_id
        ],
        is_evaluated=found.is_evaluated,
    )


def _formal(lot: Lot, result: FormalResult | None) -> LotFormal:
    return LotFormal(lot.number, result is not None, result.ground.label if result and result.ground else "")


def _document(document: DemandedDocument, check: DocumentCheck | None) -> CheckedDocument:
    return CheckedDocument(document.id, document.title, document.kind, check.state if check else None)


def checks_of(bid: Bid) -> dict[int, DocumentCheck]:
    """What was found of the demanded documents in this bid, by document."""
    found = db.session.scalars(sa.select(DocumentCheck).filter_by(bid_id=bid.id))
    return {check.document_id: check for check in found}


def answers_of(bid: Bid) -> dict[int, SuitabilityAnswer]:
    """The answers to the criteria of suitability for this bid, by criterion."""
    found = db.session.scalars(sa.select(SuitabilityAnswer).filter_by(bid_id=bid.id))
    return {answer.criterion_id: answer for answer in found}


def request_facts(bid: Bid) -> RequestFacts:
    """What decides whether documents can be asked for."""
    checks = checks_of(bid)
    return RequestFacts(
        is_examined_now=bid.tender.stage in EXAMINING,
        documents=[_document(one, checks.get(one.id)) for one in documents_of(bid.tender_id)],
        has_request=bool(queries.requests_of(bid)),
        today=clock.today(),
    )


def lots_of(bid: Bid) -> list[Lot]:
    """The lots for which this bid was handed in; none for one that a later round has replaced."""
    sheets = next((one.sheets for one in compared_bids(bid.tender) if one.bid_id == bid.id), None)
    return [] if sheets is None else [lot for lot in bid.tender.lots if sheets[lot.id] is not SheetState.NONE]


def proposed_ground(bid: Bid) -> tuple[str, str]:
    """The norm and the facts on which an exclusion would rest by what was noted so far; empty for none."""
    checks = checks_of(bid).values()
    for result in queries.formal_results_of(bid.tender_id):
        if result.bid_id == bid.id and result.ground is not None:
            return result.ground.norm, result.text
    request = next(iter(queries.requests_of(bid)), None)
    if request is not None and request.state not in {RequestState.OPEN, RequestState.COMPLETE}:
        named = ", ".join(request.titles.values())
        return ExclusionGround.DOCUMENTS_MISSING.norm, f"{request.state.label}: {named}"
    lacking = [check.document.title for check in checks if not check.state.is_in_order]
    if lacking and not any(check.document.kind.may_be_requested for check in checks if not check.state.is_in_order):
        return ExclusionGround.DOCUMENTS_MISSING.norm, f"Nicht vorgelegt und nicht nachzufordern: {', '.join(lacking)}"
    return _of_bidder(bid)


def _of_bidder(bid: Bid) -> tuple[str, str]:
    """Grounds in the bidder or in the price."""
    unmet = [answer.criterion.title for answer in answers_of(bid).values() if not answer.is_met]
    if unmet:
        return sources.GWB_122, f"Eignung nicht nachgewiesen: {', '.join(unmet)}"
    integrity = queries.integrity_of(bid)
    if integrity is not None and integrity.finding.stands_in_the_way:
        return sources.GWB_123_124, integrity.note
    for check in queries.clarifications_of(bid.tender_id):
        rejected = PriceCheck(check.lot_id, check.lot.number, check.bid_id, clarification=check)
        if check.bid_id == bid.id and rejected.is_rejected:
            return sources.VGV_60_3, check.reason
    return "", ""
