"""Pages of bundling: wishes beside lines, suggestions, merging, splitting, and undoing both."""

from flask import render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from procurement.core.fragments import is_fragment
from procurement.tenders import actions_bundling, queries, queries_bill, queries_bundling
from procurement.tenders.conversion import worded
from procurement.tenders.forms_bundling import CardForm, MergeForm, SplitForm, card_form, split_form
from procurement.tenders.models import LotItem, Tender
from procurement.tenders.routes import REFUSED, Answer, blueprint, done, page
from procurement.tenders.similarity import Suggestion


def _bundling(tender: Tender, form: MergeForm | None = None, status: int = 200) -> Answer:
    merge_form = form or MergeForm(formdata=None)
    merge_form.offer(queries_bundling.mergeable_lines(tender.id))
    return page(
        "bundling",
        tender,
        status,
        lines=queries_bundling.page_of(tender.id, request.args.get("page", 1, type=int)),
        merges=queries_bundling.merges_of(tender.id),
        merge_form=merge_form,
        form=form,
        worded=worded,
    )


@blueprint.get("/<int:tender_id>/bundling")
def bundling(tender_id: int) -> Answer:
    """Left the wishes as they were reported, right the lines; below, what was merged and can be undone."""
    return _bundling(queries.tender_for(current_user, tender_id))


@blueprint.get("/<int:tender_id>/bundling/suggestions")
def suggestions(tender_id: int) -> Answer:
    """Lines that probably mean the same; a piece of the page for htmx, a page of its own without it."""
    tender = queries.tender_for(current_user, tender_id)
    cards = [(each, _card(each)) for each in queries_bundling.suggested(tender.id)]
    if is_fragment():
        return render_template("tenders/_bundling_cards.html", tender=tender, cards=cards, worded=worded)
    return page("bundling_cards", tender, cards=cards, worded=worded)


def _card(suggestion: Suggestion) -> CardForm:
    ids = [candidate.line.line_id for candidate in suggestion.candidates]
    made = card_form(ids, suggestion.candidates, formdata=None, prefix=f"card{suggestion.into.line_id}")
    made.reason.data = " ".join(dict.fromkeys(candidate.reason for candidate in suggestion.candidates))
    return made


@blueprint.post("/<int:tender_id>/bundling/merge")
def merge_lines(tender_id: int) -> Answer:
    """Count one line as part of another one."""
    tender, form = queries.tender_for(current_user, tender_id), MergeForm()
    form.offer(queries_bundling.mergeable_lines(tender_id))
    if form.validate_on_submit() and (factor := form.factor.data) is not None:
        line, into = (queries.line_of(tender, each.data) for each in (form.line, form.into))
        if form.attempt(lambda: actions_bundling.merge(line, into, factor, form.reason.data, by=current_user)):
            return done(_("Die Positionen sind zusammengeführt."), "bundling", tender_id)
    return _bundling(tender, form, REFUSED)


@blueprint.post("/<int:tender_id>/bundling/cards/<int:line_id>")
def accept_suggestion(tender_id: int, line_id: int) -> Answer:
    """Accept a suggestion, with the factors and the reason as they now stand in the card."""
    tender = queries.tender_for(current_user, tender_id)
    into, chosen = queries.line_of(tender, line_id), request.form.getlist("line", type=int)
    form = card_form(chosen, prefix=f"card{line_id}")
    if form.validate_on_submit() and chosen and form.attempt(lambda: _merge_all(tender, into, form)):
        return done(_("Die Positionen sind zusammengeführt."), "bundling", tender_id)
    if not chosen:
        form.form_errors.append(_("Bitte mindestens eine Position auswählen."))
    lines = [queries.line_of(tender, each) for each in chosen]
    return page("bundling_card", tender, REFUSED, into=into, lines=lines, form=form)


def _merge_all(tender: Tender, into: LotItem, form: CardForm) -> LotItem:
    for line_id, factor in form.factors().items():
        line = queries.line_of(tender, line_id)
        actions_bundling.merge(line, into, factor, form.reason.data, by=current_user)
    return into


@blueprint.post("/<int:tender_id>/bundling/cards/<int:line_id>/decline")
def decline_suggestion(tender_id: int, line_id: int) -> Answer:
    """Keep the lines of a suggestion apart; they are not suggested together again."""
    tender = queries.tender_for(current_user, tender_id)
    into = queries.line_of(tender, line_id)
    for other in request.form.getlist("line", type=int):
        actions_bundling.decline(into, queries.line_of(tender, other), by=current_user)
    return done(_("Die Positionen bleiben getrennt und werden nicht mehr vorgeschlagen."), "bundling", tender_id)


@blueprint.post("/<int:tender_id>/bundling/merges/<int:merge_id>/undo")
def undo_merge(tender_id: int, merge_id: int) -> Answer:
    """Bring an absorbed line back."""
    tender = queries.tender_for(current_user, tender_id)
    line = actions_bundling.undo_merge(queries_bundling.merge_of(tender, merge_id), by=current_user)
    return done(_("Position %(number)s steht wieder für sich.", number=line.number), "bundling", tender_id)


def _splitting(tender: Tender, line: LotItem, form: SplitForm, status: int = 200) -> Answer:
    form.offer(queries_bill.lots_of(tender.id), line.lot_id)
    return page("split", tender, status, line=line, shares=actions_bundling.bundled(line).shares, form=form)


@blueprint.get("/<int:tender_id>/lines/<int:line_id>/split")
def split(tender_id: int, line_id: int) -> Answer:
    """Choose whose quantities leave a line, and into which lot."""
    tender = queries.tender_for(current_user, tender_id)
    line = queries.line_of(tender, line_id)
    return _splitting(tender, line, split_form(actions_bundling.bundled(line).shares))


@blueprint.post("/<int:tender_id>/lines/<int:line_id>/split")
def split_line(tender_id: int, line_id: int) -> Answer:
    """Put parts of a line into a line of their own."""
    tender = queries.tender_for(current_user, tender_id)
    line = queries.line_of(tender, line_id)
    form = split_form(actions_bundling.bundled(line).shares)
    form.offer(queries_bill.lots_of(tender_id), line.lot_id)
    if form.validate_on_submit():
        lot = queries.lot_of(tender, form.lot.data)
        made = form.attempt(lambda: actions_bundling.split_line(line, form.parts(), lot, by=current_user))
        if made is not None:
            return done(_("Position %(number)s ist abgeteilt.", number=made.number), "lots", tender_id, lot=lot.id)
    return _splitting(tender, line, form, REFUSED)


@blueprint.post("/<int:tender_id>/lines/<int:line_id>/rejoin")
def undo_split(tender_id: int, line_id: int) -> Answer:
    """Join a split-off line with the one it came from."""
    tender = queries.tender_for(current_user, tender_id)
    line = actions_bundling.undo_split(queries.line_of(tender, line_id), by=current_user)
    return done(_("Position %(number)s ist wieder eine.", number=line.number), "lots", tender_id, lot=line.lot_id)
