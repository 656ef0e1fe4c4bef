"""One cell of an imported table: what it says, or a sentence that names it."""

from datetime import date

import pytest

from procurement.members.import_cells import CellRefused, choice_of, count_of, day_of, text_of
from procurement.values.number_text import NumberStyle
from procurement.values.sheet import Cell, CellKind


def text_cell(text: str) -> Cell:
    return Cell("C3", CellKind.TEXT, text)


def sentence(reading, *arguments, **details) -> str:
    with pytest.raises(CellRefused) as refused:
        reading(*arguments, **details)
    return str(refused.value.fault)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (text_cell("31.12.2024"), date(2024, 12, 31)),
        (text_cell("1.2.2024"), date(2024, 2, 1)),
        (text_cell("2024-12-31"), date(2024, 12, 31)),
        (Cell("C3", CellKind.DATE, "2024-12-31"), date(2024, 12, 31)),
    ],
)
def test_a_day_is_a_real_date_or_written_in_one_of_two_clear_ways(cell, day):
    assert day_of(cell) == day


@pytest.mark.parametrize("text", ["12/31/2024", "31.12.24", "Dezember 2024", "45657"])
def test_a_day_written_in_another_way_is_not_guessed(text):
    assert sentence(day_of, text_cell(text)) == (f"Zelle C3: „{text}“ ist kein Datum. Bitte wie 31.12.2024 schreiben.")


def test_a_number_is_no_day_and_the_30th_of_february_neither():
    assert "kein Datum" in sentence(day_of, Cell("C3", CellKind.NUMBER, "45657"))
    assert sentence(day_of, text_cell("30.02.2024")) == "Zelle C3: Den Tag „30.02.2024“ gibt es nicht."


@pytest.mark.parametrize(("text", "value"), [("40176", 40176), ("1.234.567", 1_234_567), ("0", 0)])
def test_a_number_with_one_reading_is_read(text, value):
    assert count_of(text_cell(text), None, 10_000_000) == value


@pytest.mark.parametrize("text", ["1.234", "1,234"])
def test_a_number_with_two_readings_is_asked_about(text):
    with pytest.raises(CellRefused) as refused:
        count_of(text_cell(text), None, 100_000)
    assert refused.value.fault.asks_for_style
    assert str(refused.value.fault).startswith(f"Zelle C3: „{text}“ lässt sich auf zwei Arten lesen.")


def test_a_stated_style_answers_the_question():
    assert count_of(text_cell("1.234"), NumberStyle.GERMAN, 100_000) == 1234
    assert count_of(text_cell("1,234"), NumberStyle.ENGLISH, 100_000) == 1234
    assert "keine ganze Zahl" in sentence(count_of, text_cell("1.234"), NumberStyle.ENGLISH, 100_000)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (text_cell("viele"), "„viele“ ist keine ganze Zahl."),
        (Cell("C3", CellKind.NUMBER, "12.5"), "„12.5“ ist keine ganze Zahl."),
        (Cell("C3", CellKind.NUMBER, "-1"), "„-1“ liegt nicht zwischen 0 und 1.000."),
        (Cell("C3", CellKind.NUMBER, "1001"), "„1001“ liegt nicht zwischen 0 und 1.000."),
        (Cell("C3"), "Die Zelle ist leer."),
        (Cell("C3", CellKind.FORMULA, "=2*3", CellKind.NUMBER, "6"), "Hier steht die Formel „=2*3“."),
        (Cell("C3", CellKind.ERROR, "#REF!"), "Mit „#REF!“ ist hier nichts anzufangen."),
    ],
)
def test_what_is_no_number_is_refused_with_its_cell(cell, words):
    assert sentence(count_of, cell, None, 1000).startswith(f"Zelle C3: {words}")


@pytest.mark.parametrize("character", ["😀", "\u200b", "\u2603"])
def test_pictures_and_invisible_characters_are_no_part_of_a_name(character):
    found = sentence(text_of, text_cell(f"Ah{character}us"), 20)
    assert found == f"Zelle C3: Das Zeichen „{character}“ (U+{ord(character):04X}) kann hier nicht stehen."


def test_letters_of_every_european_name_are_read():
    assert text_of(text_cell("Łódź – Ærø"), 20) == "Łódź – Ærø"
    assert text_of(text_cell(" Gronau  (Westf.) "), 20) == "Gronau (Westf.)"


def test_a_text_is_not_empty_and_not_too_long():
    assert sentence(text_of, Cell("C3"), 5) == "Zelle C3: Die Zelle ist leer."
    assert sentence(text_of, text_cell("Bocholt"), 5) == "Zelle C3: Der Text „Bocholt“ hat mehr als 5 Zeichen."


def test_a_word_that_is_not_foreseen_is_answered_with_those_that_are():
    options = {"einwohner": 1, "clients": 2}
    assert choice_of(text_cell("EINWOHNER"), options) == 1
    assert sentence(choice_of, text_cell("Schüler"), options) == (
        "Zelle C3: „Schüler“ ist nicht vorgesehen. Möglich sind: Einwohner, Clients."
    )
