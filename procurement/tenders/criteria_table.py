"""The criteria as a table for reading: indented rows with their weight points, and the sum of the weights per group."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from procurement.tenders.criteria_entries import CriterionEntry, objections_to_rows, readable_scale
from procurement.tenders.criteria_scales import worded
from procurement.tenders.criteria_tree import (
    WHOLE_PERCENT,
    CriteriaTree,
    Criterion,
    objections_to_tree,
    weight_points,
)
from procurement.tenders.kinds import CriterionKind


@dataclass(frozen=True, slots=True)
class ShownCriterion:
    """One row; ``depth`` counts from 0, ``points`` are missing while the weights do not fit together."""

    entry: CriterionEntry
    depth: int
    weight_percent: Fraction | None
    minimum_percent: Fraction | None
    points: Fraction | None
    is_leaf: bool = True

    @property
    def has_scale(self) -> bool:
        """Whether points are given for this criterion itself."""
        return self.is_leaf and self.entry.kind is CriterionKind.SCORED

    @property
    def scale(self) -> str:
        """The published scale in words; nothing for whole points of 0 to 10."""
        known = readable_scale(self.entry)
        return worded(known) if self.has_scale and self.entry.scale and known else ""


@dataclass(frozen=True, slots=True)
class SiblingSum:
    """The weights of the criteria below one parent; the top level has no parent."""

    parent_number: str
    total_percent: Fraction

    @property
    def is_whole(self) -> bool:
        """Whether they sum to exactly 100 %."""
        return self.total_percent == WHOLE_PERCENT


@dataclass(frozen=True, slots=True)
class CriteriaTable:
    """All rows in the order of the tree, and the sums."""

    rows: tuple[ShownCriterion, ...]
    sums: tuple[SiblingSum, ...]
    total_points: int


def table_of(entries: Sequence[CriterionEntry], tree: CriteriaTree) -> CriteriaTable:
    """The table of a stored tree."""
    points = {} if objections_to_rows(entries) or objections_to_tree(tree) else weight_points(tree)
    by_number = {entry.number: entry for entry in entries}
    rows = tuple(_rows(tree.main_groups, 0, by_number, points))
    return CriteriaTable(rows, tuple(_sums("", tree.main_groups)), tree.total_points)


def _rows(
    nodes: Sequence[Criterion], depth: int, entries: dict[str, CriterionEntry], points: dict[str, Fraction]
) -> Iterator[ShownCriterion]:
    for node in nodes:
        minimum = None if node.minimum_share is None else node.minimum_share * WHOLE_PERCENT
        found = (entries[node.number], depth, node.weight_percent, minimum, _points_of(node, points))
        yield ShownCriterion(*found, is_leaf=not node.children)
        yield from _rows(node.children, depth + 1, entries, points)


def _points_of(node: Criterion, points: dict[str, Fraction]) -> Fraction | None:
    """Weight points of a leaf, or of everything below a group."""
    if not node.children or not points:
        return points.get(node.number)
    below = [_points_of(child, points) for child in node.children]
    return sum((value for value in below if value is not None), Fraction(0))


def _sums(parent_number: str, nodes: Sequence[Criterion]) -> Iterator[SiblingSum]:
    scored = [node for node in nodes if node.kind is CriterionKind.SCORED]
    if scored:
        yield SiblingSum(parent_number, sum((node.weight_percent or Fraction(0) for node in scored), Fraction(0)))
    for node in nodes:
        yield from _sums(node.number, node.children)
