"""Negotiated rounds: invitation, receipt of further bids, their opening by two officers, prices round by round."""

from flask import flash, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from procurement.bids import actions_negotiation, actions_opening, negotiation, queries, queries_negotiation, rules
from procurement.bids.actions import ReceivedFile
from procurement.bids.formal_check import is_late
from procurement.bids.forms import ReceiptForm, ReleaseForm, receipt_form
from procurement.bids.forms_negotiation import InvitationForm, invitation_form
from procurement.bids.models_negotiation import NegotiationRound
from procurement.bids.routes import REFUSED, Answer, blueprint, frame
from procurement.core import clock
from procurement.core.errors import NotFound
from procurement.core.forms import BaseForm
from procurement.core.fragments import see_other
from procurement.core.requests import keep_despite_refusal
from procurement.tenders.models import Lot, Tender


@blueprint.get("/<int:tender_id>/negotiation")
def negotiation_rounds(tender_id: int) -> Answer:
    """Every round with its prices, and the next invitation or what has come in."""
    return _page(queries.readable_tender(tender_id, current_user))


def _page(tender: Tender, used: BaseForm | None = None) -> Answer:
    """The page of the rounds; ``used`` is the form that was just refused."""
    facts, running = queries_negotiation.inviting_facts(tender), queries_negotiation.running_round(tender)
    opening = queries.opening_of(tender.id, running.number) if running else None
    judge = rules.objections_to_second_release if opening else rules.objections_to_first_release
    page = render_template(
        "bids/negotiation.html",
        frame=frame(tender),
        tender=tender,
        rounds=queries_negotiation.rounds(tender.id),
        running=running,
        lots=queries_negotiation.side_by_side(tender),
        receipts=queries.receipts(tender, current_user, running.number) if running else [],
        invited=queries_negotiation.invited_bids(running) if running else [],
        opening=opening,
        releasing=judge(actions_opening.opening_facts(tender, current_user)) if running else [],
        is_over=running is not None and is_late(clock.now(), running.deadline_at),
        objections=negotiation.objections_to_negotiating(facts),
        was_final=facts.was_final and facts.stage in negotiation.INVITING,
        form=used,
        release=used if isinstance(used, ReleaseForm) else ReleaseForm(formdata=None),
        invitation=used if isinstance(used, InvitationForm) else invitation_form(facts.candidates),
    )
    return page, REFUSED if used else 200


@blueprint.post("/<int:tender_id>/negotiation")
def invite(tender_id: int) -> Answer:
    """Invite to further bids; everybody chosen is written to."""
    tender, form = queries.readable_tender(tender_id, current_user), InvitationForm()
    form.offer(queries_negotiation.inviting_facts(tender).candidates)
    if form.validate_on_submit():
        entry = form.entry()
        if form.attempt(lambda: actions_negotiation.invite(tender, entry, by=current_user)):
            flash(_("Die Aufforderung ist versandt. Weitere Angebote gehen verschlossen ein."), "success")
            return see_other(url_for("bids.negotiation_rounds", tender_id=tender_id))
    return _page(tender, form)


def _running(tender: Tender) -> NegotiationRound:
    found = queries_negotiation.running_round(tender)
    if found is None:
        raise NotFound
    return found


def _receipt_form(tender: Tender) -> ReceiptForm:
    invited = queries_negotiation.invited_bids(_running(tender))
    lots = [(lot.id, lot.number, lot.title) for lot in tender.lots]
    form = receipt_form(lots, [(bid.id, f"{bid.shown_name} (Angebot {bid.number})") for bid in invited])
    del form.is_variant
    return form


@blueprint.get("/<int:tender_id>/negotiation/receipt")
def new_further(tender_id: int) -> Answer:
    """The form for a further bid that came in."""
    tender = queries.readable_tender(tender_id, current_user)
    return _receipt_page(tender, _receipt_form(tender))


def _receipt_page(tender: Tender, form: ReceiptForm, status: int = 200) -> Answer:
    running = _running(tender)
    return render_template("bids/new.html", frame=frame(tender), tender=tender, form=form, running=running), status


@blueprint.post("/<int:tender_id>/negotiation/receipt")
def receive_further(tender_id: int) -> Answer:
    """Record a further bid; its files are sealed in the same breath."""
    tender = queries.readable_tender(tender_id, current_user)
    form = _receipt_form(tender)
    if form.validate_on_submit():
        lots: dict[int | None, Lot] = {lot.id: lot for lot in tender.lots}
        files = [ReceivedFile(lots.get(lot_id), name, content) for lot_id, name, content in form.uploads()]
        earlier = next(bid for bid in queries_negotiation.invited_bids(_running(tender)) if bid.id == form.bidder.data)
        at, proof = form.received_at.data or clock.now(), form.proof.data or ""
        bid = form.attempt(
            lambda: actions_negotiation.receive_further_bid(earlier, files, at, by=current_user, proof=proof)
        )
        if bid is not None:
            flash(_("Angebot %(number)s ist verschlossen aufbewahrt.", number=bid.number), "success")
            return see_other(url_for("bids.negotiation_rounds", tender_id=tender_id))
    return _receipt_page(tender, form, REFUSED)


@blueprint.post("/<int:tender_id>/negotiation/opening")
def start_round_opening(tender_id: int) -> Answer:
    """Release the further bids as the first officer; a refused attempt stays on record."""
    tender, form = queries.readable_tender(tender_id, current_user), ReleaseForm()
    if form.validate_on_submit():
        password = form.password.data
        if form.attempt(lambda: actions_opening.start_opening(tender, current_user, password), keep=True):
            flash(_("Sie haben als erste Person freigegeben. Jetzt öffnet eine zweite Person."), "success")
            return see_other(url_for("bids.negotiation_rounds", tender_id=tender_id))
        keep_despite_refusal()
    return _page(tender, form)


@blueprint.post("/<int:tender_id>/negotiation/opening/completion")
def complete_round_opening(tender_id: int) -> Answer:
    """Release as the second officer, which opens the further bids and settles the round."""
    tender, form = queries.readable_tender(tender_id, current_user), ReleaseForm()
    opening = queries.opening_for(tender, _running(tender).number)
    if form.validate_on_submit():
        password = form.password.data
        if form.attempt(lambda: actions_opening.complete_opening(opening, current_user, password), keep=True):
            flash(_("Die weiteren Angebote sind geöffnet. Abgelöste Angebote bleiben lesbar."), "success")
            return see_other(url_for("bids.negotiation_rounds", tender_id=tender_id))
        keep_despite_refusal()
    return _page(tender, form)
