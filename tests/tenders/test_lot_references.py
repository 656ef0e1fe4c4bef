"""Reference prices of single lots (M5): read as people write them, refused by name, and nothing new without them."""

from fractions import Fraction

import pytest

from procurement.tenders.kinds import TieRule
from procurement.tenders.lot_references import objections_to_references, parameters_in_lot, reference_prices_of
from procurement.tenders.method import ScoringMethod
from procurement.tenders.scoring_setup import completed, objections_to_method, worded_setup

RAW = {"quality_weight": "0.5", "reference_points": "8000", "reference_price": "100000"}
TWO = RAW | {"reference_prices": "1: 250.000,00; 2: 52500,50 €"}


def test_prices_are_read_with_and_without_points_between_thousands():
    assert reference_prices_of(TWO["reference_prices"]) == {1: 250_000, 2: Fraction("52500.50")}


def test_a_lot_with_its_own_price_has_that_one_and_every_other_the_one_of_the_tender():
    assert parameters_in_lot(TWO, 1)["reference_price"] == "250000"
    assert parameters_in_lot(TWO, 3) == RAW
    assert parameters_in_lot(RAW, 1) == RAW


@pytest.mark.parametrize(
    ("text", "lots", "said"),
    [
        ("1 = 100", None, "nicht lesbar"),
        ("1: 100; 1: 200", None, "nicht lesbar"),
        ("1: 1.00", None, "nicht lesbar"),
        ("1: 0", None, "größer als 0"),
        ("7: 100", (1, 2), "kein Los 7"),
    ],
)
def test_what_cannot_be_published_is_named(text, lots, said):
    [objection] = objections_to_references({"reference_prices": text}, lots)
    assert said in objection.text


def test_only_the_method_with_references_keeps_them_and_says_so():
    assert completed(ScoringMethod.WEIGHTED_REFERENCE, TWO)["reference_prices"] == TWO["reference_prices"]
    assert "reference_prices" not in completed(ScoringMethod.SIMPLE_RATIO, TWO)
    assert ("Referenzpreis einzelner Lose", TWO["reference_prices"]) in worded_setup(
        "weighted_reference", TWO, TieRule.NONE
    )
    wrong = objections_to_method(ScoringMethod.WEIGHTED_REFERENCE, RAW | {"reference_prices": "x"}, TieRule.NONE)
    assert [one.field for one in wrong] == ["reference_prices"]
