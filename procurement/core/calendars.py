"""Calendar files (.ics) of deadlines, written by the icalendar library.

A deadline is a point in German time: its wall clock stands in the file together with the European rule of summer time,
so that every calendar shows the hour people agreed on. The same deadline keeps its UID for good; a calendar that reads
the file again moves the entry instead of adding a second one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

import icalendar
from flask import current_app

from procurement.config import Settings
from procurement.core import clock

ALARM_BEFORE = timedelta(days=-1)
PRODUCT = "-//Gemeinsame IT-Beschaffung//Fristen//DE"
# Name of the time, first hour of the rule, offset before, offset after, month: the European rule since 1996.
SUMMER_TIME_RULE = (
    (icalendar.TimezoneDaylight, "CEST", datetime(1996, 3, 31, 2), 1, 2, 3),  # noqa: DTZ001 - a wall time by definition
    (icalendar.TimezoneStandard, "CET", datetime(1996, 10, 27, 3), 2, 1, 10),  # noqa: DTZ001 - the same
)


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A deadline: ``at`` is an aware moment, or a day for what ends with its day; ``key`` never changes."""

    key: str
    title: str
    at: datetime | date
    url: str
    text: str = ""


def calendar_file(name: str, entries: Iterable[CalendarEntry]) -> bytes:
    """The file with all entries, each with a reminder one day before."""
    calendar = icalendar.Calendar()
    for key, value in (
        ("PRODID", PRODUCT),
        ("VERSION", "2.0"),
        ("METHOD", "PUBLISH"),
        ("NAME", name),
        ("X-WR-CALNAME", name),
    ):
        calendar.add(key, value)
    calendar.add_component(_berlin())
    for entry in entries:
        calendar.add_component(_event(entry))
    written: bytes = calendar.to_ical()
    return written


def _event(entry: CalendarEntry) -> icalendar.Event:
    settings: Settings = current_app.extensions["settings"]
    event = icalendar.Event()
    event.add("UID", f"{entry.key}@{urlsplit(settings.base_url).hostname}")
    event.add("DTSTAMP", clock.now())
    event.add("SUMMARY", entry.title)
    event.add("DTSTART", clock.in_berlin(entry.at) if isinstance(entry.at, datetime) else entry.at)
    event.add("DESCRIPTION", f"{entry.text}\n{entry.url}" if entry.text else entry.url)
    event.add("URL", entry.url)
    event.add("TRANSP", "TRANSPARENT")
    alarm = icalendar.Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", entry.title)
    alarm.add("TRIGGER", ALARM_BEFORE)
    event.add_component(alarm)
    return event


def _berlin() -> icalendar.Timezone:
    """The time zone by its rule: a list of years would end some day."""
    zone = icalendar.Timezone()
    zone.add("TZID", str(clock.BERLIN))
    for kind, name, start, before, after, month in SUMMER_TIME_RULE:
        part = kind()
        part.add("TZNAME", name)
        part.add("DTSTART", start)
        part.add("TZOFFSETFROM", timedelta(hours=before))
        part.add("TZOFFSETTO", timedelta(hours=after))
        part.add("RRULE", {"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": "-1SU"})
        zone.add_component(part)
    return zone
