"""``flask calc score``: bids scored and ranked by one method, as a JSON request and a JSON answer.

Request: ``{"method": …, "parameters": {…}, "bids": [{"id": "A", "points": "8000", "price": "100000.00"}, …]}``.
Figures are JSON integers or text with a decimal point; fractions such as ``"22000/3"`` are allowed, since criteria
weighted in thirds lead to points that no decimal can hold. A JSON number with a point has been a binary float on its
way here, and binary floats give a wrong winner on textbook cases, so it is refused. Of the parameters, those that the
method does not use are read but do not count; the answer lists the ones that did.

Methods by name or number (German names such as ``"Medianmethode"`` are understood too), with the parameters that
each needs (in brackets: may have):

- ``lowest_price`` (M1): none
- ``simple_ratio`` (M2): none [rounding]
- ``extended_ratio`` (M3): ``corridor``, ``criterion`` = ``"quality"``, ``"price"`` or ``{"part": "KHG1"}`` [rounding];
  with a part every bid carries ``"parts": {"KHG1": "…"}``
- ``weighted_median`` (M4), ``weighted_mean`` (M6): ``quality_weight`` [rounding]
- ``weighted_reference`` (M5): ``quality_weight``, ``reference_points``, ``reference_price`` [rounding]
- ``best_value`` (M7, M8): ``quality_weight``, ``max_points`` [``quality_reference`` = ``"attainable"`` or ``"best"``,
  where ``max_points`` may be left out; rounding]
- ``linear`` (M9): ``quality_weight``, ``max_points``, ``zero_at`` [rounding]
- ``additive`` (M13): ``price_weight`` (weight points of the price), ``price_rule`` = ``"quotient"`` or ``"linear"``,
  the latter with ``zero_at`` [``max_points``, rounding]
- ``exponential`` (M14): ``quality_weight`` in whole percent or as a simple fraction; ``score`` is the whole power S^q
  by which bids are compared (q stands in the answer as ``root``), ``score_decimal`` and ``display`` are S
- ``quality_only`` (M16): none
- ``bonus`` (M17): ``bonus_per_point`` in euro [``bonus_base`` in points, rounding]; ``score`` is P - bonus, least wins
- ``threshold_price`` (M18): ``threshold`` as a share of ``max_points``

Rounding: ``rounding_places`` (0 to 6) with ``rounding_place`` = ``"price_points"`` (M7 to M9, M13; in M13 the points
of 0 to 10) or ``"score"`` (ratios are rounded as they are shown, times 10,000). It governs ranks and ties;
``exact_score`` in the answer is the score without it. Ties: ``tie`` = ``"quality"``, ``"price"``, ``"none"`` or a list
such as ``["quality", "price"]``. M10 to M12 are refused with the ruling that forbids them.

``quality_weight`` is a share of one; with it or instead of it ``price_weight`` may be given as a share, and both must
add up to 1. A bid with ``"excluded"`` (``true`` or the reason as text) stays in the answer but counts for nothing; its
figures may be missing.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from procurement.calc.errors import BadInput
from procurement.calc.method_names import method_named, parameters_named, word
from procurement.evaluation.bid_figures import BidFigures
from procurement.evaluation.errors import CannotEvaluate, FormulaNotApplicable
from procurement.evaluation.formulas import DISPLAY_FACTOR
from procurement.evaluation.scoring import BidScore, ScoreSheet, score
from procurement.tenders.kinds import TieRule
from procurement.tenders.method import (
    FIGURES,
    REQUIRED,
    DecisionCriterion,
    PriceRule,
    QualityReference,
    RoundingPlace,
    ScoringMethod,
    ScoringParameters,
    used,
)
from procurement.values.figures import percent, significant
from procurement.values.label import Labelled
from procurement.values.objection import NotAdmissible

FIELDS = ("method", "parameters", "bids")
PARAMETERS = (
    "quality_weight",
    "corridor",
    "max_points",
    "zero_at",
    *(name for name in FIGURES if name not in ("quality_weight", "corridor", "max_points", "zero_at")),
    *("quality_reference", "price_rule", "rounding_place", "criterion", "tie"),
)
# Where two parameters of a publication are one field of the request.
PLACES = {"tie_then": "tie", "criterion_part": "criterion"}
CRITERIA = (DecisionCriterion.QUALITY, DecisionCriterion.PRICE)
TIE_LENGTH = 2
BID_FIELDS = ("id", "points", "price", "parts", "excluded")
EXCLUDED = "ausgeschlossen"
ADDED_WHERE_GIVEN = ("exact_score", "price_rating", "part")
BASE_NAMES = {
    ScoringMethod.WEIGHTED_MEDIAN: ("median_points", "median_price"),
    ScoringMethod.WEIGHTED_REFERENCE: ("reference_points", "reference_price"),
    ScoringMethod.WEIGHTED_MEAN: ("mean_points", "mean_price"),
    ScoringMethod.BEST_VALUE: ("l_best", "price_base"),
}
MOST_DIGITS = 60
EXACT_TEXT = re.compile(r"-?[0-9]+(\.[0-9]+)?(/[0-9]*[1-9][0-9]*)?")

Answer = dict[str, object]
Choice = TypeVar("Choice", bound=Labelled)


def answer(request: object) -> Answer:
    """Answer one request with references, bids and winner; raise :class:`BadInput` naming the place."""
    return answered(request, lambda bids, method, parameters: _answer(score(bids, method, parameters), bids))


def answered(
    request: object, calculate: Callable[[list[BidFigures], ScoringMethod, ScoringParameters], Answer]
) -> Answer:
    """Read bids, method and parameters and calculate with them; whatever is wrong is a :class:`BadInput`."""
    fields = _object("", request, FIELDS)
    for field in ("method", "bids"):
        if field not in fields:
            raise BadInput(field, "Das Feld fehlt.")
    method = method_named(fields["method"])
    parameters = _parameters(fields.get("parameters", {}), method)
    bids = _bids(fields["bids"])
    try:
        return calculate(bids, method, parameters)
    except NotAdmissible as error:
        objection = error.objections[0]
        place = PLACES.get(objection.field or "", objection.field)
        raise BadInput(f"parameters.{place}", objection.text) from error
    except FormulaNotApplicable as error:
        raise BadInput(_path(bids, error), f"formula not applicable: {error.message}") from error
    except CannotEvaluate as error:
        raise BadInput(_path(bids, error), error.message) from error


def _path(bids: list[BidFigures], error: CannotEvaluate) -> str:
    """The place of a refused figure; of two bids with the same name the second is meant."""
    if error.bid is None:
        return "bids"
    index = max(index for index, bid in enumerate(bids) if bid.id == error.bid)
    return f"bids[{index}].{error.figure}"


def _parameters(given: object, method: ScoringMethod) -> ScoringParameters:
    """Every parameter that is given; absent and null are the same, also for all of them."""
    named = parameters_named(given) if isinstance(given, dict) else {} if given is None else given
    fields = _object("parameters", named, PARAMETERS)
    numbers: dict[str, Any] = {name: _optional_number(f"parameters.{name}", fields.get(name)) for name in FIGURES}
    if "quality_weight" in REQUIRED[method]:
        numbers |= _weights(numbers["quality_weight"], numbers["price_weight"])
    criterion, part = _criterion(fields.get("criterion"))
    first, then = _tie(fields.get("tie"))
    return ScoringParameters(
        **numbers,
        criterion=criterion,
        criterion_part=part,
        quality_reference=_optional_choice("quality_reference", fields, QualityReference),
        price_rule=_optional_choice("price_rule", fields, PriceRule),
        rounding_place=_optional_choice("rounding_place", fields, RoundingPlace),
        tie_rule=first,
        tie_then=then,
    )


def _weights(quality: Fraction | None, price: Fraction | None) -> dict[str, Fraction | None]:
    """The weight of performance, from either weight; both together must be 1. Above 1 it is weight points of M13."""
    if price is None or price > 1:
        return {"quality_weight": quality}
    if price < 0:
        raise BadInput("parameters.price_weight", "Das Gewicht des Preises muss zwischen 0 % und 100 % liegen.")
    if quality is not None and quality + price != 1:
        text = (
            f"Leistung {percent(quality)} und Preis {percent(price)} ergeben {percent(quality + price)}, nicht 100 %."
        )
        raise BadInput("parameters.price_weight", text)
    return {"quality_weight": 1 - price, "price_weight": None}


def _criterion(given: object) -> tuple[DecisionCriterion | None, str | None]:
    """What decides in the corridor: points, price, or the points of one node as ``{"part": "KHG1"}``."""
    if given is None:
        return None, None
    path = "parameters.criterion"
    if isinstance(given, dict):
        part = _object(path, given, ("part",)).get("part")
        if not isinstance(part, str) or not part:
            raise BadInput(f"{path}.part", 'Hier muss der Name des Kriteriums stehen, zum Beispiel "KHG1".')
        return DecisionCriterion.PART, part
    by_value = {criterion.value: criterion for criterion in CRITERIA}
    named = word(given)
    if not isinstance(named, str) or named not in by_value:
        raise BadInput(path, f'Hier muss eines von {", ".join(by_value)} oder {{"part": "KHG1"}} stehen.')
    return by_value[named], None


def _tie(given: object) -> tuple[TieRule, TieRule]:
    """One published criterion or a chain of two."""
    if given is None:
        return TieRule.NONE, TieRule.NONE
    chain = given if isinstance(given, list) else [given]
    if len(chain) > TIE_LENGTH:
        raise BadInput("parameters.tie", "Bei Gleichstand gibt es höchstens zwei Kriterien nacheinander.")
    rules = [_choice("parameters.tie", word(rule), TieRule) for rule in chain]
    first, then = [*rules, TieRule.NONE, TieRule.NONE][:TIE_LENGTH]
    return first, then


def _bids(given: object) -> list[BidFigures]:
    if not isinstance(given, list):
        raise BadInput("bids", "Hier muss eine Liste von Angeboten stehen.")
    return [_bid(f"bids[{index}]", bid) for index, bid in enumerate(given)]


def _bid(path: str, given: object) -> BidFigures:
    fields = _object(path, given, BID_FIELDS)
    name = fields.get("id")
    if not isinstance(name, str) or not name:
        raise BadInput(f"{path}.id", 'Jedes Angebot braucht einen Namen als Text, zum Beispiel "A".')
    points = _optional_number(f"{path}.points", fields.get("points"))
    price = _optional_number(f"{path}.price", fields.get("price"))
    excluded = _exclusion(f"{path}.excluded", fields.get("excluded"))
    return BidFigures(name, points, price, excluded, parts=_parts(f"{path}.parts", fields.get("parts")))


def _exclusion(path: str, given: object) -> str | None:
    if given is None or given is False:
        return None
    if given is True:
        return EXCLUDED
    if not isinstance(given, str) or not given.strip():
        raise BadInput(path, "Hier muss true, false oder der Grund des Ausschlusses als Text stehen.")
    return given


def _parts(path: str, given: object) -> dict[str, Fraction] | None:
    """Points of single nodes of the criteria tree by name."""
    if given is None:
        return None
    if not isinstance(given, dict):
        raise BadInput(path, 'Hier muss ein JSON-Objekt mit Punkten je Kriterium stehen, zum Beispiel {"KHG1": "350"}.')
    return {str(name): _number(f"{path}.{name}", points) for name, points in given.items()}


def _object(path: str, given: object, allowed: tuple[str, ...]) -> Mapping[str, object]:
    if not isinstance(given, dict):
        raise BadInput(path, f"Hier muss ein JSON-Objekt mit {', '.join(allowed)} stehen.")
    for field in given:
        if field not in allowed:
            place = f"{path}.{field}" if path else str(field)
            raise BadInput(place, f"Dieses Feld ist unbekannt. Erlaubt sind {', '.join(allowed)}.")
    return given


def _choice(path: str, given: object, choices: type[Choice]) -> Choice:
    by_value = {choice.value: choice for choice in choices}
    if not isinstance(given, str) or given not in by_value:
        raise BadInput(path, f"Hier muss eines von {', '.join(by_value)} stehen.")
    return by_value[given]


def _optional_choice(name: str, fields: Mapping[str, object], choices: type[Choice]) -> Choice | None:
    given = fields.get(name)
    return None if given is None else _choice(f"parameters.{name}", given, choices)


def _optional_number(path: str, given: object) -> Fraction | None:
    """Absent and null are the same: the evaluation itself says what it cannot do without."""
    return None if given is None else _number(path, given)


def _number(path: str, given: object) -> Fraction:
    if isinstance(given, (float, Decimal)):
        raise BadInput(
            path,
            "Zahlen mit Nachkommastellen müssen als Text angegeben werden, zum Beispiel"
            ' "100000.00". Als JSON-Zahl wären sie binär gerundet und könnten den falschen Sieger ergeben.',
        )
    if isinstance(given, bool) or not isinstance(given, (int, str)):
        raise BadInput(path, 'Hier muss eine ganze Zahl oder ein Text wie "100000.00" stehen.')
    if isinstance(given, int):
        if abs(given) >= 10**MOST_DIGITS:
            raise BadInput(path, f"Die Zahl ist zu groß. Erlaubt sind höchstens {MOST_DIGITS} Stellen.")
        return Fraction(given)
    if len(given) > MOST_DIGITS:
        raise BadInput(path, f"Die Zahl ist zu lang. Erlaubt sind höchstens {MOST_DIGITS} Zeichen.")
    if not EXACT_TEXT.fullmatch(given):
        raise BadInput(path, f'"{given}" ist keine Zahl. Schreiben Sie Ziffern mit Dezimalpunkt wie "100000.00".')
    numerator, _, denominator = given.partition("/")
    return Fraction(numerator) / int(denominator or 1)


def _answer(sheet: ScoreSheet, bids: list[BidFigures]) -> Answer:
    given = {bid.id: bid.excluded for bid in bids if bid.excluded}
    return {
        "method": sheet.method.value,
        "parameters": _used_parameters(sheet),
        "reference": {} if sheet.references is None else _references(sheet),
        "bids": [_bid_answer(sheet.method, line, given.get(line.id)) for line in sheet.bids],
        "winner": list(sheet.winners),
        "tie": sheet.needs_drawing,
    }


def _used_parameters(sheet: ScoreSheet) -> Answer:
    parameters = sheet.parameters
    names = used(sheet.method, parameters)
    answered: Answer = {name: str(getattr(parameters, name)) for name in names if name != "criterion_part"}
    if "criterion_part" in names:
        answered["criterion"] = {"part": parameters.criterion_part}
    chain = [rule.value for rule in parameters.tie_chain]
    return answered | {"tie": chain if len(chain) > 1 else parameters.tie_rule.value}


def _references(sheet: ScoreSheet) -> Answer:
    """Every figure the bids are measured against; ratios of points and euro exact and times 10,000."""
    references, parameters = sheet.references, sheet.parameters
    if references is None:
        return {}
    figures = {"p_min": references.p_min, "zero_price": references.zero_price, "least_points": references.least_points}
    for name, ratio in (("z_max", references.z_max), ("lower_bound", references.lower_bound)):
        figures |= {name: ratio, f"{name}_display": None if ratio is None else ratio * DISPLAY_FACTOR}
    points_name, price_name = BASE_NAMES.get(sheet.method, ("points_base", "price_base"))
    figures |= {points_name: references.points_base, price_name: references.price_base}
    if references.z_max is None:
        figures["max_points"] = parameters.max_points
    if sheet.method is ScoringMethod.EXPONENTIAL and parameters.quality_weight is not None:
        figures["root"] = Fraction(parameters.quality_weight.denominator)
    if any(line.price is None and not line.excluded for line in sheet.bids):
        del figures["p_min"]
    return {name: str(figure) for name, figure in figures.items() if figure is not None}


def _bid_answer(method: ScoringMethod, line: BidScore, excluded: str | None) -> Answer:
    outside = line.in_corridor is False
    by_root = method is ScoringMethod.EXPONENTIAL
    shown = line.display_score if by_root else line.score
    answered: Answer = {
        "id": line.id,
        "points": _text(line.points),
        "price": _text(line.price),
        "score": _text(line.score),
        "score_decimal": None if shown is None else significant(shown),
        "display": None if shown is None else significant(shown) if by_root else _text(line.display_score),
        "quality_points": _text(line.quality_points),
        "price_points": _text(line.price_points),
        "in_corridor": line.in_corridor,
        "rank": line.rank,
        "excluded": line.excluded,
        "reason": excluded or ("outside_corridor" if outside else "below_threshold" if line.excluded else None),
        "explanation": line.explanation,
    }
    for name in ADDED_WHERE_GIVEN:
        if getattr(line, name) is not None:
            answered[name] = _text(getattr(line, name))
    return answered


def _text(figure: Fraction | None) -> str | None:
    return None if figure is None else str(figure)
