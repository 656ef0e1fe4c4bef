"""What the laboratory begins with: four bids around the tender's own estimate, and the methods most worth comparing.

The four stand to each other like those of the textbook case (70, 80, 90 and 95 % of the points at 90, 100, 125 and
132 % of the price): lowest price, L/P, a corridor of 10 % and 60/40 on the best value make four different winners.
"""

from collections.abc import Mapping
from fractions import Fraction

from procurement.evaluation.laboratory import TriedBid
from procurement.evaluation.laboratory_comparison import VariantEntry
from procurement.tenders.method import DecisionCriterion, PriceRule, QualityReference, ScoringMethod
from procurement.values.money import Money
from procurement.values.rounding import half_up

WITHOUT_ESTIMATE = Money(10_000_000)
CENTS = 100
SHAPE = (("Angebot A", 80, 100), ("Angebot B", 90, 125), ("Angebot C", 95, 132), ("Angebot D", 70, 90))
FIRST_METHODS = (
    ScoringMethod.LOWEST_PRICE,
    ScoringMethod.SIMPLE_RATIO,
    ScoringMethod.EXTENDED_RATIO,
    ScoringMethod.BEST_VALUE,
)
MOST_AT_FIRST = 4


def starting_bids(estimate: Money | None, max_points: int) -> list[TriedBid]:
    """Four bids in whole euro around the estimate, or around 100,000 euro before there is one."""
    middle = estimate if estimate is not None and estimate.cents >= CENTS * CENTS else WITHOUT_ESTIMATE
    return [
        TriedBid(name, max_points * points // CENTS, Money(middle.cents * price // (CENTS * CENTS) * CENTS))
        for name, points, price in SHAPE
    ]


def starting_variants(method: ScoringMethod | None, parameters: Mapping[str, str]) -> list[VariantEntry]:
    """What the tender has chosen so far, then the methods that show best how far results can differ."""
    chosen = [] if method is None else [VariantEntry(method, parameters)]
    others = [VariantEntry(one, {}) for one in FIRST_METHODS if one is not method]
    return [*chosen, *others][:MOST_AT_FIRST]


def usual_parameters(estimate: Money | None, max_points: int) -> dict[str, str]:
    """A usual value for every parameter a method may need, as stored texts."""
    euro = (estimate or WITHOUT_ESTIMATE).cents // CENTS or 1
    return {
        "quality_weight": "0.6",
        "corridor": "0.1",
        "criterion": DecisionCriterion.QUALITY.value,
        "zero_at": "2",
        "reference_points": str(max_points * 4 // 5),
        "reference_price": str(euro),
        "quality_reference": QualityReference.ATTAINABLE.value,
        "price_weight": str(max(1, half_up(Fraction(max_points, 15)))),
        "price_rule": PriceRule.QUOTIENT.value,
        "bonus_per_point": str(max(1, euro // max_points)),
        "bonus_base": "0",
        "threshold": "0.7",
    }
