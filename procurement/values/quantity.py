"""Quantities with three decimals; the unit stands beside them in the article or line they belong to."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from procurement.values.decimals import scaled, unscaled

QUANTITY_DECIMALS = 3


@dataclass(frozen=True, slots=True, order=True)
class Quantity:
    """How many or how much of a unit, held as integer thousandths."""

    thousandths: int

    @classmethod
    def of(cls, amount: int | str | Decimal) -> Self:
        """Read an amount such as ``12`` or ``"2.5"``; raise :class:`NotExact` beyond three decimals."""
        return cls(scaled(amount, QUANTITY_DECIMALS))

    @classmethod
    def total(cls, amounts: Iterable["Quantity"]) -> Self:
        """Sum any number of quantities of one unit; nothing sums to zero."""
        return cls(sum(amount.thousandths for amount in amounts))

    def as_decimal(self) -> Decimal:
        """The amount without needless zeros behind the decimal point."""
        amount, places = self.thousandths, QUANTITY_DECIMALS
        while places and amount % 10 == 0:
            amount, places = amount // 10, places - 1
        return unscaled(amount, places)

    def __add__(self, other: "Quantity") -> "Quantity":
        return Quantity(self.thousandths + other.thousandths)

    def __sub__(self, other: "Quantity") -> "Quantity":
        return Quantity(self.thousandths - other.thousandths)

    def __bool__(self) -> bool:
        return self.thousandths != 0

    def __str__(self) -> str:
        return str(self.as_decimal())
