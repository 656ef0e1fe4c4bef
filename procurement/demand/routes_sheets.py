"""Pages of the demand sheet: download it, upload it, look at what it would change, take it over."""

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from flask_sqlalchemy.pagination import Pagination
from werkzeug.wrappers import Response

from procurement.core import clock
from procurement.core.downloads import CSV, XLSX, attachment
from procurement.core.fragments import see_other
from procurement.demand import actions_sheets, queries, queries_answers, queries_sheets, rules
from procurement.demand.actions_sheets import Received
from procurement.demand.forms_sheets import ApplyForm, SheetForm, StyleForm, apply_form
from procurement.demand.models import Demand
from procurement.demand.models_sheets import SheetUpload
from procurement.demand.routes import Answer, blueprint
from procurement.demand.sheet_preview import Preview, PreviewRow, RowKind, objections_to_applying
from procurement.demand.states import SheetState
from procurement.values.objection import Objection

PAGE_SIZE = 100
FILTERS = {
    "changes": frozenset({RowKind.NEW, RowKind.CHANGED}),
    "conflicts": frozenset({RowKind.CONFLICTING}),
    "faults": frozenset({RowKind.FAULTY}),
    "unchanged": frozenset({RowKind.UNCHANGED}),
    "all": frozenset(RowKind),
}


class RowPages(Pagination):
    """Rows of a preview page by page."""

    def _query_items(self) -> list[PreviewRow]:
        rows: list[PreviewRow] = self._query_args["rows"]
        first = (self.page - 1) * self.per_page
        return rows[first : first + self.per_page]

    def _query_count(self) -> int:
        return len(self._query_args["rows"])


@blueprint.get("/<int:round_id>/<int:member_id>/sheet.xlsx")
def sheet_download(round_id: int, member_id: int) -> Response:
    """The demand as a workbook to fill in."""
    demand = queries.demand_for(current_user, round_id, member_id)
    return attachment(queries_sheets.workbook_of(demand), _file_name(demand, "xlsx"), XLSX)


@blueprint.get("/<int:round_id>/<int:member_id>/sheet.csv")
def sheet_csv(round_id: int, member_id: int) -> Response:
    """The demand as a CSV file to fill in."""
    demand = queries.demand_for(current_user, round_id, member_id)
    return attachment(queries_sheets.csv_of(demand), _file_name(demand, "csv"), CSV)


def _file_name(demand: Demand, ending: str) -> str:
    spaced = "".join(sign if sign.isalnum() else " " for sign in f"{demand.round.reference} {demand.member.name}")
    return f"Bedarf-{'-'.join(spaced.split())}.{ending}"


@blueprint.get("/<int:round_id>/<int:member_id>/sheet")
def sheet_upload(round_id: int, member_id: int) -> str:
    """Where the filled-in file is chosen."""
    return _upload_page(queries.own_demand_for(current_user, round_id, member_id), SheetForm(formdata=None))


def _upload_page(demand: Demand, form: SheetForm) -> str:
    contact = queries_answers.contact_of(demand.round)
    return render_template(
        "demand/sheet_upload.html",
        demand=demand,
        round=demand.round,
        form=form,
        objections=rules.objections_to_saving(demand, demand.round, now=clock.now(), contact=contact),
        uploads=queries_sheets.uploads_of(current_user, demand),
    )


@blueprint.post("/<int:round_id>/<int:member_id>/sheet")
def receive_sheet(round_id: int, member_id: int) -> Answer:
    """Keep the file and show what it would change; a large one is read by a job first."""
    demand, form = queries.own_demand_for(current_user, round_id, member_id), SheetForm()
    if form.validate_on_submit():
        file = form.file.data
        content, name = file.read(), file.filename or ""
        received = form.attempt(lambda: actions_sheets.receive(demand, content, name, by=current_user))
        if received is not None:
            return _to_preview(received)
    return _upload_page(demand, form), 422


def _to_preview(received: Received) -> Response:
    if received.job is not None:
        return see_other(url_for("home.job_progress", job_id=received.job.id))
    return see_other(url_for("demand.sheet_preview", upload_id=received.upload.id))


@blueprint.get("/sheets/<int:upload_id>")
def sheet_preview(upload_id: int) -> str:
    """What the file would change, row by row; nothing is written yet."""
    upload = queries_sheets.upload_for(current_user, upload_id)
    return _preview_page(upload, None)


def _preview_page(upload: SheetUpload, form: ApplyForm | None) -> str:
    preview, demand = queries_sheets.preview(upload), upload.demand
    counts = preview.counts
    chosen = request.args.get("show", "")
    if chosen not in FILTERS:
        first = [name for name, kinds in FILTERS.items() if any(counts[kind] for kind in kinds)]
        chosen = first[0] if first else "all"
    shown = form or apply_form(preview.conflicts)
    shown.version.data = demand.version
    return render_template(
        "demand/sheet_preview.html",
        upload=upload,
        demand=demand,
        round=demand.round,
        preview=preview,
        counts=counts,
        filters={name: sum(counts[kind] for kind in kinds) for name, kinds in FILTERS.items()},
        chosen=chosen,
        page=RowPages(request.args.get("page", 1, int), PAGE_SIZE, rows=preview.of_kinds(FILTERS[chosen])),
        form=shown,
        style_form=StyleForm(formdata=None, style=upload.style),
        objections=_objections(upload, preview),
    )


def _objections(upload: SheetUpload, preview: Preview) -> list[Objection]:
    if upload.state is SheetState.WAITING:
        return [Objection(_("Die Datei wird noch gelesen."))]
    return objections_to_applying(preview)


@blueprint.post("/sheets/<int:upload_id>/style")
def state_sheet_style(upload_id: int) -> Answer:
    """Say how the file writes numbers; it is read again."""
    upload, form = queries_sheets.upload_for(current_user, upload_id), StyleForm()
    if form.validate_on_submit():
        received = form.attempt(lambda: actions_sheets.state_style(upload, form.style.data, by=current_user))
        if received is not None:
            return _to_preview(received)
    return _preview_page(upload, None), 422


@blueprint.post("/sheets/<int:upload_id>")
def apply_sheet(upload_id: int) -> Answer:
    """Take the file over as the preview showed it."""
    upload = queries_sheets.upload_for(current_user, upload_id)
    demand, form = upload.demand, apply_form(queries_sheets.preview(upload).conflicts)
    if form.validate_on_submit():
        seen = form.seen_version()
        written = form.attempt(
            lambda: actions_sheets.apply_sheet(upload, form.decisions(), by=current_user, seen_version=seen)
        )
        if written is not None:
            text = ngettext("Eine Zeile ist übernommen.", "%(num)s Zeilen sind übernommen.", written)
            flash(text + " " + _("Ihr Entwurf ist gespeichert."), "success")
            return see_other(url_for("demand.entry", round_id=demand.round_id, member_id=demand.member_id))
    return _preview_page(upload, form), 422
