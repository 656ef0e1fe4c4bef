"""The page "Zuschlag über alle Lose": rebates, capacity, linked bidders, the distribution with its proof."""

from collections.abc import Callable, Iterable

from flask import flash, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from procurement.bids.queries import readable_bid, readable_tender
from procurement.core.forms import BaseForm
from procurement.core.fragments import see_other
from procurement.core.jobs import enqueue
from procurement.evaluation import actions_lot_award, queries_lot_award, queries_lot_page
from procurement.evaluation.forms_lot_award import (
    AwardDrawingForm,
    DiscountForm,
    EndingForm,
    LinkForm,
    TermsForm,
)
from procurement.evaluation.jobs_lot_award import DETERMINE
from procurement.evaluation.routes import Answer, blueprint, frame
from procurement.tenders.lot_rules import worded
from procurement.tenders.models import Tender
from procurement.tenders.queries import officers_with_key

# Lots × bids from which on the search runs as a job with progress.
LARGE = 1_000


@blueprint.get("/<int:tender_id>/lot-award")
def lot_award(tender_id: int) -> Answer:
    """The award over all lots as it stands, with the forms."""
    return _page(readable_tender(tender_id, current_user), {})


def _page(tender: Tender, typed: dict[str, BaseForm]) -> str:
    """The page; ``typed`` holds the form that came back with errors under its name."""
    page = queries_lot_page.page_of(tender)
    return render_template(
        "evaluation/lot_award.html",
        frame=frame(tender, "evaluation.award"),
        tender=tender,
        page=page,
        worded=worded(page.rules),
        forms=_forms(tender, page) | typed,
        form=next(iter(typed.values()), None),
        proof=queries_lot_page.proof_of(page.shown.run) if page.shown else None,
    )


def _forms(tender: Tender, page: queries_lot_page.LotAwardPage) -> dict[str, BaseForm]:
    """A fresh form for each thing that can be entered."""
    bids = queries_lot_award.bids_of(tender)
    forms: dict[str, BaseForm] = {
        "discount": DiscountForm(formdata=None, prefix="discount-"),
        "terms": TermsForm(formdata=None, prefix="terms-"),
        "link": LinkForm(formdata=None, prefix="link-"),
        "ending": EndingForm(formdata=None, prefix="ending-"),
    }
    for name in ("discount", "terms", "link"):
        forms[name].offer(bids)
    if page.shown is not None:
        forms["draw"] = _drawing_form(page.shown.choices, formdata=None)
    return forms


def _drawing_form(choices: Iterable[str], **options: object) -> AwardDrawingForm:
    form = AwardDrawingForm(prefix="draw-", **options)
    form.offer(choices, [officer for officer in officers_with_key() if officer.id != current_user.id])
    return form


def _after(tender: Tender, name: str, form: BaseForm, act: Callable[[], object], message: str) -> Answer:
    """Run what the form asks for and go back to the page, or show it with what was refused."""
    if form.validate_on_submit() and form.attempt(act) is not None:
        flash(message, "success")
        return see_other(url_for("evaluation.lot_award", tender_id=tender.id))
    return _page(tender, {name: form}), form.status


@blueprint.post("/<int:tender_id>/discounts")
def enter_discount(tender_id: int) -> Answer:
    """Enter a rebate over several lots."""
    tender = readable_tender(tender_id, current_user)
    form = DiscountForm(prefix="discount-")
    form.offer(queries_lot_award.bids_of(tender))
    return _after(
        tender,
        "discount",
        form,
        lambda: actions_lot_award.enter_discount(
            readable_bid(form.bid.data, current_user), form.entry(), by=current_user
        ),
        _("Der Nachlass ist eingetragen."),
    )


@blueprint.post("/discounts/<int:discount_id>/end")
def end_discount(discount_id: int) -> Answer:
    """Take an entered rebate back with a reason."""
    discount, form = queries_lot_page.discount_for(discount_id, current_user), EndingForm(prefix="ending-")
    return _after(
        discount.bid.tender,
        "ending",
        form,
        lambda: actions_lot_award.take_back_discount(discount, form.reason.data, by=current_user),
        _("Der Eintrag zählt nicht mehr; er bleibt lesbar."),
    )


@blueprint.post("/<int:tender_id>/lot-terms")
def note_terms(tender_id: int) -> Answer:
    """Note capacity and wishes of a bid."""
    tender = readable_tender(tender_id, current_user)
    form = TermsForm(prefix="terms-")
    form.offer(queries_lot_award.bids_of(tender))
    return _after(
        tender,
        "terms",
        form,
        lambda: actions_lot_award.note_terms(readable_bid(form.bid.data, current_user), form.entry(), by=current_user),
        _("Kapazität und Wunschlose sind vermerkt."),
    )


@blueprint.post("/<int:tender_id>/links")
def link_bidders(tender_id: int) -> Answer:
    """Let bidders share one limit."""
    tender = readable_tender(tender_id, current_user)
    form, bids = LinkForm(prefix="link-"), queries_lot_award.bids_of(tender)
    form.offer(bids)
    return _after(
        tender,
        "link",
        form,
        lambda: actions_lot_award.link_bidders(
            tender, [bid for bid in bids if bid.id in form.bids.data], form.reason.data, by=current_user
        ),
        _("Die Bieter teilen sich jetzt eine Grenze."),
    )


@blueprint.post("/links/<int:link_id>/end")
def unlink_bidders(link_id: int) -> Answer:
    """End a link between bidders."""
    link, form = queries_lot_page.link_for(link_id, current_user), EndingForm(prefix="ending-")
    return _after(
        link.tender,
        "ending",
        form,
        lambda: actions_lot_award.unlink_bidders(link, form.reason.data, by=current_user),
        _("Die Verbindung ist aufgehoben."),
    )


@blueprint.post("/<int:tender_id>/lot-award")
def determine(tender_id: int) -> Answer:
    """Distribute the lots; many of them as a job with progress."""
    tender = readable_tender(tender_id, current_user)
    if len(tender.lots) * len(queries_lot_award.bids_of(tender)) > LARGE:
        key = f"{DETERMINE}:{tender.id}"
        job = enqueue(DETERMINE, unique_key=key, tender_id=tender.id, account_id=current_user.id)
        return see_other(url_for("home.job_progress", job_id=job.id))
    run = actions_lot_award.determine(tender, by=current_user)
    flash(_("Die Lose sind verteilt (Verteilung %(number)s).", number=run.number), "success")
    return see_other(url_for("evaluation.lot_award", tender_id=tender.id))


@blueprint.get("/lot-awards/<int:run_id>")
def lot_award_run(run_id: int) -> Answer:
    """One distribution as it was computed then, with the proof that it can be computed again."""
    run = queries_lot_page.run_for(run_id, current_user)
    return render_template(
        "evaluation/lot_award_run.html",
        frame=frame(run.tender, "evaluation.award"),
        shown=queries_lot_page.shown(run),
        proof=queries_lot_page.proof_of(run),
        runs=queries_lot_award.runs_of(run.tender_id),
    )


@blueprint.post("/lot-awards/<int:run_id>/drawing")
def draw_award(run_id: int) -> Answer:
    """Put a drawing of lots between equal distributions on record."""
    run = queries_lot_page.run_for(run_id, current_user)
    form = _drawing_form(queries_lot_page.shown(run).choices)
    second = next((officer for officer in officers_with_key() if officer.id == form.second.data), None)
    return _after(
        run.tender,
        "draw",
        form,
        lambda: actions_lot_award.record_award_drawing(
            run, form.choice.data, form.record.data, second, by=current_user
        ),
        _("Der Losentscheid ist festgehalten."),
    )
