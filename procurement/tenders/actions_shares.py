"""The bookkeeping of shares: demand that comes to a planned tender or leaves it, and what holds after every change.

These are the primitives of planning, bundling and late changes; who calls them writes the entry in the trail. After
each of them a line is the sum of its shares, no line from demand is empty, and an active merging has shares.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction

import sqlalchemy as sa

from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import refuse_if
from procurement.demand.aggregation import MemberRequest, RequestedArticle
from procurement.demand.models import Article, DemandItem
from procurement.tenders import queries_bill
from procurement.tenders.actions_guard import hold_for_change
from procurement.tenders.conversion import (
    OTHER_TERM,
    Part,
    converted,
    objections_to_conversion,
    objections_to_term,
    unit_over_term,
)
from procurement.tenders.kinds import LineOrigin
from procurement.tenders.lineage import objections_to_adding
from procurement.tenders.models import LineMerge, LineShare, Lot, LotItem, Participant, Tender
from procurement.tenders.numbering import free_number
from procurement.tenders.queries_places import Place, articles_by_id, objections_to_place, places_of
from procurement.values.objection import Objection
from procurement.values.payment import ContractTerm, Period
from procurement.values.quantity import Quantity


def add_shares(tender: Tender, requests: Sequence[MemberRequest]) -> list[LotItem]:
    """Take late demand into a planned tender; returns the lines that grew. The caller records why.

    An item goes to the line that holds its article's demand, through an active merging with its factor; among lines
    split from each other to the one they were split from. An article that is in no line gets a new one in the first
    lot. Members that come new take part. Raises :class:`Refused` naming members whose quantity does not convert.
    """
    hold_for_change(tender)
    return put_shares(tender, requests)


def put_shares(tender: Tender, requests: Sequence[MemberRequest]) -> list[LotItem]:
    """The bookkeeping of :func:`add_shares` for whoever holds the tender already, as after publication."""
    wanted = [request for request in requests if request.expected]
    refuse_if(objections_to_adding(wanted, _items_in(tender)))
    places = places_of(tender, {request.article_id for request in wanted})
    for article in articles_by_id({request.article_id for request in wanted} - places.keys()):
        places[article.article_id] = _new_line(tender, article)
    refuse_if([o for request in wanted for o in objections_to_place(request, places[request.article_id])])
    for request in wanted:
        place = places[request.article_id]
        share = LineShare(
            line_id=place.line_id,
            member_id=request.member_id,
            demand_item_id=request.demand_item_id,
            quantity=converted(request.expected, place.factor),
            merge_id=place.merge_id,
        )
        share.factor = place.factor
        db.session.add(share)
    _take_part(tender, {request.member_id for request in wanted})
    return settle(tender, {places[request.article_id].line_id for request in wanted})


def remove_shares(tender: Tender, demand_item_ids: Collection[int]) -> list[LotItem]:
    """Take withdrawn demand out of a planned tender; returns the lines that shrank. The caller records why.

    A line that nobody needs any more disappears, a merging without shares counts as undone, and a member whose last
    share this was takes part no longer.
    """
    hold_for_change(tender)
    query = _shares_of(tender).where(LineShare.demand_item_id.in_(list(demand_item_ids)))
    shares = list(db.session.scalars(query))
    line_ids, member_ids = {share.line_id for share in shares}, {share.member_id for share in shares}
    for share in shares:
        db.session.delete(share)
    left = settle(tender, line_ids)
    still = set(db.session.scalars(_shares_of(tender).with_only_columns(LineShare.member_id)))
    for participant in list(tender.participants):
        if participant.member_id in member_ids - still:
            db.session.delete(participant)
    db.session.flush()
    db.session.expire(tender, ["participants"])
    return left


def change_term(tender: Tender, term: ContractTerm) -> None:
    """Count what is paid per month or year over another term; the caller stores the term itself.

    Raises :class:`Refused` when such lines would have no term, or a member's quantity no exact thousandths.
    """
    query = (
        _shares_of(tender)
        .join(DemandItem, DemandItem.id == LineShare.demand_item_id)
        .join(Article, Article.id == DemandItem.article_id)
        .where(Article.period != Period.NONE)
    )
    shares = list(db.session.scalars(query))
    before, after = tender.term.total_months, term.total_months
    if not shares or before is None or before == after:
        return
    article_ids = {share.demand_item.article_id for share in shares if share.demand_item}
    refuse_if(objections_to_term(term, articles_by_id(article_ids)))
    ratio = Fraction(after or before, before)
    merges = {
        merge.id: merge.factor for merge in db.session.scalars(sa.select(LineMerge).filter_by(tender_id=tender.id))
    }
    refuse_if([o for share in shares for o in _objections_to_ratio(share, ratio, merges)])
    for share in shares:
        share.quantity, share.factor = converted(share.quantity, ratio), share.factor * ratio
    settle(tender, {share.line_id for share in shares})


def _objections_to_ratio(share: LineShare, ratio: Fraction, merges: Mapping[int, Fraction]) -> list[Objection]:
    """A share must be exact in its line over the other term, and in the line it was merged from."""
    factors = [ratio] if share.merge_id is None else [ratio, ratio / merges[share.merge_id]]
    part = [Part(share.member.name, share.quantity)]
    return [o for factor in factors for o in objections_to_conversion(part, factor, "term_months", OTHER_TERM)]


def line_from_demand(article: RequestedArticle, quantity: Quantity, term: ContractTerm, position: int) -> LotItem:
    """A line for an article, not yet in a lot; what is paid per period is counted over the whole term."""
    return LotItem(
        position=position,
        number=article.number,
        title=article.title,
        unit=unit_over_term(article.unit, article.period),
        nature=article.nature,
        cpv=article.cpv,
        origin=LineOrigin.DEMAND,
        quantity=converted(quantity, term.periods(article.period) or Fraction(1)),
        estimate_net=article.planning_price_net,
        category=article.category,
        period=article.period,
    )


def settle(tender: Tender, line_ids: Iterable[int]) -> list[LotItem]:
    """Make lines the sum of their shares again, let empty ones disappear, close mergings without shares."""
    db.session.flush()
    ids = list(line_ids)
    total = sa.cast(sa.func.sum(LineShare.quantity), sa.BigInteger)
    counted = sa.select(LineShare.line_id, total).where(LineShare.line_id.in_(ids)).group_by(LineShare.line_id)
    totals = {line_id: Quantity(amount) for line_id, amount in db.session.execute(counted)}
    kept = []
    for line in db.session.scalars(sa.select(LotItem).where(LotItem.id.in_(ids)).order_by(LotItem.id)).all():
        db.session.expire(line, ["shares"])
        if line.id in totals:
            line.quantity = totals[line.id]
            kept.append(line)
        elif line.origin is LineOrigin.DEMAND:
            drop(line)
    _close_merges(tender)
    db.session.flush()
    return kept


def drop(line: LotItem) -> None:
    """Delete a line without shares; the first line split from it takes its place for the others."""
    lot = line.lot
    split_off = list(db.session.scalars(sa.select(LotItem).filter_by(split_from_id=line.id).order_by(LotItem.id)))
    for place, other in enumerate(split_off):
        other.split_from_id = line.split_from_id if place == 0 else split_off[0].id
    for merge in db.session.scalars(sa.select(LineMerge).filter_by(into_line_id=line.id)):
        merge.into_line_id = None
    db.session.flush()
    db.session.expire(line, ["shares"])
    db.session.delete(line)
    db.session.flush()
    db.session.expire(lot, ["lines"])


def next_position(lot: Lot) -> int:
    """The position behind the last line of a lot."""
    return (db.session.scalar(sa.select(sa.func.max(LotItem.position)).filter_by(lot_id=lot.id)) or 0) + 1


def _close_merges(tender: Tender) -> None:
    """An active merging whose line is gone follows its shares; without shares there is nothing left to undo."""
    holding = (
        sa.select(LineShare.merge_id, sa.func.min(LineShare.line_id).label("line_id"))
        .where(LineShare.merge_id.is_not(None), LineShare.merge_id.in_(_active_merges(tender)))
        .group_by(LineShare.merge_id)
    )
    held = {row.merge_id: row.line_id for row in db.session.execute(holding)}
    for merge in db.session.scalars(sa.select(LineMerge).where(LineMerge.id.in_(_active_merges(tender)))):
        if merge.id not in held:
            merge.undone_at = clock.now()
        elif merge.into_line_id is None:
            merge.into_line_id = held[merge.id]


def _active_merges(tender: Tender) -> sa.Select[int]:
    return sa.select(LineMerge.id).where(LineMerge.tender_id == tender.id, LineMerge.undone_at.is_(None))


def _shares_of(tender: Tender) -> sa.Select[LineShare]:
    lines = sa.select(LotItem.id).join(Lot, Lot.id == LotItem.lot_id).where(Lot.tender_id == tender.id)
    return sa.select(LineShare).where(LineShare.line_id.in_(lines))


def _items_in(tender: Tender) -> set[int | None]:
    return set(db.session.scalars(_shares_of(tender).with_only_columns(LineShare.demand_item_id)))


def _new_line(tender: Tender, article: RequestedArticle) -> Place:
    refuse_if(objections_to_term(tender.term, [article]))
    lot = tender.lots[0] if tender.lots else Lot(tender=tender, number=1, title="Los 1")
    line = line_from_demand(article, Quantity(0), tender.term, next_position(lot))
    line.number = free_number(article.number, queries_bill.line_numbers(tender.id))
    line.lot = lot
    db.session.add(line)
    db.session.flush()
    return Place(line.id, tender.term.periods(article.period) or Fraction(1))


def _take_part(tender: Tender, member_ids: Iterable[int]) -> None:
    known = {participant.member_id for participant in tender.participants}
    tender.participants.extend(Participant(member_id=member_id) for member_id in sorted(set(member_ids) - known))
