"""The start page: a section for each role the account holds."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, current_app, render_template, url_for
from flask_login import current_user

from procurement.core import clock, filters
from procurement.core.access import may
from procurement.core.endpoints import ENDPOINTS
from procurement.core.permissions import Role
from procurement.home import queries_administration, queries_audit, queries_lead, queries_office
from procurement.home.tasks import Task

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def index() -> str:
    """What waits for the signed-in person."""
    roles: frozenset[Role] = current_user.roles
    return render_template(
        "home/index.html",
        today=clock.today(),
        lead=queries_lead.lead_page(current_user) if Role.MEMBER_LEAD in roles else None,
        office=queries_office.office_page(current_user) if Role.OFFICER in roles else None,
        audit=queries_audit.audit_page() if Role.AUDITOR in roles else None,
        administration=queries_administration.administration_page() if Role.ADMINISTRATOR in roles else None,
        address=address,
        shown_tasks=shown_tasks,
    )


def address(endpoint: str, **values: Any) -> str:
    """Where a page is; empty when this installation lacks it or the reader may not open it."""
    if endpoint not in current_app.view_functions or endpoint not in ENDPOINTS or not may(ENDPOINTS[endpoint]):
        return ""
    return url_for(endpoint, **values)


def shown_tasks(tasks: Sequence[Task]) -> list[dict[str, str]]:
    """Tasks as the list of the page draws them; one whose page is not installed leads to the list of tenders."""
    return [
        {
            "label": task.label,
            "url": address(task.endpoint, **task.values) or address("tenders.index"),
            "note": " · ".join(part for part in (task.note, _until(task)) if part),
            "badge": task.badge,
            "tone": task.tone,
        }
        for task in tasks
    ]


def _until(task: Task) -> str:
    if task.until is None:
        return ""
    return f"{filters.moment(task.until)}, {filters.remaining(task.until)}"
