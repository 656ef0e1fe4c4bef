"""The methods in which the order of two bids never depends on a third: price, threshold, bonus, points, exponents.

The exponential method compares whole powers: S = L^g / P^(1-g) with g = p/q is ranked by S^q = L^p / P^(q-p), which is
an exact fraction. Roots appear for the eye only, calculated in decimals with more digits than are ever shown.
"""

from collections.abc import Sequence
from decimal import Decimal, localcontext
from fractions import Fraction

from procurement.evaluation.formulas import EXACT, Mark, Marked, Offer, References, Rounding, lowest

ROOT_DIGITS = 40
SHOWN_DIGITS = 24


def lowest_price(offers: Sequence[Offer]) -> Marked:
    """M1: the score is the price in euro, and the least wins."""
    return Marked(References(lowest(offers)), tuple(Mark(offer, offer.price) for offer in offers))


def threshold_price(offers: Sequence[Offer], least_points: Fraction) -> Marked:
    """M18: as the lowest price, among offers that have reached the threshold before."""
    references = References(lowest(offers), least_points=least_points)
    return Marked(references, tuple(Mark(offer, offer.price) for offer in offers))


def quality_only(offers: Sequence[Offer]) -> Marked:
    """M16: the price is fixed, the score is L (§ 58 Abs. 2 S. 3 VgV)."""
    return Marked(References(lowest(offers)), tuple(Mark(offer, offer.points) for offer in offers))


def bonus(offers: Sequence[Offer], euro_per_point: Fraction, base: Fraction, rounding: Rounding = EXACT) -> Marked:
    """M17: P' = P - euro per point x (L - base); the least wins, fewer points than the base are a malus."""
    marks = []
    for offer in offers:
        value = euro_per_point * (offer.points - base)
        exact_score = offer.price - value
        kept = None if rounding is EXACT else exact_score
        marks.append(Mark(offer, rounding.score(exact_score), quality_points=value, exact_score=kept))
    return Marked(References(lowest(offers)), tuple(marks))


def exponential(offers: Sequence[Offer], quality_weight: Fraction) -> Marked:
    """M14: S = L^gL / P^gP; the score is the whole power S^q, with q the denominator of the weight."""
    power, root = quality_weight.numerator, quality_weight.denominator
    marks = tuple(Mark(offer, offer.points**power / offer.price ** (root - power)) for offer in offers)
    return Marked(References(lowest(offers)), marks)


def root_for_the_eye(figure: Fraction, degree: int) -> Fraction:
    """The root of a figure to 24 significant digits; never compared, only shown."""
    if not figure or degree == 1:
        return figure
    with localcontext() as context:
        context.prec = ROOT_DIGITS
        value = Decimal(figure.numerator) / Decimal(figure.denominator)
        found = (value.ln() / degree).exp()
        context.prec = SHOWN_DIGITS
        return Fraction(+found)
