"""Uploaded files and their previews: read again from the stored bytes each time, compared with what is stored now."""

from datetime import date
from pathlib import Path

import sqlalchemy as sa

from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import NotFound, Refused
from procurement.core.spreadsheets import read_workbook
from procurement.members import import_figures, import_members
from procurement.members.import_figures import FigureRow, KnownMember, Surroundings, preview_of_figures
from procurement.members.import_members import MemberRow, StoredMember, preview_of_members
from procurement.members.import_rows import Preview
from procurement.members.import_table import Heading, Table, table_in
from procurement.members.kinds import FigureKind
from procurement.members.kinds_import import ImportKind
from procurement.members.models import Member, ReferenceFigure
from procurement.members.models_import import ImportedFile
from procurement.values.number_text import NumberStyle
from procurement.values.objection import NotAdmissible

CARRIED_MEMBERS = Path(__file__).parent / "data" / "members.csv"
"""The members of KAAW as far as they are known: 46 municipalities with their inhabitants on 31.12.2024.

Source of names, keys and inhabitants: Statistisches Bundesamt (Destatis), Gemeindeverzeichnis, 31.12.2024, on the basis
of the census of 2022; dl-de/by-2-0. Bad Iburg's figure comes from the association's own list and has no day.
"""


def carried_members() -> bytes:
    """The list of members this product brings along."""
    return CARRIED_MEMBERS.read_bytes()


def imported_file(imported_id: int, kind: ImportKind) -> ImportedFile:
    """An uploaded file of this kind, or :class:`NotFound`."""
    found = db.session.get(ImportedFile, imported_id)
    if found is None or found.kind is not kind:
        raise NotFound
    return found


def table_of(imported: ImportedFile, headings: tuple[Heading, ...], most_rows: int) -> Table:
    """The table of an uploaded file; raises :class:`SpreadsheetRefused` or :class:`Refused` in German."""
    return table_in_bytes(imported.file.content, imported.filename, headings, most_rows)


def table_in_bytes(content: bytes, filename: str, headings: tuple[Heading, ...], most_rows: int) -> Table:
    """The table of a file; raises :class:`SpreadsheetRefused` or :class:`Refused` in German."""
    try:
        return table_in(read_workbook(content, filename), headings, most_rows)
    except NotAdmissible as error:
        raise Refused(error.objections) from error


def preview_figures(imported: ImportedFile, style: NumberStyle | None = None) -> Preview[FigureRow]:
    """Each figure of the file, compared with the figures recorded so far."""
    table = table_of(imported, import_figures.HEADINGS, import_figures.MOST_ROWS)
    members = {m.key: KnownMember(m.id, m.name) for m in db.session.scalars(sa.select(Member))}
    rows = db.session.execute(
        sa.select(
            ReferenceFigure.member_id,
            ReferenceFigure.kind,
            ReferenceFigure.reference_date,
            ReferenceFigure.source,
            ReferenceFigure.value,
        )
    )
    values = {(member_id, kind, on, source): value for member_id, kind, on, source, value in rows}
    return preview_of_figures(table, Surroundings(members, values, clock.today(), style))


def preview_members(imported: ImportedFile, style: NumberStyle | None = None) -> Preview[MemberRow]:
    """Each member of the file, compared with the members of today."""
    table = table_of(imported, import_members.HEADINGS, import_members.MOST_ROWS)
    return preview_of_members(table, _stored_members(), clock.today(), style)


def _stored_members() -> dict[str, StoredMember]:
    query = sa.select(ReferenceFigure.member_id, ReferenceFigure.reference_date, ReferenceFigure.value)
    figures: dict[int, dict[date, frozenset[int]]] = {}
    for member_id, on, value in db.session.execute(query.where(ReferenceFigure.kind == FigureKind.INHABITANTS)):
        of_member = figures.setdefault(member_id, {})
        of_member[on] = of_member.get(on, frozenset()) | {value}
    return {
        m.key: StoredMember(m.name, m.kind, m.district, figures.get(m.id, {}))
        for m in db.session.scalars(sa.select(Member))
    }
