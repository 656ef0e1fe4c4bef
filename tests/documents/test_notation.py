"""Figures on paper: German marks, a true minus sign, exact display, German time."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from procurement.documents import notation
from procurement.values.money import Money, UnitPrice
from procurement.values.quantity import Quantity


@pytest.mark.parametrize(
    ("cents", "written"),
    [(0, "0,00"), (5, "0,05"), (-5, "−0,05"), (123456789, "1.234.567,89"), (-2500000, "−25.000,00")],
)
def test_amounts_carry_thousands_marks_and_a_true_minus_sign(cents, written):
    assert notation.amount(Money(cents)) == written
    assert notation.euro(Money(cents)) == f"{written}\u00a0€"


@pytest.mark.parametrize(("cents", "written"), [(100, "+1,00"), (-100, "−1,00"), (0, "0,00")])
def test_a_difference_names_its_direction_and_none_has_no_sign(cents, written):
    assert notation.difference(Money(cents)) == written


def test_unit_prices_keep_their_decimals_and_quantities_lose_needless_zeros():
    assert notation.unit_price(UnitPrice.of("9874.50")) == "9.874,50"
    assert notation.unit_price(UnitPrice.of("0.0035")) == "0,0035"
    assert notation.quantity(Quantity.of("1234.500")) == "1.234,5"
    assert notation.count(273681) == "273.681"


def test_a_share_is_shown_with_six_decimals_rounded_half_up():
    # 1/9 of a hundred is 11.111111|1, 2/3 is 66.666666|6
    assert notation.percent(Fraction(1, 9)) == "11,111111\u00a0%"
    assert notation.percent(Fraction(2, 3)) == "66,666667\u00a0%"
    assert notation.percent(Fraction(1, 8), 1) == "12,5\u00a0%"


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (Fraction(1, 30), "+3,3\u00a0%"),
        (Fraction(-1, 20), "−5,0\u00a0%"),
        (Fraction(0), "0,0\u00a0%"),
        (Fraction(1, 10000), "0,0\u00a0%"),
        (None, "–"),
    ],
)
def test_a_deviation_is_signed_unless_it_shows_as_nothing(share, written):
    assert notation.deviation(share) == written


def test_a_fraction_is_not_reduced_so_that_it_can_be_found_in_the_key_data():
    assert notation.fraction(620, 2802) == "620/2.802"


def test_times_are_german_in_summer_and_winter():
    assert notation.moment(datetime(2026, 11, 23, 9, 42, tzinfo=UTC)) == "23.11.2026, 10:42\u00a0Uhr"
    assert notation.moment(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == "02.07.2026, 00:30\u00a0Uhr"


def test_a_time_without_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        notation.moment(datetime(2026, 11, 23, 9, 42))  # noqa: DTZ001  # the fault under test


def test_a_period_names_both_days():
    assert notation.period(date(2027, 1, 1), date(2027, 12, 31)) == "01.01.2027 bis 31.12.2027"
