"""Sums over all members, made in SQL: the answers of a round, its articles, and the lines a tender is made of.

Every sum counts the adjusted quantity where the member has confirmed one; withdrawn and rejected demands count nowhere.
"""

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
from procurement.demand.queries_adjustments import CONFIRMED, OF_ITEM, counting
from procurement.demand.states import DemandState, RoundState
from procurement.members.models import Member
from procurement.values.money import Money
from procurement.values.payment import ContractTerm, Period
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
    """Every invited member with its state, last activity and value at planning prices, in the German alphabet.

    Items are found through their demands, which takes SQLite half as long as through their articles.
    """
    worth = (
        sa.select(
            DemandItem.demand_id,
            sa.func.count().label("answered"),
            sa.func.coalesce(sa.func.sum(estimated_cents(round_.term)), 0).label("cents"),
        )
        .join(Demand, Demand.id == DemandItem.demand_id)
        .join(Article, Article.id == DemandItem.article_id)
        .outerjoin(CONFIRMED, OF_ITEM)
        .where(Demand.round_id == round_.id, COUNTS)
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
    """Every article with its sums over all invited members, answered or not yet."""
    sums = (
        sa.select(
            DemandItem.article_id,
            sa.func.count().label("members"),
            *(sa.func.sum(as_integer(counting(column))).label(column.key) for column in QUANTITIES),
            sa.func.sum(estimated_cents(round_.term)).label("cents"),
        )
        .join(Demand, Demand.id == DemandItem.demand_id)
        .join(Article, Article.id == DemandItem.article_id)
        .outerjoin(CONFIRMED, OF_ITEM)
        .where(Demand.round_id == round_.id, COUNTS, counting(DemandItem.maximum) > Quantity(0))
        .group_by(DemandItem.article_id)
    )
    by_article = {article_id: rest for article_id, *rest in db.session.execute(sums)}
    return [_totals(article, by_article.get(article.id), round_.term) for article in articles_of(round_.id)]


def _totals(article: Article, sums: Sequence[int] | None, term: ContractTerm) -> ArticleTotals:
    members, minimum, expected, maximum, cents = sums or (0, 0, 0, 0, 0)
    is_priced = article.planning_price_net is not None and term.periods(article.period) is not None
    estimate = Money(int(cents)) if is_priced else None
    return ArticleTotals(
        article, members, Quantity(int(minimum)), Quantity(int(expected)), Quantity(int(maximum)), estimate
    )


QUANTITIES = (DemandItem.minimum, DemandItem.expected, DemandItem.maximum)
# A cent in twelfths of a millionth euro, a unit in thousandths.
CENT, UNIT = 12 * 10_000, 1_000
COUNTS = Demand.state.not_in((DemandState.WITHDRAWN, DemandState.REJECTED))


def as_integer(column: sa.ColumnElement[Any] | InstrumentedAttribute[Any]) -> sa.ColumnElement[int]:
    """The scaled integer a column stores, for arithmetic in SQL."""
    return sa.type_coerce(column, sa.BigInteger)


def estimated_cents(term: ContractTerm) -> sa.ColumnElement[int]:
    """Expected quantity × planning price × periods of the full term in cents, rounded half up per item.

    Prices are taken in twelfths, so that a year of any number of months is exact. Whole cents and whole units are
    multiplied apart from their fractions, so that no product leaves 64 bits: SQLite would go on with a float. A price
    per month or year without a term counts as nothing. Needs the join with the confirmed adjustments.
    """
    months = term.total_months or 0
    twelfths = sa.case((Article.period == Period.MONTH, 12 * months), (Article.period == Period.YEAR, months), else_=12)
    price, amount = as_integer(Article.planning_price_net) * twelfths, as_integer(counting(DemandItem.expected))
    cents, whole, part = price // CENT, amount // UNIT, amount % UNIT
    rest = (cents * part) % UNIT * CENT + (price % CENT) * amount
    return cents * whole + (cents * part) // UNIT + (2 * rest + CENT * UNIT) // (2 * CENT * UNIT)


def _requests(*conditions: sa.ColumnElement[bool]) -> list[MemberRequest]:
    """Items as values, members in the German alphabet; items of zero are answers, not requests."""
    member, quantities = (Member.id, Member.key, Member.name), (counting(column) for column in QUANTITIES)
    query = (
        sa.select(DemandItem.id, DemandItem.article_id, *member, *quantities, DemandItem.note)
        .join(Demand, Demand.id == DemandItem.demand_id)
        .join(Member, Member.id == Demand.member_id)
        .outerjoin(CONFIRMED, OF_ITEM)
        .where(counting(DemandItem.maximum) > Quantity(0), *conditions)
        .order_by(Member.sort_key, Member.key)
    )
    return [MemberRequest(*row) for row in db.session.execute(query)]


def line_of(article: Article) -> AggregatedLine:
    """One article with every member's request, answered or not yet."""
    wanted = next(a for a in requested_articles(article.round_id) if a.article_id == article.id)
    return aggregate([wanted], _requests(DemandItem.article_id == article.id, COUNTS))[0]


def requests_of(demand: Demand) -> list[MemberRequest]:
    """What one member needs, whatever the state of its demand."""
    return _requests(DemandItem.demand_id == demand.id)


def request_of(item: DemandItem) -> MemberRequest | None:
    """What a member needs of one article; nothing if it needs none."""
    return next(iter(_requests(DemandItem.id == item.id)), None)


def frozen_items(round_: DemandRound) -> list[MemberRequest]:
    """What the members of a closed round need for good: the source of a tender's lines."""
    if round_.state is not RoundState.CLOSED:
        raise Refused("Die Bedarfsrunde ist noch nicht geschlossen; ihre Mengen können sich noch ändern.")
    return _requests(Demand.round_id == round_.id, Demand.state == DemandState.FROZEN)


def frozen_lines(round_: DemandRound) -> list[AggregatedLine]:
    """The frozen items of a closed round as one line per article, with each member's quantity inside."""
    return aggregate(requested_articles(round_.id), frozen_items(round_))
