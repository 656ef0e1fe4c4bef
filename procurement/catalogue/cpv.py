"""CPV codes as text: eight digits and a check digit, and what a person means by typing part of one.

The check digit is taken from the official list and compared, never calculated: Regulation (EC) No 213/2008 publishes
the digits, not the rule behind them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nsmallest
from typing import NamedTuple

from procurement.members.sorting import german_sort_key

WRITTEN = re.compile(r"([0-9]{8})(?:-([0-9]))?")
PART_OF_A_CODE = re.compile(r"[0-9]{1,8}(?:-[0-9]?)?")
MOST_WORDS = 8
SHORTEST_WORD = 2


@dataclass(frozen=True, slots=True)
class CpvEntry:
    """A code with its check digit and German label."""

    code: str
    check_digit: str
    label: str

    @property
    def written(self) -> str:
        """The code as notices print it: ``32420000-3``."""
        return f"{self.code}-{self.check_digit}"


class Candidate(NamedTuple):
    """A code that matches; ``folded`` is its label as it is searched. A tuple, because thousands are compared."""

    code: str
    check_digit: str
    label: str
    folded: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed: beginnings of codes, and folded words that may stand in any order."""

    prefixes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.prefixes or self.words)


def code_and_digit(text: str) -> tuple[str, str] | None:
    """Split ``32420000-3`` or ``32420000`` into code and check digit (may be empty); nothing if it is no CPV code."""
    match = WRITTEN.fullmatch(text.strip())
    return (match[1], match[2] or "") if match else None


def wanted_by(typed: str) -> Wanted:
    """Read a search: digits are the beginning of a code, everything else of at least two letters is a word."""
    parts = typed.split()[:MOST_WORDS]
    prefixes = tuple(part.partition("-")[0] for part in parts if PART_OF_A_CODE.fullmatch(part))
    words = tuple(german_sort_key(part.strip(",;")) for part in parts if not PART_OF_A_CODE.fullmatch(part))
    return Wanted(prefixes, tuple(word for word in words if len(word) >= SHORTEST_WORD))


def best_first(candidates: Iterable[Candidate], wanted: Wanted, most: int) -> list[CpvEntry]:
    """The best of the codes that match: the whole label first, then labels that begin so, then whole words.

    Of equal matches the more general code (more zeros at its end) stands first, then the smaller one.
    """
    word_starts = [re.compile(rf"(?<![a-z0-9]){re.escape(word)}") for word in wanted.words]
    sought = " ".join(wanted.words)

    def rank(candidate: Candidate) -> tuple[bool, bool, int, int, str]:
        label = candidate.folded
        begins = label.startswith(wanted.words) if wanted.words else True
        inside = sum(start.search(label) is None for start in word_starts)
        return label != sought, not begins, inside, len(candidate.code.rstrip("0")), candidate.code

    return [CpvEntry(best.code, best.check_digit, best.label) for best in nsmallest(most, candidates, rank)]
