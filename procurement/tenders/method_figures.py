"""Which values the published figures of a scoring method may take: each check answers with a sentence or nothing.

They stand apart from the methods because several methods share a figure; which method needs which is said there.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction

from procurement.values.figures import percent, short_german

WIDEST_CORRIDOR = Fraction(1, 10)
MOST_DECIMALS = 6
MOST_POWERS = 100


def objection_to_quality_weight(weight: Fraction) -> str | None:
    """Weights are shares of one; the weight of the price is the rest."""
    if 0 <= weight <= 1:
        return None
    return (
        f"Das Gewicht der Leistung beträgt {percent(weight)}. Es muss zwischen 0 % und 100 % liegen;"
        " das Gewicht des Preises ist der Rest zu 100 %."
    )


def objection_to_powers(weight: Fraction) -> str | None:
    """Exponents are compared as whole powers of points and price, so their common denominator must stay small."""
    if weight.denominator <= MOST_POWERS:
        return None
    return (
        f"Das Gewicht der Leistung beträgt {percent(weight)}. Bei der Exponentialmethode sind ganze Prozent oder"
        " einfache Brüche wie 200/3 möglich, weil mit ganzen Potenzen exakt verglichen wird."
    )


def _corridor(corridor: Fraction) -> str | None:
    if 0 <= corridor <= WIDEST_CORRIDOR:
        return None
    return (
        f"Der Korridor beträgt {percent(corridor)}. Zulässig sind 0 % bis {percent(WIDEST_CORRIDOR)};"
        " die UfAB sieht üblicherweise 5 % vor."
    )


def _max_points(points: Fraction) -> str | None:
    if points > 0:
        return None
    return f"Die höchste erreichbare Punktzahl ist {short_german(points)}. Sie muss größer als 0 sein."


def _zero_at(multiple: Fraction) -> str | None:
    if multiple > 1:
        return None
    return (
        f"Der Nullpunkt liegt beim {short_german(multiple)}-Fachen des niedrigsten Preises."
        " Er muss über dem 1-Fachen liegen, üblich ist das 2-Fache."
    )


def _threshold(share: Fraction) -> str | None:
    if 0 < share <= 1:
        return None
    return (
        f"Die Leistungsschwelle beträgt {percent(share)} der erreichbaren Punkte."
        " Sie muss über 0 % und höchstens bei 100 % liegen."
    )


def _bonus_base(points: Fraction) -> str | None:
    return None if points >= 0 else f"Ab {short_german(points)} Punkten kann kein Bonus zählen; mindestens ab 0."


def _rounding_places(places: Fraction) -> str | None:
    if places.denominator == 1 and 0 <= places <= MOST_DECIMALS:
        return None
    return f"Gerundet wird auf 0 bis {MOST_DECIMALS} Nachkommastellen, angegeben sind {short_german(places)}."


def _positive(what: str) -> Callable[[Fraction], str | None]:
    def objection(figure: Fraction) -> str | None:
        return None if figure > 0 else f"{what} muss größer als 0 sein, angegeben ist {short_german(figure)}."

    return objection


CHECKS: Mapping[str, Callable[[Fraction], str | None]] = {
    "quality_weight": objection_to_quality_weight,
    "corridor": _corridor,
    "max_points": _max_points,
    "zero_at": _zero_at,
    "reference_points": _positive("Der Referenzwert der Leistungspunkte"),
    "reference_price": _positive("Der Referenzpreis"),
    "price_weight": _positive("Die Zahl der Gewichtungspunkte des Preises"),
    "bonus_per_point": _positive("Der Bonus je Leistungspunkt"),
    "bonus_base": _bonus_base,
    "threshold": _threshold,
    "rounding_places": _rounding_places,
}
