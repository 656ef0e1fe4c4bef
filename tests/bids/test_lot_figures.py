"""One bid in one lot by hand: 4 clusters and 40 licences."""

from procurement.bids.arithmetic import PriceBasis
from procurement.bids.exclusion import LATE
from procurement.bids.lot_figures import BidEntry, LotPosition, OfferedPrice, SheetState, figures_of
from procurement.values.money import Money, UnitPrice
from procurement.values.quantity import Quantity

POSITIONS = [LotPosition(11, "FW-1", Quantity.of(4)), LotPosition(12, "FW-2", Quantity.of(40))]


def entry(prices: dict[int, tuple[str, str | None]], sheet=SheetState.TAKEN_OVER, exclusion=None) -> BidEntry:
    offered = {
        line: OfferedPrice(UnitPrice.of(price), Money.of(written) if written else None)
        for line, (price, written) in prices.items()
    }
    return BidEntry(1, 1, "Netz GmbH", sheet, exclusion, offered)


def test_a_complete_bid_is_ranked_with_quantity_times_unit_price():
    figures = figures_of(entry({11: ("900", None), 12: ("40.50", None)}), POSITIONS, PriceBasis.UNIT_PRICE)
    assert figures.evaluation_total == figures.ranked_total == Money.of("5220.00")
    assert figures.partial_sum is None


def test_an_incomplete_bid_has_a_partial_sum_and_nothing_to_rank():
    figures = figures_of(entry({11: ("900", None)}), POSITIONS, PriceBasis.UNIT_PRICE)
    assert (figures.evaluation_total, figures.ranked_total, figures.partial_sum) == (None, None, Money.of(3600))
    assert figures.completeness.missing == ("FW-2",)
    assert not figures.is_absent


def test_an_excluded_bid_keeps_its_total_but_is_not_ranked():
    complete = entry({11: ("900", None), 12: ("40.50", None)}, exclusion=LATE)
    figures = figures_of(complete, POSITIONS, PriceBasis.UNIT_PRICE)
    assert figures.evaluation_total == Money.of("5220.00")
    assert figures.ranked_total is None


def test_the_written_total_is_kept_and_counts_only_if_that_was_announced():
    bid = entry({11: ("900", "3600.01"), 12: ("40.50", "1620")})
    by_price = figures_of(bid, POSITIONS, PriceBasis.UNIT_PRICE)
    assert by_price.evaluation_total == Money.of("5220.00")
    assert [(c.item_key, c.difference) for c in by_price.contradictions] == [("FW-1", Money.of("0.01"))]
    assert figures_of(bid, POSITIONS, PriceBasis.WRITTEN_TOTAL).evaluation_total == Money.of("5220.01")


def test_no_sheet_for_the_lot_means_no_offer_and_a_refused_one_means_an_offer_without_prices():
    assert figures_of(entry({}, SheetState.NONE), POSITIONS, PriceBasis.UNIT_PRICE).is_absent
    refused = figures_of(entry({}, SheetState.REFUSED), POSITIONS, PriceBasis.UNIT_PRICE)
    assert not refused.is_absent
    assert refused.ranked_total is None
