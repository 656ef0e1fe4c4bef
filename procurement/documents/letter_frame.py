"""The top of every letter: window address, block of references, fold marks (DIN 5008 form B)."""

from collections.abc import Sequence

from reportlab.lib.units import mm

from procurement.documents.pairs import Pair
from procurement.documents.panels import draw_letterhead
from procurement.documents.sheet import Sheet
from procurement.documents.typesetting import BODY, HAIRLINE, TINY_QUIET, Style, fold

ADDRESS = Style(size=10.0, leading=13.0)
ADDRESS_WIDTH = 80 * mm
ADDRESS_TOP = 62.7 * mm
INFORMATION_LEFT = 122 * mm
INFORMATION_TOP = 50 * mm
TEXT_TOP = 103.5 * mm
FOLD_MARKS = (105 * mm, 148.5 * mm, 210 * mm)


def draw_letter_frame(sheet: Sheet, recipient: Sequence[str], references: Sequence[Pair]) -> None:
    """Letterhead, address for a window envelope, and at the right what a clerk files a letter by.

    Leaves the cursor where the text begins; a reference without a value is left out.
    """
    draw_letterhead(sheet)
    below_letterhead = sheet.y
    top = sheet.page.size[1]
    address_end = _draw_address(sheet, recipient, min(top - ADDRESS_TOP, below_letterhead - 14))
    information_end = _draw_references(sheet, references, min(top - INFORMATION_TOP, below_letterhead))
    for mark in FOLD_MARKS:
        sheet.line(5 * mm, 9 * mm, top - mark, 0.3, HAIRLINE)
    sheet.y = min(top - TEXT_TOP, address_end - 10, information_end - 10)


def _draw_address(sheet: Sheet, recipient: Sequence[str], top: float) -> float:
    letterhead = sheet.imprint.letterhead
    sender = " · ".join((letterhead.short_name, *letterhead.address_lines))
    y = top + 4
    for line in reversed(fold(sender, TINY_QUIET, ADDRESS_WIDTH)):
        sheet.text(sheet.left, y, line, TINY_QUIET)
        y += TINY_QUIET.leading
    y = top - 2
    for text in recipient:
        for line in fold(text, ADDRESS, ADDRESS_WIDTH):
            sheet.text(sheet.left, y - ADDRESS.size, line, ADDRESS)
            y -= ADDRESS.leading
    return y


def _draw_references(sheet: Sheet, references: Sequence[Pair], top: float) -> float:
    width = sheet.right - INFORMATION_LEFT
    y = top
    for label, value in references:
        if value:
            sheet.text(INFORMATION_LEFT, y - TINY_QUIET.size, label, TINY_QUIET)
            y -= TINY_QUIET.leading
            for line in fold(value, BODY, width):
                sheet.text(INFORMATION_LEFT, y - BODY.size, line)
                y -= BODY.leading - 1
            y -= 2
    return y
