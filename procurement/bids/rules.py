"""What may happen to bids and when: receipt, withdrawal, opening by two officers, corrections, exclusion.

Every rule returns its reasons; the same list is shown beside the locked button, raised by the action and asserted in
tests. A bid of the very second of the deadline is still in time, so nothing is opened before that second is over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from procurement.bids.formal_check import is_late
from procurement.bids.states import BidState
from procurement.tenders.kinds import TenderStage
from procurement.values.objection import Objection

RECEIVING = frozenset({TenderStage.PUBLISHED, TenderStage.BIDS_CLOSED})
OPENING = RECEIVING | {TenderStage.NEGOTIATION}
WITHDRAWING = frozenset({TenderStage.PUBLISHED, TenderStage.NEGOTIATION})
OFFICERS_AT_OPENING = 2
EXCLUDING = frozenset({TenderStage.OPENED, TenderStage.EVALUATED})


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """What decides whether a bid may be recorded; ``lot_numbers`` has one entry per file, ``None`` for other files."""

    stage: TenderStage
    now: datetime
    received_at: datetime
    published_at: datetime | None
    bid_deadline_at: datetime | None
    lot_numbers: Sequence[int | None]
    empty_files: Sequence[str]
    earlier_bid_number: int | None
    proof: str


@dataclass(frozen=True, slots=True)
class OpeningFacts:
    """What decides whether an officer may release the bids; ``is_named`` means that an envelope was made for them."""

    stage: TenderStage
    now: datetime
    bid_deadline_at: datetime | None
    deadline_text: str
    officer_id: int | None
    is_officer: bool
    is_named: bool
    first_by_id: int | None = None
    first_by_name: str = ""


@dataclass(frozen=True, slots=True)
class ImportFacts:
    """What decides whether bids opened elsewhere may be taken over.

    ``officers`` are the different people involved, ``None`` while a table is only looked at.
    """

    stage: TenderStage
    now: datetime
    bid_deadline_at: datetime | None
    deadline_text: str
    bids: int
    officers: frozenset[int] | None


def objections_to_receiving(facts: ReceiptFacts) -> list[Objection]:
    """Why a bid cannot be recorded now; being late is no reason, it is recorded and leads to exclusion."""
    if facts.stage not in RECEIVING:
        return [
            Objection(
                f"Angebote werden nur zwischen Veröffentlichung und Öffnung angenommen; die Ausschreibung ist im Stand "
                f"„{facts.stage.label}“."
            )
        ]
    return objections_to_receipt(facts)


def objections_to_receipt(facts: ReceiptFacts) -> list[Objection]:
    """What is wrong with moment, proof or files, or that the bidder has a bid here already; in any round."""
    found = [*_objections_to_moment(facts), *_objections_to_files(facts)]
    if facts.earlier_bid_number is not None:
        found.append(
            Objection(
                f"Von diesem Bieter liegt bereits Angebot {facts.earlier_bid_number} vor. Soll es ersetzt werden, "
                "ziehen Sie es vor Ablauf der Frist zurück.",
                "bidder",
            )
        )
    return found


def _objections_to_moment(facts: ReceiptFacts) -> list[Objection]:
    """The moment of receipt must be possible, and a claim to have been in time needs a proof once time is over."""
    deadline = facts.bid_deadline_at
    if facts.received_at > facts.now:
        return [Objection("Der Eingang liegt in der Zukunft. Bitte Datum und Uhrzeit prüfen.", "received_at")]
    if facts.published_at is None or deadline is None or facts.received_at < facts.published_at:
        return [Objection("Der Eingang liegt vor der Veröffentlichung. Bitte Datum und Uhrzeit prüfen.", "received_at")]
    if is_late(facts.now, deadline) and not is_late(facts.received_at, deadline) and not facts.proof.strip():
        return [
            Objection(
                "Die Angebotsfrist ist abgelaufen. Ein früherer Eingang braucht einen Nachweis, zum Beispiel das "
                "Eingangsprotokoll der Vergabeplattform mit Aktenzeichen.",
                "proof",
            )
        ]
    return []


def _objections_to_files(facts: ReceiptFacts) -> list[Objection]:
    found = []
    if not facts.lot_numbers:
        found.append(Objection("Bitte mindestens eine Datei auswählen.", "files"))
    sheets = [number for number in facts.lot_numbers if number is not None]
    found += [
        Objection(f"Für Los {number} ist mehr als ein Preisblatt ausgewählt. Bitte genau eines wählen.", "files")
        for number in sorted(set(sheets))
        if sheets.count(number) > 1
    ]
    found += [Objection(f"Die Datei „{name}“ ist leer. Bitte neu auswählen.", "files") for name in facts.empty_files]
    return found


def objections_to_withdrawing(
    stage: TenderStage, state: BidState, now: datetime, bid_deadline_at: datetime | None
) -> list[Objection]:
    """Why a bid cannot be withdrawn: bidders are free until the deadline and bound afterwards."""
    if state is not BidState.SEALED:
        return [Objection(f"Das Angebot ist im Zustand „{state.label}“ und kann nicht zurückgezogen werden.")]
    if stage not in WITHDRAWING or bid_deadline_at is None or is_late(now, bid_deadline_at):
        return [Objection("Die Angebotsfrist ist abgelaufen; Bieter sind an ihr Angebot gebunden.")]
    return []


def objections_to_first_release(facts: OpeningFacts) -> list[Objection]:
    """Why this officer cannot begin the opening; before the deadline nobody can (§ 55 (1) VgV)."""
    if facts.first_by_id is not None:
        return [Objection(f"Die Öffnung hat bereits begonnen: {facts.first_by_name} hat als erste Person freigegeben.")]
    return _objections_to_any_release(facts)


def objections_to_second_release(facts: OpeningFacts) -> list[Objection]:
    """Why this officer cannot complete the opening; it takes two different people."""
    found = _objections_to_any_release(facts)
    if facts.first_by_id is None:
        found.append(Objection("Die Öffnung hat noch nicht begonnen. Bitte zuerst als erste Person freigeben."))
    elif facts.first_by_id == facts.officer_id:
        found.append(
            Objection(
                "Sie haben bereits als erste Person freigegeben. Die Angebote müssen von zwei verschiedenen Personen "
                "geöffnet werden."
            )
        )
    return found


def _objections_to_any_release(facts: OpeningFacts) -> list[Objection]:
    if facts.stage not in OPENING:
        return [Objection(f"Die Ausschreibung ist im Stand „{facts.stage.label}“; Angebote sind nicht zu öffnen.")]
    found = []
    if facts.bid_deadline_at is None or not is_late(facts.now, facts.bid_deadline_at):
        found.append(
            Objection(f"Die Angebotsfrist läuft noch bis {facts.deadline_text}. Vorher öffnet niemand die Angebote.")
        )
    if not facts.is_officer or not facts.is_named:
        found.append(
            Objection(
                "Sie sind für die Öffnung dieser Ausschreibung nicht benannt. Öffnen können nur Personen der "
                "Vergabestelle, die bei der Veröffentlichung einen Öffnungsschlüssel hatten."
            )
        )
    return found


def objections_to_importing(facts: ImportFacts) -> list[Objection]:
    """Why bids opened elsewhere cannot be taken over; two officers answer for it as for an opening here."""
    if facts.stage not in RECEIVING:
        return [Objection(f"Die Ausschreibung ist im Stand „{facts.stage.label}“; Angebote sind nicht zu übernehmen.")]
    found = []
    if facts.bid_deadline_at is None or not is_late(facts.now, facts.bid_deadline_at):
        found.append(Objection(f"Die Angebotsfrist läuft noch bis {facts.deadline_text}; bis dahin bleibt alles zu."))
    if facts.officers is not None and len(facts.officers) < OFFICERS_AT_OPENING:
        found.append(Objection("Die Übernahme braucht zwei verschiedene Personen der Vergabestelle."))
    if facts.bids:
        found.append(
            Objection(
                f"Hier liegen bereits {facts.bids} verschlossene Angebote. Sie werden hier geöffnet; eine Übernahme "
                "von einer anderen Plattform würde beides vermischen."
            )
        )
    return found


def objections_to_reading_again(
    stage: TenderStage, state: BidState, *, was_evaluated: bool, reason: str
) -> list[Objection]:
    """Why prices cannot be read again: they are fixed as soon as one lot of the tender was evaluated."""
    if stage is not TenderStage.OPENED:
        return [Objection(f"Preise werden nur vor der Wertung eingelesen; der Stand ist „{stage.label}“.")]
    if was_evaluated:
        return [Objection("Preise werden nur vor der Wertung eingelesen; ein Los ist bereits gewertet.")]
    if state is not BidState.OPENED:
        return [Objection(f"Das Angebot ist im Zustand „{state.label}“; es wird kein Preisblatt mehr eingelesen.")]
    return _missing(reason, "Bitte den Anlass angeben, zum Beispiel die Nachforderung mit Datum.")


def objections_to_excluding(stage: TenderStage, state: BidState, reason: str) -> list[Objection]:
    """Why a bid cannot be excluded now; the norm is chosen from a list, the reason is always in own words."""
    if stage not in EXCLUDING:
        return [Objection(f"Ausgeschlossen wird zwischen Öffnung und Zuschlag; der Stand ist „{stage.label}“.")]
    if state is not BidState.OPENED:
        return [Objection(f"Das Angebot ist bereits im Zustand „{state.label}“.")]
    return _missing(reason, "Bitte den Ausschluss begründen; die Begründung kommt in die Vergabeakte.")


def objections_to_excluding_alone(*, was_evaluated: bool) -> list[Objection]:
    """Why one person cannot exclude a bid: once a ranking is known, another person has to agree."""
    if not was_evaluated:
        return []
    text = (
        "Ein Los ist bereits gewertet. Der Ausschluss wird unter „Prüfung“ mit Begründung vorgeschlagen und von einer "
        "anderen Person bestätigt; alle betroffenen Lose werden dabei neu gewertet."
    )
    return [Objection(text)]


def objections_to_norm(norm: str) -> list[Objection]:
    """An exclusion without a ground in the law is none."""
    return [] if norm.strip() else [Objection("Bitte die Norm wählen, auf die sich der Ausschluss stützt.", "norm")]


def objections_to_excusing(stage: TenderStage, state: BidState, *, was_late: bool, reason: str) -> list[Objection]:
    """Why a delay cannot be excused now (§ 57 (1) no. 1 VgV: unless the bidder is not to blame)."""
    if not was_late:
        return [Objection("Das Angebot ist rechtzeitig eingegangen.")]
    if stage not in OPENING | {TenderStage.OPENED} or state not in {BidState.SEALED, BidState.OPENED}:
        return [
            Objection(
                f"Über die Verspätung wird vor der Wertung entschieden; Stand „{stage.label}“, Angebot „{state.label}“."
            )
        ]
    return _missing(reason, "Bitte begründen, warum der Bieter die Verspätung nicht zu vertreten hat.")


def objections_to_excusing_further(state: BidState, *, is_further: bool) -> list[Objection]:
    """A further bid takes the place of the earlier one when it is opened, so its lateness is settled before."""
    if not is_further or state is BidState.SEALED:
        return []
    return [Objection("Über die Verspätung eines weiteren Angebots wird vor seiner Öffnung entschieden.")]


def _missing(reason: str, sentence: str) -> list[Objection]:
    return [] if reason.strip() else [Objection(sentence, "reason")]
