"""Negotiated rounds: who may be invited to a further bid, when, and how the rounds compare (§ 17 VgV).

Only a negotiated procedure negotiates, and never about final bids. Whoever is left in has to be invited, unless the
number of bids is reduced for a stated reason; then the others fall out when the round is opened.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from procurement.bids.states import WithoutFurtherBid
from procurement.tenders.kinds import ProcedureType, TenderStage
from procurement.values.money import Money
from procurement.values.objection import Objection

NEGOTIATED = frozenset({ProcedureType.NEGOTIATED_WITH_CALL, ProcedureType.NEGOTIATED_WITHOUT_CALL})
INVITING = frozenset({TenderStage.OPENED, TenderStage.EVALUATED})
TEXT_LENGTH = 4000


@dataclass(frozen=True, slots=True)
class InvitationEntry:
    """What an officer enters to invite: which bids may be replaced until when, about what, and what else happens."""

    bid_ids: frozenset[int]
    deadline_at: datetime | None
    without_bid: WithoutFurtherBid
    topics: str
    is_final: bool = False
    reason_left_out: str = ""


@dataclass(frozen=True, slots=True)
class InvitingFacts:
    """What decides whether bidders may be invited; ``candidates`` are the bids still in the running by id."""

    stage: TenderStage
    procedure_type: ProcedureType
    now: datetime
    candidates: Mapping[int, str]
    was_final: bool


@dataclass(frozen=True, slots=True)
class FurtherReceiptFacts:
    """What decides, besides moment and files, whether a further bid may be received."""

    stage: TenderStage
    is_invited: bool
    received_at: datetime
    invited_at: datetime


@dataclass(frozen=True, slots=True)
class RoundPrice:
    """One bidder's price in one round, and how it changed since the bid it replaced; no price while incomplete."""

    bid_id: int
    number: int
    round_number: int
    price: Money | None
    change: Money | None = None
    change_percent: Fraction | None = None


def objections_to_negotiating(facts: InvitingFacts) -> list[Objection]:
    """Why nobody can be invited at all; the same list greys the button."""
    if facts.procedure_type not in NEGOTIATED:
        text = f"Im Verfahren „{facts.procedure_type.label}“ wird nicht verhandelt; Angebote bleiben, wie sie sind."
        return [Objection(f"{text} (§ 15 Abs. 5 VgV)")]
    if facts.stage not in INVITING:
        text = f"Aufgefordert wird nach einer Öffnung und vor dem Zuschlag; der Stand ist „{facts.stage.label}“."
        return [Objection(text)]
    if facts.was_final:
        return [Objection("Über endgültige Angebote wird nicht mehr verhandelt (§ 17 Abs. 10 VgV).")]
    if not facts.candidates:
        return [Objection("Es ist kein Angebot mehr im Verfahren, über das zu verhandeln wäre.")]
    return []


def objections_to_inviting(facts: InvitingFacts, entry: InvitationEntry) -> list[Objection]:
    """Everything that keeps this invitation from being sent."""
    found = objections_to_negotiating(facts)
    if not entry.bid_ids:
        found.append(Objection("Bitte mindestens einen Bieter wählen.", "bids"))
    if not entry.bid_ids <= facts.candidates.keys():
        found.append(Objection("Ein gewähltes Angebot ist nicht mehr im Verfahren. Bitte neu wählen.", "bids"))
    if entry.deadline_at is None or entry.deadline_at <= facts.now:
        text = "Bitte eine Frist in der Zukunft setzen; sie ist für alle Aufgeforderten dieselbe."
        found.append(Objection(text, "deadline_at"))
    if not entry.topics.strip():
        found.append(Objection("Bitte angeben, worüber verhandelt wird.", "topics"))
    left_out = [name for bid_id, name in facts.candidates.items() if bid_id not in entry.bid_ids]
    if entry.bid_ids and left_out and not entry.reason_left_out.strip():
        text = (
            f"Nicht aufgefordert: {', '.join(left_out)}. Bitte begründen, warum die Zahl der Angebote verringert wird"
        )
        found.append(Objection(f"{text} (§ 17 Abs. 12 VgV).", "reason_left_out"))
    return found


def objections_to_further_bid(facts: FurtherReceiptFacts) -> list[Objection]:
    """Why a further bid cannot be recorded, besides what is wrong with its moment or its files."""
    if facts.stage is not TenderStage.NEGOTIATION:
        return [Objection(f"Weitere Angebote gehen nur in der Verhandlung ein; der Stand ist „{facts.stage.label}“.")]
    found = []
    if not facts.is_invited:
        found.append(Objection("Dieser Bieter ist in dieser Runde nicht aufgefordert.", "bidder"))
    if facts.received_at < facts.invited_at:
        found.append(
            Objection("Der Eingang liegt vor der Aufforderung. Bitte Datum und Uhrzeit prüfen.", "received_at")
        )
    return found


def rounds_of(prices: Sequence[tuple[int, int, int, Money | None]]) -> tuple[RoundPrice, ...]:
    """One bidder's bids in the order of rounds (id, number, round, price) with the exact change each time."""
    found: list[RoundPrice] = []
    for bid_id, number, round_number, price in prices:
        before = found[-1].price if found else None
        change = price - before if price is not None and before is not None else None
        share = Fraction(change.cents * 100, before.cents) if change is not None and before else None
        found.append(RoundPrice(bid_id, number, round_number, price, change, share))
    return tuple(found)


def invitation_text(entry: InvitationEntry, deadline_text: str, number: int) -> str:
    """The text of the invitation, the same for everybody invited; it names no price and no other bidder."""
    kind = "eines endgültigen Angebots" if entry.is_final else "eines weiteren Angebots"
    stays = entry.without_bid is WithoutFurtherBid.STAYS
    without = "gilt Ihr bisheriges Angebot weiter" if stays else "scheiden Sie aus dem Verfahren aus"
    return "\n".join(
        [
            f"wir fordern Sie zur Abgabe {kind} in Verhandlungsrunde {number} auf.",
            "",
            f"Gegenstand: {entry.topics.strip()}",
            f"Frist für den Eingang: {deadline_text}. Sie ist für alle Aufgeforderten dieselbe.",
            f"Geht bis dahin kein Angebot von Ihnen ein, {without}.",
            "Mindestanforderungen und Zuschlagskriterien ändern sich nicht (§ 17 Abs. 10 VgV).",
        ]
    )
