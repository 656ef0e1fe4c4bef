"""The opening by two officers and its record."""

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from procurement.bids import actions_opening, queries, queries_bid
from procurement.bids.forms import ReleaseForm
from procurement.bids.routes import REFUSED, Answer, blueprint, frame, sealed_page
from procurement.core.errors import NotFound
from procurement.core.fragments import see_other
from procurement.core.requests import keep_despite_refusal


@blueprint.post("/<int:tender_id>/opening")
def start_opening(tender_id: int) -> Answer:
    """Release as the first officer; a refused attempt stays on record."""
    tender, form = queries.tender_with_bids(tender_id, current_user), ReleaseForm()
    if form.validate_on_submit():
        password = form.password.data
        if form.attempt(lambda: actions_opening.start_opening(tender, current_user, password), keep=True):
            flash(_("Sie haben als erste Person freigegeben. Jetzt öffnet eine zweite Person."), "success")
            return see_other(url_for("bids.index", tender_id=tender_id))
        keep_despite_refusal()
    return sealed_page(tender, form, REFUSED)


@blueprint.post("/<int:tender_id>/opening/completion")
def complete_opening(tender_id: int) -> Answer:
    """Release as the second officer, which opens everything; a refused attempt stays on record."""
    tender, form = queries.tender_with_bids(tender_id, current_user), ReleaseForm()
    opening = queries.opening_for(tender)
    if form.validate_on_submit():
        password = form.password.data
        if form.attempt(lambda: actions_opening.complete_opening(opening, current_user, password), keep=True):
            flash(_("Die Angebote sind geöffnet und die Preisblätter eingelesen."), "success")
            return see_other(url_for("bids.index", tender_id=tender_id))
        keep_despite_refusal()
    return sealed_page(tender, form, REFUSED)


@blueprint.get("/<int:tender_id>/opening/record")
def opening_record(tender_id: int) -> Answer:
    """Who opened which bids when, with every checksum."""
    tender = queries.readable_tender(tender_id, current_user)
    number = request.args.get("round", 1, type=int)
    opening = queries.opening_for(tender, number)
    if opening.second_at is None:
        raise NotFound
    bids = queries_bid.recorded_bids(tender, number)
    return render_template("bids/opening_record.html", frame=frame(tender), tender=tender, opening=opening, bids=bids)
