"""Which lots a tender would have if it were divided by article group, by region or by size of the members.

A lot by article group takes whole lines; by region or size each line is split by its members, every share staying
whole. Lines split before are seen as one again, so that building lots twice gives the same. Shown first, then done.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from procurement.members.sorting import german_sort_key
from procurement.tenders.kinds import LineOrigin
from procurement.values.label import Labelled
from procurement.values.money import Money, UnitPrice
from procurement.values.objection import Objection
from procurement.values.quantity import Quantity

SIZE_LIMITS = (10_000, 25_000)
MOST_LIMITS = 5
WITHOUT_CATEGORY, JOINT_LINES = "Weitere Positionen", "Übergreifende Positionen"
WITHOUT_DISTRICT, WITHOUT_FIGURE = "Ohne Kreis", "Einwohnerzahl unbekannt"


class LotBasis(Labelled):
    """By what lots are built."""

    CATEGORY = "category", "nach Artikelgruppe"
    REGION = "region", "nach Region (Kreis)"
    SIZE = "size", "nach Größe (Einwohner)"


@dataclass(frozen=True, slots=True)
class PlacedShare:
    """One member's part of a line."""

    id: int
    member_id: int
    member_name: str
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line that is put into a lot, with what was split from it before."""

    line_id: int
    number: str
    title: str
    unit: str
    origin: LineOrigin
    category: str
    estimate_net: UnitPrice | None
    quantity: Quantity
    shares: tuple[PlacedShare, ...]


@dataclass(frozen=True, slots=True)
class LotPart:
    """A line or the members' part of it in one lot; without share ids it is the whole line."""

    line: PlacedLine
    quantity: Quantity
    share_ids: tuple[int, ...]
    members: frozenset[str]

    @property
    def is_whole(self) -> bool:
        """Whether the line is not split."""
        return self.quantity == self.line.quantity

    @property
    def value_net(self) -> Money | None:
        """Quantity × estimate; nothing without an estimate."""
        return None if self.line.estimate_net is None else self.line.estimate_net.times(self.quantity)


@dataclass(frozen=True, slots=True)
class PlannedLot:
    """A lot as it would be; the value leaves lines without an estimate out."""

    title: str
    parts: tuple[LotPart, ...]

    @property
    def value_net(self) -> Money:
        """All parts that have an estimate."""
        return Money.total(part.value_net for part in self.parts if part.value_net is not None)

    @property
    def members(self) -> list[str]:
        """Who buys in this lot, in the German alphabet."""
        return sorted({name for part in self.parts for name in part.members}, key=german_sort_key)


def by_category(lines: Sequence[PlacedLine]) -> list[PlannedLot]:
    """A lot per article group in the order of the lines; what has none comes last."""
    groups: dict[str, list[LotPart]] = {}
    for line in lines:
        groups.setdefault(line.category or WITHOUT_CATEGORY, []).append(_part(line, line.shares))
    named = sorted(groups.items(), key=lambda group: group[0] == WITHOUT_CATEGORY)
    return [PlannedLot(title, tuple(parts)) for title, parts in named]


def by_members(
    lines: Sequence[PlacedLine], group_of: Mapping[int, str], order: Callable[[str], tuple[int, str]]
) -> list[PlannedLot]:
    """A lot per group of members (``group_of`` by member id); lines without shares get a lot of their own."""
    groups: dict[str, list[LotPart]] = {}
    joint = []
    for line in lines:
        if not line.shares:
            joint.append(_part(line, ()))
        shares_of: dict[str, list[PlacedShare]] = {}
        for share in line.shares:
            shares_of.setdefault(group_of[share.member_id], []).append(share)
        for group, shares in shares_of.items():
            groups.setdefault(group, []).append(_part(line, shares))
    lots = [PlannedLot(title, tuple(groups[title])) for title in sorted(groups, key=order)]
    return [*lots, PlannedLot(JOINT_LINES, tuple(joint))] if joint else lots


def size_classes(limits: Sequence[int]) -> list[str]:
    """The names of the classes: up to the first limit, between two limits, above the last."""
    first, last = _number(limits[0]), _number(limits[-1])
    between = [f"{_number(low + 1)} bis {_number(high)} Einwohner" for low, high in pairwise(limits)]
    return [f"Bis {first} Einwohner", *between, f"Über {last} Einwohner"]


def size_class(inhabitants: int | None, limits: Sequence[int]) -> str:
    """The class of a member; a limit belongs to the class below it."""
    if inhabitants is None:
        return WITHOUT_FIGURE
    return size_classes(limits)[sum(inhabitants > limit for limit in limits)]


def objections_to_limits(limits: Sequence[int]) -> list[Objection]:
    """Why classes cannot be made with these limits."""
    rising = all(low < high for low, high in pairwise(limits))
    if limits and limits[0] > 0 and rising and len(limits) <= MOST_LIMITS:
        return []
    text = "Bitte die Grenzen aufsteigend angeben, zum Beispiel 10.000; 25.000 (höchstens fünf)."
    return [Objection(text, "limits")]


def objections_to_building(lines: Sequence[PlacedLine]) -> list[Objection]:
    """Why no lots can be built: there is nothing to put into them."""
    return [] if lines else [Objection("Es gibt noch keine Positionen, aus denen sich Lose bilden lassen.")]


def _part(line: PlacedLine, shares: Sequence[PlacedShare]) -> LotPart:
    quantity = Quantity.total(share.quantity for share in shares) if shares else line.quantity
    return LotPart(
        line, quantity, tuple(share.id for share in shares), frozenset(share.member_name for share in shares)
    )


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")
