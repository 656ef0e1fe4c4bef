"""How far a framework agreement is drawn down: quota of the member, maximum of the line, maximum value of the contract.

The maximum binds: beyond it the agreement has no effect any more (ECJ C-23/20), so a call-off above it is refused,
whoever asks. Above the own quota but below the maximum the procurement office has to release it, because the rest is
somebody else's (story M8). Only released call-offs count; a request is held against the maximum again when it is
released.
"""

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from procurement.contracts.owed_price import Price
from procurement.values.money import Money
from procurement.values.quantity import Quantity

WARNING_SHARE = Fraction(80, 100)


class Verdict(Enum):
    """What a wanted quantity means."""

    WITHIN_QUOTA = "within_quota"
    NEEDS_RELEASE = "needs_release"
    ABOVE_MAXIMUM = "above_maximum"
    ABOVE_VALUE = "above_value"


@dataclass(frozen=True, slots=True)
class LineMeter:
    """One line of a contract: its maximum and what is released, for all members and for one of them."""

    maximum: Quantity
    used: Quantity
    own_quota: Quantity
    own_used: Quantity

    @property
    def rest(self) -> Quantity:
        """What may still be called off by anybody."""
        return self.maximum - self.used

    @property
    def own_rest(self) -> Quantity:
        """What this member may still call off without a release; never more than the rest of the line."""
        return max(Quantity(0), min(self.own_quota - self.own_used, self.rest))


@dataclass(frozen=True, slots=True)
class ValueMeter:
    """The value of a contract net: its maximum and what is released."""

    maximum_net: Money
    used_net: Money

    @property
    def rest_net(self) -> Money:
        """What is left of the maximum value."""
        return self.maximum_net - self.used_net

    @property
    def share(self) -> Fraction:
        """The part of the maximum value that is used; one for a contract without value."""
        return Fraction(self.used_net.cents, self.maximum_net.cents) if self.maximum_net else Fraction(1)

    @property
    def is_nearly_used(self) -> bool:
        """From four fifths on the page warns."""
        return self.share >= WARNING_SHARE


def verdict(wanted: Quantity, line: LineMeter, value: ValueMeter, price: Price) -> Verdict:
    """Whether a call-off is within the own quota, needs a release, or breaks a maximum."""
    if wanted > line.rest:
        return Verdict.ABOVE_MAXIMUM
    if price.times(wanted) > value.rest_net:
        return Verdict.ABOVE_VALUE
    return Verdict.WITHIN_QUOTA if wanted <= line.own_rest else Verdict.NEEDS_RELEASE
