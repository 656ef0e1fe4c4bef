"""Pages of what a value is held against: the watch of a round's value, and the rules in force on a day."""

from datetime import date

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from procurement.core import clock
from procurement.core.fragments import is_fragment, see_other
from procurement.demand.queries import round_for
from procurement.rulebook import subjects
from procurement.rulebook.rule import REFORM, VGV_IN_FORCE
from procurement.rulebook.subjects import Subject
from procurement.tenders import actions_watch, queries_watch
from procurement.tenders.routes import Answer, blueprint

LAST_YEAR = 2099


@blueprint.get("/rounds/<int:round_id>/watch")
def watch(round_id: int) -> str:
    """The value of a round's demand against the threshold, with its versions; also as a piece of the cockpit."""
    round_ = round_for(current_user, round_id)
    template = "tenders/_watch.html" if is_fragment() else "tenders/watch.html"
    return render_template(template, round=round_, view=queries_watch.view_of(round_))


@blueprint.post("/rounds/<int:round_id>/watch")
def watch_now(round_id: int) -> Answer:
    """Store the value as it is now."""
    round_ = round_for(current_user, round_id)
    made = actions_watch.estimate_round(round_, cause=actions_watch.ON_REQUEST, by=current_user)
    if made is None:
        flash(_("Der Wert hat sich seit der letzten Schätzung nicht geändert."), "info")
    else:
        flash(_("Der Wert ist neu geschätzt."), "success")
    return see_other(url_for("tenders.watch", round_id=round_id))


@blueprint.get("/rules")
def rules_in_force() -> str:
    """Every dated rule as it stood on a day, with all its versions and where each was read."""
    typed, chosen = request.args.get("on", ""), request.args.get("subject", "")
    on = _day(typed)
    subject = next((one for one in Subject if one.value == chosen), None)
    return render_template(
        "tenders/rules.html",
        on=on or clock.today(),
        is_unreadable=bool(typed) and on is None,
        typed=typed,
        subject=subject,
        subjects=list(Subject),
        listed=subjects.listed(on or clock.today(), subject),
        value_in_words=subjects.value_in_words,
        is_to_confirm=subjects.is_to_confirm,
        reform=REFORM,
    )


def _day(typed: str) -> date | None:
    """The day asked for; nothing for anything that is no day of the rulebook."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    return day if day >= VGV_IN_FORCE and day.year <= LAST_YEAR else None
