"""Bids opened elsewhere: taken over whole by two officers, marked as such, never mixed with sealed bids of our own."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from procurement.audit.events import Event
from procurement.audit.models import AuditEntry
from procurement.bids import actions_import, queries, queries_comparison
from procurement.bids.actions_import import OpenedElsewhere
from procurement.bids.models import Bid, BidPrice
from procurement.bids.states import BidState
from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import Refused
from procurement.tenders.kinds import TenderStage
from procurement.values.money import Money
from tests.factories import bids as make_bids
from tests.factories import members as make
from tests.factories import tenders as make_tenders

PRICES = {"A GmbH": {"FW-1": "900", "FW-2": "40.50"}, "B GmbH": {"FW-1": "950"}}
WRITTEN = {"A GmbH": {"FW-1": "3600.00", "FW-2": "1619.99"}}


@pytest.fixture
def tender(context):
    return make_tenders.published_tender()


@pytest.fixture
def officers(tender):
    return make_bids.officers_of(tender)


@pytest.fixture
def after(tender):
    with clock.at(make_bids.after_deadline(tender)):
        yield


def test_prices_and_written_totals_are_kept_exactly_and_missing_prices_stay_missing(tender):
    bids = make_bids.imported_bids(tender, PRICES, WRITTEN)
    query = sa.select(BidPrice.bid_id, BidPrice.unit_price_net, BidPrice.written_total_net).order_by(BidPrice.id)
    assert [(bid_id, str(price), written) for bid_id, price, written in db.session.execute(query)] == [
        (bids[0].id, "900.00", Money.of(3600)),
        (bids[0].id, "40.50", Money.of("1619.99")),
        (bids[1].id, "950.00", None),
    ]
    figures = queries_comparison.lot_figures(tender.lots[0])
    assert [f.ranked_total for f in figures] == [Money.of("5220.00"), None]
    assert [c.difference for c in figures[0].contradictions] == [Money.of("-0.01")]


def test_the_tender_is_opened_and_the_trail_says_that_it_was_an_import(tender, officers, after):
    origin = OpenedElsewhere("Vergabemarktplatz Westfalen", tender.bid_deadline_at - timedelta(hours=2))
    table = make_bids.tabulation(tender, PRICES)
    actions_import.import_tabulation(tender, table, by=officers[0], second=officers[1], origin=origin)
    assert tender.stage is TenderStage.OPENED
    assert queries.is_opened(tender)
    assert queries.opening_for(tender).imported_from == "Vergabemarktplatz Westfalen"
    entry = db.session.scalars(sa.select(AuditEntry).filter_by(event=Event.BIDS_IMPORTED.value)).one()
    words = json.loads(entry.changes)
    assert words["Herkunft"] == "Übernahme nach Öffnung: Vergabemarktplatz Westfalen"
    assert (words["Erste Person"], words["Zweite Person"]) == (officers[0].name, officers[1].name)
    bids = queries.standing_bids(tender.id)
    assert {(bid.state, bid.received_at) for bid in bids} == {(BidState.OPENED, origin.received_at)}


def test_before_the_deadline_or_with_one_person_nothing_is_taken_over(tender, officers):
    table = make_bids.tabulation(tender, PRICES)
    with pytest.raises(Refused, match="läuft noch"):
        actions_import.import_tabulation(tender, table, by=officers[0], second=officers[1])
    with clock.at(make_bids.after_deadline(tender)):
        for second in (officers[0], make.auditor()):
            with pytest.raises(Refused, match="zwei verschiedene Personen"):
                actions_import.import_tabulation(tender, table, by=officers[0], second=second)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Bid)) == 0


def test_sealed_bids_of_our_own_are_never_mixed_with_imported_ones(tender, officers):
    make_bids.sealed_bid(tender, {"FW-1": "1", "FW-2": "1"})
    with pytest.raises(Refused, match="vermischen"):
        make_bids.imported_bids(tender, PRICES)


def test_a_table_about_other_positions_is_refused_as_a_whole(tender, officers, after):
    table = make_bids.tabulation(tender, PRICES)
    with pytest.raises(Refused, match=r"fehlen in der Tabelle: FW-2\."):
        actions_import.import_tabulation(
            tender, replace(table, items=table.items[:1]), by=officers[0], second=officers[1]
        )
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Bid)) == 0


def test_a_known_bidder_is_recognised_by_its_name(tender):
    known = make_bids.bidder("A GmbH")
    bids = make_bids.imported_bids(tender, PRICES)
    assert bids[0].bidder_id == known.id
