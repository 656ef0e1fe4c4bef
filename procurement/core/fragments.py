"""Page or fragment: htmx asks for a piece of a page by header, everybody else gets the whole page."""

from flask import redirect, request
from werkzeug.wrappers import Response


def is_fragment() -> bool:
    """Whether htmx asks for a fragment; a plain request for the same address gets the full page."""
    return request.headers.get("HX-Request") == "true"


def see_other(address: str) -> Response:
    """Redirect after a change, so that reloading the next page repeats nothing."""
    return redirect(address, 303)
