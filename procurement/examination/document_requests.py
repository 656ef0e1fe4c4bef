"""Asking a bidder for what is missing: once, with a last day by the calendar, never for what counts in the award.

§ 56 Abs. 2 to 5 VgV. The last day has to be a working day, because a period that ends on a day off would run on
(Regulation 1182/71, § 82 VgV). What does not come, comes late or stays incomplete leads to § 57 Abs. 1 Nr. 2 VgV.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from procurement.examination.states import DocumentState, RequestState
from procurement.tenders.holidays import in_words, is_day_off, why_off, working_day_from
from procurement.tenders.requirements import DocumentKind
from procurement.values.objection import Objection

USUAL_DAYS = 6
LONGEST_TEXT = 4000


@dataclass(frozen=True, slots=True)
class CheckedDocument:
    """A demanded document in one bid; ``state`` is empty until somebody has looked."""

    document_id: int
    title: str
    kind: DocumentKind
    state: DocumentState | None

    @property
    def is_lacking(self) -> bool:
        """Missing, or not as it was demanded."""
        return self.state is not None and not self.state.is_in_order

    @property
    def can_be_requested(self) -> bool:
        """Lacking, and of a type that may be asked for."""
        return self.is_lacking and self.kind.may_be_requested


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """What decides whether documents can be asked for."""

    is_examined_now: bool
    documents: Sequence[CheckedDocument]
    has_request: bool
    today: date


@dataclass(frozen=True, slots=True)
class RequestEntry:
    """A request as it is typed; ``immaterial_reason`` says why a missing price changes neither total nor ranking."""

    document_ids: Sequence[int]
    due_on: date | None
    immaterial_reason: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptEntry:
    """What came of a request: when, and whether all of it; no day means that nothing came."""

    received_on: date | None
    is_complete: bool
    note: str = ""


def usual_due_day(today: date) -> date:
    """A week is usual; the first working day from then on."""
    return working_day_from(today + timedelta(days=USUAL_DAYS))


def objections_to_requesting(facts: RequestFacts, entry: RequestEntry | None = None) -> list[Objection]:
    """Why nothing can be asked for; without an entry only what locks the form."""
    if not facts.is_examined_now:
        return [Objection("Nachgefordert wird nach der Öffnung und vor dem Zuschlagsvorschlag.")]
    if facts.has_request:
        text = "Von diesem Bieter wurde bereits nachgefordert. Eine zweite Nachforderung ist nicht vorgesehen."
        return [Objection(f"{text} Alle Bieter werden gleich behandelt (§ 97 Abs. 2 GWB, § 56 VgV).")]
    if not any(document.is_lacking for document in facts.documents):
        return [Objection("Es fehlt nichts, was nachgefordert werden könnte.")]
    if not any(document.can_be_requested for document in facts.documents):
        return [Objection("Was fehlt, geht in die Wertung ein und darf nicht nachgefordert werden (§ 56 Abs. 3 VgV).")]
    return _objections_to_entry(facts, entry) if entry else []


def _objections_to_entry(facts: RequestFacts, entry: RequestEntry) -> list[Objection]:
    chosen = [document for document in facts.documents if document.document_id in entry.document_ids]
    found = [] if chosen else [Objection("Bitte wählen, was nachgefordert wird.", "documents")]
    for document in chosen:
        if not document.kind.may_be_requested:
            text = f"„{document.title}“ geht in die Wertung ein und darf nicht nachgefordert werden (§ 56 Abs. 3 VgV)."
            found.append(Objection(text, "documents"))
        elif not document.is_lacking:
            found.append(Objection(f"„{document.title}“ fehlt nicht.", "documents"))
    is_price = any(document.kind is DocumentKind.IMMATERIAL_PRICE for document in chosen)
    if is_price and not entry.immaterial_reason.strip():
        text = "Bitte begründen, dass die fehlenden Preise weder den Gesamtpreis noch die Rangfolge beeinträchtigen"
        found.append(Objection(f"{text} (§ 56 Abs. 3 VgV).", "immaterial_reason"))
    return found + objections_to_due_day(entry.due_on, facts.today)


def objections_to_due_day(due_on: date | None, today: date) -> list[Objection]:
    """What is wrong with the last day: none, not in the future, or no working day (the next one is named)."""
    if due_on is None:
        return [Objection("Bitte den letzten Tag der Frist nach dem Kalender nennen.", "due_on")]
    if due_on <= today:
        return [Objection("Der letzte Tag der Frist muss in der Zukunft liegen.", "due_on")]
    if is_day_off(due_on):
        text = f"{in_words(due_on)} ist kein Arbeitstag ({why_off(due_on)}). Der nächste ist "
        return [Objection(f"{text}{in_words(working_day_from(due_on))}.", "due_on")]
    return []


def state_after(due_on: date, entry: ReceiptEntry) -> RequestState:
    """What a receipt amounts to; late is late, complete or not."""
    if entry.received_on is None:
        return RequestState.NOT_RECEIVED
    if entry.received_on > due_on:
        return RequestState.LATE
    return RequestState.COMPLETE if entry.is_complete else RequestState.INCOMPLETE


def objections_to_recording(
    state: RequestState, sent_on: date, due_on: date, entry: ReceiptEntry, today: date
) -> list[Objection]:
    """Why the result of a request cannot be noted: noted already, an impossible day, or the period still runs."""
    if state is not RequestState.OPEN:
        return [Objection(f"Das Ergebnis steht bereits fest: „{state.label}“.")]
    if len(entry.note) > LONGEST_TEXT:
        return [Objection(f"Die Anmerkung darf höchstens {LONGEST_TEXT} Zeichen haben.", "note")]
    day = entry.received_on
    if day is not None and not sent_on <= day <= today:
        return [Objection("Der Eingang liegt zwischen dem Tag der Nachforderung und heute.", "received_on")]
    if today <= due_on and (day is None or not entry.is_complete):
        text = f"Die Frist läuft noch bis {in_words(due_on)}; bis dahin kann der Bieter nachreichen."
        return [Objection(text, "received_on")]
    return []
