"""Recording a merger or a new key of members."""

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from procurement.core import clock
from procurement.core.fragments import see_other
from procurement.members import actions_succession, queries, queries_own
from procurement.members.forms_membership import FIGURES, SuccessionForm
from procurement.members.membership import FigureSuggestion
from procurement.members.models import Member
from procurement.members.routes import Answer, blueprint


@blueprint.get("/succession")
def succession() -> str:
    """The form for the members named in the address, with their figures added up as a suggestion."""
    predecessors = _chosen(request.args.getlist("member", type=int))
    form = SuccessionForm(formdata=None)
    for name, suggestion in _suggestions(predecessors).items():
        form[name].data = suggestion.value
        form[f"{name}_on"].data, form[f"{name}_source"].data = suggestion.reference_date, suggestion.source
    if predecessors:
        form.kind.data, form.district.data = predecessors[0].kind, predecessors[0].district
        form.population_basis.data = predecessors[0].population_basis
    return _page(predecessors, form)


def _chosen(ids: list[int]) -> list[Member]:
    return [queries.member(member_id) for member_id in dict.fromkeys(ids)]


def _suggestions(predecessors: list[Member]) -> dict[str, FigureSuggestion]:
    found = {name: queries_own.suggestion_for(kind, predecessors) for name, kind in FIGURES.items()}
    return {name: suggestion for name, suggestion in found.items() if suggestion is not None}


def _page(predecessors: list[Member], form: SuccessionForm) -> str:
    chosen = {member.id for member in predecessors}
    return render_template(
        "members/succession.html",
        predecessors=predecessors,
        others=[m for m in queries.members(on=clock.today()) if m.id not in chosen and m.successor_id is None],
        form=form,
        suggestions=_suggestions(predecessors),
    )


@blueprint.post("/succession")
def record_succession() -> Answer:
    """Take the successor into the list."""
    predecessors, form = _chosen(request.form.getlist("member", type=int)), SuccessionForm()
    if form.validate_on_submit():
        made = form.attempt(
            lambda: actions_succession.succeed(predecessors, form.entry(), form.figures(), by=current_user)
        )
        if made is not None:
            flash(_("%(name)s ist als Nachfolger erfasst.", name=made.name), "success")
            return see_other(url_for("members.show", member_id=made.id))
    return _page(predecessors, form), 422
