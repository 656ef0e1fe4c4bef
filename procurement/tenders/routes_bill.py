"""Pages of the bill of quantities: lots, lines with their lineage, estimated prices."""

from flask import request
from flask_babel import gettext as _
from flask_login import current_user

from procurement.core.forms import BaseForm
from procurement.tenders import actions_bill, queries, queries_bill, rules
from procurement.tenders.forms import ChangeLotForm, JoinLotsForm, JointLineForm, LotForm, LotsPage, estimates_form
from procurement.tenders.models import Tender
from procurement.tenders.routes import REFUSED, Answer, blueprint, done, page


def _lots(tender: Tender, lot_id: int | None = None, **refused: BaseForm) -> Answer:
    """The page of the lots, open at one of them; ``refused`` is the form that is shown again with its errors."""
    lots = queries_bill.lots_of(tender.id)
    shown = next((lot for lot in lots if lot.id == lot_id), lots[0] if lots else None)
    lines = queries_bill.line_page(shown.id if shown else 0, request.args.get("page", 1, type=int))
    forms = LotsPage(shown, lots, lines.lines, refused)
    form, status = next(iter(refused.values()), None), REFUSED if refused else 200
    norm = rules.lots_norm(tender.procedure_started_on)
    return page("lots", tender, status, lots=lots, lot=shown, lines=lines, forms=forms, form=form, lots_norm=norm)


@blueprint.get("/<int:tender_id>/lots")
def lots(tender_id: int) -> Answer:
    """The lots, and the lines of one of them with their lineage."""
    return _lots(queries.tender_for(current_user, tender_id), request.args.get("lot", type=int))


@blueprint.post("/<int:tender_id>/lots")
def add_lot(tender_id: int) -> Answer:
    """Add an empty lot."""
    tender, form = queries.tender_for(current_user, tender_id), LotForm(prefix="new_lot")
    if form.validate_on_submit():
        made = form.attempt(lambda: actions_bill.add_lot(tender, form.title.data, by=current_user))
        if made is not None:
            return done(_("Das Los ist angelegt."), "lots", tender_id, lot=made.id)
    return _lots(tender, new_lot=form)


@blueprint.post("/<int:tender_id>/lots/<int:lot_id>")
def rename_lot(tender_id: int, lot_id: int) -> Answer:
    """Change a lot's name and the reason why it is not divided further."""
    tender, form = queries.tender_for(current_user, tender_id), ChangeLotForm(prefix="lot")
    lot = queries.lot_of(tender, lot_id)
    if form.validate_on_submit() and form.attempt(
        lambda: actions_bill.rename_lot(lot, form.title.data, form.merging_reason.data or "", by=current_user)
    ):
        return done(_("Das Los ist geändert."), "lots", tender_id, lot=lot_id)
    return _lots(tender, lot_id, change_lot=form)


@blueprint.post("/<int:tender_id>/lots/<int:lot_id>/join")
def join_lots(tender_id: int, lot_id: int) -> Answer:
    """Dissolve a lot into another one, with the reason."""
    tender, form = queries.tender_for(current_user, tender_id), JoinLotsForm(prefix="join")
    lot = queries.lot_of(tender, lot_id)
    form.offer(queries_bill.lots_of(tender_id), lot_id)
    if form.validate_on_submit():
        into = queries.lot_of(tender, form.into.data)
        if form.attempt(lambda: actions_bill.join_lots(lot, into, form.reason.data, by=current_user)):
            return done(_("Die Lose sind zusammengefasst."), "lots", tender_id, lot=into.id)
    return _lots(tender, lot_id, join_lots=form)


@blueprint.post("/<int:tender_id>/lots/<int:lot_id>/remove")
def remove_lot(tender_id: int, lot_id: int) -> Answer:
    """Dissolve an empty lot."""
    tender = queries.tender_for(current_user, tender_id)
    actions_bill.remove_lot(queries.lot_of(tender, lot_id), by=current_user)
    return done(_("Das Los ist aufgelöst."), "lots", tender_id)


@blueprint.post("/<int:tender_id>/lots/<int:lot_id>/lines")
def add_joint_line(tender_id: int, lot_id: int) -> Answer:
    """Add a line that no member asked for."""
    tender, form = queries.tender_for(current_user, tender_id), JointLineForm(prefix="line")
    lot = queries.lot_of(tender, lot_id)
    if form.validate_on_submit() and form.attempt(
        lambda: actions_bill.add_joint_line(lot, form.entry(), by=current_user)
    ):
        return done(_("Die Gemeinschaftsposition ist aufgenommen."), "lots", tender_id, lot=lot_id)
    return _lots(tender, lot_id, joint_line=form)


@blueprint.post("/<int:tender_id>/lots/<int:lot_id>/estimates")
def set_estimates(tender_id: int, lot_id: int) -> Answer:
    """Store the estimated prices of the lines on this page."""
    tender = queries.tender_for(current_user, tender_id)
    number = request.args.get("page", 1, type=int)
    form = estimates_form(queries_bill.line_page(queries.lot_of(tender, lot_id).id, number).lines)
    if form.validate_on_submit() and form.attempt(
        lambda: actions_bill.set_estimates(tender, form.prices(), by=current_user)
    ):
        return done(_("Die Schätzpreise sind gespeichert."), "lots", tender_id, lot=lot_id, page=number)
    return _lots(tender, lot_id, estimates=form)


@blueprint.post("/<int:tender_id>/lines/<int:line_id>/move")
def move_line(tender_id: int, line_id: int) -> Answer:
    """Move a line into another lot."""
    tender = queries.tender_for(current_user, tender_id)
    lot = queries.lot_of(tender, request.form.get("lot", 0, type=int))
    line = actions_bill.move_line(queries.line_of(tender, line_id), lot, by=current_user)
    message = _("Position %(line)s liegt jetzt in Los %(lot)s.", line=line.number, lot=lot.number)
    return done(message, "lots", tender_id, lot=lot.id)


@blueprint.post("/<int:tender_id>/lines/<int:line_id>/remove")
def remove_line(tender_id: int, line_id: int) -> Answer:
    """Take a joint line out again."""
    tender = queries.tender_for(current_user, tender_id)
    lot = actions_bill.remove_joint_line(queries.line_of(tender, line_id), by=current_user)
    return done(_("Die Position ist entfernt."), "lots", tender_id, lot=lot.id)
