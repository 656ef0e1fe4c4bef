"""A stored evaluation run as its matrix: nothing is computed anew but the display, every figure is the run's own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from procurement.documents import matrix_wording as wording
from procurement.documents.contents_evaluation_matrix import (
    MatrixBid,
    MatrixNode,
    MatrixReason,
    MatrixRow,
    MinimumCheck,
    PriceLineRow,
    PriceTable,
    ReasonedCriterion,
    ReferenceFigure,
    Rerun,
    RerunRow,
)
from procurement.documents.exact_figures import exact, points, rounded
from procurement.documents.pairs import Pair
from procurement.evaluation.performance import GroupPoints, LeafPoints
from procurement.evaluation.run_comparison import RunComparison
from procurement.evaluation.run_display import ScoreDisplay
from procurement.evaluation.run_input import BidInput, RunInput
from procurement.evaluation.run_result import BidResult
from procurement.evaluation.score_columns import FigureColumn
from procurement.tenders.criteria_tree import Criterion, exclusion_leaves, scored_leaves, weight_points

TITLE_OF_TOTAL = "Insgesamt"


@dataclass(frozen=True, slots=True)
class GivenReason:
    """What was stored for one bid under one criterion when the run was made; ``value`` as it was given."""

    bid_id: int
    number: str
    value: str
    reason: str
    given_by: str
    given_at: datetime
    agreed_by: str = ""


def nodes_of(run_input: RunInput) -> tuple[MatrixNode, ...]:
    """The published tree from top to bottom with weights and weight points."""
    setup = run_input.setup
    weights = weight_points(setup.tree) if setup.is_scored else {}
    published = {entry.number: entry.weight_percent or "" for entry in run_input.criteria}
    return tuple(
        MatrixNode(
            number=node.number,
            title=node.title,
            level=level,
            kind=wording.kind(node),
            weight=wording.weight(published[node.number]),
            weight_points=weights.get(node.number),
            minimum=wording.minimum(node.minimum_share),
            scale=wording.scale(node),
        )
        for node, level in _walk(setup.tree.main_groups, 1)
    )


def _walk(nodes: Iterable[Criterion], level: int) -> Iterable[tuple[Criterion, int]]:
    for node in nodes:
        yield node, level
        yield from _walk(node.children, level + 1)


def bids_of(display: ScoreDisplay) -> tuple[MatrixBid, ...]:
    """Ranked bids first; the figures of the method's columns as they are read."""
    return tuple(
        MatrixBid(
            number=bid.number,
            bidder=bid.bidder,
            rank=bid.rank,
            points=bid.points,
            price=bid.price,
            figures=tuple(_figure(bid, column) for column in display.columns),
            explanation=bid.explanation if bid.rank is not None else "",
            distance=bid.distance_to_next,
            exclusion=bid.reason if bid.rank is None else "",
            hint=display.hints.get(bid.bid_id, ""),
        )
        for bid in display.in_order
    )


def _figure(bid: BidResult, column: FigureColumn) -> str:
    figure = getattr(bid, column.name)
    return exact(figure) if column.is_exact else rounded(figure, column.places)


def columns_of(display: ScoreDisplay) -> tuple[str, ...]:
    """The headings of the method's columns."""
    return tuple(f"{one.label} ({one.unit})" if one.unit else one.label for one in display.columns)


def rows_of(display: ScoreDisplay) -> tuple[MatrixRow, ...]:
    """Points and performance points of every node for the rated bids in the order of the matrix."""
    order = [bid.bid_id for bid in rated_of(display)]
    return tuple(
        MatrixRow(
            row.number,
            row.title,
            row.level,
            row.weight_points,
            tuple(row.points.get(bid_id) for bid_id in order),
            tuple(row.performance[bid_id] for bid_id in order),
        )
        for row in display.criteria
    )


def rated_of(display: ScoreDisplay) -> list[BidResult]:
    """The bids that got points, in the order of the matrix."""
    return [bid for bid in display.in_order if bid.groups]


def reasons_of(
    run_input: RunInput, display: ScoreDisplay, given: Sequence[GivenReason]
) -> tuple[ReasonedCriterion, ...]:
    """Every reason for points, criterion by criterion, all bids side by side; also of bids that were excluded later."""
    weights = weight_points(run_input.setup.tree) if run_input.setup.is_scored else {}
    leaves = scored_leaves(run_input.setup.tree) if run_input.setup.is_scored else []
    return tuple(
        ReasonedCriterion(leaf.number, leaf.title, weights[leaf.number], found)
        for leaf in leaves
        if (found := _reasons(leaf.number, display, given))
    )


