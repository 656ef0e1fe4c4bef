"""The order of the bids: competition ranking 1, 1, 3, ties resolved only by what was published.

A published rule may be a chain of two criteria. Without one, or if it ties again, lots are drawn by two people (OLG
Hamburg, 1 Verg 1/19); the time of submission is not an announced award criterion and never decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from procurement.evaluation.formulas import Mark, Offer
from procurement.tenders.kinds import TieRule
from procurement.tenders.method import PRICE_RANKED_METHODS, DecisionCriterion, ScoringMethod, ScoringParameters

LEAST_WINS = (*PRICE_RANKED_METHODS, ScoringMethod.BONUS)
Merit = tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Rank per bid in the choice; several winners mean that lots have to be drawn."""

    ranks: Mapping[str, int]
    winners: tuple[str, ...]

    @property
    def needs_drawing(self) -> bool:
        """Several bids share the first rank and no published rule is left: lots have to be drawn."""
        return len(self.winners) > 1


def merit(method: ScoringMethod, parameters: ScoringParameters, mark: Mark) -> Merit:
    """What the bids are compared by, figure by figure, more is better; prices therefore enter negative."""
    if method in LEAST_WINS:
        own: Merit = (-mark.score,)
    elif method is ScoringMethod.EXTENDED_RATIO:
        own = (_decisive(parameters.criterion, mark.offer), mark.score)
    else:
        own = (mark.score,)
    return own + tuple(_tie_figure(rule, mark) for rule in parameters.tie_chain)


def competition_ranking(merits: Mapping[str, Merit]) -> Ranking:
    """Rank by merit: one more than the number of better bids, so two firsts are followed by a third."""
    ranks = {bid: 1 + sum(other > own for other in merits.values()) for bid, own in merits.items()}
    return Ranking(ranks, tuple(bid for bid, rank in ranks.items() if rank == 1))


def _decisive(criterion: DecisionCriterion | None, offer: Offer) -> Fraction:
    """The one figure that decides inside the corridor."""
    if criterion is DecisionCriterion.PRICE:
        return -offer.price
    return offer.points if offer.part is None else offer.part


def _tie_figure(rule: TieRule, mark: Mark) -> Fraction:
    return mark.offer.points if rule is TieRule.QUALITY else -mark.offer.price
