"""The scale of one criterion of a planned tender; it is published, frozen and hashed with the criteria."""

from procurement.audit.actions import record
from procurement.audit.actor import Actor
from procurement.audit.events import Event
from procurement.core.errors import refuse_if
from procurement.tenders import queries
from procurement.tenders.actions_guard import hold_for_change
from procurement.tenders.criteria_entries import objections_to_rows
from procurement.tenders.criteria_scales import Scale, as_text, objections_to_scale, scale_of, worded
from procurement.tenders.models import AwardCriterion


def set_scale(criterion: AwardCriterion, scale: Scale, *, by: Actor, seen_version: int | None = None) -> AwardCriterion:
    """Store how points come about for one B-criterion; :class:`Refused` for groups, A-criteria and unusable scales."""
    tender = criterion.tender
    hold_for_change(tender, seen_version)
    refuse_if(objections_to_scale(scale, criterion.number))
    before, criterion.scale = scale_of(criterion.scale), as_text(scale)
    refuse_if(objections_to_rows(queries.criteria_of(tender.id)))
    changes = {f"Skala {criterion.number}": (worded(before), worded(scale))}
    record(Event.CRITERIA_CHANGED, tender, by=by, changes=changes, tender_id=tender.id)
    return criterion
