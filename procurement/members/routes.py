"""Pages of this feature: sign-in and sign-out, members with their figures, accounts with their roles."""

from urllib.parse import urlsplit

from flask import Blueprint, render_template, request, session, url_for
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from procurement.core.fragments import see_other
from procurement.core.requests import keep_despite_refusal
from procurement.members import actions
from procurement.members.forms import SignInForm

blueprint = Blueprint("members", __name__, url_prefix="/members")

Answer = str | Response | tuple[str, int]


@blueprint.get("/login")
def login() -> Answer:
    """The sign-in page; somebody signed in already goes on to the start page."""
    if current_user.is_authenticated:
        return see_other(url_for("home.index"))
    return render_template("members/login.html", form=SignInForm())


@blueprint.post("/login")
def sign_in() -> Answer:
    """Sign in: a new server-side session, a new cookie, nothing taken over from before."""
    form = SignInForm()
    keep_despite_refusal()
    if form.validate_on_submit():
        started = form.attempt(
            lambda: actions.start_session(form.email.data, form.password.data, request.remote_addr or ""), keep=True
        )
        if started is not None:
            account, token = started
            session.clear()
            account.session_token = token
            login_user(account)
            return see_other(_safe_address(request.args.get("next")))
    return render_template("members/login.html", form=form), 422


@blueprint.post("/logout")
def logout() -> Answer:
    """End this browser's session on the server and forget its cookie."""
    actions.end_session(current_user, current_user.session_token)
    logout_user()
    session.clear()
    return see_other(url_for("members.login"))


def _safe_address(wanted: str | None) -> str:
    """Where to go after sign-in: only an address of this application."""
    parts = urlsplit(wanted or "")
    if wanted and wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme:
        return wanted
    return url_for("home.index")
