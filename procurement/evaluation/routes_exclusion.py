"""Excluding a bid: at once before any ranking, afterwards proposed by one officer and decided by another."""

from collections.abc import Callable

from flask import flash, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from procurement.bids import actions as bid_actions
from procurement.bids import queries as bids
from procurement.bids.models import Bid
from procurement.bids.rules import objections_to_excluding
from procurement.core.forms import BaseForm
from procurement.core.fragments import see_other
from procurement.evaluation import actions_exclusion, exclusion_rules, queries_exclusion
from procurement.evaluation.forms import ReasonForm
from procurement.evaluation.forms_exclusion import ExclusionProposalForm
from procurement.evaluation.models_exclusion import ExclusionProposal
from procurement.evaluation.routes import Answer, blueprint, frame
from procurement.examination.queries_bid import proposed_ground

SECTION = "examination.show"


@blueprint.get("/bids/<int:bid_id>/exclusion")
def new_exclusion(bid_id: int) -> Answer:
    """Ground and reason, filled with what was noted in the examination."""
    bid = bids.readable_bid(bid_id, current_user)
    norm, reason = proposed_ground(bid)
    shown = {"norm": norm, "reason": reason, "version": bid.version}
    return _new_page(bid, ExclusionProposalForm(formdata=None, data=shown))


def _new_page(bid: Bid, form: ExclusionProposalForm) -> str:
    facts = queries_exclusion.facts_of(bid)
    objections = objections_to_excluding(bid.tender.stage, bid.state, "-")
    if not objections and facts.was_evaluated:
        objections = exclusion_rules.objections_to_proposing_exclusion(facts, "-", "-")
    return render_template(
        "evaluation/new_exclusion.html",
        frame=frame(bid.tender, SECTION),
        bid=bid,
        form=form,
        was_evaluated=facts.was_evaluated,
        objections=objections,
        waiting=queries_exclusion.open_proposal(bid),
        lots=queries_exclusion.affected_lots(bid),
    )


@blueprint.post("/bids/<int:bid_id>/exclusion")
def propose_exclusion(bid_id: int) -> Answer:
    """Exclude at once while there is no ranking, else propose to."""
    bid, form = bids.readable_bid(bid_id, current_user), ExclusionProposalForm()
    if form.validate_on_submit():
        norm, reason, seen = form.norm.data, form.reason.data, form.seen_version()
        if bids.was_evaluated(bid.tender_id):
            made = form.attempt(
                lambda: actions_exclusion.propose_exclusion(bid, norm, reason, by=current_user, seen=seen)
            )
            if made is not None:
                flash(_("Der Ausschluss ist vorgeschlagen. Eine andere Person entscheidet."), "success")
                return see_other(url_for("evaluation.exclusion", exclusion_id=made.id))
        elif form.attempt(lambda: bid_actions.exclude_bid(bid, norm, reason, by=current_user, seen=seen)):
            flash(_("Angebot %(number)s ist ausgeschlossen.", number=bid.number), "success")
            return see_other(url_for("examination.bid", bid_id=bid.id))
    return _new_page(bid, form), form.status


@blueprint.get("/exclusions/<int:exclusion_id>")
def exclusion(exclusion_id: int) -> Answer:
    """The proposal; for the second person with the ranking that would result, afterwards with both rankings."""
    return _page(queries_exclusion.proposal(exclusion_id, current_user), {})


def _page(proposal: ExclusionProposal, typed: dict[str, BaseForm]) -> str:
    facts = queries_exclusion.answer_facts(proposal, current_user)
    fresh = {verb: ReasonForm(formdata=None, prefix=f"{verb}-", data={"version": proposal.version})
             for verb in ("confirm", "reject")}  # fmt: skip
    return render_template(
        "evaluation/exclusion.html",
        frame=frame(proposal.bid.tender, SECTION),
        proposal=proposal,
        bid=proposal.bid,
        forms=fresh | typed,
        form=next(iter(typed.values()), None),
        rankings=queries_exclusion.rankings(proposal, current_user),
        confirming=exclusion_rules.objections_to_confirming_exclusion(facts),
        rejecting=exclusion_rules.objections_to_answering_exclusion(facts),
        states=exclusion_rules.ExclusionState,
    )


@blueprint.post("/exclusions/<int:exclusion_id>/confirmation")
def confirm_exclusion(exclusion_id: int) -> Answer:
    """Confirm as another person; every affected lot is evaluated anew."""
    done = _("Das Angebot ist ausgeschlossen, die betroffenen Lose sind neu gewertet.")
    return _answer(exclusion_id, "confirm", actions_exclusion.confirm_exclusion, done)


@blueprint.post("/exclusions/<int:exclusion_id>/rejection")
def reject_exclusion(exclusion_id: int) -> Answer:
    """Reject as another person."""
    return _answer(exclusion_id, "reject", actions_exclusion.reject_exclusion, _("Das Angebot bleibt in der Wertung."))


def _answer(exclusion_id: int, verb: str, act: Callable[..., ExclusionProposal], done: str) -> Answer:
    proposal = queries_exclusion.proposal(exclusion_id, current_user)
    form = ReasonForm(prefix=f"{verb}-")
    if form.validate_on_submit():
        reason, seen = form.reason.data, form.seen_version()
        if form.attempt(lambda: act(proposal, reason, by=current_user, seen=seen)) is not None:
            flash(done, "success")
            return see_other(url_for("evaluation.exclusion", exclusion_id=exclusion_id))
    return _page(proposal, {verb: form}), form.status
