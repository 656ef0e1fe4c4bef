"""Pages of a member's objection to an allocation: raising it and answering it."""

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from procurement.allocation import actions_objections, queries, queries_objections
from procurement.allocation.forms import AnswerForm, ObjectionForm
from procurement.allocation.models import AllocationRun, MemberObjection
from procurement.allocation.routes import Answer, blueprint
from procurement.core.fragments import see_other
from procurement.members.models import Member
from procurement.members.queries import own_member

__all__ = ["blueprint"]
"""The application takes the blueprint from here, so that the pages of every module are registered."""


@blueprint.get("/<int:run_id>/objections/<int:member_id>")
def object_to(run_id: int, member_id: int) -> Answer:
    """What an objection means, and its form."""
    run = queries.run_for(current_user, run_id)
    return _objection_page(run, own_member(current_user, member_id), ObjectionForm(formdata=None))


@blueprint.post("/<int:run_id>/objections/<int:member_id>")
def raise_objection(run_id: int, member_id: int) -> Answer:
    """Open the case."""
    run, member, form = queries.run_for(current_user, run_id), own_member(current_user, member_id), ObjectionForm()
    if form.validate_on_submit():
        reason = form.reason.data
        made = form.attempt(lambda: actions_objections.raise_objection(run, member, reason, by=current_user))
        if made is not None:
            flash(_("Ihr Einwand ist eingegangen. Die Fälligkeit bleibt bestehen, bis er beantwortet ist."), "success")
            return see_other(url_for("allocation.show", run_id=run_id))
    return _objection_page(run, member, form), 422


def _objection_page(run: AllocationRun, member: Member, form: ObjectionForm) -> str:
    return render_template("allocation/object_to.html", run=run, member=member, form=form)


@blueprint.get("/<int:run_id>/cases/<int:case_id>")
def case(run_id: int, case_id: int) -> Answer:
    """A member's objection and the form of its answer."""
    run = queries.run_for(current_user, run_id)
    return _case_page(queries_objections.case_of(run, case_id), AnswerForm(formdata=None))


@blueprint.post("/<int:run_id>/cases/<int:case_id>")
def answer_objection(run_id: int, case_id: int) -> Answer:
    """Answer it; an accepted one goes on to the correction."""
    found, form = queries_objections.case_of(queries.run_for(current_user, run_id), case_id), AnswerForm()
    accept = "accept" in request.form
    if form.validate_on_submit():
        text, seen = form.answer.data, form.seen_version()
        answered = form.attempt(
            lambda: actions_objections.answer_objection(found, text, accept=accept, by=current_user, seen_version=seen)
        )
        if answered is not None:
            flash(_("Die Antwort ist gespeichert; das Mitglied sieht sie bei seiner Kostenaufteilung."), "success")
            return see_other(url_for("allocation.correct" if accept else "allocation.show", run_id=run_id))
    return _case_page(found, form), 422


def _case_page(found: MemberObjection, form: AnswerForm) -> str:
    form.version.data = found.version
    return render_template("allocation/case.html", case=found, run=found.run, form=form)
