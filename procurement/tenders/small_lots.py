"""Small lots that could leave the EU procedure (§ 3 Abs. 9 VgV): each below a limit, together a share of the whole.

Shown, never done by itself: which lots leave is a decision of the procurement office. The largest number of lots that
fit together is found from the smallest up; which of several sets to choose is not a question of arithmetic.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from procurement.rulebook import thresholds
from procurement.rulebook.rule import DatedRule
from procurement.values.money import Money

SMALL_LOT_RULE = "LOT_BAGATELLE_VALUE"
SMALL_LOTS_SHARE_RULE = "LOT_BAGATELLE_SHARE"


@dataclass(frozen=True, slots=True)
class LotValue:
    """The estimated net value of one lot."""

    lot_number: int
    total_net: Money


@dataclass(frozen=True, slots=True)
class SmallLots:
    """Which lots could leave the EU procedure: each below the limit, together at most a share of the whole."""

    limit: DatedRule
    share_limit: DatedRule
    total_net: Money
    small: tuple[LotValue, ...]

    @property
    def limit_net(self) -> Money:
        """Below this value a single lot may leave."""
        return Money.of(self.limit.number)

    @property
    def allowance_net(self) -> Money:
        """What may leave together, cut off at the cent."""
        return Money(self.total_net.cents * self.share_limit.number // 100)

    @property
    def small_total_net(self) -> Money:
        """The lots below the limit together."""
        return Money.total(lot.total_net for lot in self.small)

    @property
    def releasable(self) -> tuple[LotValue, ...]:
        """The small lots that fit into the allowance on their own; together they may still be too much."""
        return tuple(lot for lot in self.small if lot.total_net <= self.allowance_net)

    @property
    def together(self) -> tuple[LotValue, ...]:
        """As many lots as fit into the allowance together, the smallest first; in the order of the lots."""
        chosen, rest = [], self.allowance_net
        for lot in sorted(self.small, key=lambda lot: (lot.total_net, lot.lot_number)):
            if lot.total_net <= rest:
                chosen.append(lot)
                rest -= lot.total_net
        return tuple(sorted(chosen, key=lambda lot: lot.lot_number))

    @property
    def together_net(self) -> Money:
        """The sum of the lots that could leave together."""
        return Money.total(lot.total_net for lot in self.together)

    @property
    def remaining_net(self) -> Money:
        """What stays in the EU procedure if they leave."""
        return self.total_net - self.together_net

    def share(self, amount: Money) -> Fraction:
        """An amount in percent of the whole value."""
        return Fraction(amount.cents * 100, self.total_net.cents) if self.total_net else Fraction(0)


def small_lots(lots: Sequence[LotValue], on: date) -> SmallLots:
    """What § 3 Abs. 9 VgV would allow on that day."""
    limit = thresholds.rule_on(SMALL_LOT_RULE, on)
    share = thresholds.rule_on(SMALL_LOTS_SHARE_RULE, on)
    small = tuple(lot for lot in lots if lot.total_net < Money.of(limit.number))
    return SmallLots(limit, share, Money.total(lot.total_net for lot in lots), small)
