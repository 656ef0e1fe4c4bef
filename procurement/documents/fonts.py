"""The embedded fonts of all documents, and the one way by which free text reaches paper.

Fira Sans is also the font of the screens. Its digits are proportional, so columns of figures would dance, and ReportLab
cannot switch on OpenType features; the digits and the minus sign are therefore redirected to the tabular glyphs that
the font contains under names like ``one.tf``. The text in the file stays the ordinary digit.

A character that Fira Sans lacks (a tick, Cyrillic) is set in DejaVu Sans; one that neither has, or that would be
invisible or reverse the reading direction, is spelled out as ``[U+202E]``: no box, nothing hidden. Characters beyond
U+FFFF are spelled out as well because ReportLab writes them so that copied text shows another letter.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from struct import unpack_from
from threading import Lock

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR = "FiraSans"
BOLD = "FiraSans-SemiBold"
FALLBACK = "DejaVuSans"

FIRA_SANS = {REGULAR: "FiraSans-Regular.ttf", BOLD: "FiraSans-SemiBold.ttf"}
DEJAVU_SANS = Path(__file__).resolve().parents[2] / "static" / "fonts" / "dejavu" / "DejaVuSans.ttf"

TABULAR_GLYPHS = {
    "0": "zero",
    "1": "one",
    "2": "two",
    "3": "three",
    "4": "four",
    "5": "five",
    "6": "six",
    "7": "seven",
    "8": "eight",
    "9": "nine",
    "−": "minus",
}
MACINTOSH_GLYPHS = 258
LAST_OF_FIRST_PLANE = 0xFFFF
INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
SOFT_HYPHEN = "\u00ad"
SPACES = dict.fromkeys(map(ord, "\t\v\f\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000"), " ")
NO_BREAK_SPACES = dict.fromkeys(map(ord, "\u2007\u202f"), "\u00a0")

_registration = Lock()
_known: dict[str, frozenset[str]] = {}


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one font."""

    font: str
    text: str


def register_fonts() -> None:
    """Make the three fonts known to ReportLab, once per process; raise :class:`OSError` if a font file is missing."""
    with _registration:
        if FALLBACK in _known:
            return
        for name, filename in FIRA_SANS.items():
            with (files("fontpkg_fira_sans") / "files" / filename).open("rb") as stream:
                font = TTFont(name, stream)
            _use_tabular_figures(font)
            _register(font)
        _register(TTFont(FALLBACK, str(DEJAVU_SANS)))


def _register(font: TTFont) -> None:
    pdfmetrics.registerFont(font)
    _known[font.fontName] = frozenset(chr(code) for code in font.face.charToGlyph if code <= LAST_OF_FIRST_PLANE)


def _use_tabular_figures(font: TTFont) -> None:
    face = font.face
    numbers = _glyph_numbers(face.get_table("post"))  # type: ignore[no-untyped-call]  # a gap in the stubs
    units = face.unitsPerEm
    for character, name in TABULAR_GLYPHS.items():
        glyph = numbers[f"{name}.tf"]
        face.charToGlyph[ord(character)] = glyph
        face.charWidths[ord(character)] = round(face.hmetrics[glyph][0] * 1000 / units)


def _glyph_numbers(post: bytes) -> dict[str, int]:
    """Glyph numbers by name from a ``post`` table of format 2, leaving out the 258 standard names."""
    (count,) = unpack_from(">H", post, 32)
    indexes = unpack_from(f">{count}H", post, 34)
    names = list(_pascal_strings(post[34 + 2 * count :]))
    return {names[index - MACINTOSH_GLYPHS]: glyph for glyph, index in enumerate(indexes) if index >= MACINTOSH_GLYPHS}


def _pascal_strings(octets: bytes) -> Iterator[str]:
    position = 0
    while position < len(octets):
        end = position + 1 + octets[position]
        yield octets[position + 1 : end].decode("ascii")
        position = end


def legible(text: str) -> str:
    """Free text as it may stand on paper: composed, line breaks kept, what cannot be shown spelled out."""
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    plain = composed.replace(SOFT_HYPHEN, "").translate(SPACES).translate(NO_BREAK_SPACES)
    return "".join(character if _is_drawable(character) else f"[U+{ord(character):04X}]" for character in plain)


def _is_drawable(character: str) -> bool:
    if character == "\n":
        return True
    if unicodedata.category(character) in INVISIBLE:
        return False
    return character in _known[REGULAR] or character in _known[FALLBACK]


def has_character(font: str, character: str) -> bool:
    """Whether a registered font can show a character itself."""
    return character in _known[font]


@lru_cache(maxsize=16384)
def runs(text: str, font: str) -> tuple[Run, ...]:
    """Cut legible text into stretches whose font has every character."""
    known = _known[font]
    if known.issuperset(text):
        return (Run(font, text),) if text else ()
    cut = groupby(text, key=lambda character: font if character in known else FALLBACK)
    return tuple(Run(name, "".join(characters)) for name, characters in cut)


def text_width(text: str, font: str, size: float) -> float:
    """Width of legible text in points."""
    return sum(pdfmetrics.stringWidth(run.text, run.font, size) for run in runs(text, font))
