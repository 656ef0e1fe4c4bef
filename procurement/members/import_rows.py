"""What an import shows before anything is stored: each row with its state, and whether the whole may be taken over.

All or nothing: a file with one faulty or conflicting row is mended and uploaded again. Taking over the good rows only
was rejected, because afterwards nobody could say what the file stands for.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from procurement.members.import_cells import CellRefused, Fault
from procurement.members.kinds_import import RowState
from procurement.values.objection import Objection
from procurement.values.sheet import Cell

Read = TypeVar("Read")
Entry_co = TypeVar("Entry_co", covariant=True)

URGENCY = (
    RowState.FAULTY,
    RowState.CONFLICTING,
    RowState.DIFFERENT,
    RowState.CHANGED,
    RowState.NEW,
    RowState.KNOWN,
)


@dataclass(frozen=True, slots=True)
class ImportedRow(Generic[Entry_co]):
    """One row of the file: what it says, what becomes of it, and remarks for the reader."""

    number: int
    state: RowState
    shown: tuple[str, ...]
    entry: Entry_co | None = None
    faults: tuple[Fault, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview(Generic[Entry_co]):
    """All rows of the file in its order, and the titles of columns that are not read."""

    rows: tuple[ImportedRow[Entry_co], ...]
    unread: tuple[str, ...] = ()

    def count(self, state: RowState) -> int:
        """How many rows have this state."""
        return Counter(row.state for row in self.rows)[state]

    def entries(self, state: RowState) -> list[Entry_co]:
        """What the rows of one state say."""
        return [row.entry for row in self.rows if row.state is state and row.entry is not None]

    def first_rows(self, most: int) -> list[ImportedRow[Entry_co]]:
        """The rows to show, in the order of how much they need a look, each state in the order of the file."""
        return sorted(self.rows, key=lambda row: URGENCY.index(row.state))[:most]

    @property
    def counts(self) -> dict[str, int]:
        """The number of rows by the word for their state, states without rows left out."""
        found = Counter(row.state for row in self.rows)
        return {state.label: found[state] for state in RowState if found[state]}

    @property
    def asks_for_style(self) -> bool:
        """Whether a number can be read in two ways, so that a person has to say how the file writes numbers."""
        return any(fault.asks_for_style for row in self.rows for fault in row.faults)


def objections_to_applying(preview: Preview[object]) -> list[Objection]:
    """Why the file cannot be taken over as it is."""
    faulty, conflicting = preview.count(RowState.FAULTY), preview.count(RowState.CONFLICTING)
    if preview.asks_for_style:
        return [Objection("Bitte angeben, wie die Datei Zahlen schreibt: Mindestens eine Zahl ist mehrdeutig.")]
    found = []
    if faulty:
        rows = "Eine Zeile ist" if faulty == 1 else f"{faulty} Zeilen sind"
        found.append(Objection(f"{rows} fehlerhaft. Bitte die Datei berichtigen und erneut hochladen."))
    if conflicting:
        rows = "Eine Zeile widerspricht" if conflicting == 1 else f"{conflicting} Zeilen widersprechen"
        found.append(Objection(f"{rows} erfassten Kennzahlen. Eine Berichtigung braucht eine eigene Quelle."))
    if not found and not preview.count(RowState.NEW) + preview.count(RowState.CHANGED):
        found.append(Objection("Es gibt nichts zu übernehmen: Alle Zeilen sind schon vorhanden."))
    return found


@dataclass(slots=True)
class RowReader:
    """Reads the cells of one row and keeps every fault, so that a person mends all of them at once."""

    faults: list[Fault] = field(default_factory=list)

    def read(self, reading: Callable[[], Read]) -> Read | None:
        """Read one cell; nothing if it is refused."""
        try:
            return reading()
        except CellRefused as refusal:
            self.faults.append(refusal.fault)
            return None

    def refuse(self, cell: Cell, sentence: str) -> None:
        """Add a fault of a cell that is readable, but wrong."""
        self.faults.append(Fault(cell.reference, sentence))


def shown_cells(cells: Sequence[Cell]) -> tuple[str, ...]:
    """What stands in the cells, for the preview, whether it can be read or not."""
    return tuple(" ".join(cell.text.split()) for cell in cells)
