"""Merging and splitting lines of a planned tender, and undoing both; no member's report is touched by any of it.

A merging moves shares and keeps the absorbed line as it was; undone, the line comes back with exactly the shares that
came from it, wherever splits have put them since. Both sums of :mod:`procurement.tenders.lineage` hold after each step.
"""

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import sqlalchemy as sa

from procurement.audit.actions import Change, record
from procurement.audit.actor import Actor
from procurement.audit.events import Event
from procurement.core import clock, filters
from procurement.core.db import db
from procurement.core.errors import Refused, refuse_if
from procurement.tenders import bundling, queries_bill
from procurement.tenders.actions_guard import hold_for_change
from procurement.tenders.actions_shares import drop, next_position, settle
from procurement.tenders.bundling import BundledLine, BundledShare
from procurement.tenders.conversion import converted, worded
from procurement.tenders.kinds import LineOrigin
from procurement.tenders.models import DeclinedMerge, LineMerge, LineShare, Lot, LotItem, Tender
from procurement.tenders.numbering import free_number, split_number
from procurement.values.money import UnitPrice
from procurement.values.payment import Nature, Period
from procurement.values.quantity import Quantity

KEPT_TEXTS = ("number", "title", "unit", "cpv", "category", "reason")


def merge(line: LotItem, into: LotItem, factor: Fraction, reason: str, *, by: Actor) -> LineMerge:
    """Count a line as part of another one of its tender: one unit of it is ``factor`` units of the other.

    Its shares move with converted quantities; it disappears until the merging is undone.
    """
    tender = into.lot.tender
    hold_for_change(tender)
    refuse_if(bundling.objections_to_merging(bundled(line), bundled(into), factor, reason))
    made = LineMerge(
        tender_id=tender.id,
        into_line_id=into.id,
        into_label=f"{into.number} {into.title}",
        absorbed=_kept(line),
        factor_numerator=factor.numerator,
        factor_denominator=factor.denominator,
        reason=reason.strip(),
        decided_at=clock.now(),
        decided_by_id=by.id,
    )
    db.session.add(made)
    db.session.flush()
    for share in _shares(line):
        share.line_id, share.merge_id = into.id, made.id
        share.quantity, share.factor = converted(share.quantity, factor), share.factor * factor
    words = f"{line.number} {line.title} ({_amount(line)})"
    drop(line)
    settle(tender, [into.id])
    changes: dict[str, Change | str] = {
        "Zusammengeführt": (words, f"{into.number} {into.title} ({_amount(into)})"),
        "Umrechnung": worded(factor),
        "Begründung": made.reason,
    }
    record(Event.LINES_MERGED, into, by=by, changes=changes, tender_id=tender.id)
    return made


def undo_merge(made: LineMerge, *, by: Actor) -> LotItem:
    """Bring an absorbed line back with every share that came from it, converted back exactly."""
    tender = db.session.get_one(Tender, made.tender_id)
    hold_for_change(tender)
    db.session.refresh(made)
    refuse_if(bundling.objections_to_undoing_merge(is_undone=made.undone_at is not None))
    line = _restored(tender, made.absorbed)
    shares = list(db.session.scalars(sa.select(LineShare).filter_by(merge_id=made.id).order_by(LineShare.id)))
    left = {share.line_id for share in shares}
    parts: dict[int | None, list[LineShare]] = defaultdict(list)
    for share in shares:
        parts[share.demand_item_id].append(share)
    for first, *others in parts.values():
        whole = Quantity.total(share.quantity for share in (first, *others))
        for other in others:
            db.session.delete(other)
        first.line_id, first.merge_id = line.id, None
        first.quantity, first.factor = converted(whole, 1 / made.factor), first.factor / made.factor
    made.undone_at, made.undone_by_id = clock.now(), by.id
    settle(tender, {line.id, *left})
    changes: dict[str, Change | str] = {
        "Zusammenführung aufgehoben": (made.into_label, f"{line.number} {line.title} ({_amount(line)})")
    }
    record(Event.MERGE_UNDONE, line, by=by, changes=changes, tender_id=tender.id)
    return line


