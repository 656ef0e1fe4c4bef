"""What waits for somebody: one kind of thing for every list of a start page, whichever feature it comes from.

A task names the page where it is done by endpoint, because the pages of later features come and go with what is
installed and permitted; the routes turn it into an address.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import IntEnum

SHOWN_NAMES = 4
NEVER = datetime.max.replace(tzinfo=UTC)


class Urgency(IntEnum):
    """How soon something has to be done; the order of a list of tasks."""

    OVERDUE = 0
    NOW = 1
    SOON = 2
    PREPARE = 3
    NEWS = 4
    OTHERS = 5


# The word and the tone of the badge beside a task.
BADGES: Mapping[Urgency, tuple[str, str]] = {
    Urgency.OVERDUE: ("Frist vorbei", "danger"),
    Urgency.NOW: ("jetzt möglich", "info"),
    Urgency.SOON: ("Frist naht", "warning"),
    Urgency.PREPARE: ("in Vorbereitung", "neutral"),
    Urgency.NEWS: ("neu", "success"),
    Urgency.OTHERS: ("bei anderen", "neutral"),
}


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do: what, why or how far, where, until when; ``values`` are the parameters of the endpoint."""

    label: str
    note: str
    urgency: Urgency
    endpoint: str
    values: Mapping[str, int] = field(default_factory=dict)
    until: datetime | None = None

    @property
    def badge(self) -> str:
        """The word beside it."""
        return BADGES[self.urgency][0]

    @property
    def tone(self) -> str:
        """The tone of that word."""
        return BADGES[self.urgency][1]


def in_order(tasks: Iterable[Task]) -> list[Task]:
    """The most urgent first, within one urgency the earliest deadline."""
    return sorted(tasks, key=lambda task: (task.urgency, task.until or NEVER, task.label))


def mine(tasks: Iterable[Task]) -> list[Task]:
    """What the reader can do."""
    return [task for task in tasks if task.urgency is not Urgency.OTHERS]


def with_others(tasks: Iterable[Task]) -> list[Task]:
    """What the reader waits for."""
    return [task for task in tasks if task.urgency is Urgency.OTHERS]


def named(names: Sequence[str]) -> str:
    """Some names in words: the first few, and how many more."""
    more = len(names) - SHOWN_NAMES
    listed = ", ".join(names[:SHOWN_NAMES])
    return f"{listed} und {more} weitere" if more > 0 else listed
