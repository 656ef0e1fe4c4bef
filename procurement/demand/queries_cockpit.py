"""The cockpit of a round, in a fixed number of statements however many members and articles it has."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from procurement.core import clock
from procurement.core.db import db
from procurement.demand import cockpit, queries_reminders, queries_totals
from procurement.demand.cockpit import CockpitFigures, Standing
from procurement.demand.models import Article, Demand, DemandItem, DemandRound, Reminder
from procurement.demand.queries_adjustments import CONFIRMED, OF_ITEM, counting
from procurement.demand.queries_totals import COUNTS, as_integer, estimated_cents
from procurement.demand.states import UNANSWERED, ReminderKind
from procurement.members.models import Member
from procurement.values.money import Money
from procurement.values.quantity import Quantity

SHOWN_ARTICLES = 10
SHOWN_REQUESTERS = 3


@dataclass(frozen=True, slots=True)
class LastReminder:
    """When a member was last written to about a round, and to whom; nobody if it has no active account."""

    on: date
    kind: ReminderKind
    recipients: str


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A row of the cockpit."""

    member_id: int
    name: str
    standing: Standing
    revision: int
    items: int
    active_on: date | None
    estimate_net: Money
    reminder: LastReminder | None
    can_be_reminded: bool


@dataclass(frozen=True, slots=True)
class Need:
    """What all members need of one article, with its value at planning prices, if it has one."""

    article_id: int
    title: str
    unit: str
    members: int
    expected: Quantity
    estimate_net: Money | None


@dataclass(frozen=True, slots=True)
class Requester:
    """How much of an article one member needs."""

    member: str
    expected: Quantity


@dataclass(frozen=True, slots=True)
class NeedLine:
    """An article of the cockpit with those who need most of it."""

    need: Need
    requesters: tuple[Requester, ...]


@dataclass(frozen=True, slots=True)
class Cockpit:
    """All that the page of a round shows of its answers."""

    lines: list[MemberLine]
    figures: CockpitFigures
    estimate_net: Money
    needs: list[NeedLine]
    unreachable: list[str]


def cockpit_of(round_: DemandRound) -> Cockpit:
    """The cockpit of a round."""
    lines = _lines(round_)
    waiting = [line for line in lines if line.can_be_reminded]
    reachable = queries_reminders.addressees([line.member_id for line in waiting])
    return Cockpit(
        lines,
        cockpit.figures([line.standing for line in lines]),
        Money.total(line.estimate_net for line in lines),
        _needs(round_),
        [line.name for line in waiting if line.member_id not in reachable],
    )


def _lines(round_: DemandRound) -> list[MemberLine]:
    opened_query = sa.select(Demand.member_id, Demand.first_opened_at).where(Demand.round_id == round_.id)
    opened = {row.member_id: row.first_opened_at for row in db.session.execute(opened_query)}
    reminders = _last_reminders(round_)
    return [
        MemberLine(
            answer.member_id,
            answer.name,
            cockpit.standing(
                answer.state,
                is_opened=opened[answer.member_id] is not None,
                round_state=round_.state,
                is_over=clock.now() > round_.deadline_at,
            ),
            answer.revision,
            answer.items,
            _day(answer.active_at or opened[answer.member_id]),
            answer.estimate_net,
            reminders.get(answer.member_id),
            answer.state in UNANSWERED,
        )
        for answer in queries_totals.answers(round_)
    ]


def _day(at: datetime | None) -> date | None:
    return None if at is None else clock.in_berlin(at).date()


def _last_reminders(round_: DemandRound) -> dict[int, LastReminder]:
    """Per member the last mail of any kind but the invitation."""
    query = (
        sa.select(Demand.member_id, Reminder.sent_at, Reminder.kind, Reminder.recipients)
        .join(Reminder, Reminder.demand_id == Demand.id)
        .where(Demand.round_id == round_.id, Reminder.kind != ReminderKind.INVITATION)
        .order_by(Reminder.sent_at, Reminder.id)
    )
    rows = db.session.execute(query)
    return {row.member_id: LastReminder(clock.in_berlin(row.sent_at).date(), row.kind, row.recipients) for row in rows}


def _needs(round_: DemandRound) -> list[NeedLine]:
    """The articles with the highest value, then those without a planning price by members, with those who need most."""
    members, cents = sa.func.count().label("members"), sa.func.sum(estimated_cents(round_.term)).label("cents")
    expected = counting(DemandItem.expected)
    largest = (
        sa.select(DemandItem.article_id, members, sa.func.sum(as_integer(expected)).label("expected"), cents)
        .join(Demand, Demand.id == DemandItem.demand_id)
        .join(Article, Article.id == DemandItem.article_id)
        .outerjoin(CONFIRMED, OF_ITEM)
        .where(Demand.round_id == round_.id, COUNTS, counting(DemandItem.maximum) > Quantity(0))
        .group_by(DemandItem.article_id)
        .order_by(cents.desc().nulls_last(), members.desc(), DemandItem.article_id)
        .limit(SHOWN_ARTICLES)
        .subquery()
    )
    query = (
        sa.select(Article.id, Article.title, Article.unit, largest.c.members, largest.c.expected, largest.c.cents)
        .join(largest, largest.c.article_id == Article.id)
        .order_by(largest.c.cents.desc().nulls_last(), largest.c.members.desc(), Article.id)
    )
    needs = [
        Need(number, title, unit, members_of_it, Quantity(int(expected)), None if cents is None else Money(int(cents)))
        for number, title, unit, members_of_it, expected, cents in db.session.execute(query)
    ]
    requesters = _requesters([need.article_id for need in needs])
    return [NeedLine(need, tuple(requesters.get(need.article_id, ()))) for need in needs]


def _requesters(article_ids: list[int]) -> dict[int, list[Requester]]:
    expected = counting(DemandItem.expected)
    rank = sa.func.row_number().over(partition_by=DemandItem.article_id, order_by=(expected.desc(), Member.sort_key))
    ranked = (
        sa.select(DemandItem.article_id, Member.name, expected.label("expected"), rank.label("rank"))
        .join(Demand, Demand.id == DemandItem.demand_id)
        .join(Member, Member.id == Demand.member_id)
        .outerjoin(CONFIRMED, OF_ITEM)
        .where(DemandItem.article_id.in_(article_ids), COUNTS, expected > Quantity(0))
        .subquery()
    )
    columns = (ranked.c.article_id, ranked.c.name, ranked.c.expected)
    query = sa.select(*columns).where(ranked.c.rank <= SHOWN_REQUESTERS).order_by(ranked.c.article_id, ranked.c.rank)
    found: dict[int, list[Requester]] = {}
    for article_id, name, expected in db.session.execute(query):
        found.setdefault(article_id, []).append(Requester(name, expected))
    return found