def decline(first: LotItem, second: LotItem, *, by: Actor) -> DeclinedMerge:
    """Keep two lines apart, so that they are not suggested again."""
    tender = first.lot.tender
    hold_for_change(tender)
    pair = dict(zip(("first_number", "second_number"), bundling.pair_of(first.number, second.number), strict=True))
    known = db.session.scalar(sa.select(DeclinedMerge).filter_by(tender_id=tender.id, **pair))
    if known is not None:
        return known
    made = DeclinedMerge(tender_id=tender.id, declined_at=clock.now(), declined_by_id=by.id, **pair)
    db.session.add(made)
    words = f"{first.number} {first.title} und {second.number} {second.title}"
    record(Event.MERGE_DECLINED, first, by=by, changes={"Bleiben getrennt": words}, tender_id=tender.id)
    return made


def split_line(line: LotItem, parts: Mapping[int, Quantity], lot: Lot, *, by: Actor) -> LotItem:
    """Put parts of a line (quantity by share, in the line's unit) into a line of their own in this or another lot."""
    tender = line.lot.tender
    hold_for_change(tender)
    same = lot.tender_id == tender.id
    refuse_if(bundling.objections_to_splitting(bundled(line), parts, is_same_tender=same))
    made = split_off(line, parts, lot)
    changes: dict[str, Change | str] = {
        "Abgeteilt": f"Position {made.number} mit {_amount(made)} in Los {lot.number}",
        "Verbleibt": _amount(line),
    }
    record(Event.LINE_SPLIT, line, by=by, changes=changes, tender_id=tender.id)
    return made


def split_off(line: LotItem, parts: Mapping[int, Quantity], lot: Lot) -> LotItem:
    """The bookkeeping of a split, without question and without trail; for :func:`split_line` and building lots."""
    tender = line.lot.tender
    origin = db.session.get(LotItem, line.split_from_id) if line.split_from_id else None
    origin = origin or line
    columns = ("title", "unit", "nature", "cpv", "origin", "estimate_net", "reason", "category", "period")
    made = LotItem(
        lot=lot,
        position=next_position(lot),
        number=split_number(origin.number, queries_bill.line_numbers(tender.id)),
        quantity=Quantity(0),
        split_from_id=origin.id,
        **{name: getattr(line, name) for name in columns},
    )
    db.session.add(made)
    db.session.flush()
    for share in _shares(line):
        quantity = parts.get(share.id, Quantity(0))
        if quantity == share.quantity:
            share.line_id = made.id
        elif quantity:
            share.quantity -= quantity
            _add_part(made, share, quantity)
    settle(tender, [line.id, made.id])
    return made


def undo_split(line: LotItem, *, by: Actor) -> LotItem:
    """Join a split-off line with the one it came from."""
    tender = line.lot.tender
    hold_for_change(tender)
    origin = db.session.get(LotItem, line.split_from_id) if line.split_from_id else None
    if origin is None:
        raise Refused(bundling.objections_to_undoing_split(line.number))
    words = f"Position {line.number} mit {_amount(line)}"
    join_back(line, origin)
    changes: dict[str, Change | str] = {"Wieder vereint": words, "Menge": _amount(origin)}
    record(Event.SPLIT_UNDONE, origin, by=by, changes=changes, tender_id=tender.id)
    return origin


def join_back(line: LotItem, origin: LotItem) -> None:
    """The bookkeeping of joining: parts of one item on the same way add up, mergings into the line follow."""
    known = {(share.demand_item_id, share.merge_id): share for share in _shares(origin)}
    for share in _shares(line):
        other = known.get((share.demand_item_id, share.merge_id))
        if other is None:
            share.line_id = origin.id
        else:
            other.quantity += share.quantity
            db.session.delete(share)
    for made in db.session.scalars(sa.select(LineMerge).filter_by(into_line_id=line.id)):
        made.into_line_id = origin.id
    for other_line in db.session.scalars(sa.select(LotItem).filter_by(split_from_id=line.id)):
        other_line.split_from_id = origin.id
    db.session.flush()
    tender = origin.lot.tender
    drop(line)
    settle(tender, [origin.id])


