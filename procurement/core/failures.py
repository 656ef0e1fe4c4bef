"""Answers to everything that goes wrong: one calm German page per status, a reference number for server faults."""

import logging
import secrets

from flask import Flask, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from procurement.core.db import db
from procurement.core.errors import ProcurementError, Withheld

PAGES = frozenset({400, 403, 404, 409, 422, 429, 500})
SENTENCES = {
    405: "Diese Adresse nimmt nur Formulare entgegen. Bitte öffnen Sie die Seite über die Navigation.",
    413: "Die Datei ist zu groß. Bitte eine kleinere Datei hochladen.",
}
log = logging.getLogger(__name__)


def page(status: int, message: str = "", reference: str = "") -> tuple[str, int]:
    """The page of a status; statuses without one of their own look like a bad request."""
    known = status if status in PAGES else 400
    return render_template(f"errors/{known}.html", message=message, reference=reference), status


def register(app: Flask) -> None:
    """Give every failure its answer."""

    @app.errorhandler(ProcurementError)
    def _expected(error: ProcurementError) -> tuple[str, int]:
        db.session.rollback()
        return page(error.status, error.message)

    @app.errorhandler(Withheld)
    def _withheld(error: Withheld) -> tuple[str, int]:
        db.session.rollback()
        url = url_for(error.endpoint, **error.values)
        return render_template(
            "errors/withheld.html", message=error.message, title=error.title, label=error.label, url=url
        ), error.status

    @app.errorhandler(CSRFError)
    def _forged(_error: CSRFError) -> tuple[str, int]:
        db.session.rollback()
        return page(
            400,
            "Das Formular ist abgelaufen oder stammt nicht von dieser Seite. Bitte neu laden und noch einmal absenden.",
        )

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> tuple[str, int]:
        db.session.rollback()
        return page(error.code or 500, SENTENCES.get(error.code or 500, ""))

    @app.errorhandler(Exception)
    def _unexpected(error: Exception) -> tuple[str, int]:
        db.session.rollback()
        if app.testing and not app.config.get("SHOW_FAILURES"):
            raise error
        reference = secrets.token_hex(4).upper()
        log.error("fault %s at %s", reference, request.path, exc_info=error)
        return page(500, reference=reference)
