"""Reading late demands and withdrawals beside the tenders of their round, and what each of them would change.

The office sees the effect on everybody; a lead is told its own planned cost and, in words, that others are affected.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from procurement.core.db import db
from procurement.core.errors import NotFound
from procurement.demand import queries as demand_queries
from procurement.demand import queries_totals
from procurement.demand.aggregation import MemberRequest
from procurement.demand.models import Demand, DemandChange, DemandItem, DemandRound
from procurement.demand.queries_forecast import weights_of
from procurement.demand.states import ChangeKind, ChangeState
from procurement.members.models import Account, Member
from procurement.tenders import queries, queries_places
from procurement.tenders.change_effect import Effect, EffectLine, KnownMember, LineChange, Move, TenderFacts, effect
from procurement.tenders.changes import RoundTender, targets
from procurement.tenders.conversion import converted, converts, unit_over_term
from procurement.tenders.kinds import LineOrigin, TenderStage
from procurement.tenders.models import LineShare, Lot, LotItem, Participant, Tender, ValueEstimate
from procurement.values.money import Money
from procurement.values.objection import Objection
from procurement.values.quantity import Quantity

NOTHING = Quantity(0)


@dataclass(frozen=True, slots=True)
class TenderEffect:
    """What a change does to one planned tender, or why it cannot be made."""

    tender: Tender
    effect: Effect
    objections: tuple[Objection, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeEffect:
    """What a change does: the articles of the round with their minimum quantities, and every planned tender."""

    articles: tuple[LineChange, ...]
    tenders: tuple[TenderEffect, ...]
    waits_for_planning: bool

    @property
    def objections(self) -> list[Objection]:
        """Why the change cannot be made."""
        return [objection for one in self.tenders for objection in one.objections]


def tenders_of(round_id: int) -> list[RoundTender]:
    """The tenders of a round that were not cancelled, by their number, with the demand that stands in each."""
    query = (
        sa.select(Lot.tender_id, DemandItem.article_id, DemandItem.id)
        .join(LotItem, LotItem.lot_id == Lot.id)
        .join(LineShare, LineShare.line_id == LotItem.id)
        .join(DemandItem, DemandItem.id == LineShare.demand_item_id)
        .join(Tender, Tender.id == Lot.tender_id)
        .where(Tender.round_id == round_id)
    )
    articles: dict[int, set[int]] = {}
    items: dict[int, set[int]] = {}
    for tender_id, article_id, item_id in db.session.execute(query):
        articles.setdefault(tender_id, set()).add(article_id)
        items.setdefault(tender_id, set()).add(item_id)
    return [
        RoundTender(
            tender.id,
            f"{tender.reference} „{tender.title}“",
            tender.is_frozen,
            frozenset(articles.get(tender.id, ())),
            frozenset(items.get(tender.id, ())),
        )
        for tender in db.session.scalars(_not_cancelled(round_id))
    ]


def _not_cancelled(round_id: int) -> sa.Select[Tender]:
    query = sa.select(Tender).where(Tender.round_id == round_id, Tender.stage != TenderStage.CANCELLED)
    return query.order_by(Tender.id)


def planned_tenders(round_id: int) -> list[Tender]:
    """The tenders of a round that are still planned, by their number."""
    return list(db.session.scalars(_not_cancelled(round_id).where(Tender.stage == TenderStage.PLANNED)))


def tender_of_item(item_id: int) -> Tender | None:
    """The tender that holds this item, unless it was cancelled."""
    query = (
        sa.select(Tender)
        .join(Lot, Lot.tender_id == Tender.id)
        .join(LotItem, LotItem.lot_id == Lot.id)
        .join(LineShare, LineShare.line_id == LotItem.id)
        .where(LineShare.demand_item_id == item_id, Tender.stage != TenderStage.CANCELLED)
    )
    return db.session.scalar(query.limit(1))


def shares_of_item(tender: Tender, item_id: int) -> list[LineShare]:
    """The parts of an item in a tender, the largest first."""
    query = (
        sa.select(LineShare)
        .join(LotItem, LotItem.id == LineShare.line_id)
        .join(Lot, Lot.id == LotItem.lot_id)
        .where(Lot.tender_id == tender.id, LineShare.demand_item_id == item_id)
    )
    return list(db.session.scalars(query.order_by(LineShare.quantity.desc(), LineShare.id)))


def is_bound(demand: Demand) -> bool:
    """Whether the member has confirmed its participation in a planned tender of the round."""
    query = (
        sa.select(Participant.id)
        .join(Tender, Tender.id == Participant.tender_id)
        .where(Tender.round_id == demand.round_id, Tender.stage == TenderStage.PLANNED)
        .where(Participant.member_id == demand.member_id, Participant.confirmed_at.is_not(None))
    )
    return db.session.scalar(query.limit(1)) is not None


def unplanned_articles(round_: DemandRound) -> set[int]:
    """Articles with counting demand that stands in no tender yet."""
    return {line.article.article_id for line in queries.open_lines(round_)}


def late_targets(demand: Demand) -> dict[int, list[MemberRequest]]:
    """Per planned tender what it takes in of this late demand; asked before the demand counts."""
    requests = [request for request in queries_totals.requests_of(demand) if request.expected]
    return targets(tenders_of(demand.round_id), requests, unplanned_articles(demand.round))


def named_in_published(demand: Demand) -> list[Tender]:
    """The published tenders of the round in which the member is named, for a call-off (M4)."""
    named = sa.select(Participant.tender_id).where(Participant.member_id == demand.member_id)
    query = _not_cancelled(demand.round_id).where(Tender.published_at.is_not(None), Tender.id.in_(named))
    return list(db.session.scalars(query))


def change_for(account: Account, change_id: int) -> DemandChange:
    """A change for those who see all members; :class:`NotFound` for everybody else."""
    found = db.session.get(DemandChange, change_id)
    if found is None or not queries.sees_all(account):
        raise NotFound
    return found


def changes_of_round(round_id: int) -> list[DemandChange]:
    """Every late demand and withdrawal of a round: those to decide first, then the latest."""
    query = (
        sa.select(DemandChange)
        .join(DemandChange.demand)
        .options(contains_eager(DemandChange.demand))
        .where(Demand.round_id == round_id)
        .order_by(DemandChange.state != ChangeState.PENDING, DemandChange.id.desc())
    )
    return list(db.session.scalars(query))


def effect_of(change: DemandChange) -> ChangeEffect:
    """What accepting this change would do."""
    if change.kind is ChangeKind.LATE:
        return effect_of_late(change.demand)
    return effect_of_withdrawal(change.demand, [one.item_id for one in change.items])


def effect_of_late(demand: Demand) -> ChangeEffect:
    """What accepting the late demand would do."""
    requests = queries_totals.requests_of(demand)
    chosen = late_targets(demand)
    planned = {tender.id: tender for tender in planned_tenders(demand.round_id)}
    placed = {request.demand_item_id for group in chosen.values() for request in group}
    return ChangeEffect(
        _article_changes(demand, requests, sign=1),
        tuple(_entering(planned[tender_id], group, demand) for tender_id, group in chosen.items()),
        any(request.expected and request.demand_item_id not in placed for request in requests),
    )


def effect_of_withdrawal(demand: Demand, item_ids: Collection[int] = ()) -> ChangeEffect:
    """What taking these items back would do; none named means the whole demand."""
    requests = [r for r in queries_totals.requests_of(demand) if not item_ids or r.demand_item_id in item_ids]
    gone = {request.demand_item_id for request in requests}
    held = {tender.id for tender in tenders_of(demand.round_id) if tender.item_ids & gone}
    leaving = [_leaving(t, gone, demand) for t in planned_tenders(demand.round_id) if t.id in held]
    return ChangeEffect(_article_changes(demand, requests, sign=-1), tuple(leaving), waits_for_planning=False)


def _article_changes(demand: Demand, requests: Sequence[MemberRequest], *, sign: int) -> tuple[LineChange, ...]:
    """The articles of the round with the counting quantities and minimum quantities of all members."""
    sums: dict[int, tuple[Quantity, Quantity]] = {}
    counting = queries_totals.frozen_items(demand.round)
    for one in counting:
        expected, minimum = sums.get(one.article_id, (NOTHING, NOTHING))
        sums[one.article_id] = (expected + one.expected, minimum + one.minimum)
    articles = {a.article_id: a for a in demand_queries.requested_articles(demand.round_id)}
    found = []
    for request in requests:
        article = articles[request.article_id]
        expected, minimum = sums.get(request.article_id, (NOTHING, NOTHING))
        more = (Quantity(sign * request.expected.thousandths), Quantity(sign * request.minimum.thousandths))
        after = (expected + more[0], minimum + more[1])
        found.append(LineChange(article.number, article.title, article.unit, expected, after[0], minimum, after[1]))
    return tuple(found)


def _entering(tender: Tender, requests: Sequence[MemberRequest], demand: Demand) -> TenderEffect:
    """The lines that grow, new ones with a number of their own below zero, as no stored line has one."""
    lines = effect_lines(tender)
    places = queries_places.places_of(tender, {request.article_id for request in requests})
    objections = [
        o for r in requests if (place := places.get(r.article_id)) for o in queries_places.objections_to_place(r, place)
    ]
    moves = []
    fresh = {a.article_id: a for a in queries_places.articles_by_id({r.article_id for r in requests} - places.keys())}
    for request in requests:
        place = places.get(request.article_id)
        if place is None:
            article = fresh[request.article_id]
            factor = tender.term.periods(article.period)
            if factor is None or not converts(request.expected, factor):
                objections.append(Objection(f"{article.number} {article.title}: Die Laufzeit passt nicht zur Menge."))
                continue
            unit, price = unit_over_term(article.unit, article.period), article.planning_price_net
            key, lot_number = -article.article_id, tender.lots[0].number if tender.lots else 1
            new = EffectLine(key, lot_number, article.number, article.title, unit, article.period, price, NOTHING, {})
            lines.append(new)
            moves.append(Move(key, request.member_id, converted(request.expected, factor)))
        elif not objections:
            moves.append(Move(place.line_id, request.member_id, converted(request.expected, place.factor)))
    return _effect(tender, lines, moves, demand, comes=True, objections=objections)


def _leaving(tender: Tender, item_ids: Collection[int], demand: Demand) -> TenderEffect:
    """The lines that shrink by the shares of these items."""
    query = (
        sa.select(LineShare.line_id, LineShare.member_id, LineShare.quantity)
        .join(LotItem, LotItem.id == LineShare.line_id)
        .join(Lot, Lot.id == LotItem.lot_id)
        .where(Lot.tender_id == tender.id, LineShare.demand_item_id.in_(list(item_ids)))
    )
    rows = db.session.execute(query)
    moves = [Move(line_id, member_id, Quantity(-amount.thousandths)) for line_id, member_id, amount in rows]
    return _effect(tender, effect_lines(tender), moves, demand, comes=False)


def _effect(
    tender: Tender,
    lines: list[EffectLine],
    moves: Sequence[Move],
    demand: Demand,
    *,
    comes: bool,
    objections: Iterable[Objection] = (),
) -> TenderEffect:
    before = {participant.member_id for participant in tender.participants}
    after = before | {demand.member_id} if comes else before
    if not comes:
        left = _member_shares(lines, demand.member_id) - sum(-move.quantity.thousandths for move in moves)
        after = before if left else before - {demand.member_id}
    facts = TenderFacts(tender.procedure_started_on, tender.term, tender.procedure_type, _decided_value(tender))
    members = _known_members(demand.round, before | after)
    found = effect(lines, moves, facts, members, (frozenset(before), frozenset(after)))
    return TenderEffect(tender, found, tuple(objections))


def _member_shares(lines: Iterable[EffectLine], member_id: int) -> int:
    return sum(line.shares.get(member_id, NOTHING).thousandths for line in lines)


def _decided_value(tender: Tender) -> Money | None:
    query = sa.select(ValueEstimate.total_net).filter_by(tender_id=tender.id).order_by(ValueEstimate.number.desc())
    return db.session.scalar(query.limit(1))


def _known_members(round_: DemandRound, member_ids: Collection[int]) -> list[KnownMember]:
    weights = weights_of(round_)
    query = sa.select(Member.id, Member.key, Member.name).where(Member.id.in_(list(member_ids)))
    rows = db.session.execute(query.order_by(Member.sort_key, Member.key))
    return [KnownMember(*row, weights.get(row.id)) for row in rows]


def effect_lines(tender: Tender) -> list[EffectLine]:
    """Every line of a tender with its members' parts."""
    shares: dict[int, dict[int, Quantity]] = {}
    parts = (
        sa.select(LineShare.line_id, LineShare.member_id, LineShare.quantity)
        .join(LotItem, LotItem.id == LineShare.line_id)
        .join(Lot, Lot.id == LotItem.lot_id)
        .where(Lot.tender_id == tender.id)
    )
    for line_id, member_id, quantity in db.session.execute(parts):
        of_line = shares.setdefault(line_id, {})
        of_line[member_id] = of_line.get(member_id, NOTHING) + quantity
    columns = (LotItem.number, LotItem.title, LotItem.unit, LotItem.period, LotItem.estimate_net, LotItem.quantity)
    query = (
        sa.select(LotItem.id, Lot.number, *columns, LotItem.origin)
        .join(Lot, Lot.id == LotItem.lot_id)
        .where(Lot.tender_id == tender.id)
        .order_by(Lot.number, LotItem.position, LotItem.id)
    )
    return [
        EffectLine(*row[:8], shares.get(row[0], {}), row[8] is LineOrigin.JOINT) for row in db.session.execute(query)
    ]
