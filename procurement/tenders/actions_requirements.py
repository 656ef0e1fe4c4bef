"""Demanded documents, criteria of suitability and the rule for contradicting prices of a planned tender."""

from collections.abc import Sequence

from procurement.audit.actions import record
from procurement.audit.actor import Actor
from procurement.audit.events import Event
from procurement.core.db import db
from procurement.core.errors import refuse_if
from procurement.tenders import queries, queries_requirements
from procurement.tenders.actions_guard import hold_for_change
from procurement.tenders.models import Tender
from procurement.tenders.models_requirements import DemandedDocument, SuitabilityCriterion
from procurement.tenders.requirements import (
    AnnouncedPriceBasis,
    DocumentEntry,
    SuitabilityEntry,
    objections_to_document,
    objections_to_suitability,
)

Requirement = DemandedDocument | SuitabilityCriterion


def demand_document(
    tender: Tender, entry: DocumentEntry, *, by: Actor, seen_version: int | None = None
) -> DemandedDocument:
    """Demand a document from every bidder."""
    hold_for_change(tender, seen_version)
    existing = queries_requirements.documents_of(tender.id)
    refuse_if(objections_to_document(entry, [one.title for one in existing]))
    made = DemandedDocument(
        tender=tender,
        number=_next(existing),
        title=" ".join(entry.title.split()),
        kind=entry.kind,
        description=entry.description.strip(),
    )
    db.session.add(made)
    db.session.flush()
    changes = {"Unterlage": ("", made.title), "Art": ("", made.kind.label)}
    record(Event.DOCUMENT_DEMANDED, made, by=by, changes=changes, tender_id=tender.id)
    return made


def demand_suitability(
    tender: Tender, entry: SuitabilityEntry, *, by: Actor, seen_version: int | None = None
) -> SuitabilityCriterion:
    """Make a condition of suitability; raises :class:`Refused` for what is an award criterion already."""
    hold_for_change(tender, seen_version)
    existing = queries_requirements.suitability_of(tender.id)
    award = [one.title for one in queries.criteria_of(tender.id)]
    refuse_if(objections_to_suitability(entry, [one.title for one in existing], award))
    made = SuitabilityCriterion(
        tender=tender,
        number=_next(existing),
        title=" ".join(entry.title.split()),
        evidence=entry.evidence.strip(),
    )
    db.session.add(made)
    db.session.flush()
    changes = {"Eignungskriterium": ("", made.title), "Nachweis": ("", made.evidence)}
    record(Event.SUITABILITY_DEMANDED, made, by=by, changes=changes, tender_id=tender.id)
    return made


def take_out(requirement: Requirement, *, by: Actor, seen_version: int | None = None) -> Tender:
    """No longer demand a document or a condition of suitability."""
    tender = requirement.tender
    hold_for_change(tender, seen_version)
    record(Event.REQUIREMENT_REMOVED, requirement, by=by, tender_id=tender.id)
    db.session.delete(requirement)
    db.session.flush()
    return tender


def announce_price_basis(
    tender: Tender, basis: AnnouncedPriceBasis, *, by: Actor, seen_version: int | None = None
) -> Tender:
    """Announce what counts where unit price and written total contradict each other."""
    hold_for_change(tender, seen_version)
    before, tender.price_basis = tender.price_basis, basis.value
    labels = {one.value: one.label for one in AnnouncedPriceBasis}
    changes = {"Bei Rechenfehlern": (labels[before], basis.label)}
    record(Event.PRICE_BASIS_ANNOUNCED, tender, by=by, changes=changes, tender_id=tender.id)
    return tender


def _next(existing: Sequence[Requirement]) -> int:
    return max((one.number for one in existing), default=0) + 1
