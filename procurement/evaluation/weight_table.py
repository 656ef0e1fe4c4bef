"""Points per bid and criterion beside their weights: the same contest under other weights of the criteria.

Weights are shares of one that sum to one. Under most methods the score of a bid is linear in them, so that the scores
with all weight on one criterion tell every other score; whether that is so is tried, not assumed. Who is in the ranking
stays as it is: other weights do not take bids back in that missed minimum points.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from procurement.evaluation.contest import Contest
from procurement.evaluation.errors import CannotEvaluate
from procurement.evaluation.run_result import RunResult
from procurement.values.objection import NotAdmissible

Shares = tuple[Fraction, ...]
FEWEST_CRITERIA = 2


@dataclass(frozen=True, slots=True)
class WeightTable:
    """``criteria`` are the leaves as number and title, ``marks`` the points of 0 to 10 per bid in their order."""

    contest: Contest
    criteria: tuple[tuple[str, str], ...]
    weights: Shares
    total_points: Fraction
    marks: Mapping[str, Shares]

    def contest_at(self, weights: Sequence[Fraction]) -> Contest:
        """The contest with the performance points that these weights give."""
        points = {
            bid: self.total_points
            * sum((weight * mark for weight, mark in zip(weights, marks, strict=True)), Fraction(0))
            for bid, marks in self.marks.items()
        }
        return self.contest.with_points(points)

    def moved(self, place: int, share: Fraction) -> Shares:
        """The weights with one set to this share and the others rescaled in proportion."""
        rest = 1 - self.weights[place]
        scale = (1 - share) / rest if rest else Fraction(0)
        return tuple(share if at == place else weight * scale for at, weight in enumerate(self.weights))


@dataclass(frozen=True, slots=True)
class LinearScores:
    """Per bid its score with all weight on one criterion each, turned so that more is better."""

    corners: Mapping[str, Shares]

    def at(self, weights: Sequence[Fraction]) -> dict[str, Fraction]:
        """The scores under these weights."""
        return {
            bid: sum((weight * corner for weight, corner in zip(weights, corners, strict=True)), Fraction(0))
            for bid, corners in self.corners.items()
        }


def weight_table(contest: Contest, result: RunResult) -> WeightTable | None:
    """The table of a run; nothing if there are fewer than two criteria, or bids without points per criterion."""
    leaves = {bid.name: bid.leaves for bid in result.bids if bid.name in contest.names}
    if not leaves or any(not found for found in leaves.values()):
        return None
    first = next(iter(leaves.values()))
    total = sum((leaf.weight_points for leaf in first), Fraction(0))
    if len(first) < FEWEST_CRITERIA or not total:
        return None
    return WeightTable(
        contest=contest,
        criteria=tuple((leaf.number, leaf.title) for leaf in first),
        weights=tuple(leaf.weight_points / total for leaf in first),
        total_points=total,
        marks={bid: tuple(leaf.points for leaf in found) for bid, found in leaves.items()},
    )


def linear_scores(table: WeightTable) -> LinearScores | None:
    """The scores at the corners, if they tell every other score and the winners; else nothing."""
    size = len(table.weights)
    unit = [tuple(Fraction(int(at == place)) for at in range(size)) for place in range(size)]
    scored = [_scores(table, weights) for weights in unit]
    known = [one for one in scored if one is not None]
    if len(known) != size or _has_corridor(table):
        return None
    between = tuple((weight + Fraction(1, size)) / 2 for weight in table.weights)
    winners = table.contest.winners()
    for sign in (1, -1):
        corners = {bid: tuple(sign * one[bid] for one in known) for bid in table.marks}
        found = LinearScores(corners)
        if _tells(found, table, table.weights, sign) and _tells(found, table, between, sign):
            best = max(found.at(table.weights).values())
            if all(found.at(table.weights)[winner] == best for winner in winners):
                return found
    return None


def _has_corridor(table: WeightTable) -> bool:
    return any(line.in_corridor is not None for line in table.contest.sheet().bids)


def _tells(found: LinearScores, table: WeightTable, weights: Sequence[Fraction], sign: int) -> bool:
    scores = _scores(table, weights)
    return scores is not None and found.at(weights) == {bid: sign * score for bid, score in scores.items()}


def _scores(table: WeightTable, weights: Sequence[Fraction]) -> dict[str, Fraction] | None:
    """The scores of all bids under these weights; nothing if one of them has none."""
    try:
        sheet = table.contest_at(weights).sheet()
    except (CannotEvaluate, NotAdmissible):
        return None
    scores = {line.id: line.score for line in sheet.bids}
    return {bid: score for bid, score in scores.items() if score is not None} if None not in scores.values() else None
