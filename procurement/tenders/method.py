"""The scoring methods on offer, the parameters that must be published with each, and what keeps them from being used.

Offered are the methods that case law accepts (M1, M2, M3, M7/M8, M9 of the domain notes). Span scoring, where the worst
bid gets zero, is left out on purpose: it is unlawful regardless of the number of bids (OLG Düsseldorf, Verg 35/23).
Quality and price weight are one parameter, so that they cannot fail to sum to 100 %.
"""

from dataclasses import dataclass
from fractions import Fraction

from procurement.tenders.kinds import TieRule
from procurement.values.figures import exact, percent, short_german
from procurement.values.label import Labelled
from procurement.values.objection import Objection

WIDEST_CORRIDOR = Fraction(1, 10)
MARGINAL_PRICE_WEIGHT = Fraction(3, 10)
CRUSHING_PRICE_WEIGHT = Fraction(9, 10)
DOUBLE_LOWEST_PRICE = 2


class ScoringMethod(Labelled):
    """How points and price become one ranking; frozen before the bids are opened."""

    LOWEST_PRICE = "lowest_price", "Niedrigster Preis"
    SIMPLE_RATIO = "simple_ratio", "Einfache Richtwertmethode"
    EXTENDED_RATIO = "extended_ratio", "Erweiterte Richtwertmethode"
    BEST_VALUE = "best_value", "Gewichtete Bestwertmethode (niedrigster Preis ÷ Preis)"
    LINEAR = "linear", "Lineare Interpolation des Preises"


class DecisionCriterion(Labelled):
    """What decides inside the corridor of the extended Richtwertmethode."""

    QUALITY = "quality", "Leistungspunkte"
    PRICE = "price", "Wertungspreis"


@dataclass(frozen=True, slots=True)
class ScoringParameters:
    """Published parameters; each method uses some. Weights and corridor are shares of one, ``max_points`` is Lmax."""

    quality_weight: Fraction | None = None
    corridor: Fraction | None = None
    criterion: DecisionCriterion | None = None
    max_points: Fraction | None = None
    zero_at: Fraction | None = None
    tie_rule: TieRule = TieRule.NONE

    def __post_init__(self) -> None:
        for figure in (self.quality_weight, self.corridor, self.max_points, self.zero_at):
            exact(0 if figure is None else figure)


REQUIRED: dict[ScoringMethod, tuple[str, ...]] = {
    ScoringMethod.LOWEST_PRICE: (),
    ScoringMethod.SIMPLE_RATIO: (),
    ScoringMethod.EXTENDED_RATIO: ("corridor", "criterion"),
    ScoringMethod.BEST_VALUE: ("quality_weight", "max_points"),
    ScoringMethod.LINEAR: ("quality_weight", "max_points", "zero_at"),
}

GERMAN_NAMES = {
    "quality_weight": "das Gewicht der Leistung",
    "corridor": "die Breite des Korridors",
    "criterion": "das Entscheidungskriterium",
    "max_points": "die höchste erreichbare Punktzahl",
    "zero_at": "das Vielfache des niedrigsten Preises mit 0 Preispunkten",
}


def objections_to_parameters(method: ScoringMethod, parameters: ScoringParameters) -> list[Objection]:
    """What keeps the method from being published or used with these parameters; ``field`` names the parameter."""
    missing = [name for name in REQUIRED[method] if getattr(parameters, name) is None]
    objections = [
        Objection(f"Für „{method.label}“ fehlt {GERMAN_NAMES[name]}. Bitte ergänzen Sie die Angabe.", name)
        for name in missing
    ]
    checks = {
        "quality_weight": _objection_to_quality_weight,
        "corridor": _objection_to_corridor,
        "max_points": _objection_to_max_points,
        "zero_at": _objection_to_zero_at,
    }
    for name in REQUIRED[method]:
        if name in checks and name not in missing:
            text = checks[name](getattr(parameters, name))
            objections += [Objection(text, name)] if text else []
    return objections


def remarks_on_parameters(method: ScoringMethod, parameters: ScoringParameters) -> list[str]:
    """Warnings that do not forbid publication; the thresholds are ours (cf. OLG Düsseldorf, Verg 3/12 and 33/12)."""
    remarks = []
    weight = parameters.quality_weight
    if "quality_weight" in REQUIRED[method] and weight is not None:
        price_weight = 1 - weight
        if price_weight < MARGINAL_PRICE_WEIGHT:
            remarks.append(f"Der Preis zählt nur {percent(price_weight)}. Er darf keine Randgröße sein.")
        if CRUSHING_PRICE_WEIGHT < price_weight < 1:
            remarks.append(f"Der Preis zählt {percent(price_weight)}. Die Leistung darf kein bloßes Alibi sein.")
    if method is ScoringMethod.SIMPLE_RATIO:
        remarks.append("Die einfache Richtwertmethode gewichtet Leistung und Preis gleich stark.")
    if method is ScoringMethod.LINEAR and parameters.zero_at is not None and parameters.zero_at < DOUBLE_LOWEST_PRICE:
        remarks.append("Ein Nullpunkt unter dem Zweifachen des niedrigsten Preises verschärft den Preisabstand.")
    return remarks


def _objection_to_quality_weight(weight: Fraction) -> str | None:
    if 0 <= weight <= 1:
        return None
    return (
        f"Das Gewicht der Leistung beträgt {percent(weight)}. Es muss zwischen 0 % und 100 % liegen;"
        " das Gewicht des Preises ist der Rest zu 100 %."
    )


def _objection_to_corridor(corridor: Fraction) -> str | None:
    if 0 <= corridor <= WIDEST_CORRIDOR:
        return None
    return (
        f"Der Korridor beträgt {percent(corridor)}. Zulässig sind 0 % bis {percent(WIDEST_CORRIDOR)};"
        " die UfAB sieht üblicherweise 5 % vor."
    )


def _objection_to_max_points(points: Fraction) -> str | None:
    if points > 0:
        return None
    return f"Die höchste erreichbare Punktzahl ist {short_german(points)}. Sie muss größer als 0 sein."


def _objection_to_zero_at(multiple: Fraction) -> str | None:
    if multiple > 1:
        return None
    return (
        f"Der Nullpunkt liegt beim {short_german(multiple)}-Fachen des niedrigsten Preises."
        " Er muss über dem 1-Fachen liegen, üblich ist das 2-Fache."
    )
