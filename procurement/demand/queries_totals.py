"""Sums over all members, made in SQL: the answers of a round, its articles, and the lines a tender is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from procurement.core.db import db
from procurement.core.errors import Refused
from procurement.demand.aggregation import AggregatedLine, MemberRequest, aggregate
from procurement.demand.models import Article, Demand, DemandItem, DemandRound
from procurement.demand.queries import articles_of, requested_articles
from procurement.demand.states import DemandState, RoundState
from procurement.members.models import Member
from procurement.values.money import Money
from procurement.values.quantity import Quantity


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
            *(sa.func.sum(_as_integer(column)).label(column.key) for column in QUANTITIES),
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


QUANTITIES = (DemandItem.minimum, DemandItem.expected, DemandItem.maximum)


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


def _requests(*conditions: sa.ColumnElement[bool]) -> list[MemberRequest]:
    """Items as values, members in the German alphabet; items of zero are answers, not requests."""
    query = (
        sa.select(
            DemandItem.id, DemandItem.article_id, Member.id, Member.key, Member.name, *QUANTITIES, DemandItem.note
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
