"""Pages of members that come into a published tender: asked and added by the office, confirmed by the member."""

from flask import flash, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from procurement.core import clock
from procurement.core.fragments import see_other
from procurement.members import queries as members_queries
from procurement.tenders import actions_late_members, participation, queries, queries_late_members
from procurement.tenders.forms_participation import ParticipationForm
from procurement.tenders.forms_published import AddMemberForm, LateMemberForm
from procurement.tenders.models import Tender
from procurement.tenders.models_published import LateMember
from procurement.tenders.participation import MEANINGS, WITH_MANDATE
from procurement.tenders.routes import REFUSED, Answer, blueprint, done, page


@blueprint.get("/<int:tender_id>/late-members")
def late_members(tender_id: int) -> Answer:
    """Who was asked after publication, and who may still be."""
    return _list(queries.tender_for(current_user, tender_id))


def _list(tender: Tender, form: LateMemberForm | None = None) -> Answer:
    shown = form or LateMemberForm(formdata=None)
    shown.offer(queries_late_members.members_to_ask(tender))
    return page(
        "late_members",
        tender,
        REFUSED if form else 200,
        late_members=queries_late_members.late_members_of(tender.id),
        objections=queries_late_members.objections_to_time(tender),
        form=shown,
    )


@blueprint.post("/<int:tender_id>/late-members")
def ask_late_member(tender_id: int) -> Answer:
    """Ask a member to come in."""
    tender, form = queries.tender_for(current_user, tender_id), LateMemberForm()
    form.offer(queries_late_members.members_to_ask(tender))
    if form.validate_on_submit():
        member = members_queries.member(form.member.data)
        late = form.attempt(lambda: actions_late_members.ask_late_member(tender, member, by=current_user))
        if late is not None:
            return done(_("%(name)s ist gefragt.", name=member.name), "late_members", tender_id)
    return _list(tender, form)


@blueprint.get("/<int:tender_id>/late-members/<int:member_id>")
def late_member(tender_id: int, member_id: int) -> Answer:
    """What adding this member changes, before it is done."""
    late = queries_late_members.late_member_of(queries.tender_for(current_user, tender_id), member_id)
    form = AddMemberForm(formdata=None, data={"version": str(late.version), "takes_demand": True})
    return _member(late, form)


def _member(late: LateMember, form: AddMemberForm, status: int = 200) -> Answer:
    objections = queries_late_members.objections_to_time(late.tender)
    has_demand = queries_late_members.late_demand_of(late) is not None
    effect = None
    if not objections and late.added_by_version_id is None:
        effect = queries_late_members.effect_of_adding(late, takes_demand=has_demand)
        if not form.is_submitted():
            form.propose(effect.proposed)
    return page(
        "late_member",
        late.tender,
        status,
        late=late,
        form=form,
        effect=effect,
        has_demand=has_demand,
        objections=objections,
    )


@blueprint.post("/<int:tender_id>/late-members/<int:member_id>")
def add_late_member(tender_id: int, member_id: int) -> Answer:
    """Add the member by a correction with a later deadline."""
    late = queries_late_members.late_member_of(queries.tender_for(current_user, tender_id), member_id)
    form = AddMemberForm()
    if form.validate_on_submit():
        takes_demand = bool(form.takes_demand.data)
        made = form.attempt(
            lambda: actions_late_members.add_late_member(
                late,
                form.reason.data,
                form.deadlines(),
                by=current_user,
                takes_demand=takes_demand,
                seen_version=form.seen_version(),
            )
        )
        if made is not None:
            return done(_("%(name)s ist aufgenommen.", name=late.member.name), "versions", tender_id)
    return _member(late, form, REFUSED)


@blueprint.get("/<int:tender_id>/late-members/<int:member_id>/on-behalf")
def confirm_late_for(tender_id: int, member_id: int) -> Answer:
    """Enter a late member's confirmation from its signed document."""
    late = queries_late_members.late_member_of(queries.tender_for(current_user, tender_id), member_id)
    return _on_behalf(late, _confirmation_form(late))


def _on_behalf(late: LateMember, form: ParticipationForm, status: int = 200) -> Answer:
    objections = queries_late_members.objections_to_time(late.tender)
    return page("late_confirm_for", late.tender, status, late=late, form=form, objections=objections)


def _confirmation_form(late: LateMember) -> ParticipationForm:
    tender = late.tender
    scope = participation.usual_scope(tender.reference, tender.title, tender.procurement_role)
    return ParticipationForm(formdata=None, data={"mandate_on": clock.today(), "scope": scope})


@blueprint.post("/<int:tender_id>/late-members/<int:member_id>/on-behalf")
def confirm_late_for_member(tender_id: int, member_id: int) -> Answer:
    """Confirm for a late member."""
    late = queries_late_members.late_member_of(queries.tender_for(current_user, tender_id), member_id)
    form = ParticipationForm()
    if form.validate_on_submit() and form.attempt(
        lambda: actions_late_members.confirm_late_on_behalf(late, form.confirmation(), by=current_user)
    ):
        return done(_("Die Teilnahme ist bestätigt."), "late_member", tender_id, member_id=member_id)
    return _on_behalf(late, form, REFUSED)


@blueprint.get("/<int:tender_id>/late-participation/<int:member_id>")
def own_late_participation(tender_id: int, member_id: int) -> Answer:
    """The own member is asked to come into a published tender: what it means, its late demand, the confirmation."""
    late = queries_late_members.own_late_member(current_user, tender_id, member_id)
    return _own(late, _confirmation_form(late))


def _own(late: LateMember, form: ParticipationForm, status: int = 200) -> Answer:
    page_ = render_template(
        "tenders/own_late_participation.html",
        late=late,
        tender=late.tender,
        requests=queries_late_members.own_requests(late),
        objections=queries_late_members.objections_to_time(late.tender),
        needs_document=late.tender.procurement_role in WITH_MANDATE,
        meaning=MEANINGS[late.tender.procurement_role],
        form=form,
    )
    return page_, status


@blueprint.post("/<int:tender_id>/late-participation/<int:member_id>")
def confirm_late_participation(tender_id: int, member_id: int) -> Answer:
    """Let the own member take part bindingly."""
    late = queries_late_members.own_late_member(current_user, tender_id, member_id)
    form = ParticipationForm()
    if form.validate_on_submit() and form.attempt(
        lambda: actions_late_members.confirm_late_participation(late, form.confirmation(), by=current_user)
    ):
        flash(_("Ihre Teilnahme ist verbindlich bestätigt. Die Vergabestelle nimmt Sie mit einer Änderung auf."),
              "success")  # fmt: skip
        return see_other(url_for("tenders.own_late_participation", tender_id=tender_id, member_id=member_id))
    return _own(late, form, REFUSED)
