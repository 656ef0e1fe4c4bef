"""How a score came about: one German sentence with the figures put in, rounded for the eye only."""

from collections.abc import Callable
from fractions import Fraction

from procurement.evaluation.formulas import DISPLAY_FACTOR, FULL_SCORE, Mark, Offer, References
from procurement.tenders.method import DecisionCriterion, ScoringMethod, ScoringParameters
from procurement.values.figures import apart, german, percent, short_german


def explain(method: ScoringMethod, parameters: ScoringParameters, references: References, mark: Mark) -> str:
    """The sentence for one bid, such as ``Z = 8.110 ÷ 228.000 × 10.000 = 355,70``."""
    return _SENTENCES[method](parameters, references, mark)


def distance(method: ScoringMethod, parameters: ScoringParameters, mark: Mark, following: Mark) -> str:
    """How far a bid lies before the one that follows in the ranking, in the unit that decides."""
    if _price_decides(method, parameters):
        difference = following.offer.price - mark.offer.price
        unit = "€ günstiger als das nächste Angebot"
    elif method is ScoringMethod.EXTENDED_RATIO:
        difference = mark.offer.points - following.offer.points
        unit = "Leistungspunkte vor dem nächsten Angebot"
    else:
        difference = displayed(method, mark) - displayed(method, following)
        unit = "Punkte vor dem nächsten Angebot"
    if not difference:
        return "gleichauf mit dem nächsten Angebot"
    visible, _ = apart(difference, Fraction(0))
    return f"{visible} {unit}"


def displayed(method: ScoringMethod, mark: Mark) -> Fraction:
    """The score as it is shown: ratios of points and euro times 10,000, everything else as it is."""
    is_ratio = method in (ScoringMethod.SIMPLE_RATIO, ScoringMethod.EXTENDED_RATIO)
    return mark.score * DISPLAY_FACTOR if is_ratio else mark.score


def _price_decides(method: ScoringMethod, parameters: ScoringParameters) -> bool:
    if method is ScoringMethod.EXTENDED_RATIO:
        return parameters.criterion is DecisionCriterion.PRICE
    return method is ScoringMethod.LOWEST_PRICE


def _explain_price(_: ScoringParameters, references: References, mark: Mark) -> str:
    above = mark.offer.price - references.p_min
    comparison = f"{german(above)} € über dem niedrigsten Preis" if above else "der niedrigste Preis"
    return f"P = {german(mark.offer.price)} €, {comparison}"


def _explain_ratio(_: ScoringParameters, __: References, mark: Mark) -> str:
    return f"Z = {_ratio(mark.offer)} = {german(mark.score * DISPLAY_FACTOR)}"


def _explain_corridor(parameters: ScoringParameters, references: References, mark: Mark) -> str:
    z, bound = apart(mark.score * DISPLAY_FACTOR, (references.lower_bound or Fraction(0)) * DISPLAY_FACTOR)
    best = german((references.z_max or Fraction(0)) * DISPLAY_FACTOR)
    width = percent(parameters.corridor or Fraction(0))
    sentence = f"Z = {_ratio(mark.offer)} = {z}; Untergrenze {best} × (1 − {width}) = {bound}"
    if not mark.in_corridor:
        return f"{sentence}, also außerhalb des Korridors"
    if parameters.criterion is DecisionCriterion.QUALITY:
        return f"{sentence}, also im Korridor; dort entscheiden die Leistungspunkte: {short_german(mark.offer.points)}"
    return f"{sentence}, also im Korridor; dort entscheidet der Wertungspreis: {german(mark.offer.price)} €"


def _explain_best_value(parameters: ScoringParameters, references: References, mark: Mark) -> str:
    price_part = f"{short_german(references.p_min)} ÷ {short_german(mark.offer.price)}"
    quality_part = _quality_part(parameters, mark.offer)
    return f"S = {quality_part} + {_price_weight(parameters)} × {price_part} = {german(mark.score)}"


def _explain_linear(parameters: ScoringParameters, references: References, mark: Mark) -> str:
    zero = references.zero_price or Fraction(0)
    quality_part = _quality_part(parameters, mark.offer)
    if mark.offer.price >= zero:
        return f"S = {quality_part} + 0 = {german(mark.score)}; ab {short_german(zero)} € gibt es keine Preispunkte"
    reach = f"({short_german(zero)} − {short_german(mark.offer.price)})"
    span = f"({short_german(zero)} − {short_german(references.p_min)})"
    return f"S = {quality_part} + {_price_weight(parameters)} × {reach} ÷ {span} = {german(mark.score)}"


def _quality_part(parameters: ScoringParameters, offer: Offer) -> str:
    weight = (parameters.quality_weight or Fraction(0)) * FULL_SCORE
    most = parameters.max_points or Fraction(0)
    return f"{short_german(weight)} × {short_german(offer.points)} ÷ {short_german(most)}"


def _price_weight(parameters: ScoringParameters) -> str:
    return short_german((1 - (parameters.quality_weight or Fraction(0))) * FULL_SCORE)


def _ratio(offer: Offer) -> str:
    return f"{short_german(offer.points)} ÷ {short_german(offer.price)} × {short_german(Fraction(DISPLAY_FACTOR))}"


_SENTENCES: dict[ScoringMethod, Callable[[ScoringParameters, References, Mark], str]] = {
    ScoringMethod.LOWEST_PRICE: _explain_price,
    ScoringMethod.SIMPLE_RATIO: _explain_ratio,
    ScoringMethod.EXTENDED_RATIO: _explain_corridor,
    ScoringMethod.BEST_VALUE: _explain_best_value,
    ScoringMethod.LINEAR: _explain_linear,
}
