"""The tab "Rügen" of a tender: complaints with their answers, reviews with their lock."""

from collections.abc import Callable

from flask import flash, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from procurement.awarding import actions_remedies, queries_remedies
from procurement.awarding.forms_remedies import (
    AppealForm,
    ComplaintAnswerForm,
    ComplaintForm,
    FollowForm,
    ReviewEndForm,
    ReviewForm,
)
from procurement.awarding.routes import REFUSED, Answer, blueprint, frame
from procurement.core.db import db
from procurement.core.downloads import attachment
from procurement.core.errors import NotFound
from procurement.core.files import StoredFile
from procurement.core.forms import BaseForm
from procurement.core.fragments import see_other
from procurement.tenders.models import Tender

FORMS: dict[str, type[BaseForm]] = {
    "complaint": ComplaintForm,
    "complaint_answer": ComplaintAnswerForm,
    "review": ReviewForm,
    "review_end": ReviewEndForm,
    "appeal": AppealForm,
    "follow": FollowForm,
}


@blueprint.get("/<int:tender_id>/objections")
def objections(tender_id: int) -> Answer:
    """Every complaint and review with what follows from it."""
    return _page(queries_remedies.file_of(tender_id, current_user))


def _page(tender: Tender, used: BaseForm | None = None, of: int = 0) -> str:
    """The tab; ``used`` is the form that came back with errors, ``of`` the id of what it belongs to."""
    return render_template(
        "awarding/objections.html",
        frame=frame(tender, "awarding.objections"),
        tender=tender,
        complaints=queries_remedies.complaints_of(tender.id),
        reviews=queries_remedies.reviews_of(tender.id),
        locks=queries_remedies.locks_of(tender),
        application_until=queries_remedies.application_until,
        forms={name: kind(formdata=None) for name, kind in FORMS.items()},
        form=used,
        used=next((name for name, kind in FORMS.items() if type(used) is kind), ""),
        of=of,
    )


def _run(tender: Tender, form: BaseForm, act: Callable[[], object], done: str, of: int = 0) -> Answer:
    if form.validate_on_submit() and form.attempt(act) is not None:
        flash(done, "success")
        return see_other(url_for("awarding.objections", tender_id=tender.id))
    return _page(tender, form, of), REFUSED


@blueprint.post("/<int:tender_id>/complaints")
def record_complaint(tender_id: int) -> Answer:
    """Record a complaint."""
    tender, form = queries_remedies.file_of(tender_id, current_user), ComplaintForm()
    done = _("Die Rüge ist festgehalten.")
    return _run(tender, form, lambda: actions_remedies.record_complaint(tender, form.entry(), by=current_user), done)


@blueprint.post("/complaints/<int:complaint_id>")
def answer_complaint(complaint_id: int) -> Answer:
    """Answer a complaint; a remedy may lead the procedure back."""
    found, form = queries_remedies.complaint_of(complaint_id, current_user), ComplaintAnswerForm()

    def act() -> object:
        verdict, answer, seen = form.verdict.data, form.answer.data, form.seen_version()
        stage = form.stage()
        return actions_remedies.answer_complaint(found, verdict, answer, stage, by=current_user, seen_version=seen)

    return _run(found.tender, form, act, _("Die Antwort ist festgehalten."), found.id)


@blueprint.post("/<int:tender_id>/reviews")
def begin_review(tender_id: int) -> Answer:
    """Record the tribunal's notice; the award is locked."""
    tender, form = queries_remedies.file_of(tender_id, current_user), ReviewForm()

    def act() -> object:
        chamber, number, applicant = form.chamber.data or "", form.file_number.data or "", form.applicant.data or ""
        at = form.notified_at.data
        return actions_remedies.begin_review(tender, chamber, number, applicant, at, by=current_user)

    return _run(tender, form, act, _("Die Nachprüfung ist festgehalten. Der Zuschlag ist gesperrt."))


@blueprint.post("/reviews/<int:review_id>")
def end_review(review_id: int) -> Answer:
    """Record the decision with its document."""
    found, form = queries_remedies.review_of(review_id, current_user), ReviewEndForm()

    def act() -> object:
        return actions_remedies.end_review(found, form.end(), by=current_user, seen_version=form.seen_version())

    return _run(found.tender, form, act, _("Die Entscheidung ist festgehalten."), found.id)


@blueprint.post("/reviews/<int:review_id>/appeal")
def note_appeal(review_id: int) -> Answer:
    """Note an appeal, and later its decision."""
    found, form = queries_remedies.review_of(review_id, current_user), AppealForm()
    done = _("Die Beschwerde ist vermerkt.")
    act = actions_remedies.note_appeal
    return _run(found.tender, form, lambda: act(found, form.decided_on.data, by=current_user), done, found.id)


@blueprint.post("/reviews/<int:review_id>/follow")
def follow_review(review_id: int) -> Answer:
    """Lead the procedure back after a successful review."""
    found, form = queries_remedies.review_of(review_id, current_user), FollowForm()
    done = _("Das Verfahren ist zurückversetzt.")

    def act() -> object:
        return actions_remedies.follow_review(found, form.back_to.data, form.reason.data, by=current_user)

    return _run(found.tender, form, act, done, found.id)


@blueprint.get("/reviews/<int:review_id>/document")
def review_document(review_id: int) -> Response:
    """The decision as it was uploaded."""
    found = queries_remedies.review_of(review_id, current_user)
    stored = db.session.get(StoredFile, found.document_hash) if found.document_hash else None
    if stored is None:
        raise NotFound
    return attachment(stored.content, found.document_name, stored.media_type)
