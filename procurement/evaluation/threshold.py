"""The place at which a statement stops being true while one figure moves: exact where it is a fraction.

First the place is enclosed between two neighbours of a grid (whole cents, say) by halving, each tried by scoring again.
Between them every comparison of two bids is a quotient of two straight lines, for all methods but the exponential one
and wherever nothing is rounded. Four scorings tell such a quotient exactly; where it becomes zero is a candidate, and a
candidate counts only once scoring right before and right behind it has proven it. Otherwise the two neighbours stand.
Rejected: one solved equation per method, since each would have to be right in every piece and follow every change of a
formula.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import floor

Gaps = tuple[Fraction | None, ...]
PROOF_DISTANCE = Fraction(1, 10**9)
SAMPLES = (Fraction(1, 7), Fraction(2, 5), Fraction(5, 8), Fraction(8, 9))


@dataclass(frozen=True, slots=True)
class Probe:
    """What scoring says at one value: whether the statement holds, and the figures whose signs decide about it."""

    holds: bool
    gaps: Gaps = ()


@dataclass(frozen=True, slots=True)
class Threshold:
    """``inside`` still holds and ``outside`` does not; ``exact`` lies between them, nothing if it is no fraction.

    ``is_attained`` says that the statement holds at the exact place itself: a tie there, not a loss.
    """

    inside: Fraction
    outside: Fraction
    exact: Fraction | None
    is_attained: bool = False

    @property
    def nearest(self) -> Fraction:
        """The exact place, or the last value of the grid that holds."""
        return self.inside if self.exact is None else self.exact


Trial = Callable[[Fraction], Probe]


def threshold(
    trial: Trial, start: Fraction, end: Fraction, unit: Fraction, breaks: Iterable[Fraction] | None = ()
) -> Threshold | None:
    """Where the statement stops holding on the way from ``start``, where it holds, to ``end``; nothing if it does not.

    It must stop only once on the way. ``breaks`` are values at which a formula may change its shape;
    without any answer to that (None) only the two neighbours on the grid are looked for.
    """
    if trial(end).holds:
        return None
    inside, outside = _neighbours(trial, start, end, unit)
    if breaks is None:
        return Threshold(inside, outside, None)
    exact, is_attained = _exact(trial, inside, outside, breaks)
    return Threshold(inside, outside, exact, is_attained)


def first_threshold(
    trial: Trial, start: Fraction, end: Fraction, breaks: Iterable[Fraction], *, is_complete: bool
) -> Threshold | None:
    """The same where the statement may stop and hold again: the first stop after ``start``, by walking the breaks.

    ``is_complete`` says that nothing can change but at a break; else it may also change at a zero between two of them.
    """
    corners = _between(start, end, breaks)
    for one, other in pairwise([start, *corners, end]):
        zeros = [] if is_complete else _zeros(trial, one, other)
        marks = [one, *zeros, other]
        for near, far in pairwise(marks):
            for place in ((near + far) / 2, far):
                if not trial(place).holds:
                    return _located(trial, near, place)
    return None


def _located(trial: Trial, near: Fraction, place: Fraction) -> Threshold:
    """Between two marks nothing changes: it stops at the nearer one if a place behind that fails, else at the other."""
    fails_between = not trial((near + place) / 2).holds
    where = near if fails_between else place
    step = (place - near) * PROOF_DISTANCE
    return Threshold(where - step, where + step, where, trial(where).holds)


def zero_of_quotient(xs: Sequence[Fraction], ys: Sequence[Fraction]) -> Fraction | None:
    """Where the quotient of straight lines through four places is zero; nothing if there is none or it is none."""
    (x0, x1, x2, x3), (y0, y1, y2, y3) = xs, ys
    bend = (y2 - y0) * (x1 - x0) - (y1 - y0) * (x2 - x0)
    if bend == 0:
        slope = (y1 - y0) / (x1 - x0)
        fits = y3 == y0 + slope * (x3 - x0)
        return x0 - y0 / slope if fits and slope else None
    pole = ((y1 * x1 - y0 * x0) * (x2 - x0) - (y2 * x2 - y0 * x0) * (x1 - x0)) / bend
    rise = ((y1 * x1 - y0 * x0) + (y1 - y0) * pole) / (x1 - x0)
    rest = y0 * (x0 + pole) - rise * x0
    fits = y3 * (x3 + pole) == rise * x3 + rest
    return -rest / rise if fits and rise else None


def _neighbours(trial: Trial, good: Fraction, bad: Fraction, unit: Fraction) -> tuple[Fraction, Fraction]:
    """Halve until no value of the grid lies between the last that holds and the first that does not."""
    while True:
        low, high = min(good, bad), max(good, bad)
        middle = floor((low + high) / 2 / unit) * unit
        if middle <= low:
            middle += unit
        if middle >= high:
            return good, bad
        if trial(middle).holds:
            good = middle
        else:
            bad = middle


def _exact(
    trial: Trial, inside: Fraction, outside: Fraction, breaks: Iterable[Fraction]
) -> tuple[Fraction | None, bool]:
    corners = [inside, *_between(inside, outside, breaks), outside]
    for one, other in pairwise(corners):
        for near, far in pairwise([one, *_zeros(trial, one, other), other]):
            if not trial((near + far) / 2).holds:
                return _proven(trial, near, inside, outside)
            if not trial(far).holds:
                return _proven(trial, far, inside, outside)
    return None, False


def _proven(trial: Trial, place: Fraction, inside: Fraction, outside: Fraction) -> tuple[Fraction | None, bool]:
    """The candidate if scoring closely around it shows that it is the place."""
    step = (outside - inside) * PROOF_DISTANCE
    holds_before = place == inside or trial(place - step).holds
    fails_behind = place == outside or not trial(place + step).holds
    return (place, trial(place).holds) if holds_before and fails_behind else (None, False)


def _zeros(trial: Trial, one: Fraction, other: Fraction) -> list[Fraction]:
    """Where one of the figures becomes zero between two values, in the order of the way."""
    xs = [one + (other - one) * share for share in SAMPLES]
    columns = zip(*(trial(x).gaps for x in xs), strict=False)
    found = []
    for column in columns:
        ys = [gap for gap in column if gap is not None]
        zero = zero_of_quotient(xs, ys) if len(ys) == len(xs) else None
        if zero is not None:
            found.append(zero)
    return _between(one, other, found)


def _between(start: Fraction, end: Fraction, values: Iterable[Fraction]) -> list[Fraction]:
    """The different values strictly between two others, in the order of the way."""
    low, high = min(start, end), max(start, end)
    return sorted({value for value in values if low < value < high}, reverse=start > end)
