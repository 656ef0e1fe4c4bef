"""Numbers written as text: read by a stated style, or shown to have only one possible reading; never guessed.

``1.234`` is one thousand two hundred and thirty-four to a German and one and a quarter to an American. Such a text
has no reading here unless the style is stated by whoever imports the table.
"""

import re
from decimal import Decimal

from procurement.values.label import Labelled

CURRENCY = re.compile(r"^(?:€|\$|EUR|USD)?\s*(.*?)\s*(?:€|\$|EUR|USD)?$")
GERMAN = re.compile(r"-?(?:[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[0-9]+|(?=,))(?:,[0-9]+)?")
ENGLISH = re.compile(r"-?(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]+|(?=\.))(?:\.[0-9]+)?")


class NumberStyle(Labelled):
    """How a table writes its numbers; stated by a person, never found out by the program."""

    GERMAN = "german", "1.234,56 (deutsch)"
    ENGLISH = "english", "1,234.56 (englisch)"


def decimal_in(text: str, style: NumberStyle) -> Decimal | None:
    """Return the number of a text in that style, a currency sign around it allowed; ``None`` if it is none."""
    bare = _without_currency(text)
    if style is NumberStyle.GERMAN:
        return Decimal(bare.replace(".", "").replace(",", ".")) if GERMAN.fullmatch(bare) else None
    return Decimal(bare.replace(",", "")) if ENGLISH.fullmatch(bare) else None


def only_reading(text: str) -> Decimal | None:
    """Return the number of a German text that no other style reads differently; ``None`` for the rest."""
    german = decimal_in(text, NumberStyle.GERMAN)
    english = decimal_in(text, NumberStyle.ENGLISH)
    return german if english is None or german == english else None


def is_ambiguous(text: str) -> bool:
    """Whether a text is a number, but not surely which."""
    is_number = any(decimal_in(text, style) is not None for style in NumberStyle)
    return is_number and only_reading(text) is None


def _without_currency(text: str) -> str:
    match = CURRENCY.match(" ".join(text.split()))
    return match[1] if match else ""
