"""The next deadlines of the procurement office in one list: answers, bidders' questions, bids, validity of bids."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

LOOK_AHEAD_DAYS = 42
"""Six weeks, so that the 35 days of a usual bid period are in sight from their first day on."""
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something that ends; ``at`` is missing for deadlines that end with their day ``on`` (Berlin)."""

    what: str
    title: str
    on: date
    at: datetime | None
    endpoint: str
    values: Mapping[str, int] = field(default_factory=dict)


def upcoming(deadlines: Iterable[Deadline], now: datetime, today: date) -> list[Deadline]:
    """The next few that have not passed and end within six weeks, the earliest first."""
    near = [one for one in deadlines if not _is_over(one, now, today) and (one.on - today).days <= LOOK_AHEAD_DAYS]
    return sorted(near, key=lambda one: (one.on, one.at is None, one.at or now, one.title))[:SHOWN]


def _is_over(deadline: Deadline, now: datetime, today: date) -> bool:
    return deadline.on < today if deadline.at is None else deadline.at < now
