"""A reason why something is not allowed: shown beside a locked button, raised by the action, asserted in tests."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Objection:
    """One reason in a German sentence that says what is wrong, where, and what to do; ``field`` names a form field."""

    text: str
    field: str | None = None

    def __str__(self) -> str:
        return self.text


class NotAdmissible(ValueError):
    """Input of a calculation breaks a rule; carries every objection, not only the first."""

    def __init__(self, objections: Sequence[Objection]) -> None:
        super().__init__(" ".join(objection.text for objection in objections))
        self.objections = tuple(objections)
        self.message = str(self)
