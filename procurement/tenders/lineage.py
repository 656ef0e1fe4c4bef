"""Whose 40 licences are these? A tender line keeps every member's part, down to the demand item it came from.

Only the expected quantity enters the tender; who reported nothing brings no share. A line from demand is never more or
less than its shares, which is proven when it is planned and again before publication.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from procurement.demand.aggregation import AggregatedLine, MemberRequest, RequestedArticle, SumDiffers
from procurement.tenders.kinds import LineOrigin
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
