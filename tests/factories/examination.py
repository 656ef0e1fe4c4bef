"""Tenders with demanded documents and opened bids as the examination finds them, made by the same actions as the pages.

``opened_tender()``: Netz GmbH at 6,000.00, Kabel AG at 5,400.00, a document of each type, a criterion of suitability.
"""

from datetime import date

from procurement.bids.models import Bid
from procurement.core import clock
from procurement.core.db import db
from procurement.examination import actions, actions_documents, actions_price
from procurement.examination.document_requests import RequestEntry, usual_due_day
from procurement.examination.models import DocumentRequest, PriceClarification
from procurement.examination.rules import DocumentCheckEntry, FormalEntry
from procurement.examination.states import DocumentState
from procurement.members.models import Account
from procurement.tenders import actions_publication, actions_requirements, queries_requirements
from procurement.tenders.models import Tender
from procurement.tenders.models_requirements import DemandedDocument
from procurement.tenders.requirements import DocumentEntry, DocumentKind, SuitabilityEntry
from tests.factories import bids as make_bids
from tests.factories import evaluation as given
from tests.factories import members as make
from tests.factories import tenders
from tests.factories.bids import Prices

DOCUMENTS = {
    "Eigenerklärung": DocumentKind.COMPANY,
    "Datenblatt": DocumentKind.PERFORMANCE,
    "Konzept": DocumentKind.AWARD,
    "Stundensatz": DocumentKind.IMMATERIAL_PRICE,
}
SUITABILITY = "Drei vergleichbare Aufträge"
# Kabel AG: 4 × 600.00 + 40 × 45.00 = 4,200.00, exactly 30 % below the 6,000.00 of Netz GmbH
CHEAP: Prices = {
    "Netz GmbH": {"FW-1": "1000.00", "FW-2": "50.00"},
    "Kabel AG": {"FW-1": "600.00", "FW-2": "45.00"},
}


def published_tender(**details: object) -> Tender:
    """A published tender that demands one document of each type and one proof of suitability."""
    officers = [make.officer(), make.officer()]
    tender = tenders.ready_tender(officer=officers[0], **details)
    for title, kind in DOCUMENTS.items():
        actions_requirements.demand_document(tender, DocumentEntry(title, kind), by=officers[0])
    actions_requirements.demand_suitability(tender, SuitabilityEntry(SUITABILITY, "Referenzliste"), by=officers[0])
    return actions_publication.publish(tender, by=officers[0])


def opened_tender(prices: Prices | None = None, **details: object) -> Tender:
    """The same with opened bids."""
    tender = published_tender(**details)
    make_bids.imported_bids(tender, prices or given.TWO_BIDS)
    return tender


def bid_of(tender: Tender, bidder: str = "Kabel AG") -> Bid:
    return given.bid_of(tender, bidder)


def document(tender: Tender, title: str) -> DemandedDocument:
    return next(one for one in queries_requirements.documents_of(tender.id) if one.title == title)


def formally_in_order(bid: Bid, *, by: Account | None = None) -> None:
    """Nothing to object to in any lot, and every document is there."""
    for lot in bid.tender.lots:
        actions.record_formal(lot, bid, FormalEntry(None), by=by or make.officer())
    checked(bid, (), by=by)


def checked(bid: Bid, lacking: tuple[str, ...] = ("Eigenerklärung",), *, by: Account | None = None) -> None:
    """Every document is there but these."""
    entries = [
        DocumentCheckEntry(one.id, DocumentState.MISSING if one.title in lacking else DocumentState.PRESENT)
        for one in queries_requirements.documents_of(bid.tender_id)
    ]
    actions_documents.check_documents(bid, entries, by=by or make.officer())


def requested(bid: Bid, *titles: str, due_on: date | None = None, by: Account | None = None) -> DocumentRequest:
    """Asked for these documents, all of which are lacking."""
    wanted = titles or ("Eigenerklärung",)
    ids = [document(bid.tender, title).id for title in wanted]
    entry = RequestEntry(ids, due_on or usual_due_day(clock.today()))
    return actions_documents.request_documents(bid, entry, by=by or make.officer())


def asked(bid: Bid, *, by: Account | None = None) -> PriceClarification:
    """Asked about the price in the first lot."""
    lot, due_on = bid.tender.lots[0], usual_due_day(clock.today())
    made = actions_price.ask_bidder(lot, bid, "Wie kalkulieren Sie?", due_on, by=by or make.officer())
    db.session.flush()
    return made
