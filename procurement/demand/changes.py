"""What may still happen to a member's demand after its round was closed: a late demand (M3), a withdrawal (M5).

Whether a tender stands in the way is not known here; :mod:`procurement.tenders.changes` asks for that first.
"""

from collections.abc import Collection, Iterable

from procurement.demand.adjustments import objections_to_reason
from procurement.demand.states import ChangeState, DemandState, RoundState
from procurement.values.objection import Objection
from procurement.values.quantity import Quantity

CAN_COME_LATE = frozenset(
    {
        DemandState.OPEN,
        DemandState.DRAFT,
        DemandState.AWAITING_APPROVAL,
        DemandState.NIL,
        DemandState.REJECTED,
        DemandState.WITHDRAWN,
    }
)
NOTHING_LATE = "Es ist keine Menge eingetragen. Ohne Mengen gibt es nichts nachzumelden."


def objections_to_coming_late(round_state: RoundState, state: DemandState) -> list[Objection]:
    """Why a member cannot report late: the round is still open, or its demand counts already."""
    if round_state is not RoundState.CLOSED:
        return [
            Objection("Die Bedarfsrunde ist nicht geschlossen. Bitte melden Sie Ihren Bedarf auf dem üblichen Weg.")
        ]
    if state is DemandState.LATE:
        return [Objection("Ihre Nachmeldung liegt schon bei der Vergabestelle. Sie entscheidet darüber.")]
    if state not in CAN_COME_LATE:
        text = f"Dieser Bedarf steht auf „{state.label}“. Seine Mengen zählen schon; eine Nachmeldung ist nicht nötig."
        return [Objection(text)]
    return []


def objections_to_late_demand(reason: str, maxima: Iterable[Quantity]) -> list[Objection]:
    """What is missing in a late demand: a reason, or any quantity."""
    found = objections_to_reason(reason, "Bitte begründen Sie, warum der Bedarf erst jetzt gemeldet wird.")
    return found if any(maxima) else [*found, Objection(NOTHING_LATE)]


def objections_to_withdrawing(round_state: RoundState, state: DemandState, *, is_pending: bool) -> list[Objection]:
    """Why nothing can be withdrawn: the demand does not count, or a decision is still open."""
    if round_state is not RoundState.CLOSED:
        text = "Die Bedarfsrunde ist noch offen. Zum Ändern öffnen Sie den Bedarf bitte mit einer Begründung wieder."
        return [Objection(text)]
    if state is not DemandState.FROZEN:
        return [Objection(f"Dieser Bedarf steht auf „{state.label}“; es gibt nichts zurückzunehmen.")]
    if is_pending:
        return [Objection("Über Ihre Rücknahme ist noch nicht entschieden. Bitte warten Sie die Entscheidung ab.")]
    return []


def objections_to_choice(chosen: Collection[int], present: Collection[int]) -> list[Objection]:
    """Why these articles cannot be withdrawn: none is chosen, or one is not part of the demand any more."""
    if not chosen:
        return [Objection("Bitte wählen Sie mindestens einen Artikel.", "items")]
    if not set(chosen) <= set(present):
        text = "Ein gewählter Artikel gehört nicht mehr zu diesem Bedarf. Bitte laden Sie die Seite neu."
        return [Objection(text, "items")]
    return []


def is_whole(chosen: Collection[int], present: Collection[int]) -> bool:
    """Whether withdrawing these items leaves nothing of the demand."""
    return set(chosen) >= set(present)


def objections_to_deciding(state: ChangeState, reason: str) -> list[Objection]:
    """Why the office cannot decide: somebody has already, or no reason is given."""
    if state is not ChangeState.PENDING:
        return [Objection(f"Darüber ist schon entschieden: {state.label}.")]
    return objections_to_reason(reason, "Bitte begründen Sie die Entscheidung; das Mitglied liest sie.", "decision")


def objections_to_withdrawal_reason(reason: str) -> list[Objection]:
    """A withdrawal needs a reason."""
    return objections_to_reason(reason, "Bitte begründen Sie, warum Sie den Bedarf zurücknehmen.")


def objections_to_releasing(state: ChangeState, submitted_by_id: int | None, reader_id: int) -> list[Objection]:
    """Why this person cannot release a late demand where its member wants two."""
    if state is not ChangeState.PENDING:
        return [Objection(f"Darüber ist schon entschieden: {state.label}.")]
    if submitted_by_id == reader_id:
        return [
            Objection("Sie haben die Nachmeldung selbst abgegeben. Freigeben muss sie eine zweite Person Ihres Hauses.")
        ]
    return []


def objections_to_unreleased(*, requires_release: bool, is_released: bool) -> list[Objection]:
    """A late demand is not accepted before the member's second person has released it."""
    if not requires_release or is_released:
        return []
    return [
        Objection("Das Mitglied verlangt eine zweite Freigabe. Sie fehlt noch; bis dahin ist nur Ablehnen möglich.")
    ]
