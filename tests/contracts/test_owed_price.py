"""What a unit of a contract costs after the rebates of its award, exact to the cent."""

from fractions import Fraction

from procurement.contracts.owed_price import OwedPrice, owed_share
from procurement.values.money import Money, UnitPrice
from procurement.values.quantity import Quantity


def test_everything_called_off_costs_what_was_awarded():
    # 3 at 33.33 is 99.99; 5 % of it, 5.00, was taken off
    price = OwedPrice(UnitPrice.of("33.33"), owed_share(Money.of("94.99"), Money.of("5.00")))
    assert price.times(Quantity.of(3)) == Money.of("94.99")
    assert price.rebate == Fraction(500, 9999)


def test_the_cent_is_rounded_half_up_once_per_quantity():
    # one of them is 31.66333...
    price = OwedPrice(UnitPrice.of("33.33"), Fraction(9499, 9999))
    assert price.times(Quantity.of(1)) == Money.of("31.66")


def test_without_a_rebate_and_for_a_free_line_nothing_is_taken_off():
    assert owed_share(Money.of("10.00"), Money(0)) == owed_share(Money(0), Money(0)) == 1
