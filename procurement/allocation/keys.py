"""The allocation keys: what each one weighs, and the pots of a mixed key.

A key only names its weights; rounding is the business of :mod:`procurement.values.shares`, once per pot. Keys follow
the key catalogue of the association; those for case numbers, months and fee classes join here when they are needed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from procurement.values.label import Labelled
from procurement.values.objection import Objection
from procurement.values.shares import Split, split

WHOLE_PERCENT = 100


class AllocationKey(Labelled):
    """By what a cost block is allocated; § 19 GkG NRW asks for benefit as the rule and a reason for anything else."""

    ACTUAL_QUANTITY = "actual_quantity", "tatsächliche Menge"
    EQUAL = "equal", "Pauschale (Sockel)"
    INHABITANTS = "inhabitants", "Einwohner"
    CLIENTS = "clients", "Arbeitsplätze (Clients)"
    MIXED = "mixed", "Mischschlüssel"
    VOLUME = "volume", "Auftragsvolumen"


KEYS_WITH_FIGURE = (AllocationKey.INHABITANTS, AllocationKey.CLIENTS)
"""Keys that weigh a dated reference figure; the stored value of the key is the name of the figure."""

KEYS_FOR_POTS = (AllocationKey.EQUAL, AllocationKey.INHABITANTS, AllocationKey.CLIENTS, AllocationKey.VOLUME)
"""What a pot of a mixed key may use: quantities have prices of their own, and a mix of mixes explains nothing."""

WEIGHT_NAMES = {
    AllocationKey.ACTUAL_QUANTITY: "Menge",
    AllocationKey.EQUAL: "Mitglied",
    AllocationKey.INHABITANTS: "Einwohner",
    AllocationKey.CLIENTS: "Clients",
    AllocationKey.VOLUME: "Netto-Auftragsvolumen in Cent",
}
"""What one unit of weight stands for in a printed proof."""


@dataclass(frozen=True, slots=True)
class Pot:
    """A part of a cost block, in percent, with the key of that part."""

    percent: Fraction | Decimal
    key: AllocationKey


def pots_of(key: AllocationKey, pots: Sequence[Pot]) -> tuple[Pot, ...]:
    """The pots a block is really allocated by: those of a mixed key, otherwise the whole block by its own key."""
    return tuple(pots) if key is AllocationKey.MIXED else (Pot(Fraction(WHOLE_PERCENT), key),)


def figures_needed(key: AllocationKey, pots: Sequence[Pot]) -> tuple[AllocationKey, ...]:
    """The keys among these whose reference figure every participant must have."""
    return tuple(pot.key for pot in pots_of(key, pots) if pot.key in KEYS_WITH_FIGURE)


def is_weighted_by_volume(key: AllocationKey, pots: Sequence[Pot]) -> bool:
    """Whether the key, or a pot of it, looks at the net volume of the other blocks and must therefore wait for them."""
    return any(pot.key is AllocationKey.VOLUME for pot in pots_of(key, pots))


def objections_to_pots(key: AllocationKey, pots: Sequence[Pot]) -> list[Objection]:
    """Why these pots do not make up this key; empty if they do."""
    return [Objection(text, "pots") for text in _faults_of_pots(key, pots)]


def _faults_of_pots(key: AllocationKey, pots: Sequence[Pot]) -> list[str]:
    if key is not AllocationKey.MIXED:
        return [f"Der Schlüssel „{key.label}“ hat keine Teiltöpfe. Entfernen Sie diese."] if pots else []
    if not pots:
        return ["Der Mischschlüssel hat keine Teiltöpfe. Geben Sie Anteile an, die zusammen 100 % ergeben."]
    objections = []
    for pot in pots:
        if pot.key not in KEYS_FOR_POTS:
            objections.append(f"Der Schlüssel „{pot.key.label}“ ist in einem Mischschlüssel nicht zulässig.")
        if not pot.percent > 0:
            objections.append(f"Der Anteil von „{pot.key.label}“ muss größer als 0 % sein.")
    if len({pot.key for pot in pots}) < len(pots):
        objections.append("Ein Schlüssel kommt im Mischschlüssel mehrfach vor. Fassen Sie die Anteile zusammen.")
    total = sum((Fraction(pot.percent) for pot in pots), Fraction(0))
    if total != WHOLE_PERCENT:
        objections.append(f"Die Anteile des Mischschlüssels ergeben {_percent(total)} % statt 100 %.")
    return objections


def split_into_pots(cents: int, pots: Sequence[Pot]) -> Split:
    """Split a block into its pots by their percents, before each pot is allocated; ties as published, then by order."""
    width = len(str(len(pots)))
    return split(cents, [pot.percent for pot in pots], [f"{number:0{width}d}" for number in range(1, len(pots) + 1)])


def _percent(value: Fraction) -> str:
    """A percentage as German text without needless zeros."""
    return f"{Decimal(value.numerator) / Decimal(value.denominator):f}".replace(".", ",")
