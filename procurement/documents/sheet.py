"""The paper: pages with running header and footer, a cursor that moves down, headings and paragraphs.

Everything is drawn straight on the canvas: one flowing table over a whole result would grow with the square of its
rows. Equal content gives equal bytes: fixed file ids, dates from the content, embedded fonts only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from threading import Lock

from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.textobject import PDFTextObject

from procurement.documents.contents import DocumentIdentity, DocumentStatus, Letterhead
from procurement.documents.fonts import legible, register_fonts, runs
from procurement.documents.held_canvas import HeldCanvas
from procurement.documents.notation import in_berlin, moment
from procurement.documents.quick_type import NotQuick, QuickType, add
from procurement.documents.typesetting import (
    BODY,
    HAIRLINE,
    HEADING,
    SMALL_QUIET,
    SUBHEADING,
    TINY_QUIET,
    WATERMARK,
    Style,
    fold,
    width_of,
)

KEPT_WITH_HEADING = 62.0
SECTION_GAP = 14.0
SUBHEADING_GAP = 6.0
SHORT_PARAGRAPH = 3

_saving = Lock()
"""ReportLab cuts font subsets with a read position shared by all documents; two threads must not save at once."""


@dataclass(frozen=True, slots=True)
class Page:
    """Size and margins in points."""

    size: tuple[float, float]
    left: float
    right: float
    top: float
    bottom: float


PORTRAIT = Page(A4, left=25 * mm, right=20 * mm, top=24 * mm, bottom=25 * mm)
LANDSCAPE = Page(landscape(A4), left=16 * mm, right=12 * mm, top=22 * mm, bottom=23 * mm)


@dataclass(frozen=True, slots=True)
class Imprint:
    """What all pages of one document repeat; ``kind`` is the German name of the document type."""

    kind: str
    title: str
    letterhead: Letterhead
    identity: DocumentIdentity
    addressee: str = ""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline: page number counted from 1, and height on that page."""

    title: str
    page: int
    height: float


