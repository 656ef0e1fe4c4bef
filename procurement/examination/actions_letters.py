"""Sending a letter to one bidder: kept as it was sent, by e-mail or to be posted by an officer."""

from datetime import date

from procurement.bids.actions_firms import inform_firm
from procurement.bids.models import Bid
from procurement.core import clock
from procurement.core.db import db
from procurement.examination.letters import LetterHead
from procurement.examination.models import BidLetter
from procurement.examination.states import LetterKind
from procurement.members.models import Account
from procurement.tenders.models import Lot


def head_of(bid: Bid) -> LetterHead:
    """What every letter to this bidder names."""
    return LetterHead(bid.tender.reference, bid.tender.title, bid.number, bid.bidder.name)


def send(
    kind: LetterKind,
    bid: Bid,
    worded: tuple[str, str],
    *,
    by: Account,
    lot: Lot | None = None,
    due_on: date | None = None,
) -> BidLetter:
    """Send subject and text; the notice says how and when it went out."""
    subject, text = worded
    notice = inform_firm(bid.tender, bid.bidder, subject[:300], text)
    letter = BidLetter(
        bid=bid,
        lot=lot,
        kind=kind,
        subject=notice.subject,
        text=text,
        due_on=due_on,
        sent_at=clock.now(),
        sent_by_id=by.id,
        notice=notice,
    )
    db.session.add(letter)
    db.session.flush()
    return letter
