"""Which reference to suggest for the next demand round: the office's own way of counting goes on."""

import re
from collections.abc import Collection

USUAL = ("B-", "-", 2)
COUNTED = re.compile(r"(?P<head>.*\D)20\d\d(?P<sign>\D)(?P<number>\d+)")


def next_reference(taken: Collection[str], latest: str, year: int) -> str:
    """The first free reference of the year, written like the latest one (``BR-2026-07``) or else like ``B-2026-01``."""
    found = COUNTED.fullmatch(latest)
    head, sign, width = (found["head"], found["sign"], len(found["number"])) if found else USUAL
    numbers = (f"{head}{year}{sign}{number:0{width}}" for number in range(1, len(taken) + 2))
    return next(reference for reference in numbers if reference not in taken)
