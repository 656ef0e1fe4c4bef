"""The page "Meine Kommune": who acts for the own member, substitutes, and whether a second person releases demands."""

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from procurement.core.fragments import see_other
from procurement.members import actions_approval, actions_delegation, queries, queries_own
from procurement.members.forms_own import DelegationForm
from procurement.members.models import Member
from procurement.members.routes import Answer, blueprint


@blueprint.get("/own")
def own() -> str:
    """Every member the account acts for."""
    return _own_page(None, DelegationForm(formdata=None))


def _own_page(refused_for: int | None, form: DelegationForm) -> str:
    """The page; ``form`` holds a refused substitution of the member with this number."""
    return render_template(
        "members/own.html",
        owned=queries_own.own_members(current_user),
        refused_for=refused_for,
        form=form,
        empty_form=DelegationForm(formdata=None),
    )


@blueprint.post("/own/<int:member_id>/approval")
def choose_approval(member_id: int) -> Answer:
    """Whether a second person releases what is submitted."""
    _choose(queries_own.own_member(current_user, member_id))
    return see_other(url_for("members.own"))


def _choose(member: Member) -> None:
    wanted, seen = request.form.get("wanted") == "1", request.form.get("version", type=int)
    actions_approval.choose_approval(member, wanted=wanted, by=current_user, seen_version=seen)
    words = _("Ab jetzt gibt eine zweite Person den Bedarf frei.") if wanted else _("Die zweite Freigabe ist aus.")
    flash(words, "success")


@blueprint.post("/<int:member_id>/approval")
def set_approval(member_id: int) -> Answer:
    """The same by the administration."""
    _choose(queries.member(member_id))
    return see_other(url_for("members.show", member_id=member_id))


@blueprint.post("/own/<int:member_id>/delegations")
def grant_delegation(member_id: int) -> Answer:
    """Name a substitute."""
    member, form = queries_own.own_member(current_user, member_id), DelegationForm()
    if form.validate_on_submit():
        made = form.attempt(lambda: actions_delegation.grant(member, form.email.data, form.entry(), by=current_user))
        if made is not None:
            flash(_("%(name)s ist als Vertretung eingetragen.", name=made.to_account.name), "success")
            return see_other(url_for("members.own"))
    return _own_page(member_id, form), 422


@blueprint.post("/own/delegations/<int:delegation_id>/revoke")
def revoke_delegation(delegation_id: int) -> Answer:
    """End a substitution at once."""
    actions_delegation.revoke(queries_own.own_delegation(current_user, delegation_id), by=current_user)
    flash(_("Die Vertretung ist beendet."), "success")
    return see_other(url_for("members.own"))
