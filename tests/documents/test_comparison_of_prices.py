"""A Preisspiegel on its way to paper: order, marks, absent and incomplete bids, wrong sums, its checksum."""

from dataclasses import replace
from fractions import Fraction

from procurement.bids.compared_prices import ComparedBid, ComparedLine, ComparedLot, ComparedPrices
from procurement.bids.comparison import BidColumn, ComparisonTerms, Position, compare
from procurement.bids.exclusion import Exclusion
from procurement.bids.lot_figures import SheetState
from procurement.documents.comparison_of_prices import lot_comparisons
from procurement.documents.fingerprints import fingerprint
from procurement.values.money import Money, UnitPrice
from procurement.values.quantity import Quantity
from tests.factories.bid_documents import price_comparison, small_lot

POSITIONS = (
    Position("1.1", "1", Quantity.of(10), UnitPrice.of(9)),
    Position("1.2", "1", Quantity.of(2), UnitPrice.of(50)),
    Position("2.1", "2", Quantity.of(1)),
)
LINES = (
    ComparedLine("1.1", "Kabel", "Meter"),
    ComparedLine("1.2", "Switch", "Stück"),
    ComparedLine("2.1", "Aufbau", "Tag"),
)
LOTS = (ComparedLot(1, 1, "Netz"), ComparedLot(2, 2, "Aufbau"), ComparedLot(3, 3, "Leer"))


def bid(number: int, name: str, lots: dict[int, SheetState], exclusion: Exclusion | None = None) -> ComparedBid:
    sheets = {lot.lot_id: SheetState.NONE for lot in LOTS} | lots
    return ComparedBid(number, number, name, exclusion, sheets)


def column(number: int, *prices: str | None, written: tuple[str | None, ...] = ()) -> BidColumn:
    cents = [None if total is None else Money.of(total).cents for total in written]
    return BidColumn(
        str(number), [None if price is None else UnitPrice.of(price).millionths for price in prices], cents
    )


TAKEN = SheetState.TAKEN_OVER
EXCLUDED = Exclusion("§ 57 Abs. 1 Nr. 4 VgV", "Unterlagen geändert.")


def prices() -> ComparedPrices:
    """Blau 190, Grün 240 written with a wrong line, Rot without a price for 1.2, Grau excluded at 92."""
    bids = (
        bid(1, "Grün", {1: TAKEN, 2: TAKEN}),
        bid(2, "Blau", {1: TAKEN}),
        bid(3, "Rot", {1: TAKEN}),
        bid(4, "Grau", {1: TAKEN}, EXCLUDED),
        bid(5, "Weiß", {1: SheetState.REFUSED}),
    )
    columns = (
        column(1, "8", "80", "300", written=("80.10", "160.00", "300.00")),
        column(2, "10", "45", None),
        column(3, "9", None, None),
        column(4, "9", "1", None),
        column(5, None, None, None),
    )
    terms = ComparisonTerms(low_bid_trigger=20, excluded=frozenset({"4"}))
    return ComparedPrices(compare(POSITIONS, columns, terms), bids, LOTS, LINES)


def test_bids_stand_by_their_place_and_those_without_one_last():
    lot = lot_comparisons(prices())[0]
    assert [(one.name, one.rank) for one in lot.bidders] == [
        ("Blau", 1),
        ("Grün", 2),
        ("Rot", None),
        ("Grau", None),
        ("Weiß", None),
    ]
    assert lot.mean == Money.of("215.00")
    assert lot.bidders[0].from_mean == Fraction(190 - 215, 215)
    assert lot.bidders[0].gap_to_next == Fraction(50, 240)
    assert "20,83 %" in lot.bidders[0].warning


def test_an_incomplete_bid_has_a_partial_sum_and_no_total():
    red = lot_comparisons(prices())[0].bidders[2]
    assert (red.total, red.partial_sum, red.missing_prices) == (None, Money.of("90.00"), 1)
    assert red.remark == "unvollständig (1 Preis fehlt)"


def test_an_excluded_bid_names_norm_and_reason_and_is_never_the_lowest():
    lot = lot_comparisons(prices())[0]
    assert lot.bidders[3].remark == "ausgeschlossen (§ 57 Abs. 1 Nr. 4 VgV): Unterlagen geändert."
    assert not lot.positions[1].prices[3].is_lowest
    assert lot.bidders[4].remark == "Preisblatt nicht übernommen"


def test_an_exclusion_without_words_still_names_its_norm():
    found = prices()
    bids = tuple(replace(one, exclusion=Exclusion("§ 57", "")) if one.exclusion else one for one in found.bids)
    assert lot_comparisons(replace(found, bids=bids))[0].bidders[3].remark == "ausgeschlossen (§ 57)"


def test_a_position_shows_the_prices_in_the_order_of_the_bidders_and_a_readable_mean():
    cable, switch = lot_comparisons(prices())[0].positions
    assert [offered.unit_price if offered else None for offered in switch.prices] == [
        UnitPrice.of(45),
        UnitPrice.of(80),
        None,
        UnitPrice.of(1),
        None,
    ]
    # prices that count: 8, 10, 9
    assert cable.mean == UnitPrice.of(9)
    assert cable.prices[1].is_lowest
    assert cable.prices[1].from_estimate == Fraction(-1, 9)


def test_a_written_total_that_is_not_quantity_times_price_is_listed():
    (found,) = lot_comparisons(prices())[0].differences
    assert (found.position, found.bidder) == ("1.1 Kabel", "Grün")
    assert (found.written, found.computed, found.difference) == (Money.of("80.10"), Money.of("80.00"), Money.of("0.10"))


def test_who_offers_nothing_for_a_lot_does_not_appear_there_and_an_empty_lot_has_nothing():
    _, setup, empty = lot_comparisons(prices())
    assert [one.name for one in setup.bidders] == ["Grün"]
    assert (empty.bidders, empty.positions, empty.estimate, empty.mean) == ((), (), None, None)


def test_a_position_nobody_priced_has_no_mean():
    columns = (column(1, None, "1", None),)
    terms = ComparisonTerms(low_bid_trigger=20)
    found = ComparedPrices(compare(POSITIONS, columns, terms), (bid(1, "Grün", {1: TAKEN}),), LOTS, LINES)
    lot = lot_comparisons(found)[0]
    assert lot.positions[0].mean is None
    assert lot.bidders[0].from_mean is None


def test_the_checksum_of_a_content_depends_on_the_facts_and_not_on_its_issue():
    content = price_comparison(small_lot())
    later = replace(content, identity=replace(content.identity, number="PS-2", version=2), prepared=None)
    assert fingerprint(later) == fingerprint(content)
    assert fingerprint(replace(content, opened_at=None)) != fingerprint(content)
