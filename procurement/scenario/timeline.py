"""When the steps of a scenario happen: written moments, relative ones, and a clock that moves on in between."""

import re
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any

from pydantic import BeforeValidator

from procurement.core import clock

RELATIVE = re.compile(r"([+-]\d{1,4})d(?: (\d{1,2}):(\d{2}))?")
STEP = timedelta(minutes=1)


def _as_text(written: Any) -> Any:
    """YAML turns dates into dates by itself; everything is read as text again."""
    if isinstance(written, datetime):
        return written.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(written, date):
        return written.isoformat()
    return written


Written = Annotated[str, BeforeValidator(_as_text)]


def moment(written: str) -> datetime:
    """Read ``2026-11-23 12:00`` (Berlin time) or ``+18d 12:00`` (days from today); raise ValueError otherwise."""
    relative = RELATIVE.fullmatch(written.strip())
    if relative:
        day = clock.today() + timedelta(days=int(relative[1]))
        wall = datetime.combine(day, time(int(relative[2] or 12), int(relative[3] or 0)))
        return clock.from_berlin(wall)
    try:
        wall = datetime.fromisoformat(written.strip())
    except ValueError as error:
        raise ValueError(f"„{written}“ ist kein Zeitpunkt wie 2026-11-23 12:00 oder +18d 12:00") from error
    return wall if wall.tzinfo else clock.from_berlin(wall)


class Timeline:
    """The scenario's own time: jumps to what is written and otherwise moves on by a minute a step."""

    def __init__(self, start: datetime) -> None:
        self.now = start

    def step(self) -> datetime:
        """The moment of the next step."""
        self.now += STEP
        return self.now

    def later(self, days: int) -> datetime:
        """The same time of day some days on: what people take longer over than a minute."""
        self.now += timedelta(days=days)
        return self.now

    def jump(self, to: datetime | None) -> datetime:
        """Go to a written moment; without one, or if it has passed already, take the next step."""
        if to is not None and to > self.now:
            self.now = to
            return self.now
        return self.step()
