"""What lots are built from: lines with their shares, put together where they were split, and groups of members."""

from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa

from procurement.core import clock
from procurement.core.db import db
from procurement.members.kinds import FigureKind
from procurement.members.models import Member
from procurement.members.queries import figures_on
from procurement.members.sorting import german_sort_key
from procurement.tenders import lot_plan
from procurement.tenders.lot_plan import LotBasis, PlacedLine, PlacedShare, PlannedLot
from procurement.tenders.models import LineShare, Lot, LotItem
from procurement.values.quantity import Quantity


def planned_lots(tender_id: int, basis: LotBasis, limits: Sequence[int] = lot_plan.SIZE_LIMITS) -> list[PlannedLot]:
    """The lots a tender would have; nothing is changed."""
    lines = placed_lines(tender_id)
    if basis is LotBasis.CATEGORY:
        return lot_plan.by_category(lines)
    members = {share.member_id for line in lines for share in line.shares}
    if basis is LotBasis.REGION:
        return lot_plan.by_members(lines, _districts(members), _by_alphabet)
    classes = [*lot_plan.size_classes(limits), lot_plan.WITHOUT_FIGURE]
    return lot_plan.by_members(lines, _sizes(members, limits), lambda title: (classes.index(title), ""))


def placed_lines(tender_id: int) -> list[PlacedLine]:
    """Every line in the order of lots and positions; what was split from a line counts in it."""
    columns = (
        LotItem.id, LotItem.number, LotItem.title, LotItem.unit, LotItem.origin, LotItem.category,
        LotItem.estimate_net, LotItem.quantity, LotItem.split_from_id,
    )  # fmt: skip
    query = sa.select(*columns).join(Lot, Lot.id == LotItem.lot_id).where(Lot.tender_id == tender_id)
    rows = list(db.session.execute(query.order_by(Lot.number, LotItem.position, LotItem.id)))
    parents = {row.id: row.split_from_id for row in rows}
    shares = _shares(tender_id)
    found: dict[int, list[PlacedShare]] = {}
    amounts: dict[int, Quantity] = {}
    for row in rows:
        root = _root(row.id, parents)
        found.setdefault(root, []).extend(shares.get(row.id, []))
        amounts[root] = amounts.get(root, Quantity(0)) + row.quantity
    roots = (row for row in rows if row.id in found and _root(row.id, parents) == row.id)
    return [PlacedLine(*row[:7], amounts[row.id], tuple(found[row.id])) for row in roots]


def _root(line_id: int, parents: Mapping[int, int | None]) -> int:
    parent = parents.get(line_id)
    return line_id if parent is None else _root(parent, parents)


def _shares(tender_id: int) -> dict[int, list[PlacedShare]]:
    query = (
        sa.select(LineShare.line_id, LineShare.id, LineShare.member_id, Member.name, LineShare.quantity)
        .join(Member, Member.id == LineShare.member_id)
        .join(LotItem, LotItem.id == LineShare.line_id)
        .join(Lot, Lot.id == LotItem.lot_id)
        .where(Lot.tender_id == tender_id)
        .order_by(Member.sort_key, Member.key, LineShare.id)
    )
    found: dict[int, list[PlacedShare]] = {}
    for line_id, share_id, member_id, name, quantity in db.session.execute(query):
        found.setdefault(line_id, []).append(PlacedShare(share_id, member_id, name, quantity))
    return found


def _districts(member_ids: Iterable[int]) -> dict[int, str]:
    query = sa.select(Member.id, Member.district).where(Member.id.in_(list(member_ids)))
    return {member_id: district or lot_plan.WITHOUT_DISTRICT for member_id, district in db.session.execute(query)}


def _sizes(member_ids: Iterable[int], limits: Sequence[int]) -> dict[int, str]:
    ids = list(member_ids)
    figures = figures_on(FigureKind.INHABITANTS, clock.today(), ids)
    known = {member_id: figure.value for member_id, figure in figures.items()}
    return {member_id: lot_plan.size_class(known.get(member_id), limits) for member_id in ids}


def _by_alphabet(title: str) -> tuple[int, str]:
    return (title == lot_plan.WITHOUT_DISTRICT, german_sort_key(title))
