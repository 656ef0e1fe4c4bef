"""What a line of a contract costs per unit: the price of the bid less its part of the rebates it was awarded with.

The part is an exact ratio and not a rounded unit price, so that all of a lot called off costs what was awarded.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from procurement.values.money import Money, UnitPrice
from procurement.values.quantity import Quantity
from procurement.values.rounding import half_up

NOTHING_OFF = Fraction(1)


class Price(Protocol):
    """Anything that says what a quantity costs net."""

    def times(self, quantity: Quantity) -> Money:
        """The value of a quantity, rounded half up to the cent once."""


@dataclass(frozen=True, slots=True)
class OwedPrice:
    """A unit price of a bid and the part of it that is owed, one without a rebate."""

    unit_price: UnitPrice
    share: Fraction = NOTHING_OFF

    def times(self, quantity: Quantity) -> Money:
        """The value of a quantity, rounded half up to the cent once."""
        return Money(half_up(self.share * self.unit_price.millionths * quantity.thousandths / 10**7))

    @property
    def rebate(self) -> Fraction:
        """The part that is taken off."""
        return NOTHING_OFF - self.share


def owed_share(total_net: Money, rebate_net: Money) -> Fraction:
    """Which part of the bid's line total is owed after its rebate; one for a line that costs nothing."""
    before = total_net + rebate_net
    return Fraction(total_net.cents, before.cents) if before else NOTHING_OFF
