"""Everybody's notes beside each other, criterion by criterion across all bids, and what the panel agrees on."""

from flask import flash, render_template, request, url_for
from flask_babel import ngettext
from flask_login import current_user

from procurement.core.fragments import see_other
from procurement.evaluation import actions_consensus, panel_rules, queries, queries_panel, rules
from procurement.evaluation.forms_panel import CellsForm, agreed_form
from procurement.evaluation.queries_panel import Comparison
from procurement.evaluation.routes import Answer, blueprint, frame
from procurement.tenders.models import Lot
from procurement.values.objection import Objection


@blueprint.get("/lots/<int:lot_id>/consensus")
def consensus(lot_id: int) -> Answer:
    """All notes on one criterion, once the last evaluator has submitted."""
    return _page(queries.rateable_lot(lot_id, current_user))


def _chosen(compared: Comparison) -> int:
    """The wanted criterion; else the first without points on record, else the first."""
    known = [criterion.id for criterion in compared.criteria]
    wanted = request.args.get("criterion", type=int)
    gaps = [cell.criterion.id for cell in compared.open]
    return next(iter(([wanted] if wanted in known else []) + gaps + known), 0)


def _objections(lot: Lot) -> list[Objection]:
    facts = queries.lot_facts(lot, queries.standing_decision(lot.id))
    agreeing = panel_rules.objections_to_agreeing(queries_panel.panel_facts(lot.tender, current_user))
    return agreeing or rules.objections_to_rating(facts)


def _page(lot: Lot, used: CellsForm | None = None) -> Answer:
    compared = queries_panel.comparison(lot)
    cells = compared.of(_chosen(compared))
    if used is not None:
        used.show_stored_versions(cells)
    page = render_template(
        "evaluation/consensus.html",
        frame=frame(lot.tender, "evaluation.panel"),
        tender=lot.tender,
        lot=lot,
        compared=compared,
        cells=cells,
        criterion=cells[0].criterion if cells else None,
        panel_facts=queries_panel.panel_facts(lot.tender, current_user),
        objections=_objections(lot),
        form=used or agreed_form(cells),
    )
    return page, used.status if used else 200


@blueprint.post("/lots/<int:lot_id>/consensus")
def agree(lot_id: int) -> Answer:
    """Record what the panel agreed on for one criterion."""
    lot = queries.rateable_lot(lot_id, current_user)
    compared = queries_panel.comparison(lot)
    form = agreed_form(compared.of(_chosen(compared)))
    if form.validate_on_submit():
        entries = form.agreed()
        saved = form.attempt(lambda: actions_consensus.agree(lot, entries, by=current_user))
        if saved is not None:
            return _saved(lot, len(saved))
    return _page(lot, form)


@blueprint.post("/lots/<int:lot_id>/consensus/unanimous")
def adopt_unanimous(lot_id: int) -> Answer:
    """Take over all points on which everybody agrees anyway."""
    lot = queries.rateable_lot(lot_id, current_user)
    return _saved(lot, len(actions_consensus.adopt_unanimous(lot, by=current_user)))


def _saved(lot: Lot, count: int) -> Answer:
    flash(ngettext("Ein Konsens ist festgehalten.", "%(num)s Ergebnisse sind festgehalten.", count), "success")
    return see_other(url_for("evaluation.consensus", lot_id=lot.id))
