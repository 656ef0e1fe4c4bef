"""Two versions of what was published, part by part and, inside lots, line by line: old beside new, in German.

Both are read from their canonical texts, so the comparison shows what was stored and not what the tables hold today.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from procurement.tenders.freeze import PART_NAMES

BERLIN = ZoneInfo("Europe/Berlin")
LINE_FIELDS = {
    "title": "Bezeichnung",
    "quantity": "Menge",
    "unit": "Einheit",
    "cpv": "CPV-Code",
    "nature": "Zahlungsweise",
    "period": "Zeitraum",
    "estimate_net": "Schätzpreis netto",
    "reason": "Begründung",
    "position": "Stelle",
    "category": "Kategorie",
    "origin": "Herkunft",
}
MOMENTS = frozenset({"question_deadline_at", "bid_deadline_at"})
DAYS = frozenset({"bid_validity_end_on", "procedure_started_on"})
NUMBERS = frozenset({"quantity", "estimate_net"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: the part of the publication, what in it, old and new in words; nothing for what is not there."""

    part: str
    what: str
    old: str
    new: str


def differences(old_text: str, new_text: str, member_names: Mapping[str, str]) -> list[Difference]:
    """Every difference between two canonical texts; ``member_names`` by key."""
    old, new = json.loads(old_text), json.loads(new_text)
    found: list[Difference] = []
    for part, name in PART_NAMES.items():
        was, now = old.get(part), new.get(part)
        if was != now:
            found += _differences(part, name, was, now, member_names)
    return found


def _differences(part: str, name: str, was: Any, now: Any, names: Mapping[str, str]) -> Iterator[Difference]:
    if part == "lots":
        yield from _lots(name, was or [], now or [], names)
    elif part == "participants":
        yield from _sets(name, {key: names.get(key, key) for key in was or []}, now or [], names)
    elif part == "participation":
        yield from _participation(name, was or {}, now or {}, names)
    elif part == "criteria":
        yield from _records(name, _by_number(was or []), _by_number(now or []))
    else:
        yield Difference(name, "", _worded(part, was), _worded(part, now))


def _sets(name: str, was: Mapping[str, str], now: list[str], names: Mapping[str, str]) -> Iterator[Difference]:
    for key in was:
        if key not in now:
            yield Difference(name, was[key], "nimmt teil", "")
    for key in now:
        if key not in was:
            yield Difference(name, names.get(key, key), "", "nimmt teil")


def _participation(
    name: str, was: Mapping[str, Any], now: Mapping[str, Any], names: Mapping[str, str]
) -> Iterator[Difference]:
    if was.get("role") != now.get("role"):
        yield Difference(name, "Rolle", _plain(was.get("role")), _plain(now.get("role")))
    before = {one["member_key"]: one for one in was.get("confirmations", [])}
    after = {one["member_key"]: one for one in now.get("confirmations", [])}
    for key in sorted(before.keys() | after.keys()):
        if before.get(key) != after.get(key):
            yield Difference(name, names.get(key, key), _confirmed(before.get(key)), _confirmed(after.get(key)))


def _confirmed(one: Mapping[str, Any] | None) -> str:
    return f"bestätigt: {one['scope']}" if one else ""


def _lots(name: str, was: list[Any], now: list[Any], names: Mapping[str, str]) -> Iterator[Difference]:
    before, after = ({lot["number"]: lot for lot in lots} for lots in (was, now))
    for number in sorted(before.keys() | after.keys()):
        old, new = before.get(number, {}), after.get(number, {})
        for field, label in (("title", "Bezeichnung"), ("merging_reason", "Begründung"), ("joined_from", "Herkunft")):
            if old.get(field) != new.get(field):
                yield Difference(name, f"Los {number}, {label}", _plain(old.get(field)), _plain(new.get(field)))
        yield from _lines(name, number, _by_number(old.get("lines", [])), _by_number(new.get("lines", [])), names)


def _lines(
    name: str, lot: int, before: Mapping[str, Any], after: Mapping[str, Any], names: Mapping[str, str]
) -> Iterator[Difference]:
    for number in dict.fromkeys([*before, *after]):
        place, old, new = f"Los {lot}, Position {number}", before.get(number), after.get(number)
        if old is None or new is None:
            yield Difference(name, place, _short(old), _short(new))
            continue
        for field, label in LINE_FIELDS.items():
            if old.get(field) != new.get(field):
                yield Difference(
                    name, f"{place}, {label}", _worded(field, old.get(field)), _worded(field, new.get(field))
                )
        yield from _shares(name, place, old["shares"], new["shares"], names)


def _shares(name: str, place: str, was: list[Any], now: list[Any], names: Mapping[str, str]) -> Iterator[Difference]:
    """Each share by member and demand item; several parts of one item are told one after the other."""
    before, after = _share_texts(was), _share_texts(now)
    for key in dict.fromkeys([*before, *after]):
        if before.get(key) != after.get(key):
            what = f"{place}, Anteil {names.get(key[0], key[0])}"
            yield Difference(name, what, before.get(key, ""), after.get(key, ""))


def _share_texts(shares: list[Any]) -> dict[tuple[str, int | None], str]:
    texts: dict[tuple[str, int | None], str] = {}
    for share in shares:
        key = (share["member_key"], share["demand_item_id"])
        amount = _worded("quantity", share["quantity"])
        texts[key] = f"{texts[key]} + {amount}" if key in texts else amount
    return texts


def _records(name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    for number in dict.fromkeys([*before, *after]):
        if before.get(number) != after.get(number):
            yield Difference(name, number, _plain(before.get(number)), _plain(after.get(number)))


def _by_number(rows: list[Any]) -> dict[str, Any]:
    return {str(row["number"]): row for row in rows}


def _short(line: Mapping[str, Any] | None) -> str:
    return f"{line['title']}, {_worded('quantity', line['quantity'])} {line['unit']}" if line else ""


def _worded(field: str, value: Any) -> str:
    """A stored value as people read it: moments on a Berlin clock, days and decimals in German."""
    if value is None:
        return ""
    if field in MOMENTS:
        return f"{datetime.fromisoformat(value).astimezone(BERLIN):%d.%m.%Y, %H:%M} Uhr"
    if field in DAYS:
        return f"{datetime.fromisoformat(value):%d.%m.%Y}"
    if field in NUMBERS:
        return str(value).replace(".", ",")
    return _plain(value)


def _plain(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
