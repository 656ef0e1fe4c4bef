"""The announced method with its parameters: read from what is stored, checked as a whole.

Stored are decimal texts under the names of :class:`ScoringParameters`, plus the three figures of the criteria tree:
``total_points`` (T), ``whole_points`` (yes or no) and ``minimum_percent`` (of all points). The highest attainable
number of points follows from T and is not a choice, so ``max_points`` is filled in, and refused if it says otherwise.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from procurement.tenders.criteria_entries import CriterionEntry, objections_to_criteria, tree_of
from procurement.tenders.criteria_tree import TOP_OF_SCALE, CriteriaTree
from procurement.tenders.kinds import TieRule
from procurement.tenders.method import (
    REQUIRED,
    DecisionCriterion,
    ScoringMethod,
    ScoringParameters,
    objections_to_parameters,
)
from procurement.values.figures import percent, short_german
from procurement.values.objection import Objection

METHODS: Mapping[str, ScoringMethod] = {method.value: method for method in ScoringMethod}
USUAL_TOTAL_POINTS = 1000
SHARES = ("quality_weight", "corridor")
TREE_PARAMETERS = ("total_points", "whole_points", "minimum_percent")
FIGURES = ("quality_weight", "corridor", "max_points", "zero_at")
GERMAN_NAMES = {
    "quality_weight": "Gewicht der Leistung",
    "corridor": "Korridor",
    "criterion": "Entscheidungskriterium",
    "max_points": "höchste erreichbare Punktzahl",
    "zero_at": "Nullpunkt des Preises",
    "total_points": "Summe der Gewichtungspunkte",
    "whole_points": "ganze Gewichtungspunkte",
    "minimum_percent": "Mindestpunktzahl insgesamt",
}


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
    """The parameters this method needs, as text, with the attainable points filled in; all others are dropped."""
    kept = {name: str(raw[name]) for name in (*REQUIRED[method], *TREE_PARAMETERS) if raw.get(name) not in (None, "")}
    if "max_points" in REQUIRED[method] and "max_points" not in kept:
        kept["max_points"] = str(TOP_OF_SCALE * total_points(raw))
    return kept


def total_points(raw: Mapping[str, Any]) -> int:
    """T, the sum of all weight points; :class:`UnreadableParameter` unless it is a whole number."""
    text = str(raw.get("total_points") or USUAL_TOTAL_POINTS)
    if not text.isdecimal():
        raise UnreadableParameter("total_points", text)
    return int(text)


def parameters_of(raw: Mapping[str, Any], tie_rule: TieRule) -> ScoringParameters:
    """The exact parameters behind stored text; :class:`UnreadableParameter` for anything that is no figure."""
    figures = {name: _figure(name, raw[name]) for name in FIGURES if raw.get(name) not in (None, "")}
    return ScoringParameters(**figures, criterion=_criterion(raw), tie_rule=tie_rule)


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
    words = [(GERMAN_NAMES[name], _worded(name, str(raw[name]))) for name in GERMAN_NAMES if raw.get(name)]
    return [("Wertungsmethode", METHODS[method].label), *words, ("bei Gleichstand", tie_rule.label)]


def _worded(name: str, text: str) -> str:
    if name == "criterion":
        return next(criterion.label for criterion in DecisionCriterion if criterion.value == text)
    if name == "whole_points":
        return "ja" if text == "yes" else "nein"
    if name in SHARES:
        return percent(Fraction(text))
    return short_german(Fraction(text)) + (" %" if name == "minimum_percent" else "")


def objections_to_method(method: ScoringMethod, raw: Mapping[str, Any], tie_rule: TieRule) -> list[Objection]:
    """What keeps these parameters from being stored; ``field`` names the parameter."""
    try:
        parameters = parameters_of(completed(method, raw), tie_rule)
        points = total_points(raw)
        _figure("minimum_percent", raw.get("minimum_percent") or "1")
    except UnreadableParameter as unreadable:
        return [unreadable.objection]
    found = objections_to_parameters(method, parameters)
    if method is ScoringMethod.LOWEST_PRICE and tie_rule is TieRule.QUALITY:
        text = "Beim niedrigsten Preis gibt es keine Leistungspunkte. Bitte eine andere Regel bei Gleichstand wählen."
        found.append(Objection(text, "tie_rule"))
    if points <= 0:
        text = "Die Summe der Gewichtungspunkte muss größer als 0 sein, üblich sind 1.000."
        found.append(Objection(text, "total_points"))
    attainable = Fraction(TOP_OF_SCALE * points)
    if "max_points" in REQUIRED[method] and parameters.max_points not in (None, attainable):
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
    return objections_to_criteria(setup.tree, criteria, is_scored=setup.is_scored)


def _figure(name: str, text: object) -> Fraction:
    """An exact figure out of decimal text or a fraction."""
    try:
        return Fraction(str(text))
    except (ValueError, ZeroDivisionError) as error:
        raise UnreadableParameter(name, text) from error


def _criterion(raw: Mapping[str, Any]) -> DecisionCriterion | None:
    word = raw.get("criterion")
    if word in (None, ""):
        return None
    found = {criterion.value: criterion for criterion in DecisionCriterion}.get(str(word))
    if found is None:
        raise UnreadableParameter("criterion", word)
    return found
