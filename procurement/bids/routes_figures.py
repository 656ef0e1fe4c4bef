"""The page of one bid's further figures in one lot, with the evaluation price they make."""

from flask import flash, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from procurement.bids import actions_figures, figures_entries, queries, queries_comparison, queries_figures
from procurement.bids.forms_figures import FiguresForm, figures_form
from procurement.bids.models import Bid
from procurement.bids.routes import REFUSED, Answer, blueprint, frame
from procurement.core.errors import NotFound
from procurement.core.fragments import see_other
from procurement.tenders.models import Lot


def _lot(bid: Bid, number: int) -> Lot:
    found = next((lot for lot in bid.tender.lots if lot.number == number), None)
    if found is None:
        raise NotFound
    return found


@blueprint.get("/bid/<int:bid_id>/lots/<int:number>/figures")
def figures(bid_id: int, number: int) -> Answer:
    """What the bid says besides its unit prices, version by version."""
    bid = queries.readable_bid(bid_id, current_user)
    lot = _lot(bid, number)
    form = figures_form(queries_figures.asked_figures(bid, lot), queries_figures.latest_of(bid, lot))
    return _page(bid, lot, form)


def _page(bid: Bid, lot: Lot, form: FiguresForm, status: int = 200) -> Answer:
    [standing] = queries_comparison.figures_in(lot, [bid])
    versions = queries_figures.versions_of(bid, lot)
    page = render_template(
        "bids/figures.html",
        frame=frame(bid.tender),
        tender=bid.tender,
        bid=bid,
        lot=lot,
        form=form,
        asked=queries_figures.asked_figures(bid, lot),
        price=queries_figures.evaluation_price_of(bid, lot, standing.evaluation_total),
        versions=[(version, figures_entries.worded(version.figures)) for version in versions],
        objections=figures_entries.objections_to_time(bid.tender.stage, bid.state),
    )
    return page, status


@blueprint.post("/bid/<int:bid_id>/lots/<int:number>/figures")
def enter_figures(bid_id: int, number: int) -> Answer:
    """Store them as the next version."""
    bid, form = queries.readable_bid(bid_id, current_user), FiguresForm()
    lot = _lot(bid, number)
    if form.validate_on_submit():
        entry, seen = form.entry(), form.seen_version()
        if form.attempt(lambda: actions_figures.enter_figures(bid, lot, entry, by=current_user, seen=seen)):
            flash(_("Die Preisangaben zu Angebot %(number)s sind erfasst.", number=bid.number), "success")
            return see_other(url_for("bids.show", bid_id=bid_id, lot=number))
    return _page(bid, lot, form, REFUSED)
