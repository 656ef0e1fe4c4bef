"""One price cell and one total cell of a price sheet: an exact value, or a finding that says what stood there."""

from dataclasses import dataclass
from decimal import Decimal

from procurement.bids.findings import Finding, FindingCode
from procurement.values.decimals import NotExact
from procurement.values.figures import german_decimal
from procurement.values.money import Money, UnitPrice
from procurement.values.number_text import is_ambiguous, only_reading
from procurement.values.sheet import Cell, CellKind

LARGEST_PRICE = Decimal(1_000_000_000)
SHOWN_TEXT_LENGTH = 60
KIND_WORDS = {
    CellKind.BOOLEAN: "der Wahrheitswert",
    CellKind.DATE: "das Datum",
    CellKind.ERROR: "der Fehlerwert",
    CellKind.TEXT: "der Text",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding is reported: the sheet and the words that open its sentence, such as ``Position 3``."""

    sheet: str
    subject: str

    def finding(self, cell: Cell, code: FindingCode, sentence: str, *, is_blocking: bool = True) -> Finding:
        """Return a finding about the cell."""
        return Finding(self.sheet, cell.reference, code, f"{self.subject}: {sentence}", is_blocking)


def shown(text: str) -> str:
    """Return a text from outside in one line and not too long, to be quoted in a sentence."""
    line = " ".join(text.split()) or "leer"
    return line if len(line) <= SHOWN_TEXT_LENGTH else f"{line[:SHOWN_TEXT_LENGTH]}…"


def price_in(cell: Cell, place: Place) -> UnitPrice | Finding:
    """Return the unit price of a cell; zero is a price, an empty cell is a finding that does not block."""
    if cell.is_blank:
        sentence = "Der Einzelpreis fehlt. Kostenlose Leistungen bitte ausdrücklich mit 0 eintragen."
        return place.finding(cell, FindingCode.MISSING_PRICE, sentence, is_blocking=False)
    match cell.kind:
        case CellKind.NUMBER:
            return _price(Decimal(cell.text), cell, place)
        case CellKind.TEXT:
            return _text_as_price(cell, place)
        case CellKind.FORMULA:
            sentence = f"In der Preisspalte steht die Formel „{shown(cell.text)}“. Bitte den Preis als Zahl eintragen."
            return place.finding(cell, FindingCode.FORMULA_IN_PRICE, sentence)
        case _:
            found = f"{KIND_WORDS[cell.kind]} „{shown(cell.text)}“"
            sentence = f"In der Preisspalte steht {found}. Bitte den Preis als Zahl eintragen."
            return place.finding(cell, FindingCode.NOT_A_PRICE, sentence)


def _price(number: Decimal, cell: Cell, place: Place) -> UnitPrice | Finding:
    written = german_decimal(number)
    if number < 0:
        sentence = f"Der Einzelpreis {written} ist negativ. Bitte einen Preis ab 0 eintragen."
        return place.finding(cell, FindingCode.NEGATIVE_PRICE, sentence)
    if number >= LARGEST_PRICE:
        sentence = f"Der Einzelpreis {written} ist unplausibel hoch. Bitte Komma und Nullen prüfen."
        return place.finding(cell, FindingCode.PRICE_TOO_LARGE, sentence)
    try:
        return UnitPrice.of(number)
    except NotExact:
        sentence = f"Der Einzelpreis {written} hat mehr als sechs Nachkommastellen. Bitte selbst runden."
        return place.finding(cell, FindingCode.TOO_MANY_DECIMALS, sentence)


def _text_as_price(cell: Cell, place: Place) -> Finding:
    """Text is never taken as a price; where it can mean only one number, the sentence says which."""
    quoted = f"„{shown(cell.text)}“"
    if is_ambiguous(cell.text):
        sentence = f"Der Text {quoted} kann verschieden gelesen werden. Bitte den Preis als Zahl eintragen."
        return place.finding(cell, FindingCode.AMBIGUOUS_NUMBER, sentence)
    reading = only_reading(cell.text)
    meant = f" (gelesen würde {german_decimal(reading)})" if reading is not None else ""
    sentence = f"In der Preisspalte steht der Text {quoted}. Bitte den Preis als Zahl eintragen{meant}."
    return place.finding(cell, FindingCode.TEXT_IN_NUMBER, sentence)


def total_in(cell: Cell, expected_formula: str, place: Place) -> tuple[Money | None, Finding | None]:
    """Return the total written in a cell and what is wrong with it.

    The given formula counts with its stored result; without one (never calculated) nothing is written. A typed
    number counts too, since some programs replace formulas by their results; it is reported and does not block.
    """
    if cell.is_blank:
        return None, None
    if cell.kind is CellKind.FORMULA:
        if _bare(cell.formula) == _bare(expected_formula):
            return _cents(cell.cached_text) if cell.cached_kind is CellKind.NUMBER else None, None
        sentence = f"Die Formel des Gesamtpreises wurde in „{shown(cell.text)}“ geändert. Bitte das Original verwenden."
        return None, place.finding(cell, FindingCode.FOREIGN_FORMULA, sentence)
    if cell.kind is CellKind.NUMBER:
        return _typed_total(cell, place)
    sentence = f"Im Gesamtpreis steht {KIND_WORDS[cell.kind]} „{shown(cell.text)}“. Bitte das Original verwenden."
    return None, place.finding(cell, FindingCode.TEXT_IN_NUMBER, sentence)


def _typed_total(cell: Cell, place: Place) -> tuple[Money | None, Finding | None]:
    total = _cents(cell.text)
    written = german_decimal(Decimal(cell.text))
    if total is None:
        sentence = f"Der Gesamtpreis {written} hat Bruchteile eines Cents. Bitte das Original verwenden."
        return None, place.finding(cell, FindingCode.TOO_MANY_DECIMALS, sentence)
    sentence = f"Der Gesamtpreis {written} ist eingetragen statt berechnet; er wird nachgerechnet."
    return total, place.finding(cell, FindingCode.TYPED_TOTAL, sentence, is_blocking=False)


def _cents(text: str) -> Money | None:
    try:
        return Money.of(text)
    except NotExact:
        return None


def _bare(formula: str) -> str:
    """Spreadsheet programs save the same formula with other blanks, case or dollar signs."""
    return "".join(formula.split()).replace("$", "").upper()