def answers_of(
    run_input: RunInput, display: ScoreDisplay, given: Sequence[GivenReason]
) -> tuple[ReasonedCriterion, ...]:
    """Whether each bid meets each A-criterion, with the reason where one was given."""
    return tuple(
        ReasonedCriterion(leaf.number, leaf.title, None, found)
        for leaf in exclusion_leaves(run_input.setup.tree)
        if (found := _reasons(leaf.number, display, given))
    )


def _reasons(number: str, display: ScoreDisplay, given: Sequence[GivenReason]) -> tuple[MatrixReason, ...]:
    of_bid = {one.bid_id: one for one in given if one.number == number}
    return tuple(
        MatrixReason(
            bid=wording.bid_name(bid.bidder, bid.number),
            points=_points_text(of_bid[bid.bid_id].value, leaf),
            performance=leaf.performance if leaf else None,
            reason=of_bid[bid.bid_id].reason,
            given_by=of_bid[bid.bid_id].given_by,
            given_at=of_bid[bid.bid_id].given_at,
            agreed_by=of_bid[bid.bid_id].agreed_by,
        )
        for bid in display.in_order
        if bid.bid_id in of_bid
        for leaf in [_leaf(bid, number)]
    )


def _leaf(bid: BidResult, number: str) -> LeafPoints | None:
    return next((leaf for leaf in bid.leaves if leaf.number == number), None)


def _points_text(value: str, leaf: LeafPoints | None) -> str:
    """The points that counted; of a stated figure both the figure and the points it earns."""
    if leaf is None:
        return value
    earned = points(leaf.points)
    return earned if value == earned else f"{value} → {earned}"


def minimums_of(run_input: RunInput, display: ScoreDisplay) -> tuple[MinimumCheck, ...]:
    """Every published minimum against what each rated bid reached; exactly is enough."""
    tree = run_input.setup.tree
    found = []
    for bid in rated_of(display):
        name = wording.bid_name(bid.bidder, bid.number)
        found += [_check(group, name) for group in bid.groups if group.minimum_share is not None]
        if tree.minimum_share is not None and bid.points is not None:
            found.append(MinimumCheck(TITLE_OF_TOTAL, name, bid.points, tree.attainable_points, tree.minimum_share))
    return tuple(sorted(found, key=lambda one: one.node == TITLE_OF_TOTAL))


def _check(group: GroupPoints, bid: str) -> MinimumCheck:
    required = group.minimum_share or Fraction(0)
    return MinimumCheck(f"{group.number} {group.title}", bid, group.attained, group.attainable, required)


def prices_of(display: ScoreDisplay) -> PriceTable | None:
    """The lines of the evaluation price, where more than the positions counts."""
    if not display.price_rows:
        return None
    return PriceTable(
        bids=tuple(wording.bid_name(bid.bidder, bid.number) for bid in display.priced),
        rows=tuple(
            PriceLineRow(
                row.title,
                tuple(line.text if line else "" for line in row.lines),
                tuple(line.amount if line else None for line in row.lines),
            )
            for row in display.price_rows
        ),
        totals=tuple(_price(bid) for bid in display.priced),
    )


def _price(bid: BidInput) -> Fraction | None:
    return None if bid.price is None else Fraction(bid.price.cents, 100)


def references_of(display: ScoreDisplay) -> tuple[ReferenceFigure, ...]:
    """The values all bids are measured against."""
    return tuple(
        ReferenceFigure(one.label, rounded(one.shown, one.places), exact(one.exact)) for one in display.references
    )


def rerun_of(
    comparison: RunComparison, numbers: tuple[int, int], ground: tuple[str, str, str], decided: tuple[Pair, ...]
) -> Rerun:
    """Both rankings of a lot; ``ground`` is the excluded bid, the norm and the reason."""
    return Rerun(
        lot=comparison.lot,
        excluded=ground[0],
        norm=ground[1],
        reason=ground[2],
        decided=decided,
        before=numbers[0],
        after=numbers[1],
        winner_before=comparison.winner_before,
        winner_after=comparison.winner_after,
        rows=tuple(
            RerunRow(
                bid.name,
                bid.rank_before,
                bid.rank_after,
                rounded(bid.score_before, comparison.places),
                rounded(bid.score_after, comparison.places),
                bid.reason,
            )
            for bid in comparison.bids
        ),
        references=tuple((one.label, points(one.before), points(one.after)) for one in comparison.references),
    )
