"""Prices are compared as they are evaluated: a rebate makes a bid conspicuous that its positions do not."""

from procurement.bids import actions_figures
from procurement.bids.evaluation_price import OfferedRebate
from procurement.bids.figures_entries import FiguresEntry
from procurement.examination import queries, queries_prices
from tests.factories import examination
from tests.factories import members as make
from tests.page_reading import seen_on


def rebated():
    """Netz 6,000.00; Kabel 5,400.00 less 20 %, so 4,320.00: exactly 28 % below. Without the rebate it is 10 %."""
    bid = examination.bid_of(examination.opened_tender())
    entry = FiguresEntry(rebate=OfferedRebate(percent="20"), rebate_source="Anschreiben")
    assert queries.open_clarifications(bid.tender.lots[0]) == []
    actions_figures.enter_figures(bid, bid.tender.lots[0], entry, by=make.officer())
    return bid


def test_a_rebate_that_makes_a_bid_abnormally_low_asks_for_a_clarification_and_blocks_the_award(context):
    bid = rebated()
    lot = bid.tender.lots[0]
    check = queries_prices.price_check(lot, bid)
    assert (check.is_evaluation_price, check.is_mandatory, check.signals[0].percent) == (True, True, 28)
    assert [one.bid_id for one in queries.open_clarifications(lot)] == [bid.id]


def test_the_page_says_which_price_is_compared(saved, browser):
    with saved():
        bid_id, officer_id = rebated().id, make.officer().id
    assert "Verglichen sind die Wertungspreise der Angebote" in seen_on(
        browser(officer_id).get(f"/examination/bids/{bid_id}")
    )
