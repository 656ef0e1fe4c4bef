"""The formula laboratory: hypothetical bids scored by several methods side by side, before anything is published.

It calls the same :func:`~procurement.evaluation.scoring.score` as the real evaluation, so every method on offer works
here. The weight of the price is measured, not read off: the same 40 % mean more or less according to how far prices
and points lie apart. Share = variance of the score if only the prices differ (all bids with the mean points), divided
by that variance plus the variance if only the points differ (all bids at the mean price). The alternative, the share of
the announced price points, says nothing for methods that divide points by the price.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from procurement.evaluation.bid_figures import BidFigures
from procurement.evaluation.errors import CannotEvaluate
from procurement.evaluation.scoring import BidScore, ScoreSheet, score
from procurement.tenders.method import PRICE_RANKED_METHODS, ScoringMethod, ScoringParameters
from procurement.values.money import Money
from procurement.values.objection import NotAdmissible

FEWEST_BIDS, MOST_BIDS, MOST_VARIANTS = 2, 8, 5
SCALES = (Fraction(4, 5), Fraction(6, 5))


@dataclass(frozen=True, slots=True)
class TriedBid:
    """A bid that nobody made: a name, whole performance points and a price."""

    name: str
    points: int
    price: Money


@dataclass(frozen=True, slots=True)
class Variant:
    """A method with its parameters, as one column of the comparison."""

    method: ScoringMethod
    parameters: ScoringParameters


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one variant makes of the bids; ``problems`` say why it could not be applied, then the rest is empty.

    ``price_effect`` is the measured weight of the price as a share of one; nothing if all bids are alike.
    ``rescaled`` are the winners if the fixed references stood at 80 % and at 120 %, where that changes them.
    """

    variant: Variant
    sheet: ScoreSheet | None
    price_effect: Fraction | None = None
    rescaled: tuple[tuple[str, ...], ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def winners(self) -> tuple[str, ...]:
        """The bids on rank 1; several are a tie."""
        return self.sheet.winners if self.sheet else ()

    def line(self, name: str) -> BidScore | None:
        """What this variant says about one bid."""
        return self.sheet.bid(name) if self.sheet else None

    @property
    def changes_with_scale(self) -> bool:
        """Whether rank 1 depends on where the fixed amounts in euro stand."""
        return bool(self.rescaled)


def compared(bids: Sequence[TriedBid], variants: Sequence[Variant]) -> list[Outcome]:
    """The outcome of every variant, in the order given."""
    return [_outcome(_figures(bids), variant) for variant in variants]


def different_winners(outcomes: Sequence[Outcome]) -> int:
    """By how many different bids the variants are won; a tie counts as one of its own."""
    return len({outcome.winners for outcome in outcomes if outcome.winners})


def _figures(bids: Sequence[TriedBid]) -> list[BidFigures]:
    return [BidFigures(bid.name, bid.points, bid.price) for bid in bids]


def _outcome(bids: Sequence[BidFigures], variant: Variant) -> Outcome:
    try:
        sheet = score(bids, variant.method, variant.parameters)
    except NotAdmissible as refusal:
        return Outcome(variant, None, problems=tuple(str(objection) for objection in refusal.objections))
    except CannotEvaluate as refusal:
        return Outcome(variant, None, problems=(str(refusal),))
    return Outcome(variant, sheet, _price_effect(bids, variant), _rescaled(bids, variant, sheet.winners))


def _price_effect(bids: Sequence[BidFigures], variant: Variant) -> Fraction | None:
    if variant.method in PRICE_RANKED_METHODS:
        return Fraction(1)
    if variant.method is ScoringMethod.QUALITY_ONLY:
        return Fraction(0)
    points = sum((Fraction(bid.points or 0) for bid in bids), Fraction(0)) / len(bids)
    price = sum((_euro(bid) for bid in bids), Fraction(0)) / len(bids)
    by_price = _spread([replace(bid, points=points) for bid in bids], variant)
    by_quality = _spread([replace(bid, price=price) for bid in bids], variant)
    return by_price / (by_price + by_quality) if by_price + by_quality else None


def _spread(bids: Sequence[BidFigures], variant: Variant) -> Fraction:
    """The variance of the scores as shown (roots, not powers), times the number of bids; a share stays as it is."""
    sheet = score(bids, variant.method, variant.parameters, explained=False)
    scores = [line.display_score for line in sheet.bids if line.display_score is not None]
    mean = sum(scores, Fraction(0)) / len(scores)
    return sum(((one - mean) ** 2 for one in scores), Fraction(0))


def _rescaled(bids: Sequence[BidFigures], variant: Variant, winners: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """References at 80 % and 120 % are the same as all prices divided by that; asked of every method alike."""
    found = tuple(
        score(_at(bids, scale), variant.method, variant.parameters, explained=False).winners for scale in SCALES
    )
    return found if any(one != winners for one in found) else ()


def _at(bids: Sequence[BidFigures], scale: Fraction) -> list[BidFigures]:
    return [replace(bid, price=_euro(bid) / scale) for bid in bids]


def _euro(bid: BidFigures) -> Fraction:
    return bid.price if isinstance(bid.price, Fraction) else Fraction(bid.price.cents if bid.price else 0, 100)
