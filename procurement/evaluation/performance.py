"""Performance points L of one bid: points of 0 to 10 per leaf, times weight points, summed up the tree.

Minimum points exclude a bid before lowest price and corridor are formed, so the reasons come from here and enter the
scoring as exclusions. A missing point blocks the evaluation and never counts as zero.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from procurement.evaluation.errors import FigureMissing, FigureOutOfRange, UnknownCriterion
from procurement.tenders.criteria_scales import ScaleKind, objection_to_points
from procurement.tenders.criteria_tree import (
    TOP_OF_SCALE,
    CriteriaTree,
    Criterion,
    exclusion_leaves,
    scored_leaves,
    weight_points,
)
from procurement.values.figures import exact, percent, short_german

ALLOWED_POINTS = f"Vergeben Sie 0 bis {TOP_OF_SCALE} Punkte."


@dataclass(frozen=True, slots=True)
class LeafPoints:
    """One leaf: weight points GP, points BP of 0 to 10, performance points LP as their product."""

    number: str
    title: str
    weight_points: Fraction
    points: Fraction
    performance: Fraction


@dataclass(frozen=True, slots=True)
class GroupPoints:
    """The sum of a node: performance points reached, the most that could be reached, and the share required."""

    number: str
    title: str
    level: int
    attained: Fraction
    attainable: Fraction
    minimum_share: Fraction | None

    @property
    def share(self) -> Fraction:
        """The part of the attainable points that was reached, 0 to 1."""
        return self.attained / self.attainable

    @property
    def fails_minimum(self) -> bool:
        """Whether the required share was missed; reaching it exactly is enough."""
        return self.minimum_share is not None and self.attained < self.minimum_share * self.attainable


@dataclass(frozen=True, slots=True)
class Performance:
    """All performance points of a bid; ``groups`` holds every scored node in tree order, main groups at level 1."""

    bid: str
    total: Fraction
    attainable: Fraction
    leaves: tuple[LeafPoints, ...]
    groups: tuple[GroupPoints, ...]
    exclusion_reasons: tuple[str, ...]

    @property
    def main_groups(self) -> tuple[GroupPoints, ...]:
        """The partial sums of the main groups (Kriterienhauptgruppen)."""
        return tuple(group for group in self.groups if group.level == 1)


def failed_exclusion_criteria(tree: CriteriaTree, bid: str, answers: Mapping[str, bool]) -> tuple[str, ...]:
    """Reasons from A-criteria answered with no; :class:`FigureMissing` if one has not been answered."""
    reasons = []
    for leaf in exclusion_leaves(tree):
        if leaf.number not in answers:
            text = f"Angebot {bid}: Das Ausschlusskriterium {leaf.number} ({leaf.title}) ist noch nicht geprüft."
            raise FigureMissing(text, bid=bid, figure=leaf.number)
        if not answers[leaf.number]:
            reasons.append(f"Ausschlusskriterium {leaf.number} ({leaf.title}) nicht erfüllt.")
    return tuple(reasons)


def performance_of(tree: CriteriaTree, bid: str, points: Mapping[str, Fraction | int]) -> Performance:
    """Add up L of one bid from points of 0 to 10 per leaf; raise a :class:`CannotEvaluate` naming bid and criterion."""
    weights = weight_points(tree)
    unknown = next((number for number in points if number not in weights), None)
    if unknown is not None:
        text = f"Angebot {bid}: Punkte für {unknown}, aber die Kriterien enthalten kein Bewertungskriterium {unknown}."
        raise UnknownCriterion(text, bid=bid, figure=unknown)
    leaves = tuple(_leaf_points(bid, leaf, weights[leaf.number], points) for leaf in scored_leaves(tree))
    by_number = {leaf.number: leaf for leaf in leaves}
    groups = tuple(group for node in tree.main_groups for group in _groups(node, 1, by_number))
    total = sum((leaf.performance for leaf in leaves), Fraction(0))
    in_total = GroupPoints("", "insgesamt", 0, total, tree.attainable_points, tree.minimum_share)
    reasons = tuple(_minimum_reason(group) for group in (*groups, in_total) if group.fails_minimum)
    return Performance(bid, total, tree.attainable_points, leaves, groups, reasons)


def _leaf_points(bid: str, leaf: Criterion, weight: Fraction, points: Mapping[str, Fraction | int]) -> LeafPoints:
    if leaf.number not in points:
        text = f"Angebot {bid}: Für {leaf.number} ({leaf.title}) fehlen die Punkte. {ALLOWED_POINTS}"
        raise FigureMissing(text, bid=bid, figure=leaf.number)
    given = exact(points[leaf.number])
    against = "" if leaf.scale.kind is ScaleKind.FIGURE else objection_to_points(leaf.scale, given)
    if leaf.scale.kind is ScaleKind.FREE:
        against = "" if 0 <= given <= TOP_OF_SCALE else ALLOWED_POINTS
    if against:
        text = f"Angebot {bid}: {short_german(given)} Punkte für {leaf.number} ({leaf.title}). {against}"
        raise FigureOutOfRange(text, bid=bid, figure=leaf.number)
    return LeafPoints(leaf.number, leaf.title, weight, given, weight * given)


def _groups(node: Criterion, level: int, leaves: Mapping[str, LeafPoints]) -> list[GroupPoints]:
    """The node itself before everything below it; nodes without scored leaves do not appear."""
    if not node.is_scored:
        return []
    below = [group for child in node.children for group in _groups(child, level + 1, leaves)]
    own = leaves.get(node.number)
    direct = [group for group in below if group.level == level + 1]
    attained = own.performance if own else sum((group.attained for group in direct), Fraction(0))
    attainable = own.weight_points * TOP_OF_SCALE if own else sum((group.attainable for group in direct), Fraction(0))
    return [GroupPoints(node.number, node.title, level, attained, attainable, node.minimum_share), *below]


def _minimum_reason(group: GroupPoints) -> str:
    place = f"in {group.number} ({group.title})" if group.number else group.title
    required = percent(group.minimum_share or Fraction(0))
    return (
        f"Mindestpunktzahl {place} nicht erreicht: {short_german(group.attained)} von {short_german(group.attainable)}"
        f" Leistungspunkten ({percent(group.share)}), verlangt sind {required}."
    )
