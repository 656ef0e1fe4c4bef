"""The words behind a cost block: what its key counts, on which day, by which source, and what proves its amount."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from procurement.allocation.keys import AllocationKey, is_weighted_by_volume
from procurement.allocation.run_figures import BlockFigures, PotFigures
from procurement.allocation.run_input import KeyFigure, LinePart, RunInput
from procurement.documents.notation import day, euro, quantity, unit_price

PLAIN_DEFINITIONS = {
    AllocationKey.ACTUAL_QUANTITY: (
        "Abgenommene Menge je Mitglied zum Zuschlagspreis. Jede Position wird einmal über die Menge aller Mitglieder "
        "gerundet und dann nach Mengen verteilt."
    ),
    AllocationKey.EQUAL: "Gleicher Betrag je Mitglied.",
}


def definition(given: RunInput, part: BlockFigures) -> str:
    """What the key of a block counts; a mixed key pot by pot."""
    if part.block.key is not AllocationKey.MIXED:
        return _definition_of_key(given, part.block.key)
    return " ".join(f"Teiltopf {pot.code} ({pot.label}): {_definition_of_key(given, pot.key)}" for pot in part.pots)


def _definition_of_key(given: RunInput, key: AllocationKey) -> str:
    if key is AllocationKey.VOLUME:
        counted = ", ".join(b.number for b in given.blocks if not is_weighted_by_volume(b.key, b.pots))
        return f"Nettoanteil des Mitglieds an den übrigen Kostenblöcken ({counted})."
    if key in PLAIN_DEFINITIONS:
        return PLAIN_DEFINITIONS[key]
    figures = figures_of(given, key)
    basis = f", {census}" if (census := shared_basis(figures)) else ""
    return f"{key.label} am {day(reference_day(given, figures))} ({sources(figures)}{basis})."


def figures_of(given: RunInput, key: AllocationKey) -> list[KeyFigure]:
    """The figures of this kind of all members that have one."""
    return [figure for member in given.members if (figure := member.figure(key)) is not None]


def reference_day(given: RunInput, figures: Iterable[KeyFigure]) -> date:
    """The day most members' figures are of; the reference date of the run where figures carry none."""
    days = Counter(figure.reference_date for figure in figures if figure.reference_date is not None)
    return min(days, key=lambda one: (-days[one], one)) if days else given.key_reference_date


def sources(figures: Iterable[KeyFigure]) -> str:
    """Who says so, each source once."""
    return "; ".join(dict.fromkeys(figure.source for figure in figures if figure.source)) or "ohne Angabe"


def shared_basis(figures: Iterable[KeyFigure]) -> str:
    """The census the figures rest on, if any does."""
    return "; ".join(dict.fromkeys(figure.census_basis for figure in figures if figure.census_basis))


def remark(given: RunInput, figures: Iterable[KeyFigure]) -> str:
    """What is special about one member's figures: a note, or a day other than that of the others."""
    notes = []
    for figure in figures:
        usual = reference_day(given, figures_of(given, figure.kind))
        if figure.reference_date is not None and figure.reference_date != usual:
            notes.append(f"{figure.kind.label}: Stichtag {day(figure.reference_date)}")
        if figure.note:
            notes.append(figure.note)
    return "; ".join(notes)


def evidence(part: BlockFigures) -> str:
    """What the amount of a block is made of; lines split by actual quantity have a table of their own."""
    parts = [f"{source.evidence}: {euro(source.amount)}" for source in part.block.amounts]
    if part.block.key is AllocationKey.ACTUAL_QUANTITY:
        return "\n".join([*parts, *_suppliers(part.block.lines)])
    return "\n".join([*(_line(line) for line in part.block.lines), *parts])


def _line(line: LinePart) -> str:
    price = f"{quantity(line.quantity)} {line.unit} × {unit_price(line.unit_price)} €"
    return f"Los {line.lot}, Position {line.label}: {price} = {euro(line.amount)} ({line.supplier})"


def _suppliers(lines: Iterable[LinePart]) -> list[str]:
    """Who supplies the lines of an actual quantity and since when that is decided."""
    known = dict.fromkeys((line.supplier, line.lot, line.awarded_on) for line in lines)
    return [f"Los {lot}: {supplier}, Zuschlag vom {day(on)}; Mengen siehe unten" for supplier, lot, on in known]


def weight_unit(pot: PotFigures) -> str:
    """What one unit of weight stands for."""
    return pot.unit if pot.line is None else f"Menge in {pot.unit}"
