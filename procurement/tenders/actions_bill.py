"""Changing lots and lines of a planned tender; quantities from demand are never touched, only moved between lots."""

from collections.abc import Mapping

import sqlalchemy as sa

from procurement.audit.actions import Change, record
from procurement.audit.actor import Actor
from procurement.audit.events import Event
from procurement.core.db import db
from procurement.core.errors import refuse_if
from procurement.tenders import queries_bill, rules
from procurement.tenders.actions import joint_line
from procurement.tenders.actions_guard import hold_for_change
from procurement.tenders.entries import JointLineEntry
from procurement.tenders.models import Lot, LotItem, Tender
from procurement.values.money import UnitPrice


def add_lot(tender: Tender, title: str, *, by: Actor) -> Lot:
    """Add an empty lot behind the others."""
    hold_for_change(tender)
    refuse_if(rules.objections_to_lot_title(title))
    last = db.session.scalar(sa.select(sa.func.max(Lot.number)).filter_by(tender_id=tender.id)) or 0
    lot = Lot(tender=tender, number=last + 1, title=title.strip())
    db.session.add(lot)
    record(Event.LOT_CHANGED, lot, by=by, changes={"Bezeichnung": ("", lot.title)}, tender_id=tender.id)
    return lot


def rename_lot(lot: Lot, title: str, merging_reason: str | None = None, *, by: Actor) -> Lot:
    """Give a lot another name and, if given, say why it is not divided further (§ 8 Abs. 2 Nr. 11 VgV)."""
    hold_for_change(lot.tender)
    refuse_if(rules.objections_to_lot_title(title))
    changes: dict[str, Change | str] = {"Bezeichnung": (lot.title, title.strip())}
    lot.title = title.strip()
    if merging_reason is not None:
        changes["Begründung der Zusammenfassung"] = (lot.merging_reason, merging_reason.strip())
        lot.merging_reason = merging_reason.strip()
    record(Event.LOT_CHANGED, lot, by=by, changes=changes, tender_id=lot.tender_id)
    return lot


def join_lots(lot: Lot, into: Lot, reason: str, *, by: Actor) -> Lot:
    """Put all lines of a lot into another one and dissolve it; the lots behind move up."""
    tender = into.tender
    hold_for_change(tender)
    refuse_if(rules.objections_to_joining(lot, into, reason))
    behind = _next_position(into)
    for place, line in enumerate(lot.lines):
        line.position = behind + place
        line.lot_id = into.id
    before = into.merging_reason
    into.merging_reason = "\n".join(filter(None, (before, reason.strip())))
    joined = (into.joined_from, f"Los {lot.number} {lot.title}", lot.joined_from)
    into.joined_from = "\n".join(filter(None, joined))
    changes: dict[str, Change | str] = {
        "Zusammengefasst": f"Los {lot.number} {lot.title} in Los {into.number} {into.title}",
        "Begründung der Zusammenfassung": (before, into.merging_reason),
    }
    _dissolve(lot)
    record(Event.LOT_CHANGED, into, by=by, changes=changes, tender_id=tender.id)
    return into


def remove_lot(lot: Lot, *, by: Actor) -> Tender:
    """Dissolve an empty lot."""
    tender = lot.tender
    hold_for_change(tender)
    refuse_if(rules.objections_to_removing_lot(lot))
    words = f"Los {lot.number} {lot.title}"
    _dissolve(lot)
    record(Event.LOT_CHANGED, tender, by=by, changes={"Aufgelöst": words}, tender_id=tender.id)
    return tender


def _dissolve(lot: Lot) -> None:
    """Delete a lot whose lines are gone and close the gap in the numbers from the front."""
    tender = lot.tender
    db.session.flush()
    db.session.expire(lot, ["lines"])
    db.session.delete(lot)
    db.session.flush()
    for later in db.session.scalars(sa.select(Lot).filter_by(tender_id=tender.id).order_by(Lot.number)):
        if later.number > lot.number:
            later.number -= 1
            db.session.flush()
    db.session.expire(tender, ["lots"])


def move_line(line: LotItem, lot: Lot, *, by: Actor) -> LotItem:
    """Move a line with all its shares to the end of another lot of the same tender."""
    hold_for_change(lot.tender)
    refuse_if(rules.objections_to_moving(line, lot))
    before = line.lot.audit_label
    line.position = _next_position(lot)
    line.lot = lot
    record(Event.LINE_CHANGED, line, by=by, changes={"Los": (before, lot.audit_label)}, tender_id=lot.tender_id)
    return line


def add_joint_line(lot: Lot, entry: JointLineEntry, *, by: Actor) -> LotItem:
    """Add a line that no member asked for; the association answers for it with a reason."""
    hold_for_change(lot.tender)
    refuse_if(rules.objections_to_joint_line(entry, queries_bill.line_numbers(lot.tender_id)))
    line = joint_line(_next_position(lot), entry)
    line.lot = lot
    db.session.add(line)
    changes: dict[str, Change | str] = {
        "Position": ("", f"{line.number} {line.title}"),
        "Menge": ("", f"{line.quantity} {line.unit}"),
        "Begründung": line.reason,
    }
    record(Event.LINE_CHANGED, line, by=by, changes=changes, tender_id=lot.tender_id)
    return line


def remove_joint_line(line: LotItem, *, by: Actor) -> Lot:
    """Take a joint line out again; lines from demand stay."""
    lot = line.lot
    hold_for_change(lot.tender)
    refuse_if(rules.objections_to_removing(line))
    record(Event.LINE_CHANGED, line, by=by, changes={"Position": (line.audit_label, "")}, tender_id=lot.tender_id)
    db.session.delete(line)
    db.session.flush()
    db.session.expire(lot, ["lines"])
    return lot


def set_estimate(line: LotItem, price: UnitPrice | None, *, by: Actor) -> LotItem:
    """Set the estimated net price per unit of one line."""
    set_estimates(line.lot.tender, {line.id: price}, by=by)
    return line


def set_estimates(tender: Tender, prices: Mapping[int, UnitPrice | None], *, by: Actor) -> Tender:
    """Set the estimated net prices of several lines at once; unchanged ones leave no trace."""
    hold_for_change(tender)
    refuse_if([o for line_id, price in prices.items() for o in rules.objections_to_price(price, f"line_{line_id}")])
    query = sa.select(LotItem).join(Lot, Lot.id == LotItem.lot_id).where(Lot.tender_id == tender.id)
    lines = db.session.scalars(query.where(LotItem.id.in_(list(prices))).order_by(LotItem.id))
    changes: dict[str, Change | str] = {}
    for line in lines:
        before, line.estimate_net = line.estimate_net, prices[line.id]
        if before != line.estimate_net:
            changes[f"Schätzpreis Position {line.number}"] = (before, line.estimate_net)
    if changes:
        record(Event.LINE_CHANGED, tender, by=by, changes=changes, tender_id=tender.id)
    return tender


def _next_position(lot: Lot) -> int:
    return (db.session.scalar(sa.select(sa.func.max(LotItem.position)).filter_by(lot_id=lot.id)) or 0) + 1
