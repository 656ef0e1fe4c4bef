"""Building all lots of a planned tender anew by article group, region or size, as the preview showed them."""

from collections.abc import Sequence

import sqlalchemy as sa

from procurement.audit.actions import Change, record
from procurement.audit.actor import Actor
from procurement.audit.events import Event
from procurement.core.db import db
from procurement.core.errors import refuse_if
from procurement.tenders import lot_plan, queries_bill, queries_lots
from procurement.tenders.actions_bundling import join_back
from procurement.tenders.actions_guard import hold_for_change
from procurement.tenders.lot_plan import LotBasis, LotPart, PlannedLot
from procurement.tenders.models import LineShare, Lot, LotItem, Tender
from procurement.tenders.numbering import split_number

COPIED = ("title", "unit", "nature", "cpv", "origin", "estimate_net", "reason", "category", "period")


def build_lots(
    tender: Tender,
    basis: LotBasis,
    limits: Sequence[int] = lot_plan.SIZE_LIMITS,
    *,
    by: Actor,
    seen_version: int | None = None,
) -> Tender:
    """Put every line into new lots; by region or size a line is split by its members, every share stays whole.

    The lots of before are dissolved with their reasons; the trail keeps them.
    """
    hold_for_change(tender, seen_version)
    limited = lot_plan.objections_to_limits(limits) if basis is LotBasis.SIZE else []
    refuse_if(limited + lot_plan.objections_to_building(queries_lots.placed_lines(tender.id)))
    before = [f"Los {lot.number} {lot.title} {lot.merging_reason}".strip() for lot in tender.lots]
    _rejoin(tender)
    old_lots = list(tender.lots)
    last = max(lot.number for lot in old_lots)
    taken = queries_bill.line_numbers(tender.id)
    placed: set[int] = set()
    for number, planned in enumerate(queries_lots.planned_lots(tender.id, basis, limits), last + 1):
        lot = Lot(tender=tender, number=number, title=planned.title[:200])
        db.session.add(lot)
        db.session.flush()
        _fill(lot, planned, placed, taken)
    _dissolve(tender, old_lots)
    words: dict[str, Change | str] = {
        "Gebildet": basis.label,
        "Lose": ("; ".join(before), "; ".join(f"Los {lot.number} {lot.title}" for lot in tender.lots)),
    }
    record(Event.LOTS_BUILT, tender, by=by, changes=words, tender_id=tender.id)
    return tender


def _rejoin(tender: Tender) -> None:
    """Join split lines with those they came from, the latest first, so that building twice gives the same."""
    query = sa.select(LotItem).join(Lot, Lot.id == LotItem.lot_id).where(Lot.tender_id == tender.id)
    for line in db.session.scalars(query.where(LotItem.split_from_id.is_not(None)).order_by(LotItem.id.desc())).all():
        origin = db.session.get(LotItem, line.split_from_id)
        if origin is not None:
            join_back(line, origin)
    db.session.expire(tender, ["lots"])


def _fill(lot: Lot, planned: PlannedLot, placed: set[int], taken: set[str]) -> None:
    """The first part of a line keeps the line itself, the others become lines split from it."""
    moved: list[dict[str, int]] = []
    for position, part in enumerate(planned.parts, 1):
        line = db.session.get_one(LotItem, part.line.line_id)
        if line.id in placed:
            line = _split_off(line, part, taken)
            db.session.add(line)
            db.session.flush()
            moved += [{"id": share_id, "line_id": line.id} for share_id in part.share_ids]
        placed.add(part.line.line_id)
        line.lot_id, line.position, line.quantity = lot.id, position, part.quantity
    db.session.flush()
    if moved:
        db.session.execute(sa.update(LineShare), moved)


def _split_off(line: LotItem, part: LotPart, taken: set[str]) -> LotItem:
    number = split_number(line.number, taken)
    taken.add(number)
    copied = {name: getattr(line, name) for name in COPIED}
    return LotItem(
        number=number, quantity=part.quantity, split_from_id=line.id, lot_id=line.lot_id, position=0, **copied
    )


def _dissolve(tender: Tender, old_lots: Sequence[Lot]) -> None:
    """Delete the lots of before, which are empty now, and number the new ones from 1."""
    db.session.flush()
    db.session.expire_all()
    for lot in old_lots:
        db.session.delete(lot)
    db.session.flush()
    for number, lot in enumerate(
        db.session.scalars(sa.select(Lot).filter_by(tender_id=tender.id).order_by(Lot.number)), 1
    ):
        lot.number = number
        db.session.flush()
    db.session.expire(tender, ["lots"])
