"""From when something is needed, as people write it: a day or only a month, which means the month's first day."""

import re
from datetime import date

DAY = re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})")
ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?")
MONTH = re.compile(r"(?P<month>\d{1,2})[./](?P<year>\d{4})")


def read_start(text: str) -> date:
    """Read ``15.01.2027``, ``01/2027`` or ``2027-01``; :class:`ValueError` for anything else, such as a bare year."""
    for pattern in (DAY, ISO, MONTH):
        found = pattern.fullmatch(text.strip())
        if found:
            parts = {name: int(value) for name, value in found.groupdict().items() if value}
            return date(parts["year"], parts["month"], parts.get("day", 1))
    raise ValueError(text)
