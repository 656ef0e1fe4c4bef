"""What was awarded, as far as cost goes: lines with the price of the awarded bid and the members' quantities."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from procurement.values.money import Money, UnitPrice
from procurement.values.payment import Nature
from procurement.values.quantity import Quantity


@dataclass(frozen=True, slots=True)
class AwardedLine:
    """A line of an awarded lot; ``shares`` are the members' quantities by member key, none for a joint line.

    ``total_net`` follows the announced rule for a written total that differs from quantity x unit price.
    """

    line_id: int
    lot: int
    number: str
    title: str
    unit: str
    nature: Nature
    quantity: Quantity
    unit_price: UnitPrice
    total_net: Money
    supplier: str
    awarded_on: date
    shares: Mapping[str, Quantity]

    @property
    def is_joint(self) -> bool:
        """Whether no member asked for it on its own, so that a key has to allocate it."""
        return not self.shares

    @property
    def name(self) -> str:
        """Number and title, as objections and forms name the line."""
        return f"{self.number} {self.title}"
