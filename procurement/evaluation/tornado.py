"""The prices at which rank 1 changes, drawn as bars from the present price: places on a surface for a template to draw.

To the left, how far a rival would have to go down; to the right, how far the winner may go up; the shortest bar is the
weakest point of the result and stands on top. Figures stand in the table beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from procurement.evaluation.break_even import BreakEven
from procurement.values.rounding import half_up

WIDTH, LEFT, RIGHT = 480, 150, 410
ROW, TOP, BAR = 30, 14, 16
WIDEST = Fraction(100)


@dataclass(frozen=True, slots=True)
class TornadoBar:
    """One bid; ``is_cut`` says that its bar is longer than the picture."""

    bid: str
    percent: Fraction
    x: int
    y: int
    width: int
    label_x: int
    anchor: str
    is_winner: bool
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Tornado:
    """The picture; ``zero`` is the place of the present price."""

    bars: tuple[TornadoBar, ...]
    zero: int
    height: int
    width: int = WIDTH
    label_end: int = LEFT - 8
    bar_height: int = BAR


def tornado(headroom: BreakEven | None, rivals: Sequence[BreakEven]) -> Tornado | None:
    """Bars for every bid with a price that changes rank 1; nothing if there is none."""
    known = [one for one in (*((headroom,) if headroom else ()), *rivals) if one.percent is not None]
    if not known:
        return None
    known.sort(key=lambda one: abs(one.percent or Fraction(0)))
    lengths = [max(-WIDEST, min(WIDEST, one.percent or Fraction(0))) for one in known]
    low, high = min(*lengths, Fraction(0)), max(*lengths, Fraction(0))
    scale = Fraction(RIGHT - LEFT) / ((high - low) or Fraction(1))
    zero = LEFT + half_up(-low * scale)
    bars = tuple(
        _bar(one, length, zero + half_up(length * scale), zero, row, is_winner=one is headroom)
        for row, (one, length) in enumerate(zip(known, lengths, strict=True))
    )
    return Tornado(bars, zero, TOP + ROW * len(bars) + TOP)


def _bar(one: BreakEven, length: Fraction, end: int, zero: int, row: int, *, is_winner: bool) -> TornadoBar:
    percent = one.percent or Fraction(0)
    goes_left = end < zero or (end == zero and not is_winner)
    return TornadoBar(
        bid=one.bid,
        percent=percent,
        x=min(end, zero),
        y=TOP + ROW * row,
        width=max(abs(end - zero), 1),
        label_x=zero + 6 if goes_left else end + 6,
        anchor="start",
        is_winner=is_winner,
        is_cut=length != percent,
    )
