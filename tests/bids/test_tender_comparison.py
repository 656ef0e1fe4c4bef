"""The Preisspiegel of a tender from the database, by hand: 4 clusters (estimate 1,000) and 40 licences (estimate 50).

A: 4 x 900 + 40 x 40.50 = 5,220.00; B: 4 x 700 + 40 x 30 = 4,000.00, which is 23.4 % below A; C lacks the licences.
"""

from fractions import Fraction

import pytest

from procurement.audit.actor import COMMAND_LINE
from procurement.bids import actions, queries_bid, queries_comparison
from procurement.bids.arithmetic import PriceBasis
from procurement.bids.compared_prices import ComparedBid, ComparedLot, ComparedPrices
from procurement.bids.comparison import BidColumn, ComparisonTerms, compare, row_of
from procurement.bids.lot_figures import SheetState
from procurement.values.money import Money
from tests.factories import bids as make_bids
from tests.factories import tenders as make_tenders

PRICES = {
    "A GmbH": {"FW-1": "900", "FW-2": "40.50"},
    "B GmbH": {"FW-1": "700", "FW-2": "30"},
    "C GmbH": {"FW-1": "100"},
}


@pytest.fixture
def tender(context):
    tender = make_tenders.published_tender()
    make_bids.imported_bids(tender, PRICES, {"A GmbH": {"FW-1": "3600.01"}})
    return tender


def words(tender):
    prices = queries_comparison.price_comparison(tender)
    return {one.bid.name: one.state for one in prices.standings_in(prices.lots[0])}


def test_places_gap_and_deviation_from_the_estimate_are_those_counted_by_hand(tender):
    order = queries_comparison.price_comparison(tender).comparison.order_of("1")
    assert [(s.place, s.evaluation_total) for s in order.standings] == [
        (2, Money.of("5220.00")),
        (1, Money.of("4000.00")),
        (None, None),
    ]
    assert order.estimate_total == Money.of(6000)
    best = order.standings[1]
    assert best.gap.percent_of_next == Fraction(12200, 522)
    assert best.gap.is_conspicuous
    assert best.deviation_from_estimate == Fraction(-100, 3)


def test_rows_carry_mean_lowest_price_and_the_difference_to_the_written_total(tender):
    prices = queries_comparison.price_comparison(tender)
    first = row_of(prices.comparison, 0)
    assert first.mean == Fraction(1700, 3)
    assert [cell.is_lowest for cell in first.cells] == [False, False, True]
    assert first.cells[0].written_difference == Money.of("0.01")
    assert prices.lines[0].title == "Firewall-Cluster"


def test_states_are_said_in_words_and_an_incomplete_bid_has_no_rank(tender):
    assert words(tender) == {
        "A GmbH": "vollständig",
        "B GmbH": "vollständig",
        "C GmbH": "unvollständig (1 Preis fehlt)",
    }


def test_an_excluded_bid_leaves_means_places_and_gaps(tender):
    bids = queries_comparison.standing_bids(tender.id)
    actions.exclude_bid(bids[1], "§ 60 Abs. 3 VgV", "Preis nicht aufgeklärt", by=COMMAND_LINE)
    comparison = queries_comparison.price_comparison(tender).comparison
    assert [s.place for s in comparison.order_of("1").standings] == [1, None, None]
    assert row_of(comparison, 0).mean == Fraction(500)
    assert words(tender)["B GmbH"] == "ausgeschlossen (§ 60 Abs. 3 VgV)"


def test_the_announced_basis_decides_what_a_contradicting_line_counts(tender):
    assert queries_comparison.price_basis(tender) is PriceBasis.UNIT_PRICE
    tender.parameters = {**tender.parameters, "price_basis": "written_total"}
    assert queries_comparison.lot_figures(tender.lots[0])[0].evaluation_total == Money.of("5220.01")
    comparison = queries_comparison.price_comparison(tender).comparison
    assert comparison.order_of("1").standings[0].evaluation_total == Money.of("5220.01")


def test_lot_figures_and_price_comparison_tell_the_same_totals(tender):
    standings = queries_comparison.price_comparison(tender).comparison.order_of("1").standings
    figures = queries_comparison.lot_figures(tender.lots[0])
    assert [(f.evaluation_total, f.partial_sum) for f in figures] == [
        (s.evaluation_total, s.partial_sum) for s in standings
    ]


def test_a_bidder_may_bid_for_one_lot_only(context):
    lots = [
        ("Firewall", [make_tenders.Wish("FW-1", "Firewall", (1,), "10")]),
        ("Switch", [make_tenders.Wish("SW-1", "Switch", (2,), "3")]),
    ]
    tender = make_tenders.published_tender(lots)
    make_bids.imported_bids(tender, {"A GmbH": {"FW-1": "10"}, "B GmbH": {"FW-1": "20", "SW-1": "2"}})
    first, second = queries_bid.lots_at_a_glance(tender)
    assert [row.state for row in second.rows] == ["kein Angebot für dieses Los", "vollständig"]
    assert (first.offers, second.offers) == (2, 1)
    one_lot = queries_comparison.price_comparison(tender, [tender.lots[1]])
    assert [line.number for line in one_lot.lines] == ["SW-1"]
    assert one_lot.comparison.overall.estimate_total == Money.of(6)


def test_a_lot_without_positions_has_no_standings():
    bid, lot = ComparedBid(1, 1, "A GmbH", None, {7: SheetState.NONE}), ComparedLot(7, 1, "Leeres Los")
    comparison = compare([], [BidColumn(bid.key, [])], ComparisonTerms(20))
    prices = ComparedPrices(comparison, (bid,), (lot,), ())
    assert prices.standings_in(lot) == ()
    assert prices.counting_in(lot) == ()
    assert prices.rows_of(lot) == []


def test_prices_of_one_bid_list_missing_positions_too(tender):
    bid = queries_comparison.standing_bids(tender.id)[2]
    shown = queries_bid.prices_of(bid, tender.lots[0])
    assert [(line.number, line.total) for line in shown.lines] == [("FW-1", Money.of(400)), ("FW-2", None)]
