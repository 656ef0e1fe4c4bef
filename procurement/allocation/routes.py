"""Pages that read allocations: all runs or the own costs, those of a tender, one run with its proof, one cell."""

from flask import Blueprint, render_template
from flask_login import current_user
from werkzeug.wrappers import Response

from procurement.allocation import explanation, queries, queries_objections, queries_page, rules
from procurement.allocation.forms import DiscardForm
from procurement.allocation.models import AllocationRun
from procurement.allocation.queries_figures import distribution_of, places_of
from procurement.allocation.rules import TAX
from procurement.allocation.run_figures import RunFigures
from procurement.allocation.states import RunState
from procurement.audit.queries import history_of
from procurement.core.errors import NotFound
from procurement.tenders.queries import own_tender
from procurement.values.money import Money

blueprint = Blueprint("allocation", __name__, url_prefix="/allocation")

Answer = str | Response | tuple[str, int]


@blueprint.get("/")
def index() -> Answer:
    """All runs for those who see all; a lead finds what its member pays."""
    if queries.sees_all(current_user):
        return render_template("allocation/index.html", runs=queries.all_runs(current_user), tones=queries_page.TONES)
    costs = queries.own_costs(current_user)
    total = Money.total(cost.gross for cost in costs if cost.replaced_by is None)
    return render_template("allocation/index_own.html", costs=costs, total=total, tones=queries_page.TONES)


@blueprint.get("/tenders/<int:tender_id>")
def of_tender(tender_id: int) -> Answer:
    """The tab "Kosten" of a tender; a lead finds its member's amounts of that tender."""
    if not queries.sees_all(current_user):
        own, costs = own_tender(current_user, tender_id), queries.own_costs(current_user, tender_id)
        return render_template("allocation/of_own_tender.html", tender=own, costs=costs, tones=queries_page.TONES)
    tender = queries.priced_tender(current_user, tender_id)
    return render_template(
        "allocation/of_tender.html",
        frame=queries_page.frame(tender),
        runs=queries.runs_of(tender_id),
        tones=queries_page.TONES,
        starting=rules.objections_to_starting(tender.stage, queries.open_number(tender_id)),
    )


@blueprint.get("/<int:run_id>")
def show(run_id: int) -> Answer:
    """One run; a lead sees its own member's amounts and the key data of all."""
    run = queries.run_for(current_user, run_id)
    figures = distribution_of(run)
    if queries.sees_all(current_user):
        return run_page(run, figures, DiscardForm(version=run.version))
    return _own_page(run, figures)


def run_page(run: AllocationRun, figures: RunFigures, discard_form: DiscardForm) -> str:
    """The whole run with every signature, version and proof."""
    return render_template(
        "allocation/show.html",
        run=run,
        figures=figures,
        tone=queries_page.TONES[run.state],
        steps=queries_page.steps(run),
        signing=queries_page.next_signing(run, current_user),
        correcting=rules.objections_to_correcting(run.state, queries.open_number(run.tender_id)),
        notices=queries_page.notices(run, figures),
        versions=queries_page.version_lines(run),
        delta=queries_page.delta_of(run, figures),
        documents_url=queries_page.documents_url(run),
        entries=history_of("allocation_run", run.id),
        cases=queries_objections.cases_of(run, current_user),
        form=discard_form,
        is_open=run.state in rules.OPEN_STATES,
        is_discarded=run.state is RunState.DISCARDED,
    )


def _own_page(run: AllocationRun, figures: RunFigures) -> str:
    places = places_of(run, list(current_user.member_ids))
    return render_template(
        "allocation/show_own.html",
        run=run,
        figures=figures,
        tone=queries_page.TONES[run.state],
        members=[_explained(figures, place) for place in places],
        cases=queries_objections.cases_of(run, current_user),
        own_ids=queries_objections.charged_ids(run, current_user),
        places=places,
        replaced_by=queries.successor_of(run) if run.state is RunState.CORRECTED else None,
        delta=queries_page.delta_of(run, figures),
        documents_url=queries_page.documents_url(run),
    )


def _explained(figures: RunFigures, place: int) -> dict[str, object]:
    """A member's amounts with the explanation of each block."""
    cells = [explanation.cell(figures, block, place) for block in range(len(figures.blocks))]
    return {"figures": figures.members[place], "cells": [*cells, explanation.tax_cell(figures, place)]}


@blueprint.get("/<int:run_id>/cells/<block>/<member>")
def cell(run_id: int, block: str, member: str) -> Answer:
    """The calculation of one cell: block by its number (or the tax), member by its key."""
    run = queries.run_for(current_user, run_id)
    figures = distribution_of(run)
    place = _place(run, figures, member)
    if block == TAX:
        explained = explanation.tax_cell(figures, place)
    else:
        numbers = [part.block.number for part in figures.blocks]
        if block not in numbers:
            raise NotFound
        explained = explanation.cell(figures, numbers.index(block), place)
    return render_template("allocation/cell.html", run=run, cell=explained, tone=queries_page.TONES[run.state])


def _place(run: AllocationRun, figures: RunFigures, member: str) -> int:
    """The place of the member with this key, as far as the reader sees it."""
    try:
        place = figures.index_of(member)
    except KeyError as error:
        raise NotFound from error
    if not queries.sees_all(current_user) and place not in places_of(run, list(current_user.member_ids)):
        raise NotFound
    return place
