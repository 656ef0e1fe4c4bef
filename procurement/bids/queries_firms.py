"""Reading which firms are registered for a procedure and what they were told; firms' names are for officers only."""

import sqlalchemy as sa

from procurement.bids.models import Bid, Bidder
from procurement.bids.models_firms import FirmNotice, FirmRegistration
from procurement.bids.states import BidState
from procurement.core.db import db
from procurement.core.errors import NotFound
from procurement.tenders.models import Tender
from procurement.tenders.queries_questions import name_source


def registrations_of(tender_id: int) -> list[FirmRegistration]:
    """The firms registered for this procedure, by name."""
    query = sa.select(FirmRegistration).join(Bidder, Bidder.id == FirmRegistration.bidder_id)
    query = query.where(FirmRegistration.tender_id == tender_id)
    return list(db.session.scalars(query.order_by(sa.func.lower(Bidder.name), Bidder.id)))


def firms_of(tender_id: int) -> list[Bidder]:
    """Everybody to be informed: registered firms and those whose bid was not withdrawn, by name."""
    registered = sa.select(FirmRegistration.bidder_id).filter_by(tender_id=tender_id)
    bidding = sa.select(Bid.bidder_id).where(Bid.tender_id == tender_id, Bid.state != BidState.WITHDRAWN)
    query = sa.select(Bidder).where(sa.or_(Bidder.id.in_(registered), Bidder.id.in_(bidding)))
    return list(db.session.scalars(query.order_by(sa.func.lower(Bidder.name), Bidder.id)))


def firms_to_register(tender_id: int) -> list[Bidder]:
    """Known firms that are not registered for this procedure."""
    registered = sa.select(FirmRegistration.bidder_id).filter_by(tender_id=tender_id)
    query = sa.select(Bidder).where(Bidder.id.not_in(registered))
    return list(db.session.scalars(query.order_by(sa.func.lower(Bidder.name), Bidder.id)))


def notices_of(tender_id: int) -> list[FirmNotice]:
    """What firms were told: those still to be informed by post first, then the latest."""
    query = sa.select(FirmNotice).filter_by(tender_id=tender_id)
    return list(db.session.scalars(query.order_by(FirmNotice.informed_at.is_not(None), FirmNotice.id.desc())))


def open_notices_of(tender_id: int) -> list[FirmNotice]:
    """The firms still to be informed by post."""
    return [notice for notice in notices_of(tender_id) if notice.informed_at is None]


def notice_of(tender: Tender, notice_id: int) -> FirmNotice:
    """A message of this procedure."""
    found = db.session.get(FirmNotice, notice_id)
    if found is None or found.tender_id != tender.id:
        raise NotFound
    return found


@name_source
def firm_names() -> list[str]:
    """The names of all known firms; none may show in the published text of a question."""
    return list(db.session.scalars(sa.select(Bidder.name).order_by(sa.func.lower(Bidder.name), Bidder.id)))
