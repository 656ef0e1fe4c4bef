"""Pages of adjusted quantities: proposed by the office, answered by the member; both see original and adjusted."""

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from procurement.core.fragments import see_other
from procurement.demand import actions_adjustments as demand_verbs
from procurement.demand import adjustments, queries_adjustments
from procurement.demand.models import Adjustment, DemandItem
from procurement.tenders import actions_adjustments
from procurement.tenders.forms_changes import AdjustForm, AnswerForm
from procurement.tenders.routes import REFUSED, Answer, blueprint


@blueprint.get("/items/<int:item_id>/adjust")
def adjust(item_id: int) -> Answer:
    """The typed quantity, and a form for another one."""
    item = queries_adjustments.item_for(current_user, item_id)
    minimum, expected, maximum = queries_adjustments.counting_of(item)
    return _adjust(item, AdjustForm(data={"minimum": minimum, "expected": expected, "maximum": maximum}))


def _adjust(item: DemandItem, form: AdjustForm, status: int = 200) -> Answer:
    return render_template(
        "demand/adjust.html",
        item=item,
        demand=item.demand,
        round=item.demand.round,
        form=form,
        counting=queries_adjustments.counting_of(item),
        earlier=queries_adjustments.history_of_item(item.id),
    ), status


@blueprint.post("/items/<int:item_id>/adjust")
def propose_adjustment(item_id: int) -> Answer:
    """Lay the adjusted quantity before the member."""
    item, form = queries_adjustments.item_for(current_user, item_id), AdjustForm()
    if form.validate_on_submit():
        made = form.attempt(lambda: actions_adjustments.propose(item, form.entry(), by=current_user))
        if made is not None:
            flash(_("Die Anpassung ist vorgeschlagen. Sie zählt, sobald das Mitglied sie bestätigt."), "success")
            return see_other(url_for("tenders.adjustment", adjustment_id=made.id))
    return _adjust(item, form, REFUSED)


@blueprint.get("/adjustments/<int:adjustment_id>")
def adjustment(adjustment_id: int) -> Answer:
    """Original and adjusted side by side, for the office and for the member's lead."""
    return _adjustment(queries_adjustments.adjustment_for(current_user, adjustment_id), AnswerForm(formdata=None))


def _adjustment(found: Adjustment, form: AnswerForm, status: int = 200) -> Answer:
    demand = found.item.demand
    form.version.data = str(found.version)
    return render_template(
        "demand/adjustment.html",
        adjustment=found,
        item=found.item,
        demand=demand,
        round=demand.round,
        form=form,
        is_own=demand.member_id in current_user.member_ids,
        objections=adjustments.objections_to_answering(found.state, demand.state),
    ), status


@blueprint.post("/adjustments/<int:adjustment_id>")
def answer_adjustment(adjustment_id: int) -> Answer:
    """Confirm the adjusted quantity or object to it."""
    found, form = queries_adjustments.adjustment_for(current_user, adjustment_id), AnswerForm()
    if form.validate_on_submit():
        seen, reason, wants_it = form.seen_version(), form.answer.data or "", "confirm" in request.form
        answered = form.attempt(
            lambda: (
                actions_adjustments.confirm(found, by=current_user, seen_version=seen)
                if wants_it
                else demand_verbs.object_to(found, reason, by=current_user, seen_version=seen)
            )
        )
        if answered is not None:
            flash(_("Ihre Antwort ist gespeichert."), "success")
            demand = found.item.demand
            return see_other(url_for("demand.entry", round_id=demand.round_id, member_id=demand.member_id))
    return _adjustment(found, form, REFUSED)


@blueprint.post("/adjustments/<int:adjustment_id>/take-back")
def take_back_adjustment(adjustment_id: int) -> Answer:
    """Take an unanswered proposal back."""
    found = queries_adjustments.adjustment_for(current_user, adjustment_id)
    demand_verbs.take_back(found, by=current_user, seen_version=request.form.get("version", type=int))
    flash(_("Der Vorschlag ist zurückgenommen."), "success")
    demand = found.item.demand
    return see_other(url_for("demand.entry", round_id=demand.round_id, member_id=demand.member_id))
