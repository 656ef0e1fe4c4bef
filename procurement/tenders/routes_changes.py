"""Pages of the procurement office about changes after a round was closed: list, effect, decision."""

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from procurement.core.errors import NotFound
from procurement.core.fragments import see_other
from procurement.demand.models import DemandChange, DemandRound
from procurement.demand.queries import round_for
from procurement.demand.queries_totals import requests_of
from procurement.demand.states import ChangeState
from procurement.tenders import actions_changes, queries, queries_changes
from procurement.tenders.forms_changes import DecisionForm
from procurement.tenders.routes import REFUSED, Answer, blueprint, page


@blueprint.get("/<int:tender_id>/changes")
def changes(tender_id: int) -> Answer:
    """Late demands and withdrawals in the round of a tender, those to decide first."""
    tender = queries.tender_for(current_user, tender_id)
    if tender.round is None:
        raise NotFound
    return page("changes", tender, changes=queries_changes.changes_of_round(tender.round.id), round=tender.round)


@blueprint.get("/rounds/<int:round_id>/changes")
def round_changes(round_id: int) -> Answer:
    """The same for a round, whether or not a tender was made of it."""
    round_ = round_for(current_user, round_id)
    found = queries_changes.changes_of_round(round_id)
    return render_template("tenders/changes_round.html", round=round_, changes=found)


@blueprint.get("/changes/<int:change_id>")
def change(change_id: int) -> Answer:
    """One change with what it does, before it is decided."""
    found = queries_changes.change_for(current_user, change_id)
    return _change(found, DecisionForm(formdata=None))


def _change(found: DemandChange, form: DecisionForm, status: int = 200) -> Answer:
    form.version.data = str(found.version)
    is_pending = found.state is ChangeState.PENDING
    return render_template(
        "tenders/changes_decide.html",
        change=found,
        demand=found.demand,
        round=found.demand.round,
        requests={one.demand_item_id: one for one in requests_of(found.demand)},
        effect=queries_changes.effect_of(found) if is_pending else None,
        tenders=queries_changes.planned_tenders(found.demand.round_id),
        form=form,
    ), status


@blueprint.post("/changes/<int:change_id>")
def decide_change(change_id: int) -> Answer:
    """Accept or reject, with a reason."""
    found, form = queries_changes.change_for(current_user, change_id), DecisionForm()
    verb = actions_changes.accept if "accept" in request.form else actions_changes.reject
    if form.validate_on_submit() and form.attempt(
        lambda: verb(found, form.decision.data or "", by=current_user, seen_version=form.seen_version())
    ):
        flash(_("Die Entscheidung ist gespeichert, das Mitglied ist benachrichtigt."), "success")
        return see_other(_list_of(found.demand.round))
    return _change(found, form, REFUSED)


def _list_of(round_: DemandRound) -> str:
    planned = queries_changes.planned_tenders(round_.id)
    if planned:
        return url_for("tenders.changes", tender_id=planned[0].id)
    return url_for("tenders.round_changes", round_id=round_.id)
