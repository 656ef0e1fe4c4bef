"""Lines of equal score on the price–quality map: how far each bid stands from the line of rank 1.

A bid above or left of the line through another one beats it, as long as the figures all bids are measured against stay.
Lines are drawn for the first ranks only; more would hide each other. The corridor of the extended Richtwertmethode is
not decided by such a line alone, which the page says beside the picture.
"""

from dataclasses import dataclass
from fractions import Fraction

from procurement.evaluation.contest import Contest
from procurement.evaluation.formulas import Offer
from procurement.evaluation.iso_score import IsoCurve, iso_curve
from procurement.evaluation.price_quality_map import PriceQualityMap, Tick
from procurement.values.rounding import half_up

DRAWN = 3
STEPS = 48
FEWEST_PLACES = 2


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """The line through one bid as a list of places "x,y x,y"; ``order`` counts from 1, the best first."""

    bid: str
    order: int
    places: str


def score_lines(surface: PriceQualityMap, contest: Contest) -> tuple[ScoreLine, ...]:
    """The lines through the first ranks, best first; none where the method knows no exchange of points and price."""
    sheet = contest.sheet()
    if sheet.references is None:
        return ()
    low, high = surface.points[0].value, surface.points[-1].value
    grid = [low + (high - low) * step / STEPS for step in range(STEPS + 1)]
    found: list[ScoreLine] = []
    for line in [line for line in sheet.ranking if line.rank is not None][:DRAWN]:
        if line.points is None or line.price is None:
            continue
        through = Offer(line.id, line.points, line.price)
        curve = iso_curve(contest.method, contest.parameters, sheet.references, through, grid)
        places = _places(surface, curve) if curve else []
        if len(places) >= FEWEST_PLACES:
            found.append(ScoreLine(line.id, len(found) + 1, " ".join(places)))
    return tuple(found)


def _places(surface: PriceQualityMap, curve: IsoCurve) -> list[str]:
    """Where the curve runs inside the frame, and along its level where the price is free."""
    left, right = surface.prices[0].value, surface.prices[-1].value
    bottom, top = surface.points[0].value, surface.points[-1].value
    on_curve = [(one.price, one.points) for one in curve.points]
    level = curve.level
    if level is not None and bottom <= level.points <= top:
        on_curve += [(max(level.from_price, left), level.points), (right, level.points)]
    return [
        f"{_at(surface.prices, price)},{_at(surface.points, points)}"
        for price, points in on_curve
        if left <= price <= right and bottom <= points <= top
    ]


def _at(ticks: tuple[Tick, ...], value: Fraction) -> int:
    """The place of a value on an axis, from the ticks at its two ends."""
    first, last = ticks[0], ticks[-1]
    return half_up(first.at + (value - first.value) / (last.value - first.value) * (last.at - first.at))
