"""``flask calc score``: bids scored and ranked by one method, as a JSON request and a JSON answer.

Figures are JSON integers or text with a decimal point; fractions such as ``"22000/3"`` are allowed, since criteria
weighted in thirds lead to points that no decimal can hold. A JSON number with a point has been a binary float on its
way here, and binary floats give a wrong winner on textbook cases, so it is refused. Of the parameters, those that the
method does not use are read but do not count; the answer lists the ones that did.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from procurement.calc.errors import BadInput
from procurement.evaluation.bid_figures import BidFigures
from procurement.evaluation.errors import CannotEvaluate, FormulaNotApplicable
from procurement.evaluation.formulas import DISPLAY_FACTOR, References
from procurement.evaluation.scoring import BidScore, ScoreSheet, score
from procurement.tenders.kinds import TieRule
from procurement.tenders.method import REQUIRED, DecisionCriterion, ScoringMethod, ScoringParameters
from procurement.values.figures import significant
from procurement.values.label import Labelled
from procurement.values.objection import NotAdmissible

FIELDS = ("method", "parameters", "bids")
NUMBER_PARAMETERS = ("quality_weight", "corridor", "max_points", "zero_at")
PARAMETERS = (*NUMBER_PARAMETERS, "criterion", "tie")
BID_FIELDS = ("id", "points", "price")
MOST_DIGITS = 60
EXACT_TEXT = re.compile(r"-?[0-9]+(\.[0-9]+)?(/[0-9]*[1-9][0-9]*)?")

Answer = dict[str, object]
Choice = TypeVar("Choice", bound=Labelled)


def answer(request: object) -> Answer:
    """Answer one request with references, bids and winner; raise :class:`BadInput` naming the place."""
    fields = _object("", request, FIELDS)
    for field in ("method", "bids"):
        if field not in fields:
            raise BadInput(field, "Das Feld fehlt.")
    method = _choice("method", fields["method"], ScoringMethod)
    parameters = _parameters(fields.get("parameters", {}))
    bids = _bids(fields["bids"])
    try:
        return _answer(score(bids, method, parameters))
    except NotAdmissible as error:
        objection = error.objections[0]
        raise BadInput(f"parameters.{objection.field}", objection.text) from error
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


def _parameters(given: object) -> ScoringParameters:
    fields = _object("parameters", given, PARAMETERS)
    numbers = {name: _optional_number(f"parameters.{name}", fields.get(name)) for name in NUMBER_PARAMETERS}
    criterion = fields.get("criterion")
    tie = fields.get("tie")
    return ScoringParameters(
        quality_weight=numbers["quality_weight"],
        corridor=numbers["corridor"],
        criterion=None if criterion is None else _choice("parameters.criterion", criterion, DecisionCriterion),
        max_points=numbers["max_points"],
        zero_at=numbers["zero_at"],
        tie_rule=TieRule.NONE if tie is None else _choice("parameters.tie", tie, TieRule),
    )


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
    return BidFigures(name, points, price)


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


def _answer(sheet: ScoreSheet) -> Answer:
    return {
        "method": sheet.method.value,
        "parameters": _used_parameters(sheet),
        "reference": {} if sheet.references is None else _references(sheet.references, sheet.parameters),
        "bids": [_bid_answer(line) for line in sheet.bids],
        "winner": list(sheet.winners),
        "tie": sheet.needs_drawing,
    }


def _used_parameters(sheet: ScoreSheet) -> Answer:
    used: Answer = {name: str(getattr(sheet.parameters, name)) for name in REQUIRED[sheet.method]}
    return used | {"tie": sheet.parameters.tie_rule.value}


def _references(references: References, parameters: ScoringParameters) -> Answer:
    """Ratios of points and euro appear exact and times 10,000, as people know them."""
    figures = {"p_min": references.p_min, "zero_price": references.zero_price}
    for name, ratio in (("z_max", references.z_max), ("lower_bound", references.lower_bound)):
        figures |= {name: ratio, f"{name}_display": None if ratio is None else ratio * DISPLAY_FACTOR}
    if references.z_max is None:
        figures["max_points"] = parameters.max_points
    return {name: str(figure) for name, figure in figures.items() if figure is not None}


def _bid_answer(line: BidScore) -> Answer:
    outside = line.in_corridor is False
    return {
        "id": line.id,
        "points": _text(line.points),
        "price": _text(line.price),
        "score": _text(line.score),
        "score_decimal": None if line.score is None else significant(line.score),
        "display": _text(line.display_score),
        "quality_points": _text(line.quality_points),
        "price_points": _text(line.price_points),
        "in_corridor": line.in_corridor,
        "rank": line.rank,
        "excluded": line.excluded,
        "reason": "outside_corridor" if outside else None,
        "explanation": line.explanation,
    }


def _text(figure: Fraction | None) -> str | None:
    return None if figure is None else str(figure)
