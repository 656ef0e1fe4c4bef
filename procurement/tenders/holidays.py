"""Working days in North Rhine-Westphalia: a period that ends on a day off runs to the next working day.

The public holidays are a library's; Regulation (EEC) 1182/71, which § 82 VgV refers to, says what they mean.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from holidays import country_holidays

SATURDAY = 5
WEEKDAYS = ("Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa.", "So.")
WEEKEND = {5: "Samstag", 6: "Sonntag"}


@cache
def named_holidays(year: int) -> Mapping[date, str]:
    """The public holidays of one year in North Rhine-Westphalia with their German names."""
    return dict(country_holidays("DE", subdiv="NW", years=year, language="de"))


@cache
def public_holidays(year: int) -> frozenset[date]:
    """The public holidays of one year in North Rhine-Westphalia."""
    return frozenset(named_holidays(year))


def is_day_off(day: date) -> bool:
    """Whether this is a Saturday, a Sunday or a public holiday in North Rhine-Westphalia."""
    return day.weekday() >= SATURDAY or day in public_holidays(day.year)


def why_off(day: date) -> str:
    """Why this is no working day: the name of the holiday, else Saturday or Sunday; empty for a working day."""
    return named_holidays(day.year).get(day) or WEEKEND.get(day.weekday(), "")


def working_day_from(day: date) -> date:
    """The day itself if it is a working day, else the next one."""
    while is_day_off(day):
        day += timedelta(days=1)
    return day


def holidays_between(first: date, last: date) -> list[date]:
    """The public holidays from the first to the last day, both included."""
    return [day for year in range(first.year, last.year + 1) for day in sorted(public_holidays(year))
            if first <= day <= last]  # fmt: skip


def in_words(day: date) -> str:
    """A day as people say it: ``Mo., 23.11.2026``."""
    return f"{WEEKDAYS[day.weekday()]}, {day:%d.%m.%Y}"
