"""When letters can be made and sent, and when the award can be made: every rule returns its reasons.

The same list greys the button, guards the action and is asserted in tests. Nothing here is waived by a person: a
missing letter, a running standstill and a review keep the award locked (§§ 134, 169 GWB).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from procurement.awarding.states import LetterKind, RegisterResult
from procurement.tenders.holidays import in_words
from procurement.tenders.kinds import ProcedureType, TenderStage
from procurement.values.objection import Objection

EU_PROCEDURES = frozenset(
    {
        ProcedureType.OPEN,
        ProcedureType.RESTRICTED,
        ProcedureType.NEGOTIATED_WITH_CALL,
        ProcedureType.NEGOTIATED_WITHOUT_CALL,
    }
)
# Where firms apply before they may bid, an applicant that was never told is owed the information as well.
WITH_APPLICANTS = frozenset({ProcedureType.RESTRICTED, ProcedureType.NEGOTIATED_WITH_CALL})
LETTER_STAGES = frozenset({TenderStage.AWARD_DECIDED, TenderStage.STANDSTILL})
LONGEST_TEXT = 8000


@dataclass(frozen=True, slots=True)
class AwardFacts:
    """Everything that decides whether the award can be made now.

    ``missing`` are bidders without an information, ``unsent`` those whose letter waits, ``unasked`` winners for whom
    the register was not queried, ``locks`` why a review forbids the award; ``earliest_on`` ends the standstill.
    """

    stage: TenderStage
    is_decided: bool
    is_eu: bool
    missing: Sequence[str]
    unsent: Sequence[str]
    unasked: Sequence[str]
    locks: Sequence[str]
    earliest_on: date | None
    today: date


def objections_to_letters(facts: AwardFacts) -> list[Objection]:
    """Why bidders cannot be informed yet."""
    if facts.stage not in LETTER_STAGES or not facts.is_decided:
        text = "Informiert wird, wenn zwei Personen über alle Lose entschieden haben"
        return [Objection(f"{text}; der Stand ist „{facts.stage.label}“.")]
    if not facts.is_eu:
        return [
            Objection("Unterhalb des Schwellenwerts gilt § 134 GWB nicht; die Bieter erfahren es mit dem Zuschlag.")
        ]
    return []


def objections_to_preparing(facts: AwardFacts) -> list[Objection]:
    """Why no letters are drafted: not decided yet, or everybody has one."""
    found = objections_to_letters(facts)
    if not found and not facts.missing:
        found.append(Objection("Für alle, die zu informieren sind, gibt es schon ein Schreiben."))
    return found


def objections_to_sending(facts: AwardFacts) -> list[Objection]:
    """Why nothing is sent: not decided yet, or nothing waits."""
    found = objections_to_letters(facts)
    if not found and not facts.unsent:
        found.append(Objection("Es wartet kein Schreiben auf den Versand."))
    return found


def objections_to_letter_text(kind: LetterKind, *, is_sent: bool, reasons: str) -> list[Objection]:
    """Why a letter cannot be worded this way: it is sent and fixed, or says no reasons (§ 134 Abs. 1 GWB)."""
    if is_sent:
        return [Objection(f"Das Schreiben „{kind.label}“ ist versandt und steht fest.")]
    if not reasons.strip():
        return [Objection("Bitte die Gründe nennen; ohne sie ist die Information unwirksam (§ 134 GWB).", "reasons")]
    if len(reasons) > LONGEST_TEXT:
        return [Objection(f"Der Text darf höchstens {LONGEST_TEXT} Zeichen haben.", "reasons")]
    return []


def objections_to_extending(facts: AwardFacts, until: date | None, reason: str) -> list[Objection]:
    """Why the standstill cannot be extended: none runs, the day is no later one, no reason for the bidders."""
    if facts.stage is not TenderStage.STANDSTILL or facts.earliest_on is None:
        return [Objection("Verlängert werden kann nur eine laufende Stillhaltefrist.")]
    found = []
    if until is None or until <= facts.earliest_on:
        text = f"Bitte einen Tag nach dem {facts.earliest_on:%d.%m.%Y} wählen."
        found.append(Objection(text, "until"))
    if not reason.strip():
        found.append(Objection("Bitte den Bietern den Grund der Verlängerung nennen.", "reason"))
    return found


def objections_to_awarding(facts: AwardFacts) -> list[Objection]:
    """Why the award cannot be made now: every reason, so that people see all that is missing."""
    if facts.stage not in LETTER_STAGES or not facts.is_decided:
        text = "Der Zuschlag wird erteilt, wenn zwei Personen über alle Lose entschieden haben"
        return [Objection(f"{text}; der Stand ist „{facts.stage.label}“.")]
    found = [Objection(text) for text in facts.locks]
    found += [
        Objection(f"Für {name} fehlt die Abfrage des Wettbewerbsregisters (§ 6 Abs. 1 WRegG).")
        for name in facts.unasked
    ]
    return found + (_standstill(facts) if facts.is_eu else [])


def _standstill(facts: AwardFacts) -> list[Objection]:
    found = [Objection(f"{name} ist noch nicht informiert (§ 134 GWB): Schreiben fehlt.") for name in facts.missing]
    found += [Objection(f"Das Schreiben an {name} ist noch nicht versandt (§ 134 GWB).") for name in facts.unsent]
    if not found and facts.earliest_on is not None and facts.today < facts.earliest_on:
        found.append(Objection(f"Die Stillhaltefrist läuft; Zuschlag frühestens am {in_words(facts.earliest_on)}."))
    return found


def objections_to_register_query(
    answered_on: date | None, today: date, result: RegisterResult, note: str
) -> list[Objection]:
    """What is wrong with a recorded query: no day, a day to come, or an entry without what follows from it."""
    found = []
    if answered_on is None or answered_on > today:
        found.append(Objection("Bitte den Tag der Auskunft angeben; er liegt nicht in der Zukunft.", "answered_on"))
    if result is RegisterResult.ENTRY and not note.strip():
        text = "Bitte festhalten, warum das Unternehmen trotz der Eintragung nicht ausgeschlossen wird (§ 125 GWB)."
        found.append(Objection(text, "note"))
    return found


def objections_to_answer(received_on: date, answered_on: date | None, text: str) -> list[Objection]:
    """What is wrong with an answer to a request for the reasons (§ 62 VgV)."""
    found = []
    if answered_on is None or answered_on < received_on:
        found.append(Objection("Bitte den Tag der Antwort angeben; er liegt nicht vor dem Antrag.", "answered_on"))
    if not text.strip():
        found.append(Objection("Bitte festhalten, was mitgeteilt wurde.", "answer"))
    return found
