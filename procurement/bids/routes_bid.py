"""One bid: its receipt while it is sealed, afterwards prices, findings and files, and the decisions about it."""

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from procurement.bids import (
    actions,
    actions_sheets,
    queries,
    queries_bid,
    queries_comparison,
    queries_figures,
    queries_negotiation,
    rules,
)
from procurement.bids.actions import ReceivedFile
from procurement.bids.formal_check import is_late
from procurement.bids.forms import CorrectedSheetForm, ExclusionForm, ExcuseForm
from procurement.bids.models import Bid
from procurement.bids.routes import REFUSED, Answer, blueprint, frame
from procurement.bids.states import BidState
from procurement.core import clock, downloads
from procurement.core.errors import NotFound
from procurement.core.forms import BaseForm
from procurement.core.fragments import see_other
from procurement.core.permissions import Role

ANY_FILE = "application/octet-stream"


@blueprint.get("/bid/<int:bid_id>")
def show(bid_id: int) -> Answer:
    """One bid; officers see the receipt of a sealed or withdrawn one, nobody sees more of it."""
    if Role.OFFICER in current_user.roles:
        bid = queries.sealed_bid(bid_id, current_user)
        if bid.state in {BidState.SEALED, BidState.WITHDRAWN}:
            return _receipt_page(bid)
    return _bid_page(queries.readable_bid(bid_id, current_user))


def _receipt_page(bid: Bid, form: ExcuseForm | None = None, status: int = 200) -> Answer:
    tender = bid.tender
    page = render_template(
        "bids/receipt.html",
        frame=frame(tender),
        tender=tender,
        bid=bid,
        receipt=queries.receipt_of(bid, current_user),
        objections=rules.objections_to_withdrawing(tender.stage, bid.state, clock.now(), bid.deadline_at),
        is_late=_is_late(bid),
        form=form or ExcuseForm(formdata=None, data={"version": bid.version}),
    )
    return page, status


def _is_late(bid: Bid) -> bool:
    deadline = bid.deadline_at
    return deadline is not None and is_late(bid.received_at, deadline)


def _bid_page(bid: Bid, used: BaseForm | None = None, status: int = 200) -> Answer:
    """The opened bid; ``used`` is the form that was just refused, the others are fresh."""
    tender = bid.tender
    number = request.args.get("lot", tender.lots[0].number if tender.lots else 0, type=int)
    lot = next((lot for lot in tender.lots if lot.number == number), None)
    if lot is None:
        raise NotFound
    standings = {glance.lot.number: glance.rows for glance in queries_bid.lots_at_a_glance(tender)}
    corrected = used if isinstance(used, CorrectedSheetForm) else CorrectedSheetForm(formdata=None)
    corrected.offer([(lot.id, f"Los {lot.number} {lot.title}") for lot in tender.lots])
    seen = {"version": bid.version}
    [figures] = queries_comparison.figures_in(lot, [bid])
    page = render_template(
        "bids/show.html",
        frame=frame(tender),
        tender=tender,
        bid=bid,
        prices=queries_bid.prices_of(bid, lot, request.args.get("offset", 0, type=int)),
        standings={at: row for at, rows in standings.items() for row in rows if row.bid.bid_id == bid.id},
        readings=queries_bid.readings_with_findings(bid),
        price=queries_figures.evaluation_price_of(bid, lot, figures.evaluation_total),
        exclusion=queries_comparison.exclusion(bid),
        successor=queries_negotiation.successor_of(bid),
        is_late=_is_late(bid),
        form=used,
        forms={
            "exclude": used if isinstance(used, ExclusionForm) else ExclusionForm(formdata=None, data=seen),
            "excuse": used if isinstance(used, ExcuseForm) else ExcuseForm(formdata=None, data=seen),
            "read_again": corrected,
        },
        objections={
            "exclude": rules.objections_to_excluding(tender.stage, bid.state, "-")
            or rules.objections_to_excluding_alone(was_evaluated=queries.was_evaluated(tender.id)),
            "excuse": rules.objections_to_excusing(tender.stage, bid.state, was_late=_is_late(bid), reason="-"),
            "read_again": rules.objections_to_reading_again(
                tender.stage, bid.state, was_evaluated=queries.was_evaluated(tender.id), reason="-"
            ),
        },
    )
    return page, status


@blueprint.post("/bid/<int:bid_id>/withdrawal")
def withdraw(bid_id: int) -> Answer:
    """Note that the bidder took the bid back."""
    bid = queries.sealed_bid(bid_id, current_user)
    actions.withdraw_bid(bid, by=current_user, seen=request.form.get("version", type=int))
    flash(_("Angebot %(number)s ist zurückgezogen.", number=bid.number), "success")
    return see_other(url_for("bids.index", tender_id=bid.tender_id))


@blueprint.post("/bid/<int:bid_id>/exclusion")
def exclude(bid_id: int) -> Answer:
    """Exclude an opened bid."""
    bid, form = queries.readable_bid(bid_id, current_user), ExclusionForm()
    if form.validate_on_submit():
        norm, reason, seen = form.norm.data, form.reason.data, form.seen_version()
        if form.attempt(lambda: actions.exclude_bid(bid, norm, reason, by=current_user, seen=seen)):
            flash(_("Angebot %(number)s ist ausgeschlossen.", number=bid.number), "success")
            return see_other(url_for("bids.show", bid_id=bid_id))
    return _bid_page(bid, form, REFUSED)


@blueprint.post("/bid/<int:bid_id>/excuse")
def excuse_late(bid_id: int) -> Answer:
    """Record that the bidder is not to blame for being late."""
    bid, form = queries.sealed_bid(bid_id, current_user), ExcuseForm()
    if form.validate_on_submit():
        reason, seen = form.reason.data, form.seen_version()
        if form.attempt(lambda: actions.excuse_late(bid, reason, by=current_user, seen=seen)):
            flash(_("Die Verspätung ist als nicht zu vertreten festgehalten."), "success")
            return see_other(url_for("bids.show", bid_id=bid_id))
    is_sealed = bid.state in {BidState.SEALED, BidState.WITHDRAWN}
    if is_sealed:
        return _receipt_page(bid, form, REFUSED)
    return _bid_page(queries.readable_bid(bid_id, current_user), form, REFUSED)


@blueprint.post("/bid/<int:bid_id>/price-sheet")
def read_again(bid_id: int) -> Answer:
    """Read a corrected price sheet; what was wrong with it is listed on the page of the bid."""
    bid, form = queries.readable_bid(bid_id, current_user), CorrectedSheetForm()
    lots = {lot.id: lot for lot in bid.tender.lots}
    form.offer([(lot.id, lot.title) for lot in lots.values()])
    if form.validate_on_submit():
        upload, reason = form.sheet.data, form.reason.data
        sheet = ReceivedFile(lots[form.lot.data], upload.filename, upload.read())
        reading = form.attempt(lambda: actions_sheets.read_sheet_again(bid, sheet, reason, by=current_user))
        if reading is not None:
            taken, refused = _("Die Preise sind ersetzt."), _("Nichts übernommen: Bitte die Feststellungen prüfen.")
            flash(taken if reading.was_taken_over else refused, "success" if reading.was_taken_over else "warning")
            return see_other(url_for("bids.show", bid_id=bid_id, lot=reading.lot.number))
    return _bid_page(bid, form, REFUSED)


@blueprint.get("/file/<int:file_id>")
def file(file_id: int) -> Response:
    """A file of an opened bid, as it was handed in."""
    found = queries.opened_file(file_id, current_user)
    return downloads.attachment(found.content or b"", found.filename, ANY_FILE)
