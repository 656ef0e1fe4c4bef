"""Calendar files: read back by a calendar library, and the hours around the change to summer time by hand."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest

from procurement.core.calendars import CalendarEntry, calendar_file

BERLIN = ZoneInfo("Europe/Berlin")
DEADLINE = CalendarEntry(
    "demand-round-7-deadline",
    "Bedarf melden: Firewalls, Switche; Übergänge",
    datetime(2026, 12, 11, 11, 0, tzinfo=UTC),
    "http://127.0.0.1:8000/demand/7",
    "Bis dahin können die Mitglieder antworten.",
)


def _text(app, *entries, name="Fristen"):
    with app.app_context():
        return calendar_file(name, entries).decode("utf-8")


def _events(app, *entries):
    return icalendar.Calendar.from_ical(_text(app, *entries)).walk("VEVENT")


def test_a_deadline_is_read_back_with_title_hour_link_and_reminder(app):
    [event] = _events(app, DEADLINE)
    assert event["SUMMARY"] == "Bedarf melden: Firewalls, Switche; Übergänge"
    assert event["DTSTART"].dt == datetime(2026, 12, 11, 12, 0, tzinfo=BERLIN)
    assert event["DTSTAMP"].dt == datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    assert event["UID"] == "demand-round-7-deadline@127.0.0.1"
    assert event["URL"] == "http://127.0.0.1:8000/demand/7"
    assert event["DESCRIPTION"] == "Bis dahin können die Mitglieder antworten.\nhttp://127.0.0.1:8000/demand/7"
    [alarm] = event.walk("VALARM")
    assert alarm["TRIGGER"].dt == timedelta(days=-1)


def test_a_deadline_that_ends_with_its_day_is_an_entry_for_the_whole_day(app):
    text = _text(app, CalendarEntry("tender-3-validity", "Bindefrist", date(2027, 3, 28), "http://x/tenders/3"))
    assert "DTSTART;VALUE=DATE:20270328\r\n" in text


@pytest.mark.parametrize(
    ("utc", "wall"),
    [
        # In 2027 summer time begins on Sunday 28 March: 01:59 CET is followed by 03:00 CEST.
        (datetime(2027, 3, 27, 11, 0, tzinfo=UTC), "20270327T120000"),
        (datetime(2027, 3, 28, 0, 59, tzinfo=UTC), "20270328T015900"),
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), "20270328T030000"),
        (datetime(2027, 3, 28, 10, 0, tzinfo=UTC), "20270328T120000"),
        # It ends on Sunday 31 October.
        (datetime(2027, 10, 30, 10, 0, tzinfo=UTC), "20271030T120000"),
        (datetime(2027, 10, 31, 11, 0, tzinfo=UTC), "20271031T120000"),
    ],
)
def test_the_german_wall_clock_stands_in_the_file_before_and_after_the_change_of_time(app, utc, wall):
    text = _text(app, CalendarEntry("a", "Frist", utc, "http://x/"))
    assert f"DTSTART;TZID=Europe/Berlin:{wall}\r\n" in text


def test_the_file_carries_the_european_rule_of_summer_time(app):
    zone = icalendar.Calendar.from_ical(_text(app, DEADLINE)).walk("VTIMEZONE")[0]
    found = {
        part.name: (str(part["TZNAME"]), part["TZOFFSETFROM"].td, part["TZOFFSETTO"].td, part["RRULE"].to_ical())
        for part in zone.subcomponents
    }
    one, two = timedelta(hours=1), timedelta(hours=2)
    assert found == {
        "DAYLIGHT": ("CEST", one, two, b"FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3"),
        "STANDARD": ("CET", two, one, b"FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"),
    }


def test_line_breaks_in_a_title_make_no_second_line_of_the_file(app):
    [event] = _events(app, CalendarEntry("a", "Runde\r\nUID:fremd", DEADLINE.at, "http://x/"))
    assert event["UID"] == "a@127.0.0.1"


def test_a_calendar_without_deadlines_is_still_a_calendar(app):
    assert _events(app) == []
    assert "X-WR-CALNAME:Fristen" in _text(app)
