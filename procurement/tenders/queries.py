"""Reading tenders: officers and auditors read all of them in full.

A lead reads those in which its member takes part, from publication on, and in short.
"""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from procurement.core.db import db, existing
from procurement.core.errors import NotFound
from procurement.core.permissions import Role
from procurement.demand import queries as demand_queries
from procurement.demand import queries_totals as demand_totals
from procurement.demand.aggregation import aggregate
from procurement.demand.models import Demand, DemandItem, DemandRound
from procurement.demand.states import DemandState, RoundState
from procurement.members.models import Account, Member
from procurement.sealing.officer_keys import OfficerKey
from procurement.tenders.criteria_entries import CriterionEntry
from procurement.tenders.kinds import TenderStage
from procurement.tenders.lineage import PlannedLine, planned_lines
from procurement.tenders.models import (
    AwardCriterion,
    LineShare,
    Lot,
    LotItem,
    Participant,
    StageChange,
    Tender,
    ValueEstimate,
)
from procurement.tenders.queries_cancellation import cancelled_lot_ids
from procurement.tenders.queries_panel import refuse_conflicted
from procurement.values.money import Money
from procurement.values.quantity import Quantity


@dataclass(frozen=True, slots=True)
class ListedTender:
    """A tender in the list of those who see all; the value is that of the latest estimate."""

    tender: Tender
    lots: int
    participants: int
    value_net: Money | None


@dataclass(frozen=True, slots=True)
class OwnTender:
    """A tender as the lead of a participating member sees it: nothing of others, nothing of bids."""

    id: int
    reference: str
    title: str
    stage: TenderStage
    bid_deadline_at: datetime | None


@dataclass(frozen=True, slots=True)
class PlannableRound:
    """A closed round with the number of articles whose demand is in no tender yet."""

    round: DemandRound
    open_articles: int


def sees_all(account: Account) -> bool:
    """Whether the account reads every tender in full."""
    return bool(account.roles & {Role.OFFICER, Role.AUDITOR})


def tender_for(account: Account, tender_id: int) -> Tender:
    """A tender with everything in it, for those who see all; :class:`NotFound` for everybody else.

    :class:`Withheld` for who declared a conflict of interest in it (§ 6 VgV).
    """
    found = tender_to_declare(account, tender_id)
    refuse_conflicted(found, account)
    return found


def tender_to_declare(account: Account, tender_id: int) -> Tender:
    """The same for the page of the declarations, which is all that somebody with a conflict of interest may read."""
    found = db.session.get(Tender, tender_id)
    if found is None or not sees_all(account):
        raise NotFound
    return found


def tender(tender_id: int) -> Tender:
    """A tender for whoever already knows that the reader may see it; :class:`NotFound` if there is none."""
    return existing(Tender, tender_id)


def lot_of(tender: Tender, lot_id: int) -> Lot:
    """A lot of this tender; :class:`NotFound` for one of another tender."""
    found = db.session.get(Lot, lot_id)
    if found is None or found.tender_id != tender.id:
        raise NotFound
    return found


def line_of(tender: Tender, line_id: int) -> LotItem:
    """A line of this tender; :class:`NotFound` for one of another tender."""
    found = db.session.get(LotItem, line_id)
    if found is None or found.lot.tender_id != tender.id:
        raise NotFound
    return found


