"""The bids of one ranking with the announced method, ready to be scored again with one figure changed.

Bids that were out before scoring stay out: robustness asks how firmly rank 1 stands among those that were ranked. What
cannot be scored with a changed figure counts as a contest without winner instead of stopping the whole page.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from procurement.evaluation.bid_figures import BidFigures
from procurement.evaluation.errors import CannotEvaluate
from procurement.evaluation.scoring import BidScore, ScoreSheet, score
from procurement.evaluation.threshold import Gaps, Probe
from procurement.tenders.method import ScoringMethod, ScoringParameters
from procurement.values.figures import exact
from procurement.values.objection import NotAdmissible


@dataclass(frozen=True, slots=True)
class Contest:
    """Bids still in the ranking, method and parameters; never changed, only copied with a change."""

    bids: tuple[BidFigures, ...]
    method: ScoringMethod
    parameters: ScoringParameters

    @property
    def names(self) -> tuple[str, ...]:
        """The bids in their order."""
        return tuple(bid.id for bid in self.bids)

    @property
    def prices(self) -> dict[str, Fraction]:
        """Evaluation prices in euro by bid."""
        return {bid.id: exact(bid.price) for bid in self.bids if bid.price is not None}

    @property
    def points(self) -> dict[str, Fraction]:
        """Performance points by bid, where there are any."""
        return {bid.id: exact(bid.points) for bid in self.bids if bid.points is not None}

    def with_price(self, name: str, price: Fraction) -> "Contest":
        """The same with another price for one bid."""
        return replace(self, bids=tuple(replace(bid, price=price) if bid.id == name else bid for bid in self.bids))

    def with_points(self, points: Mapping[str, Fraction]) -> "Contest":
        """The same with other performance points for some bids."""
        changed = (replace(bid, points=points[bid.id]) if bid.id in points else bid for bid in self.bids)
        return replace(self, bids=tuple(changed))

    def with_quality_weight(self, weight: Fraction) -> "Contest":
        """The same with another weight of performance, 0 to 1."""
        return replace(self, parameters=replace(self.parameters, quality_weight=weight))

    def with_price_weight(self, weight_points: Fraction) -> "Contest":
        """The same with other weight points of the price, where the price is one criterion."""
        return replace(self, parameters=replace(self.parameters, price_weight=weight_points))

    def without(self, name: str) -> "Contest":
        """The same without one bid, as if it had never been there."""
        return replace(self, bids=tuple(bid for bid in self.bids if bid.id != name))

    def sheet(self) -> ScoreSheet:
        """Score and rank."""
        return score(self.bids, self.method, self.parameters, explained=False)

    def winners(self) -> tuple[str, ...]:
        """Who is on rank 1; nobody if the formula cannot be applied."""
        try:
            return self.sheet().winners
        except (CannotEvaluate, NotAdmissible):
            return ()

    def probe(self, name: str) -> Probe:
        """Whether this bid is on rank 1, alone or with others, and the figures that decide about it."""
        try:
            sheet = self.sheet()
        except (CannotEvaluate, NotAdmissible):
            return Probe(holds=False)
        return Probe(name in sheet.winners, tuple(_gaps(sheet, name)))

    def probe_against(self, name: str, rival: str) -> Probe:
        """Whether this bid ranks at least as high as one other, and the figures that decide about it."""
        try:
            sheet = self.sheet()
        except (CannotEvaluate, NotAdmissible):
            return Probe(holds=False)
        own, other = sheet.bid(name).rank, sheet.bid(rival).rank
        return Probe(own is not None and (other is None or own <= other), tuple(_gaps(sheet, name)))


def contest_of(bids: Iterable[BidFigures], method: ScoringMethod, parameters: ScoringParameters) -> Contest:
    """The contest among the bids that are not excluded."""
    return Contest(tuple(bid for bid in bids if bid.excluded is None), method, parameters)


def rivals(contest: Contest, winners: Sequence[str]) -> list[str]:
    """The bids that are not on rank 1."""
    return [name for name in contest.names if name not in winners]


def _gaps(sheet: ScoreSheet, name: str) -> Iterator[Fraction | None]:
    own = sheet.bid(name)
    bound = sheet.references.lower_bound if sheet.references else None
    for other in sheet.bids:
        if other.id != name:
            yield from _differences(own, other)
        if bound is not None:
            yield None if other.score is None else other.score - bound


def _differences(own: BidScore, other: BidScore) -> Gaps:
    pairs = ((own.score, other.score), (own.points, other.points), (own.price, other.price))
    return tuple(None if one is None or two is None else one - two for one, two in pairs)
