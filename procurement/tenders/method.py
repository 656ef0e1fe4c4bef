"""The scoring methods on offer, the parameters that must be published with each, and what keeps them from being used.

Offered are the methods that case law accepts (M1 to M9, M13, M14, M16 to M18 of the domain notes). Span scoring, fixed
deductions per rank and steps around the median of hours are left out on purpose: they are unlawful and stand, with the
rulings, in :mod:`procurement.tenders.method_warnings`. Quality and price weight are one parameter, so that they cannot
fail to sum to 100 %.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from procurement.tenders.kinds import TieRule
from procurement.tenders.method_figures import CHECKS, objection_to_powers
from procurement.values.figures import exact, percent
from procurement.values.label import Labelled
from procurement.values.objection import Objection

MARGINAL_PRICE_WEIGHT = Fraction(3, 10)
CRUSHING_PRICE_WEIGHT = Fraction(9, 10)
DOUBLE_LOWEST_PRICE = 2
TOP_OF_PRICE_SCALE = 10


class ScoringMethod(Labelled):
    """How points and price become one ranking; frozen before the bids are opened."""

    LOWEST_PRICE = "lowest_price", "Niedrigster Preis"
    SIMPLE_RATIO = "simple_ratio", "Einfache Richtwertmethode"
    EXTENDED_RATIO = "extended_ratio", "Erweiterte Richtwertmethode"
    WEIGHTED_MEDIAN = "weighted_median", "Gewichtete Richtwertmethode (Median)"
    WEIGHTED_REFERENCE = "weighted_reference", "Gewichtete Richtwertmethode (fester Referenzwert)"
    WEIGHTED_MEAN = "weighted_mean", "Gewichtete Richtwertmethode (Mittelwert)"
    BEST_VALUE = "best_value", "Gewichtete Bestwertmethode (niedrigster Preis ÷ Preis)"
    LINEAR = "linear", "Lineare Interpolation des Preises"
    ADDITIVE = "additive", "Additive Punkte (der Preis ist ein Kriterium)"
    EXPONENTIAL = "exponential", "Exponentialmethode"
    QUALITY_ONLY = "quality_only", "Festpreis, nur die Leistung zählt"
    BONUS = "bonus", "Preis mit Bonus je Leistungspunkt"
    THRESHOLD_PRICE = "threshold_price", "Leistungsschwelle, danach niedrigster Preis"


class DecisionCriterion(Labelled):
    """What decides inside the corridor of the extended Richtwertmethode."""

    QUALITY = "quality", "Leistungspunkte"
    PRICE = "price", "Wertungspreis"
    PART = "part", "Leistungspunkte einer Kriterienhauptgruppe"


class QualityReference(Labelled):
    """What the points of a bid are measured against in the best-value method; the two give different rankings."""

    ATTAINABLE = "attainable", "höchste erreichbare Punktzahl"
    BEST = "best", "bestes Angebot"


class PriceRule(Labelled):
    """How the price gets its points of 0 to 10 when it is one criterion among the others."""

    QUOTIENT = "quotient", "niedrigster Preis ÷ Preis"
    LINEAR = "linear", "lineare Interpolation bis zum Nullpunkt"


class RoundingPlace(Labelled):
    """The one place of the formula where a published rounding applies."""

    PRICE_POINTS = "price_points", "Preispunkte"
    SCORE = "score", "Kennzahl oder Gesamtwert"


@dataclass(frozen=True, slots=True)
class ScoringParameters:
    """Published parameters; each method uses some.

    Weights, corridor and threshold are shares of one, ``max_points`` is Lmax, prices are in euro. ``tie_then`` is
    the second criterion of a published chain, ``criterion_part`` the node whose points decide in the corridor.
    """

    quality_weight: Fraction | None = None
    corridor: Fraction | None = None
    criterion: DecisionCriterion | None = None
    max_points: Fraction | None = None
    zero_at: Fraction | None = None
    tie_rule: TieRule = TieRule.NONE
    tie_then: TieRule = TieRule.NONE
    criterion_part: str | None = None
    reference_points: Fraction | None = None
    reference_price: Fraction | None = None
    quality_reference: QualityReference | None = None
    price_weight: Fraction | None = None
    price_rule: PriceRule | None = None
    bonus_per_point: Fraction | None = None
    bonus_base: Fraction | None = None
    threshold: Fraction | None = None
    rounding_places: Fraction | None = None
    rounding_place: RoundingPlace | None = None

    def __post_init__(self) -> None:
        for name in FIGURES:
            figure = getattr(self, name)
            if figure is not None:
                exact(figure)

    @property
    def tie_chain(self) -> tuple[TieRule, ...]:
        """The published criteria for equal scores, in order; afterwards lots are drawn."""
        return tuple(rule for rule in (self.tie_rule, self.tie_then) if rule is not TieRule.NONE)

    @property
    def measures_at_best(self) -> bool:
        """Whether points are measured against the best bid instead of what is attainable."""
        return self.quality_reference is QualityReference.BEST


ROUNDING = ("rounding_places", "rounding_place")

REQUIRED: dict[ScoringMethod, tuple[str, ...]] = {
    ScoringMethod.LOWEST_PRICE: (),
    ScoringMethod.SIMPLE_RATIO: (),
    ScoringMethod.EXTENDED_RATIO: ("corridor", "criterion"),
    ScoringMethod.WEIGHTED_MEDIAN: ("quality_weight",),
    ScoringMethod.WEIGHTED_REFERENCE: ("quality_weight", "reference_points", "reference_price"),
    ScoringMethod.WEIGHTED_MEAN: ("quality_weight",),
    ScoringMethod.BEST_VALUE: ("quality_weight", "max_points"),
    ScoringMethod.LINEAR: ("quality_weight", "max_points", "zero_at"),
    ScoringMethod.ADDITIVE: ("price_weight", "price_rule"),
    ScoringMethod.EXPONENTIAL: ("quality_weight",),
    ScoringMethod.QUALITY_ONLY: (),
    ScoringMethod.BONUS: ("bonus_per_point",),
    ScoringMethod.THRESHOLD_PRICE: ("threshold", "max_points"),
}

OPTIONAL: dict[ScoringMethod, tuple[str, ...]] = {
    ScoringMethod.LOWEST_PRICE: (),
    ScoringMethod.SIMPLE_RATIO: ROUNDING,
    ScoringMethod.EXTENDED_RATIO: ("criterion_part", *ROUNDING),
    ScoringMethod.WEIGHTED_MEDIAN: ROUNDING,
    ScoringMethod.WEIGHTED_REFERENCE: ROUNDING,
    ScoringMethod.WEIGHTED_MEAN: ROUNDING,
    ScoringMethod.BEST_VALUE: ("quality_reference", *ROUNDING),
    ScoringMethod.LINEAR: ROUNDING,
    ScoringMethod.ADDITIVE: ("zero_at", "max_points", *ROUNDING),
    ScoringMethod.EXPONENTIAL: (),
    ScoringMethod.QUALITY_ONLY: (),
    ScoringMethod.BONUS: ("bonus_base", *ROUNDING),
    ScoringMethod.THRESHOLD_PRICE: (),
}

PRICE_POINT_METHODS = (ScoringMethod.BEST_VALUE, ScoringMethod.LINEAR, ScoringMethod.ADDITIVE)
RATIO_METHODS = (ScoringMethod.SIMPLE_RATIO, ScoringMethod.EXTENDED_RATIO)
DIFFERENCE_METHODS = (
    ScoringMethod.WEIGHTED_MEDIAN,
    ScoringMethod.WEIGHTED_REFERENCE,
    ScoringMethod.WEIGHTED_MEAN,
)
PRICE_RANKED_METHODS = (ScoringMethod.LOWEST_PRICE, ScoringMethod.THRESHOLD_PRICE)
UNDIVIDED_METHODS = (*PRICE_RANKED_METHODS, ScoringMethod.QUALITY_ONLY, ScoringMethod.BONUS)

FIGURES = tuple(CHECKS)

# The numbers of the domain notes, as people quote them.
NUMBERS: Mapping[str, ScoringMethod] = {
    "M1": ScoringMethod.LOWEST_PRICE,
    "M2": ScoringMethod.SIMPLE_RATIO,
    "M3": ScoringMethod.EXTENDED_RATIO,
    "M4": ScoringMethod.WEIGHTED_MEDIAN,
    "M5": ScoringMethod.WEIGHTED_REFERENCE,
    "M6": ScoringMethod.WEIGHTED_MEAN,
    "M7": ScoringMethod.BEST_VALUE,
    "M8": ScoringMethod.BEST_VALUE,
    "M9": ScoringMethod.LINEAR,
    "M13": ScoringMethod.ADDITIVE,
    "M14": ScoringMethod.EXPONENTIAL,
    "M16": ScoringMethod.QUALITY_ONLY,
    "M17": ScoringMethod.BONUS,
    "M18": ScoringMethod.THRESHOLD_PRICE,
}

GERMAN_NAMES: Mapping[str, str] = {
    "quality_weight": "das Gewicht der Leistung",
    "corridor": "die Breite des Korridors",
    "criterion": "das Entscheidungskriterium",
    "criterion_part": "die Nummer der Kriterienhauptgruppe, die im Korridor entscheidet",
    "max_points": "die höchste erreichbare Punktzahl",
    "zero_at": "das Vielfache des niedrigsten Preises mit 0 Preispunkten",
    "reference_points": "der Referenzwert der Leistungspunkte",
    "reference_price": "der Referenzpreis",
    "price_weight": "die Zahl der Gewichtungspunkte des Preises",
    "price_rule": "die Regel für die Punkte des Preises",
    "bonus_per_point": "der Bonus je Leistungspunkt in Euro",
    "threshold": "die Leistungsschwelle",
    "rounding_places": "die Zahl der Nachkommastellen",
    "rounding_place": "die Angabe, was gerundet wird",
}


def needed(method: ScoringMethod, parameters: ScoringParameters) -> tuple[str, ...]:
    """The parameters that must be there, given the choices already made among them."""
    names = list(REQUIRED[method])
    if method is ScoringMethod.EXTENDED_RATIO and parameters.criterion is DecisionCriterion.PART:
        names.append("criterion_part")
    if method is ScoringMethod.ADDITIVE and parameters.price_rule is PriceRule.LINEAR:
        names.append("zero_at")
    if method is ScoringMethod.BEST_VALUE and parameters.measures_at_best:
        names.remove("max_points")
    if any(name in OPTIONAL[method] and getattr(parameters, name) is not None for name in ROUNDING):
        names += ROUNDING
    return tuple(names)


def used(method: ScoringMethod, parameters: ScoringParameters) -> tuple[str, ...]:
    """The parameters that count for this method: those it needs, and those it may have and that are given."""
    optional = (name for name in OPTIONAL[method] if getattr(parameters, name) is not None)
    return tuple(dict.fromkeys([*needed(method, parameters), *optional, *_kept_anyway(method, parameters)]))


def _kept_anyway(method: ScoringMethod, parameters: ScoringParameters) -> tuple[str, ...]:
    """Attainable points check the bids even where the formula measures against the best one."""
    given = method is ScoringMethod.BEST_VALUE and parameters.max_points is not None
    return ("max_points",) if given else ()


def objections_to_parameters(method: ScoringMethod, parameters: ScoringParameters) -> list[Objection]:
    """What keeps the method from being published or used with these parameters; ``field`` names the parameter."""
    names = used(method, parameters)
    missing = [name for name in names if getattr(parameters, name) in (None, "")]
    objections = [
        Objection(f"Für „{method.label}“ fehlt {GERMAN_NAMES[name]}. Bitte ergänzen Sie die Angabe.", name)
        for name in missing
    ]
    for name in names:
        if name in CHECKS and name not in missing:
            text = CHECKS[name](getattr(parameters, name))
            objections += [Objection(text, name)] if text else []
    return objections + _objections_to_combination(method, parameters)


def _objections_to_combination(method: ScoringMethod, parameters: ScoringParameters) -> list[Objection]:
    found = []
    weight = parameters.quality_weight
    if method is ScoringMethod.EXPONENTIAL and weight is not None and (text := objection_to_powers(weight)):
        found.append(Objection(text, "quality_weight"))
    rounds_price_points = parameters.rounding_place is RoundingPlace.PRICE_POINTS
    if rounds_price_points and "rounding_place" in OPTIONAL[method] and method not in PRICE_POINT_METHODS:
        text = f"„{method.label}“ kennt keine Preispunkte. Bitte wählen Sie, dass der Gesamtwert gerundet wird."
        found.append(Objection(text, "rounding_place"))
    if parameters.tie_then is not TieRule.NONE and parameters.tie_then is parameters.tie_rule:
        text = f"„{parameters.tie_then.label}“ steht bei Gleichstand zweimal. Bitte ein anderes Kriterium wählen."
        found.append(Objection(text, "tie_then"))
    if parameters.tie_then is not TieRule.NONE and parameters.tie_rule is TieRule.NONE:
        text = "Bei Gleichstand ist nur das zweite Kriterium angegeben. Bitte zuerst das erste wählen."
        found.append(Objection(text, "tie_then"))
    return found


def price_share(method: ScoringMethod, parameters: ScoringParameters) -> Fraction | None:
    """The nominal weight of the price as a share of one; nothing for methods that announce no weights."""
    if method is ScoringMethod.ADDITIVE and parameters.price_weight and parameters.max_points:
        price = TOP_OF_PRICE_SCALE * parameters.price_weight
        return price / (parameters.max_points + price)
    if "quality_weight" in REQUIRED[method] and parameters.quality_weight is not None:
        return 1 - parameters.quality_weight
    return None


def remarks_on_parameters(method: ScoringMethod, parameters: ScoringParameters) -> list[str]:
    """Warnings that do not forbid publication; the thresholds are ours (cf. OLG Düsseldorf, Verg 3/12 and 33/12)."""
    remarks = []
    price_weight = price_share(method, parameters)
    if price_weight is not None and price_weight < MARGINAL_PRICE_WEIGHT:
        remarks.append(f"Der Preis zählt nur {percent(price_weight)}. Er darf keine Randgröße sein.")
    if price_weight is not None and CRUSHING_PRICE_WEIGHT < price_weight < 1:
        remarks.append(f"Der Preis zählt {percent(price_weight)}. Die Leistung darf kein bloßes Alibi sein.")
    zero_at = parameters.zero_at if "zero_at" in used(method, parameters) else None
    if zero_at is not None and zero_at < DOUBLE_LOWEST_PRICE:
        remarks.append("Ein Nullpunkt unter dem Zweifachen des niedrigsten Preises verschärft den Preisabstand.")
    return remarks + ([REMARKS[method]] if method in REMARKS else [])


REMARKS: Mapping[ScoringMethod, str] = {
    ScoringMethod.SIMPLE_RATIO: "Die einfache Richtwertmethode gewichtet Leistung und Preis gleich stark.",
    ScoringMethod.WEIGHTED_MEAN: (
        "Die UfAB rät vom Mittelwert ab: Ein einzelnes Angebot mit weit abweichendem Preis verschiebt ihn und damit die"
        " Reihenfolge der anderen."
    ),
    ScoringMethod.WEIGHTED_REFERENCE: (
        "Referenzwert und Referenzpreis müssen vor der Öffnung feststehen und gut begründet sein: Liegen alle Preise"
        " doppelt so hoch, kann eine andere Reihenfolge herauskommen."
    ),
    ScoringMethod.BONUS: "Der Bonus ist ein fester Betrag in Euro: Begründen Sie ihn im Vergabevermerk mit dem Nutzen.",
}
