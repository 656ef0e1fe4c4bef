from decimal import Decimal
from fractions import Fraction

import pytest

from procurement.allocation.keys import (
    AllocationKey,
    Pot,
    figures_needed,
    is_weighted_by_volume,
    objections_to_pots,
    pots_of,
    split_into_pots,
)
from tests.examples.firewall_3_6 import BASE_PERCENT, POPULATION_PERCENT, SET_UP, SUMS, cents

BASE_AND_POPULATION = (
    Pot(Decimal(BASE_PERCENT), AllocationKey.EQUAL),
    Pot(Decimal(POPULATION_PERCENT), AllocationKey.INHABITANTS),
)


def test_set_up_cost_splits_into_the_two_printed_pots():
    assert split_into_pots(cents(SET_UP), BASE_AND_POPULATION).shares == (cents(SUMS.base), cents(SUMS.population))


def test_an_odd_cent_between_equal_pots_goes_to_the_first():
    pots = (Pot(Decimal(50), AllocationKey.INHABITANTS), Pot(Decimal(50), AllocationKey.EQUAL))
    assert split_into_pots(101, pots).shares == (51, 50)


def test_pots_may_be_exact_thirds():
    third = Fraction(100, 3)
    pots = tuple(Pot(third, key) for key in (AllocationKey.EQUAL, AllocationKey.INHABITANTS, AllocationKey.CLIENTS))
    assert objections_to_pots(AllocationKey.MIXED, pots) == []
    assert split_into_pots(100, pots).shares == (34, 33, 33)


def test_a_plain_key_is_one_pot_of_the_whole_block():
    assert pots_of(AllocationKey.CLIENTS, ()) == (Pot(Fraction(100), AllocationKey.CLIENTS),)


def test_keys_say_which_reference_figures_they_need():
    assert figures_needed(AllocationKey.CLIENTS, ()) == ("clients",)
    assert figures_needed(AllocationKey.EQUAL, ()) == ()
    assert figures_needed(AllocationKey.ACTUAL_QUANTITY, ()) == ()
    assert figures_needed(AllocationKey.MIXED, BASE_AND_POPULATION) == ("inhabitants",)


def test_a_pot_by_volume_makes_the_whole_block_wait_for_the_others():
    assert is_weighted_by_volume(AllocationKey.VOLUME, ())
    assert not is_weighted_by_volume(AllocationKey.MIXED, BASE_AND_POPULATION)
    assert is_weighted_by_volume(AllocationKey.MIXED, (Pot(Decimal(100), AllocationKey.VOLUME),))


def test_labels_are_the_terms_of_the_key_catalogue():
    assert [key.label for key in AllocationKey] == [
        "tatsächliche Menge",
        "Pauschale (Sockel)",
        "Einwohner",
        "Arbeitsplätze (Clients)",
        "Mischschlüssel",
        "Auftragsvolumen",
    ]


def test_complete_pots_meet_no_objection():
    assert objections_to_pots(AllocationKey.MIXED, BASE_AND_POPULATION) == []
    assert objections_to_pots(AllocationKey.EQUAL, ()) == []


@pytest.mark.parametrize(
    ("key", "pots", "objection"),
    [
        (AllocationKey.EQUAL, BASE_AND_POPULATION, "Der Schlüssel „Pauschale (Sockel)“ hat keine Teiltöpfe."),
        (AllocationKey.MIXED, (), "Der Mischschlüssel hat keine Teiltöpfe."),
        (
            AllocationKey.MIXED,
            (Pot(Decimal("30.5"), AllocationKey.EQUAL), Pot(Decimal("69.4"), AllocationKey.CLIENTS)),
            "Die Anteile des Mischschlüssels ergeben 99,9 % statt 100 %.",
        ),
        (
            AllocationKey.MIXED,
            (Pot(Decimal(0), AllocationKey.EQUAL), Pot(Decimal(100), AllocationKey.CLIENTS)),
            "Der Anteil von „Pauschale (Sockel)“ muss größer als 0 % sein.",
        ),
        (
            AllocationKey.MIXED,
            (Pot(Decimal(50), AllocationKey.EQUAL), Pot(Decimal(50), AllocationKey.EQUAL)),
            "Ein Schlüssel kommt im Mischschlüssel mehrfach vor.",
        ),
        (
            AllocationKey.MIXED,
            (Pot(Decimal(50), AllocationKey.EQUAL), Pot(Decimal(50), AllocationKey.ACTUAL_QUANTITY)),
            "Der Schlüssel „tatsächliche Menge“ ist in einem Mischschlüssel nicht zulässig.",
        ),
    ],
)
def test_wrong_pots_are_named(key: AllocationKey, pots: tuple[Pot, ...], objection: str):
    objections = objections_to_pots(key, pots)
    assert len(objections) == 1
    assert objections[0].text.startswith(objection)
