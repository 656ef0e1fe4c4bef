"""Tables drawn row by row: figures aligned at the right, header repeated on each page, the sum never alone on a page.

Columns of figures get the width their longest figure needs, texts share the rest and are folded. What does not fit even
in the smallest type is cut into parts side by side, each with the leading columns; nothing is ever clipped or overlaid.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from procurement.documents.fonts import BOLD, REGULAR, legible
from procurement.documents.sheet import Sheet
from procurement.documents.typesetting import (
    ACCENT,
    HAIRLINE,
    INK,
    PALE,
    SMALL_QUIET,
    Style,
    fold,
    longest_part,
    longest_word,
    width_of,
)

SIZES = (8.5, 8.0, 7.5, 7.0, 6.5)
SIZE_IN_PARTS = 7.5
MEASURED_SIZE = 10.0
LEADING = 1.3
PADDING = 3.5
ROW_SPACE = 5.0
WIDEST_PART = 130.0
WIDEST_HEADING = 100.0
LARGEST_KEPT_WHOLE = 0.5
KEPT_ROWS = 3


class Align(Enum):
    """Where the text of a column stands."""

    LEFT = auto()
    RIGHT = auto()
    CENTRE = auto()


class RowKind(Enum):
    """How a row is marked: ordinary, the reader's own, or a sum."""

    BODY = auto()
    OWN = auto()
    TOTAL = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """Heading of a column and the side its cells stand on; the one column people look for may be strong."""

    title: str
    align: Align = Align.LEFT
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """The texts of one row, one per column; a line break in a text is kept."""

    cells: tuple[str, ...]
    kind: RowKind = RowKind.BODY


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows; the first ``lead`` columns are repeated where a table is too wide for the page."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    lead: int = 1


@dataclass(frozen=True, slots=True)
class Part:
    """The columns of a table that are drawn side by side, with their widths and the size of the type."""

    indexes: tuple[int, ...]
    widths: tuple[float, ...]
    size: float


@dataclass(frozen=True, slots=True)
class Measure:
    """The least and the most width that is useful for a column, without padding, at the measured size."""

    least: float
    most: float


def text_column(title: str) -> Column:
    """A column of words."""
    return Column(title)


def figure_column(title: str, *, is_strong: bool = False) -> Column:
    """A column of figures."""
    return Column(title, Align.RIGHT, is_strong)


def kept_height(sheet: Sheet, table: Table) -> float:
    """How much of a table should stand below its heading: a small table whole, of a large one the first rows."""
    drawing = _Drawing(sheet, table, fitted(table, sheet.width)[0])
    whole = drawing.height()
    return whole if whole <= LARGEST_KEPT_WHOLE * sheet.height else drawing.height(KEPT_ROWS)


def draw_table(sheet: Sheet, table: Table) -> None:
    """Draw the whole table from the cursor on, over as many pages as it needs."""
    parts = fitted(table, sheet.width)
    for number, part in enumerate(parts, start=1):
        if len(parts) > 1:
            sheet.ensure(70)
            sheet.paragraph(f"Teil {number} von {len(parts)} der Spalten", SMALL_QUIET, after=2)
        _Drawing(sheet, table, part).draw()
        sheet.skip(8)


def draw_table_section(sheet: Sheet, title: str, table: Table) -> None:
    """A numbered section that begins with this table, kept together as far as the page allows."""
    sheet.section(title, kept=kept_height(sheet, table))
    draw_table(sheet, table)


def fitted(table: Table, width: float) -> list[Part]:
    """How the columns come onto paper of this width: the largest type that holds all, else several parts."""
    measures = [_measured(table, index) for index in range(len(table.columns))]
    for size in SIZES:
        if _least_width(measures, size) <= width:
            return [_part(range(len(measures)), measures, size, width)]
    leading = [Measure(min(measure.most, WIDEST_PART), measure.most) for measure in measures[: table.lead]]
    measures[: table.lead] = leading
    groups = _column_groups(measures, table.lead, width)
    return [_part(group, [measures[index] for index in group], SIZE_IN_PARTS, width) for group in groups]


