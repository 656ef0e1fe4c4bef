"""Where late demand goes in a tender that has its lines already, and how far they grow, before anything is changed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

import sqlalchemy as sa

from procurement.core.db import db
from procurement.demand import queries as demand_queries
from procurement.demand.aggregation import MemberRequest, RequestedArticle
from procurement.demand.models import Article, DemandItem
from procurement.tenders import queries_bill
from procurement.tenders.change_classification import LineChange
from procurement.tenders.conversion import Part, converted, objections_to_conversion, objections_to_term, unit_over_term
from procurement.tenders.estimate import EstimatedLine
from procurement.tenders.models import LineMerge, LineShare, Lot, LotItem, Tender
from procurement.tenders.numbering import free_number
from procurement.values.objection import Objection
from procurement.values.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article's demand now stands: the line, how its unit converts, and the merging that brought it there."""

    line_id: int
    factor: Fraction
    merge_id: int | None = None
    merge_factor: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Growth:
    """What late demand does to the lines; ``new_lines`` as the value estimate needs them."""

    changes: tuple[LineChange, ...] = ()
    new_lines: tuple[EstimatedLine, ...] = ()
    objections: tuple[Objection, ...] = ()


def places_of(tender: Tender, article_ids: Collection[int]) -> dict[int, Place]:
    """Per article the line its demand goes to: the line others were split from before those, in the order of lots."""
    query = (
        sa.select(
            DemandItem.article_id, LineShare.line_id, LineShare.factor_numerator, LineShare.factor_denominator,
            LineShare.merge_id, LineMerge.factor_numerator, LineMerge.factor_denominator,
        )
        .join(DemandItem, DemandItem.id == LineShare.demand_item_id)
        .join(LotItem, LotItem.id == LineShare.line_id)
        .join(Lot, Lot.id == LotItem.lot_id)
        .outerjoin(LineMerge, LineMerge.id == LineShare.merge_id)
        .where(Lot.tender_id == tender.id, DemandItem.article_id.in_(list(article_ids)))
        .order_by(LotItem.split_from_id.is_not(None), Lot.number, LotItem.position, LotItem.id,
                  sa.func.coalesce(LineShare.merge_id, 0))
    )  # fmt: skip
    found: dict[int, Place] = {}
    for article_id, line_id, up, down, merge_id, merge_up, merge_down in db.session.execute(query):
        of_merge = Fraction(merge_up, merge_down) if merge_id else Fraction(1)
        found.setdefault(article_id, Place(line_id, Fraction(up, down), merge_id, of_merge))
    return found


def articles_by_id(article_ids: Collection[int]) -> list[RequestedArticle]:
    """Articles as values, in the order of their round."""
    if not article_ids:
        return []
    rounds = set(db.session.scalars(sa.select(Article.round_id).where(Article.id.in_(list(article_ids)))))
    known = [article for round_id in sorted(rounds) for article in demand_queries.requested_articles(round_id)]
    return [article for article in known if article.article_id in article_ids]


def objections_to_place(request: MemberRequest, place: Place) -> list[Objection]:
    """A quantity must be exact in the unit of the line and in that of the line which was merged into it."""
    part = [Part(request.member_name, request.expected)]
    factors = dict.fromkeys((place.factor, place.factor / place.merge_factor))
    return [objection for factor in factors for objection in objections_to_conversion(part, factor)]


def growth_by(tender: Tender, requests: Sequence[MemberRequest]) -> Growth:
    """What taking these requests in would change; nothing is stored."""
    wanted = [request for request in requests if request.expected]
    places = places_of(tender, {request.article_id for request in wanted})
    objections = [
        o for one in wanted if one.article_id in places for o in objections_to_place(one, places[one.article_id])
    ]
    placed = [one for one in wanted if one.article_id in places]
    grown = {} if objections else _grown(placed, places)
    fresh = articles_by_id({request.article_id for request in wanted} - places.keys())
    objections += objections_to_term(tender.term, fresh)
    added, estimated = ([], []) if objections else _added(tender, fresh, wanted)
    return Growth((*_changed(grown), *added), tuple(estimated), tuple(objections))


def _grown(requests: Sequence[MemberRequest], places: dict[int, Place]) -> dict[int, Quantity]:
    """Per line what comes to it, in its own unit."""
    grown: dict[int, Quantity] = {}
    for request in requests:
        place = places[request.article_id]
        more = converted(request.expected, place.factor)
        grown[place.line_id] = grown.get(place.line_id, Quantity(0)) + more
    return grown


def _changed(grown: dict[int, Quantity]) -> list[LineChange]:
    query = sa.select(LotItem).where(LotItem.id.in_(grown)).order_by(LotItem.lot_id, LotItem.position)
    return [
        LineChange(
            line.number, line.title, line.unit, line.quantity + grown[line.id], line.title, line.unit, line.quantity
        )
        for line in db.session.scalars(query)
    ]


def _added(
    tender: Tender, articles: Sequence[RequestedArticle], requests: Sequence[MemberRequest]
) -> tuple[list[LineChange], list[EstimatedLine]]:
    """The lines that come new, in the first lot."""
    taken = queries_bill.line_numbers(tender.id)
    lot_number = tender.lots[0].number if tender.lots else 1
    changes, estimated = [], []
    for article in articles:
        needed = Quantity.total(one.expected for one in requests if one.article_id == article.article_id)
        quantity = converted(needed, tender.term.periods(article.period) or Fraction(1))
        number = free_number(article.number, taken)
        changes.append(LineChange(number, article.title, unit_over_term(article.unit, article.period), quantity))
        estimated.append(EstimatedLine(lot_number, number, quantity, article.planning_price_net, article.period))
    return changes, estimated
