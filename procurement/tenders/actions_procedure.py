"""The decision on the procedure and on the capacity in which the association buys: taken back, made anew, chosen."""

from procurement.audit.actions import Change, record
from procurement.audit.actor import Actor
from procurement.audit.events import Event
from procurement.core import filters
from procurement.core.errors import refuse_if
from procurement.tenders import participation, procedure_choice, queries_participation
from procurement.tenders.actions_guard import hold_for_change
from procurement.tenders.kinds import ProcedureType, ProcurementRole
from procurement.tenders.models import Tender, ValueEstimate
from procurement.tenders.procedure_choice import objections_to_deciding, objections_to_procedure
from procurement.values.money import Money

Words = dict[str, Change | str]


def reopen_if_crossed(tender: Tender, before_net: Money, version: ValueEstimate, by: Actor) -> None:
    """Take back the choice of the procedure if this version lies on the other side of the threshold."""
    chosen = tender.procedure_type
    if not procedure_choice.reopens(chosen, before_net, version.total_net, version.threshold_net):
        return
    tender.procedure_type = ProcedureType.UNDECIDED
    side = "erreicht jetzt den" if version.total_net >= version.threshold_net else "liegt jetzt unter dem"
    reason = (
        f"Der geschätzte Wert {side} EU-Schwellenwert von {filters.euro(version.threshold_net)}: bisher "
        f"{filters.euro(before_net)}, neu {filters.euro(version.total_net)}. Anlass: {version.cause}."
    )
    changes: Words = {"Verfahrensart": (chosen, tender.procedure_type), "Grund": reason}
    record(Event.PROCEDURE_REOPENED, tender, by=by, changes=changes, tender_id=tender.id)


def decide_procedure(
    tender: Tender, procedure_type: ProcedureType, reason: str, *, by: Actor, seen_version: int | None = None
) -> Tender:
    """Decide on the procedure with a short reason, as the latest estimate allows it (§ 14 VgV)."""
    hold_for_change(tender, seen_version)
    found = objections_to_deciding(procedure_type, reason)
    if tender.estimates and procedure_type is not ProcedureType.UNDECIDED:
        latest = tender.estimates[-1]
        found += objections_to_procedure(procedure_type, latest.total_net, latest.threshold_net)
    refuse_if(found)
    before, tender.procedure_type = tender.procedure_type, procedure_type
    changes: Words = {"Verfahrensart": (before, procedure_type), "Begründung": reason.strip()}
    record(Event.PROCEDURE_DECIDED, tender, by=by, changes=changes, tender_id=tender.id)
    return tender


def choose_role(tender: Tender, role: ProcurementRole, *, by: Actor, seen_version: int | None = None) -> Tender:
    """Choose in which capacity the association buys; no longer once members have confirmed on its terms."""
    hold_for_change(tender, seen_version)
    members = queries_participation.participants(tender.id)
    refuse_if(participation.objections_to_role([one.member.name for one in members if one.confirmed_at]))
    before, tender.procurement_role = tender.procurement_role, role
    record(Event.ROLE_CHOSEN, tender, by=by, changes={"Rolle": (before, role)}, tender_id=tender.id)
    return tender
