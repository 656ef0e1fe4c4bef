"""Curves of equal score through one tried bid, one per variant, as places on a drawing surface and as a table.

One idea: how much more a better bid may cost before it falls behind. All curves run through the same bid, so that the
steeper one is the method to which points are worth less. As in the map of prices and points, cheaper is further left
and better further up.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from procurement.evaluation.formulas import Offer
from procurement.evaluation.iso_score import IsoCurve, iso_curve, iso_price
from procurement.evaluation.laboratory import Outcome, TriedBid
from procurement.values.figures import exact, fixed
from procurement.values.rounding import half_up

WIDTH, HEIGHT = 540, 300
LEFT, RIGHT, TOP, BOTTOM = 64, 486, 34, 256
STEPS, ROWS, TICKS = 40, 9, 6
SPREAD = Fraction(1, 5)
APART, NEAR = 18, 8
CHARACTER, ROOM = 8, 24
Place = tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class Tick:
    """A value on an axis and where it stands."""

    value: Fraction
    at: int


@dataclass(frozen=True, slots=True)
class DrawnCurve:
    """One variant by its number, as a path of places, and where its number stands."""

    number: int
    path: str
    label_x: int
    label_y: int


@dataclass(frozen=True, slots=True)
class DrawnBid:
    """A tried bid as a point; ``anchor`` keeps its name inside the frame."""

    name: str
    x: int
    y: int
    anchor: str
    is_through: bool


@dataclass(frozen=True, slots=True)
class Row:
    """So many points, and per variant the price in euro that counts as much as the chosen bid."""

    points: int
    prices: tuple[Fraction | None, ...]


@dataclass(frozen=True, slots=True)
class CurvePicture:
    """The whole picture with its table; ``numbers`` are the variants that have a curve."""

    through: TriedBid
    numbers: tuple[int, ...]
    curves: tuple[DrawnCurve, ...]
    bids: tuple[DrawnBid, ...]
    prices: tuple[Tick, ...]
    points: tuple[Tick, ...]
    rows: tuple[Row, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP
    bottom: int = BOTTOM


@dataclass(frozen=True, slots=True)
class _Frame:
    """From points and euro to places; whole points and euro at the ends of the axes."""

    low_points: int
    high_points: int
    low_price: int
    high_price: int

    def across(self, price: Fraction) -> Fraction:
        return LEFT + (price - self.low_price) * (RIGHT - LEFT) / (self.high_price - self.low_price)

    def down(self, points: Fraction) -> Fraction:
        return BOTTOM - (points - self.low_points) * (BOTTOM - TOP) / (self.high_points - self.low_points)

    def x(self, price: Fraction) -> int:
        return half_up(self.across(price))

    def y(self, points: Fraction) -> int:
        return half_up(self.down(points))


def curve_picture(
    outcomes: Sequence[Outcome], bids: Sequence[TriedBid], through: TriedBid, max_points: int
) -> CurvePicture | None:
    """The picture; nothing if no variant could be applied."""
    usable = [(number, outcome) for number, outcome in enumerate(outcomes, 1) if outcome.sheet is not None]
    if not usable:
        return None
    frame = _frame(bids, max_points)
    offer = Offer(through.name, Fraction(through.points), exact(through.price))
    grid = [_between(frame.low_points, frame.high_points, step, STEPS) for step in range(STEPS + 1)]
    curves = []
    for number, outcome in usable:
        curve = _curve(outcome, offer, grid)
        path = _path(curve, frame) if curve else []
        if path:
            curves.append(DrawnCurve(number, _drawn_path(path), *_beside(path[-1])))
    return CurvePicture(
        through=through,
        numbers=tuple(number for number, _outcome in usable),
        curves=tuple(_labels_apart(curves)),
        bids=tuple(_drawn(bid, frame, is_through=bid == through) for bid in bids),
        prices=_ticks(frame.low_price, frame.high_price, frame.x, (RIGHT - LEFT) // _label_width(frame.high_price)),
        points=_ticks(frame.low_points, frame.high_points, frame.y, TICKS),
        rows=_rows([outcome for _number, outcome in usable], offer, frame),
    )


def _frame(bids: Sequence[TriedBid], max_points: int) -> _Frame:
    """A fifth more on all sides than the bids need, not above what is attainable."""
    points, euro = [bid.points for bid in bids], [exact(bid.price) for bid in bids]
    below, above = SPREAD * (max(points) - min(points)), SPREAD * (max(euro) - min(euro))
    low, high = max(0, int(min(points) - below)), max(*points, min(max_points, int(max(points) + below) + 1))
    return _Frame(
        min(low, high - 1), high, max(0, int(min(euro) - above - min(euro) / 20)), int(max(euro) + above) + 100
    )


def _curve(outcome: Outcome, through: Offer, grid: Sequence[Fraction]) -> IsoCurve | None:
    if outcome.sheet is None or outcome.sheet.references is None or not through.price:
        return None
    return iso_curve(outcome.variant.method, outcome.variant.parameters, outcome.sheet.references, through, grid)


def _path(curve: IsoCurve, frame: _Frame) -> list[Place]:
    """The part of a curve inside the frame; where the price is free it runs on to the right."""
    path = [
        (frame.across(point.price), frame.down(point.points))
        for point in curve.points
        if frame.low_price <= point.price <= frame.high_price and frame.low_points <= point.points <= frame.high_points
    ]
    level = curve.level
    if level is not None and frame.low_points <= level.points <= frame.high_points:
        start = max(level.from_price, Fraction(frame.low_price))
        if start < frame.high_price:
            path += [(frame.across(start), frame.down(level.points)), (Fraction(RIGHT), frame.down(level.points))]
    return list(dict.fromkeys(path)) if len(set(path)) > 1 else []


def _drawn_path(path: Sequence[Place]) -> str:
    """In tenths, so that the line does not look jagged."""
    return "M" + "L".join(f"{fixed(x, 1)} {fixed(y, 1)}" for x, y in path)


def _beside(end: Place) -> tuple[int, int]:
    """Outside the frame where the curve leaves it, above or to the right, so that no bid is covered."""
    x, y = half_up(end[0]), half_up(end[1])
    return (x, TOP - APART + 4) if y <= TOP + NEAR else (min(x, RIGHT) + APART - 4, y)


def _labels_apart(curves: Sequence[DrawnCurve]) -> list[DrawnCurve]:
    """Numbers at the ends of the curves, moved on one after the other where they would cover each other."""
    placed: list[DrawnCurve] = []
    for curve in curves:
        x, y = curve.label_x, curve.label_y
        while any(abs(x - other.label_x) < APART and abs(y - other.label_y) < APART for other in placed):
            x, y = (x - APART, y) if y < TOP else (x, y + APART)
        placed.append(DrawnCurve(curve.number, curve.path, x, y))
    return placed


def _drawn(bid: TriedBid, frame: _Frame, *, is_through: bool) -> DrawnBid:
    x, third = frame.x(exact(bid.price)), (RIGHT - LEFT) // 3
    anchor = "start" if x < LEFT + third else "end" if x > RIGHT - third else "middle"
    return DrawnBid(bid.name, x, frame.y(Fraction(bid.points)), anchor, is_through)


def _ticks(low: int, high: int, place: Callable[[Fraction], int], about: int) -> tuple[Tick, ...]:
    return tuple(
        Tick(Fraction(value), place(Fraction(value))) for value in _round_figures(low, high, min(TICKS, about))
    )


def _label_width(figure: int) -> int:
    """What a price takes below its axis, with dots, euro sign and some room."""
    return CHARACTER * len(str(figure)) + ROOM


def _round_figures(low: int, high: int, about: int) -> list[int]:
    """Multiples of 1, 2 or 5 times a power of ten between both ends, ``about`` so many or fewer."""
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            first = -(-low // step) * step
            if (high - first) // step < about:
                return list(range(first, high + 1, step))
        size *= 10


def _between(low: int, high: int, step: int, steps: int) -> Fraction:
    return low + Fraction((high - low) * step, steps)


def _rows(outcomes: Sequence[Outcome], through: Offer, frame: _Frame) -> tuple[Row, ...]:
    """Round numbers of points within the picture and the chosen bid's own, best first."""
    asked = _round_figures(frame.low_points, frame.high_points, ROWS)
    points = sorted({*asked, int(through.points)}, reverse=True)
    return tuple(Row(one, tuple(_price(outcome, through, one) for outcome in outcomes)) for one in points)


def _price(outcome: Outcome, through: Offer, points: int) -> Fraction | None:
    sheet = outcome.sheet
    if sheet is None or sheet.references is None or not through.price:
        return None
    variant = outcome.variant
    return iso_price(variant.method, variant.parameters, sheet.references, through, Fraction(points))
