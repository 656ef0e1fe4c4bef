"""The second release of a demand: who may give it, until when, and who may hand the demand back.

The round's deadline counts for the release, not for the first person's submission: only what was released in time
reached the procurement office in time. Nobody releases what the same person submitted.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from procurement.demand.states import DemandState, RoundState
from procurement.values.objection import Objection

if TYPE_CHECKING:
    from procurement.demand.models import Demand, DemandRound


def objections_to_approving(
    demand: "Demand", round_: "DemandRound", person_id: int, *, now: datetime, contact: str
) -> list[Objection]:
    """Why this person cannot release the demand now; ``contact`` is whom to ask after the deadline."""
    found = objections_to_deciding(demand, round_, now=now, contact=contact)
    if not found and demand.submitted_by_id == person_id:
        found.append(
            Objection(
                "Sie haben diesen Bedarf selbst eingereicht. Freigeben kann ihn nur eine zweite Person Ihres Hauses."
            )
        )
    return found


def objections_to_deciding(demand: "Demand", round_: "DemandRound", *, now: datetime, contact: str) -> list[Objection]:
    """Why nobody can release the demand or hand it back now."""
    if round_.state is RoundState.CLOSED:
        return [Objection(f"Die Bedarfsrunde ist geschlossen. Fragen beantwortet {contact}.")]
    if demand.state is not DemandState.AWAITING_APPROVAL:
        return [Objection(f"Dieser Bedarf steht auf „{demand.state.label}“ und wartet auf keine Freigabe.")]
    if now > round_.deadline_at:
        return [
            Objection(
                "Die Frist ist abgelaufen, bevor der Bedarf freigegeben war. Er gilt als nicht eingereicht. "
                f"Bitte wenden Sie sich an {contact}."
            )
        ]
    return []
