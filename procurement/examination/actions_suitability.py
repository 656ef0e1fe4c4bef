"""Suitability of a bidder: yes or no per criterion with its proof, grounds for exclusion and self-cleaning."""

from collections.abc import Sequence

from procurement.audit.actions import Change, record
from procurement.audit.events import Event
from procurement.bids.actions import hold
from procurement.bids.models import Bid
from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import refuse_if
from procurement.examination import queries, queries_bid, rules
from procurement.examination.actions import refuse_stale
from procurement.examination.models import IntegrityCheck, SuitabilityAnswer
from procurement.examination.profiles import Stage
from procurement.examination.rules import IntegrityEntry, SuitabilityAnswerEntry
from procurement.members.models import Account
from procurement.tenders.queries_requirements import criterion_of

Words = dict[str, Change | str]
ANSWERS = {True: "erfüllt", False: "nicht erfüllt"}


def check_suitability(bid: Bid, entries: Sequence[SuitabilityAnswerEntry], *, by: Account) -> list[SuitabilityAnswer]:
    """Note for each criterion whether the bidder meets it and by what that is proven; returns what changed."""
    hold(bid.tender)
    refuse_if(rules.objections_to_examining(bid.tender.stage, bid.state))
    stored = queries_bid.answers_of(bid)
    changed = [entry for entry in entries if _is_change(entry, stored.get(entry.criterion_id))]
    refuse_if(rules.objections_to_suitability_answers(changed))
    words: Words = {}
    made = []
    for entry in changed:
        found, criterion = stored.get(entry.criterion_id), criterion_of(bid.tender, entry.criterion_id)
        refuse_stale("Die Prüfung der Eignung", found.version if found else 0, entry.seen)
        answer = found or SuitabilityAnswer(bid_id=bid.id, criterion=criterion)
        words[criterion.title] = (ANSWERS[found.is_met] if found else "", ANSWERS[bool(entry.is_met)])
        answer.is_met, answer.evidence = bool(entry.is_met), entry.evidence.strip()
        answer.checked_by_id, answer.checked_at = by.id, clock.now()
        db.session.add(answer)
        db.session.flush()
        made.append(answer)
    if words:
        refuse_if(queries_bid.objections_to_finishing(Stage.SUITABILITY, bid))
        record(Event.SUITABILITY_CHECKED, bid, by=by, changes=words, tender_id=bid.tender_id)
    return made


def _is_change(entry: SuitabilityAnswerEntry, stored: SuitabilityAnswer | None) -> bool:
    if entry.is_met is None:
        return False
    return stored is None or (stored.is_met, stored.evidence) != (entry.is_met, entry.evidence.strip())


def record_integrity(bid: Bid, entry: IntegrityEntry, *, by: Account) -> IntegrityCheck:
    """Note what is known of grounds under §§ 123, 124 GWB and of self-cleaning (§ 125 GWB)."""
    hold(bid.tender)
    refuse_if(rules.objections_to_examining(bid.tender.stage, bid.state) or rules.objections_to_integrity(entry))
    found = queries.integrity_of(bid)
    refuse_stale("Die Prüfung der Ausschlussgründe", found.version if found else 0, entry.seen)
    before = found.finding if found else None
    check = found or IntegrityCheck(bid_id=bid.id)
    check.finding, check.note = entry.finding, entry.note.strip()
    check.checked_by_id, check.checked_at = by.id, clock.now()
    db.session.add(check)
    db.session.flush()
    refuse_if(queries_bid.objections_to_finishing(Stage.SUITABILITY, bid))
    changes: Words = {"Ausschlussgründe": (before, check.finding), "Feststellung": check.note}
    record(Event.SUITABILITY_CHECKED, bid, by=by, changes=changes, tender_id=bid.tender_id)
    return check
