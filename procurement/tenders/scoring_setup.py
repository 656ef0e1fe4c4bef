"""The announced method with its parameters: read from what is stored, checked as a whole.

Stored are decimal texts under the names of :class:`ScoringParameters`, plus the three figures of the criteria tree:
``total_points`` (T), ``whole_points`` (yes or no) and ``minimum_percent`` (of all points). The highest attainable
number of points follows from T and is not a choice, so ``max_points`` is filled in, and refused if it says otherwise.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeVar

from procurement.tenders import lot_references
from procurement.tenders.criteria_entries import CriterionEntry, objections_to_criteria, tree_of
from procurement.tenders.criteria_tree import TOP_OF_SCALE, CriteriaTree, all_criteria
from procurement.tenders.kinds import TieRule
from procurement.tenders.method import (
    FIGURES,
    OPTIONAL,
    REQUIRED,
    DecisionCriterion,
    PriceRule,
    QualityReference,
    RoundingPlace,
    ScoringMethod,
    ScoringParameters,
    objections_to_parameters,
    used,
)
from procurement.values.figures import german, percent, short_german
from procurement.values.label import Labelled
from procurement.values.objection import Objection

METHODS: Mapping[str, ScoringMethod] = {method.value: method for method in ScoringMethod}
USUAL_TOTAL_POINTS = 1000
HUNDREDTHS, MOST_DECIMALS = 100, 7
SHARES = ("quality_weight", "corridor", "threshold")
TREE_PARAMETERS = ("total_points", "whole_points", "minimum_percent")
TIE_PARAMETERS = ("tie_then",)
CHOICES: Mapping[str, type[Labelled]] = {
    "criterion": DecisionCriterion,
    "quality_reference": QualityReference,
    "price_rule": PriceRule,
    "rounding_place": RoundingPlace,
    "tie_then": TieRule,
}
TEXTS = ("criterion_part", "reference_prices")
# What goes without saying is not stored, so that a tender reads as it did before there was a choice.
UNSAID = {"tie_then": TieRule.NONE.value, "quality_reference": QualityReference.ATTAINABLE.value}
EURO = ("reference_price", "bonus_per_point")
GERMAN_NAMES = {
    "quality_weight": "Gewicht der Leistung",
    "corridor": "Korridor",
    "criterion": "Entscheidungskriterium",
    "criterion_part": "Kriterium, das im Korridor entscheidet",
    "quality_reference": "Leistung gemessen an",
    "reference_points": "Referenzwert der Leistungspunkte",
    "reference_price": "Referenzpreis",
    "reference_prices": "Referenzpreis einzelner Lose",
    "threshold": "Leistungsschwelle",
    "bonus_per_point": "Bonus je Leistungspunkt",
    "bonus_base": "Bonus ab Leistungspunkten",
    "max_points": "höchste erreichbare Punktzahl",
    "price_weight": "Gewichtungspunkte des Preises",
    "price_rule": "Punkte des Preises",
    "zero_at": "Nullpunkt des Preises",
    "rounding_place": "gerundet wird",
    "rounding_places": "Nachkommastellen der Rundung",
    "total_points": "Summe der Gewichtungspunkte",
    "whole_points": "ganze Gewichtungspunkte",
    "minimum_percent": "Mindestpunktzahl insgesamt",
    "tie_then": "bei weiterem Gleichstand",
}
Choice = TypeVar("Choice", bound=Labelled)


class UnreadableParameter(ValueError):
    """A stored or typed parameter is no exact figure or no known word; ``objection`` says which."""

    def __init__(self, name: str, value: object) -> None:
        german = GERMAN_NAMES.get(name, name)
        self.objection = Objection(f"„{value}“ ist kein Wert für „{german}“. Bitte eine Dezimalzahl angeben.", name)
        super().__init__(self.objection.text)


@dataclass(frozen=True, slots=True)
class ScoringSetup:
    """Method, parameters and tree as published: everything that evaluation needs besides the bids."""

    method: ScoringMethod
    parameters: ScoringParameters
    tree: CriteriaTree

    @property
    def is_scored(self) -> bool:
        """Whether points for performance count at all."""
        return self.method is not ScoringMethod.LOWEST_PRICE


def completed(method: ScoringMethod, raw: Mapping[str, Any]) -> dict[str, str]:
    """The parameters this method uses, as text, with the attainable points filled in; all others are dropped."""
    names = dict.fromkeys((*REQUIRED[method], *OPTIONAL[method], *TREE_PARAMETERS, *TIE_PARAMETERS))
    if method is ScoringMethod.WEIGHTED_REFERENCE:
        names[lot_references.PARAMETER] = None
    kept = {name: str(raw[name]) for name in names if raw.get(name) not in (None, "")}
    for name, silent in UNSAID.items():
        if kept.get(name) == silent:
            del kept[name]
    for name, is_asked in _asked_by_choice(kept).items():
        if not is_asked:
            kept.pop(name, None)
    if "max_points" in (*REQUIRED[method], *OPTIONAL[method]) and "max_points" not in kept:
        kept["max_points"] = str(TOP_OF_SCALE * total_points(raw))
    return kept


def _asked_by_choice(kept: Mapping[str, str]) -> dict[str, bool]:
    """Which parameters only count with a certain choice; typed beside another choice they would be misleading."""
    asked = {}
    if "criterion" in kept:
        asked["criterion_part"] = kept["criterion"] == DecisionCriterion.PART.value
    if "price_rule" in kept:
        asked["zero_at"] = kept["price_rule"] == PriceRule.LINEAR.value
    return asked


def total_points(raw: Mapping[str, Any]) -> int:
    """T, the sum of all weight points; :class:`UnreadableParameter` unless it is a whole number."""
    text = str(raw.get("total_points") or USUAL_TOTAL_POINTS)
    if not text.isdecimal():
        raise UnreadableParameter("total_points", text)
    return int(text)


def parameters_of(raw: Mapping[str, Any], tie_rule: TieRule) -> ScoringParameters:
    """The exact parameters behind stored text; :class:`UnreadableParameter` for anything that is no figure."""
    figures: dict[str, Any] = {name: _figure(name, raw[name]) for name in FIGURES if raw.get(name) not in (None, "")}
    return ScoringParameters(
        **figures,
        criterion=_choice("criterion", raw, DecisionCriterion),
        criterion_part=str(raw.get("criterion_part") or "").strip() or None,
        quality_reference=_choice("quality_reference", raw, QualityReference),
        price_rule=_choice("price_rule", raw, PriceRule),
        rounding_place=_choice("rounding_place", raw, RoundingPlace),
        tie_rule=tie_rule,
        tie_then=_choice("tie_then", raw, TieRule) or TieRule.NONE,
    )


def setup_of(
    method: str, raw: Mapping[str, Any], tie_rule: TieRule, criteria: Sequence[CriterionEntry]
) -> ScoringSetup:
    """The whole setup of a tender; :class:`KeyError` for an unknown method, which no action stores."""
    return ScoringSetup(METHODS[method], parameters_of(raw, tie_rule), tree_with(raw, criteria))


def tree_with(raw: Mapping[str, Any], criteria: Sequence[CriterionEntry]) -> CriteriaTree:
    """The tree of these criteria with the stored figures that concern the tree as a whole."""
    return tree_of(
        criteria,
        total_points=total_points(raw),
        whole_points=raw.get("whole_points") == "yes",
        minimum_percent=str(raw.get("minimum_percent") or ""),
    )


def worded_setup(method: str | None, raw: Mapping[str, Any], tie_rule: TieRule) -> list[tuple[str, str]]:
    """What is stored, with German names and percentages as people say them; nothing before a method is chosen."""
    if not method:
        return []
    words = [
        (german_name, _worded(name, str(raw[name]))) for name, german_name in GERMAN_NAMES.items() if raw.get(name)
    ]
    ties = [("bei Gleichstand", tie_rule.label)]
    if raw.get("tie_then"):
        ties.append(words.pop())
    return [("Wertungsmethode", METHODS[method].label), *words, *ties]


def _worded(name: str, text: str) -> str:
    if name in CHOICES:
        return next(choice.label for choice in CHOICES[name] if choice.value == text)
    if name in TEXTS:
        return text
    if name == "whole_points":
        return "ja" if text == "yes" else "nein"
    if name in SHARES:
        return percent(Fraction(text))
    unit = " %" if name == "minimum_percent" else " €" if name in EURO else ""
    return _figure_in_words(Fraction(text)) + unit


def _figure_in_words(figure: Fraction) -> str:
    """With two decimals, or with as many as were published."""
    decimals = next((places for places in range(3, MOST_DECIMALS) if (figure * 10**places).denominator == 1), 0)
    is_short = (figure * HUNDREDTHS).denominator == 1 or not decimals
    return short_german(figure) if is_short else german(figure, decimals)


def objections_to_method(method: ScoringMethod, raw: Mapping[str, Any], tie_rule: TieRule) -> list[Objection]:
    """What keeps these parameters from being stored; ``field`` names the parameter."""
    try:
        parameters = parameters_of(completed(method, raw), tie_rule)
        points = total_points(raw)
        _figure("minimum_percent", raw.get("minimum_percent") or "1")
    except UnreadableParameter as unreadable:
        return [unreadable.objection]
    found = objections_to_parameters(method, parameters)
    if method is ScoringMethod.WEIGHTED_REFERENCE:
        found += lot_references.objections_to_references(raw)
    if method is ScoringMethod.LOWEST_PRICE and TieRule.QUALITY in parameters.tie_chain:
        text = "Beim niedrigsten Preis gibt es keine Leistungspunkte. Bitte eine andere Regel bei Gleichstand wählen."
        found.append(Objection(text, "tie_rule"))
    if points <= 0:
        text = "Die Summe der Gewichtungspunkte muss größer als 0 sein, üblich sind 1.000."
        found.append(Objection(text, "total_points"))
    attainable = Fraction(TOP_OF_SCALE * points)
    if "max_points" in used(method, parameters) and parameters.max_points not in (None, attainable):
        text = (
            f"Die höchste erreichbare Punktzahl folgt aus den Kriterien: {TOP_OF_SCALE} × {points} Gewichtungspunkte "
            f"= {attainable}. Bitte diesen Wert angeben oder das Feld leer lassen."
        )
        found.append(Objection(text, "max_points"))
    return found


def objections_to_setup(
    method: str | None, raw: Mapping[str, Any], tie_rule: TieRule, criteria: Sequence[CriterionEntry]
) -> list[Objection]:
    """What keeps method and criteria from being published."""
    if not method:
        return [Objection("Es ist noch keine Wertungsmethode gewählt. Bitte unter „Kriterien“ eine wählen.")]
    chosen = METHODS[method]
    found = objections_to_method(chosen, raw, tie_rule)
    if found:
        return found
    setup = setup_of(method, raw, tie_rule, criteria)
    return objections_to_criteria(setup.tree, criteria, is_scored=setup.is_scored) + _objections_to_part(setup)


def _objections_to_part(setup: ScoringSetup) -> list[Objection]:
    """The node whose points decide in the corridor must be one that gets points."""
    number = setup.parameters.criterion_part
    if number is None or setup.parameters.criterion is not DecisionCriterion.PART:
        return []
    if any(node.number == number and node.is_scored for node in all_criteria(setup.tree.main_groups)):
        return []
    text = (
        f"Im Korridor sollen die Leistungspunkte von {number} entscheiden, aber die Kriterien enthalten kein"
        f" Bewertungskriterium {number}. Bitte die Nummer eines vorhandenen angeben."
    )
    return [Objection(text, "criterion_part")]


def _figure(name: str, text: object) -> Fraction:
    """An exact figure out of decimal text or a fraction."""
    try:
        return Fraction(str(text))
    except (ValueError, ZeroDivisionError) as error:
        raise UnreadableParameter(name, text) from error


def _choice(name: str, raw: Mapping[str, Any], choices: type[Choice]) -> Choice | None:
    word = raw.get(name)
    if word in (None, ""):
        return None
    found = {choice.value: choice for choice in choices}.get(str(word))
    if found is None:
        raise UnreadableParameter(name, word)
    return found
