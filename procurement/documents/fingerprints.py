"""The checksum of what a document says about its subject: says the same again, needs no new version."""

import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

ABOUT_THE_ISSUE = frozenset({"letterhead", "identity", "prepared", "closing"})
"""Parts of a content that say who issues it when, not what it is about."""


def fingerprint(content: Any) -> str:
    """SHA-256 over the canonical JSON of a content, without what is said about its issue."""
    told = {field.name: getattr(content, field.name) for field in fields(content) if field.name not in ABOUT_THE_ISSUE}
    text = json.dumps(told, default=_plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    """Values as their fields, days and moments in ISO form, fractions as text."""
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    return value.isoformat() if isinstance(value, date) else str(value)
