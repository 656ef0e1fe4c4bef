"""Replaying bids: each one is a filled price sheet, sealed on receipt and opened by two officers after the deadline."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from procurement.bids import actions, actions_import, actions_opening, queries
from procurement.bids.actions import ReceivedFile
from procurement.bids.entries import BidderEntry
from procurement.bids.models import Bid
from procurement.bids.queries_sheets import filled_price_sheet
from procurement.bids.tabulation import ColumnMapping, Tabulation, read_tabulation
from procurement.bids.wide_tabulation import BidderColumns, WideMapping, read_wide_tabulation
from procurement.core import clock
from procurement.core.db import db
from procurement.core.spreadsheets import read_workbook
from procurement.members.demonstration import DEMONSTRATION_PASSWORD
from procurement.scenario.cast import Cast
from procurement.scenario.errors import ScenarioError, at_path
from procurement.scenario.schema import BidPart, TabulationPart
from procurement.scenario.tender_steps import all_lots
from procurement.scenario.timeline import Timeline, moment
from procurement.tenders.models import Lot, Tender
from procurement.values.money import UnitPrice
from procurement.values.number_text import NumberStyle
from procurement.values.sheet import Sheet

SHORTLY = timedelta(minutes=10)
AN_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Received:
    """The bids of a scenario by bidder name, in the order of the file."""

    bids: dict[str, Bid]
    parts: dict[str, BidPart]


def receive(tender: Tender, parts: Sequence[BidPart], path: str, cast: Cast, timeline: Timeline) -> Received:
    """Record every bid at the moment it came in; a bid without a moment comes in an hour before the deadline."""
    deadline = _deadline(tender)
    moments = [(_received_at(part, deadline), index, part) for index, part in enumerate(parts)]
    received: dict[str, Bid] = {}
    for received_at, index, part in sorted(moments, key=lambda entry: (entry[0], entry[1])):
        with at_path(f"{path}.bids[{index}]"), clock.at(timeline.jump(received_at)):
            files = [_file(lot, part) for lot in _lots_of(tender, part)]
            bidder = queries.bidder_by_name(part.bidder) or actions.register_bidder(
                BidderEntry(part.bidder), by=cast.preparer
            )
            received[part.bidder] = actions.receive_bid(tender, bidder, files, received_at, by=cast.preparer)
    return Received(received, {part.bidder: part for part in parts})


def _deadline(tender: Tender) -> datetime:
    if tender.bid_deadline_at is None:
        raise ValueError("a published tender has a bid deadline")
    return tender.bid_deadline_at


def _received_at(part: BidPart, deadline: datetime) -> datetime:
    return moment(part.received_at) if part.received_at else deadline - AN_HOUR


def _lots_of(tender: Tender, part: BidPart) -> list[Lot]:
    """The lots a bid is for: those it names, else every lot with at least one of its prices."""
    lots = all_lots(tender)
    known = {line.number for lot in lots for line in lot.lines}
    unknown = [number for number in part.prices if number not in known]
    if unknown:
        raise LookupError(f"prices: Eine Position {unknown[0]} gibt es in dieser Ausschreibung nicht.")
    if part.lots != "all":
        return [lot for lot in lots if lot.number in part.lots]
    return [lot for lot in lots if any(line.number in part.prices for line in lot.lines)]


def _file(lot: Lot, part: BidPart) -> ReceivedFile:
    """The price sheet as the bidder would send it."""
    own = {line.number for line in lot.lines}
    prices = {number: UnitPrice.of(price) for number, price in part.prices.items() if number in own}
    content = filled_price_sheet(lot, prices, part.bidder)
    return ReceivedFile(lot, f"Preisblatt Los {lot.number}.xlsx", content)


def open_bids(tender: Tender, received: Received, path: str, cast: Cast, timeline: Timeline) -> None:
    """Two officers open after the deadline; bids the scenario excludes are excluded with its reason."""
    with at_path(path), clock.at(timeline.jump(_deadline(tender) + SHORTLY)):
        opening = actions_opening.start_opening(tender, cast.preparer, DEMONSTRATION_PASSWORD)
    with at_path(path), clock.at(timeline.step()):
        actions_opening.complete_opening(opening, cast.checker, DEMONSTRATION_PASSWORD)
    for name, part in received.parts.items():
        if part.excluded:
            with at_path(path), clock.at(timeline.step()):
                _exclude(received.bids[name], part.excluded, cast)


def _exclude(bid: Bid, reason: str, cast: Cast) -> None:
    actions.exclude_bid(bid, "§ 57 Abs. 1 VgV", reason, by=cast.preparer)


def read_table(part: TabulationPart, path: str, folder: Path) -> Tabulation:
    """The tabulation in the file the scenario names, relative to the scenario's own folder."""
    file = (folder / part.file).resolve()
    with at_path(f"{path}.file"):
        if not file.is_file():
            raise LookupError(f"Die Datei {part.file} gibt es neben der Szenariodatei nicht.")
        workbook = read_workbook(file.read_bytes(), file.name)
    with at_path(f"{path}.mapping"):
        tabulation = _read(workbook.sheets[0], part.mapping)
    if tabulation.is_blocked:
        raise ScenarioError([(path, f"{finding.cell}: {finding.message}") for finding in tabulation.findings])
    return tabulation


def _read(sheet: Sheet, written: Mapping[str, Any]) -> Tabulation:
    """The table in its long form (a row per position and bidder) or its wide one (columns per bidder)."""
    form = written.get("form", "long")
    roles = {name: value for name, value in written.items() if name not in {"form", "bidder_columns"}}
    roles["number_style"] = NumberStyle(written.get("number_style", "german"))
    try:
        if form == "wide":
            columns = BidderColumns(**written.get("bidder_columns", {}))
            return read_wide_tabulation(sheet, WideMapping(**roles, bidder_columns=columns))
        return read_tabulation(sheet, ColumnMapping(**roles))
    except TypeError as error:
        raise ValueError(f"Die Zuordnung der Spalten passt nicht zur Form {form}: {error}") from error


def take_over(tender: Tender, tabulation: Tabulation, path: str, cast: Cast, timeline: Timeline) -> Received:
    """Take the bids of a tabulation over after the deadline, as opened on another platform."""
    with at_path(path), clock.at(timeline.jump(_deadline(tender) + SHORTLY)):
        actions_import.import_tabulation(tender, tabulation, by=cast.preparer, second=cast.checker)
        bids = db.session.scalars(sa.select(Bid).filter_by(tender_id=tender.id).order_by(Bid.number))
        return Received({bid.bidder.name: bid for bid in bids}, {})
