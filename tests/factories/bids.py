"""Bids as tests and later steps need them: received, opened by two officers, or taken over from elsewhere.

``prices`` maps bidder names to line numbers to unit prices; a line left out is a missing price. A bidder hands in a
sheet for every lot in which it prices at least one line.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from procurement.audit.actor import COMMAND_LINE
from procurement.bids import actions, actions_import, actions_negotiation, actions_opening, queries, queries_sheets
from procurement.bids.actions import ReceivedFile
from procurement.bids.entries import BidderEntry
from procurement.bids.models import Bid, Bidder, BidOpening
from procurement.bids.models_negotiation import NegotiationRound
from procurement.bids.negotiation import InvitationEntry
from procurement.bids.states import WithoutFurtherBid
from procurement.bids.tabulation import Tabulation, TabulationBidder, TabulationItem
from procurement.core import clock
from procurement.members.models import Account
from procurement.tenders.models import Lot, Tender
from procurement.values.money import Money, UnitPrice
from tests.factories import members as make

Prices = Mapping[str, Mapping[str, str]]


def bidder(name: str = "Netz GmbH") -> Bidder:
    return queries.bidder_by_name(name) or actions.register_bidder(BidderEntry(name), by=COMMAND_LINE)


def sheet(lot: Lot, prices: Mapping[str, str], name: str = "Netz GmbH") -> ReceivedFile:
    """The price sheet of a lot as the bidder sends it back."""
    exact = {number: UnitPrice.of(price) for number, price in prices.items()}
    return ReceivedFile(lot, f"Preisblatt Los {lot.number}.xlsx", queries_sheets.filled_price_sheet(lot, exact, name))


def sealed_bid(
    tender: Tender,
    prices: Mapping[str, str] | None = None,
    name: str = "Netz GmbH",
    *,
    files: Sequence[ReceivedFile] | None = None,
    received_at: datetime | None = None,
) -> Bid:
    """A bid received an hour from publication on, or when the test says."""
    at = received_at or tender.published_at + timedelta(hours=1)
    sheets = files if files is not None else _sheets(tender, prices or {}, name)
    with clock.at(at):
        return actions.receive_bid(tender, bidder(name), sheets, at, by=COMMAND_LINE)


def sealed_variant(tender: Tender, prices: Mapping[str, str], name: str = "Netz GmbH") -> Bid:
    """A variant beside the main bid, received two hours from publication on."""
    at = tender.published_at + timedelta(hours=2)
    with clock.at(at):
        return actions.receive_variant(tender, bidder(name), _sheets(tender, prices, name), at, by=COMMAND_LINE)


def _sheets(tender: Tender, prices: Mapping[str, str], name: str) -> list[ReceivedFile]:
    priced = [lot for lot in tender.lots if any(line.number in prices for line in lot.lines)]
    return [sheet(lot, prices, name) for lot in priced or tender.lots[:1]]


def officers_of(tender: Tender) -> list[Account]:
    """Those who were named for the opening, by name."""
    return queries.named_officers(tender.id)


def after_deadline(tender: Tender) -> datetime:
    return tender.bid_deadline_at + timedelta(hours=1)


def half_opened(tender: Tender) -> BidOpening:
    """Released by the first of its officers, an hour after the deadline."""
    with clock.at(after_deadline(tender)):
        return actions_opening.start_opening(tender, officers_of(tender)[0], make.PASSWORD)


def opened(tender: Tender, officers: Sequence[Account] = ()) -> BidOpening:
    """Opened by two officers an hour after the deadline, with whatever bids there are."""
    first, second = officers or officers_of(tender)[:2]
    with clock.at(after_deadline(tender)):
        opening = actions_opening.start_opening(tender, first, make.PASSWORD)
        return actions_opening.complete_opening(opening, second, make.PASSWORD)


def invited(tender: Tender, bids: Sequence[Bid], **details: object) -> NegotiationRound:
    """Some bidders invited to further bids within ten days, a day after the opening; ``details`` of the entry."""
    now = after_deadline(tender) + timedelta(days=1)
    typed = {
        "bid_ids": frozenset(bid.id for bid in bids),
        "deadline_at": now + timedelta(days=10),
        "without_bid": WithoutFurtherBid.STAYS,
        "topics": "Lieferzeit und Preis",
    }
    with clock.at(now):
        return actions_negotiation.invite(tender, InvitationEntry(**(typed | details)), by=officers_of(tender)[0])


def further_bid(negotiated: NegotiationRound, earlier: Bid, prices: Mapping[str, str], days: int = 1) -> Bid:
    """A further bid received some days after the invitation."""
    at = negotiated.invited_at + timedelta(days=days)
    sheets = _sheets(earlier.tender, prices, earlier.bidder.name)
    with clock.at(at):
        proof = "Protokoll der Plattform" if at > negotiated.deadline_at else ""
        return actions_negotiation.receive_further_bid(earlier, sheets, at, by=COMMAND_LINE, proof=proof)


def round_opened(negotiated: NegotiationRound, officers: Sequence[Account] = ()) -> BidOpening:
    """The further bids opened by two officers an hour after their deadline."""
    first, second = officers or officers_of(negotiated.tender)[:2]
    with clock.at(negotiated.deadline_at + timedelta(hours=1)):
        opening = actions_opening.start_opening(negotiated.tender, first, make.PASSWORD)
        return actions_opening.complete_opening(opening, second, make.PASSWORD)


def opened_bids(tender: Tender, prices: Prices) -> list[Bid]:
    """Bids that went the whole way: sheet filled in, sealed, opened by two officers, read; in the order given."""
    bids = [sealed_bid(tender, by_line, name) for name, by_line in prices.items()]
    opened(tender)
    return bids


def tabulation(tender: Tender, prices: Prices, written_totals: Prices | None = None) -> Tabulation:
    """A bid tabulation of all lines of the tender; bidder numbers are the names."""
    lines = [line for lot in tender.lots for line in lot.lines]
    return Tabulation(
        findings=(),
        items=tuple(TabulationItem(line.number, line.number, line.title, line.unit, line.quantity) for line in lines),
        bidders=tuple(TabulationBidder(name, name) for name in prices),
        prices={(number, name): UnitPrice.of(p) for name, of in prices.items() for number, p in of.items()},
        written_totals={(n, name): Money.of(t) for name, of in (written_totals or {}).items() for n, t in of.items()},
    )


def imported_bids(tender: Tender, prices: Prices, written_totals: Prices | None = None) -> list[Bid]:
    """Bids opened elsewhere and taken over: as good as :func:`opened_bids` for later steps, and much faster."""
    first, second = officers_of(tender)[:2]
    table = tabulation(tender, prices, written_totals)
    with clock.at(after_deadline(tender)):
        return actions_import.import_tabulation(tender, table, by=first, second=second)
