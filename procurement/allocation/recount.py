"""The check: every stored cent against the figures computed anew from the frozen input, each difference by its name."""

from collections.abc import Iterator

from procurement.allocation.explanation import euro
from procurement.allocation.run_figures import BlockFigures, PotFigures, ProofRow, RunFigures
from procurement.values.money import Money
from procurement.values.objection import Objection

INPUT_CHANGED = (
    "Die gespeicherte Eingabe passt nicht mehr zu ihrer Prüfsumme. Diese Fassung ist nicht verwendbar; "
    "verwerfen Sie sie und berechnen Sie neu."
)
STEPS = {"weight": "Gewicht", "floor": "abgerundeter Betrag", "remainder": "Rest", "extra": "Zusatzcent"}


def differences(stored: RunFigures, computed: RunFigures) -> list[Objection]:
    """Every stored figure that differs from the recomputed one; empty if the run is as it was calculated."""
    return [Objection(text) for text in _faults(stored, computed)]


def _faults(stored: RunFigures, computed: RunFigures) -> Iterator[str]:
    if _shape(stored) != _shape(computed):
        yield "Die gespeicherten Zeilen sind nicht vollständig: Kostenblöcke, Teiltöpfe oder Mitglieder fehlen."
        return
    names = [member.name for member in computed.members]
    for old, new in zip(stored.blocks, computed.blocks, strict=True):
        yield from _faults_of_block(old, new, names)
    if stored.vat_pot and computed.vat_pot:
        yield from _faults_of_pot(stored.vat_pot, computed.vat_pot, names, "Umsatzsteuer")
    for was, now in zip(stored.members, computed.members, strict=True):
        for what in ("net", "vat", "gross"):
            yield from _fault(getattr(was, what), getattr(now, what), f"{now.name}, {_WORDS[what]}")
    for what in ("net", "vat", "gross"):
        yield from _fault(getattr(stored, what), getattr(computed, what), f"Summe, {_WORDS[what]}")


_WORDS = {"net": "Netto", "vat": "Umsatzsteuer", "gross": "Zahlbetrag"}


def _shape(figures: RunFigures) -> tuple[object, ...]:
    blocks = tuple((block.block.number, tuple(len(pot.rows) for pot in block.pots)) for block in figures.blocks)
    vat = len(figures.vat_pot.rows) if figures.vat_pot else None
    return blocks, vat, tuple(member.key for member in figures.members)


def _faults_of_block(stored: BlockFigures, computed: BlockFigures, names: list[str]) -> Iterator[str]:
    name = f"Kostenblock {computed.block.number}"
    yield from _fault(stored.net, computed.net, name)
    for old, new in zip(stored.pots, computed.pots, strict=True):
        yield from _faults_of_pot(old, new, names, f"{name}, {new.label}")


def _faults_of_pot(stored: PotFigures, computed: PotFigures, names: list[str], place: str) -> Iterator[str]:
    for old, new, name in zip(stored.rows, computed.rows, names, strict=True):
        yield from _fault(old.amount, new.amount, f"{place}, {name}")
        yield from _faults_of_steps(old, new, f"{place}, {name}")


def _faults_of_steps(stored: ProofRow, computed: ProofRow, place: str) -> Iterator[str]:
    for step, word in STEPS.items():
        old, new = getattr(stored, step), getattr(computed, step)
        if old != new:
            yield f"{place}, {word}: gespeichert ist {old}, die Nachrechnung ergibt {new}."


def _fault(stored: Money, computed: Money, place: str) -> Iterator[str]:
    if stored != computed:
        yield f"{place}: gespeichert sind {euro(stored)}, die Nachrechnung ergibt {euro(computed)}."
