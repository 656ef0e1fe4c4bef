"""Pages that change allocations: composing a run or a correction with a preview, checking, approving, discarding."""

from collections.abc import Callable

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from procurement.allocation import actions, queries, queries_page, rules
from procurement.allocation.forms import CorrectionForm, DiscardForm, RunForm, shown
from procurement.allocation.input_text import read
from procurement.allocation.models import AllocationRun
from procurement.allocation.queries_figures import distribution_of
from procurement.allocation.queries_input import awarded_lines
from procurement.allocation.queries_suggestion import suggested_entry
from procurement.allocation.routes import Answer, blueprint, run_page
from procurement.allocation.run_figures import RunFigures
from procurement.allocation.suggestion import entry_of
from procurement.core.fragments import see_other
from procurement.core.requests import changes_nothing
from procurement.tenders.models import Tender

__all__ = ["blueprint"]
"""The application takes the blueprint from here, so that the pages of both modules are registered."""


@blueprint.get("/tenders/<int:tender_id>/new")
def new(tender_id: int) -> Answer:
    """The form of a new run, filled from the award."""
    tender = queries.priced_tender(current_user, tender_id)
    form = RunForm(data=shown(suggested_entry(tender), awarded_lines(tender)))
    return _compose_page(tender, form)


@blueprint.post("/tenders/<int:tender_id>/new")
def create(tender_id: int) -> Answer:
    """Calculate and store; "preview" shows the table without storing, "add" offers another block."""
    tender, form = queries.priced_tender(current_user, tender_id), RunForm()
    return _composed(
        tender,
        form,
        preview=lambda: actions.preview(tender, form.entry()),
        store=lambda: actions.calculate(tender, form.entry(), by=current_user),
    )


@blueprint.get("/<int:run_id>/correct")
def correct(run_id: int) -> Answer:
    """The form of a new version, filled from the one it replaces."""
    run = queries.run_for(current_user, run_id)
    form = CorrectionForm(data=shown(entry_of(read(run.input)), awarded_lines(run.tender)))
    return _compose_page(run.tender, form, run)


@blueprint.post("/<int:run_id>/correct")
def create_correction(run_id: int) -> Answer:
    """Calculate and store a new version of an approved run; with the same preview."""
    run, form = queries.run_for(current_user, run_id), CorrectionForm()
    return _composed(
        run.tender,
        form,
        run,
        preview=lambda: actions.preview(run.tender, form.entry(), run),
        store=lambda: actions.correct(run, form.entry(), form.reason.data, by=current_user),
    )


def _composed(
    tender: Tender,
    form: RunForm,
    corrected: AllocationRun | None = None,
    *,
    preview: Callable[[], RunFigures],
    store: Callable[[], AllocationRun],
) -> Answer:
    """Answer the form of a run by the button that was pressed."""
    if "add" in request.form:
        changes_nothing()
        form.add_block()
        return _compose_page(tender, form, corrected)
    if form.validate_on_submit():
        if "preview" in request.form:
            figures = form.attempt(preview)
            if figures is not None:
                changes_nothing()
                return _compose_page(tender, form, corrected, figures)
        else:
            run = form.attempt(store)
            if run is not None:
                flash(_("Die Kostenaufteilung ist berechnet. Als Nächstes prüft sie eine andere Person."), "success")
                return see_other(url_for("allocation.show", run_id=run.id))
    return _compose_page(tender, form, corrected), 422


def _compose_page(
    tender: Tender, form: RunForm, corrected: AllocationRun | None = None, preview: RunFigures | None = None
) -> str:
    open_number = queries.open_number(tender.id)
    if corrected is None:
        found = rules.objections_to_starting(tender.stage, open_number)
    else:
        found = rules.objections_to_correcting(corrected.state, open_number)
    return render_template(
        "allocation/new.html",
        frame=queries_page.frame(tender),
        tender=tender,
        form=form,
        corrected=corrected,
        awarded={str(line.line_id): line for line in awarded_lines(tender)},
        objections=found,
        figures=preview,
        notices=rules.billed_again(preview.given, queries.effective_inputs(tender.id)) if preview else [],
    )


@blueprint.post("/<int:run_id>/check")
def check(run_id: int) -> Answer:
    """Confirm a run as a second person, after every cent was recomputed."""
    run = queries.run_for(current_user, run_id)
    actions.check(run, by=current_user, seen_version=_seen_version())
    flash(_("Geprüft: Die Nachrechnung stimmt in allen Beträgen überein."), "success")
    return see_other(url_for("allocation.show", run_id=run_id))


@blueprint.post("/<int:run_id>/approve")
def approve(run_id: int) -> Answer:
    """Put a checked run in force."""
    run = queries.run_for(current_user, run_id)
    actions.approve(run, by=current_user, seen_version=_seen_version())
    flash(_("Freigegeben: Die Beträge stehen fest, und die Mitglieder sehen ihre Anteile."), "success")
    return see_other(url_for("allocation.show", run_id=run_id))


@blueprint.post("/<int:run_id>/discard")
def discard(run_id: int) -> Answer:
    """Drop a run that is not approved."""
    run, form = queries.run_for(current_user, run_id), DiscardForm()
    if form.validate_on_submit():
        seen = form.seen_version()
        if form.attempt(lambda: actions.discard(run, form.reason.data, by=current_user, seen_version=seen)):
            flash(_("Fassung %(number)s ist verworfen.", number=run.number), "success")
            return see_other(url_for("allocation.of_tender", tender_id=run.tender_id))
    return run_page(run, distribution_of(run), form), 422


def _seen_version() -> int | None:
    """The version the page showed when the button was pressed."""
    typed = request.form.get("version", "")
    return int(typed) if typed.isdigit() else None
