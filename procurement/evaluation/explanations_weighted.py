"""The sentences of the methods with announced weights; figures are rounded for the eye only."""

from fractions import Fraction

from procurement.evaluation.formulas import FULL_SCORE, Mark, Offer, References
from procurement.tenders.method import TOP_OF_PRICE_SCALE, ScoringParameters
from procurement.values.figures import german, percent, short_german

NOTHING = Fraction(0)
RATIO_DECIMALS = 6
RATING_DECIMALS = 4


def explain_best_value(parameters: ScoringParameters, references: References, mark: Mark) -> str:
    """Such as ``S = 60 × 950 ÷ 1.000 + 40 × 130.000 ÷ 180.000 = 85,89``."""
    price_part = f"{short_german(references.p_min)} ÷ {short_german(mark.offer.price)}"
    base = references.points_base if references.points_base is not None else parameters.max_points
    quality_part = _quality_part(parameters, mark.offer, base)
    return f"S = {quality_part} + {_price_weight(parameters)} × {price_part} = {german(_total(mark))}"


def explain_linear(parameters: ScoringParameters, references: References, mark: Mark) -> str:
    """The same with the place on the line between Pmin and the price without points."""
    zero = references.zero_price or NOTHING
    quality_part = _quality_part(parameters, mark.offer, parameters.max_points)
    if mark.offer.price >= zero:
        return f"S = {quality_part} + 0 = {german(_total(mark))}; ab {short_german(zero)} € gibt es keine Preispunkte"
    price_part = f"{_price_weight(parameters)} × {_line(references, mark.offer)}"
    return f"S = {quality_part} + {price_part} = {german(_total(mark))}"


def explain_difference(what: str, parameters: ScoringParameters, references: References, mark: Mark) -> str:
    """Such as ``Z = 60 % × 600 ÷ 750 − 40 % × 80.000 ÷ 130.000 = 0,233846``, with the name of the comparison."""
    weight = parameters.quality_weight or NOTHING
    points = (
        f"{percent(weight)} × {short_german(mark.offer.points)} ÷ {short_german(references.points_base or NOTHING)}"
    )
    price = (
        f"{percent(1 - weight)} × {short_german(mark.offer.price)} ÷ {short_german(references.price_base or NOTHING)}"
    )
    return f"Z = {points} − {price} = {german(_total(mark), RATIO_DECIMALS)} (geteilt durch den {what} von L und von P)"


def explain_additive(parameters: ScoringParameters, references: References, mark: Mark) -> str:
    """Points of all criteria plus weight points of the price times its points of 0 to 10."""
    weight, rating = parameters.price_weight or NOTHING, mark.price_rating or NOTHING
    share = f"{short_german(references.p_min)} ÷ {short_german(mark.offer.price)}"
    if references.zero_price is not None:
        share = _line(references, mark.offer)
    reached = f"{TOP_OF_PRICE_SCALE} × {share}"
    if references.zero_price is not None and mark.offer.price >= references.zero_price:
        reached = f"ab {short_german(references.zero_price)} € gibt es keine Preispunkte"
    priced = f"{short_german(weight)} × {german(rating, RATING_DECIMALS)}"
    return f"S = {short_german(mark.offer.points)} + {priced} = {german(_total(mark))}; Punkte des Preises: {reached}"


def _total(mark: Mark) -> Fraction:
    """The sum as the formula gives it, with price points as published but before a rounding of the sum itself."""
    return (mark.quality_points or NOTHING) + (mark.price_points or NOTHING)


def _quality_part(parameters: ScoringParameters, offer: Offer, base: Fraction | None) -> str:
    weight = (parameters.quality_weight or NOTHING) * FULL_SCORE
    return f"{short_german(weight)} × {short_german(offer.points)} ÷ {short_german(base or NOTHING)}"


def _price_weight(parameters: ScoringParameters) -> str:
    return short_german((1 - (parameters.quality_weight or NOTHING)) * FULL_SCORE)


def _line(references: References, offer: Offer) -> str:
    zero = short_german(references.zero_price or NOTHING)
    return f"({zero} − {short_german(offer.price)}) ÷ ({zero} − {short_german(references.p_min)})"
