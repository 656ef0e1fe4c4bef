"""All that a procurement record says: the twelve items of § 8 Abs. 2 VgV and what they rest on, each with its proof.

A fact names where it comes from: an evaluation run with its number and checksum, or an entry of the trail. Where there
is nothing to say the item says so and why; where something is still open it says what is missing.
"""

from dataclasses import dataclass

from procurement.documents.contents import NO_NOTES, ClosingNotes, DocumentIdentity, Letterhead, SignOff
from procurement.documents.pairs import Pair
from procurement.values.label import Labelled


class ItemState(Labelled):
    """What an item of the record comes to."""

    STATED = "stated", "Angaben vorhanden"
    NOTHING = "nothing", "Nicht zutreffend"
    OPEN = "open", "Noch offen"


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement: what it is about, what it says, and where that is on record."""

    about: str
    says: str
    proof: str = ""


@dataclass(frozen=True, slots=True)
class FactGroup:
    """Statements that belong together; the title may be empty."""

    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class RecordChapter:
    """A chapter: what the law asks, the facts, what is missing, and why there is nothing, if there is nothing."""

    title: str
    asks: str
    groups: tuple[FactGroup, ...] = ()
    missing: tuple[str, ...] = ()
    nothing: str = ""

    @property
    def state(self) -> ItemState:
        """What the chapter comes to."""
        if self.missing:
            return ItemState.OPEN
        return ItemState.NOTHING if self.nothing else ItemState.STATED


@dataclass(frozen=True, slots=True)
class ProcurementRecordContent:
    """The record of one procedure as one document; ``items`` are the twelve of the law, in their order."""

    letterhead: Letterhead
    identity: DocumentIdentity
    tender_title: str
    tender_number: str
    head: tuple[Pair, ...]
    items: tuple[RecordChapter, ...]
    chapters: tuple[RecordChapter, ...]
    prepared: SignOff | None = None
    closing: ClosingNotes = NO_NOTES
