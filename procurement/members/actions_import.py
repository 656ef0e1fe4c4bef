"""Taking over uploaded files in two steps: kept and looked at, then applied exactly as kept, all of it or nothing."""

from typing import Any

from procurement.audit.actions import record
from procurement.audit.actor import Actor
from procurement.audit.events import Event
from procurement.core import clock, files
from procurement.core.db import db
from procurement.core.errors import refuse_if
from procurement.members import import_figures, import_members, queries, queries_import
from procurement.members.actions import FigureEntry, MemberEntry, add_member, record_figure
from procurement.members.import_rows import Preview, objections_to_applying
from procurement.members.import_table import Heading
from procurement.members.kinds import FigureKind
from procurement.members.kinds_import import ImportKind, RowState
from procurement.members.models_import import ImportedFile
from procurement.values.number_text import NumberStyle

ANY_FILE = "application/octet-stream"
LONGEST_FILENAME = 200
FORMS: dict[ImportKind, tuple[tuple[Heading, ...], int]] = {
    ImportKind.MEMBERS: (import_members.HEADINGS, import_members.MOST_ROWS),
    ImportKind.FIGURES: (import_figures.HEADINGS, import_figures.MOST_ROWS),
}


def receive(kind: ImportKind, content: bytes, filename: str, *, by: Actor) -> ImportedFile:
    """Keep an uploaded file of members or figures; one that cannot be read as such is refused at once."""
    headings, most_rows = FORMS[kind]
    queries_import.table_in_bytes(content, filename, headings, most_rows)
    return keep(kind, content, filename, by=by)


def keep(kind: ImportKind, content: bytes, filename: str, *, by: Actor) -> ImportedFile:
    """Keep the bytes of a readable file under their hash, so that the preview and what is applied are the same."""
    kept = ImportedFile(
        kind=kind,
        filename=filename.replace("\\", "/").rsplit("/", 1)[-1][-LONGEST_FILENAME:] or "Datei",
        file=files.store(content, ANY_FILE),
        uploaded_by_id=by.id,
        uploaded_at=clock.now(),
    )
    db.session.add(kept)
    db.session.flush()
    return kept


def apply_members(imported: ImportedFile, *, by: Actor, style: NumberStyle | None = None) -> int:
    """Take in the members that are new, with their inhabitants; known members stay as they are. Returns how many."""
    preview = queries_import.preview_members(imported, style)
    refuse_if(objections_to_applying(preview))
    note_applied(imported, Event.MEMBERS_IMPORTED, preview, by=by)
    taken = preview.entries(RowState.NEW)
    for row in taken:
        member = add_member(MemberEntry(row.key, row.name, row.kind, row.district, row.population_basis), by=by)
        if row.inhabitants is not None:
            figure = row.inhabitants
            entry = FigureEntry(
                FigureKind.INHABITANTS, figure.reference_date, figure.value, figure.source, figure.census_basis
            )
            record_figure(member, entry, by=by)
    return len(taken)


def apply_figures(imported: ImportedFile, *, by: Actor, style: NumberStyle | None = None) -> int:
    """Record the figures that are new; those recorded already are left alone. Returns how many."""
    preview = queries_import.preview_figures(imported, style)
    refuse_if(objections_to_applying(preview))
    note_applied(imported, Event.FIGURES_IMPORTED, preview, by=by)
    taken = preview.entries(RowState.NEW)
    for row in taken:
        entry = FigureEntry(row.kind, row.reference_date, row.value, row.source, row.census_basis)
        record_figure(queries.member(row.member_id), entry, by=by)
    return len(taken)


def note_applied(imported: ImportedFile, event: Event, preview: Preview[Any], *, by: Actor) -> ImportedFile:
    """Write down that a file was taken over: its name, its hash and how many rows had which state."""
    imported.applied_at = clock.now()
    counts = {f"Zeilen {label}": str(count) for label, count in preview.counts.items()}
    record(event, imported, by=by, changes={"Datei": imported.filename, "SHA-256": imported.sha256, **counts})
    return imported
