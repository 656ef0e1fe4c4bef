"""How a score came about: one German sentence with the figures put in, rounded for the eye only.

Where a rounding was published, the sentence says what was rounded; a tie that comes from the rounding alone is told
with both figures, since the rounding governs (evaluation notes 1.4).
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial

from procurement.evaluation.explanations_weighted import (
    explain_additive,
    explain_best_value,
    explain_difference,
    explain_linear,
)
from procurement.evaluation.formulas import DISPLAY_FACTOR, Mark, Offer, References
from procurement.evaluation.formulas_independent import root_for_the_eye
from procurement.tenders.method import (
    PRICE_RANKED_METHODS,
    RATIO_METHODS,
    DecisionCriterion,
    RoundingPlace,
    ScoringMethod,
    ScoringParameters,
)
from procurement.values.figures import apart, fixed, german, percent, short_german, with_digits
from procurement.values.rounding import half_up

SHOWN_ROOT_DIGITS = 6
MORE_DECIMALS = 3


def explain(method: ScoringMethod, parameters: ScoringParameters, references: References, mark: Mark) -> str:
    """The sentence for one bid, such as ``Z = 8.110 ÷ 228.000 × 10.000 = 355,70``."""
    sentence = _SENTENCES[method](parameters, references, mark)
    if mark.exact_score is None or parameters.rounding_places is None:
        return sentence
    what, rounded, exact = _rounded_place(method, parameters, mark)
    decimals = int(parameters.rounding_places)
    unrounded = _unrounded(exact, rounded, decimals)
    return (
        f"{sentence}; {what} kaufmännisch auf {decimals} Nachkommastellen gerundet: {german(rounded, decimals)}"
        f" (ungerundet {unrounded})"
    )


def _rounded_place(method: ScoringMethod, parameters: ScoringParameters, mark: Mark) -> tuple[str, Fraction, Fraction]:
    """What was rounded, the figure as it counts and as it was before."""
    exact_score = mark.exact_score if mark.exact_score is not None else mark.score
    if parameters.rounding_place is not RoundingPlace.PRICE_POINTS:
        factor = _shown_times(method)
        return "Ergebnis", mark.score * factor, exact_score * factor
    points = exact_score - (mark.quality_points or Fraction(0))
    if mark.price_rating is not None:
        return "Punkte des Preises", mark.price_rating, points / (parameters.price_weight or Fraction(1))
    return "Preispunkte", mark.price_points or Fraction(0), points


def _unrounded(exact: Fraction, rounded: Fraction, decimals: int) -> str:
    """With so many decimals that the text, rounded again, gives the published figure."""
    places = decimals + MORE_DECIMALS
    while Fraction(half_up(Fraction(fixed(exact, places)) * 10**decimals), 10**decimals) != rounded:
        places += 1
    return german(exact, places)


def rounding_tie(method: ScoringMethod, mark: Mark, others: Sequence[Mark]) -> str:
    """What to add where the published rounding alone makes a tie: whom it concerns, with the figures behind it."""
    equal = [one for one in others if one.score == mark.score and one.exact_score != mark.exact_score]
    if mark.exact_score is None or not equal:
        return ""
    factor = _shown_times(method)
    told = []
    for one in equal:
        own, other = apart(mark.exact_score * factor, (one.exact_score or Fraction(0)) * factor)
        told.append(f"Angebot {one.offer.id} ({other} gegen {own})")
    return f". Nur durch die veröffentlichte Rundung gleichauf mit {', '.join(told)}; die Rundung gilt"


def distance(method: ScoringMethod, parameters: ScoringParameters, mark: Mark, following: Mark) -> str:
    """How far a bid lies before the one that follows in the ranking, in the unit that decides."""
    if _price_decides(method, parameters):
        difference = following.offer.price - mark.offer.price
        unit = "€ günstiger als das nächste Angebot"
    elif method is ScoringMethod.BONUS:
        difference = following.score - mark.score
        unit = "€ günstiger als das nächste Angebot"
    elif method is ScoringMethod.EXTENDED_RATIO:
        difference = _deciding_points(mark.offer) - _deciding_points(following.offer)
        unit = "Leistungspunkte vor dem nächsten Angebot"
    elif method is ScoringMethod.QUALITY_ONLY:
        difference = mark.score - following.score
        unit = "Leistungspunkte vor dem nächsten Angebot"
    else:
        difference = displayed(method, parameters, mark) - displayed(method, parameters, following)
        unit = "Punkte vor dem nächsten Angebot"
    if not difference:
        return "gleichauf mit dem nächsten Angebot"
    visible, _ = apart(difference, Fraction(0))
    return f"{visible} {unit}"


def displayed(method: ScoringMethod, parameters: ScoringParameters, mark: Mark) -> Fraction:
    """The score as it is shown: ratios times 10,000, the exponential score as the root, everything else as it is."""
    if method is ScoringMethod.EXPONENTIAL:
        return root_for_the_eye(mark.score, _root(parameters))
    return mark.score * _shown_times(method)


def _shown_times(method: ScoringMethod) -> int:
    return DISPLAY_FACTOR if method in RATIO_METHODS else 1


def _root(parameters: ScoringParameters) -> int:
    return (parameters.quality_weight or Fraction(0)).denominator


def _deciding_points(offer: Offer) -> Fraction:
    return offer.points if offer.part is None else offer.part


def _price_decides(method: ScoringMethod, parameters: ScoringParameters) -> bool:
    if method is ScoringMethod.EXTENDED_RATIO:
        return parameters.criterion is DecisionCriterion.PRICE
    return method in PRICE_RANKED_METHODS


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
    if mark.offer.part is not None:
        of = f"die Leistungspunkte für {parameters.criterion_part}"
        return f"{sentence}, also im Korridor; dort entscheiden {of}: {short_german(mark.offer.part)}"
    if parameters.criterion is DecisionCriterion.QUALITY:
        return f"{sentence}, also im Korridor; dort entscheiden die Leistungspunkte: {short_german(mark.offer.points)}"
    return f"{sentence}, also im Korridor; dort entscheidet der Wertungspreis: {german(mark.offer.price)} €"


def _explain_threshold(parameters: ScoringParameters, references: References, mark: Mark) -> str:
    least = references.least_points or Fraction(0)
    reached = f"L = {short_german(mark.offer.points)}, verlangt sind mindestens {short_german(least)}"
    return f"{reached} ({percent(parameters.threshold or Fraction(0))}), also erreicht; " + _explain_price(
        parameters, references, mark
    )


def _explain_quality(_: ScoringParameters, __: References, mark: Mark) -> str:
    return f"L = {german(mark.offer.points)} Leistungspunkte bei festem Preis"


def _explain_bonus(parameters: ScoringParameters, _: References, mark: Mark) -> str:
    base = parameters.bonus_base or Fraction(0)
    points = short_german(mark.offer.points)
    counted = f"({points} − {short_german(base)})" if base else points
    each = _euro(parameters.bonus_per_point or Fraction(0))
    corrected = german(mark.offer.price - (mark.quality_points or Fraction(0)))
    return f"P′ = {german(mark.offer.price)} € − {each} € × {counted} = {corrected} €"


def _explain_exponential(parameters: ScoringParameters, _: References, mark: Mark) -> str:
    weight = parameters.quality_weight or Fraction(0)
    root = root_for_the_eye(mark.score, weight.denominator)
    shown = with_digits(root, SHOWN_ROOT_DIGITS)
    powers = f"L hoch {weight.numerator} ÷ P hoch {weight.denominator - weight.numerator}"
    return (
        f"S = {short_german(mark.offer.points)} hoch {_plain(weight)} ÷ {short_german(mark.offer.price)}"
        f" hoch {_plain(1 - weight)} = {shown}; verglichen wird exakt mit {powers}"
    )


def _plain(figure: Fraction) -> str:
    """A weight as a decimal where it is one, else as a fraction."""
    decimals = next((places for places in range(3) if (figure * 10**places).denominator == 1), None)
    return str(figure) if decimals is None else german(figure, decimals)


def _euro(figure: Fraction) -> str:
    """An amount with two decimals, or as many as it takes."""
    decimals = next((places for places in range(2, 6) if (figure * 10**places).denominator == 1), 6)
    return german(figure, decimals)


def _ratio(offer: Offer) -> str:
    return f"{short_german(offer.points)} ÷ {short_german(offer.price)} × {short_german(Fraction(DISPLAY_FACTOR))}"


_SENTENCES: dict[ScoringMethod, Callable[[ScoringParameters, References, Mark], str]] = {
    ScoringMethod.LOWEST_PRICE: _explain_price,
    ScoringMethod.SIMPLE_RATIO: _explain_ratio,
    ScoringMethod.EXTENDED_RATIO: _explain_corridor,
    ScoringMethod.WEIGHTED_MEDIAN: partial(explain_difference, "Median"),
    ScoringMethod.WEIGHTED_REFERENCE: partial(explain_difference, "Referenzwert"),
    ScoringMethod.WEIGHTED_MEAN: partial(explain_difference, "Mittelwert"),
    ScoringMethod.BEST_VALUE: explain_best_value,
    ScoringMethod.LINEAR: explain_linear,
    ScoringMethod.ADDITIVE: explain_additive,
    ScoringMethod.EXPONENTIAL: _explain_exponential,
    ScoringMethod.QUALITY_ONLY: _explain_quality,
    ScoringMethod.BONUS: _explain_bonus,
    ScoringMethod.THRESHOLD_PRICE: _explain_threshold,
}
