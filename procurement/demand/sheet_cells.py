"""One cell of a returned demand sheet: a quantity, a day, a text; or a sentence that names the cell and what to do.

Nothing is guessed: a formula is refused even with its result beside it, and a number that two countries read
differently is asked about once for the whole file (:mod:`procurement.values.number_text`).
"""

import unicodedata
from datetime import date
from decimal import Decimal

from procurement.demand.rules import LARGEST_QUANTITY
from procurement.demand.start_date import read_start
from procurement.members.import_cells import CellRefused, day_of, quoted
from procurement.values.decimals import NotExact
from procurement.values.figures import german_decimal
from procurement.values.number_text import NumberStyle, decimal_in, is_ambiguous, only_reading
from procurement.values.quantity import Quantity
from procurement.values.sheet import Cell, CellKind

FORMULA_STARTS = "=+-@\t\r\n"
LINE_BREAKS = "\n\r\t"
UNWRITABLE = frozenset({"Cc", "Cs"})
OF_THE_FORMULA = "Bitte den Wert statt der Formel eintragen."


def quantity_in(cell: Cell, style: NumberStyle | None) -> Quantity | None:
    """The quantity of a cell, ``None`` for an empty one; raises :class:`CellRefused` with a German sentence."""
    if cell.is_blank:
        return None
    number = Decimal(cell.text) if cell.kind is CellKind.NUMBER else _number_in_text(cell, style)
    written = german_decimal(number)
    if number < 0:
        raise CellRefused(cell, f"Die Menge {written} ist negativ. Bitte eine Menge ab 0 eintragen.")
    if number > LARGEST_QUANTITY.as_decimal():
        raise CellRefused(cell, f"Die Menge {written} ist zu groß; möglich sind bis zu 99.999.999.")
    try:
        return Quantity.of(number)
    except NotExact as error:
        sentence = f"Die Menge {written} hat mehr als drei Nachkommastellen. Bitte selbst runden."
        raise CellRefused(cell, sentence) from error


def _number_in_text(cell: Cell, style: NumberStyle | None) -> Decimal:
    """The number a text stands for, read in the stated style, or in the only one possible."""
    if cell.kind is CellKind.FORMULA:
        raise CellRefused(cell, f"Hier steht die Formel {quoted(cell.text)}. {OF_THE_FORMULA}")
    if cell.kind is CellKind.DATE:
        raise CellRefused(cell, f"Hier steht das Datum {quoted(cell.text)}. Bitte die Menge als Zahl eintragen.")
    if cell.kind is not CellKind.TEXT:
        raise CellRefused(cell, f"{quoted(cell.text)} ist keine Menge. Bitte eine Zahl eintragen.")
    if style is None and is_ambiguous(cell.text):
        sentence = f"{quoted(cell.text)} lässt sich auf zwei Arten lesen. Bitte angeben, wie die Datei Zahlen schreibt."
        raise CellRefused(cell, sentence, asks_for_style=True)
    number = only_reading(cell.text) if style is None else decimal_in(cell.text, style)
    if number is None:
        manner = "" if style is None or not _is_number(cell.text) else f" in der Schreibweise {style.label}"
        raise CellRefused(cell, f"{quoted(cell.text)} ist keine Zahl{manner}. Bitte nur die Menge eintragen.")
    return number


def _is_number(text: str) -> bool:
    return any(decimal_in(text, style) is not None for style in NumberStyle)


def day_in(cell: Cell) -> date | None:
    """The day of a cell: a real one, 01.03.2027 or 03/2027 as text; ``None`` for an empty one; :class:`CellRefused`."""
    if cell.is_blank:
        return None
    if cell.kind is not CellKind.TEXT:
        return day_of(cell)
    try:
        return read_start(cell.text)
    except ValueError as error:
        sentence = f"{quoted(cell.text)} ist kein Datum. Bitte wie 15.01.2027 oder 01/2027 schreiben."
        raise CellRefused(cell, sentence) from error


def text_in(cell: Cell) -> str:
    """The text of a cell as typed, pictures of emotion included; raises :class:`CellRefused`."""
    if cell.kind is CellKind.FORMULA:
        raise CellRefused(cell, f"Hier steht die Formel {quoted(cell.text)}. {OF_THE_FORMULA}")
    if cell.kind is CellKind.ERROR:
        raise CellRefused(cell, f"Hier steht der Fehlerwert {quoted(cell.text)}. Bitte den Text eintragen.")
    text = _german_day(cell) if cell.kind is CellKind.DATE else without_guard(cell.text).strip()
    strange = next((sign for sign in text if sign not in LINE_BREAKS and unicodedata.category(sign) in UNWRITABLE), "")
    if strange:
        raise CellRefused(
            cell, f"Im Text steht ein unsichtbares Steuerzeichen (U+{ord(strange):04X}). Bitte entfernen."
        )
    return text


def without_guard(text: str) -> str:
    """The apostrophe in front of ``=`` in our CSV files keeps a spreadsheet program from calculating; it is no text."""
    return text[1:] if text.startswith("'") and text[1:2] and text[1] in FORMULA_STARTS else text


def _german_day(cell: Cell) -> str:
    """A program that took a typed text for a day hands over ISO text; shown is the day as it was typed."""
    try:
        return f"{day_of(cell):%d.%m.%Y}"
    except CellRefused:
        return cell.text
