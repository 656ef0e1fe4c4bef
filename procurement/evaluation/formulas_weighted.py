"""The methods with announced weights: on 100 points, as a difference on a scale of one, and with the price as one leaf.

All of them measure a bid against others (lowest price, median, mean), except the one with references fixed before the
opening; so they can flip when a bid is excluded later, and everything is then calculated again.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction

from procurement.evaluation.errors import FormulaNotApplicable
from procurement.evaluation.formulas import EXACT, FULL_SCORE, Mark, Marked, Offer, References, Rounding, lowest
from procurement.tenders.method import TOP_OF_PRICE_SCALE


def best_value(
    offers: Sequence[Offer], quality_weight: Fraction, max_points: Fraction | None, rounding: Rounding = EXACT
) -> Marked:
    """M7/M8: S = 100 x (gL x L/Lmax + gP x Pmin/P); without Lmax the best L among the bids takes its place."""
    p_min = lowest(offers)
    best = None if max_points is not None else _usable_base(max(offer.points for offer in offers), "besten Angebots")
    return Marked(
        References(p_min, points_base=best),
        _on_hundred(offers, quality_weight, max_points or best or Fraction(1), lambda price: p_min / price, rounding),
    )


def linear(
    offers: Sequence[Offer],
    quality_weight: Fraction,
    max_points: Fraction,
    zero_at: Fraction,
    rounding: Rounding = EXACT,
) -> Marked:
    """M9: price points fall in a straight line from Pmin to zero at ``zero_at`` x Pmin, never below zero."""
    references = References(lowest(offers), zero_price=zero_at * lowest(offers))
    return Marked(references, _on_hundred(offers, quality_weight, max_points, _closeness(references), rounding))


def weighted_median(offers: Sequence[Offer], quality_weight: Fraction, rounding: Rounding = EXACT) -> Marked:
    """M4: Z = gL x L/med(L) - gP x P/med(P); of an even number the mean of the two middle values."""
    return _difference(offers, quality_weight, (median(_points(offers)), median(_prices(offers))), rounding)


def weighted_mean(offers: Sequence[Offer], quality_weight: Fraction, rounding: Rounding = EXACT) -> Marked:
    """M6: Z = gL x L/mean(L) - gP x P/mean(P)."""
    return _difference(offers, quality_weight, (mean(_points(offers)), mean(_prices(offers))), rounding)


def weighted_reference(
    offers: Sequence[Offer], quality_weight: Fraction, bases: tuple[Fraction, Fraction], rounding: Rounding = EXACT
) -> Marked:
    """M5: Z = gL x L/Lref - gP x P/Pref with both references fixed before the opening."""
    return _difference(offers, quality_weight, bases, rounding)


def additive(
    offers: Sequence[Offer], price_weight: Fraction, zero_at: Fraction | None, rounding: Rounding = EXACT
) -> Marked:
    """M13: S = L + GP x BP, where BP of 0 to 10 is 10 x Pmin/P, or falls in a line to zero at ``zero_at`` x Pmin."""
    p_min = lowest(offers)
    references = References(p_min, zero_price=None if zero_at is None else zero_at * p_min)
    share = _closeness(references) if zero_at is not None else lambda price: p_min / price
    marks = []
    for offer in offers:
        exact_rating = TOP_OF_PRICE_SCALE * share(offer.price)
        rating = rounding.price_points(exact_rating)
        exact_score = offer.points + price_weight * exact_rating
        score = rounding.score(offer.points + price_weight * rating)
        marks.append(
            Mark(
                offer,
                score,
                quality_points=offer.points,
                price_points=price_weight * rating,
                exact_score=None if rounding is EXACT else exact_score,
                price_rating=rating,
            )
        )
    return Marked(references, tuple(marks))


def median(figures: Sequence[Fraction]) -> Fraction:
    """The middle value; of an even number the mean of the two in the middle."""
    ordered = sorted(figures)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def mean(figures: Sequence[Fraction]) -> Fraction:
    """The arithmetic mean, exact."""
    return sum(figures, Fraction(0)) / len(figures)


def _on_hundred(
    offers: Sequence[Offer],
    quality_weight: Fraction,
    base: Fraction,
    share: Callable[[Fraction], Fraction],
    rounding: Rounding,
) -> tuple[Mark, ...]:
    marks = []
    for offer in offers:
        quality_points = FULL_SCORE * quality_weight * offer.points / base
        exact_points = FULL_SCORE * (1 - quality_weight) * share(offer.price)
        price_points = rounding.price_points(exact_points)
        score = rounding.score(quality_points + price_points)
        exact_score = None if rounding is EXACT else quality_points + exact_points
        marks.append(Mark(offer, score, quality_points, price_points, exact_score=exact_score))
    return tuple(marks)


def _closeness(references: References) -> Callable[[Fraction], Fraction]:
    """The share of price points: one at Pmin, zero from ``zero_price`` on."""
    p_min, zero_price = references.p_min, references.zero_price or Fraction(0)
    return lambda price: max(Fraction(0), (zero_price - price) / (zero_price - p_min))


def _difference(
    offers: Sequence[Offer], quality_weight: Fraction, bases: tuple[Fraction, Fraction], rounding: Rounding
) -> Marked:
    points_base, price_base = _usable_base(bases[0], "Vergleichswerts der Angebote"), bases[1]
    marks = []
    for offer in offers:
        quality_points = quality_weight * offer.points / points_base
        price_points = -(1 - quality_weight) * offer.price / price_base
        exact_score = quality_points + price_points
        score = rounding.score(exact_score)
        kept = None if rounding is EXACT else exact_score
        marks.append(Mark(offer, score, quality_points, price_points, exact_score=kept))
    return Marked(References(lowest(offers), points_base=points_base, price_base=price_base), tuple(marks))


def _usable_base(points: Fraction, whose: str) -> Fraction:
    """The points that all are divided by; :class:`FormulaNotApplicable` if they are zero."""
    if points == 0:
        text = (
            f"Die Formel ist nicht anwendbar: Die Leistungspunkte des {whose}, durch die geteilt wird, sind 0."
            " Prüfen Sie die Bewertung; ohne Leistungspunkte gibt es nach dieser Methode kein Ergebnis."
        )
        raise FormulaNotApplicable(text, figure="points")
    return points


def _points(offers: Sequence[Offer]) -> list[Fraction]:
    return [offer.points for offer in offers]


def _prices(offers: Sequence[Offer]) -> list[Fraction]:
    return [offer.price for offer in offers]
