"""The tab "Prüfung" of a tender: order of stages, what is demanded, then the task list of all bids."""

from flask import Blueprint, flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from procurement.bids.queries import is_opened, readable_tender
from procurement.core.forms import BaseForm
from procurement.core.fragments import see_other
from procurement.examination import actions, queries, queries_page
from procurement.examination.forms import DocumentForm, PriceBasisForm, ProfileForm, SuitabilityForm, profile_form
from procurement.examination.profiles import profiles_on, proposed
from procurement.tenders import actions_requirements, queries_requirements
from procurement.tenders.models import Tender
from procurement.tenders.models_requirements import DemandedDocument, SuitabilityCriterion
from procurement.tenders.queries_page import PageFrame, frame_of, next_step_of
from procurement.tenders.rules import objections_to_changing

blueprint = Blueprint("examination", __name__, url_prefix="/examination")

Answer = str | Response | tuple[str, int]
REFUSED = 422


def frame(tender: Tender) -> PageFrame:
    """The frame of the tender's pages with the tab of this feature marked."""
    return frame_of(tender, "examination.show")


def _tender(tender_id: int) -> Tender:
    tender = queries_page.tender_for(current_user, tender_id)
    return readable_tender(tender_id, current_user) if is_opened(tender) else tender


@blueprint.get("/<int:tender_id>")
def show(tender_id: int) -> Answer:
    """What is demanded and in which order it is examined; after the opening every bid with its stages."""
    return _page(_tender(tender_id))


def _page(tender: Tender, used: BaseForm | None = None) -> Answer:
    """The tab; ``used`` is the form that came back with errors, the others are fresh."""
    view, seen = queries_page.tender_view(tender), {"version": tender.version}
    page = render_template(
        "examination/show.html",
        frame=frame(tender),
        tender=tender,
        view=view,
        profiles=profiles_on(tender.procedure_started_on),
        next_of_tender=next_step_of(tender),
        form=used,
        may_change=not objections_to_changing(tender),
        choosing=queries_page.objections_to_choosing_profile(tender),
        forms={
            "profile": used if isinstance(used, ProfileForm) else _profile_form(tender),
            "document": used if isinstance(used, DocumentForm) else DocumentForm(formdata=None, data=seen),
            "suitability": used if isinstance(used, SuitabilityForm) else SuitabilityForm(formdata=None, data=seen),
            "basis": used
            if isinstance(used, PriceBasisForm)
            else PriceBasisForm(formdata=None, data=seen | {"basis": tender.price_basis}),
        },
    )
    return page, REFUSED if used else 200


def _profile_form(tender: Tender) -> ProfileForm:
    order = queries.order_of(tender)
    if order.plan is None:
        key = proposed(tender.procedure_type, tender.procedure_started_on).key
        return profile_form(key, order.stages, {"version": 0})
    shown = {"norm": order.plan.norm, "reason": order.plan.reason, "version": order.plan.version}
    return profile_form(order.plan.profile, order.stages, shown)


def _done(message: str, tender_id: int) -> Response:
    flash(message, "success")
    return see_other(url_for("examination.show", tender_id=tender_id))


@blueprint.post("/<int:tender_id>/profile")
def choose_profile(tender_id: int) -> Answer:
    """Choose the order of stages."""
    tender, form = _tender(tender_id), ProfileForm()
    if form.validate_on_submit() and form.attempt(
        lambda: actions.choose_profile(tender, form.entry(), by=current_user, seen=form.seen_version())
    ):
        return _done(_("Die Reihenfolge der Prüfung ist festgelegt."), tender_id)
    return _page(tender, form)


@blueprint.post("/<int:tender_id>/documents")
def demand_document(tender_id: int) -> Answer:
    """Demand a document from every bidder."""
    tender, form = _tender(tender_id), DocumentForm()
    if form.validate_on_submit() and form.attempt(
        lambda: actions_requirements.demand_document(
            tender, form.entry(), by=current_user, seen_version=form.seen_version()
        )
    ):
        return _done(_("Die Unterlage ist gefordert."), tender_id)
    return _page(tender, form)


@blueprint.post("/<int:tender_id>/suitability")
def demand_suitability(tender_id: int) -> Answer:
    """Make a condition of suitability."""
    tender, form = _tender(tender_id), SuitabilityForm()
    if form.validate_on_submit() and form.attempt(
        lambda: actions_requirements.demand_suitability(
            tender, form.entry(), by=current_user, seen_version=form.seen_version()
        )
    ):
        return _done(_("Das Eignungskriterium ist aufgestellt."), tender_id)
    return _page(tender, form)


@blueprint.post("/<int:tender_id>/documents/<int:document_id>/removal")
def remove_document(tender_id: int, document_id: int) -> Answer:
    """No longer demand a document."""
    tender = _tender(tender_id)
    return _remove(tender, queries_requirements.document_of(tender, document_id))


@blueprint.post("/<int:tender_id>/suitability/<int:criterion_id>/removal")
def remove_suitability(tender_id: int, criterion_id: int) -> Answer:
    """Drop a condition of suitability."""
    tender = _tender(tender_id)
    return _remove(tender, queries_requirements.criterion_of(tender, criterion_id))


def _remove(tender: Tender, requirement: DemandedDocument | SuitabilityCriterion) -> Answer:
    seen = request.form.get("version", type=int)
    actions_requirements.take_out(requirement, by=current_user, seen_version=seen)
    return _done(_("Die Anforderung ist entfernt."), tender.id)


@blueprint.post("/<int:tender_id>/price-basis")
def announce_price_basis(tender_id: int) -> Answer:
    """Announce what counts where prices contradict each other."""
    tender, form = _tender(tender_id), PriceBasisForm()
    if form.validate_on_submit() and form.attempt(
        lambda: actions_requirements.announce_price_basis(
            tender, form.basis.data, by=current_user, seen_version=form.seen_version()
        )
    ):
        return _done(_("Die Regel bei Rechenfehlern ist festgelegt."), tender_id)
    return _page(tender, form)
