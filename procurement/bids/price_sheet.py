"""The empty price sheet of a lot as bidders get it: what may be filled in is yellow, everything else is locked.

Columns and addresses are a contract with sheets that come back weeks later; :mod:`procurement.bids.price_sheet_reading`
reads by the same constants. The protection has no password: it prevents slips, the reading finds intent.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from procurement.values.quantity import Quantity
from procurement.values.sheet_layout import Column, ColumnKind, Formula, HeaderLine, SheetLayout, sheet_name

TITLE = "Preisblatt"
NOTES = (
    "Bitte füllen Sie nur die gelben Felder aus: den Namen des Bieters und je Position den Einzelpreis.",
    "Einzelpreise in Euro ohne Umsatzsteuer, als Zahl mit höchstens sechs Nachkommastellen; kostenlose Position: 0.",
    "Gesamtpreise werden berechnet. Bitte ändern Sie keine Mengen und Texte; löschen und ergänzen Sie keine Zeilen.",
)
TOTAL_KEY = "SUMME"
LINE_TOTAL = Formula('IF(F{row}="","",ROUND(D{row}*F{row},2))')
SHEET_TOTAL = Formula("SUM(G{first}:G{last})")
FINGERPRINT_LENGTH = 16


class PriceColumn(IntEnum):
    """The columns of the table, counted from 1."""

    NUMBER = 1
    ARTICLE = 2
    TITLE = 3
    QUANTITY = 4
    UNIT = 5
    PRICE = 6
    TOTAL = 7
    KEY = 8


class IdentityRow(IntEnum):
    """The rows above the table that say what the sheet belongs to; their values stand in column B."""

    TENDER = 2
    LOT = 3
    LOT_TITLE = 4
    DEADLINE = 5
    FINGERPRINT = 6
    BIDDER = 7


IDENTITY_COLUMN = 2
COLUMNS = (
    Column("Pos.", 16),
    Column("Artikel", 22),
    Column("Bezeichnung", 48),
    Column("Menge", 12, ColumnKind.QUANTITY),
    Column("Einheit", 12),
    Column("Einzelpreis netto (EUR)", 18, ColumnKind.UNIT_PRICE, is_input=True),
    Column("Gesamtpreis netto (EUR)", 18, ColumnKind.MONEY),
    Column("Kennung", 10, is_muted=True),
)


@dataclass(frozen=True, slots=True)
class PriceSheetLine:
    """One position to be priced; ``item_key`` is its stable identity, unique within the lot."""

    item_key: str
    number: str
    article_number: str
    title: str
    unit: str
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class PriceSheetIdentity:
    """Which lot of which tender a price sheet belongs to."""

    tender_reference: str
    lot_number: str
    lot_title: str

    @property
    def sheet_name(self) -> str:
        """The name the sheet must keep."""
        return sheet_name(f"Los {self.lot_number}")


def fingerprint(identity: PriceSheetIdentity, lines: Sequence[PriceSheetLine]) -> str:
    """Return 16 hexadecimal digits that change with every change of a position, its text or its quantity."""
    content = [
        identity.tender_reference,
        identity.lot_number,
        [
            [line.item_key, line.number, line.article_number, line.title, line.unit, line.quantity.thousandths]
            for line in lines
        ],
    ]
    canonical = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:FINGERPRINT_LENGTH]


def layout(identity: PriceSheetIdentity, bid_deadline_text: str, lines: Sequence[PriceSheetLine]) -> SheetLayout:
    """Return the empty price sheet; the order of the header lines is that of :class:`IdentityRow`."""
    return SheetLayout(
        name=identity.sheet_name,
        title=TITLE,
        columns=COLUMNS,
        rows=tuple(
            (
                line.number,
                line.article_number,
                line.title,
                line.quantity,
                line.unit,
                None,
                LINE_TOTAL,
                line.item_key,
            )
            for line in lines
        ),
        total_rows=((None, None, "Summe netto", None, None, None, SHEET_TOTAL, TOTAL_KEY),),
        header_lines=(
            HeaderLine("Ausschreibung", identity.tender_reference),
            HeaderLine("Los", identity.lot_number),
            HeaderLine("Losbezeichnung", identity.lot_title),
            HeaderLine("Angebotsfrist", bid_deadline_text),
            HeaderLine("Prüfkennung", fingerprint(identity, lines)),
            HeaderLine("Bieter", "", is_input=True),
        ),
        notes=NOTES,
        frozen_columns=PriceColumn.TITLE,
        is_protected=True,
    )
