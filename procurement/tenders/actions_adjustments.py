"""Adjusted quantities where their item stands in a tender: the tender is held first, and its lines follow at once."""

from procurement.audit.actions import Change
from procurement.audit.actor import Actor
from procurement.audit.events import Event
from procurement.core.db import db
from procurement.core.errors import NotFound, Refused, refuse_if
from procurement.demand import actions_adjustments
from procurement.demand.adjustments import AdjustmentEntry
from procurement.demand.models import Adjustment, DemandItem
from procurement.demand.queries_totals import request_of
from procurement.members.models import Account
from procurement.tenders import queries_changes
from procurement.tenders.actions_changes import estimate_if_possible, quantities, record_lines
from procurement.tenders.actions_guard import hold_for_change
from procurement.tenders.actions_shares import add_shares, remove_shares, settle
from procurement.tenders.conversion import Part, converted, objections_to_conversion
from procurement.tenders.models import Tender
from procurement.values.quantity import Quantity

NOTHING = Quantity(0)


def propose(item: DemandItem, entry: AdjustmentEntry, *, by: Account) -> Adjustment:
    """Propose another quantity; not for an item whose tender is published."""
    _held(item)
    return actions_adjustments.propose(item, entry, by=by)


def confirm(adjustment: Adjustment, *, by: Account, seen_version: int | None = None) -> Adjustment:
    """Let the adjusted quantity count, in the planned tender of the item too."""
    item = adjustment.item
    if item.demand.member_id not in by.member_ids:
        raise NotFound
    tender = _held(item)
    actions_adjustments.confirm(adjustment, by=by, seen_version=seen_version)
    if tender is not None:
        before = quantities(tender)
        _bring_in_line(tender, item)
        member = item.demand.member
        words: dict[str, Change | str] = {"Mitglied": member.name, "Begründung": adjustment.reason}
        record_lines(tender, Event.DEMAND_ADJUSTED, words, before, by, member.id)
        _estimate(tender, member.name, by)
    return adjustment


def _estimate(tender: Tender, member_name: str, by: Actor) -> None:
    if tender.estimates:
        estimate_if_possible(tender, f"Angepasste Menge von {member_name}", by)


def _held(item: DemandItem) -> Tender | None:
    """The tender that holds the item, locked; raises :class:`Refused` from its publication on."""
    tender = queries_changes.tender_of_item(item.id)
    if tender is None:
        # An item of which nothing was expected has no share; with a quantity it comes into the round's planned tender.
        planned = [one for one in queries_changes.planned_tenders(item.demand.round_id) if _asks_for(one, item)]
        tender = planned[0] if planned else None
    if tender is not None:
        hold_for_change(tender)
    return tender


def _asks_for(tender: Tender, item: DemandItem) -> bool:
    found = queries_changes.tenders_of(item.demand.round_id)
    return any(one.id == tender.id and item.article_id in one.article_ids for one in found)


def _bring_in_line(tender: Tender, item: DemandItem) -> None:
    """Make the parts of an item add up to the quantity that counts now."""
    request = request_of(item)
    needed = request.expected if request else NOTHING
    shares = queries_changes.shares_of_item(tender, item.id)
    if not needed:
        remove_shares(tender, [item.id])
        return
    if not shares:
        add_shares(tender, [request] if request else [])
        return
    largest, others = shares[0], shares[1:]
    factor = largest.factor
    refuse_if(objections_to_conversion([Part(item.demand.member.name, needed)], factor))
    taken = Quantity.total(converted(other.quantity, factor / other.factor) for other in others)
    left = converted(needed, factor) - taken
    if left <= NOTHING:
        raise Refused(
            "Diese Menge ist in der Ausschreibung auf mehrere Positionen geteilt und so weit nicht zu verringern. "
            "Bitte zuerst die Teilung unter „Bündelung“ rückgängig machen."
        )
    largest.quantity = left
    db.session.flush()
    settle(tender, [largest.line_id])
