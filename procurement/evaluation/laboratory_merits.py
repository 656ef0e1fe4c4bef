"""Rank 1 of many made-up bid sets in whole numbers: per method a figure that orders the bids as the exact score does.

A thousand sets, each again without every bid that does not win, in five methods are some 25,000 rankings; with
fractions and sentences they would take many seconds. Every figure here is the exact score of
:mod:`procurement.evaluation.scoring` times an amount that is the same for all bids of the set, so nothing is rounded;
tests compare both. Published rounding and the points of single criteria are left out: made-up bids have no criteria.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache
from math import prod

from procurement.evaluation.laboratory import Variant
from procurement.tenders.kinds import TieRule
from procurement.tenders.method import (
    TOP_OF_PRICE_SCALE,
    DecisionCriterion,
    PriceRule,
    ScoringMethod,
    ScoringParameters,
)
from procurement.values.figures import exact

Pair = tuple[int, int]
Merit = tuple[int | Fraction, ...]
Merits = Callable[[ScoringParameters, Sequence[Pair]], list[Merit | None]]


def first_ranked(variant: Variant, pairs: Sequence[Pair]) -> frozenset[Pair]:
    """The bids (points, euro; all above zero) on rank 1; nobody if none comes into the choice."""
    parameters = variant.parameters
    found, chain = _MERITS[variant.method](parameters, pairs), parameters.tie_chain
    chosen = [
        (merit + tuple(_tie(rule, pair) for rule in chain), pair)
        for merit, pair in zip(found, pairs, strict=True)
        if merit is not None
    ]
    best = max((merit for merit, _pair in chosen), default=())
    return frozenset(pair for merit, pair in chosen if merit == best)


def _tie(rule: TieRule, pair: Pair) -> int:
    return pair[0] if rule is TieRule.QUALITY else -pair[1]


def _weights(parameters: ScoringParameters) -> tuple[int, int]:
    """Weights of performance and price in the smallest whole numbers."""
    quality = exact(parameters.quality_weight or 0)
    return quality.numerator, quality.denominator - quality.numerator


def _price(_: ScoringParameters, pairs: Sequence[Pair]) -> list[Merit | None]:
    return [(-price,) for _points, price in pairs]


def _quality(_: ScoringParameters, pairs: Sequence[Pair]) -> list[Merit | None]:
    return [(points,) for points, _price in pairs]


def _ratio(_: ScoringParameters, pairs: Sequence[Pair]) -> list[Merit | None]:
    return [(one,) for one in _ratios(pairs)]


def _ratios(pairs: Sequence[Pair]) -> list[int]:
    """L/P times the product of all prices."""
    product = prod(price for _points, price in pairs)
    return [points * (product // price) for points, price in pairs]


def _corridor(parameters: ScoringParameters, pairs: Sequence[Pair]) -> list[Merit | None]:
    ratios = _ratios(pairs)
    width = exact(parameters.corridor or 0)
    bound = max(ratios) * (width.denominator - width.numerator)
    by_price = parameters.criterion is DecisionCriterion.PRICE
    return [
        (-price if by_price else points, ratio) if ratio * width.denominator >= bound else None
        for (points, price), ratio in zip(pairs, ratios, strict=True)
    ]


def _difference(parameters: ScoringParameters, pairs: Sequence[Pair], points_base: int, price_base: int) -> list[Merit]:
    """The score gL x L/Lbase - gP x P/Pbase times both bases."""
    quality, cost = _weights(parameters)
    return [(quality * points * price_base - cost * price * points_base,) for points, price in pairs]


def _median(parameters: ScoringParameters, pairs: Sequence[Pair]) -> list[Merit | None]:
    bases = (_doubled_median([pair[0] for pair in pairs]), _doubled_median([pair[1] for pair in pairs]))
    return [*_difference(parameters, pairs, *bases)]


def _mean(parameters: ScoringParameters, pairs: Sequence[Pair]) -> list[Merit | None]:
    return [*_difference(parameters, pairs, sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs))]


def _reference(parameters: ScoringParameters, pairs: Sequence[Pair]) -> list[Merit | None]:
    points, price = exact(parameters.reference_points or 1), exact(parameters.reference_price or 1)
    bases = (points.numerator * price.denominator, price.numerator * points.denominator)
    return [*_difference(parameters, pairs, *bases)]


def _doubled_median(figures: Sequence[int]) -> int:
    ordered = sorted(figures)
    return ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]


def _best_value(parameters: ScoringParameters, pairs: Sequence[Pair]) -> list[Merit | None]:
    best = exact(max(pair[0] for pair in pairs))
    most = best if parameters.measures_at_best else exact(parameters.max_points or 1)
    quality, cost = _weights(parameters)
    return _with_price_share(pairs, _quotients(pairs), quality * most.denominator, cost * most.numerator)


def _linear(parameters: ScoringParameters, pairs: Sequence[Pair]) -> list[Merit | None]:
    most = exact(parameters.max_points or 1)
    quality, cost = _weights(parameters)
    shares = _line(parameters, pairs)
    return _with_price_share(pairs, shares, quality * most.denominator, cost * most.numerator)


def _additive(parameters: ScoringParameters, pairs: Sequence[Pair]) -> list[Merit | None]:
    weight = exact(parameters.price_weight or 0)
    is_line = parameters.price_rule is PriceRule.LINEAR
    shares = _line(parameters, pairs) if is_line else _quotients(pairs)
    return _with_price_share(pairs, shares, weight.denominator, TOP_OF_PRICE_SCALE * weight.numerator)


def _with_price_share(
    pairs: Sequence[Pair], shares: tuple[list[int], int], per_point: int, per_share: int
) -> list[Merit | None]:
    """Points and price shares under whole weights; the shares come with the whole that they are parts of."""
    parts, whole = shares
    return [
        (per_point * points * whole + per_share * part,) for (points, _price), part in zip(pairs, parts, strict=True)
    ]


def _quotients(pairs: Sequence[Pair]) -> tuple[list[int], int]:
    """Pmin/P in parts of the product of all prices."""
    product, least = prod(price for _points, price in pairs), min(price for _points, price in pairs)
    return [least * (product // price) for _points, price in pairs], product


def _line(parameters: ScoringParameters, pairs: Sequence[Pair]) -> tuple[list[int], int]:
    """(c x Pmin - P) / ((c - 1) x Pmin), never below zero, in parts of its denominator."""
    zero, least = exact(parameters.zero_at or 2), min(price for _points, price in pairs)
    parts = [max(0, zero.numerator * least - zero.denominator * price) for _points, price in pairs]
    return parts, (zero.numerator - zero.denominator) * least


def _exponential(parameters: ScoringParameters, pairs: Sequence[Pair]) -> list[Merit | None]:
    return [(_power(pair, *_weights(parameters)),) for pair in pairs]


@lru_cache(maxsize=20_000)
def _power(pair: Pair, quality: int, cost: int) -> Fraction:
    """Kept, because every bid comes again in each smaller set and powers of 60 or 99 take their time."""
    points, price = pair
    return Fraction(points**quality, price**cost)


def _bonus(parameters: ScoringParameters, pairs: Sequence[Pair]) -> list[Merit | None]:
    bonus = exact(parameters.bonus_per_point or 0)
    return [(bonus.numerator * points - bonus.denominator * price,) for points, price in pairs]


def _threshold(parameters: ScoringParameters, pairs: Sequence[Pair]) -> list[Merit | None]:
    least = exact(parameters.threshold or 0) * exact(parameters.max_points or 0)
    return [(-price,) if points >= least else None for points, price in pairs]


_MERITS: dict[ScoringMethod, Merits] = {
    ScoringMethod.LOWEST_PRICE: _price,
    ScoringMethod.SIMPLE_RATIO: _ratio,
    ScoringMethod.EXTENDED_RATIO: _corridor,
    ScoringMethod.WEIGHTED_MEDIAN: _median,
    ScoringMethod.WEIGHTED_REFERENCE: _reference,
    ScoringMethod.WEIGHTED_MEAN: _mean,
    ScoringMethod.BEST_VALUE: _best_value,
    ScoringMethod.LINEAR: _linear,
    ScoringMethod.ADDITIVE: _additive,
    ScoringMethod.EXPONENTIAL: _exponential,
    ScoringMethod.QUALITY_ONLY: _quality,
    ScoringMethod.BONUS: _bonus,
    ScoringMethod.THRESHOLD_PRICE: _threshold,
}
