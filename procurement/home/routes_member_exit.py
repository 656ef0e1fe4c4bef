"""A member's exit, with everything it has begun in sight; it stands here because a member knows nothing of tenders."""

from flask import flash, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from procurement.core.fragments import see_other
from procurement.home import queries_member_exit
from procurement.home.forms_member_exit import ExitForm
from procurement.home.routes import address, blueprint
from procurement.members import actions_exit, queries
from procurement.members.models import Member


@blueprint.get("/members/<int:member_id>/exit")
def member_exit(member_id: int) -> str:
    """What is open, and what the exit means."""
    member = queries.member(member_id)
    form = ExitForm(formdata=None)
    form.left_on.data = member.left_on
    return _page(member, form)


def _page(member: Member, form: ExitForm) -> str:
    form.version.data = str(member.version)
    commitments = queries_member_exit.open_commitments(member.id)
    return render_template("home/member_exit.html", member=member, form=form, commitments=commitments, address=address)


@blueprint.post("/members/<int:member_id>/exit")
def record_exit(member_id: int) -> str | Response | tuple[str, int]:
    """Record the exit."""
    member, form = queries.member(member_id), ExitForm()
    if form.validate_on_submit():
        begun = [commitment.in_words for commitment in queries_member_exit.open_commitments(member_id)]
        seen = form.seen_version()
        if form.attempt(lambda: actions_exit.leave(member, form.entry(), begun, by=current_user, seen_version=seen)):
            flash(_("Der Austritt von %(name)s ist erfasst.", name=member.name), "success")
            return see_other(url_for("members.show", member_id=member_id))
    return _page(member, form), 422
