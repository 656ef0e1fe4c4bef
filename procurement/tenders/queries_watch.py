"""Reading what a round's demand is worth now and what it was worth before; the sums over all members are made in SQL.

The database adds integers, the prices and periods are multiplied per article in exact fractions: a thousand products
instead of a hundred thousand, and no figure leaves the integers.
"""

from dataclasses import dataclass

import sqlalchemy as sa

from procurement.core import clock
from procurement.core.db import db
from procurement.demand.models import Article, Demand, DemandItem, DemandRound
from procurement.demand.queries import SUBMITTED
from procurement.demand.queries_adjustments import CONFIRMED, OF_ITEM, counting
from procurement.demand.states import DemandState
from procurement.rulebook.thresholds import NoRuleInForce
from procurement.tenders.models import RoundEstimate
from procurement.tenders.value_watch import RoundValue, Step, WatchedArticle, steps, watched
from procurement.values.objection import Objection
from procurement.values.quantity import Quantity

UNDECIDED = (DemandState.DRAFT, DemandState.AWAITING_APPROVAL, DemandState.LATE)


@dataclass(frozen=True, slots=True)
class ShownEstimate:
    """A stored version with its difference from the one before."""

    version: RoundEstimate
    step: Step


@dataclass(frozen=True, slots=True)
class WatchView:
    """What the page of the watch shows; ``now`` is missing when no threshold is known for today."""

    now: RoundValue | None
    versions: list[ShownEstimate]
    is_current: bool
    objections: list[Objection]

    @property
    def latest(self) -> ShownEstimate | None:
        """The last stored version."""
        return self.versions[0] if self.versions else None


def watched_articles(round_id: int) -> list[WatchedArticle]:
    """Every article with the sums of the submitted and of the undecided demand."""
    expected = sa.type_coerce(counting(DemandItem.expected), sa.BigInteger)
    by_state = (
        sa.select(DemandItem.article_id, _sum(expected, SUBMITTED), _sum(expected, UNDECIDED))
        .join(Demand, Demand.id == DemandItem.demand_id)
        .outerjoin(CONFIRMED, OF_ITEM)
        .where(Demand.round_id == round_id)
        .group_by(DemandItem.article_id)
    )
    sums = {article_id: (submitted, drafted) for article_id, submitted, drafted in db.session.execute(by_state)}
    prices = (Article.planning_price_net, Article.price_from_net, Article.price_to_net)
    query = sa.select(Article.id, Article.number, Article.period, *prices).where(Article.round_id == round_id)
    return [
        WatchedArticle(*row[1:], *(Quantity(int(amount)) for amount in sums.get(row[0], (0, 0))))
        for row in db.session.execute(query.order_by(Article.position))
    ]


def _sum(amount: sa.ColumnElement[int], states: tuple[DemandState, ...]) -> sa.ColumnElement[int]:
    counted = sa.case((Demand.state.in_(states), amount), else_=0)
    return sa.cast(sa.func.sum(counted), sa.BigInteger)


def value_now(round_: DemandRound) -> RoundValue:
    """What the round's demand is worth today; :class:`NoRuleInForce` if no threshold is known for today."""
    return watched(watched_articles(round_.id), round_.term, clock.today())


def estimates_of(round_id: int) -> list[RoundEstimate]:
    """Every stored version, oldest first."""
    return list(
        db.session.scalars(sa.select(RoundEstimate).filter_by(round_id=round_id).order_by(RoundEstimate.number))
    )


def latest_of(round_id: int) -> RoundEstimate | None:
    """The last stored version."""
    query = sa.select(RoundEstimate).filter_by(round_id=round_id).order_by(RoundEstimate.number.desc())
    return db.session.scalar(query.limit(1))


def view_of(round_: DemandRound) -> WatchView:
    """The value now, its versions, and whether the last of them still holds."""
    stored = estimates_of(round_.id)
    made = steps([(version.total_net, version.threshold_net) for version in stored])
    shown = [ShownEstimate(version, step) for version, step in zip(stored, made, strict=True)][::-1]
    try:
        now = value_now(round_)
    except NoRuleInForce as unknown:
        return WatchView(None, shown, is_current=False, objections=[Objection(str(unknown))])
    is_current = bool(stored) and (stored[-1].total_net, stored[-1].threshold_net) == (
        now.submitted_net,
        now.threshold_net,
    )
    return WatchView(now, shown, is_current, [])
