"""What publication fixes: everything bidders and members rely on, as one canonical text with its hash.

The text is JSON with sorted keys and no spaces, figures as decimal text, moments in UTC; the same content always gives
the same bytes. It is stored beside the hash, so a difference can be shown and not only noticed. The fingerprint of the
opening key is part of it: a key exchanged afterwards would show. Rejected: hashing the database rows themselves, whose
order and form change with the engine.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class FrozenShare:
    """One member's part of a line, with the demand item it came from; in its own unit where that is another one."""

    member_key: str
    demand_item_id: int | None
    quantity: str
    factor: str | None = None
    own_quantity: str | None = None


@dataclass(frozen=True, slots=True)
class FrozenLine:
    """A line of the bill of quantities; quantity and estimate as decimal text."""

    position: int
    number: str
    title: str
    unit: str
    nature: str
    cpv: str
    origin: str
    quantity: str
    estimate_net: str | None
    reason: str
    shares: tuple[FrozenShare, ...]
    category: str | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class FrozenLot:
    """A lot with its lines."""

    number: int
    title: str
    merging_reason: str
    lines: tuple[FrozenLine, ...]
    joined_from: str | None = None


@dataclass(frozen=True, slots=True)
class FrozenCriterion:
    """An award criterion; weight and minimum are exact percentages as text."""

    position: int
    number: str
    parent_number: str
    title: str
    description: str
    kind: str
    weight_percent: str | None
    minimum_percent: str | None
    scale: str | None = None


@dataclass(frozen=True, slots=True)
class FrozenConfirmation:
    """A member's binding participation: when, on which day it was decided, its scope, its document."""

    member_key: str
    confirmed_at: str
    mandate_on: str | None
    scope: str
    file_sha256: str | None


@dataclass(frozen=True, slots=True)
class FrozenParticipation:
    """In which capacity the association buys, and who has confirmed on these terms."""

    role: str
    confirmations: tuple[FrozenConfirmation, ...]


@dataclass(frozen=True, slots=True)
class FrozenTerm:
    """The contract term in months."""

    months: int
    option_months: int
    has_total_price: bool


@dataclass(frozen=True, slots=True)
class FrozenDocument:
    """A document that every bid must contain, with its type under § 56 VgV."""

    number: int
    title: str
    kind: str
    description: str


@dataclass(frozen=True, slots=True)
class FrozenSuitability:
    """A condition of suitability with its proof."""

    number: int
    title: str
    evidence: str


@dataclass(frozen=True, slots=True)
class FrozenLotRules:
    """How several lots are awarded; capacities as decimal text by lot number."""

    bid_limit: int | None
    award_limit: int | None
    mode: str
    objective: str
    tie_rule: str
    combinable: tuple[tuple[int, ...], ...]
    capacity: str | None
    weights: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FrozenTender:
    """Everything that stays as it is from publication on; parts added later are left out where there are none."""

    reference: str
    title: str
    description: str
    procedure_type: str
    procedure_started_on: str
    method: str | None
    parameters: Mapping[str, Any]
    tie_rule: str
    question_deadline_at: str | None
    bid_deadline_at: str | None
    bid_validity_end_on: str | None
    opening_key_sha256: str | None
    participants: tuple[str, ...]
    criteria: tuple[FrozenCriterion, ...]
    lots: tuple[FrozenLot, ...]
    participation: FrozenParticipation | None = None
    term: FrozenTerm | None = None
    documents: tuple[FrozenDocument, ...] | None = None
    suitability: tuple[FrozenSuitability, ...] | None = None
    price_basis: str | None = None
    lot_rules: FrozenLotRules | None = None
    price_terms: Mapping[str, Any] | None = None
    variant_requirements: str | None = None


@dataclass(frozen=True, slots=True)
class FreezeProof:
    """Whether a published tender is still what was published; ``changed`` names the parts that differ."""

    stored_hash: str
    current_hash: str
    is_text_intact: bool
    changed: tuple[str, ...]

    @property
    def is_unchanged(self) -> bool:
        """Stored text fits the stored hash, and the tender of today fits both."""
        return self.is_text_intact and self.current_hash == self.stored_hash


PART_NAMES = {
    "reference": "Vergabenummer",
    "title": "Titel",
    "description": "Beschreibung",
    "procedure_type": "Verfahrensart",
    "procedure_started_on": "Beginn des Verfahrens",
    "method": "Wertungsmethode",
    "parameters": "Parameter der Wertung",
    "tie_rule": "Regel bei Gleichstand",
    "question_deadline_at": "Frist für Bieterfragen",
    "bid_deadline_at": "Angebotsfrist",
    "bid_validity_end_on": "Bindefrist",
    "opening_key_sha256": "Öffnungsschlüssel",
    "participants": "teilnehmende Mitglieder",
    "criteria": "Kriterien",
    "lots": "Lose und Positionen",
    "participation": "verbindliche Teilnahme",
    "term": "Laufzeit",
    "documents": "geforderte Unterlagen",
    "suitability": "Eignungskriterien",
    "price_basis": "Regel bei Rechenfehlern",
    "lot_rules": "Regeln über mehrere Lose",
    "price_terms": "Bestandteile des Wertungspreises",
    "variant_requirements": "Mindestanforderungen an Nebenangebote",
}
# What tenders published before did not have yet; without it their text is the same as on that day.
ADDED_LATER = frozenset(
    {
        "participation",
        "term",
        "category",
        "period",
        "factor",
        "own_quantity",
        "joined_from",
        *("documents", "suitability", "price_basis", "lot_rules", "scale"),
        *("price_terms", "variant_requirements"),
    }
)


def canonical(content: FrozenTender) -> str:
    """The one text of a content."""
    return json.dumps(content, default=_named, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _named(part: Any) -> dict[str, Any]:
    """One part with the names of its fields; ``asdict`` would copy all of 60,000 shares first."""
    named = {name: getattr(part, name) for name in part.__slots__}
    return {name: value for name, value in named.items() if value is not None or name not in ADDED_LATER}


def hash_of(text: str) -> str:
    """SHA-256 of a canonical text in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def bid_deadline_in(text: str) -> datetime | None:
    """The bid deadline that a stored text fixed."""
    stored = (json.loads(text) or {}).get("bid_deadline_at")
    return datetime.fromisoformat(stored) if stored else None


def proof(stored_text: str, stored_hash: str, content: FrozenTender) -> FreezeProof:
    """Compare what was stored at publication with the tender as it is now."""
    text = canonical(content)
    was, now = json.loads(stored_text), json.loads(text)
    changed = tuple(name for part, name in PART_NAMES.items() if was.get(part) != now.get(part))
    return FreezeProof(stored_hash, hash_of(text), hash_of(stored_text) == stored_hash, changed)
