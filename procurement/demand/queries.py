"""Reading rounds and demands: leads see their own members' demands and nothing of others; sums are made in SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, contains_eager

from procurement.core.access import Role
from procurement.core.db import db
from procurement.core.errors import NotFound, Refused
from procurement.demand.aggregation import AggregatedLine, MemberRequest, RequestedArticle, aggregate
from procurement.demand.entries import ItemEntry
from procurement.demand.models import Article, Demand, DemandItem, DemandRound
from procurement.demand.states import DemandState, RoundState
from procurement.members.models import Account, Member
from procurement.values.money import Money
from procurement.values.quantity import Quantity

SUBMITTED = (DemandState.SUBMITTED, DemandState.FROZEN)
UNANSWERED = (DemandState.OPEN, DemandState.DRAFT)


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


@dataclass(frozen=True, slots=True)
class MemberAnswer:
    """One row of the cockpit: a member's demand, its last activity and its value at planning prices."""

    member_id: int
    name: str
    state: DemandState
    revision: int
    active_at: datetime | None
    items: int
    estimate_net: Money


@dataclass(frozen=True, slots=True)
class ArticleTotals:
    """One article with the sums over all members."""

    article: Article
    members: int
    minimum: Quantity
    expected: Quantity
    maximum: Quantity
    estimate_net: Money | None


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


def own_demands(account: Account) -> list[OwnDemand]:
    """The demands of the account's own members: open rounds by deadline, then closed ones, newest first."""
    articles = sa.select(sa.func.count()).where(Article.round_id == Demand.round_id).scalar_subquery()
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


def requested_articles(round_id: int) -> list[RequestedArticle]:
    """The articles of a round as values, for calculations and tables."""
    columns = (Article.id, Article.number, Article.title, Article.unit, Article.nature, Article.category, Article.cpv)
    query = sa.select(*columns, Article.planning_price_net, Article.explanation).filter_by(round_id=round_id)
    return [RequestedArticle(*row) for row in db.session.execute(query.order_by(Article.position))]


def invited_member_ids(round_: DemandRound) -> frozenset[int]:
    """Who is invited to this round."""
    return frozenset(db.session.scalars(sa.select(Demand.member_id).filter_by(round_id=round_.id)))


def unanswered_members(round_: DemandRound) -> list[str]:
    """The names of invited members without an answer, in the German alphabet."""
    query = sa.select(Member.name).join(Demand, Demand.member_id == Member.id).order_by(Member.sort_key, Member.key)
    return list(db.session.scalars(query.where(Demand.round_id == round_.id, Demand.state.in_(UNANSWERED))))


def answers(round_: DemandRound) -> list[MemberAnswer]:
    """Every invited member with its state, last activity and value at planning prices, in the German alphabet."""
    worth = (
        sa.select(
            DemandItem.demand_id,
            sa.func.count().label("answered"),
            sa.func.coalesce(sa.func.sum(_estimated_cents()), 0).label("cents"),
        )
        .join(Article, Article.id == DemandItem.article_id)
        .where(Article.round_id == round_.id)
        .group_by(DemandItem.demand_id)
        .subquery()
    )
    query = (
        sa.select(
            Member.id, Member.name, Demand.state, Demand.revision, Demand.submitted_at, Demand.saved_at,
            sa.func.coalesce(worth.c.answered, 0), sa.func.coalesce(worth.c.cents, 0),
        )
        .select_from(Demand)
        .join(Member, Member.id == Demand.member_id)
        .outerjoin(worth, worth.c.demand_id == Demand.id)
        .where(Demand.round_id == round_.id)
        .order_by(Member.sort_key, Member.key)
    )  # fmt: skip
    return [
        MemberAnswer(member_id, name, state, revision, submitted_at or saved_at, items, Money(int(cents)))
        for member_id, name, state, revision, submitted_at, saved_at, items, cents in db.session.execute(query)
    ]


def article_totals(round_: DemandRound) -> list[ArticleTotals]:
    """Every article with its sums over all invited members, whatever the state of their demands."""
    sums = (
        sa.select(
            DemandItem.article_id,
            sa.func.count().label("members"),
            *(sa.func.sum(_as_integer(column)).label(column.key) for column in _QUANTITIES),
            sa.func.sum(_estimated_cents()).label("cents"),
        )
        .join(Article, Article.id == DemandItem.article_id)
        .where(Article.round_id == round_.id, DemandItem.maximum > Quantity(0))
        .group_by(DemandItem.article_id)
    )
    by_article = {article_id: rest for article_id, *rest in db.session.execute(sums)}
    return [_totals(article, by_article.get(article.id)) for article in articles_of(round_.id)]


