"""Working days in North Rhine-Westphalia: a period that ends on a day off runs to the next working day.

Computed here in thirty lines, because a pure module takes no library and the list of a state's holidays rarely changes
(Feiertagsgesetz NRW; Regulation (EEC) 1182/71, which § 82 VgV refers to).
"""

from datetime import date, timedelta

FIXED_DAYS = ((1, 1), (5, 1), (10, 3), (11, 1), (12, 25), (12, 26))
# Good Friday, Easter Monday, Ascension, Whit Monday, Corpus Christi, counted from Easter Sunday
DAYS_FROM_EASTER = (-2, 1, 39, 50, 60)
SATURDAY = 5


def easter_sunday(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Gauss, in Lichtenberg's form)."""
    century = year // 100
    moon_shift = 15 + (3 * century + 3) // 4 - (8 * century + 13) // 25
    sun_shift = 2 - (3 * century + 3) // 4
    lunar = year % 19
    first_moon = (19 * lunar + moon_shift) % 30
    correction = (first_moon + lunar // 11) // 29
    full_moon = 21 + first_moon - correction
    first_sunday = 7 - (year + year // 4 + sun_shift) % 7
    day_of_march = full_moon + 7 - (full_moon - first_sunday) % 7
    return date(year, 3, 1) + timedelta(days=day_of_march - 1)


def is_day_off(day: date) -> bool:
    """Whether this is a Saturday, a Sunday or a public holiday in North Rhine-Westphalia."""
    from_easter = (day - easter_sunday(day.year)).days
    return day.weekday() >= SATURDAY or (day.month, day.day) in FIXED_DAYS or from_easter in DAYS_FROM_EASTER


def working_day_from(day: date) -> date:
    """The day itself if it is a working day, else the next one."""
    while is_day_off(day):
        day += timedelta(days=1)
    return day
