"""The demand of one member as a protected workbook: what may be filled in is yellow, everything else is locked.

Each row carries its identity in hidden columns: the article, the values at the time of the download and a check over
both, so that a sheet that comes back weeks later, sorted or cut, is still read row by row and compared three ways. The
check has no key: it finds slips, and whose demand is changed is decided by who is signed in.

Written by :mod:`procurement.core.spreadsheets` like every other sheet of the product. pandas writes exact decimals too,
but knows neither locked cells nor texts that must not become formulas, so each cell would be written a second time.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from procurement.demand.aggregation import RequestedArticle
from procurement.demand.entries import ItemEntry
from procurement.demand.packed_entries import packed
from procurement.values.label import Labelled
from procurement.values.quantity import Quantity
from procurement.values.sheet_layout import CellValue, Column, ColumnKind, HeaderLine, Open, SheetLayout

TITLE = "Bedarfsmeldung"
SHEET_NAME = "Bedarf"
FREE_ROWS = 20
CHECK_LENGTH = 10
IDENTITY_LABEL = "Kennung der Mappe"


class SheetColumn(Labelled):
    """The columns in their order, with the titles by which they are found again."""

    NUMBER = "number", "Nr."
    TITLE = "title", "Bezeichnung"
    CATEGORY = "category", "Warengruppe"
    UNIT = "unit", "Einheit"
    LAST = "last", "Zuletzt"
    MINIMUM = "minimum", "mindestens"
    EXPECTED = "expected", "erwartet"
    MAXIMUM = "maximum", "höchstens"
    SITE = "site", "Standort"
    START_ON = "start_on", "ab"
    BUDGET_ACCOUNT = "budget_account", "Haushaltsstelle"
    NOTE = "note", "Bemerkung"
    ARTICLE = "article", "Kennung"
    BASELINE = "baseline", "Stand"
    CHECK = "check", "Prüfung"


COLUMNS = (
    Column(SheetColumn.NUMBER.label, 18),
    Column(SheetColumn.TITLE.label, 48),
    Column(SheetColumn.CATEGORY.label, 22),
    Column(SheetColumn.UNIT.label, 14),
    Column(SheetColumn.LAST.label, 11, ColumnKind.QUANTITY),
    Column(SheetColumn.MINIMUM.label, 12, ColumnKind.QUANTITY, is_input=True),
    Column(SheetColumn.EXPECTED.label, 12, ColumnKind.QUANTITY, is_input=True),
    Column(SheetColumn.MAXIMUM.label, 12, ColumnKind.QUANTITY, is_input=True),
    Column(SheetColumn.SITE.label, 22, is_input=True),
    Column(SheetColumn.START_ON.label, 12, ColumnKind.DATE, is_input=True),
    Column(SheetColumn.BUDGET_ACCOUNT.label, 18, is_input=True),
    Column(SheetColumn.NOTE.label, 40, is_input=True),
    Column(SheetColumn.ARTICLE.label, 10, is_muted=True, is_hidden=True),
    Column(SheetColumn.BASELINE.label, 10, is_muted=True, is_hidden=True),
    Column(SheetColumn.CHECK.label, 10, is_muted=True, is_hidden=True),
)
NOTES = (
    "Bitte füllen Sie nur die gelben Felder aus. Wie es geht, steht auf dem Blatt „Anleitung“.",
    "Die freien Zeilen am Ende sind für eigene Wünsche, die nicht in der Liste stehen.",
)
STEPS = (
    "Tragen Sie bei jedem Artikel, den Sie brauchen, die erwartete Menge ein. Leere Zeilen heißen: kein Bedarf.",
    "Mindestens und höchstens dürfen leer bleiben; dann gelten sie als gleich der erwarteten Menge.",
    "Mengen sind Zahlen mit höchstens drei Nachkommastellen, ohne Einheit: 1.200 oder 2,5.",
    "Zuletzt ist die Menge, die Ihr Haus in der letzten abgeschlossenen Bedarfsrunde gemeldet hat.",
    "In der Spalte „ab“ steht der Tag, ab dem Sie den Artikel brauchen, zum Beispiel 01.03.2027.",
    "Eigene Wünsche: In den freien Zeilen am Ende Bezeichnung, Einheit und erwartete Menge eintragen.",
    "Ändern Sie keine Bezeichnungen und Einheiten. Sortieren und Ausblenden von Zeilen schadet nicht.",
    "Speichern Sie die Mappe als .xlsx und laden Sie sie in der Bedarfsrunde unter „Excel einlesen“ hoch.",
    "Vor dem Übernehmen sehen Sie jede Änderung. Wurde inzwischen etwas anderes eingetragen, entscheiden Sie je Zeile.",
)


@dataclass(frozen=True, slots=True)
class SheetIdentity:
    """Which member's demand of which round a sheet belongs to; ``version`` is that of the demand when it was made."""

    round_id: int
    round_reference: str
    round_title: str
    member_key: str
    member_name: str
    version: int

    @property
    def token(self) -> str:
        """The identity in one cell, with a check that finds a changed figure."""
        check = _check(self.round_id, self.member_key, self.version)
        return f"R{self.round_id}/{self.member_key}/{self.version}/{check}"

    @property
    def round_words(self) -> str:
        """The round as the sheet names it."""
        return f"{self.round_reference} {self.round_title}"


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One article with what is stored for it and what the member needed last time."""

    article: RequestedArticle
    entry: ItemEntry | None = None
    last: Quantity | None = None


def row_check(identity: SheetIdentity, article: RequestedArticle, baseline: str) -> str:
    """The check over one row's identity; begins with a letter, so that no spreadsheet program takes it for a figure."""
    return _check(identity.round_id, identity.member_key, article.article_id, article.number, baseline)


