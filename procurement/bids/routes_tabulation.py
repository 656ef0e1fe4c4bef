"""A bid tabulation of another platform: upload, say what its columns mean, look at the preview, take over."""

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from procurement.bids import actions_import, actions_tabulation, queries, queries_tabulation
from procurement.bids.forms_tabulation import MappingForm, TabulationForm, TakingOverForm, mapping_form
from procurement.bids.models_tabulation import TabulationFile
from procurement.bids.routes import REFUSED, Answer, blueprint, frame
from procurement.bids.tabulation_mapping import titles_at
from procurement.core.fragments import see_other
from procurement.tenders.models import Tender
from procurement.tenders.queries import officers_with_key
from procurement.values.sheet import column_letters

SAMPLE_ROWS = 3
SHOWN_FINDINGS = 300


@blueprint.get("/<int:tender_id>/tabulation")
def new_tabulation(tender_id: int) -> Answer:
    """Where a table is chosen."""
    return _upload_page(queries.priced_tender(tender_id, current_user), TabulationForm(formdata=None)), 200


@blueprint.post("/<int:tender_id>/tabulation")
def receive_tabulation(tender_id: int) -> Answer:
    """Keep the table and propose what its columns mean."""
    tender, form = queries.priced_tender(tender_id, current_user), TabulationForm()
    if form.validate_on_submit():
        content, name = form.content_and_name()
        kept = form.attempt(lambda: actions_tabulation.receive_tabulation(tender, content, name, by=current_user))
        if kept is not None:
            return see_other(url_for("bids.tabulation_columns", tender_id=tender_id, file_id=kept.id))
    return _upload_page(tender, form), REFUSED


def _upload_page(tender: Tender, form: TabulationForm) -> str:
    objections = actions_import.objections_before(tender)
    return render_template(
        "bids/tabulation_new.html", frame=frame(tender), tender=tender, form=form, objections=objections
    )


def _kept(tender_id: int, file_id: int) -> TabulationFile:
    return queries_tabulation.file_of(queries.priced_tender(tender_id, current_user), file_id)


def _mapping_form(kept: TabulationFile) -> MappingForm:
    sheets = [sheet.name for sheet in queries_tabulation.workbook_of(kept).sheets]
    return mapping_form(queries_tabulation.mapping_of(kept), sheets)


@blueprint.get("/<int:tender_id>/tabulation/<int:file_id>")
def tabulation_columns(tender_id: int, file_id: int) -> Answer:
    """What each column means, with its heading and first values."""
    kept = _kept(tender_id, file_id)
    return _columns_page(kept, _mapping_form(kept)), 200


@blueprint.post("/<int:tender_id>/tabulation/<int:file_id>")
def map_tabulation(tender_id: int, file_id: int) -> Answer:
    """Store what the columns mean; another head row, sheet or style proposes them anew."""
    kept = _kept(tender_id, file_id)
    form, before = _mapping_form(kept), queries_tabulation.mapping_of(kept)
    if form.validate_on_submit():
        stated = form.mapping()
        if (stated.sheet, stated.head_row, stated.style) != (before.sheet, before.head_row, before.style):
            if form.attempt(lambda: actions_tabulation.move_head(kept, stated)):
                return see_other(url_for("bids.tabulation_columns", tender_id=tender_id, file_id=file_id))
        elif form.attempt(lambda: actions_tabulation.map_columns(kept, stated)):
            return see_other(url_for("bids.tabulation_preview", tender_id=tender_id, file_id=file_id))
    return _columns_page(kept, form), REFUSED


def _columns_page(kept: TabulationFile, form: MappingForm) -> str:
    mapping = queries_tabulation.mapping_of(kept)
    sheet = queries_tabulation.mapped_sheet(queries_tabulation.workbook_of(kept), mapping)
    titles = titles_at(sheet, mapping.head_row)
    below = range(mapping.head_row + 1, mapping.head_row + 1 + SAMPLE_ROWS)
    rows = [
        {
            "letters": column_letters(number),
            "title": titles[number - 1] if number <= len(titles) else "",
            "samples": [sheet.at(row, number).text.strip() for row in below],
            "role": role,
            "bidder": bidder,
        }
        for number, role, bidder in form.columns()
    ]
    return render_template(
        "bids/tabulation_columns.html", frame=frame(kept.tender), tender=kept.tender, kept=kept, form=form, rows=rows
    )


@blueprint.get("/<int:tender_id>/tabulation/<int:file_id>/preview")
def tabulation_preview(tender_id: int, file_id: int) -> Answer:
    """Bidders, sums and every contradiction; nothing is taken over yet."""
    return _preview_page(_kept(tender_id, file_id), _taking_over_form()), 200


@blueprint.post("/<int:tender_id>/tabulation/<int:file_id>/preview")
def take_over_tabulation(tender_id: int, file_id: int) -> Answer:
    """Take over what the preview showed."""
    kept, form = _kept(tender_id, file_id), _taking_over_form()
    if form.validate_on_submit():
        second = next(officer for officer in officers_with_key() if officer.id == form.second.data)
        platform = form.platform.data
        bids = form.attempt(lambda: actions_tabulation.take_over(kept, second, platform, by=current_user))
        if bids is not None:
            flash(_("%(count)s Angebote sind übernommen.", count=len(bids)), "success")
            return see_other(url_for("bids.index", tender_id=tender_id))
    return _preview_page(kept, form), REFUSED


def _taking_over_form() -> TakingOverForm:
    form = TakingOverForm() if request.method == "POST" else TakingOverForm(formdata=None)
    form.offer(officer for officer in officers_with_key() if officer.id != current_user.id)
    return form


def _preview_page(kept: TabulationFile, form: TakingOverForm) -> str:
    return render_template(
        "bids/tabulation_preview.html",
        frame=frame(kept.tender),
        tender=kept.tender,
        kept=kept,
        preview=queries_tabulation.preview_of(kept),
        shown=SHOWN_FINDINGS,
        form=form,
    )
