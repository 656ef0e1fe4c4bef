"""What every document says about itself: who issues it, which document it is, who signed, what proves it.

All contents are frozen values without any row, clock or locale, so that the same content is the same file, byte for
byte. Everything that must be calculated is already in them; see :mod:`procurement.documents.contents_allocation` and
its neighbours for the single document types.
"""

from dataclasses import dataclass
from datetime import date, datetime

from procurement.values.label import Labelled
from procurement.values.money import Money


class DocumentStatus(Labelled):
    """Whether a document may be relied on; anything but FINAL carries a watermark on every page."""

    DRAFT = "draft", "Entwurf"
    FINAL = "final", "Festgestellt"
    REPLACED = "replaced", "Ersetzt"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The issuer as it presents itself; comes from the settings of the installation."""

    name: str
    short_name: str
    address_lines: tuple[str, ...]
    phone: str = ""
    email: str = ""
    website: str = ""
    representative: str = ""


@dataclass(frozen=True, slots=True)
class DocumentIdentity:
    """Number, version and status of a document, and the calculation it prints; ``issued_at`` is aware."""

    number: str
    version: int
    status: DocumentStatus
    issued_at: datetime
    run_id: str
    input_hash: str
    program_version: str


@dataclass(frozen=True, slots=True)
class SignOff:
    """One of the persons who answer for the figures; ``at`` is aware."""

    name: str
    function: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SignOffs:
    """Preparer, checker (four eyes) and approver; ``None`` is printed as still open."""

    prepared: SignOff
    checked: SignOff | None = None
    approved: SignOff | None = None


@dataclass(frozen=True, slots=True)
class ControlSum:
    """A total reached on two ways; ``difference`` is ``actual`` minus ``expected`` and should read 0,00."""

    label: str
    expected: Money
    actual: Money
    difference: Money


@dataclass(frozen=True, slots=True)
class ChangeLogEntry:
    """What changed from one version to the next."""

    version: int
    on: date
    author: str
    change: str


@dataclass(frozen=True, slots=True)
class AnnexFile:
    """A machine-readable file that reproduces the figures, issued beside the document."""

    name: str
    description: str
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class ClosingNotes:
    """The last section of a document: how long it is kept, whom to ask, and which files belong to it."""

    retention: str = ""
    contact: str = ""
    annexes: tuple[AnnexFile, ...] = ()


NO_NOTES = ClosingNotes()
