"""The order of the bids: competition ranking 1, 1, 3, ties resolved only by what was published.

Without a published tie rule, or if it ties again, lots are drawn by two people (OLG Hamburg, 1 Verg 1/19); the time of
submission is not an announced award criterion and never decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from procurement.evaluation.formulas import Mark
from procurement.tenders.kinds import TieRule
from procurement.tenders.method import DecisionCriterion, ScoringMethod, ScoringParameters

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
    if method is ScoringMethod.LOWEST_PRICE:
        own: Merit = (-mark.offer.price,)
    elif method is ScoringMethod.EXTENDED_RATIO:
        by_quality = parameters.criterion is DecisionCriterion.QUALITY
        decisive = mark.offer.points if by_quality else -mark.offer.price
        own = (decisive, mark.score)
    else:
        own = (mark.score,)
    return own + _tie_merit(parameters.tie_rule, mark)


def competition_ranking(merits: Mapping[str, Merit]) -> Ranking:
    """Rank by merit: one more than the number of better bids, so two firsts are followed by a third."""
    ranks = {bid: 1 + sum(other > own for other in merits.values()) for bid, own in merits.items()}
    return Ranking(ranks, tuple(bid for bid, rank in ranks.items() if rank == 1))


def _tie_merit(rule: TieRule, mark: Mark) -> Merit:
    if rule is TieRule.QUALITY:
        return (mark.offer.points,)
    if rule is TieRule.PRICE:
        return (-mark.offer.price,)
    return ()
