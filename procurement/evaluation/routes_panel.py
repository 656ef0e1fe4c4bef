"""The tab "Gremium": who scores the bids, the declarations of § 6 VgV, and each evaluator's own notes."""

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from procurement.bids import queries as bids
from procurement.core.db import existing
from procurement.core.errors import NotFound
from procurement.core.forms import BaseForm
from procurement.core.fragments import see_other
from procurement.evaluation import actions_panel, panel_rules, queries, queries_panel
from procurement.evaluation.forms_panel import CONFLICT, CellsForm, DeclarationForm, LeavingForm, NamingForm, notes_form
from procurement.evaluation.queries_panel import OwnNotes
from procurement.evaluation.routes import Answer, blueprint, frame
from procurement.members.queries import account
from procurement.tenders import queries as tenders
from procurement.tenders import queries_panel as panels
from procurement.tenders.models import Lot, Tender
from procurement.tenders.models_panel import PanelMember

PANEL = "evaluation.panel"
REFUSED = 422


@blueprint.get("/<int:tender_id>/panel")
def panel(tender_id: int) -> Answer:
    """Who is named, has declared, has submitted; nothing of the bids stands here."""
    return _panel_page(tenders.tender_to_declare(current_user, tender_id))


def _panel_page(tender: Tender, used: BaseForm | None = None) -> Answer:
    """The tab; ``used`` is the form that came back with errors, the others are fresh."""
    naming = used if isinstance(used, NamingForm) else NamingForm(formdata=None)
    naming.offer(queries_panel.nameable(tender))
    declarations = panels.declarations_of(tender.id)
    declaring = used if isinstance(used, DeclarationForm) else DeclarationForm(formdata=None)
    own = panels.declaration_of(tender.id, current_user.id)
    if own is not None:
        declaring.leave_only_conflict()
    page = render_template(
        "evaluation/panel.html",
        frame=frame(tender, PANEL),
        tender=tender,
        members=panels.members_of(tender.id),
        declarations=declarations,
        declared_by={one.account_id: one for one in declarations},
        own=own,
        me=panels.member_of(tender.id, current_user.id),
        panel_facts=queries_panel.panel_facts(tender, current_user),
        naming_objections=panel_rules.objections_to_naming(queries_panel.naming_facts(tender)),
        is_opened=bids.is_opened(tender),
        open_lots=queries_panel.lots_without_consensus(tender),
        usual_size=panel_rules.USUAL_SIZE,
        form=used,
        forms={
            "name": naming,
            "declare": declaring,
            "leave": LeavingForm(formdata=None),
        },
    )
    return page, REFUSED if used else 200


@blueprint.post("/<int:tender_id>/panel")
def name_evaluator(tender_id: int) -> Answer:
    """Name one more evaluator."""
    tender, form = tenders.tender_for(current_user, tender_id), NamingForm()
    form.offer(queries_panel.nameable(tender))
    if form.validate_on_submit():
        person = account(form.person.data)
        if form.attempt(lambda: actions_panel.name_evaluator(tender, person, by=current_user)):
            flash(_("%(name)s gehört jetzt zum Wertungsgremium.", name=person.name), "success")
            return see_other(url_for(PANEL, tender_id=tender_id))
    return _panel_page(tender, form)


@blueprint.post("/panel/<int:panel_member_id>/removal")
def remove_evaluator(panel_member_id: int) -> Answer:
    """Take somebody out of the panel."""
    member = existing(PanelMember, panel_member_id)
    tender, form = tenders.tender_for(current_user, member.tender_id), LeavingForm()
    if form.validate_on_submit() and form.attempt(
        lambda: actions_panel.remove_evaluator(member, form.reason.data, by=current_user)
    ):
        flash(_("%(name)s gehört nicht mehr zum Wertungsgremium.", name=member.account.name), "success")
        return see_other(url_for(PANEL, tender_id=tender.id))
    return _panel_page(tender, form)


