"""What is wrong with the entry of a catalogue article."""

from procurement.catalogue.cpv import CpvEntry
from procurement.catalogue.rules import objections_to_article
from procurement.values.money import UnitPrice
from tests.factories.catalogue import entry

NETWORK = CpvEntry("32420000", "3", "Netzausrüstung")


def objections(typed, taken=(), known=NETWORK):
    return {objection.field: str(objection) for objection in objections_to_article(typed, taken, known)}


def test_a_complete_entry_has_no_objection():
    assert objections(entry("K-01")) == {}


def test_an_empty_entry_names_every_missing_field():
    empty = entry("-", title="", category_code=" ", category="", unit="", cpv="")
    assert set(objections(empty)) == {"title", "category_code", "category", "unit"}


def test_a_number_stands_in_the_catalogue_once():
    assert objections(entry(" K-01 "), taken={"K-01"}) == {"number": "Die Artikelnummer K-01 gibt es im Katalog schon."}


def test_a_wrong_check_digit_names_the_code_that_may_be_meant():
    assert objections(entry("K-01", cpv="32420000-4")) == {
        "cpv": "Die Prüfziffer stimmt nicht. Gemeint ist vielleicht 32420000-3 Netzausrüstung."
    }


def test_a_code_that_is_not_in_the_table_is_taken_as_typed():
    assert objections(entry("K-01", cpv="03000000-1"), known=None) == {}


def test_a_word_is_no_code():
    assert "acht Ziffern" in objections(entry("K-01", cpv="Netz"), known=None)["cpv"]


def test_the_higher_price_is_not_below_the_lower_one():
    assert objections(entry("K-01", low="20.00", high="19.99")) == {
        "price_to_net": "Der Preis „bis“ ist kleiner als der Preis „von“."
    }


def test_a_price_is_not_negative_and_not_beyond_what_can_be_meant():
    typed = entry("K-01", price_from_net=UnitPrice.of(-1), price_to_net=UnitPrice.of("10000000"))
    assert set(objections(typed)) == {"price_from_net", "price_to_net"}


def test_a_text_that_is_too_long_is_named():
    assert objections(entry("K-01", title="x" * 301)) == {"title": "Die Bezeichnung darf höchstens 300 Zeichen haben."}
