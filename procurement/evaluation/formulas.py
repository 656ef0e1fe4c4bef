"""What goes into a formula and what comes out of it, and the methods on the ratio of points and price.

Everything is a :class:`Fraction`. With binary floats 9000/125000 >= 8000/100000 x 0.9 is false although both sides are
equal, and rounding Z before the corridor test lets bids in that are below the bound; both give a wrong winner. Rounding
happens only where it was published, inside the formula (:class:`Rounding`). L/P is shown times 10,000.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from procurement.tenders.method import RoundingPlace, ScoringParameters
from procurement.values.rounding import half_up

DISPLAY_FACTOR = 10_000
FULL_SCORE = 100


@dataclass(frozen=True, slots=True)
class Offer:
    """A bid still in the ranking: performance points L and evaluation price P in euro, P above zero where divided.

    ``part`` are the points of the one node that decides in the corridor, where one does.
    """

    id: str
    points: Fraction
    price: Fraction
    part: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """What a formula says about one bid; parts and corridor only where the method has them.

    ``exact_score`` is the score without the published rounding, where there is one; ``price_rating`` are the points of
    0 to 10 that the price got as one criterion among others.
    """

    offer: Offer
    score: Fraction
    quality_points: Fraction | None = None
    price_points: Fraction | None = None
    in_corridor: bool | None = None
    exact_score: Fraction | None = None
    price_rating: Fraction | None = None


@dataclass(frozen=True, slots=True)
class References:
    """The figures that all bids are measured against; ``zero_price`` is where price points end.

    ``points_base`` and ``price_base`` are what L and P are divided by: medians, means, fixed references or the best L.
    ``least_points`` is the threshold in points.
    """

    p_min: Fraction
    z_max: Fraction | None = None
    lower_bound: Fraction | None = None
    zero_price: Fraction | None = None
    points_base: Fraction | None = None
    price_base: Fraction | None = None
    least_points: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """References and one mark per offer, in the order the offers were given."""

    references: References
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Rounding:
    """The published rounding: half up, at one place of the formula; without decimals everything stays exact."""

    place: RoundingPlace | None = None
    decimals: int | None = None

    def price_points(self, points: Fraction) -> Fraction:
        """Price points as published."""
        return self._rounded(points) if self.place is RoundingPlace.PRICE_POINTS else points

    def score(self, score: Fraction, shown_times: int = 1) -> Fraction:
        """The score as published; a ratio is rounded as it is shown, times 10,000."""
        if self.place is not RoundingPlace.SCORE:
            return score
        return self._rounded(score * shown_times) / shown_times

    def _rounded(self, figure: Fraction) -> Fraction:
        scale: int = 10 ** (self.decimals or 0)
        return Fraction(half_up(figure * scale), scale)


EXACT = Rounding()


def rounding_of(parameters: ScoringParameters) -> Rounding:
    """The rounding that these parameters publish."""
    if parameters.rounding_place is None or parameters.rounding_places is None:
        return EXACT
    return Rounding(parameters.rounding_place, int(parameters.rounding_places))


def lowest(offers: Sequence[Offer]) -> Fraction:
    """Pmin, the lowest price in euro."""
    return min(offer.price for offer in offers)


def simple_ratio(offers: Sequence[Offer], rounding: Rounding = EXACT) -> Marked:
    """M2, einfache Richtwertmethode: Z = L/P, points per euro."""
    marks = tuple(_ratio_mark(offer, rounding) for offer in offers)
    return Marked(References(lowest(offers), z_max=max(mark.score for mark in marks)), marks)


def extended_ratio(offers: Sequence[Offer], corridor: Fraction, rounding: Rounding = EXACT) -> Marked:
    """M3, erweiterte Richtwertmethode: Z = L/P; inside is who reaches Zmax x (1 - corridor), the bound included."""
    marks = [_ratio_mark(offer, rounding) for offer in offers]
    best = max(marks, key=lambda mark: mark.score)
    references = References(lowest(offers), z_max=best.score, lower_bound=best.score * (1 - corridor))
    return Marked(references, tuple(_in_corridor(mark, best, corridor) for mark in marks))


def _ratio_mark(offer: Offer, rounding: Rounding) -> Mark:
    ratio = offer.points / offer.price
    rounded = rounding.score(ratio, DISPLAY_FACTOR)
    return Mark(offer, rounded, exact_score=None if rounding is EXACT else ratio)


def _in_corridor(mark: Mark, best: Mark, corridor: Fraction) -> Mark:
    """Cross products as the domain notes print them, so that a reader can check the comparison by hand."""
    own, other = mark.offer, best.offer
    if mark.exact_score is None:
        inside = own.points * other.price >= other.points * own.price * (1 - corridor)
    else:
        inside = mark.score >= best.score * (1 - corridor)
    return Mark(own, mark.score, in_corridor=inside, exact_score=mark.exact_score)
