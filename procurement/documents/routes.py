"""Pages of issued documents: the list, those of a tender or a run, download, archive, check, and the issue buttons."""

import hashlib

from flask import Blueprint, flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from procurement.allocation import queries as allocation
from procurement.bids import queries as bids
from procurement.core import clock, downloads
from procurement.core.errors import NotFound
from procurement.core.fragments import see_other
from procurement.core.jobs import enqueue
from procurement.documents import actions, actions_comparison, queries, queries_letters, rules
from procurement.documents.archive import archive as packed
from procurement.documents.forms import DocumentsForm
from procurement.documents.jobs_comparison import DRAW
from procurement.documents.kinds import DocumentKind
from procurement.documents.verification import verify
from procurement.tenders import queries as tenders
from procurement.tenders.queries_page import frame_of

blueprint = Blueprint("documents", __name__, url_prefix="/documents")

Answer = str | Response | tuple[str, int]


@blueprint.errorhandler(bids.ReadingNotLogged)
def refuse_file(error: bids.ReadingNotLogged) -> tuple[str, int]:
    """A file is refused; the page in its place offers to have the reading recorded."""
    frame = frame_of(error.tender, "documents.of_tender")
    return render_template("bids/log_reading.html", frame=frame, tender=error.tender), error.status


@blueprint.get("/")
def index() -> Answer:
    """Every document the reader may see, newest first."""
    sees_all = tenders.sees_all(current_user)
    form = DocumentsForm(request.args)
    form.offer(queries.tenders_with_documents(current_user), list(DocumentKind) if sees_all else [])
    page = queries.page_of_documents(current_user, form.wanted(), request.args.get("page", 1, type=int))
    filters = {name: value for name, value in form.data.items() if value}
    return render_template(
        "documents/index.html",
        form=form,
        page=page,
        listed=queries.listed(page.items),
        filters=filters,
        sees_all=sees_all,
    )


@blueprint.get("/tender/<int:tender_id>")
def of_tender(tender_id: int) -> Answer:
    """The documents of a tender, and the buttons for those about bids."""
    tender = bids.tender_with_bids(tender_id, current_user)
    is_opened = bids.is_opened(tender)
    return render_template(
        "documents/of_tender.html",
        frame=frame_of(tender),
        tender=tender,
        listed=queries.listed(queries.documents_of_tender(current_user, tender_id)),
        runs=[run for run in allocation.runs_of(tender_id) if run.approved_at],
        objections=rules.objections_to_issuing_on_bids(is_opened=is_opened),
        letters=len(queries_letters.letters_sent(tender)) if is_opened else 0,
    )


@blueprint.get("/run/<int:run_id>")
def of_run(run_id: int) -> Answer:
    """The documents of a cost allocation; a lead finds its own member's statement."""
    run = allocation.run_for(current_user, run_id)
    return render_template(
        "documents/of_run.html",
        run=run,
        listed=queries.listed(queries.documents_of_run(current_user, run_id)),
        objections=rules.objections_to_issuing_allocation(run.state),
        successor=allocation.successor_of(run) if run.state.value == "corrected" else None,
        sees_all=tenders.sees_all(current_user),
    )


@blueprint.get("/<int:document_id>/download")
def download(document_id: int) -> Response:
    """Exactly the stored bytes; the checksum is the entity tag."""
    document = queries.readable_document(current_user, document_id)
    return file_answer(document.file.content, document.filename, document.file.media_type, document.file_sha256)


@blueprint.get("/run/<int:run_id>/archive")
def archive(run_id: int) -> Response:
    """All documents of a run that the reader may see, in one ZIP file with the list of their checksums."""
    run = allocation.run_for(current_user, run_id)
    documents = queries.documents_of_run(current_user, run_id)
    if not documents:
        raise NotFound
    content = packed(run.audit_label, queries.archived_files(documents))
    name = f"Dokumente_{run.tender.reference}_Fassung-{run.number}.zip"
    return file_answer(content, name, downloads.ZIP, hashlib.sha256(content).hexdigest())


def file_answer(content: bytes, filename: str, media_type: str, sha256: str) -> Response:
    """The bytes as a download; the checksum is the entity tag."""
    answer = downloads.attachment(content, filename, media_type)
    answer.set_etag(sha256)
    return answer.make_conditional(request)


@blueprint.get("/<int:document_id>/check")
def check(document_id: int) -> Answer:
    """Whether the stored file is still the one that was issued."""
    document = queries.document(current_user, document_id)
    found = verify(document.file.content, document.file_sha256, queries.recorded_issue(document))
    shown = queries.listed([document])[0]
    return render_template("documents/check.html", listed=shown, found=found, now=clock.now())


@blueprint.post("/run/<int:run_id>/issue")
def issue_allocation(run_id: int) -> Answer:
    """Issue all documents of an approved cost allocation."""
    issued = actions.issue_allocation(allocation.run_for(current_user, run_id), by=current_user)
    flash(_("%(count)s Dokumente sind ausgestellt.", count=len(issued)), "success")
    return see_other(url_for("documents.of_run", run_id=run_id))


@blueprint.post("/tender/<int:tender_id>/price-comparison")
def issue_price_comparison(tender_id: int) -> Answer:
    """Issue the price comparison as it stands; a large one is drawn by a job with progress."""
    tender = bids.tender_with_bids(tender_id, current_user)
    if actions_comparison.is_large(tender):
        key = f"{DRAW}:{tender.id}:{current_user.id}"
        job = enqueue(DRAW, unique_key=key, tender_id=tender.id, account_id=current_user.id)
        return see_other(url_for("home.job_progress", job_id=job.id))
    issued = actions.issue_price_comparison(tender, by=current_user)
    flash(_("Der Preisspiegel %(number)s ist ausgestellt.", number=issued.number), "success")
    return see_other(url_for("documents.of_tender", tender_id=tender_id))


@blueprint.post("/tender/<int:tender_id>/opening-record")
def issue_opening_record(tender_id: int) -> Answer:
    """Issue the record of the bid opening."""
    issued = actions.issue_opening_record(bids.tender_with_bids(tender_id, current_user), by=current_user)
    flash(_("Die Niederschrift %(number)s ist ausgestellt.", number=issued.number), "success")
    return see_other(url_for("documents.of_tender", tender_id=tender_id))
