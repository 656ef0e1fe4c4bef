"""Criteria and scoring method of a planned tender; what is stored here is what is published and evaluated."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from procurement.audit.actions import Change, record
from procurement.audit.actor import Actor
from procurement.audit.events import Event
from procurement.core.db import db
from procurement.core.errors import refuse_if
from procurement.tenders import queries
from procurement.tenders.actions_guard import hold_for_change
from procurement.tenders.criteria_entries import CriterionEntry, objections_to_rows
from procurement.tenders.kinds import TieRule
from procurement.tenders.method import ScoringMethod
from procurement.tenders.models import AwardCriterion, Tender
from procurement.tenders.scoring_setup import completed, objections_to_method, worded_setup


def set_criteria(
    tender: Tender, entries: Sequence[CriterionEntry], *, by: Actor, seen_version: int | None = None
) -> Tender:
    """Replace the whole tree of criteria.

    Rows must fit together; whether the weights sum to 100 % is asked at publication, so that work can be saved halfway.
    """
    hold_for_change(tender, seen_version)
    refuse_if(objections_to_rows(entries))
    before = _worded(queries.criteria_of(tender.id))
    _remove_criteria(tender)
    _add_criteria(tender, entries)
    changes = {"Kriterien": (before, _worded(entries))}
    record(Event.CRITERIA_CHANGED, tender, by=by, changes=changes, tender_id=tender.id)
    return tender


def _remove_criteria(tender: Tender) -> None:
    """Cut the rows loose from each other first, so that the order of deleting does not matter."""
    own = AwardCriterion.tender_id == tender.id
    db.session.execute(sa.update(AwardCriterion).where(own).values(parent_id=None))
    db.session.execute(sa.delete(AwardCriterion).where(own))
    db.session.expire(tender, ["criteria"])


def _add_criteria(tender: Tender, entries: Sequence[CriterionEntry]) -> None:
    nodes = {
        entry.number: AwardCriterion(
            tender_id=tender.id,
            position=position,
            number=entry.number.strip(),
            title=entry.title.strip(),
            description=entry.description.strip(),
            kind=entry.kind,
            weight_percent=entry.weight_percent,
            minimum_percent=entry.minimum_percent,
            scale=entry.scale,
        )
        for position, entry in enumerate(entries, 1)
    }
    db.session.add_all(nodes.values())
    db.session.flush()
    for entry in entries:
        if entry.parent_number:
            nodes[entry.number].parent_id = nodes[entry.parent_number].id
    db.session.flush()


def set_method(
    tender: Tender,
    method: ScoringMethod,
    parameters: Mapping[str, Any],
    tie_rule: TieRule = TieRule.NONE,
    *,
    by: Actor,
    seen_version: int | None = None,
) -> Tender:
    """Choose how points and price become a ranking; parameters are decimal texts; others are dropped."""
    hold_for_change(tender, seen_version)
    refuse_if(objections_to_method(method, parameters, tie_rule))
    kept = completed(method, parameters)
    before = dict(worded_setup(tender.method, tender.parameters, tender.tie_rule))
    after = dict(worded_setup(method.value, kept, tie_rule))
    changes: dict[str, Change | str] = {
        name: (before.get(name), after.get(name))
        for name in dict.fromkeys([*before, *after])
        if before.get(name) != after.get(name)
    }
    tender.method, tender.parameters, tender.tie_rule = method.value, kept, tie_rule
    record(Event.METHOD_CHANGED, tender, by=by, changes=changes, tender_id=tender.id)
    return tender


def _worded(entries: Sequence[CriterionEntry]) -> str:
    """The criteria in one line, for the trail."""
    return ", ".join(
        f"{entry.number} {entry.title}" + (f" ({entry.weight_percent} %)" if entry.weight_percent else "")
        for entry in entries
    )
