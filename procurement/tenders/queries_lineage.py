"""Reading the lineage both ways: whose demand a line is made of, and in which lines a member's item went."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

import sqlalchemy as sa

from procurement.core.db import db
from procurement.core.errors import NotFound
from procurement.demand.models import Article, Demand, DemandItem, DemandRound
from procurement.demand.queries_adjustments import CONFIRMED, OF_ITEM, counting, counting_of
from procurement.members.models import Account, Member
from procurement.tenders import queries
from procurement.tenders.conversion import own_part
from procurement.tenders.kinds import TenderStage
from procurement.tenders.lineage import ItemSum
from procurement.tenders.models import LineMerge, LineShare, Lot, LotItem, Tender
from procurement.values.quantity import Quantity


@dataclass(frozen=True, slots=True)
class ReportedPart:
    """A member's own report of which a share of a line was made: its words, its unit, its quantities.

    ``own`` is the part in the member's unit, ``quantity`` the same in the unit of the line; ``merged_from`` names the
    line through which it came here.
    """

    item_id: int | None
    member_name: str
    round_reference: str
    article_number: str
    article_title: str
    unit: str
    minimum: Quantity | None
    expected: Quantity | None
    maximum: Quantity | None
    needed: Quantity | None
    note: str
    submitted_at: datetime | None
    quantity: Quantity
    factor_numerator: int
    factor_denominator: int
    merged_from: str

    @property
    def factor(self) -> Fraction:
        """How many of the line's units one of the member's own units is."""
        return Fraction(self.factor_numerator, self.factor_denominator)

    @property
    def own(self) -> Fraction:
        """The part in the member's own unit, exactly."""
        return own_part(self.quantity, self.factor)


@dataclass(frozen=True, slots=True)
class ItemPlace:
    """A line that holds a part of an item."""

    tender_id: int
    tender_reference: str
    tender_title: str
    lot_number: int
    line_id: int
    line_number: str
    line_title: str
    line_unit: str
    quantity: Quantity
    factor: Fraction

    @property
    def own(self) -> Fraction:
        """The part in the member's own unit, exactly."""
        return own_part(self.quantity, self.factor)


@dataclass(frozen=True, slots=True)
class ItemLineage:
    """A member's item with every line it went into."""

    item: DemandItem
    needed: Quantity
    places: list[ItemPlace]

    @property
    def own_total(self) -> Fraction:
        """All parts together in the member's own unit."""
        return sum((place.own for place in self.places), Fraction(0))


NEEDED = counting(DemandItem.expected)
"""What a member needs of an item: its report, or the adjusted quantity it has confirmed; joined with CONFIRMED."""


def _parts(tender_ids: Iterable[int], *conditions: sa.ColumnElement[bool]) -> sa.Select[int, int | None, int, int, int]:
    """Per tender, item and factor the sum of the shares, as the scaled integers that are stored."""
    total = sa.cast(sa.func.sum(sa.type_coerce(LineShare.quantity, sa.BigInteger)), sa.BigInteger)
    factor = (LineShare.factor_numerator, LineShare.factor_denominator)
    return (
        sa.select(Lot.tender_id, LineShare.demand_item_id, *factor, total)
        .join(LotItem, LotItem.id == LineShare.line_id)
        .join(Lot, Lot.id == LotItem.lot_id)
        .where(Lot.tender_id.in_(list(tender_ids)), LineShare.demand_item_id.is_not(None), *conditions)
        .group_by(Lot.tender_id, LineShare.demand_item_id, *factor)
    )


def item_sums(tender_id: int) -> list[ItemSum]:
    """Every demand item in a tender with the exact sum of its parts in the member's own unit."""
    return _item_sums([tender_id]).get(tender_id, [])


def _item_sums(tender_ids: Iterable[int], *conditions: sa.ColumnElement[bool]) -> dict[int, list[ItemSum]]:
    sums: dict[tuple[int, int], Fraction] = {}
    for tender_id, item_id, up, down, total in db.session.execute(_parts(tender_ids, *conditions)):
        if item_id is None:
            continue
        part = own_part(Quantity(total), Fraction(up, down))
        sums[tender_id, item_id] = sums.get((tender_id, item_id), Fraction(0)) + part
    labels = _labels({item_id for _, item_id in sums})
    found: dict[int, list[ItemSum]] = {}
    for (tender_id, item_id), parts in sums.items():
        label, quantity = labels[item_id]
        found.setdefault(tender_id, []).append(ItemSum(label, quantity, parts))
    return found


