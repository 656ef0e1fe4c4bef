"""The tab "Zuschlag" of a tender: propose, confirm or reject, draw lots on a tie."""

from collections.abc import Callable
from dataclasses import replace

from flask import flash, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from procurement.bids.queries import readable_bid, readable_tender
from procurement.core.access import may
from procurement.core.forms import BaseForm
from procurement.core.fragments import see_other
from procurement.core.permissions import Permission
from procurement.evaluation import actions_award, queries, queries_page
from procurement.evaluation.forms import DecidingForm, DrawingForm, ProposalForm, ReasonForm, SingleBidForm
from procurement.evaluation.models import AwardDecision
from procurement.evaluation.queries import LotState
from procurement.evaluation.queries_decision import is_decided
from procurement.evaluation.queries_page import AwardLot
from procurement.evaluation.routes import Answer, blueprint, frame
from procurement.tenders.kinds import TenderStage
from procurement.tenders.models import Lot, Tender
from procurement.tenders.queries import officers_with_key
from procurement.tenders.queries_page import NextStep, next_step_of


@blueprint.get("/<int:tender_id>/award")
def award(tender_id: int) -> Answer:
    """Where the award of every lot stands, with the forms this reader may use."""
    return _award_page(readable_tender(tender_id, current_user), {})


def _award_page(tender: Tender, typed: dict[str, BaseForm]) -> str:
    """The page; ``typed`` holds the form that came back with errors under its name, all others are fresh."""
    lots = [queries_page.award_lot(lot, current_user) for lot in tender.lots]
    forms = {name: form for lot in lots for name, form in _forms(lot).items()} | typed
    return render_template(
        "evaluation/award.html",
        frame=frame(tender, "evaluation.award"),
        tender=tender,
        lots=lots,
        forms=forms,
        form=next(iter(typed.values()), None),
        next=_next_step(tender),
    )


def _next_step(tender: Tender) -> NextStep:
    """What the tender waits for; a button that leads here is left out, the forms stand below."""
    if tender.stage is TenderStage.AWARD_DECIDED and is_decided(tender):
        return _after_decision(tender)
    step = next_step_of(tender)
    here = url_for("evaluation.award", tender_id=tender.id)
    return replace(step, action=None) if step.action and step.action["url"] == here else step


def _after_decision(tender: Tender) -> NextStep:
    """Two people decided on every lot: bidders, register and award come next, on the tab beside."""
    url = url_for("awarding.show", tender_id=tender.id)
    action = {"label": _("Information und Zuschlag"), "url": url} if may(Permission.EVALUATION_MANAGE) else None
    text = _("Die Entscheidung steht. Jetzt die Bieter informieren, danach den Zuschlag erteilen.")
    return NextStep(text, who=_("Vergabestelle"), action=action)


def _forms(lot: AwardLot) -> dict[str, BaseForm]:
    """A fresh form for each thing that can be done with this lot, by verb and lot."""
    number, state = lot.lot.number, lot.state
    if state.decision is not None:
        version = {"version": state.decision.version}
        return {
            verb: ReasonForm(formdata=None, prefix=f"{verb}-", data=version)
            for verb in (f"confirm-{number}", f"reject-{number}")
        }
    shown = {"run": state.run.id if state.run else None, "bid": state.winner.bid_id if state.winner else None}
    return {
        f"propose-{number}": ProposalForm(formdata=None, prefix=f"propose-{number}-", data=shown),
        f"draw-{number}": _drawing_form(state, formdata=None),
        f"single-{number}": SingleBidForm(formdata=None, prefix=f"single-{number}-"),
    }


def _drawing_form(state: LotState, **options: object) -> DrawingForm:
    """The choices are the bids on rank 1 and the other officers."""
    shown = {"run": state.run.id if state.run else None}
    form = DrawingForm(prefix=f"draw-{state.lot.number}-", data=shown, **options)
    winners = [state.result.bid(bid_id) for bid_id in state.result.winners] if state.result else []
    others = [officer for officer in officers_with_key() if officer.id != current_user.id]
    form.offer([(bid.bid_id, bid.name) for bid in winners], others)
    return form


