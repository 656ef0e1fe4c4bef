"""A letter to a bidder on paper (DIN 5008 form B): the stored text with address, references and page numbers.

Nothing is worded here: what was mailed and what is printed are the same sentences. The points of the main criteria,
kept with an information letter, follow as an annex. No footer tells about runs or programs; a bidder files a letter.
"""

from procurement.documents.contents_bidder_letter import BidderLetterContent, ToldPoints
from procurement.documents.letter_frame import draw_letter_frame
from procurement.documents.notation import day, in_berlin
from procurement.documents.sheet import Imprint, Sheet
from procurement.documents.tables import Row, Table, draw_table, figure_column, text_column
from procurement.documents.typesetting import BODY_BOLD, SMALL_QUIET, TINY_QUIET, Style, fold

LETTER = Style(size=10.0, leading=14.0)
SUBJECT = Style(BODY_BOLD.font, 11.0, 15.0)
ITEM = "- "
ITEM_SIGN = "–"
INDENT = 12.0
KEPT_WITH_LOT = 80.0
FOOTER_GAP = 20.0
TEXT_FORM = "Dieses Schreiben ergeht in Textform (§ 126b BGB) und ist ohne Unterschrift gültig."
ANNEX = "Anlage: Leistungspunkte je Hauptkriterium"


class LetterPaper(Sheet):
    """Pages whose foot names the letter and its sender instead of a calculation."""

    def finish_page(self, number: int, total: int) -> None:
        """Draw the footer; called once per page when the letter is saved."""
        identity, letterhead = self.imprint.identity, self.imprint.letterhead
        top = self.page.bottom - FOOTER_GAP
        self.rule(top + 9)
        written = day(in_berlin(identity.issued_at).date())
        self.right_text(self.right, top, f"Seite {number} von {total}", SMALL_QUIET)
        self.text(self.left, top, f"{identity.number} · {written}", SMALL_QUIET)
        sender = " · ".join((letterhead.name, *letterhead.address_lines))
        self.lines(self.left, top - 2.5, fold(sender, TINY_QUIET, self.width), TINY_QUIET)
        self._drop_pen()


def draw_bidder_letter(content: BidderLetterContent) -> bytes:
    """The letter as a PDF file; equal content gives equal bytes."""
    imprint = Imprint(content.kind, content.procedure, content.letterhead, content.identity, content.bidder)
    sheet = LetterPaper(imprint)
    draw_letter_frame(sheet, content.recipient, content.references)
    sheet.paragraph(content.subject, SUBJECT, after=10)
    text = content.text.replace("\r\n", "\n")
    paragraphs = [part for part in text.split("\n\n") if part.strip()]
    for part in (*paragraphs, content.farewell):
        if part:
            _draw_paragraph(sheet, part)
    sheet.ensure(4 * LETTER.leading)
    sheet.paragraph(content.sender, LETTER, after=10)
    sheet.paragraph(TEXT_FORM, SMALL_QUIET, after=0)
    if content.points:
        _draw_annex(sheet, content.points)
    return sheet.save()


def _draw_paragraph(sheet: Sheet, part: str) -> None:
    """Lines of one paragraph; those that begin with a dash are items with a hanging indent."""
    for line in part.split("\n"):
        if line.startswith(ITEM):
            _draw_item(sheet, line.removeprefix(ITEM))
        else:
            sheet.paragraph(line, LETTER, after=0)
    sheet.skip(LETTER.leading / 2)


def _draw_item(sheet: Sheet, text: str) -> None:
    for number, line in enumerate(fold(text, LETTER, sheet.width - INDENT)):
        sheet.ensure(LETTER.leading)
        if number == 0:
            sheet.text(sheet.left, sheet.y - LETTER.size, ITEM_SIGN, LETTER)
        sheet.text(sheet.left + INDENT, sheet.y - LETTER.size, line, LETTER)
        sheet.skip(LETTER.leading)


def _draw_annex(sheet: Sheet, points: tuple[ToldPoints, ...]) -> None:
    sheet.skip(16)
    sheet.subheading(ANNEX, kept=KEPT_WITH_LOT)
    columns = (text_column("Kriterium"), figure_column("Ihr Angebot"), figure_column("Zuschlag"))
    for lot in points:
        sheet.ensure(KEPT_WITH_LOT)
        sheet.paragraph(lot.title, SMALL_QUIET, after=2)
        draw_table(sheet, Table(columns, tuple(Row(row) for row in lot.rows)))
