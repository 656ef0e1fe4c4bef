"""Sections on what an allocation rests on: subject, legal basis, cost blocks and their keys, key data, quantities, VAT.

Used by the association's document and by every member's statement, so both word and number things alike.
"""

from procurement.documents.contents_allocation import (
    AllocationContent,
    CostBlock,
    Participant,
    QuantityLine,
    VatTreatment,
)
from procurement.documents.notation import NOTHING, amount, day, euro, period, quantity, unit_price
from procurement.documents.pairs import Pair, draw_pairs, draw_pairs_section, kept_height
from procurement.documents.sheet import Sheet
from procurement.documents.tables import Row, RowKind, Table, draw_table_section, figure_column, text_column
from procurement.documents.typesetting import SMALL_QUIET
from procurement.values.quantity import Quantity


def draw_subject(sheet: Sheet, content: AllocationContent) -> None:
    """Tender, contract, legal basis and period."""
    tender, legal = content.tender, content.legal
    draw_pairs_section(
        sheet,
        "Gegenstand und Rechtsgrundlage",
        [
            ("Vergabe", f"{tender.title} ({tender.number})"),
            ("Los", tender.lot),
            ("Auftragnehmer", tender.supplier),
            ("Zuschlag", day(tender.awarded_on) if tender.awarded_on else ""),
            ("Vertrag", tender.contract),
            ("Aktenzeichen", tender.file_number),
            ("Art der Forderung", legal.charge_type),
            ("Rechtsgrundlage", "\n".join(legal.bases)),
            ("Zeitraum", period(legal.period_from, legal.period_to)),
            ("Leistung", legal.service_note),
        ],
    )


def draw_cost_blocks(sheet: Sheet, content: AllocationContent) -> None:
    """The cost blocks with amount and key, then for each the definition of its key and why it reflects the benefit."""
    columns = (
        text_column("Block"),
        text_column("Gegenstand"),
        text_column("Schlüssel"),
        text_column("Anfall"),
        figure_column("Betrag netto\u00a0€"),
    )
    rows = [
        Row((block.code, block.title, block.key, block.recurrence, amount(block.amount))) for block in content.blocks
    ]
    total = Row(("Summe", "", "", "", amount(content.positions.total.net)), RowKind.TOTAL)
    draw_table_section(sheet, "Kostenblöcke und Schlüssel", Table(columns, (*rows, total)))
    for block in content.blocks:
        _draw_key_of(sheet, block)


def _draw_key_of(sheet: Sheet, block: CostBlock) -> None:
    pairs = [
        ("Definition", block.definition),
        ("Begründung", block.reason),
        ("Nachweis", block.evidence),
        ("Abweichung", block.deviation),
        ("Konten", block.accounts),
    ]
    sheet.subheading(f"{block.code}  {block.title}", kept=kept_height(sheet, pairs))
    draw_pairs(sheet, pairs)


def draw_key_data(sheet: Sheet, content: AllocationContent, own_key: str = "") -> None:
    """The raw key data of all participants with reference date, source and census basis."""
    kinds = content.figure_kinds
    columns = (
        text_column("Mitglied"),
        text_column("AGS/Nr."),
        *(figure_column(f"{kind.name}\n{day(kind.reference_date)}") for kind in kinds),
        text_column("Bemerkung"),
    )
    has_remarks = any(participant.remark for participant in content.participants)
    shown = len(columns) if has_remarks else len(columns) - 1
    rows = [_key_data_row(participant, own_key) for participant in content.participants]
    total = Row(("Summe", "", *(_figure(kind.total) for kind in kinds), ""), RowKind.TOTAL)
    cut = tuple(Row(row.cells[:shown], row.kind) for row in (*rows, total))
    draw_table_section(sheet, "Schlüsseldaten aller Teilnehmer", Table(columns[:shown], cut))
    for kind in kinds:
        basis = f"; Zensusbasis: {kind.census_basis}" if kind.census_basis else ""
        told = f"{kind.name}: Stichtag {day(kind.reference_date)}; Quelle: {kind.source}{basis}."
        sheet.paragraph(told, SMALL_QUIET, after=1)


def _key_data_row(participant: Participant, own_key: str) -> Row:
    figures = tuple(_figure(figure) for figure in participant.figures)
    kind = RowKind.OWN if participant.key == own_key else RowKind.BODY
    return Row((participant.name, participant.key, *figures, participant.remark), kind)


def _figure(figure: Quantity | None) -> str:
    return NOTHING if figure is None else quantity(figure)


def draw_quantities(sheet: Sheet, content: AllocationContent, own_key: str = "") -> None:
    """Positions that are charged by actual quantity; in a member's statement only its own."""
    lines = [line for line in content.quantity_lines if own_key in ("", line.participant_key)]
    if not lines:
        return
    columns = (
        text_column("Mitglied"),
        text_column("Block"),
        text_column("Position"),
        figure_column("Menge"),
        text_column("Einheit"),
        figure_column("Einzelpreis\u00a0€"),
        figure_column("Betrag netto\u00a0€"),
    )
    names = content.names
    rows = [_quantity_row(line, names.get(line.participant_key, line.participant_key)) for line in lines]
    first = 1 if own_key else 0
    table = Table(columns[first:], tuple(Row(row.cells[first:]) for row in rows))
    draw_table_section(sheet, "Ihre Mengen" if own_key else "Mengen der Mitglieder", table)


def _quantity_row(line: QuantityLine, name: str) -> Row:
    figures = (quantity(line.quantity), line.unit, unit_price(line.unit_price), amount(line.amount))
    return Row((name, line.block_code, line.article, *figures))


def draw_vat(sheet: Sheet, content: AllocationContent) -> None:
    """VAT treatment per position with norm and reason."""
    pairs = [pair for treatment in content.vat for pair in _vat_pairs(treatment)]
    total = (f"{content.positions.vat_label} aller Mitglieder", euro(content.positions.total.vat))
    draw_pairs_section(sheet, "Umsatzsteuer", [*pairs, total])


def _vat_pairs(treatment: VatTreatment) -> list[Pair]:
    return [
        ("Fall", f"{treatment.case}: {treatment.title}"),
        ("Gilt für", treatment.blocks),
        ("Norm", treatment.norm),
        ("Begründung", treatment.reason),
        ("Hinweis", treatment.note),
    ]
