"""Alphabetical order as in a German directory (DIN 5007-1), the same in Python, SQLite and PostgreSQL."""

import unicodedata


def german_sort_key(name: str) -> str:
    """A key to store and index: capitals and umlauts folded, ß as ss."""
    folded = unicodedata.normalize("NFKD", name.casefold())
    return "".join(character for character in folded if not unicodedata.combining(character))
