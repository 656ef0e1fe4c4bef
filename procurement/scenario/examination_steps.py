"""Replaying the examination of opened bids: documents found and asked for, prices questioned."""

from procurement.bids.models import Bid
from procurement.core import clock
from procurement.examination import actions, actions_documents, actions_price
from procurement.examination.document_requests import RequestEntry, usual_due_day
from procurement.examination.rules import DocumentCheckEntry, FormalEntry
from procurement.examination.states import DocumentState
from procurement.scenario.bid_steps import Received
from procurement.scenario.cast import Cast
from procurement.scenario.errors import at_path
from procurement.scenario.schema import TenderPart
from procurement.scenario.schema_evaluation import ExaminedPart
from procurement.scenario.tender_steps import all_lots
from procurement.scenario.timeline import Timeline
from procurement.tenders.models import Tender
from procurement.tenders.queries_requirements import documents_of

FIRST_LOOK_DAYS = 1


def examine(tender: Tender, part: TenderPart, received: Received, path: str, cast: Cast, timeline: Timeline) -> None:
    """Examine the bids of which the scenario says what was found; the others stay to be done."""
    if not any(bid.examined for bid in part.bids):
        return
    with at_path(path), clock.at(timeline.later(FIRST_LOOK_DAYS)):
        for bid in part.bids:
            if bid.examined is not None:
                _note(tender, received.bids[bid.bidder], bid.examined, cast)


def _note(tender: Tender, bid: Bid, found: ExaminedPart, cast: Cast) -> None:
    by = cast.preparer
    documents = {document.title: document.id for document in documents_of(tender.id)}
    unknown = [title for title in (*found.lacking, *found.requested) if title not in documents]
    if unknown:
        raise LookupError(f"examined: Die Unterlage „{unknown[0]}“ ist nicht verlangt.")
    checks = [
        DocumentCheckEntry(number, DocumentState.MISSING if title in found.lacking else DocumentState.PRESENT)
        for title, number in documents.items()
    ]
    actions_documents.check_documents(bid, checks, by=by)
    due_on = usual_due_day(clock.today())
    if found.requested:
        wanted = RequestEntry([documents[title] for title in found.requested], due_on)
        actions_documents.request_documents(bid, wanted, by=by)
    if not found.lacking:
        for lot in all_lots(tender):
            actions.record_formal(lot, bid, FormalEntry(None), by=by)
    if found.price_questions:
        actions_price.ask_bidder(all_lots(tender)[0], bid, found.price_questions, due_on, by=by)
