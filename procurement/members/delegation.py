"""Dated substitution: when a lead may hand over to somebody for a holiday, and to whom.

A substitute sees everything of the member, so the days are few and named. The longest substitution is this
association's habit and no law; who stays longer gets a role of its own from the administration.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from procurement.values.objection import Objection

LONGEST_DAYS = 92


@dataclass(frozen=True, slots=True)
class DelegationEntry:
    """What is entered about a substitution: first and last day, and why."""

    starts_on: date
    ends_on: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Substitute:
    """What the rule knows of the person: ``taken`` are the days it stands in for this member already."""

    is_oneself: bool = False
    leads_member: bool = False
    holds_office: bool = False
    taken: tuple[tuple[date, date], ...] = ()


def objections_to_delegating(entry: DelegationEntry, person: Substitute, *, today: date) -> list[Objection]:
    """Why this person cannot stand in on these days; empty when it may."""
    return _objections_to_person(person) or _objections_to_days(entry, person.taken, today)


def _objections_to_person(person: Substitute) -> list[Objection]:
    if person.is_oneself:
        return [Objection("Sie können sich nicht selbst vertreten. Bitte eine andere Person nennen.", "email")]
    if person.leads_member:
        return [Objection("Diese Person handelt für dieses Mitglied schon in eigener Rolle.", "email")]
    if person.holds_office:
        sentence = (
            "Wer für Vergabestelle, Rechnungsprüfung oder Administration arbeitet, kann nicht zugleich ein Mitglied "
            "vertreten. Bitte eine andere Person nennen."
        )
        return [Objection(sentence, "email")]
    return []


def _objections_to_days(entry: DelegationEntry, taken: Iterable[tuple[date, date]], today: date) -> list[Objection]:
    found = []
    if not entry.reason.strip():
        found.append(Objection("Bitte den Anlass nennen, zum Beispiel Urlaub.", "reason"))
    if entry.ends_on < entry.starts_on:
        return [*found, Objection("Der letzte Tag liegt vor dem ersten.", "ends_on")]
    if entry.starts_on < today:
        found.append(Objection("Eine Vertretung beginnt frühestens heute, nicht in der Vergangenheit.", "starts_on"))
    if (entry.ends_on - entry.starts_on).days + 1 > LONGEST_DAYS:
        sentence = (
            f"Eine Vertretung dauert höchstens {LONGEST_DAYS} Tage. Für längere Zeit vergibt die Administration "
            "eine eigene Rolle."
        )
        found.append(Objection(sentence, "ends_on"))
    for first, last in taken:
        if first <= entry.ends_on and entry.starts_on <= last:
            days = f"{first:%d.%m.%Y} bis {last:%d.%m.%Y}"
            found.append(Objection(f"Diese Person vertritt das Mitglied schon vom {days}.", "starts_on"))
    return found
