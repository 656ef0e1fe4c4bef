"""All that an evaluation matrix says about one run of one lot: criteria, points with reasons, price, score, ranks.

Every figure is the exact one of the stored run; the drawing shows it rounded for the eye and exact beside it. Bids are
named as the run named them and keep one order throughout: by rank, then those without one.
"""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from procurement.documents.contents import NO_NOTES, ClosingNotes, DocumentIdentity, Letterhead, SignOff
from procurement.documents.pairs import Pair


@dataclass(frozen=True, slots=True)
class MatrixNode:
    """A node of the published tree; ``weight_points`` only for criteria that are given points, texts as published."""

    number: str
    title: str
    level: int
    kind: str
    weight: str
    weight_points: Fraction | None
    minimum: str
    scale: str


@dataclass(frozen=True, slots=True)
class MatrixBid:
    """A bid as the run left it; ``figures`` are those of the method's columns, in their order, ready to read."""

    number: int
    bidder: str
    rank: int | None
    points: Fraction | None
    price: Fraction | None
    figures: tuple[str, ...]
    explanation: str
    distance: str
    exclusion: str
    hint: str = ""

    @property
    def name(self) -> str:
        """How tables name the bid."""
        return f"{self.bidder} (Angebot {self.number})"


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One node across the rated bids: points given (criteria only) and performance points."""

    number: str
    title: str
    level: int
    weight_points: Fraction | None
    points: tuple[Fraction | None, ...]
    performance: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class MatrixReason:
    """Why one bid got its points under one criterion: in full, with who gave them, or the panel that agreed."""

    bid: str
    points: str
    performance: Fraction | None
    reason: str
    given_by: str
    given_at: datetime
    agreed_by: str = ""


@dataclass(frozen=True, slots=True)
class ReasonedCriterion:
    """One criterion with the reasons for all bids side by side."""

    number: str
    title: str
    weight_points: Fraction | None
    reasons: tuple[MatrixReason, ...]


@dataclass(frozen=True, slots=True)
class MinimumCheck:
    """A required share of the attainable points and what one bid reached."""

    node: str
    bid: str
    attained: Fraction
    attainable: Fraction
    required: Fraction

    @property
    def is_reached(self) -> bool:
        """Whether the share was reached; exactly is enough."""
        return self.attained >= self.required * self.attainable


@dataclass(frozen=True, slots=True)
class PriceLineRow:
    """One line of the evaluation price across the bids that have such lines; amounts in exact euro."""

    title: str
    texts: tuple[str, ...]
    amounts: tuple[Fraction | None, ...]


@dataclass(frozen=True, slots=True)
class PriceTable:
    """The evaluation price as its lines, by bid."""

    bids: tuple[str, ...]
    rows: tuple[PriceLineRow, ...]
    totals: tuple[Fraction | None, ...]


@dataclass(frozen=True, slots=True)
class ReferenceFigure:
    """A value that bids are measured against, for the eye and exact."""

    label: str
    shown: str
    exact: str


@dataclass(frozen=True, slots=True)
class RerunRow:
    """One bid before and after an exclusion."""

    bid: str
    rank_before: int | None
    rank_after: int | None
    score_before: str
    score_after: str
    reason: str


@dataclass(frozen=True, slots=True)
class Rerun:
    """A lot evaluated anew because a bid was excluded: both rankings, and who decided on which ground."""

    lot: int
    excluded: str
    norm: str
    reason: str
    decided: tuple[Pair, ...]
    before: int
    after: int
    winner_before: str
    winner_after: str
    rows: tuple[RerunRow, ...]
    references: tuple[tuple[str, str, str], ...]
    proofs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MatrixProof:
    """What the figures were computed from: run, moment, person, checksums, and whether computing again agrees."""

    number: int
    made_at: datetime
    made_by: str
    trail: str
    input_hash: str
    result_hash: str
    published_hash: str
    is_reproduced: bool


@dataclass(frozen=True, slots=True)
class EvaluationMatrixContent:
    """The evaluation matrix of one run as one document."""

    letterhead: Letterhead
    identity: DocumentIdentity
    tender_title: str
    tender_number: str
    lot: str
    method: tuple[Pair, ...]
    rounding: str
    tie: str
    columns: tuple[str, ...]
    bids: tuple[MatrixBid, ...]
    winners: str
    drawing: tuple[Pair, ...]
    nodes: tuple[MatrixNode, ...]
    rated: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    totals: tuple[Fraction | None, ...]
    answers: tuple[ReasonedCriterion, ...]
    reasons: tuple[ReasonedCriterion, ...]
    panel: tuple[Pair, ...]
    minimums: tuple[MinimumCheck, ...]
    prices: PriceTable | None
    references: tuple[ReferenceFigure, ...]
    reruns: tuple[Rerun, ...]
    proof: MatrixProof
    notices: tuple[str, ...] = ()
    prepared: SignOff | None = None
    closing: ClosingNotes = NO_NOTES