def bundled(line: LotItem) -> BundledLine:
    """A line with its shares as the rules look at it."""
    active = sa.select(LineMerge.id).where(LineMerge.into_line_id == line.id, LineMerge.undone_at.is_(None))
    shares = tuple(
        BundledShare(share.id, share.member.name, share.demand_item_id, share.quantity, share.factor, share.merge_id)
        for share in _shares(line)
    )
    absorbs = db.session.scalar(active.limit(1)) is not None
    return BundledLine(line.lot.tender_id, line.id, line.number, line.origin, absorbs, shares)


def _shares(line: LotItem) -> list[LineShare]:
    return list(db.session.scalars(sa.select(LineShare).filter_by(line_id=line.id).order_by(LineShare.id)))


def _amount(line: LotItem) -> str:
    return f"{filters.quantity(line.quantity)} {line.unit}"


def _add_part(line: LotItem, share: LineShare, quantity: Quantity) -> None:
    names = ("member_id", "demand_item_id", "factor_numerator", "factor_denominator", "merge_id")
    db.session.add(LineShare(line_id=line.id, quantity=quantity, **{name: getattr(share, name) for name in names}))


def _kept(line: LotItem) -> dict[str, Any]:
    """An absorbed line as JSON: everything it needs to come back as it was."""
    split_off_numbers = sa.select(LotItem.number).filter_by(split_from_id=line.id).order_by(LotItem.id)
    origin = db.session.get(LotItem, line.split_from_id) if line.split_from_id else None
    return {
        **{name: getattr(line, name) for name in KEPT_TEXTS},
        "nature": line.nature.value,
        "period": line.period.value,
        "estimate_net": None if line.estimate_net is None else str(line.estimate_net),
        "quantity": str(line.quantity),
        "lot": line.lot_id,
        "position": line.position,
        "split_from": origin.number if origin else None,
        "split_off": list(db.session.scalars(split_off_numbers)),
    }


def _restored(tender: Tender, kept: Mapping[str, Any]) -> LotItem:
    """The absorbed line again, at its place in its lot, or in the first lot if that is gone."""
    lot = next((lot for lot in tender.lots if lot.id == kept["lot"]), tender.lots[0])
    by_number = {
        line.number: line for line in db.session.scalars(sa.select(LotItem).join(Lot).where(Lot.tender_id == tender.id))
    }
    texts = {name: kept[name] for name in KEPT_TEXTS} | {"number": free_number(kept["number"], by_number)}
    origin = by_number.get(kept["split_from"] or _split_from(tender, kept["number"]))
    if origin and (origin.origin is not LineOrigin.DEMAND or origin.unit != kept["unit"]):
        origin = None
    line = LotItem(
        lot=lot,
        position=_place(lot, kept),
        nature=Nature(kept["nature"]),
        period=Period(kept["period"]),
        estimate_net=None if kept["estimate_net"] is None else UnitPrice.of(kept["estimate_net"]),
        origin=LineOrigin.DEMAND,
        quantity=Quantity(0),
        split_from_id=origin.id if origin else None,
        **texts,
    )
    db.session.add(line)
    db.session.flush()
    for number in kept["split_off"]:
        if number in by_number:
            by_number[number].split_from_id = line.id
    return line


def _split_from(tender: Tender, number: str) -> str:
    """From which line this one was split, if that was absorbed before it; an empty text if from none."""
    merges = db.session.scalars(sa.select(LineMerge.absorbed).filter_by(tender_id=tender.id))
    return next((kept["number"] for kept in merges if number in kept["split_off"]), "")


def _place(lot: Lot, kept: Mapping[str, Any]) -> int:
    """Its old position if it comes back into its lot; the lines from there on move down by one."""
    if lot.id != kept["lot"]:
        return next_position(lot)
    place = int(kept["position"])
    for line in db.session.scalars(sa.select(LotItem).where(LotItem.lot_id == lot.id, LotItem.position >= place)):
        line.position += 1
    return place
