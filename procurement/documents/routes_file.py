"""The whole file of a tender: issued by the office, as a job where there are many prices; or read as it stands now.

An auditor changes nothing, not even by having a document issued, and reads what there is.
"""

from flask import flash, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from procurement.core import downloads
from procurement.core.fragments import see_other
from procurement.core.jobs import enqueue
from procurement.documents import actions_file, queries_file
from procurement.documents.actions_comparison import is_large
from procurement.documents.jobs_file import ASSEMBLE
from procurement.documents.routes import blueprint, file_answer


def _unwatched(_done: int, _total: int, _text: str) -> None:
    """Nobody waits for the progress."""


@blueprint.get("/tender/<int:tender_id>/file.zip")
def current_file(tender_id: int) -> Response:
    """The file as it stands now, with the documents that were issued; nothing is stored."""
    tender = queries_file.readable_file(tender_id, current_user)
    content, manifest_hash = queries_file.packed_file(tender, current_user, _unwatched)
    return file_answer(content, f"Vergabeakte_{tender.reference}.zip", downloads.ZIP, manifest_hash)


@blueprint.post("/tender/<int:tender_id>/file")
def assemble_file(tender_id: int) -> Response:
    """Put the file together as it stands."""
    tender = queries_file.readable_file(tender_id, current_user)
    if is_large(tender):
        key = f"{ASSEMBLE}:{tender.id}:{current_user.id}"
        job = enqueue(ASSEMBLE, unique_key=key, tender_id=tender.id, account_id=current_user.id)
        return see_other(url_for("home.job_progress", job_id=job.id))
    issued = actions_file.issue_tender_file(tender, by=current_user, report=_unwatched)
    flash(_("Die Vergabeakte %(number)s liegt bereit.", number=issued.number), "success")
    return see_other(url_for("documents.of_tender", tender_id=tender_id))
