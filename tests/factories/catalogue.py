"""Catalogue articles and CPV codes as tests need them."""

import itertools

from procurement.audit.actor import COMMAND_LINE
from procurement.catalogue import actions
from procurement.catalogue.cpv import CpvEntry
from procurement.catalogue.entries import CatalogueEntry
from procurement.catalogue.models import CatalogueArticle
from procurement.values.money import UnitPrice

_numbers = itertools.count(1)


def entry(
    number: str = "", *, low: str | None = "10.00", high: str | None = "20.00", **details: object
) -> CatalogueEntry:
    """What is typed about an article: ten to twenty euros a piece."""
    number = number or f"K-{next(_numbers):02}"
    typed = {
        "category_code": "K",
        "category": "Kabel",
        "title": f"Kabel {number}",
        "unit": "Stück",
        "cpv": "32420000-3",
    }
    prices = {
        "price_from_net": UnitPrice.of(low) if low else None,
        "price_to_net": UnitPrice.of(high) if high else None,
    }
    return CatalogueEntry(number=number, **(typed | prices | details))


def article(number: str = "", **details: object) -> CatalogueArticle:
    return actions.add_article(entry(number, **details), by=COMMAND_LINE)


def cpv(code: str, digit: str, label: str) -> CpvEntry:
    made = CpvEntry(code, digit, label)
    actions.insert_codes([made])
    return made


def starting_catalogue() -> int:
    return actions.set_up_catalogue(by=COMMAND_LINE)
