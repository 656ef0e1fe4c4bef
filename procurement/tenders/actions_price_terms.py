"""Announcing what counts in the evaluation price, and whether variants are admitted; fixed at publication."""

import sqlalchemy as sa

from procurement.audit.actions import Change, record
from procurement.audit.actor import Actor
from procurement.audit.events import Event
from procurement.core.db import db
from procurement.core.errors import refuse_if
from procurement.tenders.actions_guard import hold_for_change
from procurement.tenders.models import Lot, Tender
from procurement.tenders.price_terms import PriceTerms, as_stored, from_stored, objections_to_terms, worded_terms
from procurement.tenders.variants import Variants, objections_to_variants


def set_price_terms(
    tender: Tender, terms: PriceTerms, variants: Variants | None = None, *, by: Actor, seen_version: int | None = None
) -> Tender:
    """Store both; raises :class:`Refused` with every objection, and from publication on."""
    hold_for_change(tender, seen_version)
    wanted = variants or Variants()
    lots = list(db.session.scalars(sa.select(Lot.number).filter_by(tender_id=tender.id)))
    refuse_if(objections_to_terms(terms, lots) + objections_to_variants(wanted))
    before = _words(tender)
    tender.price_terms = as_stored(terms)
    tender.admits_variants = wanted.are_admitted
    tender.variant_requirements = wanted.requirements.strip() if wanted.are_admitted else ""
    after = _words(tender)
    changes: dict[str, Change | str] = {
        name: (before.get(name), after.get(name))
        for name in dict.fromkeys([*before, *after])
        if before.get(name) != after.get(name)
    }
    record(Event.PRICE_TERMS_CHANGED, tender, by=by, changes=changes, tender_id=tender.id)
    return tender


def _words(tender: Tender) -> dict[str, str]:
    words = dict(worded_terms(from_stored(tender.price_terms)))
    words["Nebenangebote"] = "zugelassen" if tender.admits_variants else "nicht zugelassen"
    if tender.variant_requirements:
        words["Mindestanforderungen an Nebenangebote"] = tender.variant_requirements
    return words
