"""Text styles of the documents and the folding of text into lines of a given width.

Own folding instead of ReportLab's paragraphs: those parse markup (a bidder called ``<b>&`` breaks them), cost ten times
as much per cell, and cut a long word off at the column's edge instead of breaking it.
"""

from dataclasses import dataclass
from functools import lru_cache
from re import compile as pattern

from reportlab.lib.colors import Color, HexColor

from procurement.documents.fonts import BOLD, REGULAR, legible, text_width

INK = HexColor("#1a1f26")
QUIET = HexColor("#56606c")
ACCENT = HexColor("#1f3f6e")
HAIRLINE = HexColor("#c9d0d8")
PALE = HexColor("#eef2f7")
WATERMARK = HexColor("#eceff3")
ALERT = HexColor("#8f2d14")
ALERT_PALE = HexColor("#fbf1ec")

WORD_PARTS = pattern(r"[^-/_.,;:@·]*[-/_.,;:@·]+|[^-/_.,;:@·]+")
"""A long word may be broken behind these marks before it is broken anywhere."""


@dataclass(frozen=True, slots=True)
class Style:
    """Font, size and distance of lines in points, and colour."""

    font: str = REGULAR
    size: float = 9.0
    leading: float = 12.5
    colour: Color = INK


BODY = Style()
BODY_BOLD = Style(BOLD)
QUIET_BODY = Style(colour=QUIET)
SMALL = Style(size=7.5, leading=10.0)
SMALL_QUIET = Style(size=7.5, leading=10.0, colour=QUIET)
TINY_QUIET = Style(size=6.5, leading=8.5, colour=QUIET)
TITLE = Style(BOLD, 17.0, 21.0, ACCENT)
SUBTITLE = Style(REGULAR, 11.5, 15.0, INK)
HEADING = Style(BOLD, 11.5, 15.0, ACCENT)
SUBHEADING = Style(BOLD, 9.0, 12.5, INK)
LARGE_FIGURE = Style(BOLD, 22.0, 26.0, INK)
FIGURE = Style(BOLD, 13.0, 16.0, INK)


def width_of(text: str, style: Style) -> float:
    """Width in points of text that is already legible."""
    return text_width(text, style.font, style.size)


@lru_cache(maxsize=16384)
def fold(text: str, style: Style, width: float) -> tuple[str, ...]:
    """Legible lines that fit ``width`` points; at least one line, and at least one character a line."""
    lines: list[str] = []
    for paragraph in legible(text).split("\n"):
        lines.extend(_folded_paragraph(paragraph, style, width))
    return tuple(lines)


def _folded_paragraph(paragraph: str, style: Style, width: float) -> list[str]:
    if width_of(paragraph, style) <= width:
        return [paragraph.strip(" ")]
    lines = [""]
    for word in paragraph.split(" "):
        if not word:
            continue
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if width_of(joined, style) <= width:
            lines[-1] = joined
            continue
        pieces = _pieces(word, style, width)
        if lines[-1]:
            lines.append("")
        for piece in pieces:
            if width_of(lines[-1] + piece, style) <= width or not lines[-1]:
                lines[-1] += piece
            else:
                lines.append(piece)
    return lines


def _pieces(word: str, style: Style, width: float) -> list[str]:
    """A word in parts that each fit: whole, else cut behind its marks, else cut anywhere."""
    if width_of(word, style) <= width:
        return [word]
    pieces: list[str] = []
    for part in WORD_PARTS.findall(word):
        pieces.extend([part] if width_of(part, style) <= width else list(part))
    return pieces


def longest_word(text: str, style: Style) -> float:
    """Width of the longest word: the least a heading needs."""
    return max(width_of(word, style) for word in legible(text).replace("\n", " ").split(" "))


def longest_part(text: str, style: Style) -> float:
    """Width of the longest piece of a word that should not be broken: the least a column needs for this text."""
    words = legible(text).replace("\n", " ").split(" ")
    return max((width_of(part, style) for word in words for part in WORD_PARTS.findall(word)), default=0.0)
