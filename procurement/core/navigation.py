"""Navigation per role: what a role comes for stands in the head of every page, what it also may open in the foot.

An entry is shown when its endpoint exists and the account may open it. All of them in the head would be ten for an
officer, five lines on a phone.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import current_app, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from procurement.core.access import may
from procurement.core.endpoints import ENDPOINTS
from procurement.core.permissions import Role


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
        "catalogue.index": _("Katalog"),
        "tenders.index": _("Ausschreibungen"),
        "allocation.index": _("Kosten") if is_lead_only else _("Kostenaufteilungen"),
        "contracts.index": _("Verträge"),
        "documents.index": _("Dokumente"),
        "members.index": _("Mitglieder"),
        "workgroup.index": _("Arbeitskreis"),
        "members.accounts": _("Benutzer"),
        "audit.index": _("Prüfpfad"),
        "home.operation": _("Betrieb"),
    }


_COMMON = frozenset({"home.index", "tenders.index", "allocation.index", "contracts.index"})
MAIN: Mapping[Role, frozenset[str]] = {
    Role.MEMBER_LEAD: _COMMON | {"demand.index", "workgroup.index"},
    Role.OFFICER: _COMMON | {"demand.index", "catalogue.index", "members.index", "workgroup.index"},
    Role.AUDITOR: _COMMON | {"documents.index", "audit.index"},
    Role.ADMINISTRATOR: frozenset({"home.index", "members.index", "members.accounts", "audit.index", "home.operation"}),
}


def entries() -> list[Entry]:
    """What the signed-in account finds in the head of every page; nobody signed in finds nothing."""
    return _entries(is_main=True)


def further_entries() -> list[Entry]:
    """What it finds in the foot: pages it may open but does not come for."""
    return _entries(is_main=False)


def _entries(*, is_main: bool) -> list[Entry]:
    if not current_user.is_authenticated:
        return []
    here = (request.endpoint or "").partition(".")[0]
    main = {"home.index"}.union(*(MAIN[role] for role in current_user.roles))
    return [
        Entry(title, url_for(endpoint), _is_current(endpoint, here))
        for endpoint, title in _titles().items()
        if (endpoint in main) is is_main and _is_open(endpoint)
    ]


def _is_open(endpoint: str) -> bool:
    return endpoint in current_app.view_functions and endpoint in ENDPOINTS and may(ENDPOINTS[endpoint])


def account_entries() -> list[Entry]:
    """What the account menu offers besides signing out."""
    if not current_user.is_authenticated:
        return []
    titles = {"members.own": _("Meine Kommune"), "members.password": _("Kennwort ändern")}
    return [
        Entry(title, url_for(endpoint), request.endpoint == endpoint)
        for endpoint, title in titles.items()
        if may(ENDPOINTS[endpoint])
    ]


def _is_current(endpoint: str, here: str) -> bool:
    if endpoint.startswith("home."):
        return request.endpoint == endpoint
    if endpoint.startswith("members."):
        return request.endpoint == endpoint or (endpoint == "members.index" and request.endpoint == "members.show")
    return endpoint.partition(".")[0] == here