def tenders() -> list[ListedTender]:
    """Every tender, newest first."""
    lots = sa.select(sa.func.count()).where(Lot.tender_id == Tender.id).scalar_subquery()
    members = sa.select(sa.func.count()).where(Participant.tender_id == Tender.id).scalar_subquery()
    latest = (
        sa.select(ValueEstimate.total_net)
        .where(ValueEstimate.tender_id == Tender.id)
        .order_by(ValueEstimate.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = sa.select(Tender, lots, members, latest).order_by(Tender.id.desc())
    return [ListedTender(*row) for row in db.session.execute(query)]


def _own(account: Account) -> sa.Select[int, str, str, TenderStage, datetime | None]:
    participating = sa.select(Participant.tender_id).where(Participant.member_id.in_(account.member_ids))
    columns = (Tender.id, Tender.reference, Tender.title, Tender.stage, Tender.bid_deadline_at)
    return sa.select(*columns).where(Tender.published_at.is_not(None), Tender.id.in_(participating))


def own_tenders(account: Account) -> list[OwnTender]:
    """The published tenders in which the account's members take part, newest first."""
    return [OwnTender(*row) for row in db.session.execute(_own(account).order_by(Tender.id.desc()))]


def own_tender(account: Account, tender_id: int) -> OwnTender:
    """One of :func:`own_tenders`; :class:`NotFound` for any other."""
    row = db.session.execute(_own(account).where(Tender.id == tender_id)).first()
    if row is None:
        raise NotFound
    return OwnTender(*row)


def reference_is_taken(reference: str, *, besides: int | None = None) -> bool:
    """Whether another tender has this reference."""
    query = sa.select(Tender.id).where(Tender.reference == reference.strip(), Tender.id != (besides or 0))
    return db.session.scalar(query) is not None


def suggested_reference(year: int) -> str:
    """The next free reference of a year, such as V-2026-07."""
    taken = set(db.session.scalars(sa.select(Tender.reference).where(Tender.reference.startswith(f"V-{year}-"))))
    numbers = (f"V-{year}-{number:02}" for number in range(1, len(taken) + 2))
    return next(reference for reference in numbers if reference not in taken)


def planned_items() -> sa.Select[int | None]:
    """Demand items that are in a tender which was not cancelled; each belongs to one at most."""
    return (
        sa.select(LineShare.demand_item_id)
        .join(LotItem, LotItem.id == LineShare.line_id)
        .join(Lot, Lot.id == LotItem.lot_id)
        .join(Tender, Tender.id == Lot.tender_id)
        .where(LineShare.demand_item_id.is_not(None), Tender.stage != TenderStage.CANCELLED)
        .where(LotItem.lot_id.not_in(cancelled_lot_ids()))
    )


def open_lines(round_: DemandRound) -> list[PlannedLine]:
    """The lines a new tender can take from a closed round: demand that is in no other tender, article by article."""
    if round_.state is not RoundState.CLOSED:
        return []
    planned = planned_items().join(DemandItem, DemandItem.id == LineShare.demand_item_id)
    taken = set(db.session.scalars(planned.join(Demand).where(Demand.round_id == round_.id)))
    requests = [r for r in demand_totals.frozen_items(round_) if r.demand_item_id not in taken]
    return planned_lines(aggregate(demand_queries.requested_articles(round_.id), requests))


def plannable_rounds() -> list[PlannableRound]:
    """Closed rounds with demand that is in no tender yet, the latest first."""
    open_articles = (
        sa.select(sa.func.count(sa.distinct(DemandItem.article_id)))
        .join(Demand, Demand.id == DemandItem.demand_id)
        .where(Demand.round_id == DemandRound.id, Demand.state == DemandState.FROZEN)
        .where(DemandItem.expected > Quantity(0), DemandItem.id.not_in(planned_items()))
        .correlate(DemandRound)
        .scalar_subquery()
    )
    query = sa.select(DemandRound, open_articles).where(DemandRound.state == RoundState.CLOSED)
    rows = db.session.execute(query.order_by(DemandRound.closed_at.desc(), DemandRound.id.desc()))
    return [PlannableRound(round_, articles) for round_, articles in rows if articles]


def round_of(round_id: int) -> DemandRound:
    """A demand round, or :class:`NotFound`."""
    return existing(DemandRound, round_id)


def criteria_of(tender_id: int) -> list[CriterionEntry]:
    """The criteria as rows in their published order."""
    parent = sa.orm.aliased(AwardCriterion)
    query = (
        sa.select(
            AwardCriterion.number,
            AwardCriterion.title,
            sa.func.coalesce(parent.number, ""),
            AwardCriterion.kind,
            AwardCriterion.weight_percent,
            AwardCriterion.minimum_percent,
            AwardCriterion.description,
            AwardCriterion.scale,
        )
        .outerjoin(parent, parent.id == AwardCriterion.parent_id)
        .where(AwardCriterion.tender_id == tender_id)
        .order_by(AwardCriterion.position)
    )
    return [CriterionEntry(*row) for row in db.session.execute(query)]


def participants_of(tender_id: int) -> list[Member]:
    """The participating members in the German alphabet."""
    query = sa.select(Member).join(Participant, Participant.member_id == Member.id)
    return list(
        db.session.scalars(query.where(Participant.tender_id == tender_id).order_by(Member.sort_key, Member.key))
    )


def stage_changes(tender_id: int) -> list[StageChange]:
    """Every move of a tender, oldest first."""
    query = sa.select(StageChange).filter_by(tender_id=tender_id)
    return list(db.session.scalars(query.order_by(StageChange.id)))


def officers_with_key() -> list[Account]:
    """The active accounts of the procurement office that can open bids."""
    query = sa.select(Account).where(Account.is_active, Account.opening_key.is_not(None)).order_by(Account.id)
    return [account for account in db.session.scalars(query) if Role.OFFICER in account.roles]


def public_key_of(account: Account) -> bytes:
    """The public half of an officer's opening key."""
    return OfficerKey.from_bytes(account.opening_key or b"").public
