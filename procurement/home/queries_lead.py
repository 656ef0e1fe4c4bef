"""A lead's start page: open rounds, own cases, own costs; every statement is limited to the members of the account."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from procurement.allocation.models import AllocationRun, MemberAmount
from procurement.allocation.states import RunState
from procurement.core import clock
from procurement.core.db import db
from procurement.demand.forecast import Forecast
from procurement.demand.models import Article, DemandItem
from procurement.demand.queries import OwnDemand, own_demands
from procurement.demand.queries_forecast import forecasts_of
from procurement.demand.states import DemandState, RoundState
from procurement.documents.kinds import DocumentKind
from procurement.documents.models import IssuedDocument
from procurement.home.cases import SHOWN, Case, OwnAnswer, OwnCost, OwnTender, cases
from procurement.home.matters import Matter, MatterKind, matter_tasks
from procurement.home.queries_matters import lead_matters
from procurement.home.tasks import Task, in_order
from procurement.members.models import Account
from procurement.tenders.models import Participant, Tender
from procurement.values.money import Money
from procurement.values.payment import cost
from procurement.values.quantity import Quantity
from procurement.workgroup.queries import unstated
from procurement.workgroup.queries_announcements import unread

LATEST_COSTS = 5


@dataclass(frozen=True, slots=True)
class MemberCases:
    """The cases of one member the account acts for."""

    member_id: int
    member_name: str
    cases: list[Case]
    hidden: int


@dataclass(frozen=True, slots=True)
class LeadPage:
    """What the start page of a lead shows: open rounds by deadline, passed ones last; latest costs first.

    ``tasks`` are what waits besides the rounds; ``outlooks`` the ranges of open demands with an answer, by demand.
    """

    tasks: list[Task]
    open_demands: list[OwnDemand]
    members: list[MemberCases]
    costs: list[OwnCost]
    outlooks: dict[int, Forecast]


def lead_page(account: Account) -> LeadPage:
    """What is open for this lead, what became of its reports, and what its member pays."""
    demands = own_demands(account)
    tenders, costs = _tenders(account), _costs(account)
    forecasts = _forecasts(demands, costs, tenders)
    names = {a.member_id: a.member.name for a in account.assignments if a.member_id is not None and a.member}
    names |= {delegation.member_id: delegation.member.name for delegation in account.running_delegations}
    shown = []
    for member_id in sorted(account.member_ids, key=lambda one: names[one]):
        own = [_answer(one, forecasts) for one in demands if one.demand.member_id == member_id]
        lines = cases(own, [t for of, t in tenders if of == member_id], [c for of, c in costs if of == member_id])
        shown.append(MemberCases(member_id, names[member_id], lines[:SHOWN], max(0, len(lines) - SHOWN)))
    open_ones = [one for one in demands if one.demand.round.state is RoundState.OPEN]
    return LeadPage(
        in_order(matter_tasks([*_approvals(open_ones, account), *lead_matters(account), *_news(account)])),
        sorted(open_ones, key=lambda one: one.demand.round.deadline_at < clock.now()),
        shown,
        [cost for _member, cost in costs][:LATEST_COSTS],
        forecasts_of([one.demand for one in open_ones if one.answered]),
    )


def _approvals(open_ones: Iterable[OwnDemand], account: Account) -> list[Matter]:
    """Demands that wait for a second person: for this one unless it submitted them, and only until the deadline."""
    return [
        Matter(
            MatterKind.OWN_APPROVAL if one.demand.submitted_by_id == account.id else MatterKind.APPROVAL,
            one.demand.round_id,
            one.demand.member_id,
            one.demand.round.title,
            one.demand.member.name,
            one.demand.round.deadline_at,
        )
        for one in open_ones
        if one.demand.state is DemandState.AWAITING_APPROVAL and one.demand.round.deadline_at >= clock.now()
    ]


def _news(account: Account) -> list[Matter]:
    """Announcements to read, and proposals about which a member has said nothing."""
    return [
        *(Matter(MatterKind.ANNOUNCEMENT, one.id, 0, one.title, "", one.published_at) for one in unread(account)),
        *(Matter(MatterKind.PROPOSAL, one.id, 0, one.title, "", one.discussed_at) for one in unstated(account)),
    ]


def _answer(own: OwnDemand, forecasts: dict[int, Money]) -> OwnAnswer:
    round_ = own.demand.round
    return OwnAnswer(
        round_.id,
        round_.reference,
        round_.title,
        round_.state,
        own.demand.state,
        round_.deadline_at,
        forecasts.get(own.demand.id),
    )


def _tenders(account: Account) -> list[tuple[int, OwnTender]]:
    """Published tenders with the participating member of this account, newest first."""
    columns = (Tender.id, Tender.round_id, Tender.reference, Tender.title, Tender.stage, Tender.bid_deadline_at)
    query = (
        sa.select(Participant.member_id, *columns)
        .join(Tender, Tender.id == Participant.tender_id)
        .where(Participant.member_id.in_(account.member_ids), Tender.published_at.is_not(None))
        .order_by(Tender.id.desc())
    )
    return [(row[0], OwnTender(*row[1:])) for row in db.session.execute(query)]


def _costs(account: Account) -> list[tuple[int, OwnCost]]:
    """Approved allocations with the amount of the own member and its latest statement, newest first."""
    statement = (
        sa.select(sa.func.max(IssuedDocument.id))
        .where(IssuedDocument.kind == DocumentKind.MEMBER_STATEMENT, IssuedDocument.run_id == AllocationRun.id)
        .where(IssuedDocument.member_id == MemberAmount.member_id)
        .scalar_subquery()
    )
    query = (
        sa.select(
            MemberAmount.member_id,
            AllocationRun.id,
            AllocationRun.tender_id,
            AllocationRun.number,
            Tender.reference,
            Tender.title,
            MemberAmount.gross,
            AllocationRun.approved_at,
            statement,
        )
        .join(AllocationRun, AllocationRun.id == MemberAmount.run_id)
        .join(Tender, Tender.id == AllocationRun.tender_id)
        .where(MemberAmount.member_id.in_(account.member_ids), AllocationRun.state == RunState.APPROVED)
        .order_by(AllocationRun.approved_at.desc(), AllocationRun.id.desc())
    )
    return [(row[0], OwnCost(*row[1:])) for row in db.session.execute(query)]


def _forecasts(
    demands: Sequence[OwnDemand], costs: Iterable[tuple[int, OwnCost]], tenders: Iterable[tuple[int, OwnTender]]
) -> dict[int, Money]:
    """What the reported quantities cost at planning prices, net, per demand whose costs are not approved yet."""
    paid = {(member_id, cost.tender_id) for member_id, cost in costs}
    settled = {(member_id, t.round_id) for member_id, t in tenders if (member_id, t.id) in paid}
    open_ones = [one.demand.id for one in demands if (one.demand.member_id, one.demand.round_id) not in settled]
    if not open_ones:
        return {}
    query = (
        sa.select(DemandItem.demand_id, DemandItem.expected, Article.planning_price_net, Article.period)
        .join(Article, Article.id == DemandItem.article_id)
        .where(DemandItem.demand_id.in_(open_ones), DemandItem.expected > Quantity(0))
    )
    terms = {one.demand.id: one.demand.round.term for one in demands}
    cents: dict[int, int] = {}
    for demand_id, expected, price, period in db.session.execute(query):
        periods = terms[demand_id].periods(period)
        if price is not None and periods is not None:
            cents[demand_id] = cents.get(demand_id, 0) + cost(price, expected, periods).cents
    return {demand_id: Money(total) for demand_id, total in cents.items()}
