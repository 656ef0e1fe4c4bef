"""Somebody else's bid tabulation in three steps: kept, its columns mapped, taken over exactly as previewed."""

from dataclasses import replace

from procurement.audit.actions import record
from procurement.audit.events import Event
from procurement.bids import queries_tabulation, tabulation_mapping
from procurement.bids.actions_import import OpenedElsewhere, import_tabulation, objections_before
from procurement.bids.models import Bid
from procurement.bids.models_tabulation import RememberedMapping, TabulationFile
from procurement.bids.tabulation_mapping import ColumnRole, TableMapping
from procurement.core import clock, files
from procurement.core.db import db
from procurement.core.errors import Conflict, refuse_if
from procurement.core.spreadsheets import read_workbook
from procurement.members.models import Account
from procurement.tenders.models import Tender
from procurement.values.objection import Objection

ANY_FILE = "application/octet-stream"
LONGEST_FILENAME = 200


def receive_tabulation(tender: Tender, content: bytes, filename: str, *, by: Account) -> TabulationFile:
    """Keep a table after the bid deadline and propose what its columns mean; an unreadable file is refused."""
    refuse_if(objections_before(tender))
    sheet = read_workbook(content, filename).sheets[0]
    kept = TabulationFile(
        tender=tender,
        filename=filename.replace("\\", "/").rsplit("/", 1)[-1][-LONGEST_FILENAME:] or "Datei",
        file=files.store(content, ANY_FILE),
        mapping=tabulation_mapping.as_stored(queries_tabulation.proposed(sheet)),
        uploaded_by_id=by.id,
        uploaded_at=clock.now(),
    )
    db.session.add(kept)
    db.session.flush()
    changes = {"Datei": kept.filename, "SHA-256": kept.sha256}
    record(Event.TABULATION_RECEIVED, kept, by=by, changes=changes, tender_id=tender.id)
    return kept


def map_columns(kept: TabulationFile, mapping: TableMapping) -> TabulationFile:
    """Store what the columns mean and remember it for the next table with these headings."""
    refuse_if(_objections_to_changing(kept))
    sheet = queries_tabulation.mapped_sheet(queries_tabulation.workbook_of(kept), mapping)
    refuse_if(tabulation_mapping.objections_to_mapping(mapping, sheet))
    kept.mapping = tabulation_mapping.as_stored(mapping)
    titles_hash = tabulation_mapping.fingerprint(tabulation_mapping.titles_at(sheet, mapping.head_row))
    known = queries_tabulation.remembered(titles_hash) or RememberedMapping(titles_hash=titles_hash)
    known.mapping, known.used_at = tabulation_mapping.as_stored(replace(mapping, left_out=())), clock.now()
    db.session.add(known)
    return kept


def move_head(kept: TabulationFile, mapping: TableMapping) -> TabulationFile:
    """Propose the columns anew because another sheet, head row or style of numbers was chosen."""
    refuse_if(_objections_to_changing(kept))
    workbook = queries_tabulation.workbook_of(kept)
    sheet = queries_tabulation.mapped_sheet(workbook, mapping)
    kept.mapping = tabulation_mapping.as_stored(tabulation_mapping.proposal(sheet, mapping.head_row, mapping.style))
    return kept


def take_over(kept: TabulationFile, second: Account, platform: str, *, by: Account) -> list[Bid]:
    """Take over bidders and prices as previewed, two officers answering for it."""
    refuse_if(_objections_to_changing(kept))
    mapping = queries_tabulation.mapping_of(kept)
    origin = OpenedElsewhere(platform.strip() or OpenedElsewhere().platform)
    read = queries_tabulation.tabulation_in(kept)
    bids = import_tabulation(kept.tender, read, by=by, second=second, origin=origin)
    kept.applied_at = clock.now()
    withdrawn = ", ".join(mapping.bidder_columns(ColumnRole.WITHDRAWN))
    changes = {
        "Datei": kept.filename,
        "SHA-256": kept.sha256,
        "Widersprüche": str(len(read.findings)),
        "Zurückgezogen": withdrawn or "keiner",
        "Ausgelassene Zeilen": ", ".join(map(str, mapping.left_out)) or "keine",
        "Grund": mapping.left_out_reason,
    }
    record(Event.TABULATION_TAKEN_OVER, kept, by=by, changes=changes, tender_id=kept.tender_id)
    return bids


def _objections_to_changing(kept: TabulationFile) -> list[Objection]:
    if kept.applied_at is not None:
        raise Conflict("Diese Tabelle ist bereits übernommen. Die Angebote stehen unter „Angebote“.")
    return objections_before(kept.tender)
