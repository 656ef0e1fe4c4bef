"""Excluding a bid after a ranking is known: one officer proposes with ground and reason, another one decides.

The ranking that would result is shown to the second person only, and only because the reason is on record by then, so
that nobody excludes towards a result. A confirmed exclusion evaluates every affected lot anew in the same step.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from procurement.bids.rules import objections_to_excluding, objections_to_norm
from procurement.bids.states import BidState
from procurement.evaluation.rules import objections_to_text
from procurement.tenders.kinds import TenderStage
from procurement.values.label import Labelled
from procurement.values.objection import Objection


class ExclusionState(Labelled):
    """Where a proposed exclusion stands."""

    PROPOSED = "proposed", "Ausschluss vorgeschlagen"
    CONFIRMED = "confirmed", "Ausgeschlossen"
    REJECTED = "rejected", "Vorschlag abgelehnt"


@dataclass(frozen=True, slots=True)
class ExclusionFacts:
    """What decides whether an exclusion can be proposed; ``decided_lots`` have an award proposed or confirmed."""

    stage: TenderStage
    bid_state: BidState
    was_evaluated: bool
    is_proposed: bool
    decided_lots: Sequence[int]


@dataclass(frozen=True, slots=True)
class ExclusionAnswerFacts:
    """What decides whether this person may confirm or reject a proposed exclusion."""

    state: ExclusionState
    proposed_by_id: int
    proposed_by_name: str
    answering_id: int | None
    decided_lots: Sequence[int] = ()


def objections_to_proposing_exclusion(facts: ExclusionFacts, norm: str, reason: str) -> list[Objection]:
    """Why the exclusion cannot be proposed; without a ranking so far no second person is needed."""
    found = objections_to_excluding(facts.stage, facts.bid_state, "-")
    if found:
        return found
    if facts.is_proposed:
        return [Objection("Der Ausschluss dieses Angebots ist bereits vorgeschlagen.")]
    if not facts.was_evaluated:
        return [Objection("Es ist noch kein Los gewertet; das Angebot wird ohne zweite Person ausgeschlossen.")]
    return _decided(facts.decided_lots) + objections_to_norm(norm) + objections_to_text(reason)


def objections_to_answering_exclusion(facts: ExclusionAnswerFacts, reason: str | None = None) -> list[Objection]:
    """Why this person cannot decide about the proposal; ``reason`` is left out while only the button is shown."""
    if facts.state is not ExclusionState.PROPOSED:
        return [Objection(f"Über diesen Vorschlag ist bereits entschieden: „{facts.state.label}“.")]
    found = []
    if facts.answering_id == facts.proposed_by_id:
        text = f"{facts.proposed_by_name} hat den Ausschluss vorgeschlagen. Entscheiden muss eine andere Person der "
        found.append(Objection(f"{text}Vergabestelle (Vier-Augen-Prinzip)."))
    return found + ([] if reason is None else objections_to_text(reason))


def objections_to_confirming_exclusion(facts: ExclusionAnswerFacts, reason: str | None = None) -> list[Objection]:
    """The same for a confirmation, which evaluates the lots anew and so needs them undecided."""
    return objections_to_answering_exclusion(facts, reason) + _decided(facts.decided_lots)


def may_see_preview(facts: ExclusionAnswerFacts, *, is_officer: bool) -> bool:
    """Whether the ranking that would result is shown: to a second officer, while the proposal waits."""
    return is_officer and not objections_to_answering_exclusion(facts)


def _decided(lots: Sequence[int]) -> list[Objection]:
    if not lots:
        return []
    named = ", ".join(str(number) for number in lots)
    text = f"Der Zuschlag für Los {named} ist vorgeschlagen oder bestätigt. Bitte diesen Vorschlag zuerst ablehnen, "
    return [Objection(f"{text}damit das Los neu gewertet werden kann.")]
