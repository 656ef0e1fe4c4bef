"""Announcing how several lots are awarded: limits, rebates, capacity and the objective, until publication."""

import sqlalchemy as sa

from procurement.audit.actions import Change, record
from procurement.audit.actor import Actor
from procurement.audit.events import Event
from procurement.core.db import db
from procurement.core.errors import refuse_if
from procurement.tenders import queries_lot_rules
from procurement.tenders.actions_guard import hold_for_change
from procurement.tenders.lot_rules import LotRules, objections_to_lot_rules, worded
from procurement.tenders.models import Lot, Tender
from procurement.tenders.models_lot_rules import AnnouncedLotRules


def set_lot_rules(tender: Tender, rules: LotRules, *, by: Actor, seen_version: int | None = None) -> Tender:
    """Store the rules; raises :class:`Refused` with every objection, and from publication on."""
    hold_for_change(tender, seen_version)
    numbers = list(db.session.scalars(sa.select(Lot.number).filter_by(tender_id=tender.id).order_by(Lot.number)))
    refuse_if(objections_to_lot_rules(rules, numbers))
    before = dict(worded(queries_lot_rules.lot_rules_of(tender.id)))
    stored = db.session.get(AnnouncedLotRules, tender.id) or AnnouncedLotRules(tender_id=tender.id)
    for name in ("bid_limit", "award_limit", "mode", "objective", "tie_rule", "capacity"):
        setattr(stored, name, getattr(rules, name))
    stored.combinable = [list(group) for group in rules.combinable]
    stored.weights = {str(number): need for number, need in rules.weights.items()}
    db.session.add(stored)
    db.session.flush()
    after = dict(worded(rules))
    changes: dict[str, Change | str] = {
        name: (before.get(name), after.get(name))
        for name in dict.fromkeys([*before, *after])
        if before.get(name) != after.get(name)
    }
    record(Event.LOT_RULES_CHANGED, tender, by=by, changes=changes, tender_id=tender.id)
    return tender
