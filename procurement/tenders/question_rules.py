"""Bidders' questions: nobody is recognised in what is published, everybody reads it at once, and not too late.

Answers come at least six days before the bid deadline, four in an accelerated procedure; a later answer moves the
deadline unless it does not matter for the bids or was asked for too late (§ 20 Abs. 3 VgV). Six days before the
deadline means: the day of the answer is not counted, and the new deadline ends on a working day.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from procurement.rulebook import thresholds
from procurement.rulebook.rule import DatedRule
from procurement.tenders import periods
from procurement.tenders.kinds import TenderStage
from procurement.values.label import Labelled
from procurement.values.objection import Objection

TEXT_LENGTH = 10_000
SENDER_LENGTH = 200
SHORTEST_NAME = 3
# Legal forms and fillers say nothing about who somebody is.
NO_NAMES = frozenset({
    "gmbh", "mbh", "ag", "kg", "ug", "ohg", "gbr", "eg", "ev", "se", "co", "und", "the", "der", "die", "das", "von",
    "inc", "ltd", "llc", "herr", "frau", "firma", "deutschland", "group", "systeme", "service", "services", "technik",
    "handel", "software", "consulting", "solutions", "netz", "netze", "daten", "online", "com", "net", "org", "info",
})  # fmt: skip


class QuestionState(Labelled):
    """Life of a bidder's question."""

    OPEN = "open", "Offen"
    ANSWERED = "answered", "Beantwortet"
    WITHDRAWN = "withdrawn", "Zurückgezogen"


@dataclass(frozen=True, slots=True)
class Extension:
    """A proposed later bid deadline with the rule and the arithmetic behind it."""

    deadline_on: date
    rule: DatedRule
    arithmetic: str


def answer_rule(started_on: date, *, is_accelerated: bool) -> DatedRule:
    """How many days before the bid deadline answers have to be there, by the rules of the procedure's first day."""
    return thresholds.rule_on("DL_QA_URGENT" if is_accelerated else "DL_QA", started_on)


def extension(answered_on: date, bid_deadline_on: date, rule: DatedRule) -> Extension | None:
    """The later deadline that an answer of that day calls for; nothing when it is early enough."""
    if answered_on <= bid_deadline_on - timedelta(days=rule.number):
        return None
    later = periods.end_of(answered_on, rule.number)
    return Extension(later, rule, periods.arithmetic("Auskunft", answered_on, rule.number))


def is_after_question_deadline(received_at: datetime, question_deadline_at: datetime | None) -> bool:
    """Whether a question came after the end of the time for questions; it may be answered all the same."""
    return question_deadline_at is not None and received_at > question_deadline_at


def names_found(text: str, names: Iterable[str]) -> list[str]:
    """The names in a text: in full, by a telling word of theirs, or by an address; in the order of ``names``."""
    lowered = text.casefold()
    words = set(re.findall(r"\w+", lowered))
    return [name for name in dict.fromkeys(names) if name.strip() and _is_in(name.casefold(), lowered, words)]


def _is_in(name: str, text: str, words: set[str]) -> bool:
    if re.search(rf"(?<!\w){re.escape(name.strip())}(?!\w)", text):
        return True
    telling = {word for word in re.findall(r"\w+", name) if len(word) >= SHORTEST_NAME and word not in NO_NAMES}
    return any(not word.isdigit() and word in words for word in telling)


def objections_to_asking(text: str, sender: str, received_at: datetime, now: datetime) -> list[Objection]:
    """What is missing when a question is recorded."""
    found = []
    if not text.strip():
        found.append(Objection("Bitte den Wortlaut der Frage eintragen.", "original"))
    elif len(text.strip()) > TEXT_LENGTH:
        found.append(Objection(f"Die Frage darf höchstens {TEXT_LENGTH} Zeichen haben.", "original"))
    if len(sender.strip()) > SENDER_LENGTH:
        found.append(Objection(f"Der Absender darf höchstens {SENDER_LENGTH} Zeichen haben.", "sender"))
    if received_at > now:
        found.append(Objection("Der Eingang liegt in der Zukunft. Bitte den Zeitpunkt prüfen.", "received_at"))
    return found


def objections_to_time(
    stage: TenderStage, now: datetime, published_at: datetime | None, bid_deadline_at: datetime | None
) -> list[Objection]:
    """Why there are no questions and answers now: only between publication and bid deadline."""
    if published_at is None:
        return [Objection("Bieterfragen gibt es ab der Veröffentlichung.")]
    if stage is not TenderStage.PUBLISHED or bid_deadline_at is None or now >= bid_deadline_at:
        return [Objection("Die Angebotsfrist ist abgelaufen. Fragen werden nicht mehr aufgenommen und beantwortet.")]
    return []


def objections_to_answering(
    state: QuestionState, published_text: str, answer: str, names: Iterable[str], *, is_checked: bool
) -> list[Objection]:
    """What keeps an answer from being released to everybody; a name in the text is confirmed or taken out."""
    if state is not QuestionState.OPEN:
        return [Objection(f"Die Frage ist „{state.label}“ und wird nicht noch einmal beantwortet.")]
    found = []
    for text, field, what in ((published_text, "published_text", "die Frage"), (answer, "answer", "die Antwort")):
        if not text.strip():
            found.append(Objection(f"Bitte {what} so eintragen, wie alle sie lesen.", field))
        elif len(text.strip()) > TEXT_LENGTH:
            found.append(Objection(f"Der Text darf höchstens {TEXT_LENGTH} Zeichen haben.", field))
    named = names_found(f"{published_text}\n{answer}", names)
    if named and not is_checked:
        text = (
            f"Im Text kommt vor: {', '.join(named)}. Alle Bieter lesen ihn; niemand darf erkennbar sein (§ 5 VgV). "
            "Bitte den Text ändern oder bestätigen, dass niemand gemeint ist."
        )
        found.append(Objection(text, "is_checked"))
    return found


def objections_to_withdrawing(state: QuestionState, reason: str) -> list[Objection]:
    """Why a question cannot be closed without an answer."""
    if state is not QuestionState.OPEN:
        return [Objection(f"Die Frage ist „{state.label}“.")]
    if not reason.strip():
        return [Objection("Bitte angeben, warum die Frage ohne Antwort geschlossen wird.", "reason")]
    return []