class Sheet:
    """A document while it is drawn: ``y`` is the height of the cursor, measured from the lower edge of the page."""

    def __init__(self, imprint: Imprint, page: Page = PORTRAIT) -> None:
        register_fonts()
        self.imprint = imprint
        self.page = page
        self.left = page.left
        self.right = page.size[0] - page.right
        self.buffer = BytesIO()
        self.canvas = HeldCanvas(self.buffer, page.size, self.finish_page)
        self.page_number = 0
        self.sections = 0
        self.bookmarks: list[Bookmark] = []
        self.y = 0.0
        self._pen: PDFTextObject | None = None
        self._ink: Color | None = None
        self._face: tuple[str, float] | QuickType | None = None
        self._describe_file()
        self._begin_page()

    @property
    def width(self) -> float:
        """Width between the margins in points."""
        return self.right - self.left

    @property
    def room(self) -> float:
        """Height left on this page in points."""
        return self.y - self.page.bottom

    @property
    def height(self) -> float:
        """Height between the margins of an empty page in points."""
        return self.page.size[1] - self.page.top - self.page.bottom

    def _describe_file(self) -> None:
        imprint, identity = self.imprint, self.imprint.identity
        stamp = in_berlin(identity.issued_at).strftime("D:%Y%m%d%H%M%S%z")
        written = f"{stamp[:-2]}'{stamp[-2:]}'"
        self.canvas.setTitle(legible(f"{imprint.kind} {identity.number}: {imprint.title}"))
        self.canvas.setAuthor(legible(imprint.letterhead.name))
        self.canvas.setSubject(legible(f"{imprint.kind}, Version {identity.version}, {identity.status.label}"))
        self.canvas.setKeywords(legible(f"{identity.number}; {identity.run_id}; {identity.input_hash}"))
        self.canvas.setCreator(legible(f"Beschaffungsplattform {identity.program_version}".strip()))
        self.canvas.setDateFormatter(lambda *_: written)
        self.canvas.setViewerPreference("DisplayDocTitle", "true")

    def _begin_page(self) -> None:
        self.page_number += 1
        self.y = self.page.size[1] - self.page.top
        if self.imprint.identity.status is not DocumentStatus.FINAL:
            self._watermark(self.imprint.identity.status.label.upper())
        if self.page_number > 1:
            self._running_header()

    def _watermark(self, word: str) -> None:
        width, height = self.page.size
        self.canvas.saveState()
        self.canvas.translate(width / 2, height / 2)
        self.canvas.rotate(52 if height > width else 32)
        style = Style(size=104, colour=WATERMARK)
        self.text(-width_of(word, style) / 2, -36, word, style)
        self._drop_pen()
        self.canvas.restoreState()

    def _running_header(self) -> None:
        top = self.page.size[1] - 13 * mm
        issuer = legible(self.imprint.letterhead.short_name)
        parts = (self.imprint.kind, self.imprint.title, self.imprint.addressee)
        title = " · ".join(part for part in parts if part)
        lines = fold(title, SMALL_QUIET, self.width - width_of(issuer, SMALL_QUIET) - 12)
        shown = lines[0] if len(lines) == 1 else f"{lines[0]} …"
        self.text(self.left, top, shown, SMALL_QUIET)
        self.right_text(self.right, top, issuer, SMALL_QUIET)
        self.rule(top - 4)

    def finish_page(self, number: int, total: int) -> None:
        """Draw the footer and bind this page's bookmarks; called once per page when the document is saved."""
        identity = self.imprint.identity
        top = self.page.bottom - 7 * mm
        self.rule(top + 9)
        pages = f"Seite {number} von {total}"
        self.right_text(self.right, top, pages, SMALL_QUIET)
        issued = moment(identity.issued_at)
        told = f"{identity.number} · Version {identity.version} · {identity.status.label} · {issued}"
        proof = f"Lauf {identity.run_id} · Programm {identity.program_version} · Eingabe SHA-256 {identity.input_hash}"
        below = self.lines(self.left, top + SMALL_QUIET.size, fold(told, SMALL_QUIET, self.width - 70), SMALL_QUIET)
        self.lines(self.left, below - 0.5, fold(proof, TINY_QUIET, self.width), TINY_QUIET)
        self._drop_pen()
        for index, bookmark in enumerate(self.bookmarks):
            if bookmark.page == number:
                self.canvas.bookmarkHorizontalAbsolute(f"section-{index}", bookmark.height)
                self.canvas.addOutlineEntry(bookmark.title, f"section-{index}")

    def save(self) -> bytes:
        """Finish the document and return the file."""
        self._drop_pen()
        self.canvas.showPage()
        with _saving:
            self.canvas.save()
        return self.buffer.getvalue()

    def text(self, x: float, y: float, text: str, style: Style = BODY) -> None:
        """Draw legible text with its left end at ``x`` on the base line ``y``."""
        pen = self._pen or self._take_pen()
        if self._ink is not style.colour:
            pen.setFillColor(style.colour)
            self._ink = style.colour
        stretches = runs(text, style.font)
        for run in stretches:
            if self._face != (run.font, style.size):
                pen.setFont(run.font, style.size)
                self._face = (run.font, style.size)
            pen.setTextOrigin(x, y)
            pen.textLine(run.text)
            if len(stretches) > 1:
                x += stringWidth(run.text, run.font, style.size)

    def _take_pen(self) -> PDFTextObject:
        """Texts between two graphics share one text object, which halves the time and the size of large tables."""
        self._pen = self.canvas.beginText()
        self._ink, self._face = None, None
        return self._pen

    def _drop_pen(self) -> None:
        if self._pen:
            self.canvas.drawText(self._pen)
            self._pen = None

    def right_text(self, x: float, y: float, text: str, style: Style = BODY) -> None:
        """Draw legible text with its right end at ``x`` on the base line ``y``."""
        self.text(x - width_of(text, style), y, text, style)

    def quick(self, style: Style) -> QuickType:
        """A style for :meth:`quick_right_text`."""
        return QuickType(style, self.canvas)

    def quick_right_text(self, x: float, y: float, text: str, quick: QuickType) -> None:
        """The same as :meth:`right_text` for figures of a large table."""
        try:
            operators = quick.right_text(x, y, text)
        except NotQuick:
            self.right_text(x, y, text, quick.style)
            return
        pen = self._pen or self._take_pen()
        if self._face is not quick:
            add(pen, quick.start)
            self._face, self._ink = quick, None
        add(pen, operators)

    def lines(self, x: float, top: float, lines: Sequence[str], style: Style) -> float:
        """Draw lines one below the other from ``top`` on; returns where the next one would begin."""
        for line in lines:
            self.text(x, top - style.size, line, style)
            top -= style.leading
        return top

    def rule(self, y: float, weight: float = 0.4, colour: Color = HAIRLINE) -> None:
        """A horizontal line between the margins."""
        self.line(self.left, self.right, y, weight, colour)

    def line(self, left: float, right: float, y: float, weight: float, colour: Color) -> None:
        """A horizontal line."""
        self._drop_pen()
        self.canvas.setStrokeColor(colour)
        self.canvas.setLineWidth(weight)
        self.canvas.line(left, y, right, y)

    def hairlines(self, left: float, right: float, heights: Sequence[float]) -> None:
        """The thin lines between the rows of a table, all at once."""
        self._drop_pen()
        self.canvas.setStrokeColor(HAIRLINE)
        self.canvas.setLineWidth(0.3)
        self.canvas.lines([(left, y, right, y) for y in heights])

    def fill(self, left: float, bottom: float, width: float, height: float, colour: Color) -> None:
        """A filled rectangle without an outline."""
        self._drop_pen()
        self.canvas.setFillColor(colour)
        self.canvas.rect(left, bottom, width, height, stroke=0, fill=1)

    def break_page(self) -> None:
        """Go on at the top of a new page."""
        self._drop_pen()
        self.canvas.showPage()
        self._begin_page()

    def ensure(self, height: float) -> None:
        """Start a new page unless this one has room for ``height``, or is as empty as the next would be."""
        if self.room < min(height, self.height):
            self.break_page()

    def skip(self, height: float) -> None:
        """Leave a gap."""
        self.y -= height

    def _skip_below_text(self, height: float) -> None:
        """Leave a gap, but not at the top of a page."""
        if self.room < self.height:
            self.skip(height)

    def section(self, title: str, kept: float = KEPT_WITH_HEADING) -> None:
        """A numbered heading with a bookmark, never left alone at the foot of a page; ``kept`` is what must follow."""
        self.sections += 1
        numbered = f"{self.sections}  {legible(title)}"
        self.ensure(SECTION_GAP + HEADING.leading + kept)
        self._skip_below_text(SECTION_GAP)
        self.bookmarks.append(Bookmark(numbered, self.page_number, self.y))
        end = self.lines(self.left, self.y, fold(numbered, HEADING, self.width), HEADING)
        self.y = end - HEADING.size + HEADING.leading - 8

    def subheading(self, title: str, kept: float = KEPT_WITH_HEADING) -> None:
        """A small heading that stays with what follows."""
        lines = fold(title, SUBHEADING, self.width)
        self.ensure(SUBHEADING_GAP + len(lines) * SUBHEADING.leading + kept)
        self._skip_below_text(SUBHEADING_GAP)
        self.paragraph(title, SUBHEADING, after=2)

    def paragraph(self, text: str, style: Style = BODY, after: float = 5.0, width: float | None = None) -> None:
        """Free text folded between the margins; no single line is left behind or carried over."""
        lines = fold(text, style, width or self.width)
        for index, line in enumerate(lines):
            self.ensure(_kept_lines(index, len(lines)) * style.leading)
            self.text(self.left, self.y - style.size, line, style)
            self.skip(style.leading)
        self.skip(after)


def _kept_lines(index: int, count: int) -> int:
    """How many lines from this one on must stand on one page: no first or last line of a paragraph stands alone."""
    if count <= SHORT_PARAGRAPH:
        return count - index
    return 2 if index in (0, count - 2) else 1
