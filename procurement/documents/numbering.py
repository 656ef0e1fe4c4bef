"""Numbers and file names of issued documents; both follow from what the document is about and never from a counter.

A number names kind, tender, version and, for a statement, the member: a second document of the same number cannot be
stored, so whatever is issued twice is noticed. Rejected: a running number per year, which says nothing to the reader
and needs a counter that two clerks can collide on.
"""

import re
from dataclasses import dataclass

from procurement.documents.kinds import DocumentKind

PREFIXES = {
    DocumentKind.ALLOCATION: "KA",
    DocumentKind.MEMBER_STATEMENT: "KM",
    DocumentKind.PRICE_COMPARISON: "PS",
    DocumentKind.OPENING_RECORD: "NO",
    DocumentKind.EVALUATION_MATRIX: "BM",
    DocumentKind.PROCUREMENT_RECORD: "VV",
    DocumentKind.TENDER_FILE: "VA",
    DocumentKind.ANNEX_JSON: "KA",
    DocumentKind.ANNEX_CSV: "KA",
}
ENDINGS = {DocumentKind.ANNEX_JSON: "json", DocumentKind.ANNEX_CSV: "csv"}
ARCHIVED = frozenset({DocumentKind.TENDER_FILE})
"""Kinds that are an archive of files."""
FILE_WORDS = {
    DocumentKind.ALLOCATION: "Kostenaufteilung",
    DocumentKind.MEMBER_STATEMENT: "Kostenmitteilung",
    DocumentKind.PRICE_COMPARISON: "Preisspiegel",
    DocumentKind.OPENING_RECORD: "Niederschrift-Angebotsöffnung",
    DocumentKind.EVALUATION_MATRIX: "Bewertungsmatrix",
    DocumentKind.PROCUREMENT_RECORD: "Vergabevermerk",
    DocumentKind.TENDER_FILE: "Vergabeakte",
    DocumentKind.ANNEX_JSON: "Kostenaufteilung",
    DocumentKind.ANNEX_CSV: "Kostenaufteilung",
}
LONGEST_NAME = 80
FORMATS = {"application/pdf": "PDF", "application/zip": "ZIP", "application/json": "JSON", "text/csv": "CSV"}
KIBIBYTE = 1024
NO_BREAK_SPACE = "\u00a0"
UNSAFE = re.compile(r"[^\w.()-]+")


@dataclass(frozen=True, slots=True)
class Designation:
    """What a document is about: its tender's reference, the version, and the member of a statement.

    ``part`` names what in the tender it is about, such as ``L1-W2`` for the second evaluation of lot 1.
    """

    kind: DocumentKind
    reference: str
    version: int
    member_key: str = ""
    member_name: str = ""
    part: str = ""

    @property
    def number(self) -> str:
        """Such as ``KA-VG-2026-01-1``, ``KM-VG-2026-01-1-05566028`` or ``KA-VG-2026-01-1-JSON``."""
        last = self.member_key or ENDINGS.get(self.kind, "").upper()
        parts = (PREFIXES[self.kind], self.reference, self.part, str(self.version), last)
        return "-".join(part for part in parts if part)

    @property
    def filename(self) -> str:
        """Such as ``Kostenmitteilung_VG-2026-01_Fassung-1_05566028_Ibbenbüren.pdf``; safe on every system."""
        ending = "zip" if self.kind in ARCHIVED else ENDINGS.get(self.kind, "pdf")
        annex = "Rechendaten" if self.kind in ENDINGS else ""
        parts = (
            FILE_WORDS[self.kind],
            self.reference,
            self.part,
            f"Fassung-{self.version}",
            self.member_key,
            self.member_name[:LONGEST_NAME],
            annex,
        )
        return "_".join(safe(part) for part in parts if part) + f".{ending}"


def file_note(media_type: str, size: int) -> str:
    """What a link to a file promises, on one line: ``PDF, 84 KB``; sizes in KB are rounded up."""
    parts = (FORMATS.get(media_type.partition(";")[0], ""), f"{-(-size // KIBIBYTE)} KB")
    return ", ".join(part for part in parts if part).replace(" ", NO_BREAK_SPACE)


def safe(part: str) -> str:
    """Letters (also ä, ö, ü, ß), digits and a few signs; everything else becomes one hyphen."""
    return UNSAFE.sub("-", part).strip("-.")
