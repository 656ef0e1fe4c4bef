"""From the input of a run to its result: who stays out and why, the points of the others, scores and ranks.

A bid that was excluded, left prices open, fails an A-criterion or misses minimum points is out before lowest price and
corridor are formed. The reasons stay with it; a missing figure stops everything and never counts as zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from procurement.evaluation.bid_figures import BidFigures
from procurement.evaluation.figure_points import performances
from procurement.evaluation.performance import Performance, failed_exclusion_criteria
from procurement.evaluation.run_input import BidInput, RunInput, canonical, hash_of, read
from procurement.evaluation.run_result import BidResult, RunResult, as_stored
from procurement.evaluation.scoring import BidScore, score
from procurement.tenders.criteria_tree import scored_leaves
from procurement.tenders.kinds import TieRule
from procurement.tenders.method import ScoringMethod, ScoringParameters
from procurement.tenders.scoring_setup import ScoringSetup

NAMED_POSITIONS = 10


@dataclass(frozen=True, slots=True)
class RunProof:
    """Whether a stored run still is what it was: the text fits its hash, and computing it again gives the same."""

    is_input_intact: bool
    is_result_reproduced: bool

    @property
    def is_good(self) -> bool:
        """Both."""
        return self.is_input_intact and self.is_result_reproduced


@dataclass(frozen=True, slots=True)
class _Assessed:
    """A bid with its points, if it came that far, and every reason against ranking it."""

    bid: BidInput
    performance: Performance | None
    reasons: tuple[str, ...]

    @property
    def figures(self) -> BidFigures:
        excluded = " ".join(self.reasons) or None
        if self.performance is None:
            return BidFigures(self.bid.name, None, self.bid.price, excluded)
        parts = {group.number: group.attained for group in self.performance.groups}
        return BidFigures(self.bid.name, self.performance.total, self.bid.price, excluded, parts)


def calculated(run_input: RunInput) -> RunResult:
    """Score and rank; raise a :class:`CannotEvaluate` naming bid and criterion for what is missing or impossible."""
    setup = run_input.setup
    assessed = _assessed_together(run_input.bids, setup)
    sheet = score([one.figures for one in assessed], setup.method, _usable(setup))
    by_name = {bid.name: bid.bid_id for bid in run_input.bids}
    return RunResult(
        method=setup.method.value,
        references=sheet.references,
        bids=tuple(_result(one, sheet.bid(one.bid.name)) for one in assessed),
        winners=tuple(by_name[name] for name in sheet.winners),
    )


def scoring_input(run_input: RunInput) -> tuple[list[BidFigures], ScoringMethod, ScoringParameters]:
    """What :func:`calculated` scores: figures per bid with their reasons against ranking, method and parameters."""
    setup = run_input.setup
    return [one.figures for one in _assessed_together(run_input.bids, setup)], setup.method, _usable(setup)


def proof(stored_input: str, stored_hash: str, stored_result: object) -> RunProof:
    """Recompute a stored run from its text alone and compare hash, weight points and every figure."""
    run_input = read(stored_input)
    is_intact = hash_of(stored_input) == stored_hash and canonical(run_input) == stored_input
    return RunProof(is_intact, as_stored(calculated(run_input)) == stored_result)


def missing_prices(bid: BidInput) -> str:
    """Why an incomplete bid stays out: it is never ranked by the sum of what it has (§ 57 Abs. 1 Nr. 5 VgV)."""
    missing = bid.missing_positions
    named = ", ".join(missing[:NAMED_POSITIONS]) + (" und weitere" if len(missing) > NAMED_POSITIONS else "")
    return f"Unvollständig: Preise fehlen in {len(missing)} von {bid.expected_positions} Positionen ({named})."


def _assessed_together(bids: Sequence[BidInput], setup: ScoringSetup) -> list[_Assessed]:
    """Every bid in its order; points for stated figures depend on which bids are left."""
    out = {bid.bid_id: _out_before_points(bid, setup) for bid in bids}
    rated = [bid for bid in bids if not out[bid.bid_id]] if setup.is_scored else []
    found = performances(setup.tree, rated)
    return [
        _Assessed(bid, found[bid.bid_id], found[bid.bid_id].exclusion_reasons)
        if bid.bid_id in found
        else _Assessed(bid, None, out[bid.bid_id])
        for bid in bids
    ]


def _out_before_points(bid: BidInput, setup: ScoringSetup) -> tuple[str, ...]:
    """Why a bid gets no points at all."""
    if bid.exclusion:
        return (bid.exclusion,)
    if not bid.is_complete:
        return (missing_prices(bid),)
    return failed_exclusion_criteria(setup.tree, bid.name, bid.answers)


def _usable(setup: ScoringSetup) -> ScoringParameters:
    """Without scored criteria there are no points to break a tie with, so lots have to be drawn."""
    if scored_leaves(setup.tree):
        return setup.parameters
    left = [rule for rule in setup.parameters.tie_chain if rule is not TieRule.QUALITY]
    return replace(setup.parameters, tie_rule=left[0] if left else TieRule.NONE, tie_then=TieRule.NONE)


def _result(one: _Assessed, line: BidScore) -> BidResult:
    return BidResult(
        bid_id=one.bid.bid_id,
        number=one.bid.number,
        bidder=one.bid.bidder,
        rank=line.rank,
        is_excluded=line.excluded,
        reason=line.reason or "",
        explanation=line.explanation,
        distance_to_next=line.distance_to_next or "",
        in_corridor=line.in_corridor,
        points=line.points,
        price=line.price,
        score=line.score,
        display_score=line.display_score,
        quality_points=line.quality_points,
        price_points=line.price_points,
        exact_score=line.exact_score,
        price_rating=line.price_rating,
        part=line.part,
        leaves=one.performance.leaves if one.performance else (),
        groups=one.performance.groups if one.performance else (),
    )
