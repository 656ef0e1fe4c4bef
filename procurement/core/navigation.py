"""Main navigation per role; an entry is shown when its endpoint exists and the account may open it."""

from dataclasses import dataclass

from flask import current_app, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from procurement.core.access import ENDPOINTS, Role, may


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of the navigation."""

    label: str
    url: str
    is_current: bool


def _titles() -> dict[str, str]:
    roles: frozenset[Role] = current_user.roles
    is_lead_only = roles == {Role.MEMBER_LEAD}
    return {
        "home.index": _("Start"),
        "demand.index": _("Bedarf") if is_lead_only else _("Bedarfsrunden"),
        "tenders.index": _("Ausschreibungen"),
        "allocation.index": _("Kosten") if is_lead_only else _("Kostenaufteilungen"),
        "documents.index": _("Dokumente"),
        "members.index": _("Mitglieder"),
        "members.accounts": _("Benutzer"),
        "audit.index": _("Prüfpfad"),
    }


def entries() -> list[Entry]:
    """What the signed-in account finds in the head of every page; nobody signed in finds nothing."""
    if not current_user.is_authenticated:
        return []
    here = (request.endpoint or "").partition(".")[0]
    return [
        Entry(title, url_for(endpoint), _is_current(endpoint, here))
        for endpoint, title in _titles().items()
        if endpoint in current_app.view_functions and endpoint in ENDPOINTS and may(ENDPOINTS[endpoint])
    ]


def account_entries() -> list[Entry]:
    """What the account menu offers besides signing out."""
    if not current_user.is_authenticated:
        return []
    return [Entry(_("Kennwort ändern"), url_for("members.password"), request.endpoint == "members.password")]


def _is_current(endpoint: str, here: str) -> bool:
    if endpoint.startswith("members."):
        return request.endpoint == endpoint or (endpoint == "members.index" and request.endpoint == "members.show")
    return endpoint.partition(".")[0] == here
