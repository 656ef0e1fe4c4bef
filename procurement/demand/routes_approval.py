"""Pages of the second release inside a member."""

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from procurement.audit.queries import history_of
from procurement.core import clock
from procurement.core.fragments import see_other
from procurement.demand import actions_approval, queries, queries_answers
from procurement.demand import approval as rules
from procurement.demand.completeness import completeness
from procurement.demand.forms_departments import ReturnForm
from procurement.demand.models import Demand
from procurement.demand.routes import HISTORY_LENGTH, Answer, blueprint


@blueprint.get("/<int:round_id>/<int:member_id>/approval")
def approval(round_id: int, member_id: int) -> str:
    """What waits for release, until when, and who may release it."""
    return _approval_page(queries.own_demand_for(current_user, round_id, member_id), ReturnForm(formdata=None))


def _approval_page(demand: Demand, form: ReturnForm) -> str:
    form.version.data = str(demand.version)
    round_, contact, now = demand.round, queries_answers.contact_of(demand.round), clock.now()
    articles, items = queries.requested_articles(round_.id), queries_answers.entries_of(demand)
    shown = [a for a in articles if a.wished_by_id in {None, demand.member_id}]
    return render_template(
        "demand/approval.html",
        demand=demand,
        round=round_,
        form=form,
        articles=shown,
        items=items,
        complete=completeness(shown, items),
        approving=rules.objections_to_approving(demand, round_, current_user.id, now=now, contact=contact),
        deciding=rules.objections_to_deciding(demand, round_, now=now, contact=contact),
        history=history_of("demand", demand.id, HISTORY_LENGTH),
    )


@blueprint.post("/<int:round_id>/<int:member_id>/approve")
def approve(round_id: int, member_id: int) -> Answer:
    """Release the demand to the procurement office."""
    demand = queries.own_demand_for(current_user, round_id, member_id)
    actions_approval.approve(demand, by=current_user, seen_version=request.form.get("version", type=int))
    flash(_("Der Bedarf ist freigegeben und eingereicht. Die Vergabestelle sieht ihn jetzt."), "success")
    return see_other(url_for("demand.entry", round_id=round_id, member_id=member_id))


@blueprint.post("/<int:round_id>/<int:member_id>/hand-back")
def hand_back(round_id: int, member_id: int) -> Answer:
    """Hand the demand back with a reason."""
    demand, form = queries.own_demand_for(current_user, round_id, member_id), ReturnForm()
    if form.validate_on_submit():
        seen = form.seen_version()
        returned = form.attempt(
            lambda: actions_approval.hand_back(demand, form.reason.data, by=current_user, seen_version=seen)
        )
        if returned is not None:
            flash(_("Der Bedarf ist zurückgegeben und kann geändert werden."), "success")
            return see_other(url_for("demand.entry", round_id=round_id, member_id=member_id))
    return _approval_page(demand, form), 422
