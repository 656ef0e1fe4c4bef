"""The first page of a member's statement, a letter for window envelopes (DIN 5008 form B), and its own shares."""

from procurement.documents.contents_allocation import PositionTable
from procurement.documents.contents_member_statement import MemberShareLine, MemberStatementContent
from procurement.documents.letter_frame import draw_letter_frame
from procurement.documents.notation import NOTHING, amount, count, day, euro, fraction, moment, percent, period
from procurement.documents.pairs import Pair, draw_pairs
from procurement.documents.panels import draw_notice, draw_title
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
    text_column,
)
from procurement.documents.typesetting import (
    ACCENT,
    BODY_BOLD,
    LARGE_FIGURE,
    PALE,
    SMALL_QUIET,
    Style,
)

FACE_SPACE = 9.0
DUE_DATE = Style(BODY_BOLD.font, 13.0, 16.0)


def draw_letter(sheet: Sheet, content: MemberStatementContent) -> None:
    """To whom, for what, how much, until when, and the few positions the amount is made of."""
    draw_letter_frame(sheet, (content.recipient.name, *content.recipient.address_lines), _references(content))
    draw_title(sheet, sheet.imprint.kind, content.allocation.title)
    sheet.paragraph(_introduction(content), after=8)
    _draw_amount_due(sheet, content)
    _draw_amounts(sheet, content)
    _draw_payment(sheet, content)


def _references(content: MemberStatementContent) -> list[Pair]:
    """Everything a clerk files a letter by."""
    identity, recipient, tender = content.identity, content.recipient, content.allocation.tender
    return [
        ("Nummer", identity.number),
        ("Version, Status", f"{identity.version}, {identity.status.label}"),
        ("Datum", moment(identity.issued_at)),
        ("AGS", recipient.ags),
        ("Leitweg-ID", recipient.leitweg_id),
        ("Vergabe", tender.number),
        ("Aktenzeichen", tender.file_number),
    ]


def _introduction(content: MemberStatementContent) -> str:
    if content.introduction:
        return content.introduction
    legal, tender = content.allocation.legal, content.allocation.tender
    return (
        f"Für die gemeinsame Beschaffung „{tender.title}“ ({tender.number}) entfällt auf Sie im Zeitraum "
        f"{period(legal.period_from, legal.period_to)} der folgende Anteil. Art der Forderung: {legal.charge_type}."
    )


def _draw_amount_due(sheet: Sheet, content: MemberStatementContent) -> None:
    """The one figure a council asks for; a credit is named as such and printed without a sign."""
    is_credit = content.balance.cents < 0
    label = "Guthaben zu Ihren Gunsten" if is_credit else "Zu zahlen"
    shown = euro(-content.balance if is_credit else content.balance)
    height = LARGE_FIGURE.leading + SMALL_QUIET.leading + 2 * FACE_SPACE
    sheet.ensure(height)
    sheet.fill(sheet.left, sheet.y - height, sheet.width, height, PALE)
    sheet.fill(sheet.left, sheet.y - height, 3, height, ACCENT)
    x, y = sheet.left + 14, sheet.y - FACE_SPACE
    sheet.text(x, y - SMALL_QUIET.size, label, SMALL_QUIET)
    sheet.text(x, y - SMALL_QUIET.leading - LARGE_FIGURE.size, shown, LARGE_FIGURE)
    due_on = content.payment.due_on
    if due_on:
        when = "Auszahlung am" if is_credit else "Fällig am"
        sheet.right_text(sheet.right - 14, y - SMALL_QUIET.size, when, SMALL_QUIET)
        sheet.right_text(sheet.right - 14, y - SMALL_QUIET.leading - LARGE_FIGURE.size, day(due_on), DUE_DATE)
    sheet.skip(height + 10)


def _draw_amounts(sheet: Sheet, content: MemberStatementContent) -> None:
    columns = (
        text_column("Kostenposition"),
        text_column("Verteilt nach"),
        text_column("Anfall"),
        figure_column("Ihr Betrag\u00a0€"),
    )
    rows = [
        Row((f"{share.code}  {share.title}", share.key, share.recurrence, amount(share.amount)))
        for share in content.shares
    ]
    draw_table(sheet, Table(columns, (*rows, *_sum_rows(content, content.allocation.positions))))
    for note in (treatment.note for treatment in content.allocation.vat):
        if note:
            sheet.paragraph(note, SMALL_QUIET, after=2)


def _sum_rows(content: MemberStatementContent, positions: PositionTable) -> list[Row]:
    rows = [
        Row(("Summe netto", "", "", amount(content.net)), RowKind.TOTAL),
        Row((positions.vat_label, "", "", amount(content.vat))),
        Row((positions.gross_label, "", "", amount(content.gross)), RowKind.TOTAL),
    ]
    if content.settlement:
        rows += [Row((line.label, "", "", amount(line.amount))) for line in content.settlement]
        rows.append(Row(("Saldo", "", "", amount(content.balance)), RowKind.TOTAL))
    return rows


def _draw_payment(sheet: Sheet, content: MemberStatementContent) -> None:
    payment, approved = content.payment, content.allocation.sign_offs.approved
    sheet.skip(2)
    draw_pairs(
        sheet,
        [
            ("Konto", ", ".join(part for part in (payment.account_holder, payment.bank) if part)),
            ("IBAN, BIC", "   ".join(part for part in (payment.iban, payment.bic) if part)),
            ("Verwendungszweck", payment.reference),
            ("Buchung bei Ihnen", content.accounts),
            ("Hinweis", payment.note),
            ("Freigegeben", f"{approved.name}, {approved.function}, {moment(approved.at)}" if approved else ""),
        ],
    )
    if approved is None:
        draw_notice(sheet, "Dieser Stand ist noch nicht freigegeben. Bitte zahlen Sie darauf noch nicht.")
    sheet.paragraph(
        "Die folgenden Seiten weisen nach, wie Ihr Betrag entstanden ist: Schlüsseldaten aller Teilnehmer, "
        "Restverteilung, Kontrollsummen und Umsatzsteuer.",
        SMALL_QUIET,
    )


def draw_own_shares(sheet: Sheet, content: MemberStatementContent) -> None:
    """The member's own weight and part per position, as fraction and percent."""
    columns = (
        text_column("Position"),
        text_column("Schlüssel"),
        figure_column("Gesamt\u00a0€"),
        figure_column("Ihr Gewicht / Summe"),
        figure_column("Anteil"),
        figure_column("Rest"),
        Column("+1\u00a0ct", Align.CENTRE),
        figure_column("Ihr Betrag\u00a0€"),
    )
    rows = [_own_share_row(share) for share in content.shares]
    total = content.allocation.positions.total
    sum_row = Row(("Summe netto", "", amount(total.net), "", "", "", "", amount(content.net)), RowKind.TOTAL)
    draw_table_section(sheet, "Ihr Anteil im Einzelnen", Table(columns, (*rows, sum_row)))


def _own_share_row(share: MemberShareLine) -> Row:
    weights = NOTHING
    if share.weight is not None and share.total_weight is not None:
        weights = fraction(share.weight, share.total_weight)
    cells = (
        f"{share.code}  {share.title}",
        share.key,
        amount(share.total),
        weights,
        NOTHING if share.part is None else percent(share.part),
        NOTHING if share.remainder is None else count(share.remainder),
        "ja" if share.has_extra_cent else "",
        amount(share.amount),
    )
    return Row(cells)
