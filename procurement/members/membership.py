"""The end of a membership and the succession of members: when they may be recorded, and what a merger suggests.

Nothing works backwards: closed rounds, published tenders and issued statements keep the member as it was then.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from procurement.members.kinds import MemberKind, PopulationBasis
from procurement.values.figures import german_decimal
from procurement.values.objection import Objection
from procurement.values.quantity import Quantity

LONGEST_SOURCE = 200


@dataclass(frozen=True, slots=True)
class ExitEntry:
    """What is entered about an exit; ``left_on`` is the first day without membership."""

    left_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class SuccessionEntry:
    """What is entered about a merger or a new key: the successor's entry and its first day."""

    key: str
    name: str
    on: date
    reason: str
    kind: MemberKind = MemberKind.MUNICIPALITY
    district: str = ""
    population_basis: PopulationBasis = PopulationBasis.OWN


@dataclass(frozen=True, slots=True)
class Membership:
    """How a member stands: its name, when its membership ends and whether another member followed it."""

    name: str
    left_on: date | None = None
    has_successor: bool = False


@dataclass(frozen=True, slots=True)
class PredecessorFigure:
    """The latest figure of one predecessor."""

    name: str
    value: int
    reference_date: date


@dataclass(frozen=True, slots=True)
class FigureSuggestion:
    """What the predecessors' figures add up to; a person decides whether it is the successor's figure."""

    value: int
    reference_date: date
    source: str


def objections_to_leaving(entry: ExitEntry, member: Membership, *, today: date) -> list[Objection]:
    """Why this exit cannot be recorded; an exit that is still to come may get another date."""
    found = []
    if not entry.reason.strip():
        found.append(Objection("Bitte den Grund des Austritts nennen, zum Beispiel die Kündigung mit Datum.", "reason"))
    if member.has_successor:
        return [*found, Objection(f"{member.name} ist in einem anderen Mitglied aufgegangen und kann nicht austreten.")]
    if member.left_on is not None and member.left_on <= today:
        return [*found, Objection(f"{member.name} ist schon zum {member.left_on:%d.%m.%Y} ausgetreten.")]
    if entry.left_on < today:
        found.append(Objection("Ein Austritt wirkt nicht zurück. Bitte einen Tag ab heute angeben.", "left_on"))
    return found


def objections_to_succession(entry: SuccessionEntry, predecessors: Sequence[Membership]) -> list[Objection]:
    """Why this merger or new key cannot be recorded; it may lie in the past, because the law sets its day."""
    found = []
    if not predecessors:
        found.append(Objection("Bitte mindestens einen Vorgänger wählen."))
    for field, words in (("key", "den neuen Schlüssel (AGS)"), ("name", "den Namen"), ("reason", "den Anlass")):
        if not getattr(entry, field).strip():
            found.append(Objection(f"Bitte {words} angeben.", field))
    for member in predecessors:
        if member.has_successor:
            found.append(Objection(f"{member.name} hat schon einen Nachfolger."))
        elif member.left_on is not None and member.left_on <= entry.on:
            found.append(Objection(f"{member.name} ist zum {member.left_on:%d.%m.%Y} schon ausgetreten.", "on"))
    return found


def suggested_figure(figures: Iterable[PredecessorFigure], predecessors: int) -> FigureSuggestion | None:
    """The sum of the predecessors' figures with its origin; none unless each of them has one."""
    known = sorted(figures, key=lambda figure: figure.name)
    if not known or len(known) < predecessors:
        return None
    parts = [
        f"{figure.name} {german_decimal(Quantity.of(figure.value).as_decimal())} ({figure.reference_date:%d.%m.%Y})"
        for figure in known
    ]
    latest = max(figure.reference_date for figure in known)
    source = f"Summe: {' + '.join(parts)}"
    fitting = source if len(source) <= LONGEST_SOURCE else f"Summe von {len(known)} Vorgängern"
    return FigureSuggestion(sum(figure.value for figure in known), latest, fitting)
