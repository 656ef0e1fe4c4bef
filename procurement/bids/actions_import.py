"""Bids that were received and opened on another platform: taken over afterwards, marked as such, by two people.

Receiving on an established platform and importing after the opening leaves that platform responsible for secrecy; here
only integrity and access count. Nothing is mixed: a tender with sealed bids of its own is opened here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from procurement.audit.actions import record
from procurement.audit.events import Event
from procurement.bids import queries, rules
from procurement.bids.actions import hold, next_number, register_bidder
from procurement.bids.entries import BidderEntry
from procurement.bids.models import Bid, Bidder, BidOpening, BidPrice
from procurement.bids.queries_tabulation import lines_of
from procurement.bids.states import BidState
from procurement.bids.tabulation import Tabulation, TabulationBidder
from procurement.bids.tabulation_matching import name_of, objections_to_matching
from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import refuse_if
from procurement.core.filters import exact_moment, moment
from procurement.core.permissions import Role
from procurement.members.models import Account
from procurement.tenders import actions as tender_actions
from procurement.tenders.kinds import TenderStage
from procurement.tenders.models import Tender
from procurement.values.objection import Objection


@dataclass(frozen=True, slots=True)
class OpenedElsewhere:
    """Where bids were opened before they came here; without a moment the deadline stands for the receipt."""

    platform: str = "andere Vergabeplattform"
    received_at: datetime | None = None


def import_tabulation(
    tender: Tender,
    tabulation: Tabulation,
    *,
    by: Account,
    second: Account,
    origin: OpenedElsewhere | None = None,
) -> list[Bid]:
    """Take over bidders, bids, unit prices and written totals as published.

    The bids are opened at once; ``by`` and ``second`` answer for it. Raises :class:`Refused` with every reason.
    """
    hold(tender)
    where = origin or OpenedElsewhere()
    received_at = where.received_at or tender.bid_deadline_at or clock.now()
    lines = lines_of(tender)
    quantities = {number: quantity for number, (_line_id, quantity) in lines.items()}
    refuse_if(_objections(tender, by, second) or objections_to_matching(tabulation, quantities))
    if tender.stage is TenderStage.PUBLISHED:
        tender_actions.close_bids(tender, by=by)
    bids = [_bid_of(tender, bidder, received_at, by) for bidder in tabulation.bidders]
    _store_prices(tabulation, bids, {number: line_id for number, (line_id, _quantity) in lines.items()})
    now = clock.now()
    opening = BidOpening(
        tender=tender,
        first_by_id=by.id,
        first_at=now,
        second_by_id=second.id,
        second_at=now,
        imported_from=where.platform,
    )
    db.session.add(opening)
    tender_actions.advance(tender, TenderStage.OPENED, by=by)
    people = {"Erste Person": by.name, "Zweite Person": second.name}
    words = people | _words(where.platform, bids)
    record(Event.BIDS_IMPORTED, opening, by=by, changes=words, tender_id=tender.id)
    return bids


def objections_before(tender: Tender) -> list[Objection]:
    """Why no table can be looked at: before the deadline, or while sealed bids of our own lie here."""
    return rules.objections_to_importing(_facts(tender, None))


def _objections(tender: Tender, by: Account, second: Account) -> list[Objection]:
    officers = frozenset(account.id for account in (by, second) if Role.OFFICER in account.roles)
    return rules.objections_to_importing(_facts(tender, officers))


def _facts(tender: Tender, officers: frozenset[int] | None) -> rules.ImportFacts:
    return rules.ImportFacts(
        stage=tender.stage,
        now=clock.now(),
        bid_deadline_at=tender.bid_deadline_at,
        deadline_text=moment(tender.bid_deadline_at),
        bids=len(queries.standing_bids(tender.id)),
        officers=officers,
    )


def _bid_of(tender: Tender, listed: TabulationBidder, received_at: datetime, by: Account) -> Bid:
    name = name_of(listed)
    bidder: Bidder = queries.bidder_by_name(name) or register_bidder(BidderEntry(name), by=by)
    state, number = BidState.OPENED, next_number(tender)
    bid = Bid(tender=tender, bidder=bidder, number=number, state=state, received_at=received_at)
    db.session.add(bid)
    db.session.flush()
    return bid


def _store_prices(tabulation: Tabulation, bids: list[Bid], line_ids: Mapping[str, int]) -> None:
    rows = []
    for listed, bid in zip(tabulation.bidders, bids, strict=True):
        for item in tabulation.items:
            price = tabulation.prices.get((item.key, listed.number))
            if price is not None:
                written = tabulation.written_totals.get((item.key, listed.number))
                rows.append(
                    {
                        "bid_id": bid.id,
                        "line_id": line_ids[item.key],
                        "unit_price_net": price,
                        "written_total_net": written,
                    }
                )
    if rows:
        db.session.execute(sa.insert(BidPrice), rows)


def _words(platform: str, bids: list[Bid]) -> dict[str, str]:
    words = {"Herkunft": f"Übernahme nach Öffnung: {platform}"}
    for bid in bids:
        words[f"Angebot {bid.number}"] = f"{bid.bidder.name}, eingegangen {exact_moment(bid.received_at)}"
    return words
