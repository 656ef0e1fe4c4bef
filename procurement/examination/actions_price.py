"""Clarifying a conspicuous price: the letter, the answer, the outcome; and telling a bidder about corrected totals."""

from datetime import date

from procurement.audit.actions import Change, record
from procurement.audit.events import Event
from procurement.bids.actions import hold
from procurement.bids.models import Bid
from procurement.core import clock, filters
from procurement.core.db import db
from procurement.core.errors import Refused, refuse_if
from procurement.examination import clarifications, letters, queries, queries_bid, queries_prices
from procurement.examination.actions import refuse_stale
from procurement.examination.actions_letters import head_of, send
from procurement.examination.clarifications import OutcomeEntry
from procurement.examination.models import BidLetter, PriceClarification
from procurement.examination.profiles import Stage
from procurement.examination.states import LetterKind
from procurement.members.models import Account
from procurement.tenders.models import Lot

Words = dict[str, Change | str]


def ask_bidder(lot: Lot, bid: Bid, questions: str, due_on: date | None, *, by: Account) -> PriceClarification:
    """Send the questions to the bidder, to be answered until a day by the calendar (§ 60 Abs. 1 VgV)."""
    hold(lot.tender)
    check = queries_prices.price_check(lot, bid)
    refuse_if(clarifications.objections_to_asking(queries_prices.facts_of(check, bid), questions, due_on))
    worded = letters.price_clarification(head_of(bid), f"Los {lot.number}", questions, due_on or clock.today())
    made = _clarification(lot, bid)
    made.signals = [signal.text for signal in check.signals]
    made.letter = send(LetterKind.PRICE_CLARIFICATION, bid, worded, by=by, lot=lot, due_on=due_on)
    made.questions, made.due_on = questions.strip(), due_on
    db.session.add(made)
    db.session.flush()
    changes: Words = {"Anlass": " ".join(made.signals), "Fragen": made.questions, "Frist": filters.day(due_on)}
    record(Event.PRICE_CLARIFICATION_SENT, made, by=by, changes=changes, tender_id=lot.tender_id)
    return made


def note_answer(
    clarification: PriceClarification, answer: str, answered_on: date | None, *, by: Account, seen: int | None = None
) -> PriceClarification:
    """Keep what the bidder answered, and when."""
    hold(clarification.lot.tender)
    db.session.refresh(clarification)
    refuse_stale("Die Preisaufklärung", clarification.version, seen)
    check = queries_prices.price_check(clarification.lot, clarification.bid)
    facts = queries_prices.facts_of(check, clarification.bid)
    refuse_if(clarifications.objections_to_answer(facts, answer, answered_on))
    clarification.answer, clarification.answered_on = answer.strip(), answered_on
    changes: Words = {"Antwort": clarification.answer, "Eingang": filters.day(answered_on)}
    tender_id = clarification.lot.tender_id
    record(Event.PRICE_CLARIFICATION_ANSWERED, clarification, by=by, changes=changes, tender_id=tender_id)
    return clarification


def decide(lot: Lot, bid: Bid, entry: OutcomeEntry, *, by: Account, seen: int | None = None) -> PriceClarification:
    """Decide how the check ends; an unexplained bid is to be excluded unless a reason keeps it in."""
    hold(lot.tender)
    check = queries_prices.price_check(lot, bid)
    stored = check.clarification
    refuse_stale("Die Preisaufklärung", stored.version if stored else 0, seen)
    refuse_if(clarifications.objections_to_outcome(queries_prices.facts_of(check, bid), entry))
    made = stored or _clarification(lot, bid)
    made.signals = made.signals or [signal.text for signal in check.signals]
    made.outcome, made.reason, made.keep_reason = entry.outcome, entry.reason.strip(), entry.keep_reason.strip()
    made.decided_by_id, made.decided_at = by.id, clock.now()
    db.session.add(made)
    db.session.flush()
    refuse_if(queries_bid.objections_to_finishing(Stage.PRICE, bid))
    changes: Words = {"Ergebnis": ("", made.outcome.label if made.outcome else ""), "Begründung": made.reason}
    if made.keep_reason:
        changes["Bleibt in der Wertung, weil"] = made.keep_reason
    record(Event.PRICE_DECIDED, made, by=by, changes=changes, tender_id=lot.tender_id)
    return made


def keep_in(
    clarification: PriceClarification, reason: str, *, by: Account, seen: int | None = None
) -> PriceClarification:
    """Record afterwards why a bid with an unexplained price stays in; the usual consequence is its rejection."""
    hold(clarification.lot.tender)
    db.session.refresh(clarification)
    refuse_stale("Die Preisaufklärung", clarification.version, seen)
    refuse_if(clarifications.objections_to_keeping(clarification.outcome, clarification.keep_reason, reason))
    clarification.keep_reason = reason.strip()
    db.session.flush()
    refuse_if(queries_bid.objections_to_finishing(Stage.PRICE, clarification.bid))
    changes: Words = {"Bleibt in der Wertung, weil": clarification.keep_reason}
    record(Event.PRICE_DECIDED, clarification, by=by, changes=changes, tender_id=clarification.lot.tender_id)
    return clarification


def _clarification(lot: Lot, bid: Bid) -> PriceClarification:
    return queries.clarification_of(lot, bid) or PriceClarification(lot=lot, bid=bid, signals=[])


def tell_corrections(lot: Lot, bid: Bid, *, by: Account) -> BidLetter:
    """Show the bidder which totals were corrected under the announced rule (§ 56 Abs. 1 VgV)."""
    hold(lot.tender)
    found = queries_prices.corrections_of(lot, bid)
    if not found.lines:
        raise Refused("In diesem Los widersprechen sich Einheitspreise und Gesamtbeträge nicht.")
    worded = letters.corrections(head_of(bid), f"Los {lot.number}", found.lines, found.rule)
    earlier = queries.correction_letter(lot, bid)
    if earlier is not None and earlier.text == worded[1]:
        raise Refused(f"Diese Korrektur ist dem Bieter schon mitgeteilt, am {filters.moment(earlier.sent_at)}.")
    letter = send(LetterKind.CORRECTION, bid, worded, by=by, lot=lot)
    changes: Words = {"Positionen": ", ".join(line.number for line in found.lines), "Regel": found.rule}
    record(Event.CORRECTION_TOLD, letter, by=by, changes=changes, tender_id=lot.tender_id)
    return letter
