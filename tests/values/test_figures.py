from fractions import Fraction

import pytest

from procurement.values.figures import apart, exact, fixed, german, percent, short_german, significant
from procurement.values.money import Money


def test_money_becomes_exact_euro():
    assert exact(Money.of("98765.43")) == Fraction(9876543, 100)
    assert exact(7) == 7


@pytest.mark.parametrize("figure", [0.5, True])
def test_floats_and_truth_values_are_no_figures(figure):
    with pytest.raises(TypeError):
        exact(figure)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (Fraction(81100000, 228000), 2, "355,70"),
        (Fraction(1234567), 0, "1.234.567"),
        (Fraction(-12345, 10), 2, "-1.234,50"),
        (Fraction(5, 1000), 2, "0,01"),
        (Fraction(-1, 4), 1, "-0,3"),
    ],
)
def test_german_figures_are_rounded_half_up(value, decimals, text):
    assert german(value, decimals) == text


def test_whole_figures_stay_short():
    assert [short_german(Fraction(figure)) for figure in ("8110", "22000/3")] == ["8.110", "7.333,33"]
    assert [percent(Fraction(share)) for share in ("0.4", "11/15")] == ["40 %", "73,33 %"]


def test_figures_that_differ_are_shown_as_different():
    assert apart(Fraction(720), Fraction("719.9996")) == ("720,0000", "719,9996")
    assert apart(Fraction(720), Fraction(720)) == ("720,00", "720,00")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0", "0.00000"),
        ("2/25", "0.0800000"),
        ("7/90", "0.0777777777778"),
        ("1/10", "0.100000"),
        ("1/1000", "0.00100000"),
        ("88", "88.0000"),
        ("673/9", "74.7777777778"),
        ("100000", "100000"),
        ("1234567.25", "1234567.25"),
        ("123456789012345", "123456789012345"),
        ("-1/3", "-0.333333333333"),
        ("441/2360", "0.18686440678"),
    ],
)
def test_six_to_twelve_significant_digits(value, text):
    assert significant(Fraction(value)) == text


def test_fixed_decimals_with_a_point():
    assert [fixed(Fraction(figure), 2) for figure in ("1/3", "-0.005", "0")] == ["0.33", "-0.01", "0.00"]
