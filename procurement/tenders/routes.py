"""Pages of a tender: list, planning, the object page, publication, cancellation, the file.

Lots and lines are in :mod:`procurement.tenders.routes_bill`, criteria, deadlines and value in
:mod:`procurement.tenders.routes_terms`; all of them are the blueprint made here.
"""

from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from procurement.audit import queries as audit_queries
from procurement.core import clock
from procurement.core.fragments import see_other
from procurement.tenders import (
    actions,
    actions_publication,
    lifecycle,
    lot_rules,
    queries,
    queries_bill,
    queries_late_members,
    queries_lot_rules,
    queries_page,
    queries_panel,
    queries_participation,
    queries_publication,
    queries_succession,
    rules,
)
from procurement.tenders.forms import CancelForm, ConfirmForm, PlanForm, TenderForm
from procurement.tenders.models import Tender
from procurement.tenders.publication import objections_to_publishing, remarks_on_publishing
from procurement.tenders.queries_cancellation import cancellations_of, cancelled_lots
from procurement.tenders.scoring_setup import METHODS

blueprint = Blueprint("tenders", __name__, url_prefix="/tenders")

Answer = str | Response | tuple[str, int]
REFUSED = 422


def page(template: str, tender: Tender, status: int = 200, **values: object) -> Answer:
    """A page of the object with its frame; editing is offered while the tender is planned."""
    may_change = not rules.objections_to_changing(tender) and queries_page.may_manage()
    frame = queries_page.frame_of(tender)
    return render_template(
        f"tenders/{template}.html", frame=frame, tender=tender, may_change=may_change, **values
    ), status


def done(message: str, view: str, tender_id: int, **values: Any) -> Response:
    """Say what happened and go on to a page of this tender."""
    flash(message, "success")
    return see_other(url_for(f"tenders.{view}", tender_id=tender_id, **values))


@blueprint.get("/")
def index() -> Answer:
    """All tenders for those who see all; for a lead those of its member, planned ones only to confirm taking part."""
    if not queries.sees_all(current_user):
        own = queries.own_tenders(current_user)
        asked = queries_participation.asked_of(current_user)
        late = queries_late_members.asked_late(current_user)
        return render_template("tenders/index_member.html", tenders=own, asked=asked, late=late, tones=lifecycle.TONES)
    return render_template(
        "tenders/index.html", tenders=queries.tenders(), rounds=queries.plannable_rounds(), tones=lifecycle.TONES
    )


@blueprint.get("/plan")
def plan() -> Answer:
    """Choose a closed round, then enter what the tender needs besides it."""
    round_id = request.args.get("round", type=int)
    if round_id is None:
        return render_template("tenders/plan_round.html", rounds=queries.plannable_rounds())
    round_ = queries.round_of(round_id)
    suggestion = {"reference": queries.suggested_reference(clock.today().year), "title": round_.title}
    term = {"term_months": round_.term_months, "option_months": round_.option_months}
    given = suggestion | term | {"has_total_price": round_.has_total_price}
    form = PlanForm(data={**given, "procedure_started_on": clock.today()})
    lines = queries.open_lines(round_)
    form.offer(lines)
    return render_template("tenders/plan.html", form=form, round=round_, lines=lines)


@blueprint.post("/plan")
def create() -> Answer:
    """Plan the tender: lots, lines and lineage come from the round."""
    round_ = queries.round_of(request.args.get("round", 0, type=int))
    form, lines = PlanForm(), queries.open_lines(round_)
    form.offer(lines)
    if form.validate_on_submit():
        articles = form.articles.data
        made = form.attempt(lambda: actions.plan(form.entry(), round_, by=current_user, article_ids=articles))
        if made is not None:
            flash(_("Die Ausschreibung ist geplant. Prüfen Sie jetzt Lose, Kriterien, Fristen und Wert."), "success")
            return see_other(url_for("tenders.show", tender_id=made.id))
    return render_template("tenders/plan.html", form=form, round=round_, lines=lines), REFUSED


@blueprint.get("/<int:tender_id>")
def show(tender_id: int) -> Answer:
    """The overview of a tender; a lead sees title, stage, deadline, lots and its own quantities."""
    if not queries.sees_all(current_user):
        return _show_member(queries.own_tender(current_user, tender_id))
    tender = queries.tender_for(current_user, tender_id)
    return page(
        "show",
        tender,
        next=queries_page.next_step_of(tender),
        lots=queries_bill.lots_of(tender_id),
        participants=queries.participants_of(tender_id),
        method=METHODS.get(tender.method or ""),
        recent=queries_page.recent_entries(tender_id),
        cancelled=cancelled_lots(tender_id),
        succeeding=queries_succession.succeeding(tender),
        lot_rules=lot_rules.worded(queries_lot_rules.lot_rules_of(tender_id)),
    )


