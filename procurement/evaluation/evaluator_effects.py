"""What single evaluators do to the result: who gives more or less than the others, and whether one of them decides.

Working paper, not the record: the record is the consensus. Deviations are measured only where several people judged the
same bid under the same criterion. Leaving one out takes the mean of the remaining notes, which no published scale
knows; it shows how firm the ranking is and never replaces a point.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from procurement.evaluation.weight_table import WeightTable

FEWEST_JUDGES = 2


@dataclass(frozen=True, slots=True)
class Note:
    """One submitted note; ``bid`` as the ranking names it."""

    evaluator: str
    bid: str
    criterion: str
    points: int


@dataclass(frozen=True, slots=True)
class Leniency:
    """By how many points on average somebody deviates from the mean of all who judged the same cells."""

    evaluator: str
    deviation: Fraction
    cells: int


@dataclass(frozen=True, slots=True)
class CriterionSpread:
    """How far the notes under one criterion lie apart: the widest bid and the mean over all bids."""

    criterion: str
    widest: int
    mean: Fraction


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Who would be on rank 1 by the mean of all notes but those of one person; nobody if cells stay empty."""

    evaluator: str
    winners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EvaluatorEffects:
    """All of it; ``by_all_notes`` is rank 1 by the mean of all notes, to compare the others with."""

    leniencies: tuple[Leniency, ...]
    spreads: tuple[CriterionSpread, ...]
    by_all_notes: tuple[str, ...]
    left_out: tuple[LeftOut, ...]


def evaluator_effects(notes: Sequence[Note], table: WeightTable | None) -> EvaluatorEffects | None:
    """The effects of all evaluators; nothing with fewer than two of them."""
    names = sorted({note.evaluator for note in notes})
    if len(names) < FEWEST_JUDGES:
        return None
    return EvaluatorEffects(
        leniencies=leniencies(notes),
        spreads=spreads(notes),
        by_all_notes=_winners(notes, table),
        left_out=tuple(
            LeftOut(name, _winners([note for note in notes if note.evaluator != name], table)) for name in names
        ),
    )


def leniencies(notes: Sequence[Note]) -> tuple[Leniency, ...]:
    """One per evaluator by name; cells judged by one person alone say nothing and are left out."""
    cells = _cells(notes)
    deviations: dict[str, list[Fraction]] = {}
    for note in notes:
        cell = cells[note.bid, note.criterion]
        if len(cell) >= FEWEST_JUDGES:
            deviations.setdefault(note.evaluator, []).append(note.points - _mean(cell))
    return tuple(Leniency(name, _mean(found), len(found)) for name, found in sorted(deviations.items()))


def spreads(notes: Sequence[Note]) -> tuple[CriterionSpread, ...]:
    """One per criterion in the order of the notes."""
    found: dict[str, list[int]] = {}
    for (_bid, criterion), points in _cells(notes).items():
        if len(points) >= FEWEST_JUDGES:
            found.setdefault(criterion, []).append(max(points) - min(points))
    return tuple(CriterionSpread(criterion, max(wide), _mean(wide)) for criterion, wide in found.items())


def _cells(notes: Sequence[Note]) -> dict[tuple[str, str], list[int]]:
    cells: dict[tuple[str, str], list[int]] = {}
    for note in notes:
        cells.setdefault((note.bid, note.criterion), []).append(note.points)
    return cells


def _mean(values: Sequence[Fraction | int]) -> Fraction:
    return Fraction(sum(values, Fraction(0)), len(values))


def _winners(notes: Sequence[Note], table: WeightTable | None) -> tuple[str, ...]:
    """Rank 1 by mean notes; criteria nobody noted (stated figures) keep the points of the run."""
    if table is None or not notes:
        return ()
    means: Mapping[tuple[str, str], Fraction] = {cell: _mean(points) for cell, points in _cells(notes).items()}
    noted = {criterion for _bid, criterion in means}
    points: dict[str, Fraction] = {}
    for bid, marks in table.marks.items():
        total = Fraction(0)
        for (number, _title), weight, mark in zip(table.criteria, table.weights, marks, strict=True):
            if number in noted and (bid, number) not in means:
                return ()
            total += table.total_points * weight * means.get((bid, number), mark)
        points[bid] = total
    return table.contest.with_points(points).winners()
