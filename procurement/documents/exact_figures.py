"""Exact figures on paper: as a short decimal where they have one, else as a fraction, never cut."""

from fractions import Fraction

from procurement.documents.notation import MINUS, NOTHING
from procurement.values.figures import german

LONGEST_DECIMAL = 6
FEWEST_DECIMALS = 2


def exact(figure: Fraction | None) -> str:
    """``8.110`` or ``0,125`` or ``3.635/12``; nothing as a dash."""
    if figure is None:
        return NOTHING
    for places in range(LONGEST_DECIMAL + 1):
        if (figure * 10**places).denominator == 1:
            return _signed(german(figure, places))
    return f"{_signed(german(Fraction(figure.numerator), 0))}/{german(Fraction(figure.denominator), 0)}"


def rounded(figure: Fraction | None, places: int = FEWEST_DECIMALS) -> str:
    """With so many decimals, half up, for the eye only; nothing as a dash."""
    return NOTHING if figure is None else _signed(german(figure, places))


def points(figure: Fraction | None) -> str:
    """Points: whole ones without decimals, others with two, a third also as the fraction it is."""
    if figure is None:
        return NOTHING
    shown = rounded(figure, 0 if figure.denominator == 1 else FEWEST_DECIMALS)
    is_short = (figure * 10**FEWEST_DECIMALS).denominator == 1
    return shown if is_short else f"{shown} ({exact(figure)})"


def _signed(text: str) -> str:
    return text.replace("-", MINUS)
