"""Checking demanded documents, asking once for what is missing, and noting what came of it (§ 56 Abs. 2 bis 5 VgV)."""

from collections.abc import Sequence

from procurement.audit.actions import Change, record
from procurement.audit.events import Event
from procurement.bids.actions import hold
from procurement.bids.models import Bid
from procurement.core import clock, filters
from procurement.core.db import db
from procurement.core.errors import refuse_if
from procurement.examination import document_requests, letters, queries_bid, rules
from procurement.examination.actions import refuse_stale
from procurement.examination.actions_letters import head_of, send
from procurement.examination.document_requests import ReceiptEntry, RequestEntry
from procurement.examination.models import DocumentCheck, DocumentRequest
from procurement.examination.rules import DocumentCheckEntry
from procurement.examination.states import DocumentState, LetterKind, RequestState
from procurement.members.models import Account
from procurement.rulebook import sources
from procurement.tenders.queries_requirements import document_of
from procurement.tenders.requirements import DocumentKind

Words = dict[str, Change | str]


def check_documents(bid: Bid, entries: Sequence[DocumentCheckEntry], *, by: Account) -> list[DocumentCheck]:
    """Note for each demanded document whether it is there; returns what changed."""
    hold(bid.tender)
    refuse_if(rules.objections_to_examining(bid.tender.stage, bid.state))
    stored = queries_bid.checks_of(bid)
    changed = []
    for entry in entries:
        found = stored.get(entry.document_id)
        if entry.state is None or (found and (found.state, found.note) == (entry.state, entry.note.strip())):
            continue
        refuse_stale("Die Prüfung der Unterlagen", found.version if found else 0, entry.seen)
        changed.append((document_of(bid.tender, entry.document_id), found, entry))
    words: Words = {}
    made = []
    for document, found, entry in changed:
        words[document.title] = (found.state if found else None, entry.state)
        check = found or DocumentCheck(bid_id=bid.id, document=document)
        made.append(_note(check, entry.state or DocumentState.MISSING, entry.note, by))
    if words:
        record(Event.DOCUMENTS_CHECKED, bid, by=by, changes=words, tender_id=bid.tender_id)
    return made


def _note(check: DocumentCheck, state: DocumentState, note: str, by: Account) -> DocumentCheck:
    check.state, check.note = state, note.strip()
    check.checked_by_id, check.checked_at = by.id, clock.now()
    db.session.add(check)
    db.session.flush()
    return check


def request_documents(bid: Bid, entry: RequestEntry, *, by: Account) -> DocumentRequest:
    """Ask the bidder, once, for what is missing, until a day by the calendar."""
    hold(bid.tender)
    refuse_if(rules.objections_to_examining(bid.tender.stage, bid.state))
    facts = queries_bid.request_facts(bid)
    refuse_if(document_requests.objections_to_requesting(facts, entry))
    chosen = [document for document in facts.documents if document.document_id in entry.document_ids]
    due_on = entry.due_on or clock.today()  # the rule above has refused an empty one
    is_price = any(document.kind is DocumentKind.IMMATERIAL_PRICE for document in chosen)
    norm = sources.VGV_56_2_3 if is_price else sources.VGV_56_2
    worded = letters.document_request(head_of(bid), [document.title for document in chosen], due_on, norm)
    made = DocumentRequest(
        bid=bid,
        letter=send(LetterKind.DOCUMENT_REQUEST, bid, worded, by=by, due_on=due_on),
        titles={str(document.document_id): document.title for document in chosen},
        immaterial_reason=entry.immaterial_reason.strip(),
        due_on=due_on,
        state=RequestState.OPEN,
    )
    db.session.add(made)
    db.session.flush()
    changes: Words = {"Unterlagen": ", ".join(made.titles.values()), "Frist": filters.day(due_on)}
    if made.immaterial_reason:
        changes["Unwesentlich, weil"] = made.immaterial_reason
    record(Event.DOCUMENTS_REQUESTED, made, by=by, changes=changes, tender_id=bid.tender_id)
    return made


def record_receipt(
    request: DocumentRequest, entry: ReceiptEntry, *, by: Account, seen: int | None = None
) -> DocumentRequest:
    """Note what came of a request; what came completely and in time counts as handed in later."""
    bid = request.bid
    hold(bid.tender)
    db.session.refresh(request)
    refuse_stale("Die Nachforderung", request.version, seen)
    refuse_if(rules.objections_to_examining(bid.tender.stage, bid.state))
    sent_on = clock.in_berlin(request.letter.sent_at).date()
    today = clock.today()
    refuse_if(document_requests.objections_to_recording(request.state, sent_on, request.due_on, entry, today))
    before, request.state = request.state, document_requests.state_after(request.due_on, entry)
    request.received_on, request.note = entry.received_on, entry.note.strip()
    request.recorded_by_id, request.recorded_at = by.id, clock.now()
    if request.state is RequestState.COMPLETE:
        for check in queries_bid.checks_of(bid).values():
            if str(check.document_id) in request.titles:
                _note(check, DocumentState.RECEIVED_LATER, check.note, by)
    changes: Words = {"Ergebnis": (before, request.state), "Eingang": filters.day(entry.received_on) or "keiner"}
    record(Event.REQUEST_ANSWERED, request, by=by, changes=changes, tender_id=bid.tender_id)
    return request
