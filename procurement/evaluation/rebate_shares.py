"""A rebate over several lots spread over the lines it was earned by, in proportion to their prices, to the cent.

First over the lots, then within each lot over its lines, so that the sum per lot does not depend on how finely a lot
is divided. The rebate becomes an amount here: rounded half up once, then split by the largest remainder.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from procurement.values.rounding import half_up
from procurement.values.shares import split


def spread(amount: Fraction, lots: Mapping[int, Mapping[int, int]]) -> dict[int, int]:
    """Cents off per line id, for a rebate in exact cents over lots with the cents of their lines."""
    numbers = sorted(lots)
    by_lot = _parts(half_up(amount), [sum(lots[number].values()) for number in numbers], numbers)
    found: dict[int, int] = {}
    for number, cents in zip(numbers, by_lot, strict=True):
        lines = list(lots[number])
        found |= dict(zip(lines, _parts(cents, [lots[number][line] for line in lines], lines), strict=True))
    return found


def _parts(cents: int, weights: Sequence[int], keys: Sequence[int]) -> Sequence[int]:
    if not sum(weights):
        return [0] * len(weights)
    return split(cents, weights, [f"{key:012d}" for key in keys]).shares
