"""Reading the files this product brings along.

``articles.csv``: 78 articles that municipalities buy together again and again, with usual net prices, CPV code,
contract form and the key that suggests itself; a starting point to be kept up to date, binding for nobody.

``cpv_it.csv``: the CPV codes of divisions 30, 32, 48, 64 and 72, of groups 50.3, 51.6, 79.4 and 80.5, and of every
article. Source: Commission Regulation (EC) No 213/2008 of 28.11.2007 on the Common Procurement Vocabulary; © European
Union, reused under Commission Decision 2011/833/EU. The whole list can be read in on the page of the codes.
"""

import csv
from pathlib import Path

from procurement.catalogue.cpv import CpvEntry
from procurement.catalogue.entries import CatalogueEntry
from procurement.catalogue.supplied import article_of_row, cpv_of_row

FOLDER = Path(__file__).parent / "data"


def supplied_articles() -> list[CatalogueEntry]:
    """The starting catalogue."""
    return [article_of_row(row) for row in _rows("articles.csv")]


def supplied_codes() -> list[CpvEntry]:
    """The CPV codes of information technology."""
    return [cpv_of_row(row) for row in _rows("cpv_it.csv")]


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))
