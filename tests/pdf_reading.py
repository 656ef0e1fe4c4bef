"""Reading PDF files back in tests: the text of the pages cell by cell, the fonts, the properties."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import DictionaryObject


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, one line or table cell per line, no-break spaces as spaces."""
    return [_tidy(page.extract_text()) for page in PdfReader(BytesIO(pdf)).pages]


def _tidy(text: str) -> str:
    """Without no-break spaces, and without the spaces pypdf guesses around cells."""
    return "\n".join(line.strip() for line in text.replace("\u00a0", " ").split("\n"))


def text_of(pdf: bytes) -> str:
    """The text of all pages."""
    return "\n".join(pages_of(pdf))


def cells(*texts: str) -> str:
    """Texts as they follow each other in a table row."""
    return "\n".join(texts)


def fonts_of(pdf: bytes) -> dict[str, DictionaryObject]:
    """The descriptors of all fonts in use by their names; a font without one is not embedded."""
    found: dict[str, DictionaryObject] = {}
    for font in _fonts(pdf):
        found[str(font["/BaseFont"]).removeprefix("/")] = font.get("/FontDescriptor", DictionaryObject()).get_object()
    return found


def _fonts(pdf: bytes) -> Iterator[Any]:
    for page in PdfReader(BytesIO(pdf)).pages:
        for font in page["/Resources"].get_object()["/Font"].get_object().values():
            yield font.get_object()


def reader(pdf: bytes) -> PdfReader:
    """The file as pypdf sees it, for properties and bookmarks."""
    return PdfReader(BytesIO(pdf))
