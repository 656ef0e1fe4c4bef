"""Demand sheets in: kept and read, looked at, taken over; nothing is written to the demand before the last step.

Reading small and large files is the same step; a small one is read while its sender waits, a large one by a job.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from procurement.audit.actions import Change, record
from procurement.audit.events import Event
from procurement.core import clock, files, jobs
from procurement.core.db import db
from procurement.core.errors import NotFound, Refused, refuse_if
from procurement.core.job_table import Job
from procurement.core.spreadsheet_limits import MEBIBYTE
from procurement.core.spreadsheets import ReadLimits, SpreadsheetRefused, read_workbook
from procurement.demand import queries_answers, queries_sheets, rules
from procurement.demand.actions_guard import compare, hold
from procurement.demand.actions_items import keep_quietly, write_items
from procurement.demand.actions_wishes import add_wish
from procurement.demand.demand_sheet_reading import MOST_ROWS, Expected, SheetReading, read
from procurement.demand.entries import ItemEntry, WishEntry
from procurement.demand.models import Demand
from procurement.demand.models_sheets import SheetUpload
from procurement.demand.sheet_preview import Decision, Preview, PreviewRow, RowKind, objections_to_applying
from procurement.demand.states import SheetState
from procurement.demand.stored_reading import stored
from procurement.members.models import Account
from procurement.values.number_text import NumberStyle
from procurement.values.sheet import Workbook

READING = "demand:read_sheet"
READ_AT_ONCE_BYTES = 200_000
SHEET_LIMITS = ReadLimits(rows=MOST_ROWS, cpu_seconds=15, wall_seconds=30)
# While its sender waits, the writer's lock of SQLite is held: a small file that unpacks into a large one is refused.
AT_ONCE_LIMITS = replace(SHEET_LIMITS, unpacked_bytes=20 * MEBIBYTE, cpu_seconds=5, wall_seconds=8)
ANY_FILE = "application/octet-stream"
LONGEST_FILE_NAME = 200
STEPS = 3

Report = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Received:
    """An upload, and the job that still has to read it if the file is large."""

    upload: SheetUpload
    job: Job | None


def receive(demand: Demand, content: bytes, file_name: str, *, by: Account) -> Received:
    """Keep a file for this demand and read it, or ask for its reading; refused while the demand cannot change."""
    if demand.member_id not in by.member_ids:
        raise NotFound
    contact = queries_answers.contact_of(demand.round)
    refuse_if(rules.objections_to_saving(demand, demand.round, now=clock.now(), contact=contact))
    upload = SheetUpload(
        demand=demand,
        account_id=by.id,
        file_name=_bare(file_name),
        file=files.store(content, ANY_FILE),
        created_at=clock.now(),
    )
    db.session.add(upload)
    db.session.flush()
    return _read_soon(upload, len(content))


def state_style(upload: SheetUpload, style: NumberStyle, *, by: Account) -> Received:
    """Read a file again now that a person said how it writes numbers."""
    if upload.account_id != by.id:
        raise NotFound
    _refuse_unless_ready(upload)
    upload.style, upload.state, upload.reading = style, SheetState.WAITING, ""
    return _read_soon(upload, upload.file.size)


def _bare(file_name: str) -> str:
    """The name without its folder, printable and not too long."""
    bare = file_name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in bare if sign.isprintable())[-LONGEST_FILE_NAME:] or "Datei"


def _read_soon(upload: SheetUpload, size: int) -> Received:
    if size > READ_AT_ONCE_BYTES:
        key = f"{READING}:{upload.id}"
        return Received(upload, jobs.enqueue(READING, unique_key=key, owner_id=upload.account_id, upload_id=upload.id))
    read_upload(upload, _unheard, AT_ONCE_LIMITS)
    return Received(upload, None)


def _unheard(_done: int, _total: int, _message: str) -> None:
    """Nobody watches the reading of a small file."""


def read_upload(upload: SheetUpload, report: Report, limits: ReadLimits = SHEET_LIMITS) -> SheetUpload:
    """Read the kept bytes in the limited process and keep what they say; nothing is changed before that."""
    content, file_name = upload.file.content, upload.file_name
    report(0, STEPS, "Die Datei wird gelesen.")
    workbook = _workbook(content, file_name, limits)
    report(1, STEPS, "Die Zeilen werden geprüft.")
    reading = SheetReading(refusals=(workbook,)) if isinstance(workbook, str) else read(workbook, _expected(upload))
    report(2, STEPS, "Die Vorschau wird gespeichert.")
    upload.reading = stored(reading)
    upload.state = SheetState.REFUSED if reading.refusals else SheetState.READ
    db.session.flush()
    return upload


def _workbook(content: bytes, file_name: str, limits: ReadLimits) -> Workbook | str:
    """The workbook, or the sentence why there is none."""
    try:
        return read_workbook(content, file_name, limits)
    except SpreadsheetRefused as refusal:
        return refusal.message


def _expected(upload: SheetUpload) -> Expected:
    demand = upload.demand
    articles = {article.article_id: article for article in queries_answers.articles_for(demand)}
    is_csv = not upload.file_name.lower().endswith(".xlsx")
    return Expected(queries_sheets.identity_of(demand), articles, upload.style, is_csv)


def _refuse_unless_ready(upload: SheetUpload) -> None:
    """A file is taken over once, and only when it has been read."""
    if upload.state is SheetState.WAITING:
        raise Refused("Die Datei wird noch gelesen. Bitte die Seite in wenigen Sekunden neu laden.")
    if upload.state is SheetState.APPLIED:
        raise Refused("Diese Datei ist schon übernommen. Für weitere Änderungen bitte eine neue Mappe herunterladen.")


def apply_sheet(
    upload: SheetUpload, decisions: Mapping[int, Decision], *, by: Account, seen_version: int | None
) -> int:
    """Take over what the preview showed, as one change of the demand; return how many rows were written.

    Raises :class:`Conflict` if the demand was saved after the preview was shown, :class:`Refused` for open conflicts.
    """
    demand = upload.demand
    if upload.account_id != by.id or demand.member_id not in by.member_ids:
        raise NotFound
    hold(demand.round)  # not shared: new wishes get the next free numbers of the round
    hold(demand)
    _refuse_unless_ready(upload)
    compare(demand, seen_version)
    preview = queries_sheets.preview(upload)
    contact = queries_answers.contact_of(demand.round)
    locked = rules.objections_to_saving(demand, demand.round, now=clock.now(), contact=contact)
    refuse_if(locked or objections_to_applying(preview, decisions))
    written = preview.rows_to_write(decisions)
    entries = _entries(demand, written, by)
    articles = {article.article_id: article for article in queries_answers.articles_for(demand)}
    changes = write_items(demand, entries, articles)
    if changes:
        keep_quietly(demand)
    upload.state, upload.applied_at = SheetState.APPLIED, clock.now()
    words = _words(upload, preview, written)
    record(Event.DEMAND_SHEET_APPLIED, demand, by=by, changes={**words, **changes}, member_id=demand.member_id)
    return len(written)


def _words(upload: SheetUpload, preview: Preview, written: Sequence[PreviewRow]) -> dict[str, Change | str]:
    """The file in the words of the trail; every changed row stands there, too, with its old and new value."""
    mine = sum(row.kind is RowKind.CONFLICTING for row in written)
    return {
        "Datei": upload.file_name,
        "SHA-256": upload.file_hash,
        "Übernommene Zeilen": str(len(written)),
        "Konflikte zugunsten der Datei": str(mine),
        "Konflikte zugunsten des Gespeicherten": str(len(preview.conflicts) - mine),
        "Fehlerhafte Zeilen, nicht übernommen": str(preview.counts[RowKind.FAULTY]),
    }


def _entries(demand: Demand, rows: Sequence[PreviewRow], by: Account) -> list[ItemEntry]:
    """What to store; an own wish without an article gets one first."""
    entries = []
    for row in rows:
        entry, wish = row.entry, row.new_wish
        if wish is not None:
            made = add_wish(demand, WishEntry(wish.title, wish.unit, entry.expected), by=by)
            entry = replace(entry, article_id=made.id)
        entries.append(entry)
    return entries
