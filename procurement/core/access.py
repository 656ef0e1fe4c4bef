"""Authorisation as a table: roles hold permissions, each endpoint names one permission, anything unnamed is denied.

Whether a person may see *this* tender or *that* member's demand is decided by the queries, which return only what the
person may see; a foreign thing therefore answers like one that does not exist.
"""

from flask import Flask, request
from flask_login import current_user
from werkzeug.wrappers import Response

from procurement.core.endpoints import ENDPOINTS
from procurement.core.errors import NotPermitted
from procurement.core.permissions import HOLDERS, Permission, Role


def permits(roles: frozenset[Role], permission: Permission) -> bool:
    """Whether any of the roles holds the permission."""
    return bool(roles & HOLDERS[permission])


def may(permission: Permission | str) -> bool:
    """Whether the signed-in account holds the permission; templates use it to offer only what is possible."""
    wanted = Permission(permission)
    if wanted is Permission.PUBLIC:
        return True
    if not current_user.is_authenticated:
        return False
    return wanted is Permission.SIGNED_IN or permits(current_user.roles, wanted)


def guard(app: Flask) -> None:
    """Check every request against the table before any view runs."""

    @app.before_request
    def _check_permission() -> Response | None:
        if request.endpoint is None:
            return None
        permission = ENDPOINTS.get(request.endpoint)
        if permission is Permission.PUBLIC:
            return None
        if not current_user.is_authenticated:
            unauthorised: Response = app.login_manager.unauthorized()  # type: ignore[attr-defined]
            return unauthorised
        if permission is None or not may(permission):
            raise NotPermitted(
                "Ihre Rolle darf diese Seite nicht öffnen. Bei Bedarf wenden Sie sich an die Administration."
            )
        return None

    app.jinja_env.globals["may"] = may
