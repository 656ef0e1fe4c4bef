"""Taking over the official CPV list: kept and looked at first, then applied as kept."""

import sqlalchemy as sa

from procurement.audit.actor import Actor
from procurement.audit.events import Event
from procurement.catalogue import queries_cpv
from procurement.catalogue.actions import insert_codes
from procurement.catalogue.cpv_list import HEADINGS, MOST_ROWS
from procurement.catalogue.models import CpvCode
from procurement.core.db import db
from procurement.core.errors import refuse_if
from procurement.members.actions_import import keep, note_applied
from procurement.members.import_rows import objections_to_applying
from procurement.members.kinds_import import ImportKind, RowState
from procurement.members.models_import import ImportedFile
from procurement.members.queries_import import table_in_bytes
from procurement.members.sorting import german_sort_key


def receive_list(content: bytes, filename: str, *, by: Actor) -> ImportedFile:
    """Keep an uploaded list; one that cannot be read as such is refused at once."""
    table_in_bytes(content, filename, HEADINGS, MOST_ROWS)
    return keep(ImportKind.CPV, content, filename, by=by)


def apply_list(imported: ImportedFile, *, by: Actor) -> int:
    """Add new codes and change labels; codes the file does without stay. Returns how many were added or changed."""
    preview = queries_cpv.preview_list(imported)
    refuse_if(objections_to_applying(preview))
    new, changed = preview.entries(RowState.NEW), preview.entries(RowState.CHANGED)
    insert_codes(new)
    for entry in changed:
        values = {"label": entry.label, "check_digit": entry.check_digit, "search_text": german_sort_key(entry.label)}
        db.session.execute(sa.update(CpvCode).where(CpvCode.code == entry.code).values(**values))
    note_applied(imported, Event.CPV_IMPORTED, preview, by=by)
    return len(new) + len(changed)
