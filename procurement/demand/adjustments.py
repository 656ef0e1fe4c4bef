"""Adjusted quantities: what the procurement office may propose, and when the member may answer.

The quantity a member typed is never touched. What counts is the latest adjustment the member has confirmed, else what
it typed; an adjustment that was not confirmed changes nothing. When the member enters the article anew, what was
confirmed or proposed before is over, because it was about another figure.
"""

from dataclasses import dataclass

from procurement.demand.rules import LARGEST_QUANTITY
from procurement.demand.states import AdjustmentState, DemandState
from procurement.values.objection import Objection
from procurement.values.quantity import Quantity

NOTHING = Quantity(0)
ADJUSTABLE = (DemandState.SUBMITTED, DemandState.FROZEN)
REASON_LENGTH = 1000
SUPERSEDED = "Das Mitglied hat die Menge neu eingegeben."

Quantities = tuple[Quantity, Quantity, Quantity]


@dataclass(frozen=True, slots=True)
class AdjustmentEntry:
    """What the procurement office enters: the three quantities as they should read, and why."""

    minimum: Quantity | None
    expected: Quantity | None
    maximum: Quantity | None
    reason: str

    @property
    def quantities(self) -> Quantities:
        """Minimum, expected, maximum; an empty minimum or maximum is the expected quantity."""
        expected = self.expected if self.expected is not None else NOTHING
        return (
            expected if self.minimum is None else self.minimum,
            expected,
            expected if self.maximum is None else self.maximum,
        )


def objections_to_proposing(
    entry: AdjustmentEntry, counts_now: Quantities, state: DemandState, *, is_waiting: bool
) -> list[Objection]:
    """Why this adjustment cannot be proposed; ``counts_now`` are the quantities that count at the moment."""
    if state not in ADJUSTABLE:
        text = f"Der Bedarf steht auf „{state.label}“. Anpassen lassen sich nur eingereichte und eingefrorene Mengen."
        return [Objection(text)]
    if is_waiting:
        return [Objection("Zu diesem Artikel wartet schon eine Anpassung. Bitte nehmen Sie sie erst zurück.")]
    return _objections_to_quantities(entry, counts_now) + objections_to_reason(
        entry.reason, "Bitte begründen Sie die Anpassung; das Mitglied liest die Begründung."
    )


def _objections_to_quantities(entry: AdjustmentEntry, counts_now: Quantities) -> list[Objection]:
    if entry.expected is None:
        return [Objection("Bitte die erwartete Menge eingeben.", "expected")]
    minimum, expected, maximum = entry.quantities
    if not NOTHING <= minimum <= expected <= maximum <= LARGEST_QUANTITY:
        text = "Die Mengen müssen aufsteigen: mindestens, erwartet, höchstens, alle zwischen 0 und 99.999.999."
        return [Objection(text, "expected")]
    if entry.quantities == counts_now:
        return [Objection("Diese Mengen gelten schon. Bitte andere eingeben.", "expected")]
    return []


def objections_to_reason(reason: str, request: str, field: str = "reason") -> list[Objection]:
    """A reason is missing or too long; ``request`` asks for it."""
    if not reason.strip():
        return [Objection(request, field)]
    if len(reason.strip()) > REASON_LENGTH:
        return [Objection(f"Die Begründung darf höchstens {REASON_LENGTH} Zeichen haben.", field)]
    return []


def objections_to_answering(adjustment: AdjustmentState, demand: DemandState) -> list[Objection]:
    """Why the member cannot answer an adjustment any more."""
    if adjustment is not AdjustmentState.PROPOSED:
        return [Objection(f"Diese Anpassung ist schon erledigt: {adjustment.label}.")]
    if demand not in ADJUSTABLE:
        text = f"Der Bedarf steht auf „{demand.label}“. Bitte reichen Sie ihn zuerst ein."
        return [Objection(text)]
    return []


def objections_to_taking_back(adjustment: AdjustmentState) -> list[Objection]:
    """Only what the member has not answered yet can be taken back; a confirmed one is followed by another."""
    if adjustment is AdjustmentState.PROPOSED:
        return []
    text = f"Diese Anpassung ist schon erledigt: {adjustment.label}. Schlagen Sie bei Bedarf eine neue vor."
    return [Objection(text)]


def counting(original: Quantities, confirmed: list[Quantities]) -> Quantities:
    """The quantities that count: the latest confirmed adjustment, else what the member typed; oldest first."""
    return confirmed[-1] if confirmed else original
