"""One bid in the examination: noting results, asking the bidder, deciding about its price."""

from collections.abc import Callable

from flask import flash, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from procurement.bids import queries as bids
from procurement.bids.models import Bid
from procurement.core.errors import NotFound
from procurement.core.forms import BaseForm
from procurement.core.fragments import see_other
from procurement.examination import (
    actions,
    actions_documents,
    actions_price,
    actions_suitability,
    forms_bid,
    queries,
    queries_bid,
    queries_page,
)
from procurement.examination.queries_page import BidView, LotView
from procurement.examination.routes import REFUSED, Answer, blueprint, frame
from procurement.tenders.models import Lot
from procurement.tenders.queries_page import next_step_of


@blueprint.get("/bids/<int:bid_id>")
def bid(bid_id: int) -> Answer:
    """One bid, stage by stage."""
    return _page(bids.readable_bid(bid_id, current_user), {})


def _page(shown: Bid, typed: dict[str, BaseForm]) -> Answer:
    """The page; ``typed`` holds the form that came back with errors under its name, all others are fresh."""
    view = queries_page.bid_view(shown)
    page = render_template(
        "examination/bid.html",
        frame=frame(shown.tender),
        tender=shown.tender,
        bid=shown,
        view=view,
        next_of_tender=next_step_of(shown.tender),
        form=next(iter(typed.values()), None),
        forms=_forms(view) | typed,
    )
    return page, REFUSED if typed else 200


def _forms(view: BidView) -> dict[str, BaseForm]:
    """A fresh form for each thing that can be noted, by what it is and, where there is one, the lot."""
    due = queries_page.usual_due_day()
    request, shown = view.request, view.bid
    found: dict[str, BaseForm] = {
        "documents": forms_bid.documents_form(view.documents, queries_bid.checks_of(shown), formdata=None),
        "suitability": forms_bid.suitability_form(view.criteria, view.answers, formdata=None),
        "integrity": forms_bid.integrity_form(view.integrity),
        "request": forms_bid.request_form(view.documents, formdata=None, prefix="request-", data={}),
        "receipt": forms_bid.ReceiptForm(
            formdata=None, prefix="receipt-", data={"version": request.version if request else 0}
        ),
    }
    found["request"]["due_on"].raw_data = [due]
    for lot in view.lots:
        found |= _lot_forms(lot, due)
    return found


def _lot_forms(lot: LotView, due: str) -> dict[str, BaseForm]:
    number, check = lot.lot.number, lot.price.clarification
    seen = {"version": check.version if check else 0}
    questions = _("Wie setzt sich Ihr Preis zusammen?\nWelche Löhne, Lizenzen und Gemeinkosten sind eingerechnet?")
    made: dict[str, BaseForm] = {
        f"formal-{number}": forms_bid.formal_form(f"formal-{number}-", lot.formal),
        f"ask-{number}": forms_bid.ClarificationForm(
            formdata=None, prefix=f"ask-{number}-", data={"questions": questions}
        ),
        f"answer-{number}": forms_bid.AnswerForm(formdata=None, prefix=f"answer-{number}-", data=seen),
        f"outcome-{number}": forms_bid.OutcomeForm(formdata=None, prefix=f"outcome-{number}-", data=seen),
        f"keep-{number}": forms_bid.KeepForm(formdata=None, prefix=f"keep-{number}-", data=seen),
    }
    made[f"ask-{number}"]["due_on"].raw_data = [due]
    return made


def _try(shown: Bid, name: str, form: BaseForm, act: Callable[[], object], message: str) -> Answer:
    """Run an action with a form; what was typed stays if it is refused."""
    if form.validate_on_submit() and form.attempt(act) is not None:
        flash(message, "success")
        return see_other(url_for("examination.bid", bid_id=shown.id))
    return _page(shown, {name: form})


def _bid_and_lot(bid_id: int, number: int) -> tuple[Bid, Lot]:
    shown = bids.readable_bid(bid_id, current_user)
    lot = next((lot for lot in queries_bid.lots_of(shown) if lot.number == number), None)
    if lot is None:
        raise NotFound
    return shown, lot


@blueprint.post("/bids/<int:bid_id>/lots/<int:number>/formal")
def record_formal(bid_id: int, number: int) -> Answer:
    """Note the formal result in a lot."""
    shown, lot = _bid_and_lot(bid_id, number)
    name = f"formal-{number}"
    form = forms_bid.FormalForm(prefix=f"{name}-")
    done = _("Das Ergebnis der formalen Prüfung ist festgehalten.")
    return _try(shown, name, form, lambda: actions.record_formal(lot, shown, form.entry(), by=current_user), done)


@blueprint.post("/bids/<int:bid_id>/documents")
def check_documents(bid_id: int) -> Answer:
    """Note which demanded documents are there."""
    shown = bids.readable_bid(bid_id, current_user)
    form = forms_bid.documents_form(queries_bid.request_facts(shown).documents, queries_bid.checks_of(shown))
    done = _("Die Prüfung der Unterlagen ist gespeichert.")

    def act() -> object:
        return actions_documents.check_documents(shown, forms_bid.document_entries(form), by=current_user)

    return _try(shown, "documents", form, act, done)


