"""The price comparison (Preisspiegel), landscape: per lot the totals and warnings first, then every position."""

from collections.abc import Callable

from procurement.documents.contents_price_comparison import (
    ArithmeticDifference,
    BidderTotal,
    LotComparison,
    PriceComparisonContent,
)
from procurement.documents.kinds import DocumentKind
from procurement.documents.notation import NOTHING, amount, count, deviation, difference, euro, moment, percent
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
from procurement.documents.price_grid import LOWEST, Drawn, draw_grid
from procurement.documents.sheet import LANDSCAPE, Imprint, Sheet
from procurement.documents.tables import (
    Row,
    RowKind,
    Table,
    draw_table,
    figure_column,
    kept_height,
    text_column,
)
from procurement.documents.typesetting import BODY, SMALL_QUIET

LEGEND = (
    f"{LOWEST} und fette Schrift: niedrigster Preis der Position. "
    "Obere Zeile: Einzelpreis und Gesamtpreis netto in Euro. "
    "Untere Zeile: Abweichung des Einzelpreises vom Mittel der Angebote und von der Schätzung. "
    "Ein Angebot mit fehlenden Preisen wird nicht mit der Summe seiner übrigen Preise gewertet."
)


Told = Callable[[int, int], None]


def unheard(_done: int, _total: int) -> None:
    """For who does not want to know how far the drawing is."""


def draw_price_comparison(content: PriceComparisonContent, told: Told = unheard) -> bytes:
    """The price comparison of a tender as a PDF file; equal content gives equal bytes.

    ``told`` hears, page by page, how many of all prices are drawn.
    """
    kind = DocumentKind.PRICE_COMPARISON.label
    sheet = Sheet(Imprint(kind, content.tender_title, content.letterhead, content.identity), LANDSCAPE)
    draw_letterhead(sheet)
    draw_title(sheet, kind, content.tender_title)
    draw_facts(sheet, identity_facts(content.identity))
    draw_pairs(
        sheet,
        [
            ("Vergabe", content.tender_number),
            ("Aktenzeichen", content.file_number),
            ("Angebotsöffnung", moment(content.opened_at) if content.opened_at else ""),
        ],
    )
    for note in content.notes:
        sheet.paragraph(note, BODY, after=3)
    progress = _Progress(told, prices_in(content))
    for lot in content.lots:
        _draw_lot(sheet, lot, progress.add)
    if content.prepared:
        sheet.section("Aufstellung")
        draw_signatures(sheet, [("Aufgestellt", content.prepared)])
    draw_ending(sheet, content.closing)
    return sheet.save()


def prices_in(content: PriceComparisonContent) -> int:
    """How many places for a price the document has."""
    return sum(len(lot.positions) * len(lot.bidders) for lot in content.lots)


class _Progress:
    def __init__(self, told: Told, total: int) -> None:
        self.told, self.total, self.done = told, total, 0

    def add(self, prices: int) -> None:
        self.done += prices
        self.told(self.done, self.total)


def _draw_lot(sheet: Sheet, lot: LotComparison, drawn: Drawn) -> None:
    table = _totals_table(lot)
    sheet.section(f"Los {lot.number}: {lot.title}", kept=kept_height(sheet, table) + 50)
    draw_facts(
        sheet,
        [
            ("Positionen", count(len(lot.positions))),
            ("Angebote", count(len(lot.bidders))),
            ("Schätzung netto", NOTHING if lot.estimate is None else euro(lot.estimate)),
            ("Mittel der vollständigen Angebote", NOTHING if lot.mean is None else euro(lot.mean)),
        ],
    )
    if not lot.bidders:
        sheet.paragraph("Zu diesem Los ist kein Angebot eingegangen.")
        return
    draw_table(sheet, table)
    for bidder in lot.bidders:
        if bidder.warning:
            draw_notice(sheet, f"{bidder.name}: {bidder.warning}")
    _draw_differences(sheet, lot)
    _draw_price_lines(sheet, lot)
    sheet.paragraph(LEGEND, SMALL_QUIET)
    draw_grid(sheet, lot, drawn)


def _totals_table(lot: LotComparison) -> Table:
    columns = (
        figure_column("Rang"),
        text_column("Bieter"),
        figure_column("Angebotssumme netto\u00a0€", is_strong=True),
        figure_column("zu Mittel"),
        figure_column("zu Schätzung"),
        figure_column("Abstand zum nächsten"),
        figure_column("fehlende Preise"),
        figure_column("Teilsumme\u00a0€, nicht gewertet"),
        text_column("Bemerkung"),
    )
    return Table(columns, tuple(_totals_row(bidder) for bidder in lot.bidders), lead=2)


def _totals_row(bidder: BidderTotal) -> Row:
    total = "unvollständig" if bidder.total is None else amount(bidder.total)
    cells = (
        NOTHING if bidder.rank is None else str(bidder.rank),
        bidder.name,
        f"{LOWEST} {total}" if bidder.is_lowest else total,
        deviation(bidder.from_mean),
        deviation(bidder.from_estimate),
        NOTHING if bidder.gap_to_next is None else percent(bidder.gap_to_next, 1),
        count(bidder.missing_prices) if bidder.missing_prices else NOTHING,
        NOTHING if bidder.partial_sum is None else amount(bidder.partial_sum),
        bidder.remark,
    )
    return Row(cells, RowKind.OWN if bidder.is_lowest else RowKind.BODY)


def _draw_differences(sheet: Sheet, lot: LotComparison) -> None:
    if not lot.differences:
        return
    columns = (
        text_column("Position"),
        text_column("Bieter"),
        figure_column("geschrieben\u00a0€"),
        figure_column("gerechnet\u00a0€"),
        figure_column("Differenz\u00a0€"),
    )
    table = Table(columns, tuple(_difference_row(each) for each in lot.differences))
    sheet.subheading("Rechenprüfung: Menge × Einzelpreis weicht vom geschriebenen Gesamtpreis ab", kept=60)
    draw_table(sheet, table)


def _difference_row(found: ArithmeticDifference) -> Row:
    figures = (amount(found.written), amount(found.computed), difference(found.difference))
    return Row((found.position, found.bidder, *figures))


def _draw_price_lines(sheet: Sheet, lot: LotComparison) -> None:
    """The evaluation price of each bidder line by line, where more than the positions counts."""
    if not lot.price_lines:
        return
    columns = (
        text_column("Bieter"),
        text_column("Bestandteil"),
        text_column("So gerechnet"),
        figure_column("Betrag netto\u00a0€"),
    )
    rows = tuple(
        Row((one.bidder, one.title, one.how, one.amount), RowKind.TOTAL if one.is_total else RowKind.BODY)
        for one in lot.price_lines
    )
    sheet.subheading("Wertungspreis: jede Zeile ist genau, gerundet wird nur die Summe", kept=60)
    draw_table(sheet, Table(columns, rows))
