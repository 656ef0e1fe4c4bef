"""The letters of this feature in words: subject and text as they are mailed, shown and later printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from procurement.awarding.states import LetterKind
from procurement.tenders.holidays import in_words


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What a letter is made of; ``winners`` names the winner of each lot it tells about as number, title and name."""

    kind: LetterKind
    reference: str
    title: str
    bidder: str
    winners: Sequence[tuple[int, str, str]]
    reasons: str
    earliest_contract_on: date | None


def subject_of(facts: LetterFacts) -> str:
    """The subject line."""
    return f"{facts.kind.label}: {facts.reference} {facts.title}"


def text_of(facts: LetterFacts) -> str:
    """The whole text, paragraph by paragraph."""
    parts = {
        LetterKind.INFORMATION: _information,
        LetterKind.EXTENSION: _extension,
        LetterKind.AWARD: _award,
        LetterKind.REJECTION: _rejection,
        LetterKind.CANCELLATION: _cancellation,
    }[facts.kind](facts)
    return "\n\n".join(["Sehr geehrte Damen und Herren,", *parts, "Mit freundlichen Grüßen"])


def _lots(facts: LetterFacts) -> str:
    return "\n".join(f"- Los {number} „{title}“: {name}" for number, title, name in facts.winners)


def _information(facts: LetterFacts) -> list[str]:
    opening = (
        f"im Verfahren {facts.reference} „{facts.title}“ kann Ihr Angebot nicht oder nicht in allen Losen "
        "berücksichtigt werden. Der Zuschlag soll erteilt werden auf das Angebot von:"
    )
    why = "Gründe der vorgesehenen Nichtberücksichtigung:"
    return [opening, _lots(facts), why, facts.reasons, _earliest(facts, "Der Vertrag wird frühestens geschlossen am")]


def _extension(facts: LetterFacts) -> list[str]:
    opening = (
        f"im Verfahren {facts.reference} „{facts.title}“ verlängern wir die Stillhaltefrist nach § 134 Abs. 2 GWB; das "
        "teilen wir allen Bietern mit."
    )
    return [opening, facts.reasons, _earliest(facts, "Der Vertrag wird nun frühestens geschlossen am")]


def _award(facts: LetterFacts) -> list[str]:
    opening = f"auf Ihr Angebot im Verfahren {facts.reference} „{facts.title}“ erteilen wir den Zuschlag für:"
    return [opening, _lots(facts), "Mit Zugang dieses Schreibens ist der Vertrag geschlossen."]


def _rejection(facts: LetterFacts) -> list[str]:
    opening = (
        f"im Verfahren {facts.reference} „{facts.title}“ konnte Ihr Angebot nicht oder nicht in allen Losen "
        "berücksichtigt werden. Den Zuschlag erhält:"
    )
    return [opening, _lots(facts), facts.reasons]


def _cancellation(facts: LetterFacts) -> list[str]:
    opening = f"das Verfahren {facts.reference} „{facts.title}“ wird ganz oder teilweise aufgehoben (§ 63 Abs. 2 VgV)."
    return [opening, facts.reasons]


def _earliest(facts: LetterFacts, words: str) -> str:
    day = facts.earliest_contract_on
    return f"{words} {in_words(day)}." if day else f"{words} dem Tag, der beim Versand errechnet wird."