def _measured(table: Table, index: int) -> Measure:
    column = table.columns[index]
    heading = min(longest_word(column.title, Style(BOLD, MEASURED_SIZE)), WIDEST_HEADING)
    full, pieces = 0.0, 0.0
    for row in table.rows:
        style = Style(BOLD if column.is_strong or row.kind is not RowKind.BODY else REGULAR, MEASURED_SIZE)
        for line in legible(row.cells[index]).split("\n"):
            full = max(full, width_of(line, style))
            if column.align is Align.LEFT:
                pieces = max(pieces, longest_part(line, style))
    if column.align is Align.LEFT:
        return Measure(max(heading, min(pieces, WIDEST_PART)), max(heading, full))
    return Measure(max(heading, full), max(heading, full))


def _least_width(measures: Sequence[Measure], size: float) -> float:
    return sum(measure.least for measure in measures) * size / MEASURED_SIZE + 2 * PADDING * len(measures)


def _part(indexes: Sequence[int], measures: Sequence[Measure], size: float, width: float) -> Part:
    """Give each column its least width, then what it can use, smallest wish first, and share out what is left."""
    scale = size / MEASURED_SIZE
    widths = [measure.least * scale + 2 * PADDING for measure in measures]
    spare = max(0.0, width - sum(widths))
    wishes = sorted((measure.most - measure.least) * scale for measure in measures)
    order = sorted(range(len(measures)), key=lambda index: measures[index].most - measures[index].least)
    for turn, (index, wish) in enumerate(zip(order, wishes, strict=True)):
        given = min(wish, spare / (len(order) - turn))
        widths[index] += given
        spare -= given
    return Part(tuple(indexes), tuple(each + spare / len(widths) for each in widths), size)


def _column_groups(measures: Sequence[Measure], lead: int, width: float) -> list[tuple[int, ...]]:
    """As few groups as possible, and these as even as possible, so that no sum stands alone beside the names."""
    fewest = _filled_groups(measures, lead, width)
    narrowed = (width * percent / 100 for percent in range(40, 100, 4))
    tried = (_filled_groups(measures, lead, each) for each in narrowed)
    return next((groups for groups in tried if len(groups) == len(fewest)), fewest)


def _filled_groups(measures: Sequence[Measure], lead: int, width: float) -> list[tuple[int, ...]]:
    leading = tuple(range(lead))
    groups: list[tuple[int, ...]] = []
    current = leading
    for index in range(lead, len(measures)):
        wider = (*current, index)
        if len(current) > lead and _least_width([measures[each] for each in wider], SIZE_IN_PARTS) > width:
            groups.append(current)
            wider = (*leading, index)
        current = wider
    return [*groups, current]


Lines = tuple[tuple[str, ...], ...]


