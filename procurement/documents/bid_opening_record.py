"""The record of a bid opening (Niederschrift), landscape: two officers, the bids in order of receipt, seals, totals."""

from procurement.documents.contents_opening_record import OpenedBid, OpeningRecordContent
from procurement.documents.kinds import DocumentKind
from procurement.documents.notation import NOTHING, amount, count, moment
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
from procurement.documents.sheet import LANDSCAPE, Imprint, Sheet
from procurement.documents.tables import Row, Table, draw_table_section, figure_column, text_column

SEALS = {True: "unversehrt ✓", False: "verändert ✗", None: NOTHING}


def draw_opening_record(content: OpeningRecordContent) -> bytes:
    """The record of one bid opening as a PDF file; equal content gives equal bytes."""
    kind = DocumentKind.OPENING_RECORD.label
    sheet = Sheet(Imprint(kind, content.tender_title, content.letterhead, content.identity), LANDSCAPE)
    draw_letterhead(sheet)
    draw_title(sheet, kind, content.tender_title)
    draw_facts(sheet, identity_facts(content.identity))
    draw_pairs(
        sheet,
        [
            ("Vergabe", content.tender_number),
            ("Verfahren", content.procedure),
            ("Aktenzeichen", content.file_number),
            ("Angebotsfrist", moment(content.bid_deadline)),
            ("Geöffnet", moment(content.opened_at)),
        ],
    )
    _draw_bids(sheet, content.bids)
    for note in content.notes:
        sheet.paragraph(note)
    sheet.section("Öffnende Personen")
    draw_signatures(sheet, [("Erste Person", content.first_officer), ("Zweite Person", content.second_officer)])
    draw_ending(sheet, content.closing)
    return sheet.save()


def _draw_bids(sheet: Sheet, bids: tuple[OpenedBid, ...]) -> None:
    if not bids:
        sheet.section("Angebote")
        sheet.paragraph("Bis zum Ablauf der Angebotsfrist ist kein Angebot eingegangen.")
        return
    columns = (
        figure_column("Nr."),
        text_column("Bieter"),
        text_column("Los"),
        text_column("Eingang"),
        text_column("Prüfsumme bei Eingang (SHA-256)"),
        text_column("Siegel"),
        figure_column("Angebotssumme netto\u00a0€"),
        text_column("Bemerkung"),
    )
    rows = tuple(_row(number, bid) for number, bid in enumerate(bids, start=1))
    draw_table_section(sheet, f"Angebote ({count(len(bids))})", Table(columns, rows, lead=2))
    for bid in bids:
        if bid.is_intact is False:
            draw_notice(
                sheet, f"{bid.bidder}: Die Prüfsumme stimmt nicht. Das Angebot wurde nach dem Eingang verändert."
            )


def _row(number: int, bid: OpenedBid) -> Row:
    remark = " ".join(part for part in ("Verspätet eingegangen." if bid.is_late else "", bid.remark) if part)
    cells = (
        str(number),
        bid.bidder,
        bid.lot,
        moment(bid.received_at),
        bid.sealed_hash or NOTHING,
        SEALS[bid.is_intact],
        NOTHING if bid.total is None else amount(bid.total),
        remark,
    )
    return Row(cells)
