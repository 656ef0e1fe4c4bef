"""Between which weights the winner stays: for performance against price, and for each criterion against the others.

If one criterion gets another weight, the others keep their proportions among each other. Where scores are linear in
that weight the ends follow exactly; where they are not (median, mean, corridor, powers) the way from the announced
weight is walked from one change of the formula to the next. Both kinds of end are proven by scoring at them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, permutations

from procurement.evaluation.contest import Contest
from procurement.evaluation.threshold import Probe, Threshold, first_threshold, threshold
from procurement.evaluation.weight_table import LinearScores, WeightTable
from procurement.tenders.method import REQUIRED, ScoringMethod

FINE = Fraction(1, 10_000)
WHOLE_PERCENT = Fraction(1, 100)
WIDEST_PRICE_WEIGHT = 100
NO_WEIGHTS = "Bei dieser Methode ist kein Gewicht zwischen Leistung und Preis veröffentlicht."
NO_WINNER = "Es gibt kein einzelnes Angebot auf Rang 1."


@dataclass(frozen=True, slots=True)
class Bound:
    """One end: the last weight with which the winner is on rank 1, and who takes over there.

    At the end of the scale nobody does. ``exact`` is nothing if the place is no fraction; it lies between ``last`` and
    ``first``.
    """

    exact: Fraction | None
    last: Fraction
    first: Fraction | None = None
    rivals: tuple[str, ...] = ()

    @property
    def nearest(self) -> Fraction:
        """The exact place, or the last weight that holds."""
        return self.last if self.exact is None else self.exact

    @property
    def is_open(self) -> bool:
        """Whether the winner stays up to the end of the scale."""
        return self.first is None


@dataclass(frozen=True, slots=True)
class WeightInterval:
    """From ``low`` to ``high`` the winner stays; ``number`` and ``title`` name the criterion, empty for performance."""

    number: str
    title: str
    announced: Fraction
    low: Bound
    high: Bound

    @property
    def is_free(self) -> bool:
        """Whether no weight at all changes the winner."""
        return self.low.is_open and self.high.is_open

    @property
    def margin(self) -> Fraction:
        """How far the nearer end is away that does change it; 1 if there is none."""
        ends = [bound.nearest for bound in (self.low, self.high) if not bound.is_open]
        return min((abs(end - self.announced) for end in ends), default=Fraction(1))


@dataclass(frozen=True, slots=True)
class _Way:
    """One weight that moves between two ends while everything else follows."""

    changed: Callable[[Fraction], Contest]
    winner: str
    announced: Fraction
    ends: tuple[Fraction, Fraction] = (Fraction(0), Fraction(1))
    name: tuple[str, str] = ("", "")

    def trial(self, weight: Fraction) -> Probe:
        """Whether the winner is still on rank 1."""
        return self.changed(weight).probe(self.winner)

    def halved(self, unit: Fraction, breaks: tuple[Fraction, ...] | None) -> WeightInterval:
        """The interval where the winner stays in one piece."""
        return self._between(*(threshold(self.trial, self.announced, end, unit, breaks) for end in self.ends))

    def walked(self, breaks: Iterable[Fraction], *, is_complete: bool) -> WeightInterval:
        """The interval up to the first change on each side."""
        marks = list(breaks)
        return self._between(
            *(first_threshold(self.trial, self.announced, end, marks, is_complete=is_complete) for end in self.ends)
        )

    def _between(self, low: Threshold | None, high: Threshold | None) -> WeightInterval:
        return WeightInterval(*self.name, self.announced, self._bound(low, 0), self._bound(high, 1))

    def _bound(self, found: Threshold | None, side: int) -> Bound:
        if found is None:
            return Bound(self.ends[side], self.ends[side])
        there = self.changed(found.nearest).winners() if found.exact is not None else ()
        rivals = [one for one in there if one != self.winner]
        if not rivals:
            rivals = [one for one in self.changed(found.outside).winners() if one != self.winner]
        return Bound(found.exact, found.inside, found.outside, tuple(rivals))


def quality_interval(contest: Contest) -> WeightInterval | None:
    """For the weight of performance; nothing without one, or without a single winner.

    Where the price is one criterion, it is the number of its weight points instead.
    """
    winners = contest.winners()
    if len(winners) != 1 or len(contest.bids) == 1:
        return None
    if contest.method is ScoringMethod.ADDITIVE:
        announced = contest.parameters.price_weight or Fraction(0)
        ends = (FINE, announced * WIDEST_PRICE_WEIGHT)
        return _Way(contest.with_price_weight, winners[0], announced, ends).halved(FINE, ())
    share = contest.parameters.quality_weight
    if "quality_weight" not in REQUIRED[contest.method] or share is None:
        return None
    way = _Way(contest.with_quality_weight, winners[0], share)
    return way.halved(WHOLE_PERCENT, None) if contest.method is ScoringMethod.EXPONENTIAL else way.halved(FINE, ())


def criterion_intervals(table: WeightTable, linear: LinearScores | None) -> tuple[WeightInterval, ...]:
    """For every criterion, in their order; nothing without a single winner."""
    winners = table.contest.winners()
    if len(winners) != 1 or len(table.contest.bids) == 1:
        return ()
    places = range(len(table.criteria))
    if linear is not None:
        return tuple(_solved(table, linear, winners[0], place) for place in places)
    return tuple(_stepped(table, winners[0], place) for place in places)


def _stepped(table: WeightTable, winner: str, place: int) -> WeightInterval:
    contest = table.contest
    way = _Way(
        lambda share: table.contest_at(table.moved(place, share)),
        winner,
        table.weights[place],
        name=table.criteria[place],
    )
    if contest.method is ScoringMethod.EXPONENTIAL or contest.parameters.rounding_places is not None:
        return way.halved(FINE, None)
    if contest.method is ScoringMethod.EXTENDED_RATIO:
        return way.walked(_corridor_crossings(table, place, winner), is_complete=True)
    return way.walked(_crossings(table, place), is_complete=False)


def _solved(table: WeightTable, linear: LinearScores, winner: str, place: int) -> WeightInterval:
    """Each rival gives one inequality that is linear in the share; the nearest ones bound the interval."""
    announced = table.weights[place]
    one, zero = linear.at(table.moved(place, Fraction(1))), linear.at(table.moved(place, Fraction(0)))
    low, high = Bound(Fraction(0), Fraction(0)), Bound(Fraction(1), Fraction(1))
    for rival in one:
        start, end = zero[winner] - zero[rival], one[winner] - one[rival]
        if rival == winner or start == end:
            continue
        crossing = start / (start - end)
        if start < 0 and crossing >= low.nearest:
            low = _tie(crossing, rival, low)
        if end < 0 and crossing <= high.nearest:
            high = _tie(crossing, rival, high)
    number, title = table.criteria[place]
    return WeightInterval(number, title, announced, low, high)


def _tie(crossing: Fraction, rival: str, bound: Bound) -> Bound:
    others = bound.rivals if crossing == bound.nearest and not bound.is_open else ()
    return Bound(crossing, crossing, crossing, (*others, rival))


def _crossings(table: WeightTable, place: int) -> list[Fraction]:
    """Shares at which two bids have equal points, so that a median may pass from one to the other."""
    zero, one = _ends(table, place)
    pairs = combinations(table.contest.names, 2)
    return _meetings((zero[left] - zero[right], one[left] - one[right]) for left, right in pairs)


def _corridor_crossings(table: WeightTable, place: int, winner: str) -> list[Fraction]:
    """Shares at which a bid enters or leaves the corridor below another, or reaches the points of the winner."""
    zero, one = _ends(table, place)
    prices, width = table.contest.prices, table.contest.parameters.corridor or Fraction(0)
    lines = [
        tuple(end[left] * prices[right] - end[right] * prices[left] * (1 - width) for end in (zero, one))
        for left, right in permutations(table.contest.names, 2)
    ]
    lines += [(zero[winner] - zero[rival], one[winner] - one[rival]) for rival in table.contest.names]
    return _meetings((start, end) for start, end in lines)


def _ends(table: WeightTable, place: int) -> tuple[dict[str, Fraction], dict[str, Fraction]]:
    """Performance points with no weight and with all weight on one criterion."""
    zero, one = (table.contest_at(table.moved(place, Fraction(end))).points for end in (0, 1))
    return zero, one


def _meetings(lines: Iterable[tuple[Fraction, Fraction]]) -> list[Fraction]:
    """Where straight lines, given by their values at 0 and 1, are zero."""
    return [start / (start - end) for start, end in lines if start != end]
