"""A reason why something is not allowed: shown beside a locked button, raised by the action, asserted in tests."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Objection:
    """One reason in a German sentence that says what is wrong, where, and what to do; ``field`` names a form field."""

    text: str
    field: str | None = None

    def __str__(self) -> str:
        return self.text


def objections_to_lengths(entry: object, lengths: Iterable[tuple[str, str, int]]) -> list[Objection]:
    """Which texts of an entry are longer than their limit; ``lengths`` names the field, its subject and the limit."""
    return [
        Objection(f"{subject} darf höchstens {limit:,} Zeichen haben.".replace(",", "."), name)
        for name, subject, limit in lengths
        if len(getattr(entry, name).strip()) > limit
    ]


class NotAdmissible(ValueError):
    """Input of a calculation breaks a rule; carries every objection, not only the first."""

    def __init__(self, objections: Sequence[Objection]) -> None:
        super().__init__(" ".join(objection.text for objection in objections))
        self.objections = tuple(objections)
        self.message = str(self)
