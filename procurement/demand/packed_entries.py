"""An item's values as one short text and back: kept in a hidden column of the workbook and with a stored upload.

Exact by construction: quantities are decimal text, the day is ISO text, the whole is a JSON list. Two entries are the
same if their texts are the same; spaces at the ends, kinds of line end and empty bounds make no difference.
"""

import json
from dataclasses import replace
from datetime import date

from procurement.demand.entries import ItemEntry
from procurement.values.quantity import Quantity

PARTS = 7


def packed(entry: ItemEntry | None) -> str:
    """The values of an entry as one text; empty for no entry and for an entry without any value."""
    if entry is None or entry.is_blank:
        return ""
    whole = completed(entry)
    parts = [
        *(_amount_text(amount) for amount in (whole.minimum, whole.expected, whole.maximum)),
        whole.site,
        whole.start_on.isoformat() if whole.start_on else "",
        whole.budget_account,
        whole.note,
    ]
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str, article_id: int) -> ItemEntry | None:
    """The entry of a packed text; ``None`` for the empty one, ``ValueError`` for a text nobody packed."""
    if not text.strip():
        return None
    parts = json.loads(text)
    if not isinstance(parts, list) or len(parts) != PARTS or not all(isinstance(part, str) for part in parts):
        raise ValueError(f"not a packed entry: {text!r}")
    minimum, expected, maximum, site, start_on, budget_account, note = parts
    return ItemEntry(
        article_id,
        _amount(minimum),
        _amount(expected),
        _amount(maximum),
        note=note,
        site=site,
        start_on=date.fromisoformat(start_on) if start_on else None,
        budget_account=budget_account,
    )


def completed(entry: ItemEntry) -> ItemEntry:
    """The entry as it is stored, with one kind of line end."""
    whole = entry.completed()
    return replace(whole, note=whole.note.replace("\r\n", "\n").replace("\r", "\n"))


def is_same(one: ItemEntry | None, other: ItemEntry | None) -> bool:
    """Whether two entries say the same; no entry is the same as an empty one."""
    return packed(one) == packed(other)


def _amount_text(amount: Quantity | None) -> str:
    return "" if amount is None else str(amount)


def _amount(text: str) -> Quantity | None:
    return Quantity.of(text) if text else None
