"""Splitting a whole into parts that sum exactly: largest remainder (Hare-Niemeyer) in integers, with published ties.

Everybody first gets the share rounded down; the cents still missing go one each to the largest remainders. Ties go to
the larger weight, then to the ascending key, so the order in which the parts are listed never decides. A credit is the
mirror image of a debit. House monotonicity is not promised: no method with shares next to the exact ones can do all.

Rejected: rounding every part and giving the difference to the last one, which is wrong by several cents; and floats,
which split exact ties by accident.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm

Weight = int | Fraction | Decimal


class CannotSplit(ValueError):
    """The weights and keys do not describe a way to split anything."""


class WeightsSumToZero(CannotSplit):
    """Nobody carries any weight, so the whole cannot go anywhere."""


class NegativeWeight(CannotSplit):
    """A weight below zero; credits are split as a negative total instead."""


class DuplicateKey(CannotSplit):
    """Two parts carry the same key, so a tie between them would have no published winner."""


@dataclass(frozen=True, slots=True)
class Split:
    """A whole and its parts with every step of the calculation, all tuples in the order the parts were given.

    ``floors``, ``remainders`` and ``extra`` belong to the absolute total; ``shares`` carry its sign.
    """

    total: int
    keys: tuple[str, ...]
    weights: tuple[int, ...]
    total_weight: int
    floors: tuple[int, ...]
    remainders: tuple[int, ...]
    extra: tuple[int, ...]
    shares: tuple[int, ...]

    def share_of(self, key: str) -> int:
        """The part that carries this key; :class:`ValueError` if there is none."""
        return self.shares[self.keys.index(key)]


def split(total: int, weights: Sequence[Weight], keys: Sequence[str]) -> Split:
    """Split ``total`` (usually cents) by ``weights``; raise a :class:`CannotSplit` that says why it is impossible."""
    whole_weights = _whole(weights)
    total_weight = sum(whole_weights)
    _refuse_unsplittable(whole_weights, keys)
    quotients = [divmod(abs(total) * weight, total_weight) for weight in whole_weights]
    floors = tuple(floor for floor, _ in quotients)
    remainders = tuple(remainder for _, remainder in quotients)
    missing = abs(total) - sum(floors)
    in_turn = sorted(range(len(keys)), key=lambda index: (-remainders[index], -whole_weights[index], keys[index]))
    winners = set(in_turn[:missing])
    extra = tuple(1 if index in winners else 0 for index in range(len(keys)))
    sign = -1 if total < 0 else 1
    return Split(
        total=total,
        keys=tuple(keys),
        weights=whole_weights,
        total_weight=total_weight,
        floors=floors,
        remainders=remainders,
        extra=extra,
        shares=tuple(sign * (floor + cent) for floor, cent in zip(floors, extra, strict=True)),
    )


def _refuse_unsplittable(weights: tuple[int, ...], keys: Sequence[str]) -> None:
    if len(weights) != len(keys):
        raise CannotSplit(
            f"{len(weights)} Gewichte, aber {len(keys)} Schlüssel: zu jedem Gewicht gehört ein Schlüssel."
        )
    seen: set[str] = set()
    for key, weight in zip(keys, weights, strict=True):
        if weight < 0:
            raise NegativeWeight(f"Das Gewicht von {key} ist negativ. Gewichte müssen null oder größer sein.")
        if key in seen:
            raise DuplicateKey(f"Der Schlüssel {key} kommt mehrfach vor. Jeder Schlüssel darf nur einmal vorkommen.")
        seen.add(key)
    if sum(weights) == 0:
        raise WeightsSumToZero("Die Summe der Gewichte ist 0. Mindestens ein Gewicht muss größer als 0 sein.")


def _whole(weights: Sequence[Weight]) -> tuple[int, ...]:
    """Scale weights to integers; whole weights stay as they are, so that a printed proof shows the known figures."""
    exact = [_exact(weight) for weight in weights]
    factor = _common_factor([weight.denominator for weight in exact])
    return tuple(weight.numerator * (factor // weight.denominator) for weight in exact)


def _exact(weight: Weight) -> int | Fraction:
    if isinstance(weight, (bool, float)) or not isinstance(weight, (int, Fraction, Decimal)):
        raise TypeError("a weight must be exact: int, Fraction or Decimal, not a binary float")
    if not isinstance(weight, Decimal):
        return weight
    if not weight.is_finite():
        raise CannotSplit(f"Das Gewicht {weight} ist keine endliche Zahl.")
    return Fraction(weight)


def _common_factor(denominators: list[int]) -> int:
    """The smallest power of ten that makes all weights whole, as by hand; for thirds and the like their denominator."""
    common = lcm(*denominators)
    powers_of_ten = (10**places for places in range(common.bit_length()))
    return next((power for power in powers_of_ten if power % common == 0), common)
