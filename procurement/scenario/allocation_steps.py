"""Replaying cost allocations: calculated by one officer, checked by the second, approved by the third."""

from collections.abc import Mapping

from procurement.allocation import actions
from procurement.allocation.entries import BlockEntry, FreeSource, LineSource, RunEntry
from procurement.allocation.keys import Pot
from procurement.allocation.models import AllocationRun
from procurement.core import clock
from procurement.scenario.cast import Cast
from procurement.scenario.errors import at_path
from procurement.scenario.schema import AllocationPart, BlockPart, TenderPart
from procurement.scenario.tender_steps import all_lots
from procurement.scenario.timeline import Timeline
from procurement.tenders.models import Tender
from procurement.values.money import Money
from procurement.values.quantity import Quantity

DRAFTING_DAYS = 14


def allocate(tender: Tender, part: TenderPart, path: str, cast: Cast, timeline: Timeline) -> list[AllocationRun]:
    """Every run of the file in its order, each taken as far as it asks for."""
    lines = {line.number: line.id for lot in all_lots(tender) for line in lot.lines}
    runs: list[AllocationRun] = []
    for index, allocation in enumerate(part.allocations):
        place = f"{path}.allocations[{index}]"
        entry = _entry(allocation, lines, place)
        with at_path(place), clock.at(timeline.later(DRAFTING_DAYS)):
            run = _calculated(tender, allocation, entry, runs, cast)
        runs.append(run)
        if allocation.until in {"checked", "approved"}:
            with at_path(place), clock.at(timeline.later(1)):
                actions.check(run, by=cast.checker)
        if allocation.until == "approved":
            with at_path(place), clock.at(timeline.later(1)):
                actions.approve(run, by=cast.approver)
    return runs


def _calculated(
    tender: Tender, part: AllocationPart, entry: RunEntry, runs: list[AllocationRun], cast: Cast
) -> AllocationRun:
    if part.corrects is None:
        return actions.calculate(tender, entry, by=cast.preparer)
    earlier = [run for run in runs if run.number == part.corrects]
    if not earlier:
        raise LookupError(f"corrects: Eine Fassung {part.corrects} gibt es vorher nicht.")
    return actions.correct(earlier[0], entry, part.correction_reason, by=cast.preparer)


def _entry(part: AllocationPart, lines: Mapping[str, int], path: str) -> RunEntry:
    blocks = []
    for index, block in enumerate(part.blocks):
        with at_path(f"{path}.blocks[{index}]"):
            blocks.append(_block(block, lines))
    return RunEntry(
        title=part.title,
        charge_type=part.charge_type,
        vat_case=part.vat_case,
        period_from=part.period_from,
        period_to=part.period_to,
        key_reference_date=part.key_reference_date,
        due_on=part.due_on,
        legal_basis=part.legal_basis,
        blocks=tuple(blocks),
    )


def _block(part: BlockPart, lines: Mapping[str, int]) -> BlockEntry:
    billed = part.items if isinstance(part.items, dict) else dict.fromkeys(part.items)
    unknown = [number for number in billed if number not in lines]
    if unknown:
        raise LookupError(f"items: Eine Position {unknown[0]} gibt es in dieser Ausschreibung nicht.")
    if bool(billed) == (part.amount is not None):
        raise ValueError("Ein Kostenblock braucht entweder Positionen (items) oder einen eigenen Betrag (amount).")
    sources: list[LineSource | FreeSource] = [
        LineSource(lines[number], Quantity.of(quantity) if quantity is not None else None)
        for number, quantity in billed.items()
    ]
    if part.amount is not None:
        sources.append(FreeSource(Money.of(part.amount), part.evidence or "Szenario"))
    has_vat = bool(billed) if part.has_supplier_vat is None else part.has_supplier_vat
    pots = tuple(Pot(pot.percent, pot.key) for pot in part.pots)
    reason = part.reason or "Schlüssel laut Szenario"
    return BlockEntry(part.number, part.title, part.key, pots, reason, part.nature, has_vat, tuple(sources))
