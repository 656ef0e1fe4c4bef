"""Spreadsheets in: bytes from outside become a :class:`~procurement.values.sheet.Workbook` or one German sentence.

The bytes are parsed in a throw-away process with limits on memory, processor time, waiting time, unpacked size and
answer size. A library that aborts, loops or swallows memory there costs one message, never the server. Writing is
``core.spreadsheet_writer``; both are offered here, so that features know one module.
"""

import functools
import json
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path, PurePath
from typing import Any

from procurement.core.errors import ProcurementError
from procurement.core.spreadsheet_limits import (
    DAMAGED,
    EMPTY,
    ENCRYPTED,
    MEBIBYTE,
    NOT_A_WORKBOOK,
    OTHER_FORMAT,
    TOO_COSTLY,
    ReadLimits,
)
from procurement.core.spreadsheet_writer import write_csv, write_workbook
from procurement.values.sheet import Cell, CellKind, Sheet, Workbook, column_letters

__all__ = ["DEFAULT_LIMITS", "ReadLimits", "SpreadsheetRefused", "read_workbook", "write_csv", "write_workbook"]

DEFAULT_LIMITS = ReadLimits()
XLSX_READER = "procurement.core.spreadsheet_reader"
CSV_READER = "procurement.core.csv_reader"
BARE_PACKAGE = (
    "import runpy, sys, types; package = types.ModuleType('procurement'); package.__path__ = [sys.argv[1]]; "
    "sys.modules['procurement'] = package; runpy.run_module(sys.argv[2], run_name='__main__', alter_sys=False)"
)
"""Runs a module of this package without its ``__init__``, which would load the whole web application."""

OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
CSV_ENDINGS = frozenset({".csv", ".txt", ".tsv"})
OTHER_ENDINGS = frozenset({".xls", ".xlsb", ".xlt", ".ods", ".fods", ".numbers"})
SHOWN_NAME_LENGTH = 80
COSTLY_SIGNALS = frozenset({-signal.SIGKILL, -signal.SIGXCPU, -signal.SIGXFSZ})

OLD_EXCEL = "Das alte Excel-Format (.xls) wird nicht gelesen. Bitte als .xlsx speichern und erneut hochladen."
ZIP_AS_CSV = "Die Datei ist keine CSV-Datei, sondern eine Arbeitsmappe. Bitte mit der Endung .xlsx hochladen."
UNKNOWN = "Dieser Dateityp wird nicht gelesen. Bitte eine Excel-Arbeitsmappe (.xlsx) oder eine CSV-Datei hochladen."


class SpreadsheetRefused(ProcurementError):
    """A spreadsheet cannot be read; the sentence names the file, the reason and what to do."""

    status = 422


def read_workbook(content: bytes, filename: str, limits: ReadLimits = DEFAULT_LIMITS) -> Workbook:
    """Read an .xlsx or .csv file in a confined process; raise :class:`SpreadsheetRefused` with one German sentence.

    A CSV file becomes one sheet named after the file, every cell text.
    """
    name = _shown_name(filename)
    program = _program_for(content, name, limits)
    answer = _ask(program, content, name, limits)
    if isinstance(answer, dict) and "refused" in answer:
        raise _refusal(name, str(answer["refused"]))
    try:
        return Workbook(
            sheets=tuple(_sheet(sheet, name) for sheet in answer["sheets"]),
            properties={str(key): str(value) for key, value in answer["properties"].items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _refusal(name, DAMAGED) from error


def _shown_name(filename: str) -> str:
    """Return the bare, printable, not too long name; browsers may send a whole path."""
    bare = PurePath(filename.replace("\\", "/")).name
    return "".join(letter for letter in bare if letter.isprintable())[-SHOWN_NAME_LENGTH:] or "Datei"


def _refusal(name: str, sentence: str) -> SpreadsheetRefused:
    return SpreadsheetRefused(f"„{name}“: {sentence}")


def _program_for(content: bytes, name: str, limits: ReadLimits) -> str:
    """Choose the reader by the first bytes, then by the ending; a renamed file does not reach the wrong one."""
    ending = PurePath(name).suffix.lower()
    if not content:
        raise _refusal(name, EMPTY)
    if len(content) > limits.upload_bytes:
        largest = limits.upload_bytes // MEBIBYTE
        raise _refusal(name, f"Die Datei ist größer als {largest} MB und wurde nicht eingelesen.")
    if content.startswith(OLE_START):
        raise _refusal(name, ENCRYPTED if ENCRYPTED_STREAM in content else OLD_EXCEL)
    if content.startswith(ZIP_STARTS):
        if ending in CSV_ENDINGS:
            raise _refusal(name, ZIP_AS_CSV)
        return XLSX_READER
    if ending in CSV_ENDINGS:
        return CSV_READER
    if ending in OTHER_ENDINGS:
        raise _refusal(name, OTHER_FORMAT)
    raise _refusal(name, NOT_A_WORKBOOK if ending == ".xlsx" else UNKNOWN)


def _ask(program: str, content: bytes, name: str, limits: ReadLimits) -> Any:
    """Run the reader on the content and return its JSON answer; a killed or broken reader becomes a refusal."""
    package = str(Path(__file__).resolve().parent.parent)
    command = [sys.executable, "-I", "-X", "utf8", "-c", BARE_PACKAGE, package, program, json.dumps(asdict(limits))]
    with tempfile.TemporaryFile() as output:
        try:
            child = subprocess.run(
                command,
                input=content,
                stdout=output,
                stderr=subprocess.DEVNULL,
                timeout=limits.wall_seconds,
                env={"OPENBLAS_NUM_THREADS": "1"},
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise _refusal(name, TOO_COSTLY) from error
        output.seek(0)
        answer = output.read(limits.output_bytes)
    if child.returncode != 0:
        raise _refusal(name, TOO_COSTLY if child.returncode in COSTLY_SIGNALS else DAMAGED)
    try:
        return json.loads(answer)
    except (ValueError, RecursionError) as error:
        raise _refusal(name, DAMAGED) from error


def _sheet(raw: dict[str, Any], filename: str) -> Sheet:
    return Sheet(
        name=str(raw["name"]) or PurePath(filename).stem,
        rows=tuple(
            tuple(_cell(f"{_letters(column)}{row}", parts) for column, parts in enumerate(cells, start=1))
            for row, cells in enumerate(raw["rows"], start=1)
        ),
        merged_ranges=tuple(str(area) for area in raw["merged"]),
        is_hidden=bool(raw["hidden"]),
    )


_letters = functools.lru_cache(maxsize=1024)(column_letters)


def _cell(address: str, parts: list[str]) -> Cell:
    match parts:
        case []:
            return Cell(address)
        case [kind, text]:
            return Cell(address, CellKind(kind), text)
        case [kind, text, cached_kind, cached_text]:
            return Cell(address, CellKind(kind), text, CellKind(cached_kind), cached_text)
    raise ValueError(f"not a cell: {parts!r}")