def _show_member(tender: queries.OwnTender) -> Answer:
    return render_template(
        "tenders/show_member.html",
        tender=tender,
        steps=queries_page.steps_of(tender),
        tones=lifecycle.TONES,
        lots=queries_bill.lots_of(tender.id),
        lines=queries_bill.own_lines(tender.id, current_user.member_ids),
        cancellations=cancellations_of(tender.id),
    )


@blueprint.get("/<int:tender_id>/edit")
def edit(tender_id: int) -> Answer:
    """Change what is entered about a planned tender."""
    tender = queries.tender_for(current_user, tender_id)
    return page("edit", tender, form=TenderForm(obj=tender))


@blueprint.post("/<int:tender_id>/edit")
def update(tender_id: int) -> Answer:
    """Store the changed entry."""
    tender, form = queries.tender_for(current_user, tender_id), TenderForm()
    if form.validate_on_submit() and form.attempt(
        lambda: actions.change_tender(tender, form.entry(), by=current_user, seen_version=form.seen_version())
    ):
        return done(_("Die Angaben sind gespeichert."), "show", tender_id)
    return page("edit", tender, REFUSED, form=form)


@blueprint.get("/<int:tender_id>/publish")
def publish(tender_id: int) -> Answer:
    """What publication fixes and who learns of it, before it is done."""
    tender = queries.tender_for(current_user, tender_id)
    return _publication(tender, ConfirmForm(obj=tender))


def _publication(tender: Tender, form: ConfirmForm, status: int = 200) -> Answer:
    facts = queries_publication.publication_facts(tender)
    return page(
        "publish",
        tender,
        status,
        form=form,
        publication=facts,
        objections=objections_to_publishing(facts) + queries_succession.objections_to_following(tender),
        remarks=remarks_on_publishing(facts),
        participants=queries.participants_of(tender.id),
        lot_rules=lot_rules.worded(facts.lot_rules),
    )


@blueprint.post("/<int:tender_id>/publish")
def publish_now(tender_id: int) -> Answer:
    """Publish the tender as it was seen on the confirmation page."""
    tender, form = queries.tender_for(current_user, tender_id), ConfirmForm()
    if form.validate_on_submit() and form.attempt(
        lambda: actions_publication.publish(tender, by=current_user, seen_version=form.seen_version())
    ):
        return done(
            _("Die Ausschreibung ist veröffentlicht. Alles Bekanntgemachte steht jetzt fest."), "show", tender_id
        )
    return _publication(tender, form, REFUSED)


@blueprint.get("/<int:tender_id>/cancel")
def cancel(tender_id: int) -> Answer:
    """Why a plan is given up; what is published leads on to the cancellation of § 63 VgV."""
    tender = queries.tender_for(current_user, tender_id)
    if rules.objections_to_withdrawing(tender.stage):
        return see_other(url_for("awarding.cancellation", tender_id=tender_id))
    return page("cancel", tender, form=CancelForm(obj=tender))


@blueprint.post("/<int:tender_id>/cancel")
def cancel_now(tender_id: int) -> Answer:
    """Give up the plan."""
    tender, form = queries.tender_for(current_user, tender_id), CancelForm()
    if form.validate_on_submit() and form.attempt(
        lambda: actions.withdraw(tender, form.reason.data, by=current_user, seen_version=form.seen_version())
    ):
        return done(_("Die Ausschreibung ist zurückgezogen."), "show", tender_id)
    return page("cancel", tender, REFUSED, form=form)


@blueprint.get("/<int:tender_id>/record")
def record(tender_id: int) -> Answer:
    """The file: every entry of the trail about this tender, and the proof that what was published still stands."""
    tender = queries.tender_for(current_user, tender_id)
    wanted = audit_queries.TrailFilter(tender_id=tender_id)
    trail = audit_queries.trail(wanted, current_user.id, request.args.get("page", 1, type=int))
    proof = queries_publication.verify_frozen(tender) if tender.is_frozen else None
    lots, norm = queries_bill.lots_of(tender_id), rules.lots_norm(tender.procedure_started_on)
    withheld = queries_panel.has_to_submit(tender_id, current_user.id)
    return page("record", tender, trail=trail, withheld=withheld, proof=proof, lots=lots, lots_norm=norm)
