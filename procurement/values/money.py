"""Money in integer cents and unit prices in millionths of a euro; rounding only where a method says so."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Self

from procurement.values.decimals import scaled, unscaled
from procurement.values.quantity import Quantity
from procurement.values.rounding import half_up

CENT_DECIMALS = 2
UNIT_PRICE_DECIMALS = 6


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in euro, held as integer cents; whether net or gross is said by the name that carries it."""

    cents: int

    @classmethod
    def of(cls, euro: int | str | Decimal) -> Self:
        """Read euros such as ``"1234.56"``; raise :class:`NotExact` for fractions of a cent."""
        return cls(scaled(euro, CENT_DECIMALS))

    @classmethod
    def rounded(cls, euro: Fraction) -> Self:
        """Round exact euros half up to the cent; only for places where rounding is published."""
        return cls(half_up(euro * 100))

    @classmethod
    def total(cls, amounts: Iterable["Money"]) -> Self:
        """Sum any number of amounts; nothing sums to zero."""
        return cls(sum(amount.cents for amount in amounts))

    def as_decimal(self) -> Decimal:
        """Euros with exactly two decimals."""
        return unscaled(self.cents, CENT_DECIMALS)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.cents + other.cents)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.cents - other.cents)

    def __neg__(self) -> "Money":
        return Money(-self.cents)

    def __bool__(self) -> bool:
        return self.cents != 0

    def __str__(self) -> str:
        return str(self.as_decimal())


@dataclass(frozen=True, slots=True, order=True)
class UnitPrice:
    """A price per unit in euro with six decimals, since a printed page may cost 0.003 euro."""

    millionths: int

    @classmethod
    def of(cls, euro: int | str | Decimal) -> Self:
        """Read euros per unit such as ``"0.0035"``; raise :class:`NotExact` beyond six decimals."""
        return cls(scaled(euro, UNIT_PRICE_DECIMALS))

    def as_decimal(self) -> Decimal:
        """Euros per unit with two to six decimals, no needless zeros behind the second."""
        scaled_price, places = self.millionths, UNIT_PRICE_DECIMALS
        while places > CENT_DECIMALS and scaled_price % 10 == 0:
            scaled_price, places = scaled_price // 10, places - 1
        return unscaled(scaled_price, places)

    def times(self, quantity: Quantity) -> Money:
        """The line total: quantity x unit price, rounded half up to the cent once per line."""
        return Money(half_up(Fraction(self.millionths * quantity.thousandths, 10**7)))

    def __str__(self) -> str:
        return str(self.as_decimal())
