"""Numbers in texts: by a stated style, or not at all."""

from decimal import Decimal

import pytest

from procurement.values.figures import german_decimal
from procurement.values.number_text import NumberStyle, decimal_in, is_ambiguous, only_reading


@pytest.mark.parametrize(
    ("text", "german", "english"),
    [
        ("1.234,56", "1234.56", None),
        ("1,234.56", None, "1234.56"),
        ("1.234", "1234", "1.234"),
        ("1,234", "1.234", "1234"),
        ("12,5", "12.5", None),
        ("12.5", None, "12.5"),
        ("       $5,200.00", None, "5200.00"),
        ("$.15", None, ".15"),
        (",5 €", ".5", None),
        ("EUR 12", "12", "12"),
        ("-3", "-3", "-3"),
        ("0,123", "0.123", None),
        ("1234,567", "1234.567", None),
        ("1.2345,00", None, None),
        ("12,50,00", None, None),
        ("(12)", None, None),
        ("12 kg", None, None),
        ("1e5", None, None),
        ("٣", None, None),
        ("", None, None),
        ("€", None, None),
    ],
)
def test_a_text_is_read_by_the_stated_style_only(text, german, english):
    assert decimal_in(text, NumberStyle.GERMAN) == (None if german is None else Decimal(german))
    assert decimal_in(text, NumberStyle.ENGLISH) == (None if english is None else Decimal(english))


@pytest.mark.parametrize(("text", "reading"), [("1.234,56", "1234.56"), ("1234", "1234"), ("0,123", "0.123")])
def test_some_texts_can_mean_only_one_number(text, reading):
    assert only_reading(text) == Decimal(reading)
    assert not is_ambiguous(text)


@pytest.mark.parametrize("text", ["1.234", "1,234", "1,234.5", "12.5"])
def test_other_texts_are_numbers_but_not_surely_which(text):
    assert only_reading(text) is None
    assert is_ambiguous(text)


def test_words_are_no_ambiguous_numbers():
    assert not is_ambiguous("auf Anfrage")


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("1234567.5", "1.234.567,5"),
        ("-694.34", "-694,34"),
        ("0.000001", "0,000001"),
        ("1E+3", "1.000"),
        ("98868", "98.868"),
    ],
)
def test_numbers_are_shown_in_german_with_all_their_decimals(number, text):
    assert german_decimal(Decimal(number)) == text
