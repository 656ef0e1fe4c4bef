"""The tab "Information" of a tender: letters, standstill, register, the award and what is due after it."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from procurement.awarding import actions, actions_letters, queries, queries_page
from procurement.awarding.forms import (
    AwardForm,
    DayForm,
    DebriefAnswerForm,
    DebriefForm,
    ExtensionForm,
    LetterForm,
    RegisterForm,
)
from procurement.awarding.models import BidderLetter
from procurement.bids.queries import bidder as bidder_of
from procurement.bids.queries import readable_tender, standing_bids
from procurement.core.forms import BaseForm
from procurement.core.fragments import see_other
from procurement.tenders.models import Tender
from procurement.tenders.queries_page import PageFrame, frame_of, next_step_of

blueprint = Blueprint("awarding", __name__, url_prefix="/awarding")

Answer = str | Response | tuple[str, int]
REFUSED = 422
FORMS: dict[str, Any] = {
    "register": RegisterForm,
    "extension": ExtensionForm,
    "award": AwardForm,
    "debrief": DebriefForm,
    "day": DayForm,
    "debrief_answer": DebriefAnswerForm,
}


def frame(tender: Tender, section: str = "awarding.show") -> PageFrame:
    """The frame of the tender's pages with a tab of this feature marked."""
    return frame_of(tender, section)


@blueprint.get("/<int:tender_id>")
def show(tender_id: int) -> Answer:
    """Where the award stands: what is done, what is missing, every letter with its dates."""
    return _page(readable_tender(tender_id, current_user))


def _page(tender: Tender, used: BaseForm | None = None) -> str:
    """The tab; ``used`` is the form that came back with errors, all others are fresh."""
    view = queries_page.page_of(tender)
    forms = {name: kind(formdata=None) for name, kind in FORMS.items()}
    forms["award"] = AwardForm(formdata=None, data={"version": tender.version})
    forms |= {name: used for name, kind in FORMS.items() if type(used) is kind}
    forms["register"].offer(view.winners)
    forms["debrief"].offer(bid.bidder for bid in standing_bids(tender.id))
    page = "awarding/show.html"
    shown = {"view": view, "next_of_tender": next_step_of(tender)}
    return render_template(page, frame=frame(tender), tender=tender, forms=forms, form=used, **shown)


def _run(tender: Tender, form: BaseForm, act: Callable[[], object], done: str) -> Answer:
    """Try an action with a form of this page: back to the page when it worked, else the page with its objections."""
    if form.validate_on_submit() and form.attempt(act) is not None:
        flash(done, "success")
        return see_other(url_for("awarding.show", tender_id=tender.id))
    return _page(tender, form), REFUSED


@blueprint.post("/<int:tender_id>/letters")
def draft(tender_id: int) -> Answer:
    """Draft a letter for everybody who is owed one."""
    tender = readable_tender(tender_id, current_user)
    made = actions_letters.draft_letters(tender, by=current_user)
    flash(ngettext("Ein Schreiben ist entworfen.", "%(num)s Schreiben sind entworfen.", len(made)), "success")
    return see_other(url_for("awarding.show", tender_id=tender_id))


@blueprint.post("/<int:tender_id>/letters/send")
def send(tender_id: int) -> Answer:
    """Send every letter that waits."""
    tender = readable_tender(tender_id, current_user)
    sent = actions_letters.send_letters(tender, by=current_user)
    flash(ngettext("Ein Schreiben ist versandt.", "%(num)s Schreiben sind versandt.", len(sent)), "success")
    return see_other(url_for("awarding.show", tender_id=tender_id))


@blueprint.get("/letters/<int:bidder_letter_id>")
def letter(bidder_letter_id: int) -> Answer:
    """One letter as it goes out, with its reasons to be worded until it is sent."""
    found = queries.letter_of(bidder_letter_id, current_user)
    return _letter_page(found, LetterForm(obj=found))


