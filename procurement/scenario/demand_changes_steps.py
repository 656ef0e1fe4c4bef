"""Replaying what happens after a round was closed: adjusted quantities, late demand, withdrawals, their decisions.

Adjustments and late demand come right after closing. They are decided once the tender of the round is planned, or at
once if the file plans none; what has no decision stays open. A withdrawal without a decision is made before members
confirm and works at once; one with a decision comes after that, because only then somebody has to decide.
"""

from collections.abc import Mapping

from procurement.core import clock
from procurement.demand import actions_adjustments as demand_adjustments
from procurement.demand.adjustments import AdjustmentEntry
from procurement.demand.models import Demand, DemandChange, DemandRound
from procurement.demand.queries_adjustments import adjustments_of
from procurement.demand.queries_changes import items_needed, pending_of
from procurement.scenario.cast import Cast
from procurement.scenario.demand_steps import demand_of, entries_of
from procurement.scenario.errors import at_path
from procurement.scenario.schema_demand import AdjustmentPart, RoundPart
from procurement.scenario.timeline import Timeline
from procurement.tenders import actions_adjustments, actions_changes
from procurement.values.quantity import Quantity


def after_closing(part: RoundPart, round_: DemandRound, path: str, cast: Cast, timeline: Timeline) -> None:
    """Adjust quantities and report late."""
    demands = {demand.member.key: demand for demand in round_.demands}
    for index, adjustment in enumerate(part.adjustments):
        with at_path(f"{path}.adjustments[{index}]"), clock.at(timeline.step()):
            _adjust(adjustment, demand_of(demands, adjustment.member), cast)
    for key, late in part.late.items():
        with at_path(f"{path}.late.{key}"), clock.at(timeline.step()):
            demand = demand_of(demands, key)
            actions_changes.report_late(demand, entries_of(demand, late.needs), late.reason, by=cast.leads[key])


def _adjust(part: AdjustmentPart, demand: Demand, cast: Cast) -> None:
    item = next((item for item in items_needed(demand) if item.article.number == part.article), None)
    if item is None:
        raise LookupError(f"{part.member} hat den Artikel {part.article} in dieser Bedarfsrunde nicht gemeldet.")
    expected = Quantity.of(part.expected)
    actions_adjustments.propose(item, AdjustmentEntry(None, expected, None, part.reason), by=cast.preparer)
    proposed, lead = adjustments_of(demand)[item.article_id], cast.leads[part.member]
    if part.answer == "confirm":
        actions_adjustments.confirm(proposed, by=lead)
    elif part.answer == "object":
        demand_adjustments.object_to(proposed, part.answer_reason, by=lead)


def before_confirmation(part: RoundPart, round_: DemandRound, path: str, cast: Cast, timeline: Timeline) -> None:
    """Decide late demand, and let members go that have not confirmed yet."""
    demands = {demand.member.key: demand for demand in round_.demands}
    for key, late in part.late.items():
        if late.decision:
            with at_path(f"{path}.late.{key}"), clock.at(timeline.step()):
                _decide(pending_of(demands[key]), late.decision, late.decision_reason, cast)
    for key, withdrawal in part.withdrawals.items():
        if withdrawal.decision is None:
            with at_path(f"{path}.withdrawals.{key}"), clock.at(timeline.step()):
                _withdraw(demand_of(demands, key), withdrawal.reason, cast)


def after_confirmation(part: RoundPart, round_: DemandRound, path: str, cast: Cast, timeline: Timeline) -> None:
    """Withdrawals about which the procurement office decides, because the member has confirmed."""
    demands: Mapping[str, Demand] = {demand.member.key: demand for demand in round_.demands}
    for key, withdrawal in part.withdrawals.items():
        if withdrawal.decision is not None:
            with at_path(f"{path}.withdrawals.{key}"), clock.at(timeline.step()):
                demand = demand_of(demands, key)
                _withdraw(demand, withdrawal.reason, cast)
                _decide(pending_of(demand), withdrawal.decision, withdrawal.decision_reason, cast)


def _withdraw(demand: Demand, reason: str, cast: Cast) -> None:
    actions_changes.withdraw(demand, items_needed(demand), reason, by=cast.leads[demand.member.key])


def _decide(change: DemandChange | None, decision: str, reason: str, cast: Cast) -> None:
    if change is None:
        raise LookupError("Hier gibt es nichts zu entscheiden: Die Rücknahme war vor der Bestätigung frei.")
    verb = actions_changes.accept if decision == "accept" else actions_changes.reject
    verb(change, reason, by=cast.checker)
