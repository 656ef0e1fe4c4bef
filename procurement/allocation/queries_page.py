"""What the page of a run shows around its table: versions with their difference, notices for the checker, next step."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app, url_for

from procurement.allocation import queries, rules
from procurement.allocation.delta import Delta, delta
from procurement.allocation.models import AllocationRun
from procurement.allocation.queries_figures import distribution_of
from procurement.allocation.run_figures import RunFigures
from procurement.allocation.states import RunState
from procurement.audit.actor import Actor
from procurement.core import clock, filters
from procurement.tenders.lifecycle import StageStep
from procurement.tenders.models import Tender
from procurement.tenders.queries_page import PageFrame, frame_of
from procurement.values.objection import Objection

TONES = {
    RunState.CALCULATED: "info",
    RunState.CHECKED: "info",
    RunState.APPROVED: "success",
    RunState.CORRECTED: "warning",
    RunState.DISCARDED: "neutral",
}
DOCUMENTS = "documents.of_run"


@dataclass(frozen=True, slots=True)
class Signing:
    """The next signature under a run and why this reader cannot give it, if so."""

    verb: str
    objections: Sequence[Objection]


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version of an allocation; ``is_shown`` marks the one on the page."""

    run: AllocationRun
    tone: str
    is_shown: bool


def next_signing(run: AllocationRun, reader: Actor) -> Signing | None:
    """What an open run waits for; nothing when it is decided."""
    if run.state is RunState.CALCULATED:
        return Signing("check", rules.objections_to_checking(run, reader.id))
    if run.state is RunState.CHECKED:
        has_reported = queries.has_reported_demand(reader.id, run.tender)
        return Signing("approve", rules.objections_to_approving(run, reader.id, has_reported_demand=has_reported))
    return None


def notices(run: AllocationRun, figures: RunFigures) -> list[str]:
    """What the checker should see before signing: one-off lines that another version charges already."""
    if run.state not in rules.OPEN_STATES:
        return []
    return rules.billed_again(figures.given, queries.effective_inputs(run.tender_id))


def version_lines(run: AllocationRun) -> list[VersionLine]:
    """All versions of this allocation, oldest first; a single one needs no list."""
    versions = queries.versions_of(run)
    if len(versions) == 1:
        return []
    return [VersionLine(version, TONES[version.state], version is run) for version in versions]


def delta_of(run: AllocationRun, figures: RunFigures) -> Delta | None:
    """The difference to the version this one corrects, per member."""
    return delta(distribution_of(run.corrects), figures) if run.corrects else None


def steps(run: AllocationRun) -> list[StageStep]:
    """The signatures under a run as stages with their days."""
    signed = {
        RunState.CALCULATED: run.prepared_at,
        RunState.CHECKED: run.checked_at,
        RunState.APPROVED: run.approved_at,
    }
    days = [(state, filters.short_day(clock.in_berlin(at).date()) if at else "") for state, at in signed.items()]
    waiting = next((place for place, (_, day) in enumerate(days) if not day), len(days))
    made = []
    for place, (state, day) in enumerate(days):
        if day:
            made.append(StageStep(state.label, "done", day))
        elif run.state is RunState.DISCARDED:
            made.append(StageStep(state.label, "locked"))
        else:
            made.append(StageStep(state.label, "current" if place == waiting else "open"))
    if run.state in {RunState.CORRECTED, RunState.DISCARDED}:
        made.append(StageStep(run.state.label, "current"))
    return made


def frame(tender: Tender) -> PageFrame:
    """The frame of the tender's pages with the tab of the costs marked, also on the pages below it."""
    return frame_of(tender, "allocation.of_tender")


def documents_url(run: AllocationRun) -> str:
    """The page of a run's documents, once it is approved and that feature is installed."""
    is_there = run.state in rules.EFFECTIVE_STATES and DOCUMENTS in current_app.view_functions
    return url_for(DOCUMENTS, run_id=run.id) if is_there else ""
