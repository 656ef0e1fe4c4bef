"""The whole file of a tender (Vergabeakte) as one ZIP: folders in the order of the procedure, two lists of checksums.

``INHALT.txt`` is for people, ``manifest.json`` for programs; both name the SHA-256 of every file, so that the file can
be checked without this program. Equal files give equal bytes: fixed times, sorted names, nothing compressed (see
:mod:`procurement.documents.archive`). Neither list says who put the file together when; that stands in the trail.
Contents are asked for one after the other, so that never more than one lies in memory besides the archive.
"""

import hashlib
import json
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from procurement.documents.archive import MANIFEST, entry
from procurement.documents.notation import count
from procurement.values.label import Labelled

FORMAT = 1
CONTENTS = "INHALT.txt"
LINE_END = "\r\n"
"""Windows' own editor shows the list as lines."""

Report = Callable[[int, int, str], None]


class Folder(Labelled):
    """The folders in the order of the procedure: name on disk, heading in the list of contents."""

    PLANNING = "01_Bedarf-und-Schätzung", "Bedarf, Auftragswert, Wertungsmethode"
    PUBLICATION = "02_Veröffentlichung", "Veröffentlichte Fassungen"
    QUESTIONS = "03_Bieterfragen", "Bieterfragen und Antworten"
    RECEIPT = "04_Unternehmen-und-Eingang", "Unternehmen, Mitteilungen, Eingang der Angebote"
    OPENING = "05_Öffnung", "Angebotsöffnung"
    BIDS = "06_Angebote", "Angebote, wie sie eingegangen sind"
    PRICES = "07_Preisspiegel", "Preisspiegel"
    EXAMINATION = "08_Prüfung", "Formale Prüfung, Eignung, Preisprüfung"
    EVALUATION = "09_Wertung", "Wertung"
    DECISION = "10_Entscheidung", "Entscheidung über den Zuschlag"
    LETTERS = "11_Schreiben", "Schreiben an die Bieter"
    REMEDIES = "12_Rügen-und-Nachprüfung", "Rügen und Nachprüfung"
    ENDING = "13_Zuschlag-oder-Aufhebung", "Zuschlag, Meldungen, Aufhebung"
    RECORD = "14_Vergabevermerk", "Vergabevermerk"
    ALLOCATION = "15_Kostenaufteilung", "Kostenaufteilung"
    CONTRACTS = "16_Verträge", "Verträge"
    TRAIL = "17_Prüfpfad", "Prüfpfad"


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One file to be put into the archive; ``name`` may hold folders of its own, ``about`` says what it is."""

    folder: Folder
    name: str
    about: str
    content: Callable[[], bytes]

    @property
    def path(self) -> str:
        """Where it lies in the archive."""
        return f"{self.folder.value}/{self.name}"


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A file as it lies in the archive."""

    path: str
    folder: Folder
    about: str
    size: int
    sha256: str


def write_tender_file(subject: str, entries: Sequence[FileEntry], target: BinaryIO, report: Report) -> str:
    """Write the archive and return the SHA-256 of its manifest, which stands for everything in it.

    Raise :class:`ValueError` if two files have the same place.
    """
    ordered = sorted(entries, key=lambda one: one.path)
    if len({one.path for one in ordered}) < len(ordered):
        raise ValueError("two files of a tender's file have the same name")
    packed = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for done, one in enumerate(ordered):
            report(done, len(ordered), one.folder.label)
            content = one.content()
            archive.writestr(entry(one.path), content)
            packed.append(PackedFile(one.path, one.folder, one.about, len(content), _hash(content)))
        listed = contents_text(subject, packed).encode("utf-8-sig")
        archive.writestr(entry(CONTENTS), listed)
        manifest = manifest_json(subject, packed, listed)
        archive.writestr(entry(MANIFEST), manifest)
    return _hash(manifest)


def manifest_json(subject: str, packed: Sequence[PackedFile], listed: bytes) -> bytes:
    """Every file with its checksum as JSON, the list of contents included."""
    files = [{"file": one.path, "about": one.about, "size": one.size, "sha256": one.sha256} for one in packed]
    files.append({"file": CONTENTS, "about": "Inhaltsverzeichnis", "size": len(listed), "sha256": _hash(listed)})
    content = {"format": FORMAT, "subject": subject, "files": files}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def contents_text(subject: str, packed: Sequence[PackedFile]) -> str:
    """The list for people: folder by folder, what each file is, and what is not there."""
    lines = [f"Vergabeakte {subject}", f"{count(len(packed))} Dateien", ""]
    lines += [
        "Jede Datei ist mit ihrer Prüfsumme (SHA-256) genannt. Dieselben Angaben stehen in manifest.json.",
        'Nachrechnen unter Windows: Get-FileHash "Datei"; unter Linux: sha256sum "Datei"',
    ]
    for folder in Folder:
        within = [one for one in packed if one.folder is folder]
        lines += ["", f"{folder.value}: {folder.label}", "-" * 72]
        lines += [line for one in within for line in _told(one)] or ["  (nichts vorhanden)"]
    return LINE_END.join([*lines, ""])


def _told(packed: PackedFile) -> list[str]:
    name = packed.path.removeprefix(f"{packed.folder.value}/")
    return [f"  {name}", f"    {packed.about}; {count(packed.size)} Bytes", f"    SHA-256 {packed.sha256}"]


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
