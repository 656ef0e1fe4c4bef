"""The one rounding this product knows: commercial rounding, half away from zero (DIN 1333)."""

from fractions import Fraction


def half_up(value: Fraction | int) -> int:
    """Round an exact value to the nearest integer; one half goes away from zero, so debit and credit mirror."""
    return half_up_quotient(value.numerator, value.denominator)


def half_up_quotient(dividend: int, divisor: int) -> int:
    """The same for a quotient of integers, without a fraction in between; the divisor is positive."""
    if dividend < 0:
        return -((divisor - 2 * dividend) // (2 * divisor))
    return (2 * dividend + divisor) // (2 * divisor)
