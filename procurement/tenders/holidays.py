"""Working days in North Rhine-Westphalia: a period that ends on a day off runs to the next working day.

The public holidays are a library's; Regulation (EEC) 1182/71, which § 82 VgV refers to, says what they mean.
"""

from datetime import date, timedelta
from functools import cache

from holidays import country_holidays

SATURDAY = 5


@cache
def public_holidays(year: int) -> frozenset[date]:
    """The public holidays of one year in North Rhine-Westphalia."""
    return frozenset(country_holidays("DE", subdiv="NW", years=year))


def is_day_off(day: date) -> bool:
    """Whether this is a Saturday, a Sunday or a public holiday in North Rhine-Westphalia."""
    return day.weekday() >= SATURDAY or day in public_holidays(day.year)


def working_day_from(day: date) -> date:
    """The day itself if it is a working day, else the next one."""
    while is_day_off(day):
        day += timedelta(days=1)
    return day
