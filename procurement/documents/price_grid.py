"""The big table of a price comparison: positions x bidders, two lines a row, cut into groups of bidders side by side.

Drawn by hand on the canvas because it may hold 5,000 positions of 20 bidders. Every position is formatted and folded
once per lot, figures are set by :mod:`procurement.documents.quick_type`; time and memory grow with the number of
prices. The columns of a bidder are as wide as its longest figures, so nothing ever runs into its neighbour.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reportlab.lib.colors import Color

from procurement.documents.contents_price_comparison import BidderTotal, LotComparison, OfferedPrice, PositionPrices
from procurement.documents.fonts import BOLD, legible
from procurement.documents.notation import NOTHING, amount, deviation, quantity, unit_price
from procurement.documents.sheet import Sheet
from procurement.documents.typesetting import ACCENT, ALERT, INK, PALE, QUIET, Style, fold, width_of

Drawn = Callable[[int], None]
"""Is told how many prices were drawn since it was told last."""

LOWEST = "▼"
MISSING = "fehlt"

FIGURE = Style(size=7.0, leading=8.6)
FIGURE_BOLD = Style(BOLD, 7.0, 8.6)
SIDE_FIGURE = Style(size=6.0, leading=8.0, colour=QUIET)
GRID_HEADING = Style(BOLD, 7.0, 8.6, ACCENT)
SUBHEAD = Style(size=6.0, leading=8.0, colour=ACCENT)
MARK = Style(size=5.5, leading=8.6, colour=INK)
ALARM = Style(BOLD, 7.0, 8.6, ALERT)

NUMBER_WIDTH = 36.0
QUANTITY_WIDTH = 58.0
REFERENCE_WIDTH = 58.0
LEAST_TITLE_WIDTH = 112.0
WIDEST_BIDDER = 150.0
GAP = 6.0
MARK_WIDTH = 8.0
ROW_SPACE = 4.5
KEPT_ROWS = 3


@dataclass(frozen=True, slots=True)
class PriceCell:
    """The four figures of one price as text; a missing price has no unit price."""

    unit_price: str
    total: str
    from_mean: str
    from_estimate: str
    is_lowest: bool


@dataclass(frozen=True, slots=True)
class GridRow:
    """A position as text, number and title in lines; ``cells`` follow the bidders."""

    number: Sequence[str]
    title: Sequence[str]
    height: float
    quantity: str
    unit: str
    estimate: str
    mean: str
    cells: tuple[PriceCell, ...]


@dataclass(frozen=True, slots=True)
class Measures:
    """Widths in points: a bidder's two columns, the title, and how many bidders stand side by side."""

    unit_price: float
    total: float
    bidder: float
    title: float
    bidders: int


def draw_grid(sheet: Sheet, lot: LotComparison, drawn: Drawn) -> None:
    """All positions of a lot for one group of bidders after the other, each group with its totals."""
    cells = [tuple(_cell(price) for price in position.prices) for position in lot.positions]
    measures = _measured(sheet, lot, cells)
    rows = [_row(*parts, measures.title - GAP) for parts in zip(lot.positions, cells, strict=True)]
    for first in range(0, len(lot.bidders), measures.bidders):
        group = range(first, min(first + measures.bidders, len(lot.bidders)))
        _Group(sheet, lot, measures, group).draw(rows, drawn)


def _row(position: PositionPrices, cells: tuple[PriceCell, ...], title_width: float) -> GridRow:
    number, title = fold(position.number, FIGURE, NUMBER_WIDTH - 4), fold(position.title, FIGURE, title_width)
    return GridRow(
        number=number,
        title=title,
        height=max(2, len(title), len(number)) * FIGURE.leading + ROW_SPACE,
        quantity=quantity(position.quantity),
        unit=fold(legible(position.unit), SIDE_FIGURE, QUANTITY_WIDTH)[0],
        estimate=NOTHING if position.estimate is None else unit_price(position.estimate),
        mean=NOTHING if position.mean is None else unit_price(position.mean),
        cells=cells,
    )


def _cell(price: OfferedPrice | None) -> PriceCell:
    if price is None:
        return PriceCell("", MISSING, "", "", is_lowest=False)
    return PriceCell(
        unit_price(price.unit_price),
        amount(price.total),
        deviation(price.from_mean),
        deviation(price.from_estimate),
        price.is_lowest,
    )


