"""How far a round is: what each member's answer amounts to, the four figures above it, what reminders need."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from procurement.demand.states import UNANSWERED, DemandState, RoundState
from procurement.values.label import Labelled
from procurement.values.objection import Objection

if TYPE_CHECKING:
    from procurement.demand.models import DemandRound


class Standing(Labelled):
    """Where a member stands in a round, in the words of the cockpit."""

    INVITED = "invited", "Eingeladen"
    OPENED = "opened", "Geöffnet"
    DRAFT = "draft", "Entwurf"
    AWAITING_APPROVAL = "awaiting_approval", "Wartet auf Freigabe"
    SUBMITTED = "submitted", "Eingereicht"
    NIL = "nil", "Fehlanzeige"
    FROZEN = "frozen", "Eingefroren"
    LATE = "late", "Nachmeldung"
    WITHDRAWN = "withdrawn", "Zurückgezogen"
    REJECTED = "rejected", "Nachmeldung abgelehnt"
    OVERDUE = "overdue", "Verspätet"
    MISSING = "missing", "Ohne Antwort"


def standing(state: DemandState, *, is_opened: bool, round_state: RoundState, is_over: bool = False) -> Standing:
    """Where a member stands: late when the deadline has passed, without an answer once the round is closed."""
    if state in UNANSWERED and round_state is RoundState.CLOSED:
        return Standing.MISSING
    if state in UNANSWERED and is_over:
        return Standing.OVERDUE
    if state is DemandState.OPEN:
        return Standing.OPENED if is_opened else Standing.INVITED
    return Standing(state.value)


@dataclass(frozen=True, slots=True)
class CockpitFigures:
    """Every invited member once: their sum is the number of the invited."""

    invited: int
    submitted: int
    nil: int
    open: int
    dropped: int

    @property
    def answered(self) -> int:
        """Members whose answer has arrived, whatever became of it."""
        return self.invited - self.open


SUBMITTED = (Standing.SUBMITTED, Standing.FROZEN, Standing.LATE)
DROPPED = (Standing.WITHDRAWN, Standing.REJECTED)


def figures(standings: Sequence[Standing]) -> CockpitFigures:
    """The four figures of a round, and who dropped out after it."""
    submitted = sum(one in SUBMITTED for one in standings)
    nil, dropped = standings.count(Standing.NIL), sum(one in DROPPED for one in standings)
    return CockpitFigures(len(standings), submitted, nil, len(standings) - submitted - nil - dropped, dropped)


def objections_to_reminding(round_: "DemandRound", now: datetime) -> list[Objection]:
    """Why members cannot be reminded now: they could not answer."""
    if round_.state is RoundState.DRAFT:
        return [Objection("Die Bedarfsrunde ist noch nicht geöffnet.")]
    if round_.state is RoundState.CLOSED:
        return [Objection("Die Bedarfsrunde ist geschlossen; es kann niemand mehr antworten.")]
    if now > round_.deadline_at:
        return [Objection("Die Frist ist abgelaufen. Bitte verlängern Sie sie, bevor Sie erinnern.")]
    return []


def objections_to_dates(
    reminder_at: datetime | None, escalation_at: datetime | None, deadline_at: datetime
) -> list[Objection]:
    """Reminders lie before the deadline, the last one after the first."""
    found = [
        Objection(f"{label} muss vor der Frist liegen.", field)
        for field, label, at in (
            ("reminder_at", "Die Erinnerung", reminder_at),
            ("escalation_at", "Die letzte Erinnerung", escalation_at),
        )
        if at is not None and at >= deadline_at
    ]
    if reminder_at is not None and escalation_at is not None and escalation_at <= reminder_at:
        found.append(Objection("Die letzte Erinnerung muss nach der Erinnerung liegen.", "escalation_at"))
    return found
