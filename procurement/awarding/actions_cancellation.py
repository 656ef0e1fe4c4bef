"""Ending a procedure, or one lot of it, without an award (§ 63 VgV): ground, code and reason, bidders and members told.

What was published stays as it is; a cancelled lot is only not evaluated, awarded, paid for or contracted any more.
"""

from procurement.audit.actions import Change, record
from procurement.audit.events import Event
from procurement.awarding import queries_cancellation
from procurement.awarding.actions_letters import deliver, new_letter
from procurement.awarding.cancellation_rules import CancellationFacts, objections_to_cancelling, risk_of
from procurement.awarding.states import LetterKind
from procurement.bids.queries import standing_bids
from procurement.core import clock, links, mail
from procurement.core.db import db
from procurement.core.errors import refuse_if
from procurement.evaluation import queries as evaluation
from procurement.evaluation.actions_award import follow_cancelled_lot, withdraw_decision
from procurement.members.models import Account
from procurement.tenders import actions as tender_actions
from procurement.tenders.actions_guard import hold
from procurement.tenders.cancellation import CancellationEntry, FollowUp
from procurement.tenders.kinds import TenderStage
from procurement.tenders.models import Lot, Tender
from procurement.tenders.models_cancellation import Cancellation

Words = dict[str, Change | str]


def cancel_tender(
    tender: Tender, entry: CancellationEntry, *, by: Account, seen_version: int | None = None
) -> Cancellation:
    """Cancel the whole procedure; its demand is free for another one."""
    hold(tender, seen_version)
    facts = queries_cancellation.facts_of(tender)
    refuse_if(objections_to_cancelling(facts, entry))
    for lot in tender.lots:
        _withdraw(lot, entry.reason, by)
    made = _kept(tender, None, entry, facts, by)
    tender_actions.cancel(tender, f"{entry.ground.label}: {entry.reason.strip()}", by=by)
    _tell_bidders(tender, made, by)
    _tell_members(tender, made)
    return made


def cancel_lot(lot: Lot, entry: CancellationEntry, *, by: Account, seen_version: int | None = None) -> Cancellation:
    """Cancel one lot; the others go on, and the stage no longer waits for it."""
    tender = lot.tender
    hold(tender, seen_version)
    facts = queries_cancellation.facts_of(tender, lot)
    refuse_if(objections_to_cancelling(facts, entry))
    _withdraw(lot, entry.reason, by)
    made = _kept(tender, lot, entry, facts, by)
    words: Words = {"Grund": entry.ground.label, "Begründung": made.reason, "Code (BT-144)": entry.code.value}
    record(Event.LOT_CANCELLED, made, by=by, changes=words, tender_id=tender.id)
    follow_cancelled_lot(tender, by=by)
    _tell_bidders(tender, made, by)
    _tell_members(tender, made)
    return made


def _withdraw(lot: Lot, reason: str, by: Account) -> None:
    decision = evaluation.standing_decision(lot.id)
    if decision is not None:
        withdraw_decision(decision, f"Aufhebung: {reason.strip()}", by=by)


def _kept(
    tender: Tender, lot: Lot | None, entry: CancellationEntry, facts: CancellationFacts, by: Account
) -> Cancellation:
    made = Cancellation(
        tender=tender,
        lot=lot,
        ground=entry.ground,
        code=entry.code,
        reason=entry.reason.strip(),
        warning=risk_of(facts, entry.ground),
        follow_up=entry.follow_up,
        follow_up_reason=entry.follow_up_reason.strip() if entry.follow_up is not FollowUp.NOTHING else "",
        bids_received=facts.bids_received,
        cancelled_at=clock.now(),
        cancelled_by_id=by.id,
    )
    db.session.add(made)
    db.session.flush()
    return made


def _tell_bidders(tender: Tender, made: Cancellation, by: Account) -> None:
    """Every bidder is told at once what is cancelled and why (§ 63 Abs. 2 VgV)."""
    what = f"Aufgehoben wird Los {made.lot.number} „{made.lot.title}“." if made.lot else "Aufgehoben wird alles."
    for bid in standing_bids(tender.id):
        letter = new_letter(tender, bid.bidder, LetterKind.CANCELLATION, [], [], by=by)
        letter.reasons = f"{what} {made.ground.label}: {made.reason}"
        deliver(letter, by=by)


def _tell_members(tender: Tender, made: Cancellation) -> None:
    """The leads of the members that take part learn it by mail, with the reason."""
    if tender.published_at is None:
        return
    what = f"Los {made.lot.number} „{made.lot.title}“" if made.lot else "Die gemeinsame Ausschreibung"
    goes_on = " Die anderen Lose laufen weiter." if tender.stage is not TenderStage.CANCELLED else ""
    text = (
        f"Guten Tag,\n\n{what} ({tender.reference} „{tender.title}“) ist aufgehoben: {made.ground.label}.\n"
        f"{made.reason}{goes_on}\n\nZur Ausschreibung:\n{links.absolute('tenders.show', tender_id=tender.id)}\n"
    )
    for person in queries_cancellation.people_to_tell(tender):
        mail.enqueue_mail(person.email, f"Aufgehoben: {tender.reference} {tender.title}", text)
