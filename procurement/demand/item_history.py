"""What happened to one row of a demand, read out of the trail's entries: old and new value, who, when, and why.

The trail names each changed article by its number and title. The reason of a change is the one given when the demand
was opened again before it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

Changes = Mapping[str, str | list[str]]
STATE, REASON = "Zustand", "Begründung"


@dataclass(frozen=True, slots=True)
class TrailEntry:
    """One entry of the trail about a demand: when, who, what, and the changes by the name of their field."""

    at: datetime
    who: str
    text: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class ItemStep:
    """One step in the life of a row; without values it is a change of the whole demand's state, worded in ``text``."""

    at: datetime
    who: str
    text: str
    old: str = ""
    new: str = ""
    reason: str = ""
    is_change: bool = False


def steps_of(entries: Iterable[TrailEntry], number: str) -> list[ItemStep]:
    """The steps of the article with this number, oldest first; ``entries`` in the order in which they were written."""
    reason, steps = "", []
    for entry in entries:
        given = entry.changes.get(REASON, "")
        reason = given if isinstance(given, str) and given else reason
        steps += _changes_of(entry, number, reason)
        if STATE in entry.changes:
            steps.append(ItemStep(entry.at, entry.who, entry.text, reason=given if isinstance(given, str) else ""))
    return steps


def _changes_of(entry: TrailEntry, number: str, reason: str) -> list[ItemStep]:
    return [
        ItemStep(entry.at, entry.who, entry.text, change[0], change[1], reason, is_change=True)
        for name, change in entry.changes.items()
        if isinstance(change, list) and name.startswith(f"{number} ")
    ]
