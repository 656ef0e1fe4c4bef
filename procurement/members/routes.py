"""Pages about members and their figures, and the association's own entry."""

from flask import Blueprint, flash, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from procurement.audit.queries import history_of
from procurement.core.fragments import see_other
from procurement.members import actions, queries, queries_own
from procurement.members.forms import AssociationForm, FigureForm, MemberForm

blueprint = Blueprint("members", __name__, url_prefix="/members")

Answer = str | Response | tuple[str, int]


@blueprint.get("/")
def index() -> Answer:
    """All members with their latest figures."""
    former = queries_own.former_names()
    return render_template("members/index.html", members=queries.members_with_figures(), former=former)


@blueprint.get("/<int:member_id>")
def show(member_id: int) -> Answer:
    """One member with every recorded figure."""
    return _page_of(member_id, FigureForm())


def _page_of(member_id: int, form: FigureForm) -> str:
    member = queries.member(member_id)
    figures, entries = queries.figures_of(member_id), history_of("member", member_id)
    return render_template(
        "members/show.html",
        member=member,
        figures=figures,
        form=form,
        entries=entries,
        predecessors=queries_own.predecessors_of(member_id),
        successor=queries.member(member.successor_id) if member.successor_id else None,
    )


@blueprint.get("/new")
def new() -> Answer:
    """An empty form for a member."""
    return render_template("members/edit.html", form=MemberForm(), member=None)


@blueprint.post("/new")
def create() -> Answer:
    """Take a member into the list."""
    form = MemberForm()
    if form.validate_on_submit():
        member = form.attempt(lambda: actions.add_member(form.entry(), by=current_user))
        if member is not None:
            flash(_("%(name)s ist als Mitglied erfasst.", name=member.name), "success")
            return see_other(url_for("members.show", member_id=member.id))
    return render_template("members/edit.html", form=form, member=None), 422


@blueprint.get("/<int:member_id>/edit")
def edit(member_id: int) -> Answer:
    """The member's entry as a form."""
    member = queries.member(member_id)
    return render_template("members/edit.html", form=MemberForm(obj=member), member=member)


@blueprint.post("/<int:member_id>/edit")
def update(member_id: int) -> Answer:
    """Save the member's entry."""
    member, form = queries.member(member_id), MemberForm()
    if form.validate_on_submit():
        seen = form.seen_version()
        entry = form.entry(member.left_on)
        if form.attempt(lambda: actions.change_member(member, entry, by=current_user, seen_version=seen)):
            flash(_("Die Angaben zu %(name)s sind gespeichert.", name=member.name), "success")
            return see_other(url_for("members.show", member_id=member.id))
    return render_template("members/edit.html", form=form, member=member), 422


@blueprint.post("/<int:member_id>/figures")
def record_figure(member_id: int) -> Answer:
    """Record a dated figure."""
    member, form = queries.member(member_id), FigureForm()
    if form.validate_on_submit():
        figure = form.attempt(lambda: actions.record_figure(member, form.entry(), by=current_user))
        if figure is not None:
            flash(_("Die Kennzahl ist erfasst."), "success")
            return see_other(url_for("members.show", member_id=member_id))
    return _page_of(member_id, form), 422


@blueprint.get("/association")
def association() -> Answer:
    """The association's own entry: the letterhead of every document."""
    return render_template("members/association.html", form=AssociationForm(obj=queries.association()))


@blueprint.post("/association")
def update_association() -> Answer:
    """Save the association's entry; documents issued before keep what they say."""
    form = AssociationForm()
    if form.validate_on_submit():
        actions.set_up_association(form.name.data, form.short_name.data, by=current_user, **form.details())
        flash(_("Die Angaben des Verbands sind gespeichert."), "success")
        return see_other(url_for("members.index"))
    return render_template("members/association.html", form=form), 422
