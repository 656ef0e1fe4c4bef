"""Exact figures as text: German for sentences, with a decimal point for JSON; rounded for the eye only, half up."""

from decimal import Decimal
from fractions import Fraction

from procurement.values.money import Money
from procurement.values.rounding import half_up

GERMAN_MARKS = str.maketrans(",.", ".,")
LEAST_DIGITS = 6
MOST_DIGITS = 12


def exact(figure: Money | Fraction | int) -> Fraction:
    """The figure as a fraction, money in euro; :class:`TypeError` for a float, which is no longer exact."""
    if type(figure) is Fraction:
        return figure
    if isinstance(figure, Money):
        return Fraction(figure.cents, 100)
    if isinstance(figure, bool) or not isinstance(figure, (int, Fraction)):
        raise TypeError("an evaluation needs exact figures: Money, Fraction or int, not a binary float")
    return Fraction(figure)


def fixed(value: Fraction, decimals: int) -> str:
    """A figure with so many decimals and a decimal point, rounded half up."""
    scaled = half_up(value * 10**decimals)
    digits = str(abs(scaled)).zfill(decimals + 1)
    sign = "-" if scaled < 0 else ""
    if not decimals:
        return sign + digits
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}"


def german_decimal(number: Decimal) -> str:
    """An exact decimal as Germans write it, with the decimals it has: ``-1.234,50``; zero has no sign."""
    return f"{number or abs(number):,f}".translate(GERMAN_MARKS)


def german(value: Fraction, decimals: int = 2) -> str:
    """A figure as Germans write it, such as ``228.000,50``, rounded half up."""
    return german_decimal(Decimal(fixed(value, decimals)))


def short_german(value: Fraction) -> str:
    """Whole figures without decimals, all others with two; for figures put into a formula."""
    return german(value, 0 if value.denominator == 1 else 2)


def percent(share: Fraction) -> str:
    """A share of one as German percent such as ``40 %`` or ``73,33 %``."""
    return f"{short_german(share * 100)} %"


def apart(one: Fraction, other: Fraction) -> tuple[str, str]:
    """Two figures in German with as many decimals as it takes to see that they differ; two if they are equal."""
    decimals = 2
    while one != other and german(one, decimals) == german(other, decimals):
        decimals += 1
    return german(one, decimals), german(other, decimals)


def with_digits(value: Fraction, digits: int) -> str:
    """A figure in German with so many significant digits, such as ``0,00234568``; whole places are never cut."""
    return german(value, _decimals_for(value, digits))


def significant(value: Fraction) -> str:
    """A figure for JSON with twelve significant digits, idle zeros behind the sixth left out."""
    decimals = _decimals_for(value, MOST_DIGITS)
    least = _decimals_for(value, LEAST_DIGITS)
    text = fixed(value, decimals)
    while decimals > least and text.endswith("0"):
        text = text[:-1]
        decimals -= 1
    return text.removesuffix(".")


def _decimals_for(value: Fraction, digits: int) -> int:
    """How many decimals show so many significant digits."""
    numerator, denominator = abs(value.numerator), value.denominator
    if numerator == 0:
        return digits - 1
    if numerator >= denominator:
        return max(0, digits - len(str(numerator // denominator)))
    zeros_behind_point = len(str((denominator - 1) // numerator)) - 1
    return digits + zeros_behind_point
