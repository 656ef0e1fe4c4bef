"""Pages of the departments: the lead's page of links and sums, and the public page behind a link.

The public page shows a round's articles and one department's own figures, nothing else. Its address is the secret, so
it is sent to no other page: of the address the browser tells only the origin, which the protection of forms wants to
see under https; with no referrer at all no answer could be saved there.
"""

from collections.abc import Mapping

from flask import Response, flash, make_response, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from procurement.core import clock
from procurement.core.fragments import see_other
from procurement.demand import actions_departments, queries, queries_answers, queries_departments, rules
from procurement.demand.actions_departments import Asked
from procurement.demand.departments import one_figure
from procurement.demand.forms_departments import DepartmentForm
from procurement.demand.forms_grid import GridForm, grid_form
from procurement.demand.models import Demand, DepartmentRequest
from procurement.demand.routes import Answer, blueprint

PRIVATE = {"Referrer-Policy": "strict-origin", "X-Robots-Tag": "noindex, nofollow, noarchive"}


@blueprint.get("/<int:round_id>/<int:member_id>/departments")
def departments(round_id: int, member_id: int) -> str:
    """Who was asked, what came in, and the sums per article."""
    demand = queries.own_demand_for(current_user, round_id, member_id)
    return _departments_page(demand, _department_form(demand))


def _department_form(demand: Demand) -> DepartmentForm:
    form = DepartmentForm(formdata=None)
    form.until.data = demand.round.deadline_at
    return form


def _departments_page(demand: Demand, form: DepartmentForm, asked: Asked | None = None) -> str:
    """The page; ``asked`` shows a link this once."""
    contact = queries_answers.contact_of(demand.round)
    return render_template(
        "demand/departments.html",
        demand=demand,
        round=demand.round,
        form=form,
        asked=asked,
        requests=queries_departments.requests_of(demand),
        sums=queries_departments.sums_of(demand),
        articles=queries_answers.articles_for(demand),
        objections=rules.objections_to_saving(demand, demand.round, now=clock.now(), contact=contact),
        now=clock.now(),
    )


@blueprint.post("/<int:round_id>/<int:member_id>/departments")
def ask_department(round_id: int, member_id: int) -> Answer:
    """Ask a department; the answer page shows the link this once, so it is no redirect."""
    demand, form = queries.own_demand_for(current_user, round_id, member_id), DepartmentForm()
    if form.validate_on_submit():
        asked = form.attempt(lambda: actions_departments.ask(demand, form.entry(), by=current_user))
        if asked is not None:
            return _departments_page(demand, _department_form(demand), asked)
    return _departments_page(demand, form), 422


@blueprint.post("/<int:round_id>/<int:member_id>/departments/<int:request_id>/remind")
def remind_department(round_id: int, member_id: int, request_id: int) -> Answer:
    """Send a new link."""
    demand = queries.own_demand_for(current_user, round_id, member_id)
    asked = actions_departments.remind(queries_departments.request_of(demand, request_id), by=current_user)
    return _departments_page(demand, _department_form(demand), asked)


@blueprint.post("/<int:round_id>/<int:member_id>/departments/<int:request_id>/revoke")
def revoke_department(round_id: int, member_id: int, request_id: int) -> Answer:
    """End a link."""
    demand = queries.own_demand_for(current_user, round_id, member_id)
    revoked = actions_departments.revoke(queries_departments.request_of(demand, request_id), by=current_user)
    flash(_("Der Link von %(department)s ist gesperrt.", department=revoked.department), "success")
    return see_other(url_for("demand.departments", round_id=round_id, member_id=member_id))


@blueprint.post("/<int:round_id>/<int:member_id>/departments/take-over")
def take_over_sums(round_id: int, member_id: int) -> Answer:
    """Write the sums into the own demand: those that are ticked, or all of them."""
    demand = queries.own_demand_for(current_user, round_id, member_id)
    chosen = None if "everything" in request.form else request.form.getlist("article", type=int)
    seen = request.form.get("version", type=int)
    taken = actions_departments.take_over(demand, chosen, by=current_user, seen_version=seen)
    flash(_("%(count)s Summen sind in Ihren Bedarf übernommen.", count=len(taken)), "success")
    return see_other(url_for("demand.departments", round_id=round_id, member_id=member_id))


@blueprint.get("/departments/<token>")
def department_report(token: str) -> Response:
    """What a colleague without an account fills in."""
    found = queries_departments.request_by_token(token)
    return _private(_report_page(token, found, _report_form(found)))


def _private(page: str, status: int = 200) -> Response:
    answer = make_response(page, status)
    answer.headers.update(PRIVATE)
    return answer


def _report_form(found: DepartmentRequest) -> GridForm:
    stored = queries_departments.entries_of(found)
    if not actions_departments.objections_to_answering(found):
        stored = {article_id: one_figure(entry) for article_id, entry in stored.items()}
    form = grid_form(queries_answers.articles_for(found.demand), stored)
    if not form.version.data:
        form.version.data = str(found.version)
    return form


def _report_page(token: str, found: DepartmentRequest, form: GridForm) -> str:
    context: Mapping[str, object] = {
        "token": token,
        "found": found,
        "round": found.demand.round,
        "member": found.demand.member,
        "form": form,
        "articles": form.articles,
        "objections": actions_departments.objections_to_answering(found),
    }
    return render_template("demand/department_report.html", **context)


@blueprint.post("/departments/<token>")
def save_department_report(token: str) -> Answer:
    """Save what the colleague typed."""
    found = queries_departments.request_by_token(token)
    form = _report_form(found)
    if form.validate_on_submit():
        seen = form.seen_version()
        saved = form.attempt(lambda: actions_departments.answer(token, form.entries(), seen_version=seen))
        if saved is not None:
            flash(_("Vielen Dank. Ihre Mengen sind gespeichert."), "success")
            return see_other(url_for("demand.department_report", token=token))
    return _private(_report_page(token, found, form), 422)
