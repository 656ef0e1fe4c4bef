"""Pages of proposals: list, one proposal with its discussion, writing and changing it.

What is said and decided about a proposal is sent to :mod:`procurement.workgroup.routes_discussion`; a refused form
comes back on the page of the proposal with everything typed.
"""

from dataclasses import dataclass

from flask import Blueprint, flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from procurement.audit.models import AuditEntry
from procurement.audit.queries import history_of
from procurement.core.fragments import see_other
from procurement.values.objection import Objection
from procurement.workgroup import actions, queries, queries_announcements, rules
from procurement.workgroup.forms import ContributionForm, InterestForm, ProposalForm, ReasonForm
from procurement.workgroup.models import Interest, Proposal
from procurement.workgroup.voices import Voice, is_own

blueprint = Blueprint("workgroup", __name__, url_prefix="/workgroup")

Answer = str | Response | tuple[str, int]
REFUSED = 422
HISTORY_LENGTH = 20


@dataclass(frozen=True, slots=True)
class Refusals:
    """The form on the page of a proposal that was refused; the others are shown fresh."""

    contribution: ContributionForm | None = None
    interest: InterestForm | None = None
    withdrawal: ReasonForm | None = None
    refusal: ReasonForm | None = None


FRESH = Refusals()


@blueprint.get("/")
def index() -> str:
    """Proposals: own drafts, what is under discussion, what is over."""
    unread = queries_announcements.unread(current_user)
    return render_template("workgroup/index.html", lists=queries.proposals(current_user), unread=len(unread))


@blueprint.get("/proposals/new")
def new() -> str:
    """The form of a new proposal."""
    return render_template("workgroup/new.html", form=_proposal_form())


def _proposal_form(proposal: Proposal | None = None) -> ProposalForm:
    form = ProposalForm(obj=proposal)
    form.offer_voices(queries.voices_of(current_user))
    return form


@blueprint.post("/proposals")
def create() -> Answer:
    """Save a draft that only the author's side sees."""
    form = _proposal_form()
    if form.validate_on_submit():
        made = form.attempt(lambda: actions.propose(form.entry(), form.member_id, by=current_user))
        if made is not None:
            flash(_("Der Vorschlag ist als Entwurf gespeichert. Nur Ihre Seite sieht ihn."), "success")
            return see_other(url_for("workgroup.show", proposal_id=made.id))
    return render_template("workgroup/new.html", form=form), REFUSED


@blueprint.get("/proposals/<int:proposal_id>")
def show(proposal_id: int) -> str:
    """One proposal with who joins in and the discussion."""
    return proposal_page(queries.proposal_for(current_user, proposal_id))


def proposal_page(proposal: Proposal, refused: Refusals = FRESH) -> str:
    """The page of a proposal; a refused form is shown with its messages and input instead of a fresh one."""
    interests = queries.interests_of(proposal)
    owned = is_own(proposal.member_id, queries.voices_of(current_user))
    speaking = rules.objections_to_speaking(proposal)
    return render_template(
        "workgroup/show.html",
        account_id=current_user.id,
        proposal=proposal,
        interests=interests,
        counts=queries.counted(interests),
        contributions=queries.contributions_of(proposal),
        is_own=owned,
        own_members=queries.own_members(current_user),
        silent=_silent(interests),
        round_is_open_to_reader=queries.may_open(current_user, proposal.round),
        opening=rules.objections_to_discussing(proposal),
        contribution_form=refused.contribution or (None if speaking else contribution_form()),
        interest_form=refused.interest or (None if speaking else _fresh_interest_form(proposal)),
        withdrawal_form=refused.withdrawal or ReasonForm(formdata=None),
        refusal_form=refused.refusal or ReasonForm(formdata=None),
        refused=refused.contribution or refused.interest or refused.withdrawal or refused.refusal,
        history=_shown_history(proposal, is_own=owned),
    )


def _silent(interests: list[Interest]) -> list[Voice]:
    """The reader's own members that have said nothing about joining in."""
    said = {interest.member_id for interest in interests}
    return [voice for voice in queries.own_members(current_user) if voice.member_id not in said]


def contribution_form(*, is_sent: bool = False) -> ContributionForm | None:
    """The form for a contribution; nothing for those who only read."""
    voices = queries.voices_of(current_user)
    if not voices:
        return None
    form = ContributionForm() if is_sent else ContributionForm(formdata=None)
    form.offer_voices(voices)
    return form


def _fresh_interest_form(proposal: Proposal) -> InterestForm | None:
    """The form with what the member has said so far; with several members, of the one asked for or the first."""
    own = queries.own_members(current_user)
    if not own:
        return None
    wanted = request.args.get("member", type=int)
    voice = next((voice for voice in own if voice.member_id == wanted), own[0])
    stored = queries.interest_of(proposal, voice.member_id or 0)
    form = InterestForm(formdata=None, obj=stored)
    form.offer_voices([voice])
    form.version.data = stored.version if stored else 0
    return form


def _shown_history(proposal: Proposal, *, is_own: bool) -> list[AuditEntry]:
    """The trail of a proposal; what its draft once said stays with the author's side."""
    entries = history_of("proposal", proposal.id, HISTORY_LENGTH)
    since = proposal.discussed_at
    return [entry for entry in entries if is_own or (since is not None and entry.at >= since)]


@blueprint.get("/proposals/<int:proposal_id>/edit")
def edit(proposal_id: int) -> str:
    """The form of a proposal; only its author's side finds it."""
    proposal = queries.own_proposal(current_user, proposal_id)
    form = _proposal_form(proposal)
    return render_template("workgroup/edit.html", proposal=proposal, form=form, objections=_fixed(proposal))


def _fixed(proposal: Proposal) -> list[Objection]:
    return rules.objections_to_changing(proposal)


@blueprint.post("/proposals/<int:proposal_id>")
def update(proposal_id: int) -> Answer:
    """Change the texts."""
    proposal, form = queries.own_proposal(current_user, proposal_id), _proposal_form()
    if form.validate_on_submit():
        seen = form.seen_version()
        changed = form.attempt(
            lambda: actions.change_proposal(proposal, form.entry(), by=current_user, seen_version=seen)
        )
        if changed is not None:
            flash(_("Der Vorschlag ist gespeichert."), "success")
            return see_other(url_for("workgroup.show", proposal_id=proposal_id))
    form.version.data = proposal.version
    return render_template("workgroup/edit.html", proposal=proposal, form=form, objections=_fixed(proposal)), REFUSED


@blueprint.post("/proposals/<int:proposal_id>/discussion")
def open_discussion(proposal_id: int) -> Answer:
    """Show the proposal to everybody."""
    proposal = queries.proposal_for(current_user, proposal_id)
    actions.open_discussion(proposal, by=current_user, seen_version=request.form.get("version", type=int))
    flash(_("Der Vorschlag steht zur Diskussion. Alle Mitglieder sehen ihn jetzt."), "success")
    return see_other(url_for("workgroup.show", proposal_id=proposal_id))
