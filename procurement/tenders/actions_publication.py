"""Value estimate and publication: the two steps whose results members, bidders and auditors rely on."""

from procurement.audit.actions import Change, record
from procurement.audit.actor import Actor
from procurement.audit.events import Event
from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import refuse_if
from procurement.sealing import opening_keys
from procurement.tenders import queries, queries_publication, queries_succession
from procurement.tenders.actions import note_stage
from procurement.tenders.actions_estimate import store_estimate
from procurement.tenders.actions_guard import hold, hold_for_change
from procurement.tenders.actions_versions import PUBLISHED, store_version
from procurement.tenders.kinds import TenderStage
from procurement.tenders.models import OpeningEnvelope, Tender, ValueEstimate
from procurement.tenders.publication import objections_to_publishing


def estimate_value(tender: Tender, *, by: Actor, cause: str = "") -> ValueEstimate:
    """Estimate the contract value from the lines of today; every version keeps basis, cause and author (§ 3 VgV).

    A value that crosses the threshold since the version before reopens the decision on the procedure.
    """
    hold_for_change(tender)
    return store_estimate(tender, cause, by)


def publish(tender: Tender, *, by: Actor, seen_version: int | None = None) -> Tender:
    """Publish: fix everything below the tender, and make the key to which bids are sealed and that two officers open.

    Raises :class:`Refused` with every objection. The hash of what is fixed and the fingerprint of the key go into the
    trail, so a later exchange of either is noticed.
    """
    hold(tender, seen_version)
    refuse_if(objections_to_publishing(queries_publication.publication_facts(tender)))
    refuse_if(queries_succession.objections_to_following(tender))
    fingerprint = _make_opening_key(tender)
    tender.stage, tender.published_at = TenderStage.PUBLISHED, clock.now()
    note_stage(tender, by)
    first = store_version(tender, PUBLISHED, by)
    changes: dict[str, Change | str] = {
        "Verfahrensstand": (TenderStage.PLANNED, TenderStage.PUBLISHED),
        "Prüfsumme des Festgelegten": first.content_hash,
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
