"""The only place that asks what time it is: UTC inside, Europe/Berlin at the edges, replaceable in tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from flask import Flask, current_app

BERLIN = ZoneInfo("Europe/Berlin")
_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


class Clock:
    """The real clock; tests put a subclass with a fixed time into the application."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return datetime.now(UTC)


def install(app: Flask, clock: Clock | None = None) -> None:
    """Give the application its clock."""
    app.extensions["clock"] = clock or Clock()


def now() -> datetime:
    """The present moment in UTC: the moment being replayed by :func:`at`, else the application's clock."""
    replayed = _moment.get()
    if replayed is not None:
        return replayed
    clock: Clock = current_app.extensions["clock"]
    return clock.now()


def today() -> date:
    """The calendar day in Europe/Berlin."""
    return now().astimezone(BERLIN).date()


def in_berlin(moment: datetime) -> datetime:
    """The same moment on a Berlin wall clock."""
    return moment.astimezone(BERLIN)


def from_berlin(wall_time: datetime) -> datetime:
    """Read a naive wall time as Europe/Berlin and return it in UTC."""
    return wall_time.replace(tzinfo=BERLIN).astimezone(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let everything inside happen at ``moment`` (aware): scenarios replay past steps with their own dates."""
    token = _moment.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _moment.reset(token)
