"""The tab "Wertung" of a tender: rankings, points with reasons, runs."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from procurement.bids.queries import readable_tender
from procurement.core.fragments import see_other
from procurement.evaluation import actions, queries, queries_page, queries_points, queries_takeover, rules
from procurement.evaluation.forms import RatingForm, rating_form
from procurement.evaluation.points_sheet import Choice, PointsSheet, choice, next_blank
from procurement.evaluation.queries import LotOffer
from procurement.tenders import queries_panel
from procurement.tenders.models import Lot, Tender
from procurement.tenders.queries_page import PageFrame, frame_of

blueprint = Blueprint("evaluation", __name__, url_prefix="/evaluation")

Answer = str | Response | tuple[str, int]


def frame(tender: Tender, section: str = "evaluation.show") -> PageFrame:
    """The frame of the tender's pages; a page below a section marks that section's tab."""
    return frame_of(tender, section)


@blueprint.get("/<int:tender_id>")
def show(tender_id: int) -> Answer:
    """The ranking of every lot with all intermediate figures."""
    tender = readable_tender(tender_id, current_user)
    lots = [queries_page.shown_lot(lot) for lot in tender.lots]
    next_step = queries_page.next_step(tender, lots)
    return render_template("evaluation/show.html", frame=frame(tender), tender=tender, lots=lots, next=next_step)


@blueprint.get("/lots/<int:lot_id>/points")
def points(lot_id: int) -> Answer:
    """Criteria × bidders, with one criterion or one bidder picked out to be filled; no prices here."""
    lot = queries.rateable_lot(lot_id, current_user)
    offers = queries.offers_of(lot)
    sheet = queries_points.points_sheet(lot, offers)
    chosen = _choice(sheet)
    return _points_page(lot, offers, sheet, rating_form(chosen.open_cells) if chosen else None)


def _choice(sheet: PointsSheet) -> Choice | None:
    wanted_criterion, wanted_bid = (request.args.get(name, type=int) for name in ("criterion", "bid"))
    return choice(sheet, wanted_criterion, wanted_bid)


def _points_page(lot: Lot, offers: Sequence[LotOffer], sheet: PointsSheet, form: RatingForm | None) -> str:
    return render_template(
        "evaluation/points.html",
        frame=frame(lot.tender),
        lot=lot,
        sheet=sheet,
        left_out=[offer for offer in offers if offer.exclusion is not None],
        chosen=_choice(sheet),
        has_panel=bool(queries_panel.panel_of(lot.tender_id)),
        earlier=len(queries_takeover.earlier_ratings(lot)),
        form=form,
        objections=rules.objections_to_rating(queries.lot_facts(lot, queries.standing_decision(lot.id))),
    )


@blueprint.post("/lots/<int:lot_id>/points")
def save_points(lot_id: int) -> Answer:
    """Save one criterion or one bidder and go on to the next with a blank cell."""
    lot = queries.rateable_lot(lot_id, current_user)
    offers = queries.offers_of(lot)
    chosen = _choice(queries_points.points_sheet(lot, offers))
    if chosen is None:
        return see_other(url_for("evaluation.points", lot_id=lot_id))
    form = rating_form(chosen.open_cells)
    if form.validate_on_submit():
        points, answers, figures = form.points(), form.answers(), form.figures()
        saved = form.attempt(lambda: actions.save_ratings(lot, points, answers, figures, by=current_user))
        if saved is not None:
            return _after_saving(lot, next_blank(queries_points.points_sheet(lot, offers), chosen), len(saved))
    sheet = queries_points.points_sheet(lot, offers)
    form.show_stored_versions(sheet.cells)
    return _points_page(lot, offers, sheet, form), form.status


def _after_saving(lot: Lot, following: dict[str, int] | None, saved: int) -> Response:
    if saved:
        flash(ngettext("Eine Angabe ist gespeichert.", "%(num)s Angaben sind gespeichert.", saved), "success")
    else:
        flash(_("Es war nichts zu speichern; alles steht schon so da."), "info")
    if following is None:
        has_panel = bool(queries_panel.panel_of(lot.tender_id))
        return see_other(url_for("evaluation.panel" if has_panel else "evaluation.show", tender_id=lot.tender_id))
    where: dict[str, Any] = {"lot_id": lot.id, **following}
    return see_other(url_for("evaluation.points", **where))


@blueprint.post("/lots/<int:lot_id>/runs")
def evaluate(lot_id: int) -> Answer:
    """Compute the lot from what is stored now."""
    lot = queries.lot(lot_id, current_user)
    run = actions.evaluate_in_order(lot, by=current_user)
    flash(_("Los %(lot)s ist gewertet (Wertung %(number)s).", lot=lot.number, number=run.number), "success")
    return see_other(url_for("evaluation.show", tender_id=lot.tender_id))


@blueprint.get("/runs/<int:run_id>")
def run(run_id: int) -> Answer:
    """One run as it was computed then, with the proof that it can be computed again."""
    shown = queries.run(run_id, current_user)
    return render_template(
        "evaluation/run.html",
        frame=frame(shown.lot.tender),
        run=shown,
        lot=shown.lot,
        runs=queries.runs_of(shown.lot_id),
        display=queries_page.display(shown),
        proof=queries.proof_of(shown),
        drawing=queries.drawing_of(shown),
    )
