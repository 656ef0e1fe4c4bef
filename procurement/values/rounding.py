"""The one rounding this product knows: commercial rounding, half away from zero (DIN 1333)."""

from fractions import Fraction


def half_up(value: Fraction | int) -> int:
    """Round an exact value to the nearest integer; one half goes away from zero, so debit and credit mirror."""
    exact = Fraction(value)
    sign = -1 if exact < 0 else 1
    doubled = 2 * abs(exact.numerator) + exact.denominator
    return sign * (doubled // (2 * exact.denominator))
