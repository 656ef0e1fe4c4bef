"""How often each bid would be on rank 1 if the criteria had other weights, many of them drawn at random.

The draw is repeatable: its seed comes from the checksum of the run's input and is shown. The outcome is a share of
drawn weights, not a probability that the ranking is right. The announced weight of the price stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import lcm
from random import Random

from procurement.evaluation.weight_table import LinearScores, Shares, WeightTable

SAMPLES = 2000
SLOW_SAMPLES = 200
STEPS = 1_000_000
SEED_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Acceptability:
    """Per bid the number of draws with it on rank 1; a tie counts for each bid that shares the rank."""

    seed: int
    samples: int
    firsts: tuple[tuple[str, int], ...]

    def share(self, bid: str) -> Fraction:
        """The part of all draws with this bid on rank 1."""
        return Fraction(dict(self.firsts)[bid], self.samples)


def seed_of(input_hash: str) -> int:
    """The seed that belongs to a checksum: its first fifteen hexadecimal digits."""
    return int(input_hash[:SEED_DIGITS], 16)


def acceptability(table: WeightTable, linear: LinearScores | None, seed: int) -> Acceptability:
    """Draw and count; fewer draws where every one has to be scored in full."""
    random = Random(seed)  # noqa: S311 - drawn weights are no secret, they must be repeatable
    size = len(table.weights)
    firsts = dict.fromkeys(table.contest.names, 0)
    samples = SLOW_SAMPLES if linear is None else SAMPLES
    corners = {} if linear is None else _whole(linear)
    for _ in range(samples):
        steps = drawn_steps(random, size)
        for bid in _best(corners, steps) if corners else _scored(table, steps):
            firsts[bid] += 1
    return Acceptability(seed, samples, tuple(firsts.items()))


def drawn_steps(random: Random, size: int) -> list[int]:
    """Weights in millionths that sum to one million, all such weights alike likely (a flat Dirichlet draw)."""
    cuts = sorted(random.randint(0, STEPS) for _ in range(size - 1))
    return [high - low for low, high in pairwise([0, *cuts, STEPS])]


def _whole(linear: LinearScores) -> dict[str, list[int]]:
    """The corner scores times one common denominator, which changes no comparison."""
    common = lcm(*(score.denominator for corners in linear.corners.values() for score in corners))
    return {bid: [int(score * common) for score in corners] for bid, corners in linear.corners.items()}


def _best(corners: dict[str, list[int]], steps: Sequence[int]) -> list[str]:
    scores = {
        bid: sum(step * score for step, score in zip(steps, whole, strict=True)) for bid, whole in corners.items()
    }
    most = max(scores.values())
    return [bid for bid, score in scores.items() if score == most]


def _scored(table: WeightTable, steps: Sequence[int]) -> tuple[str, ...]:
    weights: Shares = tuple(Fraction(step, STEPS) for step in steps)
    return table.contest_at(weights).winners()
