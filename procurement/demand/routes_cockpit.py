"""What the procurement office follows while a round is open: reminders, who has opened it, its calendar file."""

from flask import flash, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from procurement.core.calendars import calendar_file
from procurement.core.downloads import ICS, attachment
from procurement.core.fragments import see_other
from procurement.demand import actions_reminders, queries, queries_calendar
from procurement.demand.actions_reminders import Reminded
from procurement.demand.routes import blueprint


@blueprint.get("/<int:round_id>/calendar.ics")
def calendar(round_id: int) -> Response:
    """The deadlines of one round as a calendar file."""
    round_, entries = queries_calendar.round_and_entries(current_user, round_id)
    return attachment(calendar_file(round_.title, entries), f"Fristen_{round_.reference}.ics", ICS)


@blueprint.post("/<int:round_id>/remind")
def remind(round_id: int) -> Response:
    """Write to the chosen members, or to everybody without an answer."""
    round_ = queries.round_for(current_user, round_id)
    chosen = None if "everybody" in request.form else request.form.getlist("member", type=int)
    _report(actions_reminders.remind(round_, chosen, by=current_user))
    return see_other(url_for("demand.show", round_id=round_id))


def _report(reminded: Reminded) -> None:
    if reminded.members:
        written = ngettext("Ein Mitglied wird erinnert.", "%(num)s Mitglieder werden erinnert.", len(reminded.members))
        flash(written, "success")
    if reminded.unreachable:
        names = ", ".join(reminded.unreachable)
        flash(_("Ohne Konto einer IT-Leitung und deshalb nicht erreichbar: %(names)s.", names=names), "warning")


@blueprint.post("/<int:round_id>/<int:member_id>/opened")
def mark_opened(round_id: int, member_id: int) -> Response:
    """Note that the member's own people have seen the round; the entry page sends it once by script."""
    demand = queries.demand_for(current_user, round_id, member_id)
    actions_reminders.mark_opened(demand, by=current_user)
    return Response(status=204)
