"""One row of a returned demand sheet: whose answer it is, what was typed, what stood there at the download."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from procurement.demand.aggregation import RequestedArticle
from procurement.demand.demand_sheet import SheetColumn, SheetIdentity, row_check
from procurement.demand.entries import ItemEntry, WishEntry
from procurement.demand.packed_entries import unpacked
from procurement.demand.rules import objections_to_items
from procurement.demand.sheet_cells import day_in, quantity_in, text_in, without_guard
from procurement.demand.wish_rules import objections_to_wish
from procurement.members.import_cells import Fault, quoted
from procurement.members.import_rows import RowReader
from procurement.values.number_text import NumberStyle
from procurement.values.objection import Objection
from procurement.values.sheet import Cell

INPUTS = (
    SheetColumn.MINIMUM,
    SheetColumn.EXPECTED,
    SheetColumn.MAXIMUM,
    SheetColumn.SITE,
    SheetColumn.START_ON,
    SheetColumn.BUDGET_ACCOUNT,
    SheetColumn.NOTE,
)
DESCRIBING = (SheetColumn.NUMBER, SheetColumn.TITLE, SheetColumn.UNIT)
FROM_A_FRESH_FILE = "Bitte die Mappe neu herunterladen und die Angaben dieser Zeile dorthin übernehmen."


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row as it stands in the file; ``merged`` is the area of merged cells it lies in."""

    number: int
    cells: Mapping[SheetColumn, Cell]
    merged: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """What an own wish is called, and its unit; how much of it stands in the entry."""

    title: str
    unit: str

    @property
    def subject(self) -> str:
        """By which two rows are found to ask for the same thing."""
        return f"{self.title.casefold()} je {self.unit.casefold()}"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row as read: ``entry`` for an article (0 for an own wish), ``baseline`` as downloaded, ``typed`` as shown."""

    number: int
    entry: ItemEntry
    baseline: ItemEntry | None = None
    wish: Wish | None = None
    typed: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        """What the row is about, to find it twice; empty if that is unknown."""
        if self.wish is not None:
            return self.wish.subject
        return str(self.entry.article_id) if self.entry.article_id else ""

    @property
    def asks_for_style(self) -> bool:
        """Whether a number of this row can be read in two ways."""
        return any(fault.asks_for_style for fault in self.faults)

    def with_fault(self, sentence: str) -> "SheetRow":
        """The row, faulty for a reason that concerns the whole of it."""
        return replace(self, faults=(*self.faults, Fault(f"A{self.number}", sentence)))

    def with_remark(self, sentence: str) -> "SheetRow":
        """The row with a further remark."""
        return replace(self, remarks=(*self.remarks, sentence))


def read_row(
    row: TableRow, identity: SheetIdentity, articles: Mapping[int, RequestedArticle], style: NumberStyle | None
) -> SheetRow | None:
    """Read one row by its identity; ``None`` for an empty one."""
    technical = (SheetColumn.ARTICLE, SheetColumn.BASELINE, SheetColumn.CHECK)
    has_identity = any(not row.cells[column].is_blank for column in technical)
    if not has_identity and all(row.cells[column].is_blank for column in (*DESCRIBING, *INPUTS)):
        return None
    reader = RowReader()
    if row.merged:
        sentence = f"Die Zellen {row.merged} sind verbunden. Bitte den Verbund aufheben und jede Zeile ausfüllen."
        reader.refuse(row.cells[SheetColumn.NUMBER], sentence)
    typed = tuple(" ".join(row.cells[column].text.split()) for column in INPUTS)
    entry = _entry(row, reader, style)
    if not has_identity:
        wish = _wish(row, reader, entry)
        _check_order(row, reader, entry, wish.title)
        return SheetRow(row.number, entry, None, wish, typed, tuple(reader.faults))
    article = _article(row, reader, articles)
    if article is None:
        return SheetRow(row.number, entry, None, None, typed, tuple(reader.faults))
    entry = replace(entry, article_id=article.article_id)
    baseline = _baseline(row, reader, identity, article)
    remarks = _changed_words(row, reader, article)
    _check_order(row, reader, entry, article.title)
    return SheetRow(row.number, entry, baseline, None, typed, tuple(reader.faults), tuple(remarks))


def _entry(row: TableRow, reader: RowReader, style: NumberStyle | None) -> ItemEntry:
    """What was typed; a refused cell is empty here and named in the reader."""
    cells = row.cells
    return ItemEntry(
        0,
        reader.read(lambda: quantity_in(cells[SheetColumn.MINIMUM], style)),
        reader.read(lambda: quantity_in(cells[SheetColumn.EXPECTED], style)),
        reader.read(lambda: quantity_in(cells[SheetColumn.MAXIMUM], style)),
        note=reader.read(lambda: text_in(cells[SheetColumn.NOTE])) or "",
        site=reader.read(lambda: text_in(cells[SheetColumn.SITE])) or "",
        start_on=reader.read(lambda: day_in(cells[SheetColumn.START_ON])),
        budget_account=reader.read(lambda: text_in(cells[SheetColumn.BUDGET_ACCOUNT])) or "",
    )


def _wish(row: TableRow, reader: RowReader, entry: ItemEntry) -> Wish:
    """A row without identity is a wish in own words: it needs a title, a unit and a quantity."""
    title = reader.read(lambda: text_in(row.cells[SheetColumn.TITLE])) or ""
    unit = reader.read(lambda: text_in(row.cells[SheetColumn.UNIT])) or ""
    wish = Wish(" ".join(title.split()), " ".join(unit.split()))
    if not reader.faults:
        _refuse_all(row, reader, objections_to_wish(WishEntry(wish.title, wish.unit, entry.expected)))
    return wish


def _article(row: TableRow, reader: RowReader, articles: Mapping[int, RequestedArticle]) -> RequestedArticle | None:
    cell = row.cells[SheetColumn.ARTICLE]
    text = cell.text.strip()
    if not (text.isascii() and text.isdigit()):
        sentence = (
            f"Die Zeile lässt sich keinem Artikel zuordnen: Die Kennung lautet {quoted(text)}. {FROM_A_FRESH_FILE}"
        )
        reader.refuse(cell, sentence)
        return None
    article = articles.get(int(text))
    if article is None:
        number = quoted(row.cells[SheetColumn.NUMBER].text)
        reader.refuse(cell, f"Den Artikel {number} gibt es in dieser Bedarfsrunde für Sie nicht (mehr).")
    return article


def _baseline(row: TableRow, reader: RowReader, identity: SheetIdentity, article: RequestedArticle) -> ItemEntry | None:
    """What the sheet said when it was downloaded; a row put together from two others is refused."""
    cell, check = row.cells[SheetColumn.BASELINE], row.cells[SheetColumn.CHECK]
    if check.text.strip() != row_check(identity, article, cell.text):
        sentence = f"Kennung, Stand und Prüfung dieser Zeile passen nicht zusammen. {FROM_A_FRESH_FILE}"
        reader.refuse(check, sentence)
        return None
    try:
        return unpacked(cell.text, article.article_id)
    except ValueError:
        reader.refuse(cell, f"Der Stand dieser Zeile ist nicht lesbar. {FROM_A_FRESH_FILE}")
        return None


def _changed_words(row: TableRow, reader: RowReader, article: RequestedArticle) -> list[str]:
    """A changed title is only said; a changed unit, or number and title at once, make the row's quantities doubtful."""
    given = {SheetColumn.NUMBER: article.number, SheetColumn.TITLE: article.title, SheetColumn.UNIT: article.unit}
    found = {column: without_guard(row.cells[column].text) for column in given}
    changed = {column: words for column, words in given.items() if found[column].split() != words.split()}
    if SheetColumn.UNIT in changed:
        cell = row.cells[SheetColumn.UNIT]
        sentence = f"Die Einheit wurde von „{article.unit}“ in {quoted(cell.text)} geändert. Bitte die Menge in "
        reader.refuse(cell, f"{sentence}„{article.unit}“ angeben und die Einheit wiederherstellen.")
    if SheetColumn.NUMBER in changed and SheetColumn.TITLE in changed:
        words = f"{row.cells[SheetColumn.NUMBER].text} {row.cells[SheetColumn.TITLE].text}"
        sentence = f"Hier steht {quoted(words)}, die Kennung gehört aber zu „{article.number} {article.title}“."
        reader.refuse(row.cells[SheetColumn.NUMBER], f"{sentence} {FROM_A_FRESH_FILE}")
        return []
    return [
        f"Zelle {row.cells[column].reference}: „{column.label}“ wurde von {quoted(words)} in "
        f"{quoted(row.cells[column].text)} geändert; das wird nicht übernommen."
        for column, words in changed.items()
        if column is not SheetColumn.UNIT
    ]


def _check_order(row: TableRow, reader: RowReader, entry: ItemEntry, title: str) -> None:
    """The rules of the page hold for the sheet, too."""
    if not reader.faults:
        _refuse_all(row, reader, objections_to_items([entry], {entry.article_id: title}))


def _refuse_all(row: TableRow, reader: RowReader, objections: Sequence[Objection]) -> None:
    """Put each objection at the cell of the field it names (``minimum-7`` or ``title``)."""
    for objection in objections:
        column = SheetColumn((objection.field or SheetColumn.EXPECTED).partition("-")[0])
        reader.refuse(row.cells[column], objection.text)
