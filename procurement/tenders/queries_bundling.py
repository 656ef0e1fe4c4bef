"""What the page "Bündelung" shows: lines beside the wishes they are made of, suggestions, and mergings to undo.

Read as plain rows page by page: a tender may have 2,000 lines with a share of every member in each.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Any

import sqlalchemy as sa

from procurement.core.db import db
from procurement.core.errors import NotFound
from procurement.demand.models import Article, DemandItem
from procurement.members.models import Account, Member
from procurement.tenders.conversion import own_part, worded
from procurement.tenders.kinds import LineOrigin
from procurement.tenders.models import DeclinedMerge, LineMerge, LineShare, Lot, LotItem, Tender
from procurement.tenders.similarity import ComparedLine, Suggestion, suggestions
from procurement.values.quantity import Quantity

LINES_PER_PAGE = 40


@dataclass(slots=True)
class Wish:
    """An article in the words it was reported in, with the members' quantities in their own unit."""

    number: str
    title: str
    unit: str
    wished_by: str
    own: Fraction = Fraction(0)
    members: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class BundleRow:
    """A line with the wishes it is made of."""

    id: int
    number: str
    title: str
    unit: str
    origin: LineOrigin
    quantity: Quantity
    split_from_id: int | None
    lot_number: int
    wishes: list[Wish]


@dataclass(frozen=True, slots=True)
class BundlePage:
    """One page of the lines of a tender, all lots."""

    rows: list[BundleRow]
    number: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class MergeRow:
    """A merging as the list shows it; ``absorbed`` is the line that was taken in, as it was."""

    id: int
    into_label: str
    absorbed: dict[str, Any]
    factor_numerator: int
    factor_denominator: int
    reason: str
    decided_at: datetime
    decided_by: str
    undone_at: datetime | None

    @property
    def conversion(self) -> str:
        """What one unit of the absorbed line was counted as."""
        return worded(Fraction(self.factor_numerator, self.factor_denominator))


def page_of(tender_id: int, wanted_page: int) -> BundlePage:
    """One page of lines with their wishes; a page that does not exist gives the nearest one."""
    of_tender = sa.select(LotItem.id).join(Lot, Lot.id == LotItem.lot_id).where(Lot.tender_id == tender_id)
    total = db.session.scalar(sa.select(sa.func.count()).select_from(of_tender.subquery())) or 0
    pages = max(1, -(-total // LINES_PER_PAGE))
    number = min(max(1, wanted_page), pages)
    columns = (LotItem.id, LotItem.number, LotItem.title, LotItem.unit, LotItem.origin, LotItem.quantity)
    query = (
        sa.select(*columns, LotItem.split_from_id, Lot.number)
        .join(Lot, Lot.id == LotItem.lot_id)
        .where(Lot.tender_id == tender_id)
        .order_by(Lot.number, LotItem.position, LotItem.id)
    )
    rows = db.session.execute(query.limit(LINES_PER_PAGE).offset((number - 1) * LINES_PER_PAGE)).all()
    wishes = _wishes([row[0] for row in rows])
    return BundlePage([BundleRow(*row, wishes=wishes.get(row[0], [])) for row in rows], number, pages, total)


def _wishes(line_ids: Iterable[int]) -> dict[int, list[Wish]]:
    """Per line the articles in it, in the order of the round, each with its sum in its own unit."""
    query = (
        sa.select(
            LineShare.line_id, Article.id, Article.number, Article.title, Article.unit,
            sa.func.coalesce(Member.name, ""), LineShare.member_id, LineShare.quantity, LineShare.factor_numerator,
            LineShare.factor_denominator,
        )
        .join(DemandItem, DemandItem.id == LineShare.demand_item_id)
        .join(Article, Article.id == DemandItem.article_id)
        .outerjoin(Member, Member.id == Article.wished_by_id)
        .where(LineShare.line_id.in_(list(line_ids)))
        .order_by(Article.position, Article.id)
    )  # fmt: skip
    found: dict[int, dict[int, Wish]] = {}
    for line_id, article_id, *words, member_id, quantity, up, down in db.session.execute(query):
        wish = found.setdefault(line_id, {}).setdefault(article_id, Wish(*words))
        wish.own += own_part(quantity, Fraction(up, down))
        wish.members.add(member_id)
    return {line_id: list(wishes.values()) for line_id, wishes in found.items()}


def compared_lines(tender_id: int) -> list[ComparedLine]:
    """The lines from demand in the order of lots, as they are compared with each other."""
    active = sa.exists().where(LineMerge.into_line_id == LotItem.id, LineMerge.undone_at.is_(None))
    brought = sa.exists().where(LineShare.line_id == LotItem.id, LineShare.merge_id.is_not(None))
    columns = (LotItem.id, LotItem.number, LotItem.title, LotItem.unit, LotItem.nature, LotItem.cpv, LotItem.period)
    query = (
        sa.select(*columns, sa.or_(active, brought))
        .join(Lot, Lot.id == LotItem.lot_id)
        .where(Lot.tender_id == tender_id, LotItem.origin == LineOrigin.DEMAND, LotItem.split_from_id.is_(None))
        .order_by(Lot.number, LotItem.position, LotItem.id)
    )
    return [ComparedLine(*row) for row in db.session.execute(query)]


def suggested(tender_id: int) -> list[Suggestion]:
    """Which lines probably mean the same; pairs that somebody kept apart are left out."""
    query = sa.select(DeclinedMerge.first_number, DeclinedMerge.second_number).filter_by(tender_id=tender_id)
    declined = {(first, second) for first, second in db.session.execute(query)}
    return suggestions(compared_lines(tender_id), declined)


def merges_of(tender_id: int) -> list[MergeRow]:
    """Every merging, those in effect first, the newest on top."""
    columns = (LineMerge.id, LineMerge.into_label, LineMerge.absorbed)
    factor = (LineMerge.factor_numerator, LineMerge.factor_denominator)
    query = (
        sa.select(*columns, *factor, LineMerge.reason, LineMerge.decided_at, Account.name, LineMerge.undone_at)
        .join(Account, Account.id == LineMerge.decided_by_id)
        .where(LineMerge.tender_id == tender_id)
        .order_by(LineMerge.undone_at.is_not(None), LineMerge.id.desc())
    )
    return [MergeRow(*row) for row in db.session.execute(query)]


def merge_of(tender: Tender, merge_id: int) -> LineMerge:
    """A merging of this tender; :class:`NotFound` for one of another tender."""
    found = db.session.get(LineMerge, merge_id)
    if found is None or found.tender_id != tender.id:
        raise NotFound
    return found


def mergeable_lines(tender_id: int) -> list[tuple[int, str]]:
    """Every line from demand as a choice: id and "FW-1 Cluster (4 Stück)"."""
    query = (
        sa.select(LotItem.id, LotItem.number, LotItem.title, LotItem.unit)
        .join(Lot, Lot.id == LotItem.lot_id)
        .where(Lot.tender_id == tender_id, LotItem.origin == LineOrigin.DEMAND)
        .order_by(Lot.number, LotItem.position, LotItem.id)
    )
    return [(line_id, f"{number} {title} ({unit})") for line_id, number, title, unit in db.session.execute(query)]