def _check(*parts: str | int) -> str:
    canonical = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return "p" + hashlib.sha256(canonical.encode()).hexdigest()[:CHECK_LENGTH]


def layouts(identity: SheetIdentity, lines: Sequence[SheetLine], deadline_text: str) -> tuple[SheetLayout, ...]:
    """The sheet to fill in, and the sheet that says how."""
    return demand_layout(identity, lines, deadline_text), instructions()


def demand_layout(identity: SheetIdentity, lines: Sequence[SheetLine], deadline_text: str) -> SheetLayout:
    """The sheet to fill in: existing entries stand in it already; free rows for own wishes come last."""
    return SheetLayout(
        name=SHEET_NAME,
        title=TITLE,
        columns=COLUMNS,
        rows=(*(_row(identity, line) for line in lines), *(_free_row() for _ in range(FREE_ROWS))),
        header_lines=(
            HeaderLine("Bedarfsrunde", identity.round_words),
            HeaderLine("Mitglied", identity.member_name),
            HeaderLine("Frist", deadline_text),
            HeaderLine("Stand des Bedarfs", str(identity.version)),
            HeaderLine(IDENTITY_LABEL, identity.token, is_hidden=True),
        ),
        notes=NOTES,
        frozen_columns=2,
        is_protected=True,
    )


def _row(identity: SheetIdentity, line: SheetLine) -> tuple[CellValue, ...]:
    article, entry, baseline = line.article, line.entry or ItemEntry(line.article.article_id), packed(line.entry)
    return (
        article.number,
        article.title,
        article.category,
        article.unit,
        line.last,
        entry.minimum,
        entry.expected,
        entry.maximum,
        entry.site,
        entry.start_on,
        entry.budget_account,
        entry.note,
        str(article.article_id),
        baseline,
        row_check(identity, article, baseline),
    )


def _free_row() -> tuple[CellValue, ...]:
    """A row for an own wish: its title and unit may be written, too."""
    described: tuple[CellValue, ...] = (None, Open(), None, Open(), None)
    return (*described, *(None for _ in COLUMNS[len(described) :]))


def instructions() -> SheetLayout:
    """The sheet that says how to fill in the other one."""
    return SheetLayout(
        name="Anleitung",
        title="So füllen Sie die Bedarfsmeldung aus",
        columns=(Column("Schritt", 10, ColumnKind.INTEGER), Column("Was zu tun ist", 110)),
        rows=tuple(enumerate(STEPS, start=1)),
        is_protected=True,
    )


def csv_rows(layout: SheetLayout) -> list[Sequence[CellValue]]:
    """The same sheet for a CSV file: title, head lines, an empty line, column titles, rows; nothing is hidden there."""
    head = [(line.label, line.value) for line in layout.header_lines]
    return [(layout.title,), *head, (), [column.title for column in layout.columns], *layout.rows]
