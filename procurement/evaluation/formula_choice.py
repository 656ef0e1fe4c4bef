"""Which formula a method is, with its parameters put in; what is required was checked before, hence the casts."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import cast

from procurement.evaluation.formulas import Marked, Offer, extended_ratio, rounding_of, simple_ratio
from procurement.evaluation.formulas_independent import bonus, exponential, lowest_price, quality_only, threshold_price
from procurement.evaluation.formulas_weighted import (
    additive,
    best_value,
    linear,
    weighted_mean,
    weighted_median,
    weighted_reference,
)
from procurement.tenders.method import PriceRule, ScoringMethod, ScoringParameters

Offers = Sequence[Offer]


def marked(offers: Offers, method: ScoringMethod, parameters: ScoringParameters) -> Marked:
    """Apply the formula of this method to the offers that are left, of which there is at least one."""
    return _FORMULAS[method](offers, parameters)


def least_points(parameters: ScoringParameters) -> Fraction:
    """The points of the threshold: its share of what is attainable."""
    return _there(parameters.threshold) * _there(parameters.max_points)


def _there(figure: Fraction | None) -> Fraction:
    return cast("Fraction", figure)


def _extended(offers: Offers, parameters: ScoringParameters) -> Marked:
    return extended_ratio(offers, _there(parameters.corridor), rounding_of(parameters))


def _reference(offers: Offers, parameters: ScoringParameters) -> Marked:
    bases = (_there(parameters.reference_points), _there(parameters.reference_price))
    return weighted_reference(offers, _there(parameters.quality_weight), bases, rounding_of(parameters))


def _best_value(offers: Offers, parameters: ScoringParameters) -> Marked:
    most = None if parameters.measures_at_best else parameters.max_points
    return best_value(offers, _there(parameters.quality_weight), most, rounding_of(parameters))


def _linear(offers: Offers, parameters: ScoringParameters) -> Marked:
    most, zero_at = _there(parameters.max_points), _there(parameters.zero_at)
    return linear(offers, _there(parameters.quality_weight), most, zero_at, rounding_of(parameters))


def _additive(offers: Offers, parameters: ScoringParameters) -> Marked:
    zero_at = parameters.zero_at if parameters.price_rule is PriceRule.LINEAR else None
    return additive(offers, _there(parameters.price_weight), zero_at, rounding_of(parameters))


def _bonus(offers: Offers, parameters: ScoringParameters) -> Marked:
    base = parameters.bonus_base or Fraction(0)
    return bonus(offers, _there(parameters.bonus_per_point), base, rounding_of(parameters))


_FORMULAS: Mapping[ScoringMethod, Callable[[Offers, ScoringParameters], Marked]] = {
    ScoringMethod.LOWEST_PRICE: lambda offers, _: lowest_price(offers),
    ScoringMethod.SIMPLE_RATIO: lambda offers, given: simple_ratio(offers, rounding_of(given)),
    ScoringMethod.EXTENDED_RATIO: _extended,
    ScoringMethod.WEIGHTED_MEDIAN: lambda offers, given: weighted_median(
        offers, _there(given.quality_weight), rounding_of(given)
    ),
    ScoringMethod.WEIGHTED_REFERENCE: _reference,
    ScoringMethod.WEIGHTED_MEAN: lambda offers, given: weighted_mean(
        offers, _there(given.quality_weight), rounding_of(given)
    ),
    ScoringMethod.BEST_VALUE: _best_value,
    ScoringMethod.LINEAR: _linear,
    ScoringMethod.ADDITIVE: _additive,
    ScoringMethod.EXPONENTIAL: lambda offers, given: exponential(offers, _there(given.quality_weight)),
    ScoringMethod.QUALITY_ONLY: lambda offers, _: quality_only(offers),
    ScoringMethod.BONUS: _bonus,
    ScoringMethod.THRESHOLD_PRICE: lambda offers, given: threshold_price(offers, least_points(given)),
}