class _Drawing:
    """One part of a table on its way onto the sheet."""

    def __init__(self, sheet: Sheet, table: Table, part: Part) -> None:
        self.sheet = sheet
        self.columns = [table.columns[index] for index in part.indexes]
        self.part = part
        self.leading = part.size * LEADING
        self.regular = Style(REGULAR, part.size, self.leading, INK)
        self.bold = Style(BOLD, part.size, self.leading, INK)
        self.heading = Style(BOLD, part.size - 0.5, self.leading, ACCENT)
        self.titles = self._folded([column.title for column in self.columns], [self.heading] * len(self.columns))
        self.rows = [(row.kind, self._folded_row(row)) for row in table.rows]

    def height(self, rows: int | None = None) -> float:
        """Height of the header and the first rows, by default all."""
        return self._height(self.titles) + sum(self._height(lines) for _, lines in self.rows[:rows])

    def draw(self) -> None:
        heights = [self._height(lines) for _, lines in self.rows]
        self.sheet.ensure(self._height(self.titles) + sum(heights[:KEPT_ROWS]))
        self._draw_header()
        last_free = len(self.rows) - KEPT_ROWS
        for index, (kind, lines) in enumerate(self.rows):
            kept = sum(heights[index:]) if index == last_free else heights[index]
            if self.sheet.room < min(kept, self._full_page()):
                self._continue_on_next_page()
            self._draw_in_slices(kind, lines)

    def _styles(self, kind: RowKind) -> list[Style]:
        is_bold = kind is not RowKind.BODY
        return [self.bold if is_bold or column.is_strong else self.regular for column in self.columns]

    def _folded_row(self, row: Row) -> Lines:
        return self._folded([row.cells[index] for index in self.part.indexes], self._styles(row.kind))

    def _folded(self, texts: Sequence[str], styles: Sequence[Style]) -> Lines:
        widths = (width - 2 * PADDING + 0.01 for width in self.part.widths)
        return tuple(fold(text, style, width) for text, style, width in zip(texts, styles, widths, strict=True))

    def _height(self, lines: Lines) -> float:
        return max(len(cell) for cell in lines) * self.leading + ROW_SPACE

    def _full_page(self) -> float:
        return self.sheet.height - self._height(self.titles)

    def _continue_on_next_page(self) -> None:
        self.sheet.break_page()
        self._draw_header()

    def _draw_header(self) -> None:
        height = self._height(self.titles)
        self.sheet.fill(self.sheet.left, self.sheet.y - height, self.sheet.width, height, PALE)
        most = max(len(cell) for cell in self.titles)
        padded = tuple(("",) * (most - len(cell)) + cell for cell in self.titles)
        self._draw_lines(padded, [self.heading] * len(self.columns))
        self.sheet.skip(height)
        self.sheet.rule(self.sheet.y, 0.8, ACCENT)

    def _draw_in_slices(self, kind: RowKind, lines: Lines) -> None:
        """A row taller than a page goes on at the next one; every other row is drawn in one."""
        for number, piece in enumerate(self._slices(lines)):
            if number:
                self._continue_on_next_page()
            self._draw_row(kind, piece)

    def _slices(self, lines: Lines) -> Iterator[Lines]:
        if self._height(lines) <= self.sheet.room:
            yield lines
            return
        fitting = max(1, int((self._full_page() - ROW_SPACE) / self.leading))
        for start in range(0, max(len(cell) for cell in lines), fitting):
            yield tuple(cell[start : start + fitting] or ("",) for cell in lines)

    def _draw_row(self, kind: RowKind, lines: Lines) -> None:
        sheet, height = self.sheet, self._height(lines)
        if kind is RowKind.OWN:
            sheet.fill(sheet.left, sheet.y - height, sheet.width, height, PALE)
            sheet.fill(sheet.left - 3, sheet.y - height, 3, height, ACCENT)
        if kind is RowKind.TOTAL:
            sheet.rule(sheet.y, 0.8, INK)
        self._draw_lines(lines, self._styles(kind))
        sheet.skip(height)
        sheet.rule(sheet.y, 0.8 if kind is RowKind.TOTAL else 0.3, INK if kind is RowKind.TOTAL else HAIRLINE)

    def _draw_lines(self, lines: Lines, styles: Sequence[Style]) -> None:
        x = self.sheet.left
        for column, width, cell, style in zip(self.columns, self.part.widths, lines, styles, strict=True):
            y = self.sheet.y - ROW_SPACE / 2 - style.size
            for line in cell:
                if column.align is Align.RIGHT:
                    self.sheet.right_text(x + width - PADDING, y, line, style)
                elif column.align is Align.CENTRE:
                    self.sheet.text(x + (width - width_of(line, style)) / 2, y, line, style)
                else:
                    self.sheet.text(x + PADDING, y, line, style)
                y -= style.leading
            x += width
