"""What is said about a proposal and what is decided: contributions, interest, withdrawal, refusal, acceptance."""

from datetime import datetime, time, timedelta

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from procurement.core import clock
from procurement.core.errors import NotFound
from procurement.core.fragments import is_fragment, see_other
from procurement.members.queries import members as all_members
from procurement.workgroup import actions, actions_decision, queries, rules
from procurement.workgroup.forms import AcceptanceForm, InterestForm, ReasonForm
from procurement.workgroup.models import Proposal
from procurement.workgroup.routes import REFUSED, Answer, Refusals, blueprint, contribution_form, proposal_page
from procurement.workgroup.states import Stance

USUAL_PERIOD = timedelta(days=28)
NOON = time(12, 0)


@blueprint.post("/proposals/<int:proposal_id>/contributions")
def contribute(proposal_id: int) -> Answer:
    """Say something in the discussion."""
    proposal, form = queries.proposal_for(current_user, proposal_id), contribution_form(is_sent=True)
    if form is None:
        raise NotFound
    if form.validate_on_submit():
        text = form.text.data or ""
        made = form.attempt(lambda: actions.contribute(proposal, text, form.member_id, by=current_user))
        if made is not None:
            flash(_("Ihr Beitrag steht in der Diskussion."), "success")
            return see_other(url_for("workgroup.show", proposal_id=proposal_id, _anchor=f"contribution-{made.id}"))
    return proposal_page(proposal, Refusals(contribution=form)), REFUSED


@blueprint.post("/contributions/<int:contribution_id>/withdraw")
def retract(contribution_id: int) -> Answer:
    """Withdraw an own contribution."""
    contribution = queries.contribution_for(current_user, contribution_id)
    actions.retract(contribution, by=current_user)
    flash(_("Ihr Beitrag ist zurückgezogen. An seiner Stelle steht ein Hinweis."), "success")
    return see_other(url_for("workgroup.show", proposal_id=contribution.proposal_id, _anchor="discussion"))


@blueprint.post("/proposals/<int:proposal_id>/interest")
def state_interest(proposal_id: int) -> Answer:
    """Say for a member whether it joins in."""
    proposal, own, form = (
        queries.proposal_for(current_user, proposal_id),
        queries.own_members(current_user),
        InterestForm(),
    )
    if not own:
        raise NotFound
    form.offer_voices(own)
    if form.validate_on_submit():
        seen, member_id, entry = form.seen_version(), form.voice.data, form.entry()
        stated = form.attempt(
            lambda: actions.state_interest(proposal, member_id, entry, by=current_user, seen_version=seen)
        )
        if stated is not None:
            flash(_("Die Angabe „%(stance)s“ ist gespeichert.", stance=stated.stance.label), "success")
            return see_other(url_for("workgroup.show", proposal_id=proposal_id, _anchor="interest"))
        stored = queries.interest_of(proposal, member_id)
        form.version.data = stored.version if stored else 0
    return proposal_page(proposal, Refusals(interest=form)), REFUSED


@blueprint.post("/proposals/<int:proposal_id>/withdraw")
def withdraw(proposal_id: int) -> Answer:
    """Take an own proposal back."""
    proposal, form = queries.own_proposal(current_user, proposal_id), ReasonForm()
    if form.validate_on_submit():
        seen, reason = form.seen_version(), form.reason.data or ""
        if form.attempt(lambda: actions.withdraw(proposal, reason, by=current_user, seen_version=seen)) is not None:
            flash(_("Der Vorschlag ist zurückgezogen."), "success")
            return see_other(url_for("workgroup.show", proposal_id=proposal_id))
    form.version.data = proposal.version
    return proposal_page(proposal, Refusals(withdrawal=form)), REFUSED


@blueprint.post("/proposals/<int:proposal_id>/decline")
def decline(proposal_id: int) -> Answer:
    """Say no, with the reason."""
    proposal, form = queries.proposal_for(current_user, proposal_id), ReasonForm()
    if form.validate_on_submit():
        seen, reason = form.seen_version(), form.reason.data or ""
        declined = form.attempt(lambda: actions_decision.decline(proposal, reason, by=current_user, seen_version=seen))
        if declined is not None:
            flash(_("Der Vorschlag ist abgelehnt. Die Begründung steht auf seiner Seite."), "success")
            return see_other(url_for("workgroup.show", proposal_id=proposal_id))
    form.version.data = proposal.version
    return proposal_page(proposal, Refusals(refusal=form)), REFUSED


@blueprint.get("/proposals/<int:proposal_id>/acceptance")
def acceptance(proposal_id: int) -> str:
    """The demand round that would come out of the proposal, filled in as far as it is known."""
    proposal = queries.proposal_for(current_user, proposal_id)
    noon = datetime.combine(clock.today() + USUAL_PERIOD, NOON)
    suggested = {
        "reference": queries.free_reference(),
        "title": proposal.title,
        "description": _description(proposal),
        "deadline_at": clock.from_berlin(noon),
    }
    return _acceptance_page(proposal, _offering_members(AcceptanceForm(data=suggested), proposal))


def _description(proposal: Proposal) -> str:
    source = _("Aus dem Arbeitskreis, Vorschlag „%(title)s“.", title=proposal.title)
    return "\n\n".join(part for part in (source, proposal.problem, proposal.solution) if part)


def _offering_members(form: AcceptanceForm, proposal: Proposal) -> AcceptanceForm:
    """All members of today; who joins in or may join in is ticked."""
    interested = {one.member_id for one in queries.interests_of(proposal) if one.stance is not Stance.NONE}
    form.offer_members(all_members(on=clock.today()), interested)
    return form


def _acceptance_page(proposal: Proposal, form: AcceptanceForm) -> str:
    interests = queries.interests_of(proposal)
    return render_template(
        "workgroup/acceptance.html",
        proposal=proposal,
        form=form,
        counts=queries.counted(interests),
        objections=rules.objections_to_deciding(proposal),
    )


@blueprint.post("/proposals/<int:proposal_id>/acceptance")
def accept(proposal_id: int) -> Answer:
    """Make the demand round and invite the ticked members."""
    proposal = queries.proposal_for(current_user, proposal_id)
    form = _offering_members(AcceptanceForm(), proposal)
    if form.validate_on_submit():
        seen, reason = form.seen_version(), form.reason.data or ""
        accepted = form.attempt(
            lambda: actions_decision.accept(
                proposal, form.entry(), form.chosen(), reason, by=current_user, seen_version=seen
            )
        )
        if accepted is not None:
            flash(_("Aus dem Vorschlag ist eine Bedarfsrunde geworden. Als Nächstes kommen ihre Artikel."), "success")
            return see_other(url_for("workgroup.show", proposal_id=proposal_id))
    return _acceptance_page(proposal, form), REFUSED


@blueprint.get("/rounds/<int:round_id>")
def origin(round_id: int) -> Answer:
    """Where a demand round came from: one line for the page of the round; by itself it leads to the proposal."""
    proposal = queries.proposal_of_round(current_user, round_id)
    if is_fragment():
        return render_template("workgroup/_origin.html", proposal=proposal)
    if proposal is None:
        raise NotFound
    return redirect(url_for("workgroup.show", proposal_id=proposal.id))
