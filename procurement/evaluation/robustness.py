"""How firmly the first rank of a stored run stands: every figure of domain rule 5, from the run's own input.

Nothing is stored: the figures follow from the input of the run alone, and the seed of the drawn weights from its
checksum, so that whoever opens the page later sees the same. After the opening only the announced method is asked
(evaluation notes 3.6); what another method would have said belongs before publication. Advisory: no figure here changes
a rank.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from procurement.evaluation.break_even import BreakEven, break_evens, headroom
from procurement.evaluation.contest import Contest, contest_of
from procurement.evaluation.drop_one import Dominance, Dropped, dominances, drop_one
from procurement.evaluation.evaluator_effects import EvaluatorEffects, Note, evaluator_effects
from procurement.evaluation.nearest_weights import NearestWeights, nearest_weights
from procurement.evaluation.one_point_flips import (
    OnePointFlip,
    PointsNeeded,
    highest_points,
    one_point_flips,
    points_needed,
)
from procurement.evaluation.point_value import PointValue, point_value
from procurement.evaluation.price_scale import RescaledAmount, rescaled_amounts
from procurement.evaluation.rank_acceptability import Acceptability, acceptability, seed_of
from procurement.evaluation.run_calculation import calculated, scoring_input
from procurement.evaluation.run_input import RunInput, canonical, hash_of
from procurement.evaluation.run_result import RunResult
from procurement.evaluation.weight_interval import WeightInterval, criterion_intervals, quality_interval
from procurement.evaluation.weight_table import LinearScores, WeightTable, linear_scores, weight_table
from procurement.tenders.method import DecisionCriterion

FEWEST_RIVALS = 2


@dataclass(frozen=True, slots=True)
class WeightEffects:
    """What other weights of the criteria would change."""

    table: WeightTable
    intervals: tuple[WeightInterval, ...]
    nearest: NearestWeights | None
    acceptability: Acceptability


@dataclass(frozen=True, slots=True)
class Robustness:
    """All figures of one run; parts are nothing where the method or the number of bids does not allow them."""

    result: RunResult
    contest: Contest
    winners: tuple[str, ...]
    headroom: BreakEven | None
    break_evens: tuple[BreakEven, ...]
    point_value: PointValue | None
    points_needed: tuple[PointsNeeded, ...]
    flips: tuple[OnePointFlip, ...]
    quality: WeightInterval | None
    weights: WeightEffects | None
    rescaled: tuple[RescaledAmount, ...]
    dropped: tuple[Dropped, ...]
    dominances: tuple[Dominance, ...]
    evaluators: EvaluatorEffects | None

    @property
    def winner(self) -> str | None:
        """The bid alone on rank 1."""
        return self.winners[0] if len(self.winners) == 1 else None

    @property
    def bridesmaids(self) -> tuple[Dropped, ...]:
        """Bids that do not win and yet decide who does."""
        return tuple(one for one in self.dropped if one.changes_winner)

    @property
    def changes_with_scale(self) -> bool:
        """Whether rank 1 changes with the fixed amount in euro a fifth lower or higher."""
        return any(one.changes_winner for one in self.rescaled)

    @property
    def nearest_break_even(self) -> BreakEven | None:
        """The rival that needs the smallest change in percent."""
        known = [one for one in self.break_evens if one.percent is not None]
        return min(known, key=lambda one: abs(one.percent or Fraction(0)), default=None)


def robustness_of(run_input: RunInput, notes: Sequence[Note] = ()) -> Robustness | None:
    """Everything about one run; nothing if no bid is in the ranking."""
    result = calculated(run_input)
    contest = contest_of(*scoring_input(run_input))
    if not contest.bids or not result.winners:
        return None
    winners = contest.winners()
    value = point_value(contest, winners[0]) if len(winners) == 1 and contest.points else None
    needed = _points_needed(contest, run_input)
    table = None if _decides_by_part(contest) else weight_table(contest, result)
    linear = linear_scores(table) if table else None
    return Robustness(
        result=result,
        contest=contest,
        winners=winners,
        headroom=headroom(contest),
        break_evens=break_evens(contest),
        point_value=value,
        points_needed=needed,
        flips=one_point_flips(contest, result, needed, value.euro if value else None),
        quality=quality_interval(contest),
        weights=_weight_effects(table, linear, run_input) if table and len(contest.bids) >= FEWEST_RIVALS else None,
        rescaled=rescaled_amounts(contest),
        dropped=drop_one(contest) if len(contest.bids) >= FEWEST_RIVALS else (),
        dominances=dominances(contest),
        evaluators=evaluator_effects(notes, table),
    )


def _points_needed(contest: Contest, run_input: RunInput) -> tuple[PointsNeeded, ...]:
    if not contest.points or len(contest.bids) < FEWEST_RIVALS or _decides_by_part(contest):
        return ()
    most = min(highest_points(contest), run_input.setup.tree.attainable_points)
    return tuple(points_needed(contest, name, most) for name in contest.names)


def _weight_effects(table: WeightTable, linear: LinearScores | None, run_input: RunInput) -> WeightEffects:
    return WeightEffects(
        table=table,
        intervals=criterion_intervals(table, linear),
        nearest=nearest_weights(table, linear),
        acceptability=acceptability(table, linear, seed_of(hash_of(canonical(run_input)))),
    )


def _decides_by_part(contest: Contest) -> bool:
    """Points of one main group decide: with other weights of the criteria they would have to change as well."""
    return contest.parameters.criterion is DecisionCriterion.PART
