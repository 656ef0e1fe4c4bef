from decimal import Decimal

import pytest

from procurement.calc.errors import BadInput
from procurement.calc.split import answer
from tests.examples.firewall_3_6 import PROOF_OF_A2, cents


def test_the_proof_of_pot_a2_as_an_answer():
    request = {
        "total": 3395000,
        "weights": [row.weight for row in PROOF_OF_A2],
        "keys": [row.ags for row in PROOF_OF_A2],
    }
    assert answer(request) == {
        "shares": [cents(row.share) for row in PROOF_OF_A2],
        "remainders": [row.remainder for row in PROOF_OF_A2],
        "extra": [row.extra for row in PROOF_OF_A2],
    }


def test_ties_go_to_the_larger_weight_then_to_the_smaller_key():
    assert answer({"total": 2, "weights": [1, 3], "keys": ["05554004", "05566028"]})["shares"] == [0, 2]
    assert answer({"total": 1, "weights": [1, 1], "keys": ["05566028", "05554004"]})["shares"] == [0, 1]


def test_without_keys_a_tie_goes_to_the_earlier_entry_even_among_more_than_ten():
    assert answer({"total": 11, "weights": [1] * 12})["extra"] == [1] * 11 + [0]


def test_a_credit_has_negative_shares_and_the_remainders_of_the_debit():
    assert answer({"total": -10000, "weights": [1, 1, 1], "keys": ["a", "b", "c"]}) == {
        "shares": [-3334, -3333, -3333],
        "remainders": [1, 1, 1],
        "extra": [1, 0, 0],
    }


def test_decimal_text_is_brought_to_whole_numbers_by_a_power_of_ten():
    # 100 cents on 15 : 15 : 15 with the sum 45: 1500 mod 45 = 15.
    assert answer({"total": 100, "weights": ["1.5", "1.50", "01.5"]}) == {
        "shares": [34, 33, 33],
        "remainders": [15, 15, 15],
        "extra": [1, 0, 0],
    }


def test_whole_numbers_and_decimal_text_may_stand_side_by_side():
    assert answer({"total": 700, "weights": [1, "2.5"]})["shares"] == [200, 500]


def test_figures_far_beyond_64_bits_stay_exact():
    assert answer({"total": 10**30 + 1, "weights": [1, 1]})["shares"] == [5 * 10**29 + 1, 5 * 10**29]


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        ([1, 2], "Die Eingabe muss ein JSON-Objekt mit total, weights und keys sein."),
        ({"total": 1, "weights": [1], "key": ["a"]}, "key: Dieses Feld ist unbekannt"),
        ({"weights": [1]}, "total: Das Feld fehlt"),
        ({"total": 1.0, "weights": [1]}, "total: Der Betrag muss eine ganze Zahl in Cent sein"),
        ({"total": "1", "weights": [1]}, "total: Der Betrag muss eine ganze Zahl in Cent sein"),
        ({"total": True, "weights": [1]}, "total: Der Betrag muss eine ganze Zahl in Cent sein"),
        ({"total": -(10**1000), "weights": [1]}, "total: Die Zahl ist zu groß"),
        ({"total": 1}, "weights: Das Feld fehlt"),
        ({"total": 1, "weights": "1"}, "weights: Hier muss eine Liste"),
        ({"total": 1, "weights": []}, "weights: Die Liste ist leer"),
        ({"total": 1, "weights": [0, "0.0"]}, "weights: Die Summe der Gewichte ist 0"),
        ({"total": 1, "weights": [1, 2, 0.5]}, "weights[2]: Gewichte mit Nachkommastellen müssen als Text"),
        ({"total": 1, "weights": [Decimal("0.5")]}, "weights[0]: Gewichte mit Nachkommastellen müssen als Text"),
        ({"total": 1, "weights": [None]}, "weights[0]: Ein Gewicht muss eine ganze Zahl oder ein Text"),
        ({"total": 1, "weights": [True]}, "weights[0]: Ein Gewicht muss eine ganze Zahl oder ein Text"),
        ({"total": 1, "weights": [1, -1]}, "weights[1]: Das Gewicht ist negativ"),
        ({"total": 1, "weights": ["-1.5"]}, "weights[0]: Das Gewicht ist negativ"),
        ({"total": 1, "weights": ["1,5"]}, 'weights[0]: "1,5" ist keine Dezimalzahl'),
        ({"total": 1, "weights": ["1e3"]}, 'weights[0]: "1e3" ist keine Dezimalzahl'),
        ({"total": 1, "weights": ["NaN"]}, 'weights[0]: "NaN" ist keine Dezimalzahl'),
        ({"total": 1, "weights": ["1\n"]}, "ist keine Dezimalzahl"),
        ({"total": 1, "weights": ["٣"]}, 'weights[0]: "٣" ist keine Dezimalzahl'),
        ({"total": 1, "weights": [""]}, 'weights[0]: "" ist keine Dezimalzahl'),
        ({"total": 1, "weights": ["1" * 1001]}, "weights[0]: Das Gewicht ist zu lang"),
        ({"total": 1, "weights": [10**1000]}, "weights[0]: Die Zahl ist zu groß"),
        ({"total": 1, "weights": [1], "keys": "a"}, "keys: Hier muss eine Liste"),
        ({"total": 1, "weights": [1, 1], "keys": ["a"]}, "keys: Die Liste hat 1 Einträge, weights hat 2"),
        ({"total": 1, "weights": [1], "keys": [5566028]}, "keys[0]: Ein Schlüssel muss ein nicht leerer Text sein"),
        ({"total": 1, "weights": [1], "keys": [""]}, "keys[0]: Ein Schlüssel muss ein nicht leerer Text sein"),
        ({"total": 1, "weights": [1, 1], "keys": ["a", "a"]}, "keys[1]: Der Schlüssel a kommt mehrfach vor"),
    ],
)
def test_bad_input_is_refused_with_its_place_and_what_to_do(request_: object, message: str):
    with pytest.raises(BadInput) as refusal:
        answer(request_)
    assert message in str(refusal.value)


def test_an_error_keeps_its_path_and_message_apart():
    error = BadInput("weights[2]", "Das Gewicht ist negativ.")
    assert (error.path, error.message) == ("weights[2]", "Das Gewicht ist negativ.")
    assert str(error) == "weights[2]: Das Gewicht ist negativ."
