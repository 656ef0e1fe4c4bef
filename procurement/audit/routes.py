"""The trail as a page with filters."""

from flask import Blueprint, render_template, request
from flask_login import current_user

from procurement.audit import queries
from procurement.audit.forms import TrailForm

blueprint = Blueprint("audit", __name__, url_prefix="/audit")


@blueprint.get("/")
def index() -> str:
    """The trail, newest first, with filters in the address so that a view can be shared."""
    form = TrailForm(request.args, meta={"csrf": False})
    page = queries.trail(form.wanted(), current_user.id, request.args.get("page", 1, type=int))
    filters = {name: value for name, value in request.args.items() if name != "page" and value}
    has_withheld = queries.has_withheld(current_user.id)
    return render_template("audit/index.html", form=form, page=page, filters=filters, has_withheld=has_withheld)
