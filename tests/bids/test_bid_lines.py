"""Lines of one bid, and windows of a long list."""

from procurement.bids.bid_lines import BidLine, Window
from procurement.values.money import Money, UnitPrice
from procurement.values.quantity import Quantity


def line(price: str | None, written: str | None) -> BidLine:
    unit_price = UnitPrice.of(price) if price else None
    return BidLine("1", "Lizenz", Quantity.of(3), "Stück", unit_price, Money.of(written) if written else None)


def test_a_line_shows_its_product_and_what_the_bidder_wrote_beside_it():
    assert line("1.005", "3.00").total == Money.of("3.02")
    assert line("1.005", "3.00").difference == Money.of("-0.02")


def test_without_a_difference_or_without_one_of_the_figures_nothing_is_reported():
    assert line("1.00", "3.00").difference is None
    assert line("1.00", None).difference is None
    assert line(None, "3.00").difference is None
    assert line(None, None).total is None


def test_a_list_of_250_rows_has_three_windows():
    first, second, third = (Window.at(offset, 250) for offset in (0, 150, 999))
    assert (first.first, first.last, first.previous, first.following) == (1, 100, None, 100)
    assert (second.first, second.last, second.previous, second.following) == (101, 200, 0, 200)
    assert (third.first, third.last, third.previous, third.following) == (201, 250, 100, None)


def test_a_full_window_at_the_end_and_an_empty_list_have_nothing_after_them():
    assert Window.at(100, 200).following is None
    assert (Window.at(0, 0).last, Window.at(7, 0).offset, Window.at(-5, 10).offset) == (0, 0, 0)
