"""Performance points of every ranked bid as one bar, built up from the main groups of the criteria.

All bars share one scale, the attainable points, so that what is missing shows as well. Parts are told apart by their
number, written into them, and by their pattern; figures stand in the table.
"""

from dataclasses import dataclass
from fractions import Fraction

from procurement.evaluation.run_result import BidResult, RunResult
from procurement.values.rounding import half_up

WIDTH, LEFT, RIGHT = 480, 150, 470
ROW, TOP, BAR = 34, 8, 22
PATTERNS = 4
NARROWEST_LABEL = 18


@dataclass(frozen=True, slots=True)
class BarPart:
    """The points of one main group; ``pattern`` runs from 1 to four and begins again."""

    number: str
    title: str
    attained: Fraction
    x: int
    width: int
    pattern: int

    @property
    def is_labelled(self) -> bool:
        """Whether its number fits into it."""
        return self.width >= NARROWEST_LABEL


@dataclass(frozen=True, slots=True)
class ScoreBar:
    """One bid with the parts of its bar."""

    bid: BidResult
    y: int
    parts: tuple[BarPart, ...]


@dataclass(frozen=True, slots=True)
class ScoreBars:
    """The picture."""

    bars: tuple[ScoreBar, ...]
    height: int
    width: int = WIDTH
    left: int = LEFT
    right: int = RIGHT
    label_end: int = LEFT - 8
    bar_height: int = BAR


def score_bars(result: RunResult) -> ScoreBars | None:
    """Bars of all ranked bids by rank; nothing where no points are given."""
    shown = [bid for bid in result.ranked if bid.groups]
    if not shown:
        return None
    attainable = sum((group.attainable for group in shown[0].groups if group.level == 1), Fraction(0))
    bars = tuple(ScoreBar(bid, TOP + ROW * row, _parts(bid, attainable)) for row, bid in enumerate(shown))
    return ScoreBars(bars, TOP + ROW * len(bars))


def _parts(bid: BidResult, attainable: Fraction) -> tuple[BarPart, ...]:
    parts = []
    before = Fraction(0)
    for place, group in enumerate(group for group in bid.groups if group.level == 1):
        start, end = (LEFT + half_up(sums / attainable * (RIGHT - LEFT)) for sums in (before, before + group.attained))
        parts.append(BarPart(group.number, group.title, group.attained, start, end - start, place % PATTERNS + 1))
        before += group.attained
    return tuple(parts)
