"""How often rank 1 hangs on a bid that does not win: the same random bid sets for every method, counted exactly.

A set counts as flipped if taking away some bid that is not on rank 1 changes who is there; seen the other way round,
adding that bid would have. Points and euro are whole numbers drawn evenly between the least and the greatest of the
tried bids, a tenth wider at both ends, from :class:`random.Random` with a stored seed, so that anybody draws the same.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from procurement.evaluation.laboratory import TriedBid, Variant
from procurement.evaluation.laboratory_merits import Pair, first_ranked

SETS = 1000
FEWEST_PER_SET, MOST_PER_SET = 3, 8
WIDER_BY = 10
CENTS = 100


@dataclass(frozen=True, slots=True)
class Ranges:
    """Between which whole points and whole euro bids are drawn, both ends included."""

    least_points: int
    most_points: int
    least_price: int
    most_price: int


@dataclass(frozen=True, slots=True)
class Flip:
    """One set in which a bid that does not win decides: who wins with it, and who without."""

    bids: tuple[Pair, ...]
    winners: frozenset[Pair]
    removed: Pair
    winners_without: frozenset[Pair]


@dataclass(frozen=True, slots=True)
class Counts:
    """Of how many sets what is true in one variant; ``example`` is the first set that flipped."""

    sets: int
    flipped: int
    won_by_cheapest: int
    won_by_best: int
    example: Flip | None


def ranges_of(bids: Sequence[TriedBid], max_points: int) -> Ranges:
    """A tenth more on both sides than the tried bids, never below one nor above what is attainable."""
    points = [bid.points for bid in bids]
    euro = [bid.price.cents // CENTS for bid in bids]
    return Ranges(
        max(1, min(points) - min(points) // WIDER_BY),
        max(1, *points, min(max_points, max(points) + max(points) // WIDER_BY)),
        max(1, min(euro) - min(euro) // WIDER_BY),
        max(1, max(euro) + max(euro) // WIDER_BY),
    )


def drawn(ranges: Ranges, per_set: int, seed: int, sets: int = SETS) -> list[tuple[Pair, ...]]:
    """So many sets of different bids (points, euro)."""
    source = random.Random(seed)  # noqa: S311 - not a secret: anybody is to draw the same sets
    return [_one_set(source, ranges, per_set) for _ in range(sets)]


def per_set(bids: Sequence[TriedBid]) -> int:
    """As many bids in a set as were tried, but at least three: with two there is no third to flip the order."""
    return min(max(len(bids), FEWEST_PER_SET), MOST_PER_SET)


def counted(variant: Variant, sets: Sequence[tuple[Pair, ...]]) -> Counts:
    """What one variant makes of the sets; its parameters must have been checked before."""
    flipped = cheapest = best = 0
    example = None
    for bids in sets:
        winners = first_ranked(variant, bids)
        flip = _flip(variant, bids, winners)
        flipped += flip is not None
        example = example or flip
        cheapest += winners == {min(bids, key=lambda bid: (bid[1], -bid[0]))}
        best += winners == {max(bids, key=lambda bid: (bid[0], -bid[1]))}
    return Counts(len(sets), flipped, cheapest, best, example)


def _one_set(source: random.Random, ranges: Ranges, size: int) -> tuple[Pair, ...]:
    bids: dict[Pair, None] = {}
    attempts = 0
    while len(bids) < size and attempts < size * CENTS:
        points = source.randint(ranges.least_points, ranges.most_points)
        bids[points, source.randint(ranges.least_price, ranges.most_price)] = None
        attempts += 1
    return tuple(bids)


def _flip(variant: Variant, bids: tuple[Pair, ...], winners: frozenset[Pair]) -> Flip | None:
    for removed in bids:
        if removed in winners:
            continue
        without = first_ranked(variant, [bid for bid in bids if bid != removed])
        if without != winners:
            return Flip(bids, winners, removed, without)
    return None
