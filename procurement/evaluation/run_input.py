"""What one evaluation of one lot is computed from, as a single canonical text that anybody can recompute and hash.

The text is JSON with sorted keys and no spaces: the published method with its parameters, the criteria with their
weight points, and per bid points, answers and the price in whole cents. The hash of the publication stands in it, so
that the run is tied to what was announced before the bids were opened. Reasons are left out: they change no figure and
stand with every point and in the trail.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from procurement.bids.evaluation_price import EvaluationLine
from procurement.tenders.criteria_entries import CriterionEntry
from procurement.tenders.criteria_scales import ScaleKind
from procurement.tenders.criteria_tree import exclusion_leaves, scored_leaves, weight_points
from procurement.tenders.kinds import CriterionKind, TieRule
from procurement.tenders.scoring_setup import ScoringSetup, setup_of
from procurement.values.money import Money
from procurement.values.objection import Objection

CRITERION_FIELDS = ("number", "title", "parent_number", "weight_percent", "minimum_percent")
BID_FIELDS = ("bid_id", "number", "bidder", "exclusion", "expected_positions")
KINDS = {kind.value: kind for kind in CriterionKind}
TIE_RULES = {rule.value: rule for rule in TieRule}


@dataclass(frozen=True, slots=True)
class BidInput:
    """One bid as it enters the evaluation; without a complete price sheet it has no price at all.

    ``exclusion`` is the reason decided before the evaluation, empty for none; points, answers and the figures a bidder
    stated (exact decimal text) by criterion number. ``price_lines`` are there where more than the positions counts.
    """

    bid_id: int
    number: int
    bidder: str
    price: Money | None
    exclusion: str
    expected_positions: int
    missing_positions: tuple[str, ...]
    points: Mapping[str, int]
    answers: Mapping[str, bool]
    figures: Mapping[str, str] = field(default_factory=dict)
    price_lines: tuple[EvaluationLine, ...] = ()

    @property
    def name(self) -> str:
        """How sentences name the bid."""
        return f"{self.number} ({self.bidder})"

    @property
    def is_complete(self) -> bool:
        """Whether every position has a price."""
        return self.price is not None and not self.missing_positions


@dataclass(frozen=True, slots=True)
class RunInput:
    """The whole input; method, parameters and tie rule are the stored texts of the publication."""

    tender: str
    lot: int
    published_hash: str
    method: str
    parameters: Mapping[str, str]
    tie_rule: TieRule
    criteria: tuple[CriterionEntry, ...]
    bids: tuple[BidInput, ...]

    @property
    def setup(self) -> ScoringSetup:
        """Method, parameters and criteria tree, ready to calculate with."""
        return setup_of(self.method, self.parameters, self.tie_rule, self.criteria)


def canonical(run_input: RunInput) -> str:
    """The one text of an input."""
    content = {
        "tender": run_input.tender,
        "lot": run_input.lot,
        "published_hash": run_input.published_hash,
        "method": run_input.method,
        "parameters": dict(run_input.parameters),
        "tie_rule": run_input.tie_rule.value,
        "criteria": _criteria_as_stored(run_input),
        "bids": [_bid_as_stored(bid) for bid in run_input.bids],
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(text: str) -> str:
    """SHA-256 of a canonical text in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def read(text: str) -> RunInput:
    """The input behind a canonical text; weight points are not read but follow from the weights again."""
    content: dict[str, Any] = json.loads(text)
    return RunInput(
        tender=content["tender"],
        lot=content["lot"],
        published_hash=content["published_hash"],
        method=content["method"],
        parameters=content["parameters"],
        tie_rule=TIE_RULES[content["tie_rule"]],
        criteria=tuple(
            CriterionEntry(
                **{name: row[name] for name in CRITERION_FIELDS}, kind=KINDS[row["kind"]], scale=row.get("scale", "")
            )
            for row in content["criteria"]
        ),
        bids=tuple(_bid_from_stored(row) for row in content["bids"]),
    )


def what_is_missing(run_input: RunInput) -> list[Objection]:
    """Per bid still in the running, criteria without answer or points; a failed A-criterion makes points needless."""
    setup = run_input.setup
    found = []
    for bid in run_input.bids:
        if bid.exclusion or not bid.is_complete:
            continue
        answers = [leaf for leaf in exclusion_leaves(setup.tree) if leaf.number not in bid.answers]
        scored = scored_leaves(setup.tree) if setup.is_scored and all(bid.answers.values()) else []
        stated = [leaf for leaf in scored if leaf.scale.kind is ScaleKind.FIGURE]
        points = [leaf for leaf in scored if leaf not in stated and leaf.number not in bid.points]
        figures = [leaf for leaf in stated if leaf.number not in bid.figures]
        if answers:
            named = ", ".join(f"{leaf.number} {leaf.title}" for leaf in answers)
            found.append(Objection(f"Angebot {bid.name}: Noch nicht geprüfte Ausschlusskriterien: {named}."))
        if points:
            named = ", ".join(f"{leaf.number} {leaf.title}" for leaf in points)
            found.append(Objection(f"Angebot {bid.name}: Es fehlen Punkte für {named}."))
        if figures:
            named = ", ".join(f"{leaf.number} {leaf.title}" for leaf in figures)
            found.append(Objection(f"Angebot {bid.name}: Es fehlt die Zahl aus dem Angebot für {named}."))
    return found


def _criteria_as_stored(run_input: RunInput) -> list[dict[str, str | None]]:
    setup = run_input.setup
    weights = weight_points(setup.tree) if setup.is_scored else {}
    return [
        {name: getattr(entry, name) for name in CRITERION_FIELDS}
        | {"kind": entry.kind.value, "weight_points": str(weights[entry.number]) if entry.number in weights else None}
        | ({"scale": entry.scale} if entry.scale else {})
        for entry in run_input.criteria
    ]


def _bid_as_stored(bid: BidInput) -> dict[str, object]:
    return (
        {name: getattr(bid, name) for name in BID_FIELDS}
        | {
            "price_cents": None if bid.price is None else bid.price.cents,
            "missing_positions": list(bid.missing_positions),
            "points": dict(bid.points),
            "answers": dict(bid.answers),
        }
        | _parts_where_there_are_any(bid)
    )


def _parts_where_there_are_any(bid: BidInput) -> dict[str, object]:
    """What came later is left out where there is none, so that earlier runs keep their text."""
    figures = {"figures": dict(bid.figures)} if bid.figures else {}
    lines = [[line.title, line.text, None if line.amount is None else str(line.amount)] for line in bid.price_lines]
    return figures | ({"price_lines": lines} if lines else {})


def _bid_from_stored(row: Mapping[str, Any]) -> BidInput:
    cents = row["price_cents"]
    return BidInput(
        **{name: row[name] for name in BID_FIELDS},
        price=None if cents is None else Money(cents),
        missing_positions=tuple(row["missing_positions"]),
        points=row["points"],
        answers=row["answers"],
        figures=row.get("figures", {}),
        price_lines=tuple(
            EvaluationLine(title, text, None if amount is None else Fraction(amount))
            for title, text, amount in row.get("price_lines", ())
        ),
    )
