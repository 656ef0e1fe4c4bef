"""A price sheet that came back: every price by its position's identity, and a cell-exact list of what is wrong.

One blocking finding and nothing is taken over, so no bid is ever half imported (§ 57 (1) no. 4 VgV: changed tender
documents exclude a bid). All findings are collected at once; only a sheet of another lot or another state of the
positions ends the reading, since every further line would be a false alarm.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from procurement.bids.findings import Finding, FindingCode, are_blocking
from procurement.bids.price_sheet import (
    COLUMNS,
    IDENTITY_COLUMN,
    LINE_TOTAL,
    SHEET_TOTAL,
    TITLE,
    TOTAL_KEY,
    IdentityRow,
    PriceColumn,
    PriceSheetIdentity,
    PriceSheetLine,
    fingerprint,
)
from procurement.bids.price_sheet_cells import Place, price_in, shown, total_in
from procurement.bids.price_sheet_versions import EarlierSheet, outdated_findings
from procurement.values.figures import german_decimal
from procurement.values.money import Money, UnitPrice
from procurement.values.sheet import Cell, CellKind, Sheet, Workbook, reference

LAST_HEAD_ROW = 40


@dataclass(frozen=True, slots=True)
class PriceSheetReading:
    """What a price sheet says; ``prices`` holds ``None`` for a missing price and is empty if a finding blocks."""

    findings: tuple[Finding, ...]
    prices: Mapping[str, UnitPrice | None] = field(default_factory=dict)
    written_totals: Mapping[str, Money] = field(default_factory=dict)
    written_sum: Money | None = None
    bidder_name: str = ""

    @property
    def is_blocked(self) -> bool:
        """Whether nothing may be taken over."""
        return are_blocking(self.findings)

    @property
    def missing_keys(self) -> tuple[str, ...]:
        """The positions without a price, in the order of the lot."""
        return tuple(key for key, price in self.prices.items() if price is None)


def read(
    workbook: Workbook,
    lines: Sequence[PriceSheetLine],
    identity: PriceSheetIdentity,
    earlier: Sequence[EarlierSheet] = (),
) -> PriceSheetReading:
    """Read the returned price sheet of one lot; one of an ``earlier`` version is refused with what changed since."""
    sheet = _own_sheet(workbook, identity)
    if sheet is None:
        message = f"Die Datei enthält kein Blatt „{identity.sheet_name}“. Bitte das Preisblatt dieses Loses hochladen."
        return PriceSheetReading((Finding("", "", FindingCode.WRONG_SHEET, message),))
    foreign = _identity_findings(sheet, lines, identity, earlier)
    if foreign:
        return PriceSheetReading(tuple(foreign))
    reader = TableReader(sheet, lines)
    reader.findings += [*_sheet_findings(workbook, sheet, identity), *_merged_findings(sheet)]
    reader.read()
    findings = tuple(reader.findings)
    if are_blocking(findings):
        return PriceSheetReading(findings)
    return PriceSheetReading(
        findings=findings,
        prices={line.item_key: reader.prices.get(line.item_key) for line in lines},
        written_totals=reader.totals,
        written_sum=reader.written_sum,
        bidder_name=sheet.at(IdentityRow.BIDDER, IDENTITY_COLUMN).text.strip(),
    )


def _own_sheet(workbook: Workbook, identity: PriceSheetIdentity) -> Sheet | None:
    """Return the sheet by its name, otherwise the only one that is a price sheet at all."""
    named = workbook.sheet(identity.sheet_name)
    if named is not None:
        return named
    candidates = [sheet for sheet in workbook.sheets if sheet.at(1, 1).text.strip() == TITLE]
    return candidates[0] if len(candidates) == 1 else None


def _identity_findings(
    sheet: Sheet, lines: Sequence[PriceSheetLine], identity: PriceSheetIdentity, earlier: Sequence[EarlierSheet]
) -> list[Finding]:
    expected = {
        IdentityRow.TENDER: ("zur Ausschreibung", identity.tender_reference),
        IdentityRow.LOT: ("zum Los", identity.lot_number),
        IdentityRow.FINGERPRINT: ("zum Stand der Positionen", fingerprint(identity, lines)),
    }
    findings = []
    for row, (belongs, wanted) in expected.items():
        cell = sheet.at(row, IDENTITY_COLUMN)
        if cell.text.strip() == wanted:
            continue
        outdated = outdated_findings(sheet, lines, identity, earlier) if row is IdentityRow.FINGERPRINT else []
        findings += outdated
        if not outdated:
            found = f"Das Preisblatt gehört nicht {belongs} „{wanted}“, gefunden wurde „{shown(cell.text)}“."
            message = f"{found} Bitte das Preisblatt neu herunterladen und ausfüllen."
            findings.append(Finding(sheet.name, cell.reference, FindingCode.WRONG_SHEET, message))
    return findings


def _sheet_findings(workbook: Workbook, own: Sheet, identity: PriceSheetIdentity) -> list[Finding]:
    findings = []
    if own.name != identity.sheet_name:
        message = f"Das Blatt heißt „{shown(own.name)}“. Bitte den Namen „{identity.sheet_name}“ wiederherstellen."
        findings.append(Finding(own.name, "", FindingCode.SHEET_RENAMED, message))
    for sheet in workbook.sheets:
        if sheet is not own and not sheet.is_blank:
            seen = "ausgeblendete Blatt" if sheet.is_hidden else "Blatt"
            message = f"Das {seen} „{shown(sheet.name)}“ gehört nicht zum Preisblatt. Bitte das Blatt entfernen."
            findings.append(Finding(sheet.name, "", FindingCode.FOREIGN_SHEET, message))
    return findings


def _merged_findings(sheet: Sheet) -> list[Finding]:
    return [
        Finding(
            sheet.name,
            area.partition(":")[0],
            FindingCode.MERGED_CELLS,
            f"Die Zellen {area} sind verbunden. Bitte die Verbindung aufheben.",
        )
        for area in sheet.merged_ranges
    ]


class TableReader:
    """Goes through the rows of one price sheet and collects prices, totals and findings."""

    def __init__(self, sheet: Sheet, lines: Sequence[PriceSheetLine]) -> None:
        self.sheet = sheet
        self.lines = {line.item_key: line for line in lines}
        self.findings: list[Finding] = []
        self.prices: dict[str, UnitPrice] = {}
        self.totals: dict[str, Money] = {}
        self.written_sum: Money | None = None
        self.row_of: dict[str, int] = {}

    def read(self) -> None:
        """Read head, rows and totals."""
        head_row = self._head_row()
        if head_row is None:
            message = "Die Zeile mit den Spaltentiteln fehlt oder wurde geändert. Bitte das Original verwenden."
            self._report(Cell(reference(1, 1)), FindingCode.CHANGED_HEAD, message)
            return
        for row in range(1, head_row):
            self._refuse_content(row, IDENTITY_COLUMN + 1)
        for row in range(head_row + 1, len(self.sheet.rows) + 1):
            self._read_row(row, head_row)
        for offset, (key, line) in enumerate(self.lines.items(), start=1):
            if key not in self.row_of:
                missing = Cell(reference(head_row + offset, PriceColumn.NUMBER))
                message = f"Position {line.number}: Die Zeile „{shown(line.title)}“ fehlt. Bitte wieder einfügen."
                self._report(missing, FindingCode.DELETED_ROW, message)

    def _head_row(self) -> int | None:
        titles = [column.title for column in COLUMNS]
        for row in range(1, LAST_HEAD_ROW + 1):
            if [self.sheet.at(row, column).text.strip() for column in PriceColumn] == titles:
                return row
        return None

    def _read_row(self, row: int, head_row: int) -> None:
        self._refuse_content(row, len(COLUMNS) + 1)
        cells = {column: self.sheet.at(row, column) for column in PriceColumn}
        if all(cell.is_blank for cell in cells.values()):
            return
        key = cells[PriceColumn.KEY].text.strip()
        if key in self.row_of:
            message = f"Die Kennung „{key}“ steht schon in Zeile {self.row_of[key]}. Bitte eine der Zeilen entfernen."
            self._report(cells[PriceColumn.KEY], FindingCode.DUPLICATE_ROW, message)
        elif key == TOTAL_KEY:
            self.row_of[key] = row
            formula = SHEET_TOTAL.at(row, head_row + 1, row - 1)
            place = Place(self.sheet.name, "Summe netto")
            self.written_sum = self._total(cells[PriceColumn.TOTAL], formula, place)
        elif key in self.lines:
            self.row_of[key] = row
            self._read_line(row, cells, self.lines[key])
        else:
            first = next(cell for cell in cells.values() if not cell.is_blank)
            message = f"Die Zeile {row} gehört nicht zum Preisblatt („{shown(first.text)}“). Bitte die Zeile entfernen."
            self._report(first, FindingCode.FOREIGN_ROW, message)

    def _read_line(self, row: int, cells: Mapping[PriceColumn, Cell], line: PriceSheetLine) -> None:
        place = Place(self.sheet.name, f"Position {line.number}")
        self._compare_texts(cells, line, place)
        self._compare_quantity(cells[PriceColumn.QUANTITY], line, place)
        price = price_in(cells[PriceColumn.PRICE], place)
        if isinstance(price, Finding):
            self.findings.append(price)
        else:
            self.prices[line.item_key] = price
        total = self._total(cells[PriceColumn.TOTAL], LINE_TOTAL.at(row, row, row), place)
        if total is not None:
            self.totals[line.item_key] = total

    def _compare_texts(self, cells: Mapping[PriceColumn, Cell], line: PriceSheetLine, place: Place) -> None:
        given = {
            PriceColumn.NUMBER: line.number,
            PriceColumn.ARTICLE: line.article_number,
            PriceColumn.TITLE: line.title,
            PriceColumn.UNIT: line.unit,
        }
        for column, wanted in given.items():
            cell = cells[column]
            if cell.text.split() != wanted.split():
                name = COLUMNS[column - 1].title
                sentence = f"„{name}“ wurde von „{shown(wanted)}“ in „{shown(cell.text)}“ geändert."
                self.findings.append(place.finding(cell, FindingCode.CHANGED_TEXT, sentence))

    def _compare_quantity(self, cell: Cell, line: PriceSheetLine, place: Place) -> None:
        wanted = line.quantity.as_decimal()
        if cell.kind is CellKind.NUMBER and Decimal(cell.text) == wanted:
            return
        found = german_decimal(Decimal(cell.text)) if cell.kind is CellKind.NUMBER else f"„{shown(cell.text)}“"
        sentence = f"Die Menge wurde von {german_decimal(wanted)} in {found} geändert."
        self.findings.append(place.finding(cell, FindingCode.CHANGED_QUANTITY, sentence))

    def _total(self, cell: Cell, formula: str, place: Place) -> Money | None:
        total, finding = total_in(cell, formula, place)
        if finding is not None:
            self.findings.append(finding)
        return total

    def _refuse_content(self, row: int, first_column: int) -> None:
        """Nothing may stand beside the table: a remark there could be a condition that nobody sees."""
        for cell in self.sheet.rows[row - 1][first_column - 1 :]:
            if not cell.is_blank:
                message = f"Neben dem Preisblatt steht „{shown(cell.text)}“. Bitte den Inhalt entfernen."
                self._report(cell, FindingCode.FOREIGN_CONTENT, message)

    def _report(self, cell: Cell, code: FindingCode, message: str) -> None:
        self.findings.append(Finding(self.sheet.name, cell.reference, code, message))
