"""Whether rank 1 hangs on where a fixed amount in euro was set: the reference price, or the bonus per point.

The method with fixed references and the price with a bonus are the only ones that do not look the same to all prices
times a constant: whoever sets the amount 20 % too high or too low may get another winner. The announced amount counts;
this says how much depends on it. Scored again with the changed amount, not with changed prices, so that a published
rounding stays where it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from procurement.evaluation.contest import Contest
from procurement.tenders.method import ScoringMethod

SHARES = (Fraction(4, 5), Fraction(6, 5))
FIXED_AMOUNTS = {ScoringMethod.WEIGHTED_REFERENCE: "reference_price", ScoringMethod.BONUS: "bonus_per_point"}


@dataclass(frozen=True, slots=True)
class RescaledAmount:
    """Who would be on rank 1 if the fixed amount stood at this share of the announced one.

    ``parameter`` names the amount, ``amount`` is the tried one in euro; several ``winners`` are a tie.
    """

    parameter: str
    share: Fraction
    amount: Fraction
    winners: tuple[str, ...]
    changes_winner: bool


def rescaled_amounts(contest: Contest, shares: Sequence[Fraction] = SHARES) -> tuple[RescaledAmount, ...]:
    """The contest again at 80 % and at 120 % of the fixed amount; nothing for methods without one."""
    parameter = FIXED_AMOUNTS.get(contest.method)
    announced = None if parameter is None else getattr(contest.parameters, parameter)
    if parameter is None or announced is None:
        return ()
    winners = contest.winners()
    found = []
    for share in shares:
        amount = announced * share
        changed = replace(contest, parameters=replace(contest.parameters, **{parameter: amount})).winners()
        found.append(RescaledAmount(parameter, share, amount, changed, set(changed) != set(winners)))
    return tuple(found)
