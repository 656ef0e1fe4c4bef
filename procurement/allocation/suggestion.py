"""The blocks a new run starts with: the award sorted by kind, each with the key that usually fits it.

A suggestion only fills the form; the person who calculates decides and gives the reason.
"""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from procurement.allocation.award import AwardedLine
from procurement.allocation.entries import BlockEntry, FreeSource, LineSource, RunEntry
from procurement.allocation.keys import AllocationKey, Pot
from procurement.allocation.run_input import InputBlock, RunInput
from procurement.values.payment import Nature
from procurement.values.quantity import Quantity

BASE_AND_POPULATION = (Pot(Decimal(30), AllocationKey.EQUAL), Pot(Decimal(70), AllocationKey.INHABITANTS))
ONE = Quantity.of(1)
YEARS = ("jahr", "jahre", "vertragsjahr")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

REASONS = {
    "joint": "Ein Teil des Aufwands entsteht je Mitglied gleich, der größere wächst mit der Größe des Mitglieds.",
    "quantity": "Jedes Mitglied trägt, was es bekommt.",
    "operation": "Der Aufwand des Betriebs wächst mit der Zahl der betreuten Arbeitsplätze.",
    "own": "Tatsächlicher Aufwand der Beschaffung, verteilt nach dem bewegten Auftragsvolumen.",
}


def suggested_blocks(
    awarded: Iterable[AwardedLine], billed: Iterable[int], association: str, maintenance: Sequence[FreeSource] = ()
) -> list[BlockEntry]:
    """Blocks for everything awarded; one-off lines among ``billed`` (those of approved runs) are left out.

    ``association`` is the short name for the title of its own cost, whose amount nobody but the officer knows;
    ``maintenance`` is what a year of maintenance costs that was awarded apart from the positions.
    """
    known = set(billed)
    lines = [line for line in awarded if line.nature is Nature.RECURRING or line.line_id not in known]
    joint = [line for line in lines if line.is_joint]
    asked = [line for line in lines if not line.is_joint]
    mixed, actual, clients = AllocationKey.MIXED, AllocationKey.ACTUAL_QUANTITY, AllocationKey.CLIENTS
    drafts = [
        _block("Gemeinsame Einrichtung", mixed, "joint", _of(joint, Nature.ONE_OFF), BASE_AND_POPULATION),
        _block("Beschaffung nach Menge", actual, "quantity", _of(asked, Nature.ONE_OFF)),
        _block("Gemeinsamer Betrieb", clients, "operation", _of(joint, Nature.RECURRING)),
        _block("Laufende Leistungen nach Menge", actual, "quantity", _of(asked, Nature.RECURRING)),
    ]
    drafts.append(
        BlockEntry("", "Wartung", clients, (), REASONS["operation"], Nature.RECURRING, sources=tuple(maintenance))
    )
    blocks = [draft for draft in drafts if draft.sources]
    own = BlockEntry("", f"Beschaffungskosten {association}".strip(), AllocationKey.VOLUME, reason=REASONS["own"],
                     has_supplier_vat=False)  # fmt: skip
    return [_numbered(block, place) for place, block in enumerate([*blocks, own])]


def next_period(ends: Sequence[date], today: date) -> tuple[date, date]:
    """First and last day of a year: behind the last period that was allocated, or else the running calendar year."""
    first = max(ends) + timedelta(days=1) if ends else date(today.year, 1, 1)
    same_day = date(first.year + 1, first.month, min(first.day, calendar.monthrange(first.year + 1, first.month)[1]))
    return first, same_day - timedelta(days=1)


def next_number(used: Sequence[str]) -> str:
    """The next free letter for a block."""
    return next((letter for letter in LETTERS if letter not in used), str(len(used) + 1))


def _of(lines: Sequence[AwardedLine], nature: Nature) -> list[AwardedLine]:
    return [line for line in lines if line.nature is nature]


def _block(
    title: str, key: AllocationKey, reason: str, lines: Sequence[AwardedLine], pots: tuple[Pot, ...] = ()
) -> BlockEntry:
    """One line gives the block its name; its nature is that of its lines."""
    nature = lines[0].nature if lines else Nature.ONE_OFF
    sources = tuple(LineSource(line.line_id, _billed(line)) for line in lines)
    name = lines[0].title[:200] if len(lines) == 1 else title
    return BlockEntry("", name, key, pots, REASONS[reason], nature, sources=sources)


def _billed(line: AwardedLine) -> Quantity:
    """A joint line counted in years is billed one year at a time, every other line as a whole."""
    counts_years = line.is_joint and line.unit.casefold() in YEARS
    return ONE if counts_years and line.quantity > ONE else line.quantity


def _numbered(block: BlockEntry, place: int) -> BlockEntry:
    return replace(block, number=LETTERS[place])


def entry_of(given: RunInput) -> RunEntry:
    """What was entered for this run, as the start of its correction."""
    return RunEntry(
        title=given.title,
        charge_type=given.charge_type,
        vat_case=given.vat_case,
        period_from=given.period_from,
        period_to=given.period_to,
        key_reference_date=given.key_reference_date,
        due_on=given.due_on,
        legal_basis=given.legal_basis,
        blocks=tuple(_block_entry(block) for block in given.blocks),
    )


def _block_entry(block: InputBlock) -> BlockEntry:
    lines = [LineSource(line.line_id, line.quantity) for line in block.lines]
    amounts = [FreeSource(part.amount, part.evidence) for part in block.amounts]
    return BlockEntry(
        block.number,
        block.title,
        block.key,
        block.pots,
        block.reason,
        block.nature,
        block.has_supplier_vat,
        (*lines, *amounts),
    )
