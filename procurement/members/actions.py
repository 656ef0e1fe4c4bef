"""The association, its members and their reference figures: everything that changes them."""

from dataclasses import dataclass
from datetime import date

from procurement.audit.actions import record
from procurement.audit.actor import Actor
from procurement.audit.events import Event
from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import Conflict, Refused, refuse_if
from procurement.members import queries
from procurement.members.kinds import FigureKind, MemberKind, PopulationBasis
from procurement.members.models import Association, Member, ReferenceFigure
from procurement.members.sorting import german_sort_key
from procurement.values.objection import Objection


@dataclass(frozen=True, slots=True)
class MemberEntry:
    """What is entered about a member."""

    key: str
    name: str
    kind: MemberKind
    district: str = ""
    population_basis: PopulationBasis = PopulationBasis.OWN
    routing_id: str | None = None
    joined_on: date | None = None
    left_on: date | None = None


@dataclass(frozen=True, slots=True)
class FigureEntry:
    """What is entered about a reference figure."""

    kind: FigureKind
    reference_date: date
    value: int
    source: str
    census_basis: str = ""


def set_up_association(name: str, short_name: str, *, by: Actor, **details: str) -> Association:
    """Enter the association itself, or change what the letterhead says."""
    association = queries.association()
    if association is None:
        association = Association(id=1, name=name, short_name=short_name)
        db.session.add(association)
    association.name, association.short_name = name, short_name
    for field, text in details.items():
        setattr(association, field, text)
    record(Event.ASSOCIATION_CHANGED, association, by=by, changes={"Name": name, **details})
    return association


def add_member(entry: MemberEntry, *, by: Actor) -> Member:
    """Take a member into the list; its key must be new."""
    if queries.member_by_key(entry.key) is not None:
        raise Refused([Objection(f"Ein Mitglied mit dem Schlüssel {entry.key} gibt es bereits.", "key")])
    member = Member(sort_key=german_sort_key(entry.name), **_fields(entry))
    db.session.add(member)
    record(Event.MEMBER_ADDED, member, by=by, changes={"Art": entry.kind.label, "Kreis": entry.district})
    return member


def change_member(member: Member, entry: MemberEntry, *, by: Actor, seen_version: int | None = None) -> Member:
    """Change a member's entry; figures and closed cases keep what they froze."""
    if seen_version is not None and seen_version != member.version:
        raise Conflict
    same_key = queries.member_by_key(entry.key)
    if same_key is not None and same_key is not member:
        raise Refused([Objection(f"Den Schlüssel {entry.key} hat bereits {same_key.name}.", "key")])
    before = {field: getattr(member, field) for field in _fields(entry)}
    for field, value in _fields(entry).items():
        setattr(member, field, value)
    member.sort_key = german_sort_key(entry.name)
    changes = {field: (old, getattr(member, field)) for field, old in before.items() if old != getattr(member, field)}
    record(Event.MEMBER_CHANGED, member, by=by, changes=changes)
    return member


def _fields(entry: MemberEntry) -> dict[str, object]:
    return {field: getattr(entry, field) for field in MemberEntry.__slots__}


def record_figure(member: Member, entry: FigureEntry, *, by: Actor) -> ReferenceFigure:
    """Record a dated figure with its source; recorded figures are never overwritten."""
    found = []
    if entry.value < 0:
        found.append(Objection("Die Kennzahl darf nicht negativ sein.", "value"))
    if not entry.source.strip():
        found.append(Objection("Bitte die Quelle der Kennzahl angeben, sonst kann sie niemand nachprüfen.", "source"))
    if entry.reference_date > clock.today():
        found.append(Objection("Der Stichtag liegt in der Zukunft.", "reference_date"))
    known = [
        f for f in queries.figures_of(member.id) if f.kind is entry.kind and f.reference_date == entry.reference_date
    ]
    if any(f.source == entry.source for f in known):
        found.append(
            Objection(
                "Zu diesem Stichtag ist aus dieser Quelle schon ein Wert erfasst. "
                "Eine Berichtigung braucht eine eigene Quelle.",
                "source",
            )
        )
    refuse_if(found)
    figure = ReferenceFigure(
        member=member,
        recorded_at=clock.now(),
        recorded_by_id=by.id,
        **{f: getattr(entry, f) for f in FigureEntry.__slots__},
    )
    db.session.add(figure)
    record(Event.FIGURE_RECORDED, figure, by=by, changes={entry.kind.label: ("", entry.value)}, member_id=member.id)
    return figure
