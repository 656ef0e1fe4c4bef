"""What a member has begun and not finished, over all features: shown before its exit is recorded."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from procurement.allocation.models import AllocationRun, MemberAmount
from procurement.allocation.states import RunState
from procurement.core import filters
from procurement.core.db import db
from procurement.demand.models import Demand, DemandItem, DemandRound
from procurement.demand.states import DemandState, RoundState
from procurement.tenders.kinds import TenderStage
from procurement.tenders.models import LineShare, Lot, LotItem, Participant, Tender


@dataclass(frozen=True, slots=True)
class Commitment:
    """One thing that goes on: what it is, how it stands, and where it can be looked at."""

    title: str
    text: str
    endpoint: str
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def in_words(self) -> str:
        """One line for the trail and for mails."""
        return f"{self.title} ({self.text})"


def open_commitments(member_id: int) -> list[Commitment]:
    """Open demands, reported quantities on their way, participations and cost shares of a member."""
    return [
        *_open_demands(member_id),
        *_waiting_quantities(member_id),
        *_planned_tenders(member_id),
        *_participations(member_id),
        *_costs(member_id),
    ]


def _open_demands(member_id: int) -> list[Commitment]:
    query = (
        sa.select(DemandRound.id, DemandRound.reference, DemandRound.title, DemandRound.deadline_at, Demand.state)
        .join(Demand, Demand.round_id == DemandRound.id)
        .where(Demand.member_id == member_id, DemandRound.state != RoundState.CLOSED)
        .order_by(DemandRound.deadline_at)
    )
    return [
        Commitment(
            f"Bedarfsrunde {reference} {title}",
            f"{state.label}, Frist {filters.moment(deadline)}",
            "demand.entry",
            {"round_id": round_id, "member_id": member_id},
        )
        for round_id, reference, title, deadline, state in db.session.execute(query)
    ]


def _waiting_quantities(member_id: int) -> list[Commitment]:
    """Frozen demands of which nothing has entered a tender yet."""
    used = sa.exists().where(LineShare.demand_item_id == DemandItem.id, DemandItem.demand_id == Demand.id)
    query = (
        sa.select(DemandRound.id, DemandRound.reference, DemandRound.title)
        .join(Demand, Demand.round_id == DemandRound.id)
        .where(Demand.member_id == member_id, Demand.state == DemandState.FROZEN, ~used)
        .order_by(DemandRound.closed_at)
    )
    return [
        Commitment(
            f"Bedarfsrunde {reference} {title}",
            "Mengen stehen fest, noch keine Ausschreibung",
            "demand.entry",
            {"round_id": round_id, "member_id": member_id},
        )
        for round_id, reference, title in db.session.execute(query)
    ]


def _planned_tenders(member_id: int) -> list[Commitment]:
    lines = sa.func.count(LineShare.id.distinct())
    confirmed_at = sa.func.max(Participant.confirmed_at)
    own = sa.and_(Participant.tender_id == Tender.id, Participant.member_id == member_id)
    query = (
        sa.select(Tender.id, Tender.reference, Tender.title, lines, confirmed_at)
        .join(Lot, Lot.tender_id == Tender.id)
        .join(LotItem, LotItem.lot_id == Lot.id)
        .join(LineShare, LineShare.line_id == LotItem.id)
        .outerjoin(Participant, own)
        .where(LineShare.member_id == member_id, Tender.stage == TenderStage.PLANNED)
        .group_by(Tender.id, Tender.reference, Tender.title)
        .order_by(Tender.id)
    )
    return [
        Commitment(
            f"Geplante Ausschreibung {reference} {title}",
            f"{'eine Position' if count == 1 else f'{count} Positionen'} mit seinen Mengen; {_bound(confirmed)}",
            "tenders.show",
            {"tender_id": tender_id},
        )
        for tender_id, reference, title, count, confirmed in db.session.execute(query)
    ]


def _participations(member_id: int) -> list[Commitment]:
    """Published and awarded tenders the member takes part in; only a cancelled one binds nobody."""
    finished = (TenderStage.PLANNED, TenderStage.CANCELLED)
    query = (
        sa.select(Tender.id, Tender.reference, Tender.title, Tender.stage, Participant.confirmed_at)
        .join(Participant, Participant.tender_id == Tender.id)
        .where(Participant.member_id == member_id, Tender.stage.not_in(finished))
        .order_by(Tender.id)
    )
    return [
        Commitment(
            f"Ausschreibung {reference} {title}",
            f"{stage.label}; {_bound(confirmed_at)}",
            "tenders.show",
            {"tender_id": tender_id},
        )
        for tender_id, reference, title, stage, confirmed_at in db.session.execute(query)
    ]


def _bound(confirmed_at: datetime | None) -> str:
    if confirmed_at is None:
        return "Teilnahme nicht bestätigt"
    return f"verbindliche Teilnahme bestätigt am {filters.moment(confirmed_at)}"


def _costs(member_id: int) -> list[Commitment]:
    query = (
        sa.select(AllocationRun.id, Tender.reference, Tender.title, MemberAmount.gross)
        .join(MemberAmount, MemberAmount.run_id == AllocationRun.id)
        .join(Tender, Tender.id == AllocationRun.tender_id)
        .where(MemberAmount.member_id == member_id, AllocationRun.state == RunState.APPROVED)
        .order_by(AllocationRun.id)
    )
    return [
        Commitment(
            f"Kostenaufteilung {reference} {title}",
            f"Anteil {filters.euro(gross)} brutto",
            "allocation.show",
            {"run_id": run_id},
        )
        for run_id, reference, title, gross in db.session.execute(query)
    ]
