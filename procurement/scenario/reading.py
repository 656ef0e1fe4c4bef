"""Reading a scenario file: YAML or JSON into the typed form, with every fault named by its path."""

import json
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from procurement.scenario.errors import ScenarioError
from procurement.scenario.schema import ScenarioFile

GERMAN = {
    "missing": "Das Feld fehlt.",
    "extra_forbidden": "Dieses Feld gibt es nicht.",
    "string_type": "Hier wird Text erwartet.",
    "int_type": "Hier wird eine ganze Zahl erwartet.",
    "int_parsing": "Hier wird eine ganze Zahl erwartet.",
    "decimal_parsing": 'Hier wird eine Zahl erwartet, zum Beispiel "1234.56".',
    "decimal_type": 'Hier wird eine Zahl erwartet, zum Beispiel "1234.56".',
    "list_type": "Hier wird eine Liste erwartet.",
    "dict_type": "Hier werden Felder mit Werten erwartet.",
    "model_type": "Hier werden Felder mit Werten erwartet.",
    "date_from_datetime_parsing": "Hier wird ein Datum wie 2026-11-23 erwartet.",
    "date_parsing": "Hier wird ein Datum wie 2026-11-23 erwartet.",
}


def read(path: Path) -> ScenarioFile:
    """The scenario in the file; raise :class:`ScenarioError` with every fault."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ScenarioError([("", f"Die Szenariodatei {path.name} ist nicht lesbar: {error}")]) from error
    return understood(_parsed(text, path))


def _parsed(text: str, path: Path) -> Any:
    try:
        return json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)
    except json.JSONDecodeError as error:
        fault = f"Kein gültiges JSON: {error.msg}"
        raise ScenarioError([(f"Zeile {error.lineno}, Spalte {error.colno}", fault)]) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"Zeile {mark.line + 1}, Spalte {mark.column + 1}" if mark else ""
        raise ScenarioError([(place, f"Kein gültiges YAML: {error.problem}")]) from error
    except yaml.YAMLError as error:
        raise ScenarioError([("", f"Kein gültiges YAML: {error}")]) from error


def understood(written: Any) -> ScenarioFile:
    """The typed form of what was written."""
    try:
        return ScenarioFile.model_validate(written)
    except ValidationError as error:
        faults = [(dotted(fault["loc"]), _worded(fault)) for fault in error.errors()]
        raise ScenarioError(faults) from error


def dotted(location: tuple[str | int, ...]) -> str:
    """``tenders[0].lots[1].title`` for a place in the file."""
    path = ""
    for part in location:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else part
    return path


def _worded(fault: Any) -> str:
    """One fault in a German sentence."""
    kind, context = fault["type"], fault.get("ctx", {})
    if kind in {"enum", "literal_error"}:
        expected = str(context.get("expected", "")).replace(" or ", " oder ")
        return f"„{fault['input']}“ ist hier nicht möglich. Möglich sind: {expected}."
    if kind == "value_error":
        return str(context.get("error", fault["msg"]))
    if kind in {"greater_than_equal", "less_than_equal"}:
        limit = context.get("ge", context.get("le"))
        return f"Der Wert muss {'mindestens' if 'ge' in context else 'höchstens'} {limit} sein."
    return GERMAN.get(kind, str(fault["msg"]))
