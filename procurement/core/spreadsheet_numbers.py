"""Numbers and dates as a spreadsheet program shows them, from the binary figures it stores."""

import math
import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from procurement.core.spreadsheet_limits import Unreadable

SHOWN_DIGITS = 15
BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
NOT_A_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
DATE_CODE = re.compile(r"[dmyhs]", re.IGNORECASE)
LAST_SERIAL = 2_958_466
FEBRUARY_29_1900 = 60
DAY_SECONDS = 86_400
FIRST_DAY_1900 = datetime(1899, 12, 30, tzinfo=UTC)
FIRST_DAY_1904 = datetime(1904, 1, 1, tzinfo=UTC)


def number_text(stored: str) -> str:
    """Return the plain decimal text of a stored number with the 15 digits every spreadsheet program shows.

    A typed 1.1 is stored as 1.1000000000000001; digits behind the fifteenth can be neither typed nor seen, so the
    bidder's figure is the shown one. Raises :class:`Unreadable` for what is no finite number.
    """
    number = float(stored)
    if not math.isfinite(number):
        raise Unreadable
    text = format(Decimal(format(number, f".{SHOWN_DIGITS}g")), "f")
    if "." in text:
        text = text.rstrip("0").removesuffix(".")
    return "0" if text == "-0" else text


def is_date_format(number_format: int, code: str) -> bool:
    """Whether a number format shows its figure as a date or a time; ``code`` is empty for the built-in ones."""
    if not code:
        return number_format in BUILT_IN_DATES
    first_section = code.partition(";")[0]
    return code.lower() != "general" and DATE_CODE.search(NOT_A_CODE.sub("", first_section)) is not None


def date_text(stored: str, *, counts_from_1904: bool) -> str:
    """Return ISO text for a serial day number: date, date with time, or time alone; the number if it is no day."""
    serial = float(stored)
    if not 0 <= serial < LAST_SERIAL:
        return number_text(stored)
    origin = FIRST_DAY_1904 if counts_from_1904 else FIRST_DAY_1900
    if not counts_from_1904 and serial < FEBRUARY_29_1900:
        origin += timedelta(days=1)
    moment = origin + timedelta(seconds=round(serial * DAY_SECONDS))
    if serial < 1:
        return f"{moment:%H:%M:%S}"
    return f"{moment:%Y-%m-%d %H:%M:%S}".removesuffix(" 00:00:00")
