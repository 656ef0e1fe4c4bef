"""Cancelling a procedure or one lot of it: ground, code, reason, risk, and what happens with the need."""

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from procurement.awarding import actions_cancellation, cancellation_rules, queries_cancellation, queries_remedies
from procurement.awarding.forms_remedies import CancellationForm
from procurement.awarding.routes import REFUSED, Answer, blueprint, frame
from procurement.core.fragments import see_other
from procurement.tenders.cancellation import CancellationGround, NoAwardCode
from procurement.tenders.models import Lot, Tender
from procurement.tenders.queries_cancellation import lots_going_on


@blueprint.get("/<int:tender_id>/cancellation")
def cancellation(tender_id: int) -> Answer:
    """The form; without bids ground and code are filled in (§ 63 Abs. 1 Nr. 1 VgV, no-rece)."""
    tender = queries_remedies.file_of(tender_id, current_user)
    lot = _lot(tender)
    shown: dict[str, object] = {"version": tender.version}
    if not queries_cancellation.facts_of(tender, lot).bids_received:
        shown |= {"ground": CancellationGround.NO_ADMISSIBLE_BID, "code": NoAwardCode.NOTHING_RECEIVED}
        shown |= {"reason": _("Es ist kein Angebot eingegangen.")}
    return _page(tender, lot, CancellationForm(formdata=None, data=shown))


def _lot(tender: Tender) -> Lot | None:
    lot_id = request.args.get("lot", type=int)
    return queries_cancellation.lot_of(tender, lot_id) if lot_id else None


def _page(tender: Tender, lot: Lot | None, form: CancellationForm) -> str:
    facts = queries_cancellation.facts_of(tender, lot)
    return render_template(
        "awarding/cancellation.html",
        frame=frame(tender),
        tender=tender,
        lot=lot,
        lots=lots_going_on(tender),
        received=facts.bids_received,
        has_earlier_estimate=cancellation_rules.has_earlier_estimate(facts),
        place=cancellation_rules.objections_to_place(facts),
        form=form,
    )


@blueprint.post("/<int:tender_id>/cancellation")
def cancel(tender_id: int) -> Answer:
    """Cancel the procedure, or the lot named in the address."""
    tender, form = queries_remedies.file_of(tender_id, current_user), CancellationForm()
    lot, seen = _lot(tender), form.seen_version()

    def act() -> object:
        entry = form.entry()
        if lot is not None:
            return actions_cancellation.cancel_lot(lot, entry, by=current_user, seen_version=seen)
        return actions_cancellation.cancel_tender(tender, entry, by=current_user, seen_version=seen)

    if form.validate_on_submit() and form.attempt(act) is not None:
        flash(_("Los %(number)s ist aufgehoben.", number=lot.number) if lot else _("Die Ausschreibung ist aufgehoben."))
        return see_other(url_for("tenders.show", tender_id=tender_id))
    return _page(tender, lot, form), REFUSED
