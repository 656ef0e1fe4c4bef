"""When opened bids are examined, and what has to be said about a result; the special rules stand with their subject."""

from collections.abc import Sequence
from dataclasses import dataclass

from procurement.bids.formal_check import ExclusionGround
from procurement.bids.states import BidState
from procurement.examination.document_requests import LONGEST_TEXT
from procurement.examination.states import DocumentState, IntegrityFinding
from procurement.tenders.kinds import TenderStage
from procurement.values.objection import Objection

EXAMINING = frozenset({TenderStage.OPENED, TenderStage.NEGOTIATION, TenderStage.EVALUATED})


@dataclass(frozen=True, slots=True)
class FormalEntry:
    """A formal result as it is typed; no ground means in order."""

    ground: ExclusionGround | None
    text: str = ""
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class DocumentCheckEntry:
    """What was found of one document; no state means not looked at. ``seen`` is the version on screen, 0 for none."""

    document_id: int
    state: DocumentState | None
    note: str = ""
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class SuitabilityAnswerEntry:
    """Whether one criterion of suitability is met; empty means not answered."""

    criterion_id: int
    is_met: bool | None
    evidence: str = ""
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class IntegrityEntry:
    """What is known of grounds for exclusion under §§ 123, 124 GWB, with the note on self-cleaning."""

    finding: IntegrityFinding
    note: str = ""
    seen: int | None = None


def objections_to_examining(stage: TenderStage, state: BidState) -> list[Objection]:
    """Why nothing can be noted about this bid now."""
    if stage not in EXAMINING:
        return [Objection(f"Geprüft wird zwischen Öffnung und Zuschlagsvorschlag; der Stand ist „{stage.label}“.")]
    if state is not BidState.OPENED:
        return [Objection(f"Das Angebot ist im Zustand „{state.label}“; es wird nicht weiter geprüft.")]
    return []


def objections_to_formal(entry: FormalEntry) -> list[Objection]:
    """An objection needs its facts in words."""
    if entry.ground is not None and not entry.text.strip():
        return [Objection("Bitte die Beanstandung beschreiben; der Text steht in der Vergabeakte.", "text")]
    return _too_long(entry.text, "text")


def objections_to_suitability_answers(entries: Sequence[SuitabilityAnswerEntry]) -> list[Objection]:
    """Every answer names the proof it rests on, a "no" what is missing."""
    found = []
    for entry in entries:
        if entry.is_met is not None and not entry.evidence.strip():
            text = "Bitte den Nachweis nennen, oder was an ihm fehlt."
            found.append(Objection(text, f"evidence-{entry.criterion_id}"))
        found += _too_long(entry.evidence, f"evidence-{entry.criterion_id}")
    return found


def objections_to_integrity(entry: IntegrityEntry) -> list[Objection]:
    """Everything but "nothing known" needs facts; self-cleaning says what was done (§ 125 GWB)."""
    if entry.finding is not IntegrityFinding.NONE and not entry.note.strip():
        return [Objection("Bitte Tatsachen und gegebenenfalls die Maßnahmen der Selbstreinigung nennen.", "note")]
    return _too_long(entry.note, "note")


def _too_long(text: str, field: str) -> list[Objection]:
    return [Objection(f"Höchstens {LONGEST_TEXT} Zeichen.", field)] if len(text) > LONGEST_TEXT else []
