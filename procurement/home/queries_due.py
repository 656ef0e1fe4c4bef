"""What is owed until a day, read across examination and award in one statement."""

from typing import Any

import sqlalchemy as sa

from procurement.awarding.models import Award, DebriefRequest
from procurement.bids.models import Bid, Bidder
from procurement.bids.states import BidState
from procurement.core.db import db
from procurement.examination.models import DocumentRequest, PriceClarification
from procurement.examination.rules import EXAMINING
from procurement.examination.states import RequestState
from procurement.home.due import Due, DueKind
from procurement.members.models import Account
from procurement.tenders.models import Lot, Tender
from procurement.tenders.models_panel import PanelMember
from procurement.tenders.queries_panel import conflicted_tenders

NOBODY = sa.literal("")

Part = sa.Select[Any]


def dues(account: Account) -> list[Due]:
    """Everything open, the earliest first; nothing of bids that are closed to this account or still blind for it."""
    hidden = [conflicted_tenders(account.id), _blind(account)]
    of_bids = [part.where(*(Tender.id.not_in(one) for one in hidden)) for part in (_documents(), _prices())]
    found = sa.union_all(*of_bids, _notices(), _statistics(), _debriefs()).subquery()
    rows = db.session.execute(sa.select(found).order_by(found.c.day, found.c.number))
    return [Due(DueKind(row.kind), row.number, row.title, row.who, row.day, bool(row.answered)) for row in rows]


def _blind(account: Account) -> sa.Select[int]:
    """The tenders in whose panel this account still has to submit points."""
    is_open = (PanelMember.submitted_at.is_(None), PanelMember.removed_at.is_(None))
    return sa.select(PanelMember.tender_id).where(PanelMember.account_id == account.id, *is_open)


def _part(kind: DueKind, number: Any, who: Any, day: Any, answered: Any = None) -> Part:
    return sa.select(
        sa.literal(kind.value).label("kind"),
        number.label("number"),
        Tender.title.label("title"),
        who.label("who"),
        day.label("day"),
        (sa.literal(0) if answered is None else answered).label("answered"),
    )


def _documents() -> Part:
    return (
        _part(DueKind.DOCUMENTS, Bid.id, Bidder.name, DocumentRequest.due_on)
        .select_from(DocumentRequest)
        .join(Bid, Bid.id == DocumentRequest.bid_id)
        .join(Bidder, Bidder.id == Bid.bidder_id)
        .join(Tender, Tender.id == Bid.tender_id)
        .where(DocumentRequest.state == RequestState.OPEN)
        .where(Tender.stage.in_(EXAMINING), Bid.state == BidState.OPENED)
    )


def _prices() -> Part:
    """Clarifications that were asked and are not decided."""
    is_answered = sa.case((PriceClarification.answered_on.is_(None), 0), else_=1)
    return (
        _part(DueKind.PRICE, Bid.id, Bidder.name, PriceClarification.due_on, is_answered)
        .select_from(PriceClarification)
        .join(Lot, Lot.id == PriceClarification.lot_id)
        .join(Tender, Tender.id == Lot.tender_id)
        .join(Bid, Bid.id == PriceClarification.bid_id)
        .join(Bidder, Bidder.id == Bid.bidder_id)
        .where(PriceClarification.due_on.is_not(None), PriceClarification.outcome.is_(None))
        .where(Tender.stage.in_(EXAMINING), Bid.state == BidState.OPENED)
    )


def _notices() -> Part:
    return (
        _part(DueKind.NOTICE, Tender.id, NOBODY, Award.notice_due_on)
        .select_from(Award)
        .join(Tender, Tender.id == Award.tender_id)
        .where(Award.notice_due_on.is_not(None), Award.notice_sent_on.is_(None))
    )


def _statistics() -> Part:
    return (
        _part(DueKind.STATISTICS, Tender.id, NOBODY, Award.statistics_due_on)
        .select_from(Award)
        .join(Tender, Tender.id == Award.tender_id)
        .where(Award.statistics_due_on.is_not(None), Award.statistics_sent_on.is_(None))
    )


def _debriefs() -> Part:
    return (
        _part(DueKind.DEBRIEF, Tender.id, Bidder.name, DebriefRequest.due_on)
        .select_from(DebriefRequest)
        .join(Tender, Tender.id == DebriefRequest.tender_id)
        .join(Bidder, Bidder.id == DebriefRequest.bidder_id)
        .where(DebriefRequest.answered_on.is_(None))
    )
