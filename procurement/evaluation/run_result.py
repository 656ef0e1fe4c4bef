"""What an evaluation of one lot came to, with every intermediate figure, and how it is stored: fractions as text.

The result repeats names and titles, so that an old run still reads like the paper of its day.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from procurement.evaluation.formulas import References
from procurement.evaluation.performance import GroupPoints, LeafPoints

FIGURES = ("points", "price", "score", "display_score", "quality_points", "price_points")
WORDS = ("bidder", "reason", "explanation", "distance_to_next")
PLAIN = ("bid_id", "number", "rank", "is_excluded", "in_corridor", *WORDS)
LEAF_FIGURES = ("weight_points", "points", "performance")
GROUP_FIGURES = ("attained", "attainable", "minimum_share")
# What the runs of earlier days did not have; left out where there is none, so that they stay the same byte for byte.
FIGURES_ADDED_LATER = ("exact_score", "price_rating", "part")
REFERENCES_ADDED_LATER = ("points_base", "price_base", "least_points")


@dataclass(frozen=True, slots=True)
class BidResult:
    """One bid on the score sheet; prices in euro, ``display_score`` is what people see (L/P × 10,000).

    ``exact_score`` is the score before a published rounding, ``part`` the points of the node that decides.
    A bid outside the corridor keeps its score but has no rank and counts as excluded. Leaves are there with points.
    """

    bid_id: int
    number: int
    bidder: str
    rank: int | None
    is_excluded: bool
    reason: str
    explanation: str
    distance_to_next: str
    in_corridor: bool | None = None
    points: Fraction | None = None
    price: Fraction | None = None
    score: Fraction | None = None
    display_score: Fraction | None = None
    quality_points: Fraction | None = None
    price_points: Fraction | None = None
    exact_score: Fraction | None = None
    price_rating: Fraction | None = None
    part: Fraction | None = None
    leaves: tuple[LeafPoints, ...] = ()
    groups: tuple[GroupPoints, ...] = ()

    @property
    def name(self) -> str:
        """How sentences name the bid."""
        return f"{self.number} ({self.bidder})"


@dataclass(frozen=True, slots=True)
class RunResult:
    """The score sheet of a lot; without a bid in the ranking there are no references and no winners."""

    method: str
    references: References | None
    bids: tuple[BidResult, ...]
    winners: tuple[int, ...]

    @property
    def needs_drawing(self) -> bool:
        """Several bids share the first rank and no published rule tells them apart."""
        return len(self.winners) > 1

    @property
    def winner(self) -> BidResult | None:
        """The one bid on rank 1; nothing while lots would have to be drawn or if no bid can be ranked."""
        return self.bid(self.winners[0]) if len(self.winners) == 1 else None

    @property
    def ranked(self) -> tuple[BidResult, ...]:
        """The bids with a rank, best first; equal ranks by bid number."""
        with_rank = [bid for bid in self.bids if bid.rank is not None]
        return tuple(sorted(with_rank, key=lambda bid: (bid.rank or 0, bid.number)))

    @property
    def unranked(self) -> tuple[BidResult, ...]:
        """The bids without a rank, by number."""
        return tuple(bid for bid in self.bids if bid.rank is None)

    def bid(self, bid_id: int) -> BidResult:
        """The line of this bid; :class:`KeyError` if it is not on the sheet."""
        return {line.bid_id: line for line in self.bids}[bid_id]


def as_stored(result: RunResult) -> dict[str, Any]:
    """The result as plain JSON values, fractions as exact text."""
    stored: dict[str, Any] = _plain(asdict(result))
    for row in stored["bids"]:
        _leave_out(row, FIGURES_ADDED_LATER)
    if stored["references"]:
        _leave_out(stored["references"], REFERENCES_ADDED_LATER)
    return stored


def from_stored(stored: Mapping[str, Any]) -> RunResult:
    """The result behind stored values."""
    references = stored["references"]
    return RunResult(
        method=stored["method"],
        references=References(**{name: _exact(text) for name, text in references.items()}) if references else None,
        bids=tuple(_bid(row) for row in stored["bids"]),
        winners=tuple(stored["winners"]),
    )


def _leave_out(row: dict[str, Any], names: tuple[str, ...]) -> None:
    for name in names:
        if row[name] is None:
            del row[name]


def _plain(value: Any) -> Any:
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, Mapping):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    return value


def _exact(text: str | None) -> Any:
    return None if text is None else Fraction(text)


def _bid(row: Mapping[str, Any]) -> BidResult:
    return BidResult(
        **{name: row[name] for name in PLAIN},
        **{name: _exact(row[name]) for name in FIGURES},
        **{name: _exact(row.get(name)) for name in FIGURES_ADDED_LATER},
        leaves=tuple(LeafPoints(**_with_figures(leaf, LEAF_FIGURES)) for leaf in row["leaves"]),
        groups=tuple(GroupPoints(**_with_figures(group, GROUP_FIGURES)) for group in row["groups"]),
    )


def _with_figures(row: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return dict(row) | {name: _exact(row[name]) for name in names}
