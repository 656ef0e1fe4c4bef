"""Lists of labels and values, as at the head of every official document."""

from collections.abc import Sequence

from reportlab.lib.units import mm

from procurement.documents.sheet import Sheet
from procurement.documents.typesetting import BODY, QUIET_BODY, fold

LABEL_WIDTH = 44 * mm
LABEL_GAP = 8.0
PAIR_GAP = 1.5
END_GAP = 3.0
LARGEST_KEPT_WHOLE = 0.4
KEPT_LINES = 4

Pair = tuple[str, str]


def draw_pairs(sheet: Sheet, pairs: Sequence[Pair]) -> None:
    """Labels on the left, values on the right; a pair without a value is left out."""
    for label, value in pairs:
        if value:
            _draw_pair(sheet, *_folded(sheet, label, value))
    sheet.skip(END_GAP)


def draw_pairs_section(sheet: Sheet, title: str, pairs: Sequence[Pair]) -> None:
    """A numbered section of pairs, moved to the next page as a whole rather than torn apart, unless it is long."""
    sheet.section(title, kept=kept_height(sheet, pairs))
    draw_pairs(sheet, pairs)


def kept_height(sheet: Sheet, pairs: Sequence[Pair]) -> float:
    """How much of the pairs should stand below their heading: all, or the first lines of a long list."""
    folded = [_folded(sheet, label, value) for label, value in pairs if value]
    whole = sum(max(map(len, pair)) * BODY.leading + PAIR_GAP for pair in folded)
    return whole if whole <= LARGEST_KEPT_WHOLE * sheet.height else KEPT_LINES * BODY.leading


def _folded(sheet: Sheet, label: str, value: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return fold(label, QUIET_BODY, LABEL_WIDTH - LABEL_GAP), fold(value, BODY, sheet.width - LABEL_WIDTH)


def _draw_pair(sheet: Sheet, labels: Sequence[str], values: Sequence[str]) -> None:
    sheet.ensure(max(min(len(values), KEPT_LINES), len(labels)) * BODY.leading)
    page, end_of_label = sheet.page_number, sheet.lines(sheet.left, sheet.y, labels, QUIET_BODY)
    for line in values:
        sheet.ensure(BODY.leading)
        sheet.y = sheet.lines(sheet.left + LABEL_WIDTH, sheet.y, [line], BODY)
    if sheet.page_number == page:
        sheet.y = min(sheet.y, end_of_label)
    sheet.skip(PAIR_GAP)
