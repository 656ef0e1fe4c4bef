"""Pages of one member's demand: the grid, its review, and the verbs of the answer."""

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from procurement.audit.queries import history_of
from procurement.core import clock
from procurement.core.errors import NotFound
from procurement.core.forms import BaseForm
from procurement.core.fragments import see_other
from procurement.demand import (
    actions_answers,
    actions_items,
    changes,
    queries,
    queries_adjustments,
    queries_answers,
    queries_changes,
    queries_departments,
    rules,
)
from procurement.demand.attachment_kinds import ACCEPTED, ALLOWED, LARGEST_MEGABYTES
from procurement.demand.completeness import completeness
from procurement.demand.entries import ItemEntry
from procurement.demand.forms import ReopenForm
from procurement.demand.forms_answers import AttachmentForm, WishForm
from procurement.demand.forms_grid import GridForm, grid_form
from procurement.demand.grouping import by_category
from procurement.demand.models import Demand
from procurement.demand.queries_attachments import attachments_of
from procurement.demand.queries_forecast import forecast_of
from procurement.demand.routes import HISTORY_LENGTH, Answer, blueprint
from procurement.values.objection import Objection


@blueprint.get("/<int:round_id>/<int:member_id>")
def entry(round_id: int, member_id: int) -> str:
    """One member's demand: its lead enters quantities as long as it may, everybody else reads."""
    return entry_page(queries.demand_for(current_user, round_id, member_id))


def _is_own(demand: Demand) -> bool:
    return demand.member_id in current_user.member_ids


def _objections_to_saving(demand: Demand) -> list[Objection]:
    if not _is_own(demand):
        return [Objection(_("Nur die IT-Leitung dieses Mitglieds gibt den Bedarf ein."))]
    contact = queries_answers.contact_of(demand.round)
    return rules.objections_to_saving(demand, demand.round, now=clock.now(), contact=contact)


def _grid(demand: Demand) -> GridForm:
    return grid_form(queries_answers.articles_for(demand), queries_answers.entries_of(demand))


def entry_page(demand: Demand, used: BaseForm | None = None) -> str:
    """The demand as a grid or to read; ``used`` is the form that was just refused and comes back with its input."""
    objections = _objections_to_saving(demand)
    grid = used if isinstance(used, GridForm) else None
    if grid is None and not objections:
        grid = _grid(demand)
    articles, items = queries_answers.articles_for(demand), queries_answers.entries_of(demand)
    contact = queries_answers.contact_of(demand.round)
    if grid is not None:
        grid.version.data = demand.version  # the version its messages told about
    return render_template(
        "demand/entry.html",
        demand=demand,
        round=demand.round,
        form=grid,
        used=used,
        articles=articles,
        groups=by_category(articles),
        items=items,
        is_own=_is_own(demand),
        objections=[] if grid else objections,
        reopening=rules.objections_to_reopening(demand, demand.round, now=clock.now(), contact=contact),
        complete=completeness(articles, queries_adjustments.counting_entries(demand)),
        last=queries_answers.last_items(demand),
        forecast=forecast_of(demand),
        history=history_of("demand", demand.id, HISTORY_LENGTH),
        departments=queries_departments.overview_of(demand) if _is_own(demand) else None,
        adjustments=queries_adjustments.adjustments_of(demand),
        item_ids={article_id: item.id for article_id, item in queries_answers.items_of(demand).items()},
        change=next(iter(queries_changes.changes_of(demand)), None),
        may_come_late=not changes.objections_to_coming_late(demand.round.state, demand.state),
        open_demands=queries_changes.open_demands_of(demand.member_id),
        **_further_forms(demand, used),
    )


def _further_forms(demand: Demand, used: BaseForm | None) -> dict[str, object]:
    """The small forms beside the grid, the refused one with its input, and what the attachments need."""
    attachments = attachments_of(demand)
    return {
        "reopen_form": used if isinstance(used, ReopenForm) else ReopenForm(formdata=None),
        "wish_form": used if isinstance(used, WishForm) else WishForm(formdata=None),
        "attachment_form": used if isinstance(used, AttachmentForm) else AttachmentForm(formdata=None),
        "attachments": attachments,
        "empty_mark": ItemEntry(0).mark,
        "accepted": {"endings": ACCEPTED, "kinds": ALLOWED, "megabytes": LARGEST_MEGABYTES},
    }


@blueprint.post("/<int:round_id>/<int:member_id>")
def save_draft(round_id: int, member_id: int) -> Answer:
    """Save what was typed, then go where the pressed button leads; what cannot be saved comes back as it was typed."""
    demand = queries.demand_for(current_user, round_id, member_id)
    form = _grid(demand)
    if form.validate_on_submit():
        seen = form.seen_version()
        saved = form.attempt(
            lambda: actions_answers.save_draft(demand, form.entries(), by=current_user, seen_version=seen)
        )
        if saved is not None:
            if "take_over" in request.form:
                _take_over(demand)
            else:
                flash(_("Ihr Entwurf ist gespeichert."), "success")
            page = "demand.review" if "review" in request.form else "demand.entry"
            return see_other(url_for(page, round_id=round_id, member_id=member_id))
    return entry_page(demand, form), 422


def _take_over(demand: Demand) -> None:
    """Fill the empty rows with last year's figures; having none is an answer, not a fault."""
    taken = actions_items.take_over(demand, by=current_user)
    if not taken:
        flash(_("Es gibt nichts zu übernehmen: Zu keinem leeren Artikel liegt eine frühere Menge vor."), "info")
        return
    told = ngettext("Ein Artikel ist übernommen.", "%(num)s Artikel sind aus dem Vorjahr übernommen.", taken)
    flash(f"{told} {_('Bitte prüfen Sie die Mengen.')}", "success")


@blueprint.get("/<int:round_id>/<int:member_id>/review")
def review(round_id: int, member_id: int) -> str:
    """What submitting fixes, what is missing and what looks unusual."""
    demand = queries.demand_for(current_user, round_id, member_id)
    if not _is_own(demand):
        raise NotFound
    contact, maxima = queries_answers.contact_of(demand.round), queries_answers.maxima_of(demand)
    articles, items = queries_answers.articles_for(demand), queries_answers.entries_of(demand)
    return render_template(
        "demand/review.html",
        demand=demand,
        round=demand.round,
        objections=rules.objections_to_submitting(demand, demand.round, maxima, now=clock.now(), contact=contact),
        articles=articles,
        groups=by_category(articles),
        items=items,
        attachments=attachments_of(demand),
        complete=completeness(articles, items),
        forecast=forecast_of(demand),
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
    return entry_page(demand, form), 422
