"""XML of a workbook part, read in small pieces with expat; nothing of it is trusted, no tree is built."""

import zipfile
import zlib
from collections.abc import Callable
from typing import IO
from xml.parsers import expat

from procurement.core.spreadsheet_limits import Unreadable

FORBIDDEN_XML = "Die Datei enthält unzulässige XML-Bestandteile und wurde nicht eingelesen."
CHUNK_BYTES = 64 * 1024
DEEPEST_XML = 64

Attributes = dict[str, str]
Visit = Callable[[str, Attributes, str], None]
"""Path of local names, attributes, text directly inside; called at the end of an element."""


def walk(stream: IO[bytes], visit: Visit) -> None:
    """Read XML in small pieces; call ``visit(path, attributes, text)`` at the end of every element.

    The path is made of local names (``sst/si/t``), so prefixes do not matter. A document type declaration is refused:
    no spreadsheet needs one, and every entity attack does.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    paths: list[str] = [""]
    attributes: list[dict[str, str]] = []
    texts: list[list[str]] = []

    def start(name: str, given: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        paths.append(f"{paths[-1]}/{local}" if paths[-1] else local)
        attributes.append(given)
        texts.append([])
        if len(paths) > DEEPEST_XML:
            raise Unreadable(FORBIDDEN_XML)

    def end(_name: str) -> None:
        visit(paths.pop(), attributes.pop(), "".join(texts.pop()))

    def characters(text: str) -> None:
        texts[-1].append(text)

    def doctype(*_declaration: object) -> None:
        raise Unreadable(FORBIDDEN_XML)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = doctype
    _feed(parser, stream)


def attribute(attributes: Attributes, name: str) -> str:
    """Return an attribute whatever its prefix, such as ``r:id``; empty if it is missing."""
    if name in attributes:
        return attributes[name]
    return next((value for key, value in attributes.items() if key.endswith(f" {name}")), "")


def _feed(parser: expat.XMLParserType, stream: IO[bytes]) -> None:
    is_final = False
    try:
        while not is_final:
            chunk = stream.read(CHUNK_BYTES)
            is_final = not chunk
            parser.Parse(chunk, is_final)
    except (expat.ExpatError, zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise Unreadable from error
