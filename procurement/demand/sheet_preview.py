"""What a returned sheet would change: each row compared three ways, before anything is written.

Three states of a row are known: as downloaded, as stored now, as typed. What the file did not change stays as it is
stored, whoever changed it meanwhile; what only the file changed is taken over; where both changed, a person decides.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from procurement.demand.aggregation import RequestedArticle
from procurement.demand.demand_sheet import SheetColumn
from procurement.demand.demand_sheet_reading import SheetReading
from procurement.demand.entries import ItemEntry
from procurement.demand.packed_entries import completed, is_same
from procurement.demand.sheet_rows import INPUTS, SheetRow, Wish
from procurement.values.figures import german_decimal
from procurement.values.label import Labelled
from procurement.values.objection import Objection

EMPTY = "leer"
LABELS = (
    "Menge",
    SheetColumn.SITE.label,
    SheetColumn.START_ON.label,
    SheetColumn.BUDGET_ACCOUNT.label,
    SheetColumn.NOTE.label,
)
CHANGED_MEANWHILE = (
    "Inzwischen wurde hier etwas anderes gespeichert; das bleibt, denn Ihre Datei hat hier nichts geändert."
)
KNOWN_WISH = "Diesen eigenen Wunsch gibt es schon; die Angaben gelten für ihn."


class RowKind(Labelled):
    """What becomes of a row when the file is taken over."""

    CONFLICTING = "conflicting", "Konflikt"
    FAULTY = "faulty", "fehlerhaft"
    NEW = "new", "neu"
    CHANGED = "changed", "geändert"
    UNCHANGED = "unchanged", "unverändert"


class Decision(Labelled):
    """What holds where both the file and somebody else changed a row."""

    MINE = "mine", "Angabe der Datei"
    STORED = "stored", "Gespeichertes behalten"


@dataclass(frozen=True, slots=True)
class Difference:
    """One value of a row: as downloaded, as stored now, as typed; all as text."""

    label: str
    downloaded: str
    stored: str
    typed: str


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row of the file with its article (none for a new wish) and what is stored for it."""

    row: SheetRow
    kind: RowKind
    article: RequestedArticle | None = None
    stored: ItemEntry | None = None
    remarks: tuple[str, ...] = ()

    @property
    def number(self) -> str:
        """The article's number; nothing for a new wish."""
        return self.article.number if self.article else ""

    @property
    def title(self) -> str:
        """What the row is about, as far as that is known."""
        if self.article is not None:
            return self.article.title
        return self.row.wish.title if self.row.wish else ""

    @property
    def unit(self) -> str:
        """The unit of its quantities."""
        if self.article is not None:
            return self.article.unit
        return self.row.wish.unit if self.row.wish else ""

    @property
    def differences(self) -> list[Difference]:
        """The values that differ between file and store; for a faulty row what was typed, readable or not."""
        if self.kind is RowKind.FAULTY:
            typed = zip(INPUTS, self.row.typed, strict=True)
            return [Difference(column.label, "", "", text) for column, text in typed if text]
        downloaded, stored, mine = (_texts(entry) for entry in (self.row.baseline, self.stored, self.row.entry))
        values = zip(LABELS, downloaded, stored, mine, strict=True)
        return [Difference(label, *texts) for label, *texts in values if texts[1] != texts[2]]

    @property
    def entry(self) -> ItemEntry:
        """What would be stored."""
        return completed(self.row.entry)

    @property
    def new_wish(self) -> Wish | None:
        """The wish to be added first, if the row asks for something that has no article yet."""
        return self.row.wish if self.article is None else None


@dataclass(frozen=True, slots=True)
class Preview:
    """All rows of the file in its order, with what concerns the file as a whole."""

    rows: tuple[PreviewRow, ...]
    refusals: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[RowKind, int]:
        """How many rows there are of each kind."""
        found = Counter(row.kind for row in self.rows)
        return {kind: found[kind] for kind in RowKind}

    def of_kinds(self, kinds: Iterable[RowKind]) -> list[PreviewRow]:
        """The rows of these kinds, in the order of the file."""
        wanted = frozenset(kinds)
        return [row for row in self.rows if row.kind in wanted]

    @property
    def conflicts(self) -> list[PreviewRow]:
        """The rows somebody has to decide."""
        return self.of_kinds({RowKind.CONFLICTING})

    @property
    def asks_for_style(self) -> bool:
        """Whether a number can be read in two ways, so that a person has to say how the file writes numbers."""
        return any(row.row.asks_for_style for row in self.rows)

    def rows_to_write(self, decisions: Mapping[int, Decision]) -> list[PreviewRow]:
        """What is taken over: new and changed rows, and conflicts decided for the file; keys are rows of the file."""
        written = self.of_kinds({RowKind.NEW, RowKind.CHANGED})
        return written + [row for row in self.conflicts if decisions.get(row.row.number) is Decision.MINE]


