"""The deadlines of the signed-in account as a calendar file; the address takes ``tender`` for one tender's only."""

from flask import request
from flask_login import current_user
from werkzeug.wrappers import Response

from procurement.core.calendars import calendar_file
from procurement.core.downloads import ICS, attachment
from procurement.home import queries_calendar
from procurement.home.routes import blueprint


@blueprint.get("/calendar.ics")
def calendar() -> Response:
    """Every deadline the account may see."""
    tender_id = request.args.get("tender", type=int)
    if tender_id is None:
        content = calendar_file("Fristen der IT-Beschaffung", queries_calendar.all_entries(current_user))
        return attachment(content, "Fristen.ics", ICS)
    title, entries = queries_calendar.tender_entries(current_user, tender_id)
    return attachment(calendar_file(title, entries), f"Fristen_Ausschreibung_{tender_id}.ics", ICS)
