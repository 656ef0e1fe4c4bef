"""Panels that stand out of the text: letterhead, title, strips of facts, notices, signatures and the ending."""

from collections.abc import Sequence

from reportlab.lib.units import mm

from procurement.documents.contents import AnnexFile, ClosingNotes, DocumentIdentity, SignOff
from procurement.documents.notation import moment
from procurement.documents.pairs import Pair, draw_pairs_section
from procurement.documents.sheet import Sheet
from procurement.documents.typesetting import (
    ACCENT,
    ALERT,
    ALERT_PALE,
    BODY,
    BODY_BOLD,
    FIGURE,
    PALE,
    QUIET_BODY,
    SMALL,
    SMALL_QUIET,
    SUBTITLE,
    TITLE,
    Style,
    fold,
)

ISSUER = Style(BODY_BOLD.font, 12.0, 15.0, ACCENT)
PANEL_SPACE = 7.0
SIGNATURE_HEIGHT = 78.0

Fact = tuple[str, str]


def draw_letterhead(sheet: Sheet) -> None:
    """The issuer on top of the first page: name at the left, address and ways to reach it at the right."""
    letterhead = sheet.imprint.letterhead
    top = sheet.page.size[1] - 15 * mm
    half = sheet.width * 0.58
    y = top
    for line in fold(letterhead.name, ISSUER, half):
        sheet.text(sheet.left, y - ISSUER.size, line, ISSUER)
        y -= ISSUER.leading
    reach = (letterhead.representative, letterhead.phone, letterhead.email, letterhead.website)
    right_y = top
    for text in (*letterhead.address_lines, *(way for way in reach if way)):
        for line in fold(text, SMALL_QUIET, sheet.width - half - 12):
            sheet.right_text(sheet.right, right_y - SMALL_QUIET.size, line, SMALL_QUIET)
            right_y -= SMALL_QUIET.leading
    sheet.y = min(y, right_y) - 6
    sheet.rule(sheet.y, 1.4, ACCENT)
    sheet.skip(12)


def draw_title(sheet: Sheet, title: str, subtitle: str) -> None:
    """The title of the document and what it is about."""
    sheet.paragraph(title, TITLE, after=1)
    sheet.paragraph(subtitle, SUBTITLE, after=8)


def identity_facts(identity: DocumentIdentity) -> list[Fact]:
    """Number, version, status and time of issue, as a strip of facts."""
    return [
        ("Nummer", identity.number),
        ("Version", str(identity.version)),
        ("Status", identity.status.label),
        ("Ausgestellt", moment(identity.issued_at)),
    ]


def draw_facts(sheet: Sheet, facts: Sequence[Fact], style: Style = BODY_BOLD) -> None:
    """A pale strip of cells side by side, a quiet label above each value."""
    width = sheet.width / len(facts)
    labels = [fold(label, SMALL_QUIET, width - 2 * PANEL_SPACE) for label, _ in facts]
    values = [fold(value, style, width - 2 * PANEL_SPACE) for _, value in facts]
    label_height = max(len(lines) for lines in labels) * SMALL_QUIET.leading
    height = label_height + max(len(lines) for lines in values) * style.leading + 2 * PANEL_SPACE
    sheet.ensure(height + 8)
    sheet.fill(sheet.left, sheet.y - height, sheet.width, height, PALE)
    for index, (label, value) in enumerate(zip(labels, values, strict=True)):
        x = sheet.left + index * width + PANEL_SPACE
        sheet.lines(x, sheet.y - PANEL_SPACE, label, SMALL_QUIET)
        sheet.lines(x, sheet.y - PANEL_SPACE - label_height, value, style)
    sheet.skip(height + 8)


def draw_result(sheet: Sheet, facts: Sequence[Fact]) -> None:
    """The figures everybody looks for first, large."""
    draw_facts(sheet, facts, FIGURE)


def draw_notice(sheet: Sheet, text: str) -> None:
    """A warning in a box; the sign says so without colour."""
    lines = fold(text, BODY, sheet.width - 34)
    sheet.ensure(min(len(lines), 8) * BODY.leading + 2 * PANEL_SPACE)
    while lines:
        fitting = max(1, int((sheet.room - 2 * PANEL_SPACE) / BODY.leading))
        shown, lines = lines[:fitting], lines[fitting:]
        height = len(shown) * BODY.leading + 2 * PANEL_SPACE - 2
        sheet.fill(sheet.left, sheet.y - height, sheet.width, height, ALERT_PALE)
        sheet.fill(sheet.left, sheet.y - height, 2.5, height, ALERT)
        sheet.text(sheet.left + 10, sheet.y - PANEL_SPACE - BODY.size, "⚠", Style(BODY_BOLD.font, 11, 12.5, ALERT))
        sheet.lines(sheet.left + 27, sheet.y - PANEL_SPACE, shown, BODY)
        sheet.skip(height + 6)
        if lines:
            sheet.break_page()


def draw_signatures(sheet: Sheet, steps: Sequence[tuple[str, SignOff | None]]) -> None:
    """Who answers for the figures, side by side and never torn apart; a missing step is named as open."""
    gap = 12.0
    width = (sheet.width - gap * (len(steps) - 1)) / len(steps)
    blocks = [_signature_lines(step, sign_off, width) for step, sign_off in steps]
    height = max(sum(style.leading for _, style in block) for block in blocks) + 2 * PANEL_SPACE
    sheet.ensure(max(height, SIGNATURE_HEIGHT))
    for index, block in enumerate(blocks):
        x = sheet.left + index * (width + gap)
        sheet.line(x, x + width, sheet.y, 0.8, ACCENT)
        y = sheet.y - PANEL_SPACE
        for line, style in block:
            sheet.text(x, y - style.size, line, style)
            y -= style.leading
    sheet.skip(height + 4)


def _signature_lines(step: str, sign_off: SignOff | None, width: float) -> list[tuple[str, Style]]:
    texts = [(step, SMALL_QUIET)]
    if sign_off is None:
        texts.append(("noch offen", QUIET_BODY))
    else:
        texts += [(sign_off.name, BODY_BOLD), (sign_off.function, SMALL), (moment(sign_off.at), SMALL)]
    return [(line, style) for text, style in texts if text for line in fold(text, style, width)]


def verification_pairs(identity: DocumentIdentity) -> list[Pair]:
    """What a second person needs to recompute the figures and to compare the file."""
    return [
        ("Rechenlauf", identity.run_id),
        ("Programmversion", identity.program_version),
        ("SHA-256 der Eingabe", identity.input_hash),
        ("SHA-256 dieser Datei", "steht im Prüfpfad; eine Datei kann ihre eigene Prüfsumme nicht enthalten."),
    ]


def draw_ending(sheet: Sheet, closing: ClosingNotes) -> None:
    """The last section of every document: verification, annexes, retention and contact."""
    pairs = [
        *verification_pairs(sheet.imprint.identity),
        ("Anlagen", "\n".join(_annex_lines(annex) for annex in closing.annexes)),
        ("Aufbewahrung", closing.retention),
        ("Auskunft", closing.contact),
    ]
    draw_pairs_section(sheet, "Nachprüfbarkeit und Auskunft", pairs)


def _annex_lines(annex: AnnexFile) -> str:
    named = f"{annex.name}: {annex.description}"
    return f"{named}, SHA-256\n{annex.sha256}" if annex.sha256 else named
