"""The limits under which a spreadsheet from outside is read, and how a reading child confines itself to them.

Imported by the child programs as well as by the server, so it knows nothing of the application.
"""

import json
import resource
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

MEBIBYTE = 1024 * 1024
TOO_COSTLY = (
    "Die Datei ist zu groß oder zu aufwendig aufgebaut und wurde nicht eingelesen. "
    "Bitte nur die benötigten Zeilen in eine neue Datei übernehmen."
)
DAMAGED = "Die Datei ist beschädigt und kann nicht gelesen werden. Bitte neu speichern und erneut hochladen."
EMPTY = "Die Datei ist leer. Bitte die ausgefüllte Datei wählen."
ENCRYPTED = "Die Datei ist mit einem Kennwort geschützt. Bitte ohne Kennwort speichern und erneut hochladen."
NOT_A_WORKBOOK = "Die Datei ist keine Excel-Arbeitsmappe. Bitte als .xlsx speichern und erneut hochladen."
OTHER_FORMAT = "Dieses Tabellenformat wird nicht gelesen. Bitte als .xlsx speichern und erneut hochladen."


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """What one file may cost; sizes in bytes, ``cells`` counts every place up to the last filled one of each row."""

    upload_bytes: int = 20 * MEBIBYTE
    unpacked_bytes: int = 150 * MEBIBYTE
    unpacked_ratio: int = 200
    entries: int = 2_000
    sheets: int = 60
    rows: int = 120_000
    columns: int = 500
    cells: int = 500_000
    memory_bytes: int = 1024 * MEBIBYTE
    cpu_seconds: int = 20
    wall_seconds: float = 40
    output_bytes: int = 80 * MEBIBYTE


class Unreadable(Exception):
    """A file that is refused, with a German sentence for the person who uploaded it."""

    def __init__(self, sentence: str = DAMAGED) -> None:
        super().__init__(sentence)
        self.sentence = sentence


CellTuple = tuple[str, ...]
"""Kind and text, for formulas also kind and text of the stored result; an empty tuple is an empty cell."""


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet on its way from the child to the server: rows of cell tuples, from row 1 and column A on."""

    name: str
    rows: Sequence[Sequence[CellTuple]]
    merged_ranges: Sequence[str] = ()
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class RawWorkbook:
    """A workbook on its way from the child to the server."""

    sheets: Sequence[RawSheet]
    properties: Mapping[str, str]


def run_child(read: Callable[[bytes, ReadLimits], RawWorkbook]) -> None:
    """Confine this process to the limits in the last argument, read standard input, answer JSON on standard output."""
    limits = ReadLimits(**json.loads(sys.argv[-1]))
    _confine(limits)
    try:
        answer = _document(read(sys.stdin.buffer.read(), limits))
    except Unreadable as refusal:
        answer = {"refused": refusal.sentence}
    except (MemoryError, RecursionError):
        answer = {"refused": TOO_COSTLY}
    sys.stdout.buffer.write(_encoded(answer, limits))


def _confine(limits: ReadLimits) -> None:
    """No core dump, no more memory, time or output than allowed; a stricter limit of the machine stays."""
    wanted = {
        resource.RLIMIT_AS: limits.memory_bytes,
        resource.RLIMIT_CPU: limits.cpu_seconds,
        resource.RLIMIT_FSIZE: limits.output_bytes,
        resource.RLIMIT_CORE: 0,
    }
    for kind, ceiling in wanted.items():
        _soft, hard = resource.getrlimit(kind)
        allowed = ceiling if hard == resource.RLIM_INFINITY else min(ceiling, hard)
        resource.setrlimit(kind, (allowed, allowed))


def _encoded(answer: dict[str, object], limits: ReadLimits) -> bytes:
    try:
        encoded = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode("utf-8", errors="replace")
    except MemoryError:
        encoded = b""
    if not encoded or len(encoded) > limits.output_bytes:
        return json.dumps({"refused": TOO_COSTLY}).encode()
    return encoded


def _document(workbook: RawWorkbook) -> dict[str, object]:
    return {
        "sheets": [
            {"name": sheet.name, "rows": sheet.rows, "merged": sheet.merged_ranges, "hidden": sheet.is_hidden}
            for sheet in workbook.sheets
        ],
        "properties": dict(workbook.properties),
    }
