"""The clarification of a conspicuous price: letter with a last day, answer, outcome by a person, what follows from it.

A price that is not explained is to be rejected: "darf" until the reform, "soll" since (§ 60 Abs. 3 VgV); keeping the
bid all the same needs a reason of its own.
"""

from dataclasses import dataclass
from datetime import date

from procurement.examination.document_requests import LONGEST_TEXT, objections_to_due_day
from procurement.examination.states import PriceOutcome
from procurement.values.objection import Objection


@dataclass(frozen=True, slots=True)
class ClarificationFacts:
    """Where the check of one price stands."""

    is_examined_now: bool
    has_signal: bool
    is_mandatory: bool
    is_sent: bool
    has_answer: bool
    outcome: PriceOutcome | None
    due_on: date | None
    today: date


@dataclass(frozen=True, slots=True)
class OutcomeEntry:
    """The decision as it is typed; ``keep_reason`` says why an unexplained bid stays in nevertheless."""

    outcome: PriceOutcome
    reason: str
    keep_reason: str = ""


def is_open(*, is_mandatory: bool, outcome: PriceOutcome | None, is_kept: bool) -> bool:
    """Whether the bid must not win yet: not decided, or to be rejected and neither excluded nor kept with a reason."""
    if outcome is None:
        return is_mandatory
    return outcome is PriceOutcome.NOT_EXPLAINED and not is_kept


def objections_to_asking(
    facts: ClarificationFacts, questions: str | None = None, due_on: date | None = None
) -> list[Objection]:
    """Why no letter can be sent; ``questions`` left out while only the form is shown."""
    if not facts.is_examined_now:
        return [Objection("Preise werden nach der Öffnung und vor dem Zuschlagsvorschlag aufgeklärt.")]
    if facts.is_sent:
        return [Objection("Die Aufklärung dieses Preises ist bereits verlangt.")]
    if facts.outcome is not None:
        return [Objection(f"Über diesen Preis ist bereits entschieden: „{facts.outcome.label}“.")]
    if questions is None:
        return []
    found = objections_to_due_day(due_on, facts.today)
    if not questions.strip() or len(questions) > LONGEST_TEXT:
        found.append(
            Objection(f"Bitte die Fragen an den Bieter stellen, höchstens {LONGEST_TEXT} Zeichen.", "questions")
        )
    return found


def objections_to_answer(facts: ClarificationFacts, answer: str, answered_on: date | None) -> list[Objection]:
    """Why an answer cannot be noted: nothing was asked, decided already, no day, no words."""
    if not facts.is_sent:
        return [Objection("Der Bieter wurde noch nicht um Aufklärung gebeten.")]
    if facts.outcome is not None:
        return [Objection(f"Über diesen Preis ist bereits entschieden: „{facts.outcome.label}“.")]
    found = []
    if answered_on is None or answered_on > facts.today:
        found.append(Objection("Bitte den Tag des Eingangs angeben, spätestens heute.", "answered_on"))
    if not answer.strip() or len(answer) > LONGEST_TEXT:
        found.append(Objection(f"Bitte die Antwort festhalten, höchstens {LONGEST_TEXT} Zeichen.", "answer"))
    return found


def objections_to_outcome(facts: ClarificationFacts, entry: OutcomeEntry) -> list[Objection]:
    """Why the outcome cannot be decided like this; nobody is rejected unheard."""
    if not facts.is_examined_now:
        return [Objection("Über Preise wird nach der Öffnung und vor dem Zuschlagsvorschlag entschieden.")]
    if facts.outcome is not None:
        return [Objection(f"Über diesen Preis ist bereits entschieden: „{facts.outcome.label}“.")]
    found = _objections_to_hearing(facts, entry.outcome)
    if not entry.reason.strip() or max(len(entry.reason), len(entry.keep_reason)) > LONGEST_TEXT:
        found.append(Objection(f"Bitte begründen, höchstens {LONGEST_TEXT} Zeichen.", "reason"))
    if entry.keep_reason.strip() and entry.outcome is not PriceOutcome.NOT_EXPLAINED:
        found.append(
            Objection("Nur ein nicht aufgeklärter Preis braucht einen Grund, in der Wertung zu bleiben.", "keep_reason")
        )
    return found


def _objections_to_hearing(facts: ClarificationFacts, outcome: PriceOutcome) -> list[Objection]:
    text = ""
    if outcome is PriceOutcome.NO_DOUBT:
        if facts.is_mandatory:
            text = "Der Abstand verlangt eine Aufklärung (§ 60 Abs. 1 VgV); bitte den Bieter fragen."
    elif not facts.is_sent:
        text = "Bitte zuerst Aufklärung verlangen (§ 60 Abs. 1 VgV)."
    elif not facts.has_answer and outcome is PriceOutcome.EXPLAINED:
        text = "Bitte zuerst die Antwort des Bieters festhalten."
    elif not facts.has_answer and facts.due_on is not None and facts.today <= facts.due_on:
        text = "Der Bieter kann noch bis zum Ende der Frist antworten."
    return [Objection(text, "outcome")] if text else []


def objections_to_keeping(outcome: PriceOutcome | None, kept_because: str, reason: str) -> list[Objection]:
    """Why no reason can be added for keeping an unexplained bid."""
    if outcome is not PriceOutcome.NOT_EXPLAINED or kept_because:
        return [Objection("Ein Grund ist nur für ein nicht aufgeklärtes Angebot festzuhalten, und nur einmal.")]
    if not reason.strip() or len(reason) > LONGEST_TEXT:
        return [Objection(f"Bitte begründen, höchstens {LONGEST_TEXT} Zeichen.", "keep_reason")]
    return []
