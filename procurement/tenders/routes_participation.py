"""Pages of binding participation: all members for the procurement office, the own one for its lead."""

from flask import flash, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from procurement.core import clock
from procurement.core.downloads import PDF, attachment
from procurement.core.fragments import see_other
from procurement.tenders import actions_participation, actions_procedure, lifecycle, queries, queries_participation
from procurement.tenders.forms_participation import ParticipationForm, RoleForm, TakeBackForm, participation_form
from procurement.tenders.models import Participant, Tender
from procurement.tenders.participation import MEANINGS, WITH_MANDATE, objections_to_asking, objections_to_role
from procurement.tenders.routes import REFUSED, Answer, blueprint, done, page


@blueprint.get("/<int:tender_id>/participation")
def participation(tender_id: int) -> Answer:
    """Who has confirmed when, on which terms, with which document; and the capacity in which the association buys."""
    return _members(queries.tender_for(current_user, tender_id))


def _members(tender: Tender, form: RoleForm | None = None) -> Answer:
    members = queries_participation.participants(tender.id)
    stored = {"role": tender.procurement_role, "version": str(tender.version)}
    return page(
        "participation",
        tender,
        REFUSED if form else 200,
        members=members,
        missing=[one.member.name for one in members if one.confirmed_at is None],
        form=form or RoleForm(formdata=None, data=stored),
        meanings=MEANINGS,
        role_objections=objections_to_role([one.member.name for one in members if one.confirmed_at]),
    )


@blueprint.post("/<int:tender_id>/participation/role")
def choose_role(tender_id: int) -> Answer:
    """Choose in which capacity the association buys."""
    tender, form = queries.tender_for(current_user, tender_id), RoleForm()
    if form.validate_on_submit() and form.attempt(
        lambda: actions_procedure.choose_role(tender, form.role.data, by=current_user, seen_version=form.seen_version())
    ):
        return done(_("Die Rolle des Verbands ist gespeichert."), "participation", tender_id)
    return _members(tender, form)


@blueprint.post("/<int:tender_id>/participation/remind")
def remind_missing(tender_id: int) -> Answer:
    """Write to everybody who acts for a member that has not confirmed."""
    tender = queries.tender_for(current_user, tender_id)
    unreached = actions_participation.remind_missing(tender, by=current_user)
    if unreached:
        names = ", ".join(one.member.name for one in unreached)
        flash(_("Ohne IT-Leitung und deshalb nicht erinnert: %(names)s.", names=names), "warning")
    return done(_("Die Erinnerungen sind unterwegs."), "participation", tender_id)


@blueprint.get("/<int:tender_id>/participation/<int:member_id>/on-behalf")
def confirm_for(tender_id: int, member_id: int) -> Answer:
    """Enter a member's confirmation from its signed document."""
    tender = queries.tender_for(current_user, tender_id)
    participant = queries_participation.participant_of(tender, member_id)
    return _on_behalf(participant, participation_form(participant, clock.today()))


def _on_behalf(participant: Participant, form: ParticipationForm, status: int = 200) -> Answer:
    return page("confirm_for", participant.tender, status, form=form, participant=participant)


@blueprint.post("/<int:tender_id>/participation/<int:member_id>/on-behalf")
def confirm_for_member(tender_id: int, member_id: int) -> Answer:
    """Confirm for a member."""
    participant = queries_participation.participant_of(queries.tender_for(current_user, tender_id), member_id)
    form = ParticipationForm()
    if form.validate_on_submit() and form.attempt(
        lambda: actions_participation.confirm_on_behalf(participant, form.confirmation(), by=current_user)
    ):
        return done(_("Die Teilnahme ist bestätigt."), "participation", tender_id)
    return _on_behalf(participant, form, REFUSED)


@blueprint.get("/<int:tender_id>/participation/<int:member_id>/take-back")
def take_back(tender_id: int, member_id: int) -> Answer:
    """What taking a confirmation back means."""
    tender = queries.tender_for(current_user, tender_id)
    participant = queries_participation.participant_of(tender, member_id)
    return page("take_back", tender, form=TakeBackForm(obj=tender), participant=participant)


@blueprint.post("/<int:tender_id>/participation/<int:member_id>/take-back")
def take_back_now(tender_id: int, member_id: int) -> Answer:
    """Take a confirmation back with a reason."""
    tender = queries.tender_for(current_user, tender_id)
    participant, form = queries_participation.participant_of(tender, member_id), TakeBackForm()
    if form.validate_on_submit() and form.attempt(
        lambda: actions_participation.take_back_participation(
            participant, form.reason.data, by=current_user, seen_version=form.seen_version()
        )
    ):
        return done(_("Die Bestätigung ist zurückgenommen."), "participation", tender_id)
    return page("take_back", tender, REFUSED, form=form, participant=participant)


@blueprint.get("/<int:tender_id>/participation/<int:member_id>")
def own_participation(tender_id: int, member_id: int) -> Answer:
    """A lead reads what its member takes part in, before and after confirming."""
    participant = queries_participation.own_participant(current_user, tender_id, member_id)
    seen = queries_participation.terms_of(participant)
    return _own(participant, participation_form(participant, clock.today(), seen))


def _own(participant: Participant, form: ParticipationForm, status: int = 200) -> Answer:
    tender = participant.tender
    return render_template(
        "tenders/own_participation.html",
        participant=participant,
        tender=tender,
        form=form,
        shares=queries_participation.own_shares(tender.id, [participant.member_id]),
        meaning=MEANINGS[tender.procurement_role],
        needs_document=tender.procurement_role in WITH_MANDATE,
        objections=objections_to_asking(tender.stage),
        forecast=queries_participation.forecast_for(participant),
        tone=lifecycle.TONES[tender.stage],
    ), status


@blueprint.post("/<int:tender_id>/participation/<int:member_id>")
def confirm_participation(tender_id: int, member_id: int) -> Answer:
    """Take part bindingly."""
    participant = queries_participation.own_participant(current_user, tender_id, member_id)
    form = ParticipationForm()
    if form.validate_on_submit() and form.attempt(
        lambda: actions_participation.confirm_participation(participant, form.confirmation(), by=current_user)
    ):
        flash(_("Ihre Teilnahme ist verbindlich bestätigt."), "success")
        return see_other(url_for("tenders.own_participation", tender_id=tender_id, member_id=member_id))
    return _own(participant, form, REFUSED)


@blueprint.get("/<int:tender_id>/participation/<int:member_id>/mandate")
def mandate(tender_id: int, member_id: int) -> Response:
    """The signed document, for those who see all and for the member itself."""
    participant = queries_participation.visible_participant(current_user, tender_id, member_id)
    content = queries_participation.document_of(participant)
    return attachment(content, participant.mandate_file_name, PDF)
