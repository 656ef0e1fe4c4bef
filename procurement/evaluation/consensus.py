"""How far the notes of several evaluators lie apart, and what that asks for (domain rule 3.2).

Points are never averaged: a mean of 19/3 is no step of a published scale. Where all agree their points may be taken
over; where they differ, the panel decides with a reason, and from a spread of 3 on, or where a 0 or a 10 stands against
another figure, it has to talk first.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from procurement.tenders.criteria_scales import BEST
from procurement.values.label import Labelled

WIDE_SPREAD = 3


class Agreement(Labelled):
    """What the notes on one bid under one criterion ask for."""

    MISSING = "missing", "ohne Noten"
    UNANIMOUS = "unanimous", "alle gleich"
    CLOSE = "close", "nah beieinander"
    APART = "apart", "Konsensgespräch nötig"


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One submitted note of one evaluator."""

    evaluator_id: int
    evaluator: str
    bid_id: int
    bid_number: int
    criterion_number: str
    points: int
    reason: str


@dataclass(frozen=True, slots=True)
class AgreedEntry:
    """What the panel agreed on for one bid and one criterion; ``seen`` is the version shown, 0 for none."""

    bid_id: int
    criterion_id: int
    points: int | None
    reason: str
    seen: int | None = None

    @property
    def cell(self) -> str:
        """The cell's name, as form fields end with it."""
        return f"{self.bid_id}-{self.criterion_id}"


def spread(points: Sequence[int]) -> int:
    """Highest minus lowest; 0 for none."""
    return max(points, default=0) - min(points, default=0)


def agreement_of(points: Sequence[int]) -> Agreement:
    """What these points of several evaluators ask for."""
    if not points:
        return Agreement.MISSING
    if spread(points) == 0:
        return Agreement.UNANIMOUS
    is_extreme = 0 in points or BEST in points
    return Agreement.APART if is_extreme or spread(points) >= WIDE_SPREAD else Agreement.CLOSE


def joined_reasons(notes: Sequence[NoteRow]) -> str:
    """The reason on record where all agreed: everybody's own, each with its name."""
    return "\n".join(f"{note.evaluator}: {note.reason}" for note in notes)