@blueprint.post("/bids/<int:bid_id>/request")
def request_documents(bid_id: int) -> Answer:
    """Ask for what is missing."""
    shown = bids.readable_bid(bid_id, current_user)
    form = forms_bid.request_form(queries_bid.request_facts(shown).documents, prefix="request-")
    done = _("Die Nachforderung ist versandt.")

    def act() -> object:
        return actions_documents.request_documents(shown, form.entry(), by=current_user)

    return _try(shown, "request", form, act, done)


@blueprint.post("/requests/<int:request_id>/receipt")
def record_receipt(request_id: int) -> Answer:
    """Note what came of a request."""
    request = queries.request(request_id, current_user)
    form = forms_bid.ReceiptForm(prefix="receipt-")
    done = _("Das Ergebnis der Nachforderung ist festgehalten.")

    def act() -> object:
        return actions_documents.record_receipt(request, form.entry(), by=current_user, seen=form.seen_version())

    return _try(request.bid, "receipt", form, act, done)


@blueprint.post("/bids/<int:bid_id>/suitability")
def check_suitability(bid_id: int) -> Answer:
    """Note which criteria of suitability are met."""
    shown = bids.readable_bid(bid_id, current_user)
    view = queries_page.bid_view(shown)
    form = forms_bid.suitability_form(view.criteria, view.answers)
    done = _("Die Prüfung der Eignung ist gespeichert.")

    def act() -> object:
        return actions_suitability.check_suitability(shown, forms_bid.suitability_entries(form), by=current_user)

    return _try(shown, "suitability", form, act, done)


@blueprint.post("/bids/<int:bid_id>/integrity")
def record_integrity(bid_id: int) -> Answer:
    """Note what is known of grounds for exclusion."""
    shown = bids.readable_bid(bid_id, current_user)
    form = forms_bid.IntegrityForm(prefix="integrity-")
    done = _("Die Prüfung der Ausschlussgründe ist festgehalten.")

    def act() -> object:
        return actions_suitability.record_integrity(shown, form.entry(), by=current_user)

    return _try(shown, "integrity", form, act, done)


@blueprint.post("/bids/<int:bid_id>/lots/<int:number>/clarification")
def ask_bidder(bid_id: int, number: int) -> Answer:
    """Ask the bidder about its price."""
    shown, lot = _bid_and_lot(bid_id, number)
    form = forms_bid.ClarificationForm(prefix=f"ask-{number}-")
    done = _("Die Bitte um Aufklärung ist versandt.")

    def act() -> object:
        return actions_price.ask_bidder(lot, shown, form.questions.data or "", form.due_on.data, by=current_user)

    return _try(shown, f"ask-{number}", form, act, done)


@blueprint.post("/clarifications/<int:clarification_id>/answer")
def note_answer(clarification_id: int) -> Answer:
    """Keep what the bidder answered."""
    check = queries.clarification(clarification_id, current_user)
    name = f"answer-{check.lot.number}"
    form = forms_bid.AnswerForm(prefix=f"{name}-")
    done = _("Die Antwort des Bieters ist festgehalten.")

    def act() -> object:
        day, seen = form.answered_on.data, form.seen_version()
        return actions_price.note_answer(check, form.answer.data or "", day, by=current_user, seen=seen)

    return _try(check.bid, name, form, act, done)


@blueprint.post("/bids/<int:bid_id>/lots/<int:number>/outcome")
def decide_price(bid_id: int, number: int) -> Answer:
    """Decide how the check of a price ends."""
    shown, lot = _bid_and_lot(bid_id, number)
    form = forms_bid.OutcomeForm(prefix=f"outcome-{number}-")
    done = _("Das Ergebnis der Preisprüfung ist festgehalten.")

    def act() -> object:
        return actions_price.decide(lot, shown, form.entry(), by=current_user, seen=form.seen_version())

    return _try(shown, f"outcome-{number}", form, act, done)


@blueprint.post("/clarifications/<int:clarification_id>/keeping")
def keep_in(clarification_id: int) -> Answer:
    """Record why a bid with an unexplained price stays in."""
    check = queries.clarification(clarification_id, current_user)
    name = f"keep-{check.lot.number}"
    form = forms_bid.KeepForm(prefix=f"{name}-")
    done = _("Der Grund ist festgehalten; das Angebot bleibt in der Wertung.")

    def act() -> object:
        return actions_price.keep_in(check, form.keep_reason.data or "", by=current_user, seen=form.seen_version())

    return _try(check.bid, name, form, act, done)


@blueprint.post("/bids/<int:bid_id>/lots/<int:number>/corrections")
def tell_corrections(bid_id: int, number: int) -> Answer:
    """Tell the bidder which totals were corrected."""
    shown, lot = _bid_and_lot(bid_id, number)
    actions_price.tell_corrections(lot, shown, by=current_user)
    flash(_("Die Rechenkorrektur ist dem Bieter mitgeteilt."), "success")
    return see_other(url_for("examination.bid", bid_id=bid_id))


@blueprint.get("/letters/<int:letter_id>")
def letter(letter_id: int) -> Answer:
    """A letter as it was sent."""
    shown = queries.letter(letter_id, current_user)
    return render_template("examination/letter.html", frame=frame(shown.bid.tender), letter=shown)