def unsound_items(tender_ids: Iterable[int]) -> Mapping[int, list[ItemSum]]:
    """Per tender the items of which its lines hold more or less than the member needs; only suspects are added up.

    An item with one share that converts to its quantity is sound, which the database can say itself.
    """
    ids = list(tender_ids)
    share = sa.type_coerce(LineShare.quantity, sa.BigInteger) * LineShare.factor_denominator
    differs = share != sa.type_coerce(NEEDED, sa.BigInteger) * LineShare.factor_numerator
    suspects = (
        sa.select(LineShare.demand_item_id)
        .join(DemandItem, DemandItem.id == LineShare.demand_item_id)
        .outerjoin(CONFIRMED, OF_ITEM)
        .join(LotItem, LotItem.id == LineShare.line_id)
        .join(Lot, Lot.id == LotItem.lot_id)
        .where(Lot.tender_id.in_(ids))
        .group_by(Lot.tender_id, LineShare.demand_item_id)
        .having(sa.or_(sa.func.count() > 1, sa.func.max(sa.case((differs, 1), else_=0)) == 1))
    )
    sums = _item_sums(ids, LineShare.demand_item_id.in_(suspects))
    wrong = {tender_id: [item for item in items if not item.is_whole] for tender_id, items in sums.items()}
    return {tender_id: items for tender_id, items in wrong.items() if items}


def _labels(item_ids: Iterable[int]) -> dict[int, tuple[str, Quantity]]:
    query = (
        sa.select(DemandItem.id, Member.name, Article.number, NEEDED)
        .join(Demand, Demand.id == DemandItem.demand_id)
        .join(Member, Member.id == Demand.member_id)
        .join(Article, Article.id == DemandItem.article_id)
        .outerjoin(CONFIRMED, OF_ITEM)
        .where(DemandItem.id.in_(list(item_ids)))
    )
    return {item_id: (f"{name}, {number}", quantity) for item_id, name, number, quantity in db.session.execute(query)}


def parts_of_line(line_id: int) -> list[ReportedPart]:
    """Whose demand a line is made of: every share with the report behind it, in the German alphabet."""
    merged_from = sa.func.coalesce(sa.cast(LineMerge.absorbed["number"].as_string(), sa.String), "")
    query = (
        sa.select(
            DemandItem.id, Member.name, sa.func.coalesce(DemandRound.reference, ""),
            sa.func.coalesce(Article.number, ""), sa.func.coalesce(Article.title, ""),
            sa.func.coalesce(Article.unit, ""), DemandItem.minimum, DemandItem.expected, DemandItem.maximum,
            NEEDED, sa.func.coalesce(DemandItem.note, ""),
            Demand.submitted_at, LineShare.quantity, LineShare.factor_numerator, LineShare.factor_denominator,
            merged_from,
        )
        .select_from(LineShare)
        .join(Member, Member.id == LineShare.member_id)
        .outerjoin(DemandItem, DemandItem.id == LineShare.demand_item_id)
        .outerjoin(CONFIRMED, OF_ITEM)
        .outerjoin(Article, Article.id == DemandItem.article_id)
        .outerjoin(Demand, Demand.id == DemandItem.demand_id)
        .outerjoin(DemandRound, DemandRound.id == Demand.round_id)
        .outerjoin(LineMerge, LineMerge.id == LineShare.merge_id)
        .where(LineShare.line_id == line_id)
        .order_by(Member.sort_key, Member.key, LineShare.id)
    )  # fmt: skip
    return [ReportedPart(*row) for row in db.session.execute(query)]


def item_lineage(account: Account, item_id: int) -> ItemLineage:
    """In which lines a member's item went; its lead sees published tenders only, and never a part of others.

    Raises :class:`NotFound` for an item that is not the reader's to see.
    """
    item = db.session.get(DemandItem, item_id)
    sees_all = queries.sees_all(account)
    if item is None or not (sees_all or item.demand.member_id in account.member_ids):
        raise NotFound
    query = (
        sa.select(
            Tender.id, Tender.reference, Tender.title, Lot.number, LotItem.id, LotItem.number, LotItem.title,
            LotItem.unit, LineShare.quantity, LineShare.factor_numerator, LineShare.factor_denominator,
        )
        .select_from(LineShare)
        .join(LotItem, LotItem.id == LineShare.line_id)
        .join(Lot, Lot.id == LotItem.lot_id)
        .join(Tender, Tender.id == Lot.tender_id)
        .where(LineShare.demand_item_id == item_id, Tender.stage != TenderStage.CANCELLED)
        .order_by(Tender.id, Lot.number, LotItem.position, LineShare.id)
    )  # fmt: skip
    if not sees_all:
        query = query.where(Tender.published_at.is_not(None))
    places = [ItemPlace(*row[:9], Fraction(row[9], row[10])) for row in db.session.execute(query)]
    _minimum, expected, _maximum = counting_of(item)
    return ItemLineage(item, expected, places)
