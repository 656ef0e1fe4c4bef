"""One request, one transaction: a changing request commits once after a good answer, everything else rolls back.

The work is done around the view, not in ``after_request``, so that a failing commit is answered by the error handlers.
"""

from typing import Any

from flask import Flask, flash, g, redirect, request
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.wrappers import Response

from procurement.core import idempotency
from procurement.core.db import db, writing
from procurement.core.errors import Conflict

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
FIRST_BAD_STATUS = 400


def keep_despite_refusal() -> None:
    """Commit although the answer is a refusal: a failed sign-in or a forbidden attempt must stay on record."""
    g.keep_despite_refusal = True


def changes_nothing() -> None:
    """A form that only looks, such as a preview: nothing is committed, and its key stays good for the real step."""
    g.changes_nothing = True


class Application(Flask):
    """Flask with the transaction wrapped around each view."""

    def full_dispatch_request(self) -> Any:
        """Mark writers before the first statement, so that SQLite takes its lock at once."""
        if request.method in SAFE_METHODS or request.endpoint == "static":
            return super().full_dispatch_request()
        with writing():
            return super().full_dispatch_request()

    def dispatch_request(self) -> Any:
        if request.method in SAFE_METHODS or request.endpoint is None:
            return super().dispatch_request()
        try:
            return self._change()
        except (IntegrityError, StaleDataError) as error:
            db.session.rollback()
            raise Conflict from error
        except Exception:
            if g.get("keep_despite_refusal"):
                db.session.commit()
            raise

    def _change(self) -> Response:
        key = idempotency.key_of_request()
        account_id = current_user.id if current_user.is_authenticated else 0
        earlier = idempotency.earlier_answer(key, account_id) if account_id else None
        if earlier is not None:
            flash(_("Dieser Vorgang war bereits ausgeführt; es wurde nichts doppelt gespeichert."), "info")
            return redirect(earlier.location, 303)
        response: Response = self.make_response(super().dispatch_request())
        if g.get("changes_nothing"):
            db.session.rollback()
        elif response.status_code < FIRST_BAD_STATUS:
            if account_id:
                idempotency.remember(key, account_id, response.headers.get("Location") or request.referrer or "/")
            db.session.commit()
        elif g.get("keep_despite_refusal"):
            db.session.commit()
        else:
            db.session.rollback()
        return response