@blueprint.post("/lots/<int:lot_id>/drawing")
def draw(lot_id: int) -> Answer:
    """Put a drawing of lots between the bids on rank 1 on record."""
    lot = queries.lot(lot_id, current_user)
    form = _drawing_form(queries.lot_state(lot))
    if form.validate_on_submit():
        run, bid = queries.run(form.run.data, current_user), readable_bid(form.bid.data, current_user)
        second = next((officer for officer in officers_with_key() if officer.id == form.second.data), None)
        text = form.record.data
        if form.attempt(lambda: actions_award.record_drawing(run, bid, text, second, by=current_user)) is not None:
            flash(_("Der Losentscheid ist festgehalten."), "success")
            return see_other(url_for("evaluation.award", tender_id=lot.tender_id))
    return _refused(lot, "draw", form)


@blueprint.post("/lots/<int:lot_id>/single-bid")
def note_single_bid(lot_id: int) -> Answer:
    """Judge the price of the only bid of a lot before its award is proposed."""
    lot = queries.lot(lot_id, current_user)
    form = SingleBidForm(prefix=f"single-{lot.number}-")
    if form.validate_on_submit():
        price, market = form.plausibility.data, form.market.data
        if form.attempt(lambda: actions_award.note_single_bid(lot, price, market, by=current_user)) is not None:
            flash(_("Die Prüfung des einzigen Angebots ist festgehalten."), "success")
            return see_other(url_for("evaluation.award", tender_id=lot.tender_id))
    return _refused(lot, "single", form)


@blueprint.post("/lots/<int:lot_id>/award")
def propose(lot_id: int) -> Answer:
    """Propose the award of a lot."""
    lot = queries.lot(lot_id, current_user)
    form = ProposalForm(prefix=f"propose-{lot.number}-")
    if form.validate_on_submit():
        run, bid = queries.run(form.run.data, current_user), readable_bid(form.bid.data, current_user)
        reason = form.reason.data
        if form.attempt(lambda: actions_award.propose_award(lot, run, bid, reason, by=current_user)) is not None:
            flash(_("Der Zuschlag ist vorgeschlagen. Eine andere Person bestätigt ihn."), "success")
            return see_other(url_for("evaluation.award", tender_id=lot.tender_id))
    return _refused(lot, "propose", form)


@blueprint.post("/decisions/<int:decision_id>/confirm")
def confirm(decision_id: int) -> Answer:
    """Confirm a proposal as the second person."""
    return _answer(decision_id, "confirm", actions_award.confirm_award)


@blueprint.post("/decisions/<int:decision_id>/reject")
def reject(decision_id: int) -> Answer:
    """Reject a proposal as the second person."""
    return _answer(decision_id, "reject", actions_award.reject_award)


def _answer(decision_id: int, verb: str, act: Callable[..., AwardDecision]) -> Answer:
    decision = queries.decision(decision_id, current_user)
    lot = decision.lot
    form = ReasonForm(prefix=f"{verb}-{lot.number}-")
    if form.validate_on_submit():
        reason, seen = form.reason.data, form.seen_version()
        answered = form.attempt(lambda: act(decision, reason, by=current_user, seen_version=seen))
        if answered is not None:
            words = {"number": lot.number, "state": answered.state.label}
            flash(_("Zuschlag für Los %(number)s: %(state)s.", **words), "success")
            return see_other(url_for("evaluation.award", tender_id=lot.tender_id))
    return _refused(lot, verb, form)


def _refused(lot: Lot, verb: str, form: DecidingForm) -> tuple[str, int]:
    return _award_page(lot.tender, {f"{verb}-{lot.number}": form}), form.status
