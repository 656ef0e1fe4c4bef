"""The procurement record (Vergabevermerk): an overview of the twelve items, each item, then what they rest on."""

from procurement.documents.contents_procurement_record import FactGroup, ProcurementRecordContent, RecordChapter
from procurement.documents.kinds import DocumentKind
from procurement.documents.notation import NOTHING
from procurement.documents.pairs import draw_pairs
from procurement.documents.panels import (
    draw_ending,
    draw_facts,
    draw_letterhead,
    draw_notice,
    draw_signatures,
    draw_title,
    identity_facts,
)
from procurement.documents.record_wording import PURPOSE
from procurement.documents.sheet import Imprint, Sheet
from procurement.documents.tables import Row, Table, draw_table, figure_column, kept_height, text_column
from procurement.documents.typesetting import BODY_BOLD, QUIET_BODY, fold
from procurement.rulebook.sources import VGV_8_2

HEADING_SPACE = 26.0
LEAST_BELOW = 40.0


def draw_procurement_record(content: ProcurementRecordContent) -> bytes:
    """The record of one procedure as a PDF file; equal content gives equal bytes."""
    kind = DocumentKind.PROCUREMENT_RECORD.label
    sheet = Sheet(Imprint(kind, content.tender_title, content.letterhead, content.identity))
    draw_letterhead(sheet)
    draw_title(sheet, kind, content.tender_title)
    draw_facts(sheet, identity_facts(content.identity))
    draw_pairs(sheet, content.head)
    sheet.paragraph(PURPOSE)
    _draw_overview(sheet, content)
    for one in content.items:
        _draw_chapter(sheet, one)
    for one in content.chapters:
        _draw_chapter(sheet, one)
    if content.prepared:
        sheet.section("Ausfertigung")
        draw_signatures(sheet, [("Ausgefertigt", content.prepared)])
    draw_ending(sheet, content.closing)
    return sheet.save()


def _draw_overview(sheet: Sheet, content: ProcurementRecordContent) -> None:
    rows = tuple(Row((str(number), one.title, one.state.label)) for number, one in enumerate(content.items, start=1))
    table = Table((figure_column("Nr."), text_column(f"Inhalt nach {VGV_8_2}"), text_column("Stand")), rows)
    sheet.subheading("Übersicht", kept=kept_height(sheet, table))
    draw_table(sheet, table)


def _draw_chapter(sheet: Sheet, one: RecordChapter) -> None:
    tables = [(group.title, _table(group)) for group in one.groups]
    below = 0.0 if one.missing or not tables else HEADING_SPACE + kept_height(sheet, tables[0][1])
    asked = len(fold(one.asks, QUIET_BODY, sheet.width)) * QUIET_BODY.leading
    sheet.section(one.title, kept=asked + max(below, LEAST_BELOW))
    if one.asks:
        sheet.paragraph(one.asks, QUIET_BODY)
    if one.nothing:
        sheet.paragraph(one.nothing, BODY_BOLD)
    for missing in one.missing:
        draw_notice(sheet, f"Noch offen: {missing}")
    for title, table in tables:
        if title:
            sheet.subheading(title, kept=kept_height(sheet, table))
        draw_table(sheet, table)


def _table(group: FactGroup) -> Table:
    columns = (text_column("Gegenstand"), text_column("Angabe"), text_column("Nachweis"))
    rows = (Row((fact.about, fact.says or NOTHING, fact.proof or NOTHING)) for fact in group.facts)
    return Table(columns, tuple(rows))
