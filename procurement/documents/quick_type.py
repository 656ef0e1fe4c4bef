"""Figures set fast: the operators of a text come from tables instead of from ReportLab, in a tenth of the time.

A Preisspiegel of 20 bidders and 5,000 positions has half a million of them. Their few characters are looked up once per
document: how the font's subset writes each, and how wide it is. A text with a character that needs another font or
another subset is left to the sheet's ordinary way. ReportLab offers no public way to add operators of one's own.
"""

from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from procurement.documents.fonts import has_character
from procurement.documents.typesetting import Style


class NotQuick(LookupError):
    """A character that the first subset of the font cannot write."""


class QuickType:
    """One style of one document: its switch-on operator, the written form of each character, and its width."""

    def __init__(self, style: Style, canvas: Canvas) -> None:
        self.style = style
        self._canvas: Any = canvas
        self._font: Any = pdfmetrics.getFont(style.font)
        self._written: dict[str, str] = {}
        self._widths: dict[str, float] = {}
        self._start = ""

    @property
    def start(self) -> str:
        """Font, size, distance of lines and colour."""
        if not self._start:
            name = self._font.getSubsetInternalName(0, self._document)
            red, green, blue = self.style.colour.rgb()
            self._start = f"{name} {self.style.size} Tf {self.style.leading} TL {red:.6f} {green:.6f} {blue:.6f} rg"
        return self._start

    def right_text(self, x: float, y: float, text: str) -> str:
        """The operators of a text that ends at ``x``; raise :class:`NotQuick` if it must be set the ordinary way."""
        try:
            width = sum(map(self._widths.__getitem__, text))
        except KeyError:
            self._look_up(text)
            width = sum(map(self._widths.__getitem__, text))
        written = "".join(map(self._written.__getitem__, text))
        return f"1 0 0 1 {x - width:.2f} {y:.2f} Tm ({written}) Tj T*"

    def _look_up(self, text: str) -> None:
        for character in set(text) - self._written.keys():
            if not has_character(self.style.font, character):
                raise NotQuick(character)
            ((subset, octets),) = self._font.splitString(character, self._document)
            if subset:
                raise NotQuick(character)
            self._written[character] = self._canvas._escape(octets)  # noqa: SLF001 - see the module
            self._widths[character] = pdfmetrics.stringWidth(character, self.style.font, self.style.size)

    @property
    def _document(self) -> object:
        return self._canvas._doc  # noqa: SLF001 - see the module


def add(pen: Any, operators: str) -> None:
    """Put operators into a text object."""
    pen._code.append(operators)  # noqa: SLF001 - see the module
