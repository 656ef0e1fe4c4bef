"""What is allowed with a cost allocation, as objections: they explain a locked button and guard the action behind it.

Four eyes: whoever calculated a run neither checks nor approves it, and whoever reported demand in the tender's round
does not approve what the members pay for it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from procurement.allocation.award import AwardedLine
from procurement.allocation.entries import BlockEntry, LineSource, RunEntry
from procurement.allocation.keys import AllocationKey
from procurement.allocation.run_input import RunInput
from procurement.allocation.states import RunState
from procurement.tenders.kinds import TenderStage
from procurement.values.objection import Objection
from procurement.values.payment import Nature
from procurement.values.quantity import Quantity

if TYPE_CHECKING:
    from procurement.allocation.models import AllocationRun

OPEN_STATES = (RunState.CALCULATED, RunState.CHECKED)
EFFECTIVE_STATES = (RunState.APPROVED, RunState.CORRECTED)
BLOCK_NUMBER = re.compile(r"[0-9A-Za-zÄÖÜäöüß.-]+")
TAX = "USt"
"""Stands for the column of the tax where blocks go by their number, so no block may be called so."""
NUMBER_LENGTH, TITLE_LENGTH = 20, 200
LEAST_REASON = 10
KEYS_BEYOND_USE = (AllocationKey.EQUAL, AllocationKey.INHABITANTS, AllocationKey.MIXED)
"""Keys that do not measure use: admissible, but only with a written reason."""


def objections_to_starting(stage: TenderStage, open_number: int | None) -> list[Objection]:
    """Why no new run can be begun; ``open_number`` is the run of this tender that is neither approved nor discarded."""
    found = []
    if stage is not TenderStage.AWARDED:
        found.append(
            Objection(f"Der Zuschlag ist noch nicht erteilt; das Verfahren steht auf „{stage.label}“. "
                      "Kosten werden erst nach dem Zuschlag aufgeteilt.")
        )  # fmt: skip
    if open_number is not None:
        found.append(
            Objection(f"Fassung {open_number} dieser Ausschreibung ist noch offen. "
                      "Geben Sie sie zuerst frei oder verwerfen Sie sie.")
        )  # fmt: skip
    return found


def objections_to_correcting(state: RunState, open_number: int | None) -> list[Objection]:
    """Why a run cannot be replaced by a new version."""
    if state in OPEN_STATES:
        return [Objection("Diese Fassung ist noch nicht freigegeben. Verwerfen Sie sie und berechnen Sie neu.")]
    if state is not RunState.APPROVED:
        return [Objection(f"Diese Fassung steht auf „{state.label}“; berichtigen lässt sich nur eine freigegebene.")]
    return objections_to_starting(TenderStage.AWARDED, open_number)


def objections_to_reason(reason: str, what: str) -> list[Objection]:
    """A reason is a sentence somebody can understand in five years, not a dot."""
    if len(reason.strip()) >= LEAST_REASON:
        return []
    return [Objection(f"Bitte begründen Sie {what} in einem Satz.", "reason")]


def objections_to_checking(run: "AllocationRun", account_id: int | None) -> list[Objection]:
    """Why this account cannot check this run."""
    if run.state is not RunState.CALCULATED:
        return [_not_in(run.state, "geprüft werden kann nur eine berechnete Fassung")]
    if run.prepared_by_id == account_id:
        return [_own_run("Prüfen")]
    return []


def objections_to_approving(
    run: "AllocationRun", account_id: int | None, *, has_reported_demand: bool
) -> list[Objection]:
    """Why this account cannot approve this run."""
    if run.state is RunState.CALCULATED:
        return [Objection("Diese Fassung ist noch nicht geprüft.")]
    if run.state is not RunState.CHECKED:
        return [_not_in(run.state, "freigegeben werden kann nur eine geprüfte Fassung")]
    found = []
    if run.prepared_by_id == account_id:
        found.append(_own_run("Freigeben"))
    if has_reported_demand:
        found.append(
            Objection("Sie haben in der Bedarfsrunde dieser Ausschreibung Bedarf gemeldet. "
                      "Freigeben muss jemand, der daran nicht beteiligt war.")
        )  # fmt: skip
    return found


def objections_to_discarding(run: "AllocationRun") -> list[Objection]:
    """Why this run cannot be discarded."""
    if run.state in OPEN_STATES:
        return []
    if run.state is RunState.DISCARDED:
        return [Objection("Diese Fassung ist schon verworfen.")]
    return [Objection("Diese Fassung ist freigegeben und bleibt unverändert. Berichtigt wird mit einer neuen Fassung.")]


def _own_run(verb: str) -> Objection:
    return Objection(f"Sie haben diese Fassung berechnet. {verb} muss sie eine andere Person (Vier-Augen-Prinzip).")


def _not_in(state: RunState, possible: str) -> Objection:
    return Objection(f"Diese Fassung steht auf „{state.label}“; {possible}.")


def objections_to_entry(entry: RunEntry) -> list[Objection]:
    """What is wrong with title, period and blocks, before any price is looked up."""
    found = []
    if not entry.title.strip():
        found.append(Objection("Bitte einen Titel eingeben.", "title"))
    elif len(entry.title.strip()) > TITLE_LENGTH:
        found.append(Objection(f"Der Titel darf höchstens {TITLE_LENGTH} Zeichen haben.", "title"))
    if entry.period_to < entry.period_from:
        found.append(Objection("Der Zeitraum endet, bevor er beginnt.", "period_to"))
    for block in entry.blocks:
        found.extend(_objection(block, fault) for fault in _faults_of_block(block))
    return found


def _faults_of_block(block: BlockEntry) -> Iterable[str]:
    yield from _faults_of_name(block)
    if block.key in KEYS_BEYOND_USE and not block.reason.strip():
        yield f"Der Schlüssel „{block.key.label}“ misst keine Nutzung; bitte begründen Sie ihn (§ 19 Abs. 1 GkG NRW)."
    if not block.sources:
        yield "Es fehlen die Kosten: Ordnen Sie Positionen zu oder tragen Sie einen Betrag mit Nachweis ein."
    if any(not source.evidence.strip() for source in block.free_amounts):
        yield "Zum eigenen Betrag fehlt der Nachweis, zum Beispiel „Stundennachweis vom …“."
    if block.key is AllocationKey.ACTUAL_QUANTITY and block.free_amounts:
        yield "Ein eigener Betrag hat keine Mengen. Legen Sie für ihn einen Block mit einem anderen Schlüssel an."


def _faults_of_name(block: BlockEntry) -> Iterable[str]:
    number, title = block.number.strip(), block.title.strip()
    if not number:
        yield "Die Nummer fehlt, zum Beispiel A."
    elif not BLOCK_NUMBER.fullmatch(number) or number == TAX or len(number) > NUMBER_LENGTH:
        yield "Die Nummer besteht aus höchstens 20 Buchstaben, Ziffern, Punkt und Bindestrich, zum Beispiel A oder C.1."
    if not title:
        yield "Die Bezeichnung fehlt."
    elif len(title) > TITLE_LENGTH:
        yield f"Die Bezeichnung darf höchstens {TITLE_LENGTH} Zeichen haben."


def objections_to_sources(blocks: Sequence[BlockEntry], awarded: Mapping[int, AwardedLine]) -> list[Objection]:
    """What is wrong with the awarded lines: not awarded, wrong quantity, or more than was awarded."""
    found = []
    billed: dict[int, Quantity] = {}
    for block in blocks:
        for source in block.lines:
            line = awarded.get(source.line_id)
            if line is None:
                found.append(_objection(block, "Eine Position gehört zu keinem bezuschlagten Los."))
                continue
            quantity = source.quantity or line.quantity
            billed[line.line_id] = billed.get(line.line_id, Quantity(0)) + quantity
            found.extend(_objection(block, fault) for fault in _faults_of_line(block, source, line))
    over = [line for line_id, line in awarded.items() if line_id in billed and billed[line_id] > line.quantity]
    return found + [
        Objection(f"Position {line.name}: Abgerechnet würden {billed[line.line_id]} {line.unit}, "
                  f"bezuschlagt sind {line.quantity}. Verringern Sie die Menge.")
        for line in over
    ]  # fmt: skip


def _faults_of_line(block: BlockEntry, source: LineSource, line: AwardedLine) -> Iterable[str]:
    if source.quantity is not None and source.quantity <= Quantity(0):
        yield f"Position {line.name}: Die abgerechnete Menge muss größer als 0 sein."
    if block.key is not AllocationKey.ACTUAL_QUANTITY:
        return
    if line.is_joint:
        yield (f"Position {line.name} hat keine Mengen der Mitglieder. "
               "Wählen Sie für diese Gemeinschaftsposition einen anderen Schlüssel.")  # fmt: skip
    elif source.quantity is not None and source.quantity != line.quantity:
        yield (f"Position {line.name}: Nach tatsächlicher Menge wird die ganze Position abgerechnet, "
               f"das sind {line.quantity} {line.unit}.")  # fmt: skip


def _objection(block: BlockEntry, fault: str) -> Objection:
    number = block.number.strip()
    return Objection(f"Kostenblock {number or '(ohne Nummer)'}: {fault}", number or None)


def billed_again(given: RunInput, effective: Mapping[int, RunInput]) -> list[str]:
    """One-off lines that an approved version, by its number, charges already: no objection, but the checker sees it.

    Two periods may share a line on purpose, such as two halves of a delivery; recurring lines return every period.
    """
    return [
        f"Position {line.label} ist schon in Fassung {number} „{earlier.title}“ abgerechnet."
        for number, earlier in sorted(effective.items())
        if number != given.corrects
        for block in given.blocks
        for line in block.lines
        if line.nature is Nature.ONE_OFF and line.line_id in _line_ids(earlier)
    ]


def _line_ids(given: RunInput) -> set[int]:
    return {line.line_id for block in given.blocks for line in block.lines}
