"""Issuing a large Preisspiegel outside a request: read, draw without a lock, store if nothing has changed meanwhile.

Drawing 5,000 positions of 20 bidders takes seconds, in which nobody else shall have to wait. Number and version stand
on the paper and are therefore chosen before; both are checked again, and so is everything the paper says, when it is
stored.
"""

from dataclasses import dataclass, replace

import sqlalchemy as sa

from procurement.bids.actions import hold
from procurement.bids.models import Bid, BidPrice
from procurement.core.db import db
from procurement.core.errors import Conflict
from procurement.documents import actions, queries_bids
from procurement.documents.contents import DocumentIdentity
from procurement.documents.fingerprints import fingerprint
from procurement.documents.kinds import DocumentKind
from procurement.documents.models import IssuedDocument
from procurement.documents.numbering import Designation
from procurement.documents.price_comparison import Told, draw_price_comparison, prices_in
from procurement.documents.queries_issuer import sign_off
from procurement.members.models import Account
from procurement.tenders.models import Tender

LARGE = 20_000
"""Prices from which on drawing takes longer than a person should wait for a page."""
CHANGED = "Während der Preisspiegel gezeichnet wurde, hat sich etwas geändert. Bitte stellen Sie ihn noch einmal aus."


@dataclass(frozen=True, slots=True)
class Drawn:
    """A finished paper that is not issued yet."""

    issue: actions.Issue
    designation: Designation
    identity: DocumentIdentity
    content: bytes


def is_large(tender: Tender) -> bool:
    """Whether the Preisspiegel is drawn outside the request."""
    query = sa.select(sa.func.count(BidPrice.id)).join(Bid, Bid.id == BidPrice.bid_id)
    return (db.session.scalar(query.where(Bid.tender_id == tender.id)) or 0) > LARGE


def drawn(tender: Tender, *, by: Account, told: Told) -> Drawn | None:
    """The Preisspiegel as it stands, on paper; ``None`` if the latest one says the same. Changes nothing."""
    latest, issue, designation = actions.next_about_bids(tender, DocumentKind.PRICE_COMPARISON, by)
    identity = actions.identity_of(designation, issue, run_id=actions.opening_name(tender))
    content = queries_bids.price_comparison_content(tender, identity, sign_off(by, issue.at))
    identity = replace(identity, input_hash=fingerprint(content))
    if latest is not None and latest.input_hash == identity.input_hash:
        return None
    told(0, prices_in(content))
    return Drawn(issue, designation, identity, draw_price_comparison(replace(content, identity=identity), told))


def store_unchanged(tender: Tender, paper: Drawn, *, by: Account) -> IssuedDocument:
    """Issue what was drawn; :class:`Conflict` unless it would be drawn the same, under the same number, now."""
    hold(tender)
    _latest, issue, designation = actions.next_about_bids(tender, DocumentKind.PRICE_COMPARISON, by)
    content = queries_bids.price_comparison_content(tender, paper.identity, sign_off(by, paper.issue.at))
    if designation != paper.designation or fingerprint(content) != paper.identity.input_hash:
        raise Conflict(CHANGED)
    return actions.keep(replace(issue, at=paper.issue.at), designation, paper.identity, paper.content)
