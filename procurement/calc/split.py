"""``flask calc split``: a total in cents split by weights, as a JSON request and a JSON answer.

Weights with decimals must be text: a JSON number with a point has usually been a binary float on its way here.
The answer lists the remainder of every part, ``(|total| x weight) mod sum of weights`` with the weights brought to
whole numbers by a power of ten, and 1 in ``extra`` where a missing cent went; both in the order of the request.
"""

import re
from decimal import Decimal

from procurement.calc.errors import BadInput
from procurement.values.shares import WeightsSumToZero, split

FIELDS = ("total", "weights", "keys")
MOST_DIGITS = 1000
DECIMAL_TEXT = re.compile(r"[0-9]+(\.[0-9]+)?")


def answer(request: object) -> dict[str, list[int]]:
    """Answer one request with ``shares``, ``remainders`` and ``extra``; raise :class:`BadInput` naming the place."""
    if not isinstance(request, dict):
        raise BadInput("", "Die Eingabe muss ein JSON-Objekt mit total, weights und keys sein.")
    for field in request:
        if field not in FIELDS:
            raise BadInput(str(field), "Dieses Feld ist unbekannt. Erlaubt sind total, weights und keys.")
    total = _total(request)
    weights = _weights(request)
    keys = _keys(request, len(weights))
    try:
        result = split(total, weights, keys)
    except WeightsSumToZero as error:
        raise BadInput("weights", str(error)) from error
    return {"shares": list(result.shares), "remainders": list(result.remainders), "extra": list(result.extra)}


def _total(request: dict[str, object]) -> int:
    if "total" not in request:
        raise BadInput("total", "Das Feld fehlt. Geben Sie den Betrag in ganzen Cent an.")
    total = request["total"]
    if isinstance(total, bool) or not isinstance(total, int):
        raise BadInput("total", "Der Betrag muss eine ganze Zahl in Cent sein, ohne Anführungszeichen und ohne Komma.")
    _refuse_long("total", abs(total))
    return total


def _weights(request: dict[str, object]) -> list[int | Decimal]:
    if "weights" not in request:
        raise BadInput("weights", "Das Feld fehlt. Geben Sie eine Liste von Gewichten an.")
    weights = request["weights"]
    if not isinstance(weights, list):
        raise BadInput("weights", "Hier muss eine Liste von Gewichten stehen.")
    if not weights:
        raise BadInput("weights", "Die Liste ist leer. Geben Sie mindestens ein Gewicht an.")
    return [_weight(f"weights[{index}]", weight) for index, weight in enumerate(weights)]


def _weight(path: str, weight: object) -> int | Decimal:
    if isinstance(weight, str):
        return _weight_from_text(path, weight)
    if isinstance(weight, (float, Decimal)):
        raise BadInput(path, 'Gewichte mit Nachkommastellen müssen als Text angegeben werden, zum Beispiel "12.5".')
    if isinstance(weight, bool) or not isinstance(weight, int):
        raise BadInput(path, 'Ein Gewicht muss eine ganze Zahl oder ein Text wie "12.5" sein.')
    if weight < 0:
        raise BadInput(path, "Das Gewicht ist negativ. Gewichte müssen null oder größer sein.")
    _refuse_long(path, weight)
    return weight


def _weight_from_text(path: str, text: str) -> Decimal:
    if len(text) > MOST_DIGITS:
        raise BadInput(path, f"Das Gewicht ist zu lang. Erlaubt sind höchstens {MOST_DIGITS} Zeichen.")
    if text.startswith("-"):
        raise BadInput(path, "Das Gewicht ist negativ. Gewichte müssen null oder größer sein.")
    if not DECIMAL_TEXT.fullmatch(text):
        raise BadInput(path, f'"{text}" ist keine Dezimalzahl. Schreiben Sie Ziffern mit Dezimalpunkt wie "12.5".')
    return Decimal(text)


def _refuse_long(path: str, figure: int) -> None:
    if figure >= 10**MOST_DIGITS:
        raise BadInput(path, f"Die Zahl ist zu groß. Erlaubt sind höchstens {MOST_DIGITS} Stellen.")


def _keys(request: dict[str, object], count: int) -> list[str]:
    """The tie keys; without any, the order of the list decides, which sorts alike because of the leading zeros."""
    if "keys" not in request:
        return [f"{index:0{len(str(count))}d}" for index in range(count)]
    keys = request["keys"]
    if not isinstance(keys, list):
        raise BadInput("keys", "Hier muss eine Liste von Schlüsseln stehen.")
    if len(keys) != count:
        raise BadInput(
            "keys", f"Die Liste hat {len(keys)} Einträge, weights hat {count}. Beide müssen gleich lang sein."
        )
    seen: set[str] = set()
    for index, key in enumerate(keys):
        if not isinstance(key, str) or not key:
            raise BadInput(f"keys[{index}]", 'Ein Schlüssel muss ein nicht leerer Text sein, zum Beispiel "05566028".')
        if key in seen:
            raise BadInput(
                f"keys[{index}]", f"Der Schlüssel {key} kommt mehrfach vor. Jeder Schlüssel darf nur einmal vorkommen."
            )
        seen.add(key)
    return keys
