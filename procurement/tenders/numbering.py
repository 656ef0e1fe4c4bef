"""Numbers of lines: unique in a tender, so that bidders and members mean the same line."""

from collections.abc import Collection
from itertools import count

LONGEST_NUMBER = 40


def free_number(wanted: str, taken: Collection[str]) -> str:
    """The wanted number, or the first free one behind it: ``FW-2``, ``FW-2/2``, ``FW-2/3``."""
    return wanted if wanted not in taken else split_number(wanted, taken)


def split_number(number: str, taken: Collection[str]) -> str:
    """The number of a line that is split off from the line with this number: ``FW-2/2``, then ``FW-2/3``."""
    numbers = (_with_suffix(number, f"/{place}") for place in count(2))
    return next(each for each in numbers if each not in taken)


def _with_suffix(number: str, suffix: str) -> str:
    return number[: LONGEST_NUMBER - len(suffix)] + suffix
