"""The start page of each role."""

from flask import Blueprint, render_template

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def index() -> str:
    """What waits for the signed-in person."""
    return render_template("home/index.html")
