"""What a wish outside the catalogue needs: own words, a unit and a quantity; and how such wishes are numbered."""

from collections.abc import Iterable

from procurement.demand.entries import WishEntry
from procurement.demand.rules import LARGEST_QUANTITY
from procurement.values.objection import Objection, objections_to_lengths
from procurement.values.quantity import Quantity

LENGTHS = (("title", "Die Bezeichnung", 300), ("unit", "Die Einheit", 40), ("explanation", "Die Erläuterung", 2000))
MOST_WISHES = 50


def objections_to_wish(entry: WishEntry, *, already: int = 0, with_quantity: bool = True) -> list[Objection]:
    """What is wrong with a wish; ``already`` is how many others the demand has, a change leaves the quantity alone."""
    found = []
    if already >= MOST_WISHES:
        found.append(Objection(f"Es sind schon {MOST_WISHES} eigene Wünsche aufgenommen. Bitte fassen Sie zusammen."))
    if not entry.title.strip():
        found.append(Objection("Bitte beschreiben Sie, was Sie brauchen.", "title"))
    if not entry.unit.strip():
        found.append(Objection("Bitte eine Einheit eingeben, zum Beispiel Stück.", "unit"))
    if with_quantity and (entry.expected is None or not Quantity(0) < entry.expected <= LARGEST_QUANTITY):
        found.append(Objection("Bitte eine Menge zwischen 0,001 und 99.999.999 eingeben.", "expected"))
    return found + objections_to_lengths(entry, LENGTHS)


def next_number(member_key: str, taken: Iterable[str]) -> str:
    """``W-<member key>-<n>`` with the number after the highest one that is there."""
    start = f"W-{member_key}-"
    numbers = [int(number.removeprefix(start)) for number in taken if number.startswith(start)]
    return f"{start}{max(numbers, default=0) + 1}"
