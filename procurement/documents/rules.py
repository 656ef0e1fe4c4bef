"""When a document may be issued: an allocation once it is approved, what concerns bids once they are opened."""

from procurement.allocation.states import RunState
from procurement.values.objection import Objection


def objections_to_issuing_allocation(state: RunState) -> list[Objection]:
    """Why the documents of a run in this state are not issued; four eyes come first (§ 104 GO NRW audits them)."""
    if state is RunState.APPROVED:
        return []
    reasons = {
        RunState.CALCULATED: "Die Kostenaufteilung ist noch nicht geprüft und nicht freigegeben. "
        "Dokumente gibt es erst nach der Freigabe.",
        RunState.CHECKED: "Die Kostenaufteilung ist noch nicht freigegeben. Dokumente gibt es erst nach der Freigabe.",
        RunState.CORRECTED: "Diese Fassung ist ersetzt. Bitte stellen Sie die Dokumente der neuen Fassung aus.",
        RunState.DISCARDED: "Diese Fassung ist verworfen. Zu ihr gibt es keine Dokumente.",
    }
    return [Objection(reasons[state])]


def objections_to_issuing_on_bids(*, is_opened: bool) -> list[Objection]:
    """Why a document about bids is not issued: before the opening nobody knows what they say (§ 55 Abs. 1 VgV)."""
    if is_opened:
        return []
    return [Objection("Die Angebote sind noch nicht geöffnet. Bis dahin kennt niemand ihren Inhalt.")]
