"""A price sheet of an earlier version of the documents: which positions changed since, cell by cell.

Such a sheet is never taken over, because the bidder priced something else (§ 57 Abs. 1 Nr. 4 VgV); but the bidder and
the officer are told what exactly is different, instead of only that the sheet does not fit.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from procurement.bids.findings import Finding, FindingCode
from procurement.bids.price_sheet import (
    IDENTITY_COLUMN,
    IdentityRow,
    PriceColumn,
    PriceSheetIdentity,
    PriceSheetLine,
    fingerprint,
)
from procurement.values.figures import german_decimal
from procurement.values.sheet import Sheet, reference


@dataclass(frozen=True, slots=True)
class EarlierSheet:
    """The positions of a lot in an earlier version."""

    version: int
    lines: tuple[PriceSheetLine, ...]


def outdated_findings(
    sheet: Sheet, lines: Sequence[PriceSheetLine], identity: PriceSheetIdentity, earlier: Sequence[EarlierSheet]
) -> list[Finding]:
    """What changed since the version this sheet was issued for; nothing if it is of no earlier version."""
    cell = sheet.at(IdentityRow.FINGERPRINT, IDENTITY_COLUMN)
    known = {fingerprint(identity, one.lines): one for one in earlier}
    issued = known.get(cell.text.strip())
    if issued is None:
        return []
    message = (
        f"Das Preisblatt stammt aus Fassung {issued.version} der Vergabeunterlagen, die seither geändert wurden. Bitte "
        "das Preisblatt neu herunterladen und ausfüllen. Geändert sind die folgenden Positionen."
    )
    first = Finding(sheet.name, cell.reference, FindingCode.WRONG_SHEET, message)
    return [first, *_changes(sheet, issued, lines)]


def _changes(sheet: Sheet, issued: EarlierSheet, lines: Sequence[PriceSheetLine]) -> Iterator[Finding]:
    rows = _rows_by_key(sheet)
    before = {line.item_key: line for line in issued.lines}
    for line in lines:
        was = before.get(line.item_key)
        if was is None:
            message = f"Position {line.number} „{line.title}“ ist neu hinzugekommen."
            yield Finding(sheet.name, "", FindingCode.CHANGED_TEXT, message)
            continue
        row = rows.get(line.item_key)
        if was.quantity != line.quantity:
            old, new = (german_decimal(one.quantity.as_decimal()) for one in (was, line))
            message = f"Position {line.number}: Die Menge ist jetzt {new}, im Preisblatt noch {old}."
            yield _finding(sheet, row, PriceColumn.QUANTITY, FindingCode.CHANGED_QUANTITY, message)
        for column, what, old, new in (
            (PriceColumn.TITLE, "Die Bezeichnung", was.title, line.title),
            (PriceColumn.UNIT, "Die Einheit", was.unit, line.unit),
        ):
            if old != new:
                message = f"Position {line.number}: {what} ist jetzt „{new}“, im Preisblatt noch „{old}“."
                yield _finding(sheet, row, column, FindingCode.CHANGED_TEXT, message)


def _finding(sheet: Sheet, row: int | None, column: PriceColumn, code: FindingCode, message: str) -> Finding:
    return Finding(sheet.name, reference(row, column) if row else "", code, message)


def _rows_by_key(sheet: Sheet) -> Mapping[str, int]:
    """Where each position stands in the sheet."""
    found: dict[str, int] = {}
    for row in range(1, len(sheet.rows) + 1):
        key = sheet.at(row, PriceColumn.KEY).text.strip()
        if key:
            found.setdefault(key, row)
    return found
