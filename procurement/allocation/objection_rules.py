"""What is allowed with a member's objection to an allocation (story M9)."""

from procurement.allocation.states import CaseState, RunState
from procurement.values.objection import Objection


def objections_to_raising(state: RunState, reason: str, *, has_open_case: bool) -> list[Objection]:
    """Why no objection can be raised: the run does not charge anybody, a case is open already, or nobody says why."""
    if state is RunState.CORRECTED:
        return [Objection("Diese Fassung ist durch eine neue ersetzt. Bitte wenden Sie sich gegen die neue Fassung.")]
    if state is not RunState.APPROVED:
        return [Objection("Einwände sind erst gegen eine freigegebene Kostenaufteilung möglich.")]
    if has_open_case:
        return [Objection("Zu dieser Kostenaufteilung ist schon ein Einwand Ihres Mitglieds offen.")]
    if not reason.strip():
        return [Objection("Bitte schreiben Sie, welche Zahl Sie für falsch halten und warum.", "reason")]
    return []


def objections_to_answering(state: CaseState, answer: str) -> list[Objection]:
    """Why an objection cannot be answered: it is answered already, or nobody says why."""
    if state is not CaseState.OPEN:
        return [Objection(f"Dieser Einwand ist schon beantwortet: {state.label}.")]
    if not answer.strip():
        return [Objection("Bitte die Antwort begründen; das Mitglied liest sie.", "answer")]
    return []
