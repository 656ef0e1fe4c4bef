"""Points for stated figures: computed from all bids that are still in the ranking, hence again with every run.

The best stated figure counts among the bids in the ranking, and a bid that misses minimum points leaves the ranking, so
both depend on each other. They are settled in rounds: first the bids leave that miss a minimum even if their own
figures were the best of all; if none is left of those, all that miss one leave together; then the rest is computed
again. A bid that only fell short of somebody who was out anyway therefore stays. Without stated figures one round is
enough. Rejected: taking the best figure before minimum points are asked, since a bid that is out would still press down
the points of the others.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from procurement.evaluation.errors import FigureMissing
from procurement.evaluation.performance import Performance, performance_of
from procurement.evaluation.run_input import BidInput
from procurement.tenders.criteria_scales import FigureScale
from procurement.tenders.criteria_tree import CriteriaTree, Criterion, scored_leaves


def performances(tree: CriteriaTree, bids: Iterable[BidInput]) -> dict[int, Performance]:
    """Points of every bid by its id; those with exclusion reasons are as they were when the bid left the ranking."""
    remaining = {bid.bid_id: bid for bid in bids}
    settled: dict[int, Performance] = {}
    while remaining:
        found = {bid.bid_id: _performance(tree, bid, remaining.values()) for bid in remaining.values()}
        failing = [bid_id for bid_id, one in found.items() if one.exclusion_reasons]
        hopeless = [one for one in failing if _performance(tree, remaining[one], [remaining[one]]).exclusion_reasons]
        leaving = hopeless or failing or list(found)
        for bid_id in leaving:
            settled[bid_id] = found[bid_id]
            del remaining[bid_id]
        if not failing:
            break
    return settled


def figure_leaves(tree: CriteriaTree) -> list[tuple[Criterion, FigureScale]]:
    """The criteria for which bidders state a figure."""
    return [(leaf, leaf.scale) for leaf in scored_leaves(tree) if isinstance(leaf.scale, FigureScale)]


def best_figures(tree: CriteriaTree, bids: Iterable[BidInput]) -> dict[str, Fraction]:
    """The best stated figure by criterion among these bids."""
    among = list(bids)
    return {
        leaf.number: scale.best(_figure(bid, leaf) for bid in among) for leaf, scale in figure_leaves(tree) if among
    }


def _performance(tree: CriteriaTree, bid: BidInput, among: Iterable[BidInput]) -> Performance:
    best = best_figures(tree, among)
    computed = {leaf.number: scale.points(_figure(bid, leaf), best[leaf.number]) for leaf, scale in figure_leaves(tree)}
    points: Mapping[str, Fraction | int] = {**bid.points, **computed}
    return performance_of(tree, bid.name, points)


def _figure(bid: BidInput, leaf: Criterion) -> Fraction:
    if leaf.number not in bid.figures:
        text = f"Angebot {bid.name}: Für {leaf.number} ({leaf.title}) fehlt die Zahl aus dem Angebot."
        raise FigureMissing(text, bid=bid.name, figure=leaf.number)
    return Fraction(bid.figures[leaf.number])
