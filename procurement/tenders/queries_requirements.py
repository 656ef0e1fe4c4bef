"""Reading what a tender demands besides prices, also as the text that publication fixes."""

import sqlalchemy as sa

from procurement.core.db import db
from procurement.core.errors import NotFound
from procurement.tenders import freeze
from procurement.tenders.models import Tender
from procurement.tenders.models_requirements import DemandedDocument, SuitabilityCriterion
from procurement.tenders.requirements import AnnouncedPriceBasis


def documents_of(tender_id: int) -> list[DemandedDocument]:
    """The demanded documents in the order they were entered."""
    query = sa.select(DemandedDocument).filter_by(tender_id=tender_id)
    return list(db.session.scalars(query.order_by(DemandedDocument.number)))


def suitability_of(tender_id: int) -> list[SuitabilityCriterion]:
    """The criteria of suitability in the order they were entered."""
    query = sa.select(SuitabilityCriterion).filter_by(tender_id=tender_id)
    return list(db.session.scalars(query.order_by(SuitabilityCriterion.number)))


def document_of(tender: Tender, document_id: int) -> DemandedDocument:
    """A demanded document of this tender."""
    found = db.session.get(DemandedDocument, document_id)
    if found is None or found.tender_id != tender.id:
        raise NotFound
    return found


def criterion_of(tender: Tender, criterion_id: int) -> SuitabilityCriterion:
    """A criterion of suitability of this tender."""
    found = db.session.get(SuitabilityCriterion, criterion_id)
    if found is None or found.tender_id != tender.id:
        raise NotFound
    return found


def frozen_documents(tender_id: int) -> tuple[freeze.FrozenDocument, ...] | None:
    """The demanded documents as they are published; nothing where none are demanded."""
    documents = documents_of(tender_id)
    return tuple(freeze.FrozenDocument(d.number, d.title, d.kind.value, d.description) for d in documents) or None


def frozen_suitability(tender_id: int) -> tuple[freeze.FrozenSuitability, ...] | None:
    """The criteria of suitability as they are published; nothing where there are none."""
    criteria = suitability_of(tender_id)
    return tuple(freeze.FrozenSuitability(one.number, one.title, one.evidence) for one in criteria) or None


def frozen_price_basis(tender: Tender) -> str | None:
    """The announced rule for contradicting prices, where it is another one than usual."""
    return tender.price_basis if tender.price_basis != AnnouncedPriceBasis.UNIT_PRICE.value else None
