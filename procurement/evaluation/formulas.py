"""One function per scoring method: bids that are still in the ranking go in, exact scores come out.

Everything is a :class:`Fraction`. With binary floats 9000/125000 >= 8000/100000 x 0.9 is false although both sides are
equal, and rounding Z before the corridor test lets bids in that are below the bound; both give a wrong winner.
Weighted scores are on a scale of 100 points, L/P stays as it is and is shown times 10,000.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

DISPLAY_FACTOR = 10_000
FULL_SCORE = 100


@dataclass(frozen=True, slots=True)
class Offer:
    """A bid still in the ranking: performance points L and evaluation price P in euro, P above zero where divided."""

    id: str
    points: Fraction
    price: Fraction


@dataclass(frozen=True, slots=True)
class Mark:
    """What a formula says about one bid; parts and corridor only where the method has them."""

    offer: Offer
    score: Fraction
    quality_points: Fraction | None = None
    price_points: Fraction | None = None
    in_corridor: bool | None = None


@dataclass(frozen=True, slots=True)
class References:
    """The figures that all bids are measured against; ``zero_price`` is where price points end."""

    p_min: Fraction
    z_max: Fraction | None = None
    lower_bound: Fraction | None = None
    zero_price: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """References and one mark per offer, in the order the offers were given."""

    references: References
    marks: tuple[Mark, ...]


def lowest_price(offers: Sequence[Offer]) -> Marked:
    """M1: the score is the price in euro, and the least wins."""
    return Marked(References(_lowest(offers)), tuple(Mark(offer, offer.price) for offer in offers))


def simple_ratio(offers: Sequence[Offer]) -> Marked:
    """M2, einfache Richtwertmethode: Z = L/P, points per euro."""
    marks = tuple(Mark(offer, offer.points / offer.price) for offer in offers)
    return Marked(References(_lowest(offers), z_max=max(mark.score for mark in marks)), marks)


def extended_ratio(offers: Sequence[Offer], corridor: Fraction) -> Marked:
    """M3, erweiterte Richtwertmethode: Z = L/P; inside is who reaches Zmax x (1 - corridor), the bound included."""
    best = max(offers, key=lambda offer: offer.points / offer.price)
    z_max = best.points / best.price
    references = References(_lowest(offers), z_max=z_max, lower_bound=z_max * (1 - corridor))
    marks = tuple(
        Mark(offer, offer.points / offer.price, in_corridor=_reaches_corridor(offer, best, corridor))
        for offer in offers
    )
    return Marked(references, marks)


def best_value(offers: Sequence[Offer], quality_weight: Fraction, max_points: Fraction) -> Marked:
    """M7/M8: S = 100 x (gL x L/Lmax + gP x Pmin/P)."""
    p_min = _lowest(offers)
    marks = []
    for offer in offers:
        quality_points = FULL_SCORE * quality_weight * offer.points / max_points
        price_points = FULL_SCORE * (1 - quality_weight) * p_min / offer.price
        marks.append(Mark(offer, quality_points + price_points, quality_points, price_points))
    return Marked(References(p_min), tuple(marks))


def linear(offers: Sequence[Offer], quality_weight: Fraction, max_points: Fraction, zero_at: Fraction) -> Marked:
    """M9: price points fall in a straight line from Pmin to zero at ``zero_at`` x Pmin, never below zero."""
    p_min = _lowest(offers)
    zero_price = zero_at * p_min
    marks = []
    for offer in offers:
        quality_points = FULL_SCORE * quality_weight * offer.points / max_points
        closeness = max(Fraction(0), (zero_price - offer.price) / (zero_price - p_min))
        price_points = FULL_SCORE * (1 - quality_weight) * closeness
        marks.append(Mark(offer, quality_points + price_points, quality_points, price_points))
    return Marked(References(p_min, zero_price=zero_price), tuple(marks))


def _lowest(offers: Sequence[Offer]) -> Fraction:
    return min(offer.price for offer in offers)


def _reaches_corridor(offer: Offer, best: Offer, corridor: Fraction) -> bool:
    """Cross products as the domain notes print them, so that a reader can check the comparison by hand."""
    return offer.points * best.price >= best.points * offer.price * (1 - corridor)