@blueprint.post("/<int:tender_id>/declaration")
def declare(tender_id: int) -> Answer:
    """Declare whether there is a conflict of interest."""
    tender, form = tenders.tender_to_declare(current_user, tender_id), DeclarationForm()
    if form.validate_on_submit():
        has_conflict, text = form.has_conflict.data == CONFLICT, form.text.data or ""
        if form.attempt(lambda: actions_panel.declare(tender, text, has_conflict=has_conflict, by=current_user)):
            flash(_("Ihre Erklärung ist festgehalten."), "success")
            return see_other(url_for(PANEL, tender_id=tender_id))
    return _panel_page(tender, form)


@blueprint.get("/<int:tender_id>/notes")
def notes(tender_id: int) -> Answer:
    """The own points and reasons, criterion by criterion, without prices and without those of the others."""
    tender = bids.rateable_tender(tender_id, current_user)
    wanted = request.args.get("lot", type=int)
    lot = next((one for one in tender.lots if one.number == wanted), tender.lots[0] if tender.lots else None)
    if lot is None:
        raise NotFound
    return _notes_page(lot)


def _own(lot: Lot) -> OwnNotes:
    member = panels.member_of(lot.tender_id, current_user.id)
    return queries_panel.own_notes(lot, member) if member else OwnNotes(lot, ())


def _chosen(own: OwnNotes) -> int:
    """The wanted criterion; else the first with a gap, else the first."""
    gaps = [one.cell.criterion.id for one in own.cells if not one.is_done]
    known = [criterion.id for criterion in own.criteria]
    wanted = request.args.get("criterion", type=int)
    return next(iter(([wanted] if wanted in known else []) + gaps + known), 0)


def _notes_page(lot: Lot, used: CellsForm | None = None) -> Answer:
    tender, own = lot.tender, _own(lot)
    chosen = _chosen(own)
    cells = own.of(chosen)
    facts = queries_panel.evaluator_facts(tender, current_user)
    all_lots = [own if one.id == lot.id else _own(one) for one in tender.lots]
    missing = [text for one in all_lots for text in one.missing]
    page = render_template(
        "evaluation/notes.html",
        frame=frame(tender, PANEL),
        tender=tender,
        lot=lot,
        all_lots=all_lots,
        own=own,
        cells=cells,
        criterion=cells[0].cell.criterion if cells else None,
        files=queries_panel.concepts_of([one.cell.bid.id for one in cells]),
        objections=panel_rules.objections_to_noting(facts),
        submitting=panel_rules.objections_to_submitting(facts, missing),
        form=used or notes_form(cells),
        reopened=facts.has_to_note_again,
    )
    return page, used.status if used else 200


@blueprint.post("/lots/<int:lot_id>/notes")
def save_notes(lot_id: int) -> Answer:
    """Keep the own notes on one criterion and go on to the next gap."""
    lot = queries.rateable_lot(lot_id, current_user)
    form = notes_form(_own(lot).of(_chosen(_own(lot))))
    if form.validate_on_submit():
        entries = form.notes()
        saved = form.attempt(lambda: actions_panel.save_notes(lot, entries, by=current_user))
        if saved is not None:
            flash(ngettext("Eine Angabe ist gespeichert.", "%(num)s Angaben sind gespeichert.", len(saved)), "success")
            return see_other(url_for("evaluation.notes", tender_id=lot.tender_id, lot=lot.number))
    return _notes_page(lot, form)


@blueprint.post("/<int:tender_id>/notes/submission")
def submit_notes(tender_id: int) -> Answer:
    """Submit the own notes of all lots."""
    tender = bids.rateable_tender(tender_id, current_user)
    actions_panel.submit_notes(tender, by=current_user)
    flash(_("Ihre Punkte sind abgegeben."), "success")
    return see_other(url_for(PANEL, tender_id=tender_id))
