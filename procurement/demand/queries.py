"""Reading rounds and demands: leads see their own members' demands and nothing of others; sums are made in SQL."""

from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, contains_eager

from procurement.core.db import db
from procurement.core.errors import NotFound
from procurement.core.permissions import Role
from procurement.demand.aggregation import RequestedArticle
from procurement.demand.models import Article, Demand, DemandItem, DemandRound
from procurement.demand.states import UNANSWERED, DemandState, RoundState
from procurement.members.models import Account, Member
from procurement.values.payment import ContractTerm

SUBMITTED = (DemandState.SUBMITTED, DemandState.FROZEN)
# In the order of RequestedArticle.
ARTICLE_COLUMNS: tuple[InstrumentedAttribute[Any], ...] = (
    Article.id, Article.number, Article.title, Article.unit, Article.nature, Article.category, Article.cpv,
    Article.planning_price_net, Article.explanation, Article.period, Article.price_from_net, Article.price_to_net,
    Article.wished_by_id,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RoundFigures:
    """Who has answered a round."""

    invited: int = 0
    submitted: int = 0
    nil: int = 0

    @property
    def open(self) -> int:
        """Invited members without an answer."""
        return self.invited - self.submitted - self.nil

    @property
    def answered(self) -> int:
        """Members that submitted a demand or reported none."""
        return self.submitted + self.nil


@dataclass(frozen=True, slots=True)
class ListedRound:
    """A round in a list, with its figures."""

    round: DemandRound
    figures: RoundFigures


@dataclass(frozen=True, slots=True)
class OwnDemand:
    """A demand of the reader's own member: how many articles of the round are answered."""

    demand: Demand
    answered: int
    total: int


def sees_all(account: Account) -> bool:
    """Whether the account reads the demands of every member."""
    return bool(account.roles & {Role.OFFICER, Role.AUDITOR})


def round_for(account: Account, round_id: int) -> DemandRound:
    """A round with everything in it, for those who see all members; :class:`NotFound` for everybody else."""
    found = db.session.get(DemandRound, round_id)
    if found is None or not sees_all(account):
        raise NotFound
    return found


def demand_for(account: Account, round_id: int, member_id: int) -> Demand:
    """One member's demand; a lead gets its own member's from the opening of the round on."""
    query = sa.select(Demand).join(Demand.round).options(contains_eager(Demand.round))
    query = query.where(Demand.round_id == round_id, Demand.member_id == member_id)
    if not sees_all(account):
        query = query.where(Demand.member_id.in_(account.member_ids), DemandRound.state != RoundState.DRAFT)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def own_demand_for(account: Account, round_id: int, member_id: int) -> Demand:
    """A demand of a member this person acts for; every other one looks like one that does not exist."""
    demand = demand_for(account, round_id, member_id)
    if demand.member_id not in account.member_ids:
        raise NotFound
    return demand


def own_demands(account: Account) -> list[OwnDemand]:
    """The demands of the account's own members: open rounds by deadline, then closed ones, newest first."""
    asked = sa.and_(Article.round_id == Demand.round_id, answerable_by(Demand.member_id))
    articles = sa.select(sa.func.count()).select_from(Article).where(asked).scalar_subquery()
    items = sa.select(sa.func.count()).where(DemandItem.demand_id == Demand.id).scalar_subquery()
    query = (
        sa.select(Demand, items, articles)
        .join(Demand.round)
        .options(contains_eager(Demand.round))
        .where(Demand.member_id.in_(account.member_ids), DemandRound.state != RoundState.DRAFT)
        .order_by(DemandRound.deadline_at, Demand.id)
    )
    found = [OwnDemand(demand, answered, total) for demand, answered, total in db.session.execute(query)]
    open_ones = [own for own in found if own.demand.round.state is RoundState.OPEN]
    return open_ones + [own for own in reversed(found) if own.demand.round.state is RoundState.CLOSED]


def rounds() -> list[ListedRound]:
    """Every round with its figures: in preparation and open first, each by deadline; closed ones newest first."""
    figures = _figures_by_round()
    order = {RoundState.OPEN: 0, RoundState.DRAFT: 1, RoundState.CLOSED: 2}
    listed = db.session.scalars(sa.select(DemandRound).order_by(DemandRound.deadline_at, DemandRound.id)).all()
    running = sorted((r for r in listed if r.state is not RoundState.CLOSED), key=lambda r: order[r.state])
    closed = [r for r in reversed(listed) if r.state is RoundState.CLOSED]
    return [ListedRound(r, figures.get(r.id, RoundFigures())) for r in [*running, *closed]]


def figures_of(round_: DemandRound) -> RoundFigures:
    """Who has answered this round."""
    return _figures_by_round(round_.id).get(round_.id, RoundFigures())


def _figures_by_round(round_id: int | None = None) -> dict[int, RoundFigures]:
    submitted = sa.func.count().filter(Demand.state.in_(SUBMITTED))
    nil = sa.func.count().filter(Demand.state == DemandState.NIL)
    query = sa.select(Demand.round_id, sa.func.count(), submitted, nil).group_by(Demand.round_id)
    if round_id is not None:
        query = query.where(Demand.round_id == round_id)
    return {found: RoundFigures(*counts) for found, *counts in db.session.execute(query)}


def reference_is_taken(reference: str, *, besides: int | None = None) -> bool:
    """Whether another round has this reference."""
    query = sa.select(DemandRound.id).where(DemandRound.reference == reference.strip())
    return any(found != besides for found in db.session.scalars(query))


def articles_of(round_id: int) -> list[Article]:
    """The articles of a round in their order."""
    return list(db.session.scalars(sa.select(Article).filter_by(round_id=round_id).order_by(Article.position)))


def article_count(round_: DemandRound) -> int:
    """How many articles a round asks for."""
    return db.session.scalar(sa.select(sa.func.count()).select_from(Article).filter_by(round_id=round_.id)) or 0


def article_of(round_: DemandRound, article_id: int) -> Article:
    """One article of this round, or :class:`NotFound`."""
    found = db.session.scalar(sa.select(Article).filter_by(round_id=round_.id, id=article_id))
    if found is None:
        raise NotFound
    return found


def requested_articles(round_id: int, *, member_id: int | None = None) -> list[RequestedArticle]:
    """The articles of a round as values; with a member only those it may answer, so none of another member's wishes."""
    term = (DemandRound.term_months, DemandRound.option_months, DemandRound.has_total_price)
    query = sa.select(*ARTICLE_COLUMNS, *term).join(Article.round).where(Article.round_id == round_id)
    if member_id is not None:
        query = query.where(answerable_by(member_id))
    rows = db.session.execute(query.order_by(Article.position))
    return [_requested(row) for row in rows]


def _requested(row: Any) -> RequestedArticle:
    """The article of a row, with how often its price is paid in the round's term, which stands behind it."""
    *article, months, option_months, has_total_price = row
    periods = ContractTerm(months, option_months, has_total_price).periods(row.period)
    return replace(RequestedArticle(*article), periods=periods)


def answerable_by(member_id: int | InstrumentedAttribute[int]) -> sa.ColumnElement[bool]:
    """Which articles a member answers: those asked of everybody, and its own wishes."""
    return sa.or_(Article.wished_by_id.is_(None), Article.wished_by_id == member_id)


def invited_member_ids(round_: DemandRound) -> frozenset[int]:
    """Who is invited to this round."""
    return frozenset(db.session.scalars(sa.select(Demand.member_id).filter_by(round_id=round_.id)))


def unanswered_members(round_: DemandRound) -> list[str]:
    """The names of invited members without an answer, in the German alphabet."""
    query = sa.select(Member.name).join(Demand, Demand.member_id == Member.id).order_by(Member.sort_key, Member.key)
    return list(db.session.scalars(query.where(Demand.round_id == round_.id, Demand.state.in_(UNANSWERED))))
