"""An auditor's start page: new and unusual cases and where the papers are; the chain itself is not verified here."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from procurement.allocation.models import AllocationRun
from procurement.allocation.rules import EFFECTIVE_STATES
from procurement.allocation.states import RunState
from procurement.bids.models import Bid, BidOpening
from procurement.bids.states import BidState
from procurement.core import clock
from procurement.core.db import db
from procurement.documents.models import IssuedDocument
from procurement.evaluation.models import AwardDecision, EvaluationRun
from procurement.evaluation.states import STANDING
from procurement.home.unusual import AwardFacts, TenderFacts, UnusualCase, new_cases, unusual_cases
from procurement.members.models import Account
from procurement.tenders.models import Lot, Tender
from procurement.values.money import Money

LATEST = 8
TENDERS_LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class ListedRun:
    """An allocation that was approved; ``corrects_number`` is the version it replaced."""

    id: int
    tender_id: int
    reference: str
    title: str
    number: int
    state: RunState
    approved_at: datetime | None
    total_gross: Money
    corrects_number: int | None
    correction_reason: str
    approved_by: str | None


@dataclass(frozen=True, slots=True)
class Paper:
    """An issued document."""

    id: int
    number: str
    title: str
    issued_at: datetime
    tender_id: int


@dataclass(frozen=True, slots=True)
class AuditPage:
    """What the start page of an auditor shows."""

    unusual: list[UnusualCase]
    new: list[TenderFacts]
    runs: list[ListedRun]
    papers: list[Paper]


def audit_page() -> AuditPage:
    """New and unusual cases of the latest fifty tenders, the latest allocations and papers."""
    tenders = _tenders()
    awards = _awards([tender.id for tender in tenders])
    return AuditPage(unusual_cases(tenders, awards), new_cases(tenders, clock.now()), _runs(), _papers())


def _tenders() -> list[TenderFacts]:
    """The latest published tenders, with figures of bids only for those that were opened by two people."""
    late = sa.and_(Bid.received_at > Tender.bid_deadline_at, Bid.round_number == 1)
    counts = (
        sa.func.count(Bid.id),
        sa.func.count(Bid.id).filter(late),
        sa.func.count(Bid.id).filter(late, Bid.late_excused_reason != ""),
        sa.func.count(Bid.id).filter(Bid.state == BidState.EXCLUDED),
    )
    head = (Tender.id, Tender.reference, Tender.title, Tender.stage, Tender.published_at)
    opening = (BidOpening.second_at.is_not(None), sa.func.coalesce(BidOpening.imported_from, ""))
    readable = sa.and_(Bid.tender_id == BidOpening.tender_id, BidOpening.second_at.is_not(None))
    query = (
        sa.select(*head, *opening, *counts)
        .outerjoin(BidOpening, sa.and_(BidOpening.tender_id == Tender.id, BidOpening.round_number == 1))
        .outerjoin(Bid, sa.and_(readable, Bid.state != BidState.WITHDRAWN))
        .where(Tender.published_at.is_not(None))
        .group_by(*head, BidOpening.second_at, BidOpening.imported_from)
        .order_by(Tender.published_at.desc(), Tender.id.desc())
        .limit(TENDERS_LOOKED_AT)
    )
    return [TenderFacts(*row) for row in db.session.execute(query)]


def _awards(tender_ids: list[int]) -> list[AwardFacts]:
    """Every proposed or confirmed award of these tenders with the rank its run gave the chosen bid."""
    query = (
        sa.select(Lot.tender_id, Lot.number, AwardDecision.bid_id, EvaluationRun.result)
        .join(Lot, Lot.id == AwardDecision.lot_id)
        .join(EvaluationRun, EvaluationRun.id == AwardDecision.run_id)
        .where(Lot.tender_id.in_(tender_ids), AwardDecision.state.in_(STANDING))
        .order_by(Lot.tender_id, Lot.number)
    )
    found = []
    for tender_id, number, bid_id, result in db.session.execute(query):
        ranks = {line["bid_id"]: line["rank"] for line in result["bids"]}
        shared = sum(rank == 1 for rank in ranks.values())
        found.append(AwardFacts(tender_id, number, ranks.get(bid_id), shared))
    return found


def _runs() -> list[ListedRun]:
    """The allocations approved last, those since replaced by a correction among them."""
    corrected, approver = aliased(AllocationRun), aliased(Account)
    head = (AllocationRun.id, AllocationRun.tender_id, Tender.reference, Tender.title, AllocationRun.number)
    facts = (AllocationRun.state, AllocationRun.approved_at, AllocationRun.total_gross, corrected.number)
    query = (
        sa.select(*head, *facts, AllocationRun.correction_reason, approver.name)
        .join(Tender, Tender.id == AllocationRun.tender_id)
        .outerjoin(corrected, corrected.id == AllocationRun.corrects_id)
        .outerjoin(approver, approver.id == AllocationRun.approved_by_id)
        .where(AllocationRun.state.in_(EFFECTIVE_STATES))
        .order_by(AllocationRun.approved_at.desc(), AllocationRun.id.desc())
        .limit(LATEST)
    )
    return [ListedRun(*row) for row in db.session.execute(query)]


def _papers() -> list[Paper]:
    """The documents issued last."""
    columns = (IssuedDocument.id, IssuedDocument.number, IssuedDocument.title, IssuedDocument.issued_at)
    query = sa.select(*columns, IssuedDocument.tender_id).order_by(IssuedDocument.id.desc()).limit(LATEST)
    return [Paper(*row) for row in db.session.execute(query)]
