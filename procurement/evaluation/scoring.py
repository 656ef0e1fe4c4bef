"""Bids and a published method become a score sheet that carries every intermediate figure.

Excluded bids stay on the sheet with their reason but form no reference: lowest price and corridor come from the bids
that are left. Whoever excludes a bid later calls :func:`score` again, since everything may change, and keeps both runs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import cast

from procurement.evaluation.bid_figures import BidFigures, offers_from
from procurement.evaluation.explanations import displayed, distance, explain
from procurement.evaluation.formulas import (
    Mark,
    Marked,
    Offer,
    References,
    best_value,
    extended_ratio,
    linear,
    lowest_price,
    simple_ratio,
)
from procurement.evaluation.ranking import Ranking, competition_ranking, merit
from procurement.tenders.method import ScoringMethod, ScoringParameters, objections_to_parameters
from procurement.values.figures import exact
from procurement.values.money import Money
from procurement.values.objection import NotAdmissible

OUTSIDE_CORRIDOR = "Die Kennzahl Z liegt unter der Untergrenze des Korridors; das Angebot kommt nicht in die Auswahl."


@dataclass(frozen=True, slots=True)
class BidScore:
    """One line of the score sheet.

    ``score`` is exact (L/P, 100-point score or price in euro), ``display_score`` is what people see (L/P x 10,000).
    A bid outside the corridor is out of the choice: it keeps its score, has no rank and counts as excluded.
    """

    id: str
    points: Fraction | None
    price: Fraction | None
    excluded: bool
    reason: str | None
    explanation: str
    score: Fraction | None = None
    display_score: Fraction | None = None
    quality_points: Fraction | None = None
    price_points: Fraction | None = None
    in_corridor: bool | None = None
    rank: int | None = None
    distance_to_next: str | None = None


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """The result: bids in the order they were given; without any bid left there are no references and no winners."""

    method: ScoringMethod
    parameters: ScoringParameters
    references: References | None
    bids: tuple[BidScore, ...]
    winners: tuple[str, ...]

    @property
    def needs_drawing(self) -> bool:
        """Whether lots have to be drawn between several winners."""
        return len(self.winners) > 1

    @property
    def ranking(self) -> tuple[BidScore, ...]:
        """The bids by rank, those without a rank last."""
        return tuple(sorted(self.bids, key=lambda bid: (bid.rank is None, bid.rank or 0)))

    def bid(self, bid_id: str) -> BidScore:
        """The line of this bid; :class:`KeyError` if it is not on the sheet."""
        return {line.id: line for line in self.bids}[bid_id]


def score(bids: Sequence[BidFigures], method: ScoringMethod, parameters: ScoringParameters) -> ScoreSheet:
    """Score and rank the bids; raise a :class:`CannotEvaluate` that names what is missing or impossible."""
    objections = objections_to_parameters(method, parameters)
    if objections:
        raise NotAdmissible(objections)
    offers = offers_from(bids, method, parameters)
    if not offers:
        return ScoreSheet(method, parameters, None, tuple(_excluded_line(bid) for bid in bids), ())
    marked = _marked(offers, method, parameters)
    in_choice = [mark for mark in marked.marks if mark.in_corridor is not False]
    ranking = competition_ranking({mark.offer.id: merit(method, parameters, mark) for mark in in_choice})
    distances = _distances(in_choice, ranking, method, parameters)
    marks = {mark.offer.id: mark for mark in marked.marks}
    lines = []
    for bid in bids:
        mark = marks.get(bid.id)
        if mark is None:
            lines.append(_excluded_line(bid))
            continue
        explanation = explain(method, parameters, marked.references, mark)
        rank, ahead = ranking.ranks.get(bid.id), distances.get(bid.id)
        lines.append(_scored_line(bid, mark, displayed(method, mark), explanation, rank, ahead))
    return ScoreSheet(method, parameters, marked.references, tuple(lines), ranking.winners)


def _marked(offers: Sequence[Offer], method: ScoringMethod, parameters: ScoringParameters) -> Marked:
    """Apply the formula; the casts are safe because missing parameters have been refused before."""
    if method is ScoringMethod.LOWEST_PRICE:
        return lowest_price(offers)
    if method is ScoringMethod.SIMPLE_RATIO:
        return simple_ratio(offers)
    if method is ScoringMethod.EXTENDED_RATIO:
        return extended_ratio(offers, cast("Fraction", parameters.corridor))
    quality_weight = cast("Fraction", parameters.quality_weight)
    max_points = cast("Fraction", parameters.max_points)
    if method is ScoringMethod.BEST_VALUE:
        return best_value(offers, quality_weight, max_points)
    return linear(offers, quality_weight, max_points, cast("Fraction", parameters.zero_at))


def _distances(
    marks: Sequence[Mark], ranking: Ranking, method: ScoringMethod, parameters: ScoringParameters
) -> Mapping[str, str]:
    in_order = sorted(marks, key=lambda mark: ranking.ranks[mark.offer.id])
    return {mark.offer.id: distance(method, parameters, mark, following) for mark, following in pairwise(in_order)}


def _scored_line(
    bid: BidFigures, mark: Mark, display_score: Fraction, explanation: str, rank: int | None, ahead: str | None
) -> BidScore:
    outside = mark.in_corridor is False
    return BidScore(
        id=bid.id,
        points=_exact_or_none(bid.points),
        price=mark.offer.price,
        excluded=outside,
        reason=OUTSIDE_CORRIDOR if outside else None,
        explanation=explanation,
        score=mark.score,
        display_score=display_score,
        quality_points=mark.quality_points,
        price_points=mark.price_points,
        in_corridor=mark.in_corridor,
        rank=rank,
        distance_to_next=ahead,
    )


def _excluded_line(bid: BidFigures) -> BidScore:
    return BidScore(
        id=bid.id,
        points=_exact_or_none(bid.points),
        price=_exact_or_none(bid.price),
        excluded=True,
        reason=bid.excluded,
        explanation=f"Ausgeschlossen: {bid.excluded}",
    )


def _exact_or_none(figure: Money | Fraction | int | None) -> Fraction | None:
    return None if figure is None else exact(figure)
