"""Where the bids stand between price and performance: places on a drawing surface, ready for a template to draw.

One idea per picture: cheaper is further left, better is further up. For the simple ratio every bid on a line through
the origin has the same score, so the line of the best bid shows how far the others fall short. Figures stand in the
table.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from procurement.evaluation.run_result import BidResult, RunResult
from procurement.tenders.method import ScoringMethod
from procurement.values.rounding import half_up

WIDTH, HEIGHT = 360, 220
LEFT, RIGHT, TOP, BOTTOM = 52, 348, 12, 180
FEWEST_BIDS = 2
MARGIN = Fraction(1, 10)
TICKS = 3
THIRD = (RIGHT - LEFT) // 3


@dataclass(frozen=True, slots=True)
class Tick:
    """A value on an axis and where it stands."""

    value: Fraction
    at: int


@dataclass(frozen=True, slots=True)
class PlacedBid:
    """A bid as a point; ``anchor`` is the part of its label that stands above it, so that names stay inside."""

    bid: BidResult
    x: int
    y: int
    anchor: str


@dataclass(frozen=True, slots=True)
class PriceQualityMap:
    """The whole picture; ``line`` holds the ends of the line of equal score, where there is one."""

    bids: tuple[PlacedBid, ...]
    prices: tuple[Tick, ...]
    points: tuple[Tick, ...]
    line: tuple[int, int, int, int] | None
    is_ratio: bool
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP
    bottom: int = BOTTOM


@dataclass(frozen=True, slots=True)
class _Scale:
    """From exact figures to places on the surface."""

    low: Fraction
    high: Fraction
    start: int
    end: int

    def place(self, value: Fraction) -> int:
        return half_up(self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start))

    @property
    def ticks(self) -> tuple[Tick, ...]:
        step = (self.high - self.low) / (TICKS - 1)
        return tuple(Tick(self.low + step * count, self.place(self.low + step * count)) for count in range(TICKS))


def price_quality_map(result: RunResult) -> PriceQualityMap | None:
    """The map of all scored bids with points; nothing where points do not count or fewer than two bids are left."""
    bids = [bid for bid in result.bids if bid.score is not None and bid.points is not None]
    if len(bids) < FEWEST_BIDS:
        return None
    x = _scale([_price(bid) for bid in bids], LEFT, RIGHT)
    y = _scale([bid.points or Fraction(0) for bid in bids], BOTTOM, TOP)
    is_ratio = result.method == ScoringMethod.SIMPLE_RATIO.value
    best = max(bid.score or Fraction(0) for bid in bids)
    return PriceQualityMap(
        bids=tuple(_placed(bid, x, y) for bid in bids),
        prices=x.ticks,
        points=y.ticks,
        line=_line(best, x, y) if is_ratio else None,
        is_ratio=is_ratio,
    )


def _price(bid: BidResult) -> Fraction:
    return bid.price or Fraction(0)


def _scale(values: Sequence[Fraction], start: int, end: int) -> _Scale:
    """From a little below the least to a little above the most, whole figures at both ends; never of no width."""
    margin = max(max(values) * MARGIN, Fraction(1))
    low, high = max(min(values) - margin, Fraction(0)), max(values) + margin
    return _Scale(Fraction(int(low)), Fraction(int(high) + 1), start, end)


def _placed(bid: BidResult, x: _Scale, y: _Scale) -> PlacedBid:
    across = x.place(_price(bid))
    anchor = "start" if across < LEFT + THIRD else "end" if across > RIGHT - THIRD else "middle"
    return PlacedBid(bid, across, y.place(bid.points or Fraction(0)), anchor)


def _line(score: Fraction, x: _Scale, y: _Scale) -> tuple[int, int, int, int]:
    """The part of ``points = score × price`` inside the frame."""
    from_price = max(x.low, y.low / score) if score else x.low
    to_price = min(x.high, y.high / score) if score else x.high
    return x.place(from_price), y.place(from_price * score), x.place(to_price), y.place(to_price * score)
