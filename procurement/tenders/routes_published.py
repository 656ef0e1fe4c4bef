"""Pages of the versions of a published tender: the list, two beside each other, the correction with its preview."""

from flask import request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from procurement.core import clock
from procurement.core.downloads import attachment
from procurement.core.errors import Refused
from procurement.tenders import actions_published, actions_versions, queries, queries_publication, queries_versions
from procurement.tenders.forms_published import CorrectionForm, NoticeSentForm, correction_form
from procurement.tenders.models import Tender
from procurement.tenders.queries_versions import ChangeEffect
from procurement.tenders.routes import REFUSED, Answer, blueprint, done, page

JSON = "application/json"


@blueprint.get("/<int:tender_id>/versions")
def versions(tender_id: int) -> Answer:
    """Every version with its reason and class, and the corrections of the notice that are still to be sent."""
    tender, notices = queries.tender_for(current_user, tender_id), queries_versions.notices_of(tender_id)
    return page(
        "versions",
        tender,
        versions=queries_versions.versions_of(tender),
        notices=notices,
        forms={notice.id: _notice_form(notice.id) for notice in notices},
        objections=queries_versions.objections_to_changing_now(tender),
        today=clock.today(),
    )


def _notice_form(notice_id: int) -> NoticeSentForm:
    """One form of several on the page: its field has an address of its own, so that the label finds it."""
    form = NoticeSentForm(formdata=None)
    form.reference.id = f"reference-{notice_id}"
    return form


@blueprint.get("/<int:tender_id>/versions/compare")
def version_comparison(tender_id: int) -> Answer:
    """Two versions beside each other; without a choice the latest and the one before it."""
    tender = queries.tender_for(current_user, tender_id)
    known = queries_versions.versions_of(tender)
    newest = known[0].number if known else 1
    new = request.args.get("new", newest, type=int)
    old = request.args.get("old", max(new - 1, 1), type=int)
    found = queries_versions.comparison(tender, old, new)
    return page("version_comparison", tender, versions=known, old=old, new=new, differences=found)


@blueprint.get("/<int:tender_id>/versions/<int:number>.json")
def version_content(tender_id: int, number: int) -> Response:
    """The canonical text of a version, byte for byte what its checksum was made of."""
    tender = queries.tender_for(current_user, tender_id)
    text = queries_versions.content_of_version(tender, number)
    return attachment(text.encode(), f"{tender.reference}_Fassung_{number}.json", JSON)


@blueprint.post("/<int:tender_id>/notices/<int:notice_id>")
def note_notice_sent(tender_id: int, notice_id: int) -> Answer:
    """Note that a correction of the notice went out."""
    tender = queries.tender_for(current_user, tender_id)
    notice, form = queries_versions.notice_of(tender, notice_id), NoticeSentForm()
    actions_versions.note_notice_sent(tender, notice, form.reference.data or "", by=current_user)
    return done(_("Die Änderungsbekanntmachung ist als versandt vermerkt."), "versions", tender_id)


@blueprint.get("/<int:tender_id>/change")
def change_published(tender_id: int) -> Answer:
    """Enter a correction of what was published."""
    tender = queries.tender_for(current_user, tender_id)
    return _entry(tender, correction_form(tender, queries_versions.lines_of(tender_id), formdata=None))


def _entry(tender: Tender, form: CorrectionForm, status: int = 200) -> Answer:
    return page(
        "change_published",
        tender,
        status,
        form=form,
        lines=queries_versions.lines_of(tender.id),
        objections=queries_versions.objections_to_changing_now(tender),
    )


@blueprint.post("/<int:tender_id>/change/preview")
def preview_change(tender_id: int) -> Answer:
    """What the correction does, its class, and the deadlines it needs; nothing is stored."""
    tender = queries.tender_for(current_user, tender_id)
    form = correction_form(tender, queries_versions.lines_of(tender_id))
    if not form.validate_on_submit():
        return _entry(tender, form, REFUSED)
    effect = form.attempt(lambda: actions_published.preview(tender, form.correction(with_deadlines=False)))
    if effect is None:
        return _entry(tender, form, REFUSED)
    present = queries_publication.deadlines_of(tender)
    form.propose(effect.proposed if effect.classification.is_substantial else present)
    return _preview(tender, form, effect)


def _preview(tender: Tender, form: CorrectionForm, effect: ChangeEffect, status: int = 200) -> Answer:
    return page("change_preview", tender, status, form=form, effect=effect)


@blueprint.post("/<int:tender_id>/change")
def confirm_change(tender_id: int) -> Answer:
    """Make the correction the next version."""
    tender = queries.tender_for(current_user, tender_id)
    form = correction_form(tender, queries_versions.lines_of(tender_id))
    if form.validate_on_submit():
        correction = form.correction(with_deadlines=True)
        made = form.attempt(
            lambda: actions_published.change_published(
                tender, correction, by=current_user, seen_version=form.seen_version()
            )
        )
        if made is not None:
            return done(_("Fassung %(number)s gilt. Alle Unternehmen werden unterrichtet.", number=made.number),
                        "versions", tender_id)  # fmt: skip
    try:
        effect = actions_published.preview(tender, form.correction(with_deadlines=False))
    except Refused:
        return _entry(tender, form, REFUSED)
    return _preview(tender, form, effect, REFUSED)
