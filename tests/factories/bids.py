"""Bids as tests and later steps need them: received, opened by two officers, or taken over from elsewhere.

``prices`` maps bidder names to line numbers to unit prices; a line left out is a missing price. A bidder hands in a
sheet for every lot in which it prices at least one line.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from procurement.audit.actor import COMMAND_LINE
from procurement.bids import actions, actions_import, actions_opening, queries, queries_sheets
from procurement.bids.actions import ReceivedFile
from procurement.bids.entries import BidderEntry
from procurement.bids.models import Bid, Bidder, BidOpening
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


def opened(tender: Tender) -> BidOpening:
    """Opened by two officers an hour after the deadline, with whatever bids there are."""
    opening = half_opened(tender)
    with clock.at(after_deadline(tender)):
        return actions_opening.complete_opening(opening, officers_of(tender)[1], make.PASSWORD)


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
