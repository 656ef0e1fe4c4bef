"""Value estimate and publication: the two steps whose results members, bidders and auditors rely on."""

from datetime import date

from procurement.audit.actions import Change, record
from procurement.audit.actor import Actor
from procurement.audit.events import Event
from procurement.core import clock, filters
from procurement.core.db import db
from procurement.core.errors import Refused, refuse_if
from procurement.rulebook.thresholds import NoRuleInForce
from procurement.sealing import opening_keys
from procurement.tenders import estimate, freeze, queries, queries_bill, queries_publication
from procurement.tenders.actions import note_stage
from procurement.tenders.actions_guard import hold, hold_for_change
from procurement.tenders.kinds import TenderStage
from procurement.tenders.models import OpeningEnvelope, Tender, ValueEstimate
from procurement.tenders.publication import objections_to_publishing
from procurement.values.objection import Objection


def estimate_value(tender: Tender, *, by: Actor) -> ValueEstimate:
    """Estimate the contract value from the lines of today; every version keeps its basis and author (§ 3 VgV)."""
    hold_for_change(tender)
    lines = queries_bill.estimated_lines(tender.id)
    refuse_if(estimate.objections_to_estimating(lines))
    made = _estimated(lines, tender.procedure_started_on)
    earlier = queries_publication.estimates_of(tender.id)
    version = ValueEstimate(
        tender=tender,
        number=len(earlier) + 1,
        total_net=made.total_net,
        threshold_net=made.threshold_net,
        rule=made.threshold.title,
        basis=made.basis,
        made_at=clock.now(),
        made_by_id=by.id,
    )
    db.session.add(version)
    changes: dict[str, Change | str] = {
        "Geschätzter Wert netto": (filters.euro(earlier[0].total_net) if earlier else "", filters.euro(made.total_net)),
        "Schwellenwert netto": filters.euro(made.threshold_net),
        "Grundlage": made.basis,
    }
    record(Event.VALUE_ESTIMATED, tender, by=by, changes=changes, tender_id=tender.id)
    return version


def _estimated(lines: list[estimate.EstimatedLine], started_on: date) -> estimate.Estimate:
    try:
        return estimate.estimated(lines, started_on)
    except NoRuleInForce as unknown:
        raise Refused([Objection(str(unknown), "procedure_started_on")]) from unknown


def publish(tender: Tender, *, by: Actor, seen_version: int | None = None) -> Tender:
    """Publish: fix everything below the tender, and make the key to which bids are sealed and that two officers open.

    Raises :class:`Refused` with every objection. The hash of what is fixed and the fingerprint of the key go into the
    trail, so a later exchange of either is noticed.
    """
    hold(tender, seen_version)
    refuse_if(objections_to_publishing(queries_publication.publication_facts(tender)))
    fingerprint = _make_opening_key(tender)
    tender.stage, tender.published_at = TenderStage.PUBLISHED, clock.now()
    note_stage(tender, by)
    tender.frozen_content = freeze.canonical(queries_publication.content_of(tender))
    tender.frozen_hash = freeze.hash_of(tender.frozen_content)
    changes: dict[str, Change | str] = {
        "Verfahrensstand": (TenderStage.PLANNED, TenderStage.PUBLISHED),
        "Prüfsumme des Festgelegten": tender.frozen_hash,
        "Fingerabdruck des Öffnungsschlüssels": fingerprint,
        "Teilnehmende Mitglieder": ", ".join(member.name for member in queries.participants_of(tender.id)),
    }
    record(Event.TENDER_PUBLISHED, tender, by=by, changes=changes, tender_id=tender.id)
    return tender


def _make_opening_key(tender: Tender) -> str:
    """Make the tender's key pair for all officers of today and return the fingerprint of its public half."""
    officers = {str(account.id): queries.public_key_of(account) for account in queries.officers_with_key()}
    key = opening_keys.new_tender_key(tender.reference, officers)
    tender.opening_public_key = key.public
    db.session.add_all(
        OpeningEnvelope(
            tender_id=tender.id, first_account_id=int(pair.first), second_account_id=int(pair.second), envelope=envelope
        )
        for pair, envelope in key.envelopes.items()
    )
    db.session.flush()
    return opening_keys.fingerprint(key.public)