def preview_of(reading: SheetReading, articles: Sequence[RequestedArticle], stored: Mapping[int, ItemEntry]) -> Preview:
    """Compare what was read with what is stored now, by article."""
    by_id = {article.article_id: article for article in articles}
    wishes = {Wish(each.title, each.unit).subject: each for each in articles if each.wished_by_id is not None}
    rows = tuple(_compared(row, by_id, wishes, stored) for row in reading.rows)
    return Preview(rows, reading.refusals, reading.remarks)


def _compared(
    row: SheetRow,
    by_id: Mapping[int, RequestedArticle],
    wishes: Mapping[str, RequestedArticle],
    stored: Mapping[int, ItemEntry],
) -> PreviewRow:
    """One row with its kind; a wish that exists already is that wish and not a second one."""
    article = wishes.get(row.wish.subject) if row.wish else by_id.get(row.entry.article_id)
    remarks = row.remarks
    if row.wish is not None and article is not None:
        row = replace(row, entry=replace(row.entry, article_id=article.article_id))
        remarks = (*remarks, KNOWN_WISH)
    now = stored.get(article.article_id) if article else None
    kind = _kind(row, now)
    if kind is RowKind.UNCHANGED and not is_same(row.entry, now):
        remarks = (*remarks, CHANGED_MEANWHILE)
    return PreviewRow(row, kind, article, now, remarks)


def _kind(row: SheetRow, now: ItemEntry | None) -> RowKind:
    if row.faults:
        return RowKind.FAULTY
    if is_same(row.entry, now) or (row.wish is None and is_same(row.entry, row.baseline)):
        return RowKind.UNCHANGED
    if not is_same(row.baseline, now):
        return RowKind.CONFLICTING
    return RowKind.NEW if now is None else RowKind.CHANGED


def objections_to_applying(preview: Preview, decisions: Mapping[int, Decision] | None = None) -> list[Objection]:
    """Why the file cannot be taken over; without decisions conflicts are not yet asked about."""
    if preview.refusals:
        return [Objection(refusal) for refusal in preview.refusals]
    if preview.asks_for_style:
        return [Objection("Bitte angeben, wie die Datei Zahlen schreibt: Mindestens eine Zahl ist mehrdeutig.")]
    if not preview.of_kinds({RowKind.NEW, RowKind.CHANGED, RowKind.CONFLICTING}):
        return [Objection("Es gibt nichts zu übernehmen: Keine lesbare Zeile der Datei ändert etwas.")]
    if decisions is None:
        return []
    return [
        Objection(f"Zeile {row.row.number} ({row.title}): Bitte entscheiden, welche Angabe gilt.", field_of(row))
        for row in preview.conflicts
        if row.row.number not in decisions
    ]


def field_of(row: PreviewRow) -> str:
    """The name of the form field that holds the decision about a row."""
    return f"decision-{row.row.number}"


def _texts(entry: ItemEntry | None) -> list[str]:
    """The values of an entry in the order of their labels, as people read them."""
    if entry is None or entry.is_blank:
        return [EMPTY for _ in LABELS]
    whole = completed(entry)
    start = f"{whole.start_on:%d.%m.%Y}" if whole.start_on else ""
    texts = (_amounts(whole), whole.site, start, whole.budget_account, whole.note)
    return [text or EMPTY for text in texts]


def _amounts(entry: ItemEntry) -> str:
    """``12``, or ``10 bis 15, erwartet 12`` where the bounds differ from it."""
    low, middle, high = ("" if each is None else german_decimal(each.as_decimal()) for each in entry.quantities)
    return middle if low == middle == high else f"{low} bis {high}, erwartet {middle}"
