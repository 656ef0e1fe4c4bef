"""The preview of an uploaded CPV list."""

from procurement.catalogue.cpv import CpvEntry
from procurement.catalogue.cpv_list import HEADINGS, MOST_ROWS, preview_of_list
from procurement.catalogue.queries import cpv_entries
from procurement.members.import_rows import Preview
from procurement.members.models_import import ImportedFile
from procurement.members.queries_import import table_of


def preview_list(imported: ImportedFile) -> Preview[CpvEntry]:
    """Each row of the file, compared with the codes known now."""
    return preview_of_list(table_of(imported, HEADINGS, MOST_ROWS), cpv_entries())
