"""What is wrong in a table from outside: the sheet, the cell, a kind, and a German sentence that says what to do.

Blocking findings mean that nothing of the table is taken over. The others are taken over and shown: a missing price
makes a bid incomplete, it does not make the sheet unreadable.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from procurement.values.label import Labelled


class FindingCode(Labelled):
    """The kinds of finding, so that a list can be grouped and counted."""

    WRONG_SHEET = "wrong_sheet", "Falsches Preisblatt"
    SHEET_RENAMED = "sheet_renamed", "Blatt umbenannt"
    FOREIGN_SHEET = "foreign_sheet", "Fremdes Blatt"
    FOREIGN_CONTENT = "foreign_content", "Fremder Inhalt"
    FOREIGN_ROW = "foreign_row", "Fremde Zeile"
    DUPLICATE_ROW = "duplicate_row", "Doppelte Zeile"
    DELETED_ROW = "deleted_row", "Gelöschte Zeile"
    CHANGED_HEAD = "changed_head", "Spaltentitel geändert"
    CHANGED_TEXT = "changed_text", "Text geändert"
    CHANGED_QUANTITY = "changed_quantity", "Menge geändert"
    MERGED_CELLS = "merged_cells", "Verbundene Zellen"
    MISSING_PRICE = "missing_price", "Preis fehlt"
    TEXT_IN_NUMBER = "text_in_number", "Text statt Zahl"
    AMBIGUOUS_NUMBER = "ambiguous_number", "Mehrdeutige Zahl"
    NEGATIVE_PRICE = "negative_price", "Negativer Preis"
    TOO_MANY_DECIMALS = "too_many_decimals", "Zu viele Nachkommastellen"
    PRICE_TOO_LARGE = "price_too_large", "Unplausibel hoher Preis"
    FORMULA_IN_PRICE = "formula_in_price", "Formel statt Zahl"
    FOREIGN_FORMULA = "foreign_formula", "Fremde Formel"
    NOT_A_PRICE = "not_a_price", "Kein Preis"
    TYPED_TOTAL = "typed_total", "Gesamtpreis eingetragen"
    MISSING_COLUMN = "missing_column", "Spalte fehlt"
    MISSING_VALUE = "missing_value", "Angabe fehlt"
    CONTRADICTION = "contradiction", "Widerspruch"
    ARITHMETIC = "arithmetic", "Rechenfehler"
    UNREADABLE_FILE = "unreadable_file", "Datei nicht lesbar"
    BROKEN_SEAL = "broken_seal", "Siegel verletzt"
    OTHER_BIDDER = "other_bidder", "Abweichender Bietername"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding; ``cell`` is an address such as ``F12``, empty where a whole sheet or file is meant."""

    sheet: str
    cell: str
    code: FindingCode
    message: str
    is_blocking: bool = True


def are_blocking(findings: Iterable[Finding]) -> bool:
    """Whether at least one finding forbids taking anything over."""
    return any(finding.is_blocking for finding in findings)
