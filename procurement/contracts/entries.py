"""What people enter: a contract and a call-off, as typed."""

from dataclasses import dataclass
from datetime import date

from procurement.values.money import Money
from procurement.values.quantity import Quantity


@dataclass(frozen=True, slots=True)
class ContractEntry:
    """What is entered when a contract is concluded; without a maximum value it follows from quantities and prices."""

    reference: str
    title: str
    starts_on: date
    ends_on: date
    maximum_net: Money | None = None


@dataclass(frozen=True, slots=True)
class CallOffEntry:
    """A member's call-off of one line; the reason is needed above the own quota."""

    quantity: Quantity
    reason: str = ""
