"""Pages of one member's demand: the grid, its review, and the verbs of the answer."""

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from procurement.audit.queries import history_of
from procurement.core import clock
from procurement.core.errors import NotFound
from procurement.core.fragments import see_other
from procurement.demand import actions_answers, queries, queries_answers, rules
from procurement.demand.completeness import completeness
from procurement.demand.forms import GridForm, ReopenForm, grid_form
from procurement.demand.models import Demand
from procurement.demand.routes import HISTORY_LENGTH, Answer, blueprint
from procurement.values.objection import Objection


@blueprint.get("/<int:round_id>/<int:member_id>")
def entry(round_id: int, member_id: int) -> str:
    """One member's demand: its lead enters quantities as long as it may, everybody else reads."""
    demand = queries.demand_for(current_user, round_id, member_id)
    return _entry_page(demand, None if _objections_to_saving(demand) else _grid(demand))


def _is_own(demand: Demand) -> bool:
    return demand.member_id in current_user.member_ids


def _objections_to_saving(demand: Demand) -> list[Objection]:
    if not _is_own(demand):
        return [Objection(_("Nur die IT-Leitung dieses Mitglieds gibt den Bedarf ein."))]
    contact = queries_answers.contact_of(demand.round)
    return rules.objections_to_saving(demand, demand.round, now=clock.now(), contact=contact)


def _grid(demand: Demand) -> GridForm:
    return grid_form(queries.requested_articles(demand.round_id), queries_answers.entries_of(demand))


def _entry_page(demand: Demand, form: GridForm | None, reopen_form: ReopenForm | None = None) -> str:
    """The demand as a grid or to read; a refused grid comes back with the version its messages told about."""
    articles, items = queries.requested_articles(demand.round_id), queries_answers.entries_of(demand)
    contact = queries_answers.contact_of(demand.round)
    if form is not None:
        form.version.data = demand.version
    return render_template(
        "demand/entry.html",
        demand=demand,
        round=demand.round,
        form=form,
        articles=articles,
        items=items,
        is_own=_is_own(demand),
        objections=[] if form else _objections_to_saving(demand),
        reopening=rules.objections_to_reopening(demand, demand.round, now=clock.now(), contact=contact),
        reopen_form=reopen_form or ReopenForm(formdata=None),
        complete=completeness(articles, items),
        last=queries_answers.last_figures(demand),
        history=history_of("demand", demand.id, HISTORY_LENGTH),
    )


@blueprint.post("/<int:round_id>/<int:member_id>")
def save_draft(round_id: int, member_id: int) -> Answer:
    """Save what was typed; what cannot be saved comes back with its messages and with everything typed."""
    demand = queries.demand_for(current_user, round_id, member_id)
    form = _grid(demand)
    if form.validate_on_submit():
        seen = form.seen_version()
        saved = form.attempt(
            lambda: actions_answers.save_draft(demand, form.entries(), by=current_user, seen_version=seen)
        )
        if saved is not None:
            wants_review = "review" in request.form
            flash(_("Ihr Entwurf ist gespeichert."), "success")
            page = "demand.review" if wants_review else "demand.entry"
            return see_other(url_for(page, round_id=round_id, member_id=member_id))
    return _entry_page(demand, form), 422


@blueprint.get("/<int:round_id>/<int:member_id>/review")
def review(round_id: int, member_id: int) -> str:
    """What submitting fixes, what is missing and what looks unusual."""
    demand = queries.demand_for(current_user, round_id, member_id)
    if not _is_own(demand):
        raise NotFound
    contact, maxima = queries_answers.contact_of(demand.round), queries_answers.maxima_of(demand)
    objections = rules.objections_to_submitting(demand, demand.round, maxima, now=clock.now(), contact=contact)
    articles, items = queries.requested_articles(round_id), queries_answers.entries_of(demand)
    return render_template(
        "demand/review.html",
        demand=demand,
        round=demand.round,
        objections=objections,
        articles=articles,
        items=items,
        complete=completeness(articles, items),
    )


@blueprint.post("/<int:round_id>/<int:member_id>/submit")
def submit(round_id: int, member_id: int) -> Answer:
    """Submit the demand."""
    demand = queries.demand_for(current_user, round_id, member_id)
    actions_answers.submit(demand, by=current_user, seen_version=request.form.get("version", type=int))
    flash(_("Ihr Bedarf ist eingereicht. Die Vergabestelle sieht ihn jetzt."), "success")
    return see_other(url_for("demand.entry", round_id=round_id, member_id=member_id))


@blueprint.post("/<int:round_id>/<int:member_id>/nil")
def report_nil(round_id: int, member_id: int) -> Answer:
    """Report that the member needs nothing."""
    demand = queries.demand_for(current_user, round_id, member_id)
    actions_answers.report_nil(demand, by=current_user, seen_version=request.form.get("version", type=int))
    flash(_("Ihre Fehlanzeige ist gemeldet."), "success")
    return see_other(url_for("demand.entry", round_id=round_id, member_id=member_id))


@blueprint.post("/<int:round_id>/<int:member_id>/reopen")
def reopen(round_id: int, member_id: int) -> Answer:
    """Open a submitted demand again, with a reason."""
    demand = queries.demand_for(current_user, round_id, member_id)
    form = ReopenForm()
    if form.validate_on_submit():
        seen = form.seen_version()
        opened = form.attempt(
            lambda: actions_answers.reopen(demand, form.reason.data, by=current_user, seen_version=seen)
        )
        if opened is not None:
            flash(_("Der Bedarf ist wieder geöffnet und kann geändert werden."), "success")
            return see_other(url_for("demand.entry", round_id=round_id, member_id=member_id))
    return _entry_page(demand, None, form), 422
