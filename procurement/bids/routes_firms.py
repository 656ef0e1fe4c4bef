"""The page of the firms of a procedure: who is registered, and who was told what by which way."""

from flask import flash, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from procurement.bids import actions_firms, queries, queries_firms
from procurement.bids.forms_firms import FirmForm
from procurement.bids.routes import REFUSED, Answer, blueprint, frame
from procurement.core import clock
from procurement.core.fragments import see_other
from procurement.tenders import queries as tenders
from procurement.tenders.models import Tender
from procurement.tenders.question_rules import objections_to_time


@blueprint.get("/<int:tender_id>/firms")
def firms(tender_id: int) -> Answer:
    """The firms registered for a procedure and every message to them."""
    return _page(tenders.tender_for(current_user, tender_id))


def _page(tender: Tender, form: FirmForm | None = None) -> Answer:
    shown = form or FirmForm(formdata=None)
    shown.offer(queries_firms.firms_to_register(tender.id))
    page = render_template(
        "bids/firms.html",
        frame=frame(tender),
        tender=tender,
        registrations=queries_firms.registrations_of(tender.id),
        firms=queries_firms.firms_of(tender.id),
        notices=queries_firms.notices_of(tender.id),
        objections=objections_to_time(tender.stage, clock.now(), tender.published_at, tender.bid_deadline_at),
        form=shown,
    )
    return page, REFUSED if form else 200


@blueprint.post("/<int:tender_id>/firms")
def register_firm(tender_id: int) -> Answer:
    """Note that a firm wants to be informed."""
    tender, form = tenders.tender_for(current_user, tender_id), FirmForm()
    form.offer(queries_firms.firms_to_register(tender_id))
    if form.validate_on_submit():
        firm = queries.bidder(form.bidder.data)
        if form.attempt(lambda: actions_firms.register_firm(tender, firm, by=current_user)):
            flash(_("%(name)s wird ab jetzt über alles unterrichtet.", name=firm.name), "success")
            return see_other(url_for("bids.firms", tender_id=tender_id))
    return _page(tender, form)


@blueprint.post("/<int:tender_id>/firms/<int:notice_id>/informed")
def note_informed(tender_id: int, notice_id: int) -> Answer:
    """Note that a firm was informed by post."""
    notice = queries_firms.notice_of(tenders.tender_for(current_user, tender_id), notice_id)
    actions_firms.note_informed(notice, by=current_user)
    flash(_("Die Unterrichtung von %(name)s ist vermerkt.", name=notice.bidder.name), "success")
    return see_other(url_for("bids.firms", tender_id=tender_id))


@blueprint.get("/<int:tender_id>/firms/open")
def firms_to_inform(tender_id: int) -> Answer:
    """A fragment for the tender's pages: how many firms are registered, and who is still to be told by post."""
    tender = tenders.tender_for(current_user, tender_id)
    return render_template(
        "bids/_firms_to_inform.html",
        tender=tender,
        firms=queries_firms.firms_of(tender.id),
        waiting=queries_firms.open_notices_of(tender.id),
    )
