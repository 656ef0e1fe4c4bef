"""Replaying the issue of documents: those about the bids, and the statements of every approved run."""

from collections.abc import Sequence

from procurement.allocation.models import AllocationRun
from procurement.allocation.states import RunState
from procurement.core import clock
from procurement.documents import actions, actions_matrix, actions_record
from procurement.evaluation import queries as evaluation
from procurement.scenario.cast import Cast
from procurement.scenario.errors import at_path
from procurement.scenario.timeline import Timeline
from procurement.tenders.models import Tender


def issue(tender: Tender, runs: Sequence[AllocationRun], path: str, cast: Cast, timeline: Timeline) -> None:
    """Issue what the tender has come to."""
    with at_path(path), clock.at(timeline.step()):
        actions.issue_price_comparison(tender, by=cast.preparer)
        actions.issue_opening_record(tender, by=cast.preparer)
        for scored in filter(None, map(evaluation.latest_run, tender.lots)):
            actions_matrix.issue_evaluation_matrix(scored, by=cast.preparer)
        actions_record.issue_procurement_record(tender, by=cast.preparer)
    for run in runs:
        if run.state is RunState.APPROVED:
            with at_path(path), clock.at(timeline.step()):
                actions.issue_allocation(run, by=cast.approver)