def _totals(article: Article, sums: Sequence[int] | None) -> ArticleTotals:
    members, minimum, expected, maximum, cents = sums or (0, 0, 0, 0, 0)
    estimate = None if article.planning_price_net is None else Money(int(cents))
    return ArticleTotals(
        article, members, Quantity(int(minimum)), Quantity(int(expected)), Quantity(int(maximum)), estimate
    )


_QUANTITIES = (DemandItem.minimum, DemandItem.expected, DemandItem.maximum)


def _as_integer(column: InstrumentedAttribute[Any]) -> sa.ColumnElement[int]:
    """The scaled integer a column stores, for arithmetic in SQL."""
    return sa.type_coerce(column, sa.BigInteger)


def _estimated_cents() -> sa.ColumnElement[int]:
    """Expected quantity x planning price in cents, rounded half up per item like :meth:`UnitPrice.times`.

    Whole cents and whole units are multiplied apart from their fractions, so that no product leaves 64 bits: SQLite
    would go on with a float.
    """
    price, amount = _as_integer(Article.planning_price_net), _as_integer(DemandItem.expected)
    cents, whole = price // 10_000, amount // 1_000
    rest = cents * (amount % 1_000) * 10_000 + (price % 10_000) * amount
    return cents * whole + (2 * rest + 10_000_000) // 20_000_000


def items_of(demand: Demand) -> dict[int, DemandItem]:
    """The stored items of a demand by article."""
    return {item.article_id: item for item in db.session.scalars(sa.select(DemandItem).filter_by(demand_id=demand.id))}


def entries_of(demand: Demand) -> dict[int, ItemEntry]:
    """The stored items of a demand by article, as values."""
    columns = (DemandItem.article_id, *_QUANTITIES, DemandItem.note)
    rows = db.session.execute(sa.select(*columns).where(DemandItem.demand_id == demand.id))
    return {row.article_id: ItemEntry(*row) for row in rows}


def maxima_of(demand: Demand) -> list[Quantity]:
    """The largest quantities of a demand's items: any above zero makes it a demand."""
    return list(db.session.scalars(sa.select(DemandItem.maximum).filter_by(demand_id=demand.id)))


def last_figures(demand: Demand) -> dict[str, Quantity]:
    """What the member needed of the same article numbers in its latest closed round, by article number and unit."""
    query = (
        sa.select(Article.number, Article.unit, DemandItem.expected)
        .join(DemandItem, DemandItem.article_id == Article.id)
        .join(Demand, Demand.id == DemandItem.demand_id)
        .join(DemandRound, DemandRound.id == Article.round_id)
        .where(Demand.member_id == demand.member_id, Demand.state == DemandState.FROZEN, Demand.id != demand.id)
        .where(DemandRound.closed_at < (demand.round.opened_at or demand.round.deadline_at))
        .order_by(DemandRound.closed_at)
    )
    return {f"{number} {unit}": expected for number, unit, expected in db.session.execute(query)}


def contact_of(round_: DemandRound) -> str:
    """Whom a member asks about a round: the person who made it."""
    person = db.session.get(Account, round_.created_by_id)
    return f"die Vergabestelle ({person.name}, {person.email})" if person else "die Vergabestelle"


def _requests(*conditions: sa.ColumnElement[bool]) -> list[MemberRequest]:
    """Items as values, members in the German alphabet; items of zero are answers, not requests."""
    query = (
        sa.select(
            DemandItem.id, DemandItem.article_id, Member.id, Member.key, Member.name, *_QUANTITIES, DemandItem.note
        )
        .join(Demand, Demand.id == DemandItem.demand_id)
        .join(Member, Member.id == Demand.member_id)
        .where(DemandItem.maximum > Quantity(0), *conditions)
        .order_by(Member.sort_key, Member.key)
    )
    return [MemberRequest(*row) for row in db.session.execute(query)]


def line_of(article: Article) -> AggregatedLine:
    """One article with every member's request, whatever the state of the demands."""
    wanted = next(a for a in requested_articles(article.round_id) if a.article_id == article.id)
    return aggregate([wanted], _requests(DemandItem.article_id == article.id))[0]


def frozen_items(round_: DemandRound) -> list[MemberRequest]:
    """What the members of a closed round need for good: the source of a tender's lines."""
    if round_.state is not RoundState.CLOSED:
        raise Refused("Die Bedarfsrunde ist noch nicht geschlossen; ihre Mengen können sich noch ändern.")
    return _requests(Demand.round_id == round_.id, Demand.state == DemandState.FROZEN)


def frozen_lines(round_: DemandRound) -> list[AggregatedLine]:
    """The frozen items of a closed round as one line per article, with each member's quantity inside."""
    return aggregate(requested_articles(round_.id), frozen_items(round_))
