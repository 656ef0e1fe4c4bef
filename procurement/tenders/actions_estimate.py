"""Storing a version of the value estimate, while planning and after publication; the caller holds the tender."""

from procurement.audit.actions import Change, record
from procurement.audit.actor import Actor
from procurement.audit.events import Event
from procurement.core import clock, filters
from procurement.core.db import db
from procurement.core.errors import Refused, refuse_if
from procurement.rulebook.thresholds import NoRuleInForce
from procurement.tenders import estimate, queries_bill, queries_publication
from procurement.tenders.actions_procedure import reopen_if_crossed
from procurement.tenders.models import Tender, ValueEstimate
from procurement.tenders.value_watch import CAUSE_LENGTH
from procurement.values.objection import Objection

FIRST, AGAIN = "Erste Schätzung", "Neu geschätzt"


def store_estimate(tender: Tender, cause: str, by: Actor) -> ValueEstimate:
    """Estimate the lines of today as a new version with basis, cause and author (§ 3 VgV)."""
    lines = queries_bill.estimated_lines(tender.id)
    refuse_if(estimate.objections_to_estimating(lines, tender.term))
    made = _estimated(lines, tender)
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
        cause=cause.strip()[:CAUSE_LENGTH] or (AGAIN if earlier else FIRST),
    )
    db.session.add(version)
    changes: dict[str, Change | str] = {
        "Geschätzter Wert netto": (filters.euro(earlier[0].total_net) if earlier else "", filters.euro(made.total_net)),
        "Schwellenwert netto": filters.euro(made.threshold_net),
        "Anlass": version.cause,
        "Grundlage": made.basis,
    }
    record(Event.VALUE_ESTIMATED, tender, by=by, changes=changes, tender_id=tender.id)
    if earlier and not tender.is_frozen:
        reopen_if_crossed(tender, earlier[0].total_net, version, by)
    return version


def _estimated(lines: list[estimate.EstimatedLine], tender: Tender) -> estimate.Estimate:
    try:
        return estimate.estimated(lines, tender.procedure_started_on, tender.term)
    except NoRuleInForce as unknown:
        raise Refused([Objection(str(unknown), "procedure_started_on")]) from unknown
