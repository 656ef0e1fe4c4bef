"""Roots without binary floats: exact where the root is a fraction, else whole cents by comparing integer powers."""

from fractions import Fraction

CENTS = 100


def root_in_cents(value: Fraction, degree: int) -> Fraction:
    """The root of a value that is not negative; if it is no fraction, rounded half up to hundredths."""
    numerator, denominator = _floor_root(value.numerator, degree), _floor_root(value.denominator, degree)
    if numerator**degree == value.numerator and denominator**degree == value.denominator:
        return Fraction(numerator, denominator)
    scaled = value * CENTS**degree
    floor = _floor_root(scaled.numerator // scaled.denominator, degree)
    rounds_up = (2 * floor + 1) ** degree <= scaled * 2**degree
    return Fraction(floor + rounds_up, CENTS)


def _floor_root(number: int, degree: int) -> int:
    """The greatest whole number whose power is not above ``number``, by Newton's method from above."""
    if number == 0:
        return 0
    guess = 1 << -(-number.bit_length() // degree)
    while True:
        better = ((degree - 1) * guess + number // guess ** (degree - 1)) // degree
        if better >= guess:
            return guess
        guess = better
