"""Pages of announcements: list, one announcement, publishing, marking as read, reminding, withdrawing."""

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from procurement.core import clock
from procurement.core.fragments import see_other
from procurement.members.queries import members as all_members
from procurement.workgroup import actions_announcements as actions
from procurement.workgroup import announcement_rules as rules
from procurement.workgroup import queries_announcements as queries
from procurement.workgroup.forms import AnnouncementForm, ReasonForm
from procurement.workgroup.models import Announcement
from procurement.workgroup.routes import REFUSED, Answer, blueprint


@blueprint.get("/announcements")
def announcements() -> str:
    """What the office has told: unread first for those it is for."""
    listed = queries.announcements(current_user)
    unread = sum(one.is_unread for one in listed)
    return render_template("workgroup/announcements.html", announcements=listed, unread=unread)


@blueprint.get("/announcements/new")
def new_announcement() -> str:
    """The form of a new announcement."""
    return render_template("workgroup/new_announcement.html", form=_announcement_form())


def _announcement_form() -> AnnouncementForm:
    form = AnnouncementForm()
    form.offer_members(all_members(on=clock.today()))
    return form


@blueprint.post("/announcements")
def publish() -> Answer:
    """Publish and write to the leads."""
    form = _announcement_form()
    if form.validate_on_submit():
        made = form.attempt(lambda: actions.publish(form.entry(), form.addressed(), by=current_user))
        if made is not None:
            flash(_("Die Mitteilung ist veröffentlicht. Die E-Mails sind auf dem Weg."), "success")
            return see_other(url_for("workgroup.announcement", announcement_id=made.id))
    return render_template("workgroup/new_announcement.html", form=form), REFUSED


@blueprint.get("/announcements/<int:announcement_id>")
def announcement(announcement_id: int) -> str:
    """One announcement; the office and auditors also see who has read it."""
    return _page(queries.announcement_for(current_user, announcement_id))


def _page(shown: Announcement, withdrawal_form: ReasonForm | None = None) -> str:
    sees_all, today = queries.sees_all(current_user), clock.today()
    readings = queries.readings(shown) if sees_all else []
    unread = len(queries.recipients(shown, unread_only=True)) if sees_all else 0
    reminded = clock.in_berlin(shown.reminded_at).date() if shown.reminded_at else None
    is_addressed = queries.is_addressed(shown, current_user)
    return render_template(
        "workgroup/announcement.html",
        announcement=shown,
        has_run_out=rules.has_run_out(shown, today),
        is_addressed=is_addressed,
        reading=queries.reading_of(shown, current_user),
        addressed=[] if shown.is_for_all or not sees_all else queries.addressed_members(shown),
        readings=readings,
        unread=unread,
        sees_all=sees_all,
        reminding=rules.objections_to_reminding(shown, unread, today=today, reminded_on=reminded),
        withdrawal_form=withdrawal_form or ReasonForm(formdata=None),
    )


@blueprint.post("/announcements/<int:announcement_id>/read")
def mark_read(announcement_id: int) -> Answer:
    """Note that the reader has read it."""
    actions.mark_read(queries.announcement_for(current_user, announcement_id), by=current_user)
    flash(_("Die Mitteilung ist als gelesen markiert."), "success")
    return see_other(url_for("workgroup.announcements"))


@blueprint.post("/announcements/<int:announcement_id>/reminder")
def remind(announcement_id: int) -> Answer:
    """Write once more to those who have not read it."""
    shown = queries.announcement_for(current_user, announcement_id)
    actions.remind(shown, by=current_user, seen_version=request.form.get("version", type=int))
    flash(_("Die Erinnerungen sind auf dem Weg."), "success")
    return see_other(url_for("workgroup.announcement", announcement_id=announcement_id))


@blueprint.post("/announcements/<int:announcement_id>/withdraw")
def withdraw_announcement(announcement_id: int) -> Answer:
    """Withdraw it; it stays visible with the reason."""
    shown, form = queries.announcement_for(current_user, announcement_id), ReasonForm()
    if form.validate_on_submit():
        seen, reason = form.seen_version(), form.reason.data or ""
        done = form.attempt(lambda: actions.withdraw_announcement(shown, reason, by=current_user, seen_version=seen))
        if done is not None:
            flash(_("Die Mitteilung ist zurückgezogen. Sie bleibt mit der Begründung sichtbar."), "success")
            return see_other(url_for("workgroup.announcement", announcement_id=announcement_id))
    form.version.data = shown.version
    return _page(shown, form), REFUSED
