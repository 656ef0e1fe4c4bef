"""Departments inside a member: what each reported adds up per article, and every sum still knows whose it is.

A department's figures never enter the member's demand by themselves: the lead takes the sums over, and a sum that
changes afterwards is shown as changed until the lead has taken it over again.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from procurement.demand.entries import ItemEntry
from procurement.values.figures import german_decimal
from procurement.values.objection import Objection, objections_to_lengths
from procurement.values.quantity import Quantity

ADDRESS = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+")
LENGTHS = (
    ("department", "Der Name des Fachamts", 120),
    ("name", "Der Name der Person", 120),
    ("email", "Die Adresse", 200),
)
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class DepartmentEntry:
    """Whom a lead asks: department, person, address, and until when the link is good."""

    department: str
    name: str
    email: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Colleague:
    """Who reports through a link: a person without an account, named as the lead named them."""

    name: str
    id: int | None = None

    def acting_name(self, member_id: int | None) -> str:
        """Nobody's substitute."""
        return self.name[:LONGEST_NAME]


@dataclass(frozen=True, slots=True)
class Part:
    """What one department reported of one article."""

    department: str
    minimum: Quantity
    expected: Quantity
    maximum: Quantity
    note: str = ""


@dataclass(frozen=True, slots=True)
class DepartmentSum:
    """All departments' figures of one article, beside what was taken over and what the demand says now."""

    article_id: int
    parts: tuple[Part, ...]
    taken: tuple[Quantity, Quantity, Quantity] | None = None
    entered: Quantity | None = None

    @property
    def quantities(self) -> tuple[Quantity, Quantity, Quantity]:
        """Minimum, expected and maximum over all departments."""
        return (
            Quantity.total(part.minimum for part in self.parts),
            Quantity.total(part.expected for part in self.parts),
            Quantity.total(part.maximum for part in self.parts),
        )

    @property
    def origin(self) -> str:
        """Whose the sum is, such as ``Bauamt 12, Schulamt 30``; parts of zero are named, too."""
        return ", ".join(f"{part.department} {shown(part.expected)}" for part in self.parts)

    @property
    def is_taken(self) -> bool:
        """Whether this very sum was taken over and the demand still says so."""
        return self.taken == self.quantities and self.entered == self.quantities[1]

    @property
    def remark(self) -> str:
        """What the lead should notice, in a sentence; empty when nothing differs."""
        now = self.quantities[1]
        if self.taken is None:
            return f"eingetragen ist {shown(self.entered)}" if self.entered not in {None, now} else ""
        before = self.taken[1]
        if before != now:
            return f"Summe hat sich geändert: {shown(before)} → {shown(now)}"
        if self.taken != self.quantities:
            return "mindestens oder höchstens hat sich geändert"
        if self.entered != before:
            return f"übernommen waren {shown(before)}, eingetragen ist {shown(self.entered)}"
        return ""


def shown(quantity: Quantity | None) -> str:
    """A quantity as Germans write it."""
    return "nichts" if quantity is None else german_decimal(quantity.as_decimal())


def department_sums(
    parts: Mapping[int, Iterable[Part]],
    taken: Mapping[int, tuple[Quantity, Quantity, Quantity]],
    entered: Mapping[int, ItemEntry],
) -> dict[int, DepartmentSum]:
    """One sum per article that a department reported or that was taken over before, by article."""
    return {
        article_id: DepartmentSum(
            article_id,
            tuple(parts.get(article_id, ())),
            taken.get(article_id),
            entered[article_id].expected if article_id in entered else None,
        )
        for article_id in sorted({*parts, *taken})
    }


def summed_entry(total: DepartmentSum, before: ItemEntry | None) -> ItemEntry:
    """The member's item with the departments' quantities; what else was entered for the article stays."""
    minimum, expected, maximum = total.quantities
    kept = before or ItemEntry(total.article_id)
    return ItemEntry(
        total.article_id, minimum, expected, maximum, kept.note, kept.site, kept.start_on, kept.budget_account
    )


def one_figure(entry: ItemEntry) -> ItemEntry:
    """The entry as it was typed if only "expected" was: so a correction needs one figure again, not three."""
    if entry.minimum == entry.expected == entry.maximum:
        return replace(entry, minimum=None, maximum=None)
    return entry


def objections_to_asking(
    entry: DepartmentEntry, asked: Collection[str], *, now: datetime, deadline: datetime
) -> list[Objection]:
    """What is wrong with a question to a department; ``asked`` are the departments asked already, in small letters."""
    found = []
    for field, words in (("department", "das Fachamt"), ("name", "den Namen der Person")):
        if not getattr(entry, field).strip():
            found.append(Objection(f"Bitte {words} angeben.", field))
    if entry.department.strip().casefold() in asked:
        sentence = f"{entry.department.strip()} ist schon gefragt. Sie können erinnern oder den Link sperren."
        found.append(Objection(sentence, "department"))
    if not ADDRESS.fullmatch(entry.email.strip()):
        found.append(Objection("Bitte eine vollständige E-Mail-Adresse angeben.", "email"))
    if not now < entry.until <= deadline:
        sentence = "Der Link muss in der Zukunft enden, spätestens mit der Frist der Bedarfsrunde."
        found.append(Objection(sentence, "until"))
    return found + objections_to_lengths(entry, LENGTHS)