@blueprint.post("/letters/<int:bidder_letter_id>")
def word(bidder_letter_id: int) -> Answer:
    """Change the reasons or the way of a letter."""
    found, form = queries.letter_of(bidder_letter_id, current_user), LetterForm()
    if form.validate_on_submit():
        reasons, channel, seen = form.reasons.data, form.channel.data, form.seen_version()
        act = actions_letters.word_letter
        if form.attempt(lambda: act(found, reasons, channel, by=current_user, seen_version=seen)) is not None:
            flash(_("Das Schreiben ist gespeichert."), "success")
            return see_other(url_for("awarding.show", tender_id=found.tender_id))
    return _letter_page(found, form), REFUSED


def _letter_page(found: BidderLetter, form: LetterForm) -> str:
    sheet = queries.sheet_of(found)
    page = "awarding/letter.html"
    return render_template(page, frame=frame(found.tender), sheet=sheet, letter=found, form=form)


@blueprint.post("/<int:tender_id>/extension")
def extend(tender_id: int) -> Answer:
    """Extend the standstill; all bidders are told."""
    tender, form = readable_tender(tender_id, current_user), ExtensionForm()
    done = _("Die Verlängerung ist entworfen. Sie gilt, sobald die Schreiben an alle Bieter versandt sind.")
    act = actions_letters.extend_standstill
    return _run(tender, form, lambda: act(tender, form.until.data, form.reason.data, by=current_user), done)


@blueprint.post("/<int:tender_id>/register")
def ask_register(tender_id: int) -> Answer:
    """Record what the competition register said."""
    tender, form = readable_tender(tender_id, current_user), RegisterForm()
    form.offer(queries.winners_of(tender))

    def act() -> object:
        bidder, note = bidder_of(form.bidder.data), form.note.data or ""
        day, result = form.answered_on.data, form.result.data
        return actions.record_register_query(tender, bidder, day, result, note, by=current_user)

    return _run(tender, form, act, _("Die Auskunft ist festgehalten."))


@blueprint.post("/<int:tender_id>/award")
def award(tender_id: int) -> Answer:
    """Make the award."""
    tender, form = readable_tender(tender_id, current_user), AwardForm()
    seen = form.seen_version()
    done = _("Der Zuschlag ist erteilt.")
    return _run(
        tender, form, lambda: actions.award(tender, form.note.data or "", by=current_user, seen_version=seen), done
    )


@blueprint.post("/<int:tender_id>/notice")
def note_notice(tender_id: int) -> Answer:
    """Note that the award notice was sent."""
    tender, form = readable_tender(tender_id, current_user), DayForm()
    made = queries.award_to_report(tender.id)
    done = _("Die Vergabebekanntmachung ist vermerkt.")
    return _run(tender, form, lambda: actions.note_notice(made, form.on.data, by=current_user), done)


@blueprint.post("/<int:tender_id>/statistics")
def note_statistics(tender_id: int) -> Answer:
    """Note that the award was reported for the statistics."""
    tender, form = readable_tender(tender_id, current_user), DayForm()
    made = queries.award_to_report(tender.id)
    done = _("Die Meldung zur Vergabestatistik ist vermerkt.")
    return _run(tender, form, lambda: actions.note_statistics(made, form.on.data, by=current_user), done)


@blueprint.post("/<int:tender_id>/debriefs")
def record_debrief(tender_id: int) -> Answer:
    """Record a bidder's request for the reasons."""
    tender, form = readable_tender(tender_id, current_user), DebriefForm()
    form.offer(bid.bidder for bid in standing_bids(tender.id))
    done = _("Der Antrag ist festgehalten.")

    def act() -> object:
        return actions.record_debrief(tender, bidder_of(form.bidder.data), form.received_on.data, by=current_user)

    return _run(tender, form, act, done)


@blueprint.post("/debriefs/<int:debrief_request_id>")
def answer_debrief(debrief_request_id: int) -> Answer:
    """Record what the bidder was told."""
    found, form = queries.debrief_of(debrief_request_id, current_user), DebriefAnswerForm()
    done = _("Die Unterrichtung ist festgehalten.")
    act = actions.answer_debrief
    day, text = form.answered_on, form.answer
    return _run(found.tender, form, lambda: act(found, day.data, text.data, by=current_user), done)
