"""Pages of a member's lead after the round was closed: reporting late, taking back.

They stand here and not with the demand, because the tenders of the round decide what is still possible.
"""

from flask import current_app, flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from procurement.core.errors import NotFound
from procurement.core.fragments import see_other
from procurement.demand import actions_changes as demand_actions
from procurement.demand import changes as demand_rules
from procurement.demand import queries as demand_queries
from procurement.demand import queries_answers, queries_changes
from procurement.demand.grouping import by_category
from procurement.demand.models import Demand
from procurement.demand.states import ChangeState
from procurement.tenders import actions_changes, changes
from procurement.tenders import queries_changes as tender_changes
from procurement.tenders.forms_changes import ChoiceForm, LateForm, WithdrawForm, late_form
from procurement.tenders.routes import REFUSED, Answer, blueprint
from procurement.values.objection import Objection

CONTRACTS = "contracts.index"  # call-offs belong to contracts, which come later in the order of imports


def _back(demand: Demand) -> Response:
    return see_other(url_for("demand.entry", round_id=demand.round_id, member_id=demand.member_id))


@blueprint.get("/rounds/<int:round_id>/<int:member_id>/late")
def late(round_id: int, member_id: int) -> Answer:
    """The grid with a mandatory reason, or why it is too late and what else is possible (M3, M4)."""
    return _late(demand_queries.own_demand_for(current_user, round_id, member_id))


def _late_form(demand: Demand) -> LateForm:
    return late_form(queries_answers.articles_for(demand), queries_answers.entries_of(demand))


def _late(demand: Demand, form: LateForm | None = None) -> Answer:
    shown = form or _late_form(demand)
    shown.version.data = str(demand.version)
    return render_template(
        "demand/late.html",
        demand=demand,
        round=demand.round,
        form=shown,
        groups=by_category(queries_answers.articles_for(demand)),
        objections=_objections_to_late(demand),
        named=tender_changes.named_in_published(demand),
        open_demands=queries_changes.open_demands_of(demand.member_id),
        contracts=url_for(CONTRACTS) if CONTRACTS in current_app.view_functions else "",
        contact=queries_answers.contact_of(demand.round),
    ), REFUSED if form else 200


def _objections_to_late(demand: Demand) -> list[Objection]:
    found = demand_rules.objections_to_coming_late(demand.round.state, demand.state)
    return found or changes.objections_to_entering(tender_changes.tenders_of(demand.round_id))


@blueprint.post("/rounds/<int:round_id>/<int:member_id>/late")
def report_late(round_id: int, member_id: int) -> Answer:
    """Hand the late demand to the procurement office."""
    demand = demand_queries.own_demand_for(current_user, round_id, member_id)
    form = _late_form(demand)
    if form.validate_on_submit():
        seen, reason = form.seen_version(), form.reason.data or ""
        if form.attempt(
            lambda: actions_changes.report_late(demand, form.entries(), reason, by=current_user, seen_version=seen)
        ):
            flash(_("Ihre Nachmeldung liegt bei der Vergabestelle. Sie entscheidet mit Begründung."), "success")
            return _back(demand)
    return _late(demand, form)


@blueprint.post("/rounds/<int:round_id>/<int:member_id>/late/release")
def release_late(round_id: int, member_id: int) -> Answer:
    """Release the late demand as the member's second person."""
    demand = demand_queries.own_demand_for(current_user, round_id, member_id)
    waiting = queries_changes.pending_of(demand)
    if waiting is None:
        raise NotFound
    demand_actions.release_late(waiting, by=current_user)
    flash(_("Die Nachmeldung ist freigegeben. Die Vergabestelle kann jetzt entscheiden."), "success")
    return _back(demand)


@blueprint.get("/rounds/<int:round_id>/<int:member_id>/withdrawal")
def withdrawal(round_id: int, member_id: int) -> Answer:
    """Choose what to take back, then see what that means (M5)."""
    demand = demand_queries.own_demand_for(current_user, round_id, member_id)
    items = queries_changes.items_needed(demand)
    wanted = request.args.getlist("items", type=int)
    chosen = [item.id for item in items if item.id in wanted]
    form = WithdrawForm(formdata=None, data={"items": chosen})
    return _withdrawal(demand, form, chosen)


def _withdrawal(demand: Demand, form: WithdrawForm, chosen: list[int], status: int = 200) -> Answer:
    items = queries_changes.items_needed(demand)
    form.offer(items)
    form.version.data = str(demand.version)
    choice = ChoiceForm(formdata=None, data={"items": chosen})
    choice.offer(items)
    objections = _objections_to_withdrawal(demand, chosen)
    effect = tender_changes.effect_of_withdrawal(demand, chosen) if chosen and not objections else None
    own = [one for each in effect.tenders if (one := each.effect.cost_of(demand.member_id))] if effect else []
    affected = {each for one in effect.tenders for each in one.effect.affects_others} if effect else set()
    return render_template(
        "demand/withdraw.html",
        demand=demand,
        round=demand.round,
        form=form,
        choice=choice,
        items=items,
        chosen=chosen,
        is_whole=demand_rules.is_whole(chosen, [item.id for item in items]),
        objections=objections,
        own_costs=own,
        affects_others=bool(affected - {demand.member_id}),
        needs_approval=tender_changes.is_bound(demand),
    ), status


def _objections_to_withdrawal(demand: Demand, chosen: list[int]) -> list[Objection]:
    pending = queries_changes.pending_of(demand) is not None
    found = demand_rules.objections_to_withdrawing(demand.round.state, demand.state, is_pending=pending)
    every = chosen or [item.id for item in queries_changes.items_needed(demand)]
    tenders = tender_changes.tenders_of(demand.round_id)
    is_all_published = all(set(every) <= one.item_ids for one in tenders if one.is_published)
    if chosen or is_all_published:
        found += changes.objections_to_leaving(tenders, every, queries_answers.contact_of(demand.round))
    return found


@blueprint.post("/rounds/<int:round_id>/<int:member_id>/withdrawal")
def withdraw(round_id: int, member_id: int) -> Answer:
    """Take the chosen articles back, or ask the procurement office to let them go."""
    demand = demand_queries.own_demand_for(current_user, round_id, member_id)
    items = queries_changes.items_needed(demand)
    form = WithdrawForm()
    form.offer(items)
    chosen = [item for item in items if item.id in (form.items.data or [])]
    if form.validate_on_submit():
        seen, reason = form.seen_version(), form.reason.data or ""
        made = form.attempt(
            lambda: actions_changes.withdraw(demand, chosen, reason, by=current_user, seen_version=seen)
        )
        if made is not None:
            is_done = made.state is ChangeState.ACCEPTED
            done, asked = _("Die Rücknahme ist wirksam."), _("Die Vergabestelle entscheidet über Ihre Rücknahme.")
            flash(done if is_done else asked, "success")
            return _back(demand)
    return _withdrawal(demand, form, [item.id for item in chosen], REFUSED)
