"""Pages about accounts: sign-in and sign-out, the own password, and the administration of accounts and roles."""

from urllib.parse import urlsplit

from flask import flash, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user
from wtforms.fields.choices import SelectChoice

from procurement.audit.queries import history_of
from procurement.core.errors import NotFound
from procurement.core.fragments import see_other
from procurement.core.permissions import Role
from procurement.core.requests import keep_despite_refusal
from procurement.members import actions_accounts as actions
from procurement.members import queries
from procurement.members.demonstration import DEMONSTRATION_PASSWORD
from procurement.members.forms import AccountForm, OwnPasswordForm, ResetPasswordForm, RoleForm, SignInForm
from procurement.members.models import Account, Member
from procurement.members.routes import Answer, blueprint


@blueprint.get("/login")
def login() -> Answer:
    """The sign-in page; somebody signed in already goes on to the start page."""
    if current_user.is_authenticated:
        return see_other(url_for("home.index"))
    return _login_page(SignInForm())


def _login_page(form: SignInForm) -> str:
    return render_template(
        "members/login.html",
        form=form,
        demonstration=queries.demonstration_accounts(),
        demonstration_password=DEMONSTRATION_PASSWORD,
    )


@blueprint.post("/login")
def sign_in() -> Answer:
    """Sign in: a new server-side session, a new cookie, nothing taken over from before."""
    form = SignInForm()
    keep_despite_refusal()
    if form.validate_on_submit():
        email, password, address = form.email.data, form.password.data, request.remote_addr or ""
        started = form.attempt(lambda: actions.start_session(email, password, address), keep=True)
        if started is not None:
            signed_in, token = started
            signed_in.session_token = token
            session.clear()
            login_user(signed_in)
            return see_other(_safe_address(request.args.get("next")))
    return _login_page(form), 422


@blueprint.post("/logout")
def logout() -> Answer:
    """End this browser's session on the server and forget its cookie."""
    actions.end_session(current_user, current_user.session_token)
    logout_user()
    session.clear()
    return see_other(url_for("members.login"))


def _safe_address(wanted: str | None) -> str:
    """Where to go after sign-in: only an address of this application."""
    address = wanted or ""
    parts = urlsplit(address)
    is_local = address.startswith("/") and not address.startswith(("//", "/\\")) and not parts.netloc
    return address if is_local else url_for("home.index")


@blueprint.get("/password")
def password() -> Answer:
    """The form for changing the own password."""
    return render_template("members/password.html", form=OwnPasswordForm())


@blueprint.post("/password")
def change_password() -> Answer:
    """Change the own password and sign in anew everywhere."""
    form = OwnPasswordForm()
    if form.validate_on_submit():
        old, new = form.old_password.data, form.password.data
        if form.attempt(lambda: actions.change_password(current_user, old, new)):
            logout_user()
            session.clear()
            flash(_("Das Kennwort ist geändert. Bitte melden Sie sich mit dem neuen Kennwort an."), "success")
            return see_other(url_for("members.login"))
    return render_template("members/password.html", form=form), 422


@blueprint.get("/accounts")
def accounts() -> Answer:
    """All accounts with their roles."""
    return render_template("members/accounts.html", accounts=queries.accounts())


def _with_members(form: AccountForm | RoleForm) -> AccountForm | RoleForm:
    known = [SelectChoice(member.id, f"{member.name} ({member.key})") for member in queries.members()]
    form.member.choices = [SelectChoice(0, _("kein Mitglied")), *known]
    return form


def _chosen_member(form: AccountForm | RoleForm) -> Member | None:
    return queries.member(form.member.data) if form.member.data else None


@blueprint.get("/accounts/new")
def new_account() -> Answer:
    """An empty form for an account."""
    return render_template("members/new_account.html", form=_with_members(AccountForm()))


@blueprint.post("/accounts/new")
def create_account() -> Answer:
    """Create an account with its first role."""
    form = _with_members(AccountForm())
    if form.validate_on_submit():
        made = form.attempt(lambda: _made_account(form))
        if made is not None:
            flash(_("Das Benutzerkonto %(email)s ist angelegt.", email=made.email), "success")
            return see_other(url_for("members.account", account_id=made.id))
    return render_template("members/new_account.html", form=form), 422


def _made_account(form: AccountForm) -> Account:
    made = actions.create_account(form.name.data, form.email.data, form.password.data, by=current_user)
    if form.role.data:
        actions.assign_role(made, Role(form.role.data), _chosen_member(form), by=current_user)
    return made


@blueprint.get("/accounts/<int:account_id>")
def account(account_id: int) -> Answer:
    """One account with its roles, state and history."""
    return _account_page(account_id, RoleForm(), ResetPasswordForm())


def _account_page(account_id: int, role_form: RoleForm, password_form: ResetPasswordForm) -> str:
    return render_template(
        "members/account.html",
        shown=queries.account(account_id),
        form=_with_members(role_form),
        password_form=password_form,
        entries=history_of("account", account_id),
    )


@blueprint.post("/accounts/<int:account_id>/roles")
def assign_role(account_id: int) -> Answer:
    """Give the account a further role."""
    changed, form = queries.account(account_id), _with_members(RoleForm())
    if form.validate_on_submit() and form.attempt(
        lambda: actions.assign_role(changed, Role(form.role.data), _chosen_member(form), by=current_user)
    ):
        flash(_("Die Rolle ist zugewiesen."), "success")
        return see_other(url_for("members.account", account_id=account_id))
    return _account_page(account_id, form, ResetPasswordForm()), 422


@blueprint.post("/accounts/<int:account_id>/roles/<int:assignment_id>/remove")
def remove_role(account_id: int, assignment_id: int) -> Answer:
    """Take a role away."""
    found = [a for a in queries.account(account_id).assignments if a.id == assignment_id]
    if not found:
        raise NotFound
    actions.remove_role(found[0], by=current_user)
    flash(_("Die Rolle ist entzogen; die Person wurde überall abgemeldet."), "success")
    return see_other(url_for("members.account", account_id=account_id))


@blueprint.post("/accounts/<int:account_id>/state")
def set_active(account_id: int) -> Answer:
    """Close or reopen an account."""
    actions.set_active(queries.account(account_id), active=request.form.get("active") == "1", by=current_user)
    flash(_("Der Zustand des Kontos ist geändert."), "success")
    return see_other(url_for("members.account", account_id=account_id))


@blueprint.post("/accounts/<int:account_id>/password")
def reset_password(account_id: int) -> Answer:
    """Set a new password for somebody who forgot it."""
    changed, form = queries.account(account_id), ResetPasswordForm()
    if form.validate_on_submit() and form.attempt(
        lambda: actions.reset_password(changed, form.password.data, by=current_user)
    ):
        flash(_("Das neue Kennwort gilt; die Person wurde überall abgemeldet."), "success")
        return see_other(url_for("members.account", account_id=account_id))
    return _account_page(account_id, RoleForm(), form), 422
