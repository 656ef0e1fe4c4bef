"""CPV codes as text, and which code a search finds first."""

import pytest

from procurement.catalogue.cpv import Candidate, Wanted, best_first, code_and_digit, wanted_by
from procurement.members.sorting import german_sort_key

SERVER = ("48820000", "2", "Server")
FILE_SERVER = ("48823000", "3", "Dateiserver")
SYSTEMS = ("48800000", "6", "Informationssysteme und Server")
NETWORK = ("32420000", "3", "Netzausrüstung")
NETWORK_PARTS = ("32422000", "7", "Netzkomponenten")


def found(typed, *codes, most=20):
    candidates = [Candidate(*code, german_sort_key(code[2])) for code in codes]
    return [(entry.code, entry.check_digit, entry.label) for entry in best_first(candidates, wanted_by(typed), most)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("32420000-3", ("32420000", "3")),
        (" 32420000 ", ("32420000", "")),
        ("3242000", None),
        ("32420000-33", None),
        ("Netz", None),
        ("٣٢٤٢٠٠٠٠", None),
    ],
)
def test_a_code_has_eight_digits_and_perhaps_its_check_digit(text, parts):
    assert code_and_digit(text) == parts


def test_digits_are_the_beginning_of_a_code_and_everything_else_is_a_word_without_umlauts():
    assert wanted_by("324 Ausrüstung,") == Wanted(("324",), ("ausrustung",))


def test_a_code_typed_with_its_check_digit_is_found_by_its_eight_digits():
    assert wanted_by("32420000-3") == Wanted(("32420000",), ())


def test_nothing_typed_wants_nothing():
    assert not wanted_by("  ")


def test_the_whole_label_comes_first_then_whole_words_then_parts_of_words():
    assert found("server", FILE_SERVER, SYSTEMS, SERVER) == [SERVER, SYSTEMS, FILE_SERVER]


def test_a_label_that_begins_with_one_of_the_words_comes_before_one_that_holds_them():
    cable = ("44320000", "9", "Kabel für ein Netz")
    parts = ("32421000", "0", "Netzkabel")
    assert found("kabel netz", parts, cable) == [cable, parts]


def test_of_equal_matches_the_more_general_code_comes_first():
    assert found("netz", NETWORK_PARTS, NETWORK) == [NETWORK, NETWORK_PARTS]


def test_no_more_than_wanted_are_named():
    assert found("324", NETWORK_PARTS, NETWORK, most=1) == [NETWORK]
