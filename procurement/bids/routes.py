"""Pages about receiving bids: the tab "Angebote" of a tender, bidders, receipts, empty price sheets."""

from flask import Blueprint, flash, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from procurement.bids import actions, actions_opening, queries, queries_bid, queries_negotiation, queries_sheets, rules
from procurement.bids.actions import ReceivedFile
from procurement.bids.formal_check import is_late
from procurement.bids.forms import BidderForm, ReceiptForm, ReleaseForm, receipt_form
from procurement.bids.queries import ReadingNotLogged
from procurement.core import clock, downloads
from procurement.core.fragments import see_other
from procurement.core.permissions import Role
from procurement.tenders.lot_rules import worded
from procurement.tenders.models import Lot, Tender
from procurement.tenders.queries_lot_rules import lot_rules_of
from procurement.tenders.queries_page import PageFrame, frame_of, next_step_of

blueprint = Blueprint("bids", __name__, url_prefix="/bids")

Answer = str | Response | tuple[str, int]
REFUSED = 422


def frame(tender: Tender, section: str = "bids.index") -> PageFrame:
    """The frame of the tender's pages; a page below a section marks that section's tab."""
    return frame_of(tender, section)


@blueprint.app_errorhandler(ReadingNotLogged)
def offer_logging(error: ReadingNotLogged) -> Answer:
    """An auditor is offered to have the reading recorded, on whichever page of the bids, examination or evaluation."""
    return render_template("bids/log_reading.html", frame=frame(error.tender), tender=error.tender)


@blueprint.post("/<int:tender_id>/reading")
def log_reading(tender_id: int) -> Answer:
    """Record that an auditor reads the bids today, then show them."""
    actions.log_reading(queries.tender_with_bids(tender_id, current_user), by=current_user)
    return see_other(url_for("bids.index", tender_id=tender_id))


@blueprint.get("/<int:tender_id>")
def index(tender_id: int) -> Answer:
    """The bids of a tender: before the opening what came in, afterwards how they stand."""
    tender = queries.tender_with_bids(tender_id, current_user)
    if queries.is_opened(tender):
        return _opened_page(queries.readable_tender(tender_id, current_user))
    return sealed_page(tender, ReleaseForm())


def sealed_page(tender: Tender, form: ReleaseForm, status: int = 200) -> Answer:
    """Before the opening: receipts, price sheets, and after the deadline the two releases."""
    opening, facts = queries.opening_of(tender.id), actions_opening.opening_facts(tender, current_user)
    judge = rules.objections_to_second_release if opening else rules.objections_to_first_release
    page = render_template(
        "bids/index.html",
        frame=frame(tender),
        tender=tender,
        receipts=queries.receipts(tender, current_user),
        opening=opening,
        objections=judge(facts),
        named=queries.named_officers(tender.id),
        is_over=tender.bid_deadline_at is not None and is_late(clock.now(), tender.bid_deadline_at),
        is_receiving=tender.stage in rules.RECEIVING,
        is_officer=Role.OFFICER in current_user.roles,
        lot_rules=worded(lot_rules_of(tender.id)),
        form=form,
    )
    return page, status


def _opened_page(tender: Tender) -> Answer:
    lots, bids = queries_bid.lots_at_a_glance(tender), queries.standing_bids(tender.id)
    return render_template(
        "bids/opened.html",
        frame=frame(tender),
        tender=tender,
        next=next_step_of(tender),
        lots=lots,
        bids=bids,
        opening=queries.opening_for(tender),
        is_negotiated=queries_negotiation.is_negotiated(tender),
    )


@blueprint.get("/bidders")
def bidders() -> Answer:
    """Every bidder that was ever entered."""
    return render_template("bids/bidders.html", bidders=queries.bidders(), form=BidderForm())


@blueprint.post("/bidders")
def register_bidder() -> Answer:
    """Enter a bidder."""
    form = BidderForm()
    if form.validate_on_submit():
        bidder = form.attempt(lambda: actions.register_bidder(form.entry(), by=current_user))
        if bidder is not None:
            flash(_("%(name)s ist als Bieter erfasst.", name=bidder.name), "success")
            return see_other(url_for("bids.bidders"))
    return render_template("bids/bidders.html", bidders=queries.bidders(), form=form), REFUSED


def _receipt_form(tender: Tender) -> ReceiptForm:
    lots = [(lot.id, lot.number, lot.title) for lot in tender.lots]
    return receipt_form(lots, [(bidder.id, bidder.name) for bidder in queries.bidders()])


@blueprint.get("/<int:tender_id>/receipt")
def new(tender_id: int) -> Answer:
    """The form for a bid that came in."""
    tender = queries.tender_with_bids(tender_id, current_user)
    return render_template("bids/new.html", frame=frame(tender), tender=tender, form=_receipt_form(tender))


@blueprint.post("/<int:tender_id>/receipt")
def receive(tender_id: int) -> Answer:
    """Record a bid; its files are sealed in the same breath."""
    tender = queries.tender_with_bids(tender_id, current_user)
    form = _receipt_form(tender)
    if form.validate_on_submit():
        lots: dict[int | None, Lot] = {lot.id: lot for lot in tender.lots}
        files = [ReceivedFile(lots.get(lot_id), name, content) for lot_id, name, content in form.uploads()]
        bidder, proof, at = queries.bidder(form.bidder.data), form.proof.data, form.received_at.data or clock.now()
        receive_it = actions.receive_variant if form.is_variant.data else actions.receive_bid
        bid = form.attempt(lambda: receive_it(tender, bidder, files, at, by=current_user, proof=proof or ""))
        if bid is not None:
            flash(_("Angebot %(number)s ist verschlossen aufbewahrt.", number=bid.number), "success")
            return see_other(url_for("bids.show", bid_id=bid.id))
    return render_template("bids/new.html", frame=frame(tender), tender=tender, form=form), REFUSED


@blueprint.get("/price-sheet/<int:lot_id>")
def price_sheet(lot_id: int) -> Response:
    """The empty price sheet of a lot as bidders get it."""
    lot = queries.lot(lot_id, current_user)
    name = f"Preisblatt_{lot.tender.reference}_Los_{lot.number}.xlsx"
    return downloads.attachment(queries_sheets.empty_price_sheet(lot), name, downloads.XLSX)
