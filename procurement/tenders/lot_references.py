"""Reference prices of single lots for the method with fixed references (M5), published as one text.

Lots differ in size, so one reference price for all would weigh the price differently in each. The text names lots that
have a price of their own, ``1: 100.000,00; 3: 52.500``; every other lot keeps the reference price of the tender. It is
one more parameter among the published ones: a tender without it reads, and hashes, as it did before there was a choice.
"""

import re
from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Any

from procurement.values.objection import Objection

PARAMETER, WHOLE_TENDER = "reference_prices", "reference_price"
ENTRY = re.compile(r"\s*(\d{1,4})\s*:\s*(\d{1,3}(?:\.\d{3})+|\d+)(,\d{1,2})?\s*(?:€\s*)?")


class UnreadableReferences(ValueError):
    """The text does not say lot by lot which reference price counts."""


def reference_prices_of(text: str) -> dict[int, Fraction]:
    """Euro by lot number; :class:`UnreadableReferences` for anything else than such a list, or a lot named twice."""
    found: dict[int, Fraction] = {}
    for part in (part for part in text.replace("\n", ";").split(";") if part.strip()):
        entry = ENTRY.fullmatch(part)
        if entry is None or int(entry[1]) in found:
            raise UnreadableReferences(part)
        found[int(entry[1])] = Fraction(entry[2].replace(".", "") + (entry[3] or "").replace(",", "."))
    return found


def parameters_in_lot(raw: Mapping[str, Any], lot: int) -> dict[str, str]:
    """The published parameters as they count in one lot, with its own reference price if it has one."""
    parameters = {name: str(text) for name, text in raw.items() if name != PARAMETER}
    own = reference_prices_of(str(raw.get(PARAMETER) or "")).get(lot)
    return parameters if own is None else parameters | {WHOLE_TENDER: str(own)}


def objections_to_references(raw: Mapping[str, Any], lots: Collection[int] | None = None) -> list[Objection]:
    """What is wrong with the text; ``lots`` are the lots there are, nothing while they can still change."""
    try:
        prices = reference_prices_of(str(raw.get(PARAMETER) or ""))
    except UnreadableReferences as error:
        text = f"„{str(error).strip()}“ ist nicht lesbar. Bitte so schreiben: 1: 100.000,00; 2: 52.500,00."
        return [Objection(text, PARAMETER)]
    found = [
        Objection(f"Der Referenzpreis von Los {lot} muss größer als 0 sein.", PARAMETER)
        for lot, price in prices.items()
        if price <= 0
    ]
    unknown = [] if lots is None else [lot for lot in prices if lot not in lots]
    return found + [Objection(f"Es gibt kein Los {lot} für einen Referenzpreis.", PARAMETER) for lot in unknown]
