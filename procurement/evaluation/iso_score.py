"""Curves of equal score: which price at which number of performance points counts as much as a given bid.

What the bids are measured against (lowest price, median, fixed reference) is held as it is; a curve therefore ends
where a price would fall below the lowest one and move the measure itself. Everything is exact. Only the exponential
method leads to roots; a price that is no fraction there is rounded half up to whole cents by comparing integer powers.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from procurement.evaluation.formulas import Offer, References
from procurement.evaluation.integer_roots import root_in_cents
from procurement.tenders.method import TOP_OF_PRICE_SCALE, PriceRule, ScoringMethod, ScoringParameters


@dataclass(frozen=True, slots=True)
class IsoPoint:
    """A number of performance points and the price in euro that gives the same score with them."""

    points: Fraction
    price: Fraction


@dataclass(frozen=True, slots=True)
class Level:
    """With so many points every price from ``from_price`` on gives the same score, as price points have ended there."""

    points: Fraction
    from_price: Fraction


@dataclass(frozen=True, slots=True)
class IsoCurve:
    """All bids with the same score as ``through``, by rising points; ``level`` is the part on which the price is free.

    In the extended Richtwertmethode this is the line of equal Z, which decides about the corridor only.
    """

    through: Offer
    points: tuple[IsoPoint, ...]
    level: Level | None = None


@dataclass(frozen=True, slots=True)
class _Pieces:
    """What one method says: the price at some points, where the curve has an end, and where the price is free."""

    price_at: Callable[[Fraction], Fraction | None]
    ends: tuple[Fraction, ...] = ()
    level: Level | None = None

    def at(self, points: Fraction) -> Fraction | None:
        """The lowest price that gives the score with so many points."""
        if self.level is not None and points == self.level.points:
            return self.level.from_price
        return self.price_at(points)


def iso_price(
    method: ScoringMethod, parameters: ScoringParameters, references: References, through: Offer, points: Fraction
) -> Fraction | None:
    """The price in euro at which a bid with so many points scores as much as ``through``; nothing where none does.

    Where several prices do, it is the lowest of them. Published rounding is left out of account.
    """
    pieces = _pieces(method, parameters, references, through)
    return None if pieces is None else pieces.at(points)


def iso_curve(
    method: ScoringMethod,
    parameters: ScoringParameters,
    references: References,
    through: Offer,
    grid: Iterable[Fraction],
) -> IsoCurve | None:
    """The curve at these numbers of points and at its own corners between them; nothing for an unknown method."""
    pieces = _pieces(method, parameters, references, through)
    if pieces is None:
        return None
    asked = sorted({*grid, through.points})
    within = (one for one in pieces.ends if asked[0] <= one <= asked[-1])
    found = []
    for points in sorted({*asked, *within}):
        price = pieces.at(points)
        if price is not None:
            found.append(IsoPoint(points, price))
    return IsoCurve(through, tuple(found), pieces.level)


def _pieces(
    method: ScoringMethod, parameters: ScoringParameters, references: References, through: Offer
) -> _Pieces | None:
    made = _METHODS.get(method)
    return None if made is None else made(parameters, references, through)


def _price_only(_: ScoringParameters, __: References, through: Offer) -> _Pieces:
    """Points buy nothing: the same price at any number of points."""
    return _Pieces(lambda _points: through.price)


def _ratio(_: ScoringParameters, __: References, through: Offer) -> _Pieces:
    """L/P: the price grows in step with the points."""
    if not through.points:
        return _Pieces(_nowhere, level=Level(Fraction(0), Fraction(0)))
    return _Pieces(lambda points: through.price * points / through.points if points else None)


def _best_value(parameters: ScoringParameters, references: References, through: Offer) -> _Pieces:
    """Pmin/P has to make up for what gL x L/Lmax lacks; below Pmin there is nothing more to gain."""
    quality, most = _share(parameters.quality_weight), references.points_base or parameters.max_points or 1
    worth = None if quality == 1 else quality / (1 - quality) / most
    return _by_quotient(worth, references.p_min, through)


def _linear(parameters: ScoringParameters, references: References, through: Offer) -> _Pieces:
    """The same with price points in a straight line, which end at the published multiple of the lowest price."""
    quality, most = _share(parameters.quality_weight), _share(parameters.max_points)
    worth = None if quality == 1 else quality / (1 - quality) / most
    return _by_line(worth, references.p_min, _share(parameters.zero_at), through)


def _additive(parameters: ScoringParameters, references: References, through: Offer) -> _Pieces:
    """Points of the price stand beside those of the other criteria, at most ten times the weight of the price."""
    worth = 1 / (TOP_OF_PRICE_SCALE * _share(parameters.price_weight))
    if parameters.price_rule is PriceRule.LINEAR:
        return _by_line(worth, references.p_min, _share(parameters.zero_at), through)
    return _by_quotient(worth, references.p_min, through)


def _by_quotient(worth: Fraction | None, p_min: Fraction, through: Offer) -> _Pieces:
    """Pmin/P as share of the price points; ``worth`` is what one performance point counts in these shares."""
    if worth is None:
        return _level_only(through)
    share = p_min / through.price

    def price_at(points: Fraction) -> Fraction | None:
        own = share + worth * (through.points - points)
        return p_min / own if 0 < own <= 1 else None

    return _Pieces(price_at, (through.points - (1 - share) / worth,) if worth else ())


def _by_line(worth: Fraction | None, p_min: Fraction, zero_at: Fraction, through: Offer) -> _Pieces:
    """A straight line from all price points at Pmin to none at its multiple, beyond which the price is free."""
    if worth is None:
        return _level_only(through)
    zero = zero_at * p_min
    share = max(Fraction(0), (zero - through.price) / (zero - p_min))

    def price_at(points: Fraction) -> Fraction | None:
        own = share + worth * (through.points - points)
        return zero - own * (zero - p_min) if 0 <= own <= 1 else None

    if not worth:
        return _Pieces(price_at)
    end = through.points + share / worth
    return _Pieces(price_at, (through.points - (1 - share) / worth, end), Level(end, zero))


def _difference(parameters: ScoringParameters, references: References, through: Offer) -> _Pieces:
    """Of gL x L/Lref - gP x P/Pref: a straight line in which a point is worth the same everywhere."""
    quality = _share(parameters.quality_weight)
    if quality == 1:
        return _level_only(through)
    euro_per_point = quality / (1 - quality) * _share(references.price_base) / (references.points_base or 1)
    return _straight(through, euro_per_point)


def _bonus(parameters: ScoringParameters, _: References, through: Offer) -> _Pieces:
    """Each point takes the same amount off the price."""
    return _straight(through, _share(parameters.bonus_per_point))


def _straight(through: Offer, euro_per_point: Fraction) -> _Pieces:
    """The same amount of euro for every point."""
    ends = (through.points - through.price / euro_per_point,) if euro_per_point else ()
    return _Pieces(lambda points: _not_negative(through.price + euro_per_point * (points - through.points)), ends)


def _exponential(parameters: ScoringParameters, _: References, through: Offer) -> _Pieces:
    """L^gL / P^gP: the price grows with the power gL/gP of the points."""
    quality = _share(parameters.quality_weight)
    if quality == 1:
        return _level_only(through)
    if not through.points and quality:
        return _Pieces(_nowhere, level=Level(Fraction(0), Fraction(0)))
    ratio = quality / (1 - quality)

    def price_at(points: Fraction) -> Fraction | None:
        if not points and ratio:
            return None
        growth = (points / through.points) ** ratio.numerator if ratio else Fraction(1)
        return root_in_cents(through.price**ratio.denominator * growth, ratio.denominator)

    return _Pieces(price_at)


def _threshold(parameters: ScoringParameters, _: References, through: Offer) -> _Pieces:
    """From the threshold on only the price counts."""
    least = _share(parameters.threshold) * _share(parameters.max_points)
    return _Pieces(lambda points: through.price if points >= least else None, (least,))


def _quality_only(_: ScoringParameters, __: References, through: Offer) -> _Pieces:
    return _level_only(through)


def _level_only(through: Offer) -> _Pieces:
    """The price counts for nothing."""
    return _Pieces(_nowhere, level=Level(through.points, Fraction(0)))


def _nowhere(_: Fraction) -> None:
    return None


def _not_negative(price: Fraction) -> Fraction | None:
    return price if price >= 0 else None


def _share(figure: Fraction | None) -> Fraction:
    """A parameter that was checked to be there before anything was scored."""
    return Fraction(0) if figure is None else figure


_METHODS: dict[ScoringMethod, Callable[[ScoringParameters, References, Offer], _Pieces]] = {
    ScoringMethod.LOWEST_PRICE: _price_only,
    ScoringMethod.SIMPLE_RATIO: _ratio,
    ScoringMethod.EXTENDED_RATIO: _ratio,
    ScoringMethod.WEIGHTED_MEDIAN: _difference,
    ScoringMethod.WEIGHTED_REFERENCE: _difference,
    ScoringMethod.WEIGHTED_MEAN: _difference,
    ScoringMethod.BEST_VALUE: _best_value,
    ScoringMethod.LINEAR: _linear,
    ScoringMethod.ADDITIVE: _additive,
    ScoringMethod.EXPONENTIAL: _exponential,
    ScoringMethod.QUALITY_ONLY: _quality_only,
    ScoringMethod.BONUS: _bonus,
    ScoringMethod.THRESHOLD_PRICE: _threshold,
}
