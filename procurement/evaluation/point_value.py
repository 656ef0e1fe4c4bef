"""What one performance point is worth in euro at a bid: how much more price one point more makes up for.

It is the marginal rate at the bid as it stands, with all references (lowest price, median, mean) held as they are. For
L/P it is simply P/L. Times the weight points of a criterion it is the value of one point of the scale of 0 to 10, which
turns a dispute about points into one about money.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from procurement.evaluation.contest import Contest
from procurement.tenders.method import TOP_OF_PRICE_SCALE, PriceRule, ScoringMethod

Rate = Callable[[Contest, str], Fraction | None]

NO_RATE = "Bei dieser Methode lässt sich Leistung nicht gegen Preis tauschen."
NO_LONGER = "Der Preis liegt hinter dem Nullpunkt; er zählt dort nicht mehr."


@dataclass(frozen=True, slots=True)
class PointValue:
    """Euro per performance point at this bid; without one, ``reason`` says why."""

    bid: str
    euro: Fraction | None
    reason: str = ""

    def per_scale_point(self, weight_points: Fraction) -> Fraction | None:
        """Euro per point of the scale of 0 to 10 under a criterion with so many weight points."""
        return None if self.euro is None else self.euro * weight_points


def point_value(contest: Contest, name: str) -> PointValue:
    """The value of a point at this bid, which is usually the one on rank 1."""
    rate = RATES.get(contest.method)
    if rate is None:
        return PointValue(name, None, NO_RATE)
    try:
        euro = rate(contest, name)
    except ZeroDivisionError:
        return PointValue(name, None, NO_RATE)
    return PointValue(name, euro, "" if euro is not None else NO_LONGER)


def _weights(contest: Contest) -> tuple[Fraction, Fraction]:
    quality = contest.parameters.quality_weight or Fraction(0)
    return quality, 1 - quality


def _ratio(contest: Contest, name: str) -> Fraction:
    return contest.prices[name] / contest.points[name]


def _powers(contest: Contest, name: str) -> Fraction:
    """L^gL / P^gP: one percent of L is worth gL/gP percent of P."""
    quality, price = _weights(contest)
    return _ratio(contest, name) * quality / price


def _difference(points: Fraction, price: Fraction, contest: Contest) -> Fraction:
    """The difference gL x L/Lref - gP x P/Pref."""
    quality_weight, price_weight = _weights(contest)
    return (quality_weight / points) / (price_weight / price)


def _at_median(contest: Contest, _: str) -> Fraction:
    return _difference(median(contest.points.values()), median(contest.prices.values()), contest)


def _at_mean(contest: Contest, _: str) -> Fraction:
    return _difference(sum(contest.points.values(), Fraction(0)), sum(contest.prices.values(), Fraction(0)), contest)


def _at_reference(contest: Contest, _: str) -> Fraction:
    parameters = contest.parameters
    return _difference(parameters.reference_points or Fraction(0), parameters.reference_price or Fraction(0), contest)


def _per_point(contest: Contest) -> Fraction:
    """The quotient gL / Lmax, or Lbest where the best bid is the measure."""
    quality, _ = _weights(contest)
    most = max(contest.points.values()) if contest.parameters.measures_at_best else contest.parameters.max_points
    return quality / (most or Fraction(0))


def _quotient(contest: Contest, name: str) -> Fraction:
    """One euro costs gP x Pmin / P squared."""
    _, price_weight = _weights(contest)
    return _per_point(contest) * contest.prices[name] ** 2 / (price_weight * min(contest.prices.values()))


def _line(contest: Contest, name: str) -> Fraction | None:
    """One euro costs gP / ((c - 1) x Pmin) until price points end."""
    _, price_weight = _weights(contest)
    span = _span(contest, name)
    return None if span is None else _per_point(contest) * span / price_weight


def _leaf(contest: Contest, name: str) -> Fraction | None:
    """The price as one criterion with weight points GP and points of 0 to 10."""
    full = TOP_OF_PRICE_SCALE * (contest.parameters.price_weight or Fraction(0))
    if contest.parameters.price_rule is PriceRule.QUOTIENT:
        return contest.prices[name] ** 2 / (full * min(contest.prices.values()))
    span = _span(contest, name)
    return None if span is None else span / full


def _span(contest: Contest, name: str) -> Fraction | None:
    """Euro between full price points and none; nothing for a bid behind the end."""
    lowest, multiple = min(contest.prices.values()), contest.parameters.zero_at or Fraction(2)
    return None if contest.prices[name] >= multiple * lowest else (multiple - 1) * lowest


def _bonus(contest: Contest, _: str) -> Fraction | None:
    return contest.parameters.bonus_per_point


RATES: Mapping[ScoringMethod, Rate] = {
    ScoringMethod.SIMPLE_RATIO: _ratio,
    ScoringMethod.EXPONENTIAL: _powers,
    ScoringMethod.WEIGHTED_MEDIAN: _at_median,
    ScoringMethod.WEIGHTED_MEAN: _at_mean,
    ScoringMethod.WEIGHTED_REFERENCE: _at_reference,
    ScoringMethod.BEST_VALUE: _quotient,
    ScoringMethod.LINEAR: _line,
    ScoringMethod.ADDITIVE: _leaf,
    ScoringMethod.BONUS: _bonus,
}
