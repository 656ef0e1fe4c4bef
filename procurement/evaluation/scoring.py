"""Bids and a published method become a score sheet that carries every intermediate figure.

Excluded bids stay on the sheet with their reason but form no reference: lowest price and corridor come from the bids
that are left. Whoever excludes a bid later calls :func:`score` again, since everything may change, and keeps both runs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from procurement.evaluation.bid_figures import BidFigures, offers_from
from procurement.evaluation.explanations import displayed, distance, explain, rounding_tie
from procurement.evaluation.formula_choice import least_points, marked
from procurement.evaluation.formulas import Mark, Marked, Offer, References
from procurement.evaluation.ranking import Ranking, competition_ranking, merit
from procurement.tenders.method import ScoringMethod, ScoringParameters, objections_to_parameters
from procurement.values.figures import exact, percent, short_german
from procurement.values.money import Money
from procurement.values.objection import NotAdmissible

OUTSIDE_CORRIDOR = "Die Kennzahl Z liegt unter der Untergrenze des Korridors; das Angebot kommt nicht in die Auswahl."


@dataclass(frozen=True, slots=True)
class BidScore:
    """One line of the score sheet.

    ``score`` is exact and what ranks (L/P, 100-point score, price in euro; the whole power S^q of the exponential
    method), ``display_score`` is what people see (L/P x 10,000, S). With a published rounding ``score`` is rounded and
    ``exact_score`` is not. ``price_rating`` are points of 0 to 10 for the price, ``part`` those that decide inside the
    corridor. A bid outside the corridor is out of the choice: it keeps its score, has no rank and counts as excluded.
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
    exact_score: Fraction | None = None
    price_rating: Fraction | None = None
    part: Fraction | None = None


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


def score(
    bids: Sequence[BidFigures], method: ScoringMethod, parameters: ScoringParameters, *, explained: bool = True
) -> ScoreSheet:
    """Score and rank the bids; raise a :class:`CannotEvaluate` that names what is missing or impossible.

    Whoever scores a thousand changed cases leaves the sentences out: they cost three quarters of the time.
    """
    objections = objections_to_parameters(method, parameters)
    if objections:
        raise NotAdmissible(objections)
    offers, below = _at_threshold(offers_from(bids, method, parameters), method, parameters)
    if not offers:
        return ScoreSheet(method, parameters, None, tuple(_excluded_line(bid, below.get(bid.id)) for bid in bids), ())
    result = marked(offers, method, parameters)
    in_choice = [mark for mark in result.marks if mark.in_corridor is not False]
    ranking = competition_ranking({mark.offer.id: merit(method, parameters, mark) for mark in in_choice})
    told = _told(result, in_choice, ranking, method, parameters) if explained else {}
    marks = {mark.offer.id: mark for mark in result.marks}
    lines = []
    for bid in bids:
        mark = marks.get(bid.id)
        if mark is None:
            lines.append(_excluded_line(bid, below.get(bid.id)))
            continue
        shown, rank = displayed(method, parameters, mark), ranking.ranks.get(bid.id)
        lines.append(_scored_line(bid, mark, shown, rank, told.get(bid.id, ("", None))))
    return ScoreSheet(method, parameters, result.references, tuple(lines), ranking.winners)


def _at_threshold(
    offers: Sequence[Offer], method: ScoringMethod, parameters: ScoringParameters
) -> tuple[list[Offer], dict[str, str]]:
    """The offers that reach the published threshold, and why the others are out before any price is compared."""
    if method is not ScoringMethod.THRESHOLD_PRICE:
        return list(offers), {}
    least, share = least_points(parameters), percent(parameters.threshold or Fraction(0))
    wanted = f"verlangt sind mindestens {short_german(least)} ({share})."
    below = {
        offer.id: f"Die Leistungsschwelle ist nicht erreicht: {short_german(offer.points)} Leistungspunkte, {wanted}"
        for offer in offers
        if offer.points < least
    }
    return [offer for offer in offers if offer.id not in below], below


def _told(
    result: Marked, in_choice: Sequence[Mark], ranking: Ranking, method: ScoringMethod, parameters: ScoringParameters
) -> dict[str, tuple[str, str | None]]:
    """Per bid the sentence about its score and its distance to the next one."""
    distances = _distances(in_choice, ranking, method, parameters)
    return {
        mark.offer.id: (
            explain(method, parameters, result.references, mark) + rounding_tie(method, mark, in_choice),
            distances.get(mark.offer.id),
        )
        for mark in result.marks
    }


def _distances(
    marks: Sequence[Mark], ranking: Ranking, method: ScoringMethod, parameters: ScoringParameters
) -> Mapping[str, str]:
    in_order = sorted(marks, key=lambda mark: ranking.ranks[mark.offer.id])
    return {mark.offer.id: distance(method, parameters, mark, following) for mark, following in pairwise(in_order)}


def _scored_line(
    bid: BidFigures, mark: Mark, display_score: Fraction, rank: int | None, told: tuple[str, str | None]
) -> BidScore:
    outside = mark.in_corridor is False
    explanation, distance_to_next = told
    return BidScore(
        id=bid.id,
        points=_exact_or_none(bid.points),
        price=_exact_or_none(bid.price),
        excluded=outside,
        reason=OUTSIDE_CORRIDOR if outside else None,
        explanation=explanation,
        score=mark.score,
        display_score=display_score,
        quality_points=mark.quality_points,
        price_points=mark.price_points,
        in_corridor=mark.in_corridor,
        rank=rank,
        distance_to_next=distance_to_next,
        exact_score=mark.exact_score,
        price_rating=mark.price_rating,
        part=mark.offer.part,
    )


def _excluded_line(bid: BidFigures, below: str | None = None) -> BidScore:
    reason = bid.excluded or below
    return BidScore(
        id=bid.id,
        points=_exact_or_none(bid.points),
        price=_exact_or_none(bid.price),
        excluded=True,
        reason=reason,
        explanation=f"Ausgeschlossen: {reason}",
    )


def _exact_or_none(figure: Money | Fraction | int | None) -> Fraction | None:
    return None if figure is None else exact(figure)
