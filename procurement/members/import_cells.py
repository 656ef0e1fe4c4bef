"""One cell of an imported table: a text, a day, a whole number, a choice; or a sentence that names the cell.

Nothing is guessed. A formula is refused even if its result is stored beside it, because nobody looked at that result;
a number that two countries read differently is asked about (:mod:`procurement.values.number_text`).
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from procurement.values.number_text import NumberStyle, decimal_in, is_ambiguous, only_reading
from procurement.values.sheet import Cell, CellKind

GERMAN_DAY = re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})", re.ASCII)
ISO_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?:[ T]00:00:00)?", re.ASCII)
LONGEST_QUOTE = 40
EMPTY = "Die Zelle ist leer."
LAST_LATIN_1 = 0xFF
LAST_OF_BASIC_PLANE = 0xFFFF

Choice = TypeVar("Choice")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell; ``asks_for_style``: the way numbers are written has to be stated."""

    reference: str
    sentence: str
    asks_for_style: bool = False

    def __str__(self) -> str:
        return f"Zelle {self.reference}: {self.sentence}"


class CellRefused(ValueError):
    """A cell cannot be read; carries the fault."""

    def __init__(self, cell: Cell, sentence: str, *, asks_for_style: bool = False) -> None:
        self.fault = Fault(cell.reference, sentence, asks_for_style)
        super().__init__(str(self.fault))


def quoted(text: str) -> str:
    """A text from outside in one line and not too long, in quotation marks."""
    line = " ".join(text.split())
    return f"„{line if len(line) <= LONGEST_QUOTE else line[:LONGEST_QUOTE] + '…'}“"


def text_of(cell: Cell, longest: int, *, is_required: bool = True) -> str:
    """The text of a cell without spaces around it; numbers as they are shown."""
    _refuse_calculated(cell)
    text = " ".join(cell.text.split())
    if not text and is_required:
        raise CellRefused(cell, EMPTY)
    if len(text) > longest:
        raise CellRefused(cell, f"Der Text {quoted(text)} hat mehr als {longest} Zeichen.")
    strange = next((character for character in text if _is_strange(character)), None)
    if strange is not None:
        raise CellRefused(cell, f"Das Zeichen „{strange}“ (U+{ord(strange):04X}) kann hier nicht stehen.")
    return text


def day_of(cell: Cell) -> date:
    """The day of a cell: a real date, 31.12.2024 or 2024-12-31."""
    _refuse_calculated(cell)
    if cell.is_blank:
        raise CellRefused(cell, EMPTY)
    text = cell.text.strip()
    match = GERMAN_DAY.fullmatch(text) or ISO_DAY.fullmatch(text)
    if match is None or cell.kind is CellKind.NUMBER:
        raise CellRefused(cell, f"{quoted(text)} ist kein Datum. Bitte wie 31.12.2024 schreiben.")
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError as error:
        raise CellRefused(cell, f"Den Tag {quoted(text)} gibt es nicht.") from error


def count_of(cell: Cell, style: NumberStyle | None, largest: int) -> int:
    """The whole number of a cell from zero up; a text needs one reading only, or a stated style."""
    _refuse_calculated(cell)
    if cell.is_blank:
        raise CellRefused(cell, EMPTY)
    number = Decimal(cell.text) if cell.kind is CellKind.NUMBER else _number_in_text(cell, style)
    if number is None or number != number.to_integral_value():
        raise CellRefused(cell, f"{quoted(cell.text)} ist keine ganze Zahl.")
    if not 0 <= number <= largest:
        largest_text = f"{largest:,}".replace(",", ".")
        raise CellRefused(cell, f"{quoted(cell.text)} liegt nicht zwischen 0 und {largest_text}.")
    return int(number)


def choice_of(cell: Cell, options: Mapping[str, Choice]) -> Choice:
    """The option a cell names, however it is capitalised; ``options`` by their word in small letters."""
    text = text_of(cell, LONGEST_QUOTE)
    try:
        return options[text.casefold()]
    except KeyError as error:
        allowed = ", ".join(word.title() for word in options)
        raise CellRefused(cell, f"{quoted(text)} ist nicht vorgesehen. Möglich sind: {allowed}.") from error


def _refuse_calculated(cell: Cell) -> None:
    if cell.kind is CellKind.FORMULA:
        sentence = f"Hier steht die Formel {quoted(cell.text)}. Bitte den Wert statt der Formel eintragen."
        raise CellRefused(cell, sentence)
    if cell.kind in {CellKind.ERROR, CellKind.BOOLEAN}:
        raise CellRefused(cell, f"Mit {quoted(cell.text)} ist hier nichts anzufangen. Bitte den Wert eintragen.")


def _number_in_text(cell: Cell, style: NumberStyle | None) -> Decimal | None:
    if style is not None:
        return decimal_in(cell.text, style)
    if is_ambiguous(cell.text):
        sentence = f"{quoted(cell.text)} lässt sich auf zwei Arten lesen. Bitte angeben, wie die Datei Zahlen schreibt."
        raise CellRefused(cell, sentence, asks_for_style=True)
    return only_reading(cell.text)


def _is_strange(character: str) -> bool:
    """Pictures and invisible characters: nobody could find or sort a name that holds them."""
    category = unicodedata.category(character)
    is_picture = category == "So" and ord(character) > LAST_LATIN_1
    return ord(character) > LAST_OF_BASIC_PLANE or category.startswith("C") or is_picture