def _measured(sheet: Sheet, lot: LotComparison, rows: Sequence[tuple[PriceCell, ...]]) -> Measures:
    """Columns wide enough for the longest figures; bidders spread evenly over as few groups as possible."""
    cells = [cell for row in rows for cell in row]
    totals = [amount(bidder.total) for bidder in lot.bidders if bidder.total is not None]
    price_width = MARK_WIDTH + _widest([cell.unit_price for cell in cells], [cell.from_mean for cell in cells])
    total_width = _widest([*(cell.total for cell in cells), *totals], [cell.from_estimate for cell in cells])
    least = price_width + total_width + 2 * GAP
    room = sheet.width - NUMBER_WIDTH - QUANTITY_WIDTH - REFERENCE_WIDTH - LEAST_TITLE_WIDTH
    fitting = max(1, int(room // least))
    groups = -(-len(lot.bidders) // fitting)
    beside = -(-len(lot.bidders) // groups) if groups else 1
    bidder = min(room / beside, max(least, WIDEST_BIDDER))
    spare = max(0.0, bidder - least)
    title = LEAST_TITLE_WIDTH + max(0.0, room - bidder * beside)
    return Measures(price_width + spare / 2, total_width + spare / 2, max(bidder, least), title, beside)


def _widest(figures: Sequence[str], side_figures: Sequence[str]) -> float:
    """Width of the longest figures, taken as if they were all digits, which are the widest characters in them."""
    longest = max((len(figure) for figure in figures), default=0)
    longest_side = max((len(figure) for figure in side_figures), default=0)
    return max(width_of("0" * longest, FIGURE_BOLD), width_of("0" * longest_side, SIDE_FIGURE)) + 1


class _Group:
    """One group of bidders of a lot on its way onto the sheet."""

    def __init__(self, sheet: Sheet, lot: LotComparison, measures: Measures, group: range) -> None:
        self.sheet, self.lot, self.measures, self.group = sheet, lot, measures, group
        self.bidders = [lot.bidders[index] for index in group]
        self.title_left = sheet.left + NUMBER_WIDTH
        self.quantity_right = self.title_left + measures.title + QUANTITY_WIDTH - GAP
        self.reference_right = self.quantity_right + REFERENCE_WIDTH
        self.bidders_left = self.reference_right + GAP
        self.right = self.bidders_left + measures.bidder * len(self.bidders)
        self.names = [fold(bidder.name, GRID_HEADING, measures.bidder - 2 * GAP) for bidder in self.bidders]
        self.name_lines = max(len(name) for name in self.names)
        self.header_height = self.name_lines * GRID_HEADING.leading + 3 * SUBHEAD.leading + 10
        self.figure, self.bold, self.side = sheet.quick(FIGURE), sheet.quick(FIGURE_BOLD), sheet.quick(SIDE_FIGURE)
        self.hairlines: list[float] = []

    def draw(self, rows: Sequence[GridRow], drawn: Drawn) -> None:
        first, last, count = self.group.start + 1, self.group.stop, len(self.lot.bidders)
        caption = f"Los {self.lot.number} {self.lot.title}: Bieter {first} bis {last} von {count}"
        least = self.header_height + KEPT_ROWS * (2 * FIGURE.leading + ROW_SPACE)
        self.sheet.subheading(caption, kept=least)
        self._draw_header()
        for index, row in enumerate(rows):
            kept = row.height if index < len(rows) - 1 else row.height + self._totals_height()
            if self.sheet.room < min(kept, self.sheet.height - self.header_height):
                on_page = len(self.hairlines)
                self._draw_hairlines()
                self.sheet.break_page()
                self._draw_header()
                drawn(len(self.bidders) * on_page)
            self._draw_row(row)
            self.sheet.skip(row.height)
            self.hairlines.append(self.sheet.y)
        drawn(len(self.bidders) * len(self.hairlines))
        self._draw_hairlines()
        self._draw_totals()

    def _draw_hairlines(self) -> None:
        self.sheet.hairlines(self.sheet.left, self.right, self.hairlines)
        self.hairlines = []

    def _rule(self, weight: float, colour: Color) -> None:
        self.sheet.line(self.sheet.left, self.right, self.sheet.y, weight, colour)

    def _left_of(self, place: int) -> float:
        return self.bidders_left + place * self.measures.bidder

    def _ends_of(self, place: int) -> tuple[float, float]:
        """The right ends of a bidder's column of unit prices and of its column of totals."""
        unit_end = self._left_of(place) + GAP + self.measures.unit_price
        return unit_end, unit_end + GAP + self.measures.total - 2

    def _draw_header(self) -> None:
        sheet, height = self.sheet, self.header_height
        sheet.fill(sheet.left, sheet.y - height, self.right - sheet.left, height, PALE)
        base = sheet.y - height + 5
        second, third = base + SUBHEAD.leading, base
        sheet.text(sheet.left + 2, second, "Pos.", GRID_HEADING)
        sheet.text(self.title_left, second, "Bezeichnung", GRID_HEADING)
        for right, upper, lower in (
            (self.quantity_right, "Menge", "Einheit"),
            (self.reference_right, "Schätzung €", "Mittel €"),
        ):
            sheet.right_text(right, second, upper, GRID_HEADING)
            sheet.right_text(right, third, lower, SUBHEAD)
        for place, name in enumerate(self.names):
            self._draw_bidder_heading(place, name, second)
        sheet.skip(height)
        sheet.line(sheet.left, self.right, sheet.y, 0.8, ACCENT)

    def _draw_bidder_heading(self, place: int, name: Sequence[str], second: float) -> None:
        left, (unit_end, total_end) = self._left_of(place) + GAP, self._ends_of(place)
        y = self.sheet.y - 3 - GRID_HEADING.size
        for line in name:
            self.sheet.text(left, y, line, GRID_HEADING)
            y -= GRID_HEADING.leading
        standing = _standing(self.bidders[place])
        self.sheet.text(left, second + SUBHEAD.leading + 1, standing, SUBHEAD)
        self.sheet.right_text(unit_end, second, "Einzelpreis", SUBHEAD)
        self.sheet.right_text(total_end, second, "Gesamt", SUBHEAD)
        self.sheet.right_text(unit_end, second - SUBHEAD.leading, "zu Mittel", SUBHEAD)
        self.sheet.right_text(total_end, second - SUBHEAD.leading, "zu Schätzung", SUBHEAD)

    def _draw_row(self, row: GridRow) -> None:
        sheet = self.sheet
        first = sheet.y - ROW_SPACE / 2 - FIGURE.size
        second = first - FIGURE.leading
        for x, lines in ((sheet.left + 2, row.number), (self.title_left, row.title)):
            y = first
            for line in lines:
                sheet.text(x, y, line, FIGURE)
                y -= FIGURE.leading
        sheet.quick_right_text(self.quantity_right, first, row.quantity, self.figure)
        sheet.quick_right_text(self.quantity_right, second, row.unit, self.side)
        sheet.quick_right_text(self.reference_right, first, row.estimate, self.figure)
        sheet.quick_right_text(self.reference_right, second, row.mean, self.side)
        for place, index in enumerate(self.group):
            self._draw_cell(place, row.cells[index], first, second)

    def _draw_cell(self, place: int, cell: PriceCell, first: float, second: float) -> None:
        sheet, (unit_end, total_end) = self.sheet, self._ends_of(place)
        if not cell.unit_price:
            sheet.right_text(total_end, first, cell.total, ALARM)
            return
        quick = self.bold if cell.is_lowest else self.figure
        if cell.is_lowest:
            self._draw_mark(unit_end, first, cell.unit_price)
        sheet.quick_right_text(unit_end, first, cell.unit_price, quick)
        sheet.quick_right_text(total_end, first, cell.total, quick)
        sheet.quick_right_text(unit_end, second, cell.from_mean, self.side)
        sheet.quick_right_text(total_end, second, cell.from_estimate, self.side)

    def _draw_mark(self, end: float, y: float, figure: str) -> None:
        """The sign of the lowest price, right before the figure that ends at ``end``."""
        self.sheet.text(end - width_of(figure, FIGURE_BOLD) - MARK_WIDTH, y, LOWEST, MARK)

    def _totals_height(self) -> float:
        return 2 * FIGURE.leading + ROW_SPACE + 4

    def _draw_totals(self) -> None:
        """The lot total of each complete bid; an incomplete one has none, whatever its prices add up to."""
        self._rule(0.8, INK)
        first = self.sheet.y - ROW_SPACE / 2 - FIGURE.size - 1
        self.sheet.text(self.title_left, first, "Angebotssumme netto €", FIGURE_BOLD)
        for place, bidder in enumerate(self.bidders):
            unit_end, total_end = self._ends_of(place)
            if bidder.total is None:
                self.sheet.right_text(total_end, first, "unvollständig", ALARM)
                continue
            if bidder.is_lowest:
                self._draw_mark(total_end, first, amount(bidder.total))
            self.sheet.right_text(total_end, first, amount(bidder.total), FIGURE_BOLD)
            second = first - FIGURE.leading
            self.sheet.right_text(unit_end, second, deviation(bidder.from_mean), SIDE_FIGURE)
            self.sheet.right_text(total_end, second, deviation(bidder.from_estimate), SIDE_FIGURE)
        self.sheet.skip(self._totals_height())
        self._rule(0.8, INK)
        self.sheet.skip(10)


def _standing(bidder: BidderTotal) -> str:
    if bidder.total is None:
        return "unvollständig"
    return "ohne Rang" if bidder.rank is None else f"Rang {bidder.rank}"
