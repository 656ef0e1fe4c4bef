"""Folding text into lines: whole words first, then behind hyphens, then anywhere, but never beyond the width."""

import pytest

from procurement.documents.fonts import register_fonts
from procurement.documents.typesetting import BODY, fold, longest_part, longest_word, width_of

HOSTILE = [
    "Schulzweckverband Lotte-Westerkappeln",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "a" * 64,
    "<b>&amp;</b> <script>alert(1)</script>",
    "ООО Сеть Вестфалия и Сыновья",
    "eins  zwei   drei",
]


@pytest.fixture(autouse=True, scope="module")
def _registered():
    register_fonts()


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("width", [20, 60, 200])
def test_no_line_is_wider_than_its_column_and_no_letter_is_lost(text, width):
    lines = fold(text, BODY, width)
    assert all(width_of(line, BODY) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_long_name_is_broken_behind_its_hyphen():
    name, width = "Schulzweckverband Lotte-Westerkappeln", width_of("Schulzweckverband", BODY)
    assert fold(name, BODY, width) == ("Schulzweckverband", "Lotte-", "Westerkappeln")


def test_line_breaks_are_kept_and_an_empty_text_is_one_line():
    assert fold("eins\n\nzwei", BODY, 100) == ("eins", "", "zwei")
    assert fold("", BODY, 100) == ("",)


def test_a_column_too_narrow_for_a_letter_still_gets_one():
    assert fold("ab", BODY, 1) == ("a", "b")


def test_a_heading_needs_its_longest_word_and_a_name_only_its_longest_part():
    assert longest_word("KAAW-Kosten netto", BODY) == width_of("KAAW-Kosten", BODY)
    assert longest_part("KAAW-Kosten netto", BODY) == width_of("Kosten", BODY)
    assert longest_part("", BODY) == 0
