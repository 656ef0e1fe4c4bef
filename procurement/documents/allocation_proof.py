"""Sections that prove an allocation: results of all, remainder tables, control sums, corrections, signatures."""

from procurement.documents.contents import ControlSum, SignOffs
from procurement.documents.contents_allocation import (
    AllocationContent,
    Comparison,
    Correction,
    CorrectionDelta,
    PositionRow,
    PositionTable,
    Pot,
    PotShare,
)
from procurement.documents.notation import amount, count, day, deviation, difference, euro, percent
from procurement.documents.pairs import draw_pairs
from procurement.documents.panels import draw_signatures
from procurement.documents.sheet import Sheet
from procurement.documents.tables import (
    Align,
    Column,
    Row,
    RowKind,
    Table,
    draw_table,
    draw_table_section,
    figure_column,
    kept_height,
    text_column,
)
from procurement.documents.typesetting import SMALL_QUIET

TICK, CROSS = "✓", "✗"
WHOLE = "100\u00a0%"
FORMULA_HEIGHT = 26.0


def draw_positions(sheet: Sheet, content: AllocationContent, own_key: str = "") -> None:
    """The position table: participants x cost positions with net, VAT and gross."""
    table = content.positions
    titles = [f"{column.code}\n{column.title}" for column in table.columns]
    figures = [*titles, "Netto", table.vat_label]
    due = figure_column(table.gross_label, is_strong=True)
    columns = (text_column("Mitglied"), *(figure_column(title) for title in figures), due)
    names = content.names
    rows = [
        Row(
            (names.get(row.participant_key, row.participant_key), *_amounts(row)),
            RowKind.OWN if row.participant_key == own_key else RowKind.BODY,
        )
        for row in table.rows
    ]
    draw_table_section(sheet, "Ergebnis je Mitglied", Table(columns, (*rows, _total_row(table))))
    sheet.paragraph("Alle Beträge in Euro.", SMALL_QUIET, after=2)


def _total_row(table: PositionTable) -> Row:
    return Row(("Summe", *_amounts(table.total)), RowKind.TOTAL)


def _amounts(row: PositionRow) -> tuple[str, ...]:
    return tuple(amount(money) for money in (*row.amounts, row.net, row.vat, row.gross))


def draw_pots(sheet: Sheet, content: AllocationContent, own_key: str = "") -> None:
    """The rounding rule, then one remainder table for each amount that was split."""
    sheet.section("Rundung und Restverteilung")
    sheet.paragraph(content.rounding_rule)
    names = content.names
    for pot in content.pots:
        _draw_pot(sheet, pot, names, own_key)


def _draw_pot(sheet: Sheet, pot: Pot, names: dict[str, str], own_key: str) -> None:
    columns = (
        text_column("Mitglied"),
        figure_column("Gewicht"),
        figure_column("Anteil"),
        figure_column("abgerundet\u00a0ct"),
        figure_column("Rest"),
        Column("+1\u00a0ct", Align.CENTRE),
        figure_column("Betrag\u00a0€"),
    )
    rows = [_pot_row(share, names.get(share.key, share.key), own_key) for share in pot.shares]
    table = Table(columns, (*rows, _pot_total(pot)))
    sheet.subheading(f"{pot.code}  {pot.title}: {euro(pot.total)}", kept=kept_height(sheet, table) + FORMULA_HEIGHT)
    rest = "es bleibt kein Cent übrig"
    if pot.extra_cents:
        several = f"{count(pot.extra_cents)} fehlende Cent gehen an die größten Reste"
        rest = "1 fehlender Cent geht an den größten Rest" if pot.extra_cents == 1 else several
    told = f"Gewicht: {pot.weight_unit}; Anteil = Gewicht ÷ {count(pot.total_weight)}; {rest}."
    sheet.paragraph(told, SMALL_QUIET, after=3)
    draw_table(sheet, table)


def _pot_row(share: PotShare, name: str, own_key: str) -> Row:
    extra = "ja" if share.has_extra_cent else ""
    cells = (
        name,
        count(share.weight),
        percent(share.part),
        count(share.floor.cents),
        count(share.remainder),
        extra,
        amount(share.amount),
    )
    return Row(cells, RowKind.OWN if share.key == own_key else RowKind.BODY)


