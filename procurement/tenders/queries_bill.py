"""Reading the bill of quantities: lots with their values, lines page by page, and whose quantities a line is made of.

Lines and shares are read as plain rows: a tender may have 2,000 lines with a share of every member in each.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from procurement.core.db import db
from procurement.demand.models import Demand, DemandItem, DemandRound
from procurement.members.models import Member
from procurement.tenders.estimate import EstimatedLine, lot_values
from procurement.tenders.kinds import LineOrigin
from procurement.tenders.lineage import LineSum
from procurement.tenders.models import LineShare, Lot, LotItem
from procurement.values.money import Money, UnitPrice
from procurement.values.payment import Nature, Period
from procurement.values.quantity import Quantity

LINES_PER_PAGE = 50
NOT_SHOWN = frozenset({"lot_id", "position"})


@dataclass(frozen=True, slots=True)
class LotSummary:
    """A lot in short; the value leaves lines without a price out."""

    id: int
    number: int
    title: str
    merging_reason: str
    joined_from: str
    lines: int
    unpriced: int
    value_net: Money


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One member's part of a line and the report behind it."""

    member_name: str
    quantity: Quantity
    round_reference: str
    minimum: Quantity | None
    maximum: Quantity | None
    note: str
    submitted_at: datetime | None


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line as the page of a lot shows it."""

    id: int
    number: str
    title: str
    unit: str
    nature: Nature
    cpv: str
    origin: LineOrigin
    quantity: Quantity
    estimate_net: UnitPrice | None
    reason: str
    category: str = ""
    period: Period = Period.NONE
    split_from_id: int | None = None
    shares: list[ShareRow] = field(default_factory=list)

    @property
    def total_net(self) -> Money | None:
        """Quantity × estimate, nothing without an estimate."""
        return None if self.estimate_net is None else self.estimate_net.times(self.quantity)


@dataclass(frozen=True, slots=True)
class LinePage:
    """One page of a lot's lines."""

    lines: list[ShownLine]
    number: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class OwnLine:
    """A line as a participating member sees it: its own quantity only."""

    lot_number: int
    lot_title: str
    number: str
    title: str
    unit: str
    quantity: Quantity


def estimated_lines(tender_id: int) -> list[EstimatedLine]:
    """Every line of a tender as the estimate needs it."""
    query = (
        sa.select(Lot.number, LotItem.number, LotItem.quantity, LotItem.estimate_net, LotItem.period)
        .join(LotItem, LotItem.lot_id == Lot.id)
        .where(Lot.tender_id == tender_id)
        .order_by(Lot.number, LotItem.position)
    )
    return [EstimatedLine(*row) for row in db.session.execute(query)]


def lots_of(tender_id: int) -> list[LotSummary]:
    """The lots in order, with the number of lines and the estimated value."""
    lines = estimated_lines(tender_id)
    values = {value.lot_number: value.total_net for value in lot_values(lines)}
    columns = (Lot.id, Lot.number, Lot.title, Lot.merging_reason, Lot.joined_from)
    query = sa.select(*columns).where(Lot.tender_id == tender_id)
    return [
        LotSummary(
            *row,
            lines=sum(line.lot_number == row.number for line in lines),
            unpriced=sum(line.lot_number == row.number and line.unit_price_net is None for line in lines),
            value_net=values.get(row.number, Money(0)),
        )
        for row in db.session.execute(query.order_by(Lot.number))
    ]


def line_sums(tender_id: int) -> list[LineSum]:
    """Every line with the sum of its shares, for the proof before publication."""
    shares = sa.cast(sa.func.sum(LineShare.quantity), sa.BigInteger)
    query = (
        sa.select(LotItem.number, LotItem.origin, LotItem.quantity, shares)
        .join(Lot, Lot.id == LotItem.lot_id)
        .outerjoin(LineShare, LineShare.line_id == LotItem.id)
        .where(Lot.tender_id == tender_id)
        .group_by(LotItem.id, Lot.number)
        .order_by(Lot.number, LotItem.position)
    )
    rows = db.session.execute(query)
    return [LineSum(number, origin, quantity, Quantity(total or 0)) for number, origin, quantity, total in rows]


def line_page(lot_id: int, wanted_page: int) -> LinePage:
    """One page of a lot's lines with their lineage; a page that does not exist gives the nearest one."""
    total = db.session.scalar(sa.select(sa.func.count()).select_from(LotItem).filter_by(lot_id=lot_id)) or 0
    pages = max(1, -(-total // LINES_PER_PAGE))
    number = min(max(1, wanted_page), pages)
    columns = (column for column in LotItem.__table__.columns if column.name not in NOT_SHOWN)
    query = sa.select(*columns).where(LotItem.lot_id == lot_id).order_by(LotItem.position, LotItem.id)
    rows = db.session.execute(query.limit(LINES_PER_PAGE).offset((number - 1) * LINES_PER_PAGE)).mappings().all()
    shares = shares_of([row["id"] for row in rows])
    return LinePage([ShownLine(**row, shares=shares.get(row["id"], [])) for row in rows], number, pages, total)


def shares_of(line_ids: Iterable[int]) -> Mapping[int, list[ShareRow]]:
    """Per line its members' parts in the German alphabet, each with the report it came from."""
    query = (
        sa.select(
            LineShare.line_id,
            Member.name,
            LineShare.quantity,
            sa.func.coalesce(DemandRound.reference, ""),
            DemandItem.minimum,
            DemandItem.maximum,
            sa.func.coalesce(DemandItem.note, ""),
            Demand.submitted_at,
        )
        .join(Member, Member.id == LineShare.member_id)
        .outerjoin(DemandItem, DemandItem.id == LineShare.demand_item_id)
        .outerjoin(Demand, Demand.id == DemandItem.demand_id)
        .outerjoin(DemandRound, DemandRound.id == Demand.round_id)
        .where(LineShare.line_id.in_(list(line_ids)))
        .order_by(Member.sort_key, Member.key)
    )
    found: dict[int, list[ShareRow]] = {}
    for row in db.session.execute(query):
        found.setdefault(row[0], []).append(ShareRow(*row[1:]))
    return found


def own_lines(tender_id: int, member_ids: Iterable[int]) -> list[OwnLine]:
    """The lines these members have a part in, with their own quantities only."""
    own = sa.cast(sa.func.sum(LineShare.quantity), sa.BigInteger)
    query = (
        sa.select(Lot.number, Lot.title, LotItem.number, LotItem.title, LotItem.unit, own)
        .join(LotItem, LotItem.lot_id == Lot.id)
        .join(LineShare, LineShare.line_id == LotItem.id)
        .where(Lot.tender_id == tender_id, LineShare.member_id.in_(list(member_ids)))
        .group_by(LotItem.id, Lot.id)
        .order_by(Lot.number, LotItem.position)
    )
    return [OwnLine(*row[:-1], Quantity(row[-1])) for row in db.session.execute(query)]


def line_numbers(tender_id: int) -> set[str]:
    """The numbers in use; a line's number is unique in its tender, so that bidders and members mean the same."""
    query = sa.select(LotItem.number).join(Lot, Lot.id == LotItem.lot_id).where(Lot.tender_id == tender_id)
    return set(db.session.scalars(query))
