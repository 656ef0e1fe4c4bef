"""What this product brings along, from the rows of its own files to entries: 78 articles and the CPV codes of IT."""

from collections.abc import Mapping

from procurement.catalogue.cpv import CpvEntry, code_and_digit
from procurement.catalogue.entries import CatalogueEntry
from procurement.values.money import UnitPrice
from procurement.values.payment import Nature

NATURES = {nature.label: nature for nature in Nature}


def article_of_row(row: Mapping[str, str]) -> CatalogueEntry:
    """One article; prices are decimal texts such as ``0.003``."""
    return CatalogueEntry(
        number=row["number"],
        category_code=row["category_code"],
        category=row["category"],
        title=row["title"],
        unit=row["unit"],
        nature=NATURES[row["nature"]],
        cpv=row["cpv"],
        price_from_net=UnitPrice.of(row["price_from_net"]),
        price_to_net=UnitPrice.of(row["price_to_net"]),
        contract_form=row["contract_form"],
        suggested_key=row["suggested_key"],
    )


def cpv_of_row(row: Mapping[str, str]) -> CpvEntry:
    """One code with its check digit and label; raise ``ValueError`` for a code without check digit."""
    parts = code_and_digit(row["code"])
    if parts is None or not parts[1]:
        raise ValueError(f"not a CPV code with its check digit: {row['code']!r}")
    return CpvEntry(*parts, row["label"])
