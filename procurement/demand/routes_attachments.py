"""Files of a demand: added below the grid, handed out as downloads, taken away."""

from flask import flash, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from procurement.core import downloads
from procurement.core.fragments import see_other
from procurement.demand import actions_attachments, queries
from procurement.demand.forms_answers import AttachmentForm
from procurement.demand.queries_attachments import attachment_of, content_of
from procurement.demand.routes import Answer, blueprint
from procurement.demand.routes_entry import entry_page


@blueprint.post("/<int:round_id>/<int:member_id>/attachments")
def add_attachment(round_id: int, member_id: int) -> Answer:
    """Keep a file with the demand or one of its articles."""
    demand, form = queries.demand_for(current_user, round_id, member_id), AttachmentForm()
    if form.validate_on_submit():
        upload = form.file.data
        name, content = upload.filename or "", upload.read()
        article_id = form.article_id.data
        made = form.attempt(
            lambda: actions_attachments.add_attachment(demand, name, content, by=current_user, article_id=article_id)
        )
        if made is not None:
            flash(_("Die Anlage „%(name)s“ ist hinzugefügt.", name=made.file_name), "success")
            return see_other(url_for("demand.entry", round_id=round_id, member_id=member_id, _anchor="attachments"))
    return entry_page(demand, form), 422


@blueprint.get("/<int:round_id>/<int:member_id>/attachments/<int:attachment_id>")
def attachment(round_id: int, member_id: int, attachment_id: int) -> Response:
    """One file, for those who may read the demand."""
    kept = attachment_of(queries.demand_for(current_user, round_id, member_id), attachment_id)
    return downloads.attachment(content_of(kept), kept.file_name, kept.media_type)


@blueprint.post("/<int:round_id>/<int:member_id>/attachments/<int:attachment_id>/remove")
def remove_attachment(round_id: int, member_id: int, attachment_id: int) -> Answer:
    """Take a file away."""
    kept = attachment_of(queries.demand_for(current_user, round_id, member_id), attachment_id)
    actions_attachments.remove_attachment(kept, by=current_user)
    flash(_("Die Anlage „%(name)s“ ist entfernt.", name=kept.file_name), "success")
    return see_other(url_for("demand.entry", round_id=round_id, member_id=member_id, _anchor="attachments"))
