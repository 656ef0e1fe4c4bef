"""How far the announced weights of the criteria are from weights under which another bid would win.

Distance is the sum of all changes, one percentage point taken here and given there counting twice. Where scores are
linear in the weights, the shortest way is found by exchange: weight goes to the criterion that speaks most for the
rival and is taken first from those that speak most for the winner. Each exchange gains the most per point moved, so no
other way is shorter; a linear program would give the same, but in binary floats.
"""

from dataclasses import dataclass
from fractions import Fraction

from procurement.evaluation.weight_table import LinearScores, Shares, WeightTable


@dataclass(frozen=True, slots=True)
class NearestWeights:
    """Weights (shares of one, in the order of the criteria) at which ``rival`` draws level with the winner."""

    rival: str
    weights: Shares
    distance: Fraction


def nearest_weights(table: WeightTable, linear: LinearScores | None) -> NearestWeights | None:
    """The nearest such weights over all rivals; nothing without a single winner, or if no weights help any rival."""
    winners = table.contest.winners()
    if linear is None or len(winners) != 1:
        return None
    ways = [_way(table, linear, winners[0], rival) for rival in linear.corners if rival != winners[0]]
    return min((way for way in ways if way is not None), key=lambda way: way.distance, default=None)


def _way(table: WeightTable, linear: LinearScores, winner: str, rival: str) -> NearestWeights | None:
    """Move weight until the rival has caught up; nothing if it is behind under every criterion."""
    leads = [own - other for own, other in zip(linear.corners[rival], linear.corners[winner], strict=True)]
    weights = list(table.weights)
    missing = -sum((weight * lead for weight, lead in zip(weights, leads, strict=True)), Fraction(0))
    best = max(range(len(leads)), key=lambda place: leads[place])
    moved = Fraction(0)
    for place in sorted(range(len(leads)), key=lambda place: leads[place]):
        gain = leads[best] - leads[place]
        if missing <= 0 or gain <= 0:
            break
        amount = min(weights[place], missing / gain)
        weights[place] -= amount
        weights[best] += amount
        moved += amount
        missing -= amount * gain
    return NearestWeights(rival, tuple(weights), 2 * moved) if missing <= 0 else None
