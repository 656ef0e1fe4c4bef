"""The zip around an .xlsx file: judged by its table of contents before anything is unpacked, then read part by part.

``zipfile`` never unpacks more of an entry than the table of contents declares, so a sum over that table is a true
upper bound even for archives that lie or let entries overlap.
"""

import io
import posixpath
import zipfile
from dataclasses import dataclass
from typing import IO

from procurement.core.spreadsheet_limits import (
    DAMAGED,
    ENCRYPTED,
    MEBIBYTE,
    NOT_A_WORKBOOK,
    OTHER_FORMAT,
    TOO_COSTLY,
    ReadLimits,
    Unreadable,
)

MACROS = "Die Arbeitsmappe enthält Makros. Bitte ohne Makros als .xlsx speichern und erneut hochladen."
RATIO_FREE_BYTES = 10 * MEBIBYTE


@dataclass(frozen=True, slots=True)
class Archive:
    """The parts of a workbook; names are looked up without regard to case, as the format demands."""

    file: zipfile.ZipFile
    names: dict[str, str]

    def open(self, part: str) -> IO[bytes] | None:
        """Open a part for reading, ``None`` if the workbook has none of that name."""
        name = self.names.get(posixpath.normpath(part.lstrip("/")).lower())
        return None if name is None else self.file.open(name)


def open_archive(content: bytes, limits: ReadLimits) -> Archive:
    """Return the archive if its table of contents is harmless; raise :class:`Unreadable` otherwise."""
    try:
        file = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Unreadable from error
    entries = file.infolist()
    if len(entries) > limits.entries:
        raise Unreadable(TOO_COSTLY)
    for entry in entries:
        _judge(entry, limits)
    if sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
        raise Unreadable(TOO_COSTLY)
    names = {posixpath.normpath(entry.filename).lower(): entry.filename for entry in entries}
    if len(names) < len(entries):
        raise Unreadable(DAMAGED)
    _recognise(file, names)
    return Archive(file, names)


def _judge(entry: zipfile.ZipInfo, limits: ReadLimits) -> None:
    if entry.flag_bits & 1:
        raise Unreadable(ENCRYPTED)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Unreadable(DAMAGED)
    ratio = entry.file_size / max(entry.compress_size, 1)
    if entry.file_size > RATIO_FREE_BYTES and ratio > limits.unpacked_ratio:
        raise Unreadable(TOO_COSTLY)


def _recognise(file: zipfile.ZipFile, names: dict[str, str]) -> None:
    """Tell a workbook from the other formats that are zip archives too."""
    if "xl/vbaproject.bin" in names:
        raise Unreadable(MACROS)
    if "xl/workbook.bin" in names:
        raise Unreadable(OTHER_FORMAT)
    if "mimetype" in names:
        with file.open(names["mimetype"]) as part:
            if b"opendocument" in part.read(200):
                raise Unreadable(OTHER_FORMAT)
    if "[content_types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise Unreadable(NOT_A_WORKBOOK)
