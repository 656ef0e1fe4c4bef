"""The texts of letters to a bidder, as they are sent and later printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from procurement.tenders.holidays import in_words


@dataclass(frozen=True, slots=True)
class LetterHead:
    """What every letter names."""

    reference: str
    title: str
    bid_number: int
    bidder: str


@dataclass(frozen=True, slots=True)
class CorrectedLine:
    """A line whose total the bidder wrote differently; amounts as German text."""

    number: str
    written: str
    recomputed: str


def document_request(head: LetterHead, titles: Sequence[str], due_on: date, norm: str) -> tuple[str, str]:
    """Subject and text of a request for documents."""
    named = "\n".join(f"- {title}" for title in titles)
    text = (
        f"{_opening(head)}\n\nbei der Prüfung Ihres Angebots fehlten folgende Unterlagen oder waren unvollständig:\n"
        f"{named}\n\nBitte reichen Sie sie bis {in_words(due_on)}, 24:00 Uhr, nach ({norm}). Eine weitere "
        "Nachforderung ist nicht vorgesehen. Angebote, zu denen nachgeforderte Unterlagen nicht fristgerecht "
        "vorliegen, werden ausgeschlossen (§ 57 Abs. 1 Nr. 2 VgV)."
    )
    return f"Nachforderung von Unterlagen: {head.reference} {head.title}", text


def price_clarification(head: LetterHead, lot: str, questions: str, due_on: date) -> tuple[str, str]:
    """Subject and text of a price clarification; it names no other bidder and no other price."""
    text = (
        f"{_opening(head)}\n\nder Preis Ihres Angebots für {lot} erscheint im Verhältnis zur Leistung ungewöhnlich "
        f"niedrig. Bitte klären Sie ihn bis {in_words(due_on)} auf (§ 60 VgV):\n\n{questions.strip()}\n\n"
        "Bitte belegen Sie Ihre Angaben. Kann die Preisbildung nicht zufriedenstellend aufgeklärt werden, ist das "
        "Angebot in der Regel abzulehnen."
    )
    return f"Aufklärung des Angebotspreises: {head.reference} {head.title}", text


def corrections(head: LetterHead, lot: str, lines: Sequence[CorrectedLine], rule: str) -> tuple[str, str]:
    """Subject and text of a notice about corrected totals."""
    named = "\n".join(
        f"- Position {line.number}: eingetragen {line.written} Euro, nachgerechnet {line.recomputed} Euro"
        for line in lines
    )
    text = (
        f"{_opening(head)}\n\nin Ihrem Angebot für {lot} widersprechen sich Einheitspreis und Gesamtbetrag:\n"
        f"{named}\n\n"
        f"Nach der bekannt gemachten Regel gilt: {rule}. Ihr Angebot wird entsprechend gewertet (§ 56 Abs. 1 VgV)."
    )
    return f"Rechnerische Prüfung Ihres Angebots: {head.reference} {head.title}", text


def _opening(head: LetterHead) -> str:
    return f"Angebot {head.bid_number}, {head.bidder}\n\nSehr geehrte Damen und Herren,"
