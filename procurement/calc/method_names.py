"""Which method and which parameter a request means: people write numbers, German and English names as they know them.

Case, umlauts, blanks and hyphens make no difference. Unlawful methods are known by name too, so that each is refused
with the ruling that forbids it and not as a misspelling.
"""

import re
from collections.abc import Mapping

from procurement.calc.errors import BadInput
from procurement.tenders.method import NUMBERS, ScoringMethod
from procurement.tenders.method_warnings import UNLAWFUL_METHODS

OTHER_NAMES: Mapping[str, str] = {
    "M1": "cheapest price_only billigster_preis nur_preis vereinfachte_leistungs_preismethode",
    "M2": "richtwert richtwertmethode simple_benchmark einfache_richtwert",
    "M3": "extended_benchmark erweiterte_richtwert",
    "M4": "median median_method medianmethode gewichtete_richtwertmethode_median",
    "M5": "reference reference_value referenzwert referenzwertmethode gewichtete_richtwertmethode_referenzwert",
    "M6": "mean mean_method mittelwert mittelwertmethode gewichtete_richtwertmethode_mittelwert",
    "M7": "bestwert bestwertmethode gewichtete_bestwertmethode gewichtet_auf_bestwert weighted_best_value",
    "M8": "price_quotient preisquotient umgekehrter_dreisatz inverse_ratio pmin_p",
    "M9": "linear_interpolation lineare_interpolation einseitige_lineare_interpolation interpolation",
    "M13": "additiv additive_points leistungspunkte_additiv price_as_criterion",
    "M14": "exponent exponential_method exponentielle_methode",
    "M16": "fixed_price festpreis quality nur_leistung",
    "M17": "bonus_malus monetised_bonus preis_mit_bonus",
    "M18": "threshold threshold_then_price leistungsschwelle schwelle_dann_preis",
}
OTHER_UNLAWFUL_NAMES: Mapping[str, str] = {
    "M10": "min_max_span span_scoring two_sided_interpolation beidseitige_interpolation",
    "M11": "fixed_deduction fixed_deduction_per_rank rangabzug fester_abzug_je_rang fester_abzug_je_rangplatz",
    "M12": "median_of_hours distance_to_median abstand_zum_median stundenmedian",
}
NOT_OFFERED = {"m15", "aufschlag", "surcharge"}
# The signs of the domain notes for the figures of a method.
SIGNS: Mapping[str, str] = {
    "g_l": "quality_weight",
    "gl": "quality_weight",
    "g_p": "price_weight",
    "gp": "price_weight",
    "s": "corridor",
    "c": "zero_at",
    "l_max": "max_points",
    "lmax": "max_points",
    "l_ref": "reference_points",
    "p_ref": "reference_price",
    "tie_rule": "tie",
    "tie_break": "tie",
    "decision_criterion": "criterion",
    "entscheidungskriterium": "criterion",
}
WORDS: Mapping[str, str] = {
    **dict.fromkeys(("l", "points", "performance", "leistung", "leistungspunkte"), "quality"),
    **dict.fromkeys(("p", "preis", "wertungspreis"), "price"),
    **dict.fromkeys(("lots", "los", "losentscheid", "drawing"), "none"),
}
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def plain(name: str) -> str:
    """A name without case, umlauts and separators, so that ``"Erweiterte Richtwertmethode"`` is ``extended_ratio``."""
    return re.sub(r"[^a-z0-9]+", "_", name.casefold().translate(UMLAUTS)).strip("_")


def method_named(given: object) -> ScoringMethod:
    """A method by name or number; for an unlawful one the ruling is named. Raises :class:`BadInput`."""
    name = plain(given) if isinstance(given, str) else ""
    if name in _REFUSALS:
        raise BadInput("method", _REFUSALS[name])
    if name in NOT_OFFERED:
        text = "Die Methode mit Aufschlag (M15) wird nicht angeboten: Sie verschiebt das Gewicht der Leistung verdeckt."
        raise BadInput("method", text)
    if name not in _METHODS:
        known = ", ".join(method.value for method in ScoringMethod)
        raise BadInput("method", f"Hier muss eines von {known} stehen (oder M1 bis M9, M13, M14, M16 bis M18).")
    return _METHODS[name]


def parameters_named(given: Mapping[str, object]) -> dict[str, object]:
    """The same parameters, signs such as ``g_L`` replaced by their names; none may be there twice."""
    found: dict[str, object] = {}
    for sign, figure in given.items():
        name = SIGNS.get(plain(sign), sign)
        if name in found:
            raise BadInput(f"parameters.{sign}", f"„{name}“ ist doppelt angegeben. Bitte nur einmal angeben.")
        found[name] = figure
    return found


def word(given: object) -> object:
    """``"quality"`` or ``"price"`` for what people write instead; anything else as it is."""
    return WORDS.get(plain(given), given) if isinstance(given, str) else given


def _methods() -> dict[str, ScoringMethod]:
    found = {plain(name): method for method in ScoringMethod for name in (method.value, method.label)}
    found |= {plain(number): method for number, method in NUMBERS.items()}
    return found | {name: NUMBERS[number] for number, names in OTHER_NAMES.items() for name in names.split()}


def _refusals() -> dict[str, str]:
    return {
        plain(name): one.refusal
        for one in UNLAWFUL_METHODS
        for name in (one.number, *one.names, *OTHER_UNLAWFUL_NAMES[one.number].split())
    }


_METHODS = _methods()
_REFUSALS = _refusals()
