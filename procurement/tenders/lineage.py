"""Whose 40 licences are these? A tender line keeps every member's part, down to the demand item it came from.

Only the expected quantity enters the tender; who reported nothing brings no share. Two sums are proven when a tender is
planned and again before publication: a line from demand is exactly its shares, and the shares of a demand item, each
back in the member's own unit, are exactly what the member needs.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from procurement.demand.aggregation import AggregatedLine, MemberRequest, RequestedArticle, SumDiffers
from procurement.tenders.kinds import LineOrigin
from procurement.values.figures import german_decimal
from procurement.values.objection import Objection
from procurement.values.quantity import Quantity


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """An article that becomes a line, with the members' requests that make up its quantity."""

    article: RequestedArticle
    quantity: Quantity
    requests: tuple[MemberRequest, ...]

    def __post_init__(self) -> None:
        if Quantity.total(request.expected for request in self.requests) != self.quantity:
            raise SumDiffers(f"the line of article {self.article.number} is not the sum of its members' quantities")


@dataclass(frozen=True, slots=True)
class LineSum:
    """A stored line with the sum of its shares, as the check before publication sees it."""

    number: str
    origin: LineOrigin
    quantity: Quantity
    shares: Quantity


@dataclass(frozen=True, slots=True)
class ItemSum:
    """A demand item with the exact sum of its parts in the member's own unit; ``label`` names member and article."""

    label: str
    needed: Quantity
    parts: Fraction

    @property
    def is_whole(self) -> bool:
        """Whether the tender buys exactly what the member needs."""
        return Fraction(self.needed.thousandths, 1000) == self.parts


def planned_lines(lines: Iterable[AggregatedLine]) -> list[PlannedLine]:
    """The articles somebody needs, in the order of the round; requests of nothing are left out."""
    planned = (_planned(line) for line in lines)
    return [line for line in planned if line.quantity]


def _planned(line: AggregatedLine) -> PlannedLine:
    return PlannedLine(line.article, line.expected, tuple(request for request in line.requests if request.expected))


def objections_to_lineage(lines: Sequence[LineSum]) -> list[Objection]:
    """Lines without a quantity, and lines from demand whose quantity is not the sum of their members' shares."""
    empty = [
        Objection(f"Position {line.number} hat keine Menge. Bitte die Position entfernen oder eine Menge eintragen.")
        for line in lines
        if line.quantity <= Quantity(0)
    ]
    differing = [
        Objection(f"Position {line.number}: Die Menge ist nicht die Summe der Mengen der Mitglieder. Bitte neu planen.")
        for line in lines
        if line.origin is LineOrigin.DEMAND and line.shares != line.quantity
    ]
    return empty + differing


def objections_to_items(items: Iterable[ItemSum]) -> list[Objection]:
    """Demand items of which the tender holds more or less than the member needs."""
    return [
        Objection(
            f"{item.label}: In den Positionen stehen zusammen nicht die {german_decimal(item.needed.as_decimal())}, "
            "die das Mitglied gemeldet hat. Bitte die Herkunft der Mengen prüfen."
        )
        for item in items
        if not item.is_whole
    ]


def objections_to_adding(requests: Iterable[MemberRequest], present: Collection[int | None]) -> list[Objection]:
    """Late demand that stands in the tender already."""
    return [
        Objection(f"{request.member_name}: Dieser Bedarf steht schon in der Ausschreibung.")
        for request in requests
        if request.demand_item_id in present
    ]