def _pot_total(pot: Pot) -> Row:
    cells = (
        "Summe",
        count(pot.total_weight),
        WHOLE,
        count(pot.floor_total.cents),
        count(pot.remainder_total),
        count(pot.extra_cents),
        amount(pot.total),
    )
    return Row(cells, RowKind.TOTAL)


def draw_control_sums(sheet: Sheet, content: AllocationContent) -> None:
    """Every total on two ways, with its difference."""
    columns = (
        text_column("Prüfung"),
        figure_column("Kosten\u00a0€"),
        figure_column("Verteilt\u00a0€"),
        figure_column("Differenz\u00a0€"),
        Column("stimmt", Align.CENTRE),
    )
    rows = tuple(_control_row(control) for control in content.control_sums)
    draw_table_section(sheet, "Kontrollsummen über alle Mitglieder", Table(columns, rows))


def _control_row(control: ControlSum) -> Row:
    mark = CROSS if control.difference else TICK
    cells = (control.label, amount(control.expected), amount(control.actual), difference(control.difference), mark)
    return Row(cells)


def draw_comparisons(sheet: Sheet, content: AllocationContent) -> None:
    """Deviation from estimate, award or the year before, with the reason; nothing if there is nothing to compare."""
    if not content.comparisons:
        return
    columns = (
        text_column("Vergleich mit"),
        figure_column("Bezug\u00a0€"),
        figure_column("Jetzt\u00a0€"),
        figure_column("Abweichung\u00a0€"),
        figure_column("Abweichung"),
        text_column("Begründung"),
    )
    rows = tuple(_comparison_row(comparison) for comparison in content.comparisons)
    draw_table_section(sheet, "Vergleich", Table(columns, rows))


def _comparison_row(comparison: Comparison) -> Row:
    figures = (amount(comparison.reference), amount(comparison.actual), difference(comparison.deviation))
    return Row((comparison.label, *figures, deviation(comparison.share, 2), comparison.reason))


def draw_changes(sheet: Sheet, content: AllocationContent, own_key: str = "") -> None:
    """Late joiners and leavers, the document this one corrects with the delta, and the change log."""
    if content.membership_changes:
        columns = tuple(text_column(title) for title in ("Mitglied", "Änderung", "Zum", "Folge"))
        changes = [
            Row((each.participant, each.change, day(each.on), each.effect)) for each in content.membership_changes
        ]
        draw_table_section(sheet, "Beitritte und Austritte", Table(columns, tuple(changes)))
    if content.correction:
        _draw_correction(sheet, content.correction, content.names, own_key)
    if content.change_log:
        columns = tuple(text_column(title) for title in ("Version", "Datum", "Durch", "Änderung"))
        entries = [Row((str(each.version), day(each.on), each.author, each.change)) for each in content.change_log]
        draw_table_section(sheet, "Änderungen seit der ersten Fassung", Table(columns, tuple(entries)))


def _draw_correction(sheet: Sheet, correction: Correction, names: dict[str, str], own_key: str) -> None:
    sheet.section("Korrektur", kept=110)
    predecessor = f"{correction.predecessor_number}, Version {correction.predecessor_version}"
    draw_pairs(sheet, [("Ersetzt", predecessor), ("Grund", correction.reason)])
    titles = ("Bisher\u00a0€", "Jetzt\u00a0€", "Differenz\u00a0€")
    columns = (text_column("Mitglied"), *(figure_column(title) for title in titles))
    rows = [
        Row(
            (names.get(delta.participant_key, delta.participant_key), *_delta_figures(delta)),
            RowKind.OWN if delta.participant_key == own_key else RowKind.BODY,
        )
        for delta in correction.deltas
    ]
    draw_table(sheet, Table(columns, (*rows, Row(("Summe", *_delta_figures(correction.total)), RowKind.TOTAL))))


def _delta_figures(delta: CorrectionDelta) -> tuple[str, str, str]:
    return amount(delta.previous), amount(delta.current), difference(delta.delta)


def draw_sign_offs(sheet: Sheet, sign_offs: SignOffs) -> None:
    """Preparer, checker (four eyes) and approver with their times."""
    sheet.section("Aufstellung, Prüfung, Freigabe", kept=90)
    draw_signatures(
        sheet,
        [
            ("Aufgestellt", sign_offs.prepared),
            ("Sachlich und rechnerisch geprüft", sign_offs.checked),
            ("Freigegeben", sign_offs.approved),
        ],
    )
