"""What a forecast needs from the database: the member's stored rows, the round's term and the weights of its key.

The weights of all invited members enter the calculation and only the own share leaves it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from procurement.core import clock
from procurement.core.db import db
from procurement.demand.aggregation import RequestedArticle
from procurement.demand.entries import ItemEntry
from procurement.demand.forecast import Forecast, JointCost, forecast
from procurement.demand.models import Article, Demand, DemandItem, DemandRound
from procurement.demand.queries import ARTICLE_COLUMNS
from procurement.demand.queries_adjustments import CONFIRMED, OF_ITEM, counting
from procurement.demand.queries_answers import QUANTITIES
from procurement.demand.states import JointCostKey
from procurement.members.kinds import FigureKind, PopulationBasis
from procurement.members.models import Member
from procurement.members.queries import figures_on

KINDS = {JointCostKey.CLIENTS: FigureKind.CLIENTS, JointCostKey.INHABITANTS: FigureKind.INHABITANTS}


def forecast_of(demand: Demand) -> Forecast:
    """What the round may cost this member, net and without obligation, as its rows are stored now."""
    return forecasts_of([demand])[demand.id]


def forecasts_of(demands: Sequence[Demand]) -> dict[int, Forecast]:
    """The same for several demands by their id: one statement, and two for each round with a joint cost."""
    rows: dict[int, list[tuple[RequestedArticle, ItemEntry]]] = {demand.id: [] for demand in demands}
    for demand_id, minimum, expected, maximum, *article in db.session.execute(_rows_of(rows)):
        asked = RequestedArticle(*article)
        rows[demand_id].append((asked, ItemEntry(asked.article_id, minimum, expected, maximum)))
    joint = {round_.id: _joint_cost(round_) for round_ in {demand.round for demand in demands}}
    return {
        demand.id: forecast(
            [article for article, _item in rows[demand.id]],
            {item.article_id: item for _article, item in rows[demand.id]},
            demand.round.term,
            demand.member_id,
            joint[demand.round_id],
        )
        for demand in demands
    }


def _rows_of(demand_ids: Iterable[int]) -> sa.Select[Any]:
    """Each answered article with the quantities that count: a confirmed adjustment, else what the member entered."""
    return (
        sa.select(DemandItem.demand_id, *map(counting, QUANTITIES), *ARTICLE_COLUMNS)
        .join(Article, Article.id == DemandItem.article_id)
        .outerjoin(CONFIRMED, OF_ITEM)
        .where(DemandItem.demand_id.in_(list(demand_ids)))
        .order_by(DemandItem.demand_id, Article.position)
    )


def _joint_cost(round_: DemandRound) -> JointCost | None:
    low, high = round_.joint_cost_from_net, round_.joint_cost_to_net
    if low is None or high is None:
        return None
    return JointCost(low, high, round_.joint_cost_key, round_.key_reference_date, weights_of(round_))


def weights_of(round_: DemandRound) -> Mapping[int, int | None]:
    """The weight of every invited member on the reference date; a district that must not count twice weighs nothing."""
    query = (
        sa.select(Member.id, Member.population_basis)
        .join(Demand, Demand.member_id == Member.id)
        .where(Demand.round_id == round_.id)
    )
    invited = {row.id: row.population_basis for row in db.session.execute(query)}
    if round_.joint_cost_key is JointCostKey.EQUAL:
        return dict.fromkeys(invited, 1)
    on = round_.key_reference_date or clock.today()
    figures = figures_on(KINDS[round_.joint_cost_key], on, invited)
    weights: dict[int, int | None] = dict.fromkeys(invited)
    weights |= {member_id: figure.value for member_id, figure in figures.items()}
    if round_.joint_cost_key is JointCostKey.INHABITANTS:
        weights |= {member_id: 0 for member_id, basis in invited.items() if basis is PopulationBasis.NONE}
    return weights
