"""What may be entered and changed in a planned tender, as objections; publication has its own module."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from procurement.demand.rules import CPV_CODE, LARGEST_PRICE, LARGEST_QUANTITY
from procurement.demand.states import RoundState
from procurement.rulebook.rule import VGV_IN_FORCE
from procurement.rulebook.thresholds import rule_on
from procurement.tenders import lifecycle
from procurement.tenders.entries import JointLineEntry, TenderEntry
from procurement.tenders.kinds import LineOrigin, TenderStage
from procurement.tenders.lineage import PlannedLine
from procurement.values.money import UnitPrice
from procurement.values.objection import Objection, objections_to_lengths
from procurement.values.quantity import Quantity

if TYPE_CHECKING:
    from procurement.tenders.models import Lot, LotItem, Tender

TENDER_LENGTHS = (("reference", "Die Vergabenummer", 40), ("title", "Der Titel", 200))
LINE_LENGTHS = (("number", "Die Nummer", 40), ("title", "Die Bezeichnung", 300), ("unit", "Die Einheit", 40))
LOT_TITLE_LENGTH = 200
OWN_VERBS = frozenset({TenderStage.PUBLISHED, TenderStage.CANCELLED})


def objections_to_changing(tender: "Tender") -> list[Objection]:
    """Nothing below a published or cancelled tender changes: bidders and members rely on it."""
    if tender.is_frozen:
        return [
            Objection(
                "Die Ausschreibung ist veröffentlicht. Lose, Positionen, Kriterien, Methode, Fristen und Teilnehmende "
                "stehen fest. Bis zum Ende der Angebotsfrist lassen sich Positionen und Fristen unter „Fassungen“ mit "
                "Begründung berichtigen."
            )
        ]
    if tender.stage is not TenderStage.PLANNED:
        return [Objection(f"Die Ausschreibung steht auf „{tender.stage.label}“ und lässt sich nicht mehr ändern.")]
    return []


def objections_to_entry(entry: TenderEntry, *, is_taken: bool) -> list[Objection]:
    """What is wrong with the entry of a tender; ``is_taken``: another tender has its reference already."""
    found = []
    if not entry.reference.strip():
        found.append(Objection("Bitte eine Vergabenummer vergeben, zum Beispiel V-2026-01.", "reference"))
    elif is_taken:
        text = f"Die Vergabenummer {entry.reference} trägt schon eine andere Ausschreibung."
        found.append(Objection(text, "reference"))
    if not entry.title.strip():
        found.append(Objection("Bitte einen Titel eingeben.", "title"))
    if entry.procedure_started_on < VGV_IN_FORCE:
        text = f"Das Regelwerk reicht nur bis zum {VGV_IN_FORCE:%d.%m.%Y} zurück. Bitte einen späteren Beginn angeben."
        found.append(Objection(text, "procedure_started_on"))
    return found + objections_to_lengths(entry, TENDER_LENGTHS)


def objections_to_planning(state: RoundState, lines: Sequence[PlannedLine]) -> list[Objection]:
    """Why no tender can be planned from a round: it is not closed, or everything in it is in a tender already."""
    if state is not RoundState.CLOSED:
        return [Objection("Die Bedarfsrunde ist noch nicht geschlossen. Erst danach stehen die Mengen fest.", "round")]
    if not lines:
        text = "In dieser Bedarfsrunde ist kein Bedarf offen: Es wurde nichts gemeldet oder alles ist schon verplant."
        return [Objection(text, "round")]
    return []


def objections_to_lot_title(title: str) -> list[Objection]:
    """What is wrong with the name of a lot."""
    if not title.strip():
        return [Objection("Bitte dem Los eine Bezeichnung geben.", "title")]
    if len(title.strip()) > LOT_TITLE_LENGTH:
        return [Objection(f"Die Bezeichnung darf höchstens {LOT_TITLE_LENGTH} Zeichen haben.", "title")]
    return []


def objections_to_moving(line: "LotItem", lot: "Lot") -> list[Objection]:
    """Why a line cannot go into a lot: it belongs to another tender, or the line is there already."""
    if line.lot.tender_id != lot.tender_id:
        text = "Das Los gehört zu einer anderen Ausschreibung. Bitte ein Los dieser Ausschreibung wählen."
        return [Objection(text, "lot")]
    if line.lot_id == lot.id:
        return [Objection(f"Die Position liegt schon in Los {lot.number}.", "lot")]
    return []


def lots_norm(started_on: date) -> str:
    """The norm that puts the award in lots first, by the day the procedure began: § 97 Abs. 4 or § 97a GWB."""
    return str(rule_on("LOTS_NORM", started_on).value)


def objections_to_joining(lot: "Lot", into: "Lot", reason: str) -> list[Objection]:
    """Why two lots cannot be joined: without a reason the award in lots has priority."""
    found = []
    if lot.tender_id != into.tender_id or lot.id == into.id:
        found.append(Objection("Bitte ein anderes Los derselben Ausschreibung wählen.", "lot"))
    if not reason.strip():
        text = (
            "Bitte begründen, warum die Lose zusammengefasst werden: Leistungen sind in Losen zu vergeben "
            f"({lots_norm(into.tender.procedure_started_on)}), die Begründung gehört in den Vergabevermerk "
            "(§ 8 Abs. 2 Nr. 11 VgV)."
        )
        found.append(Objection(text, "reason"))
    return found


def objections_to_removing_lot(lot: "Lot") -> list[Objection]:
    """Why a lot cannot be dissolved: it still has lines."""
    if not lot.lines:
        return []
    return [Objection(f"Los {lot.number} enthält noch Positionen. Bitte verschieben oder die Lose zusammenfassen.")]


def objections_to_joint_line(entry: JointLineEntry, taken_numbers: Collection[str]) -> list[Objection]:
    """What is wrong with a line nobody reported; its reason is what replaces the members' reports."""
    found = []
    if not entry.number.strip():
        found.append(Objection("Bitte eine Positionsnummer eingeben.", "number"))
    elif entry.number.strip() in taken_numbers:
        found.append(Objection(f"Die Position {entry.number} gibt es in dieser Ausschreibung schon.", "number"))
    if not entry.title.strip():
        found.append(Objection("Bitte eine Bezeichnung eingeben.", "title"))
    if not entry.unit.strip():
        found.append(Objection("Bitte eine Einheit eingeben, zum Beispiel Stück.", "unit"))
    if not Quantity(0) < entry.quantity <= LARGEST_QUANTITY:
        found.append(Objection("Die Menge muss größer als 0 und höchstens 999.999.999 sein.", "quantity"))
    if not entry.reason.strip():
        text = "Bitte begründen, warum die Position ohne Bedarfsmeldung eines Mitglieds ausgeschrieben wird."
        found.append(Objection(text, "reason"))
    if entry.cpv and not CPV_CODE.fullmatch(entry.cpv):
        text = f"„{entry.cpv}“ ist kein CPV-Code. Er hat acht Ziffern, zum Beispiel 32420000 oder 32420000-3."
        found.append(Objection(text, "cpv"))
    return found + objections_to_price(entry.estimate_net, "estimate_net") + objections_to_lengths(entry, LINE_LENGTHS)


def objections_to_price(price: UnitPrice | None, name: str) -> list[Objection]:
    """What is wrong with an estimated net price per unit; no price is allowed while planning."""
    if price is None or UnitPrice(0) <= price <= LARGEST_PRICE:
        return []
    return [Objection("Der geschätzte Preis muss zwischen 0 und 9.999.999,99 € liegen.", name)]


def objections_to_removing(line: "LotItem") -> list[Objection]:
    """Why a line stays: what members reported does not vanish from a tender by a click."""
    if line.origin is LineOrigin.JOINT:
        return []
    return [
        Objection(
            f"Position {line.number} beruht auf Bedarfsmeldungen und kann nicht entfernt werden. Nur "
            "Gemeinschaftspositionen ohne Bedarfsmeldung lassen sich entfernen."
        )
    ]


def objections_to_closing_bids(tender: "Tender", now: datetime) -> list[Objection]:
    """Why bidding is not over: the stage does not allow it, or the deadline is still to come (§ 55 Abs. 1 VgV)."""
    found = lifecycle.objections_to_move(tender.stage, TenderStage.BIDS_CLOSED)
    if not found and (tender.bid_deadline_at is None or now < tender.bid_deadline_at):
        found.append(Objection("Die Angebotsfrist läuft noch. Vor ihrem Ende bleibt jedes Angebot verschlossen."))
    return found


def objections_to_advancing(tender: "Tender", to_stage: TenderStage, now: datetime) -> list[Objection]:
    """Why a tender cannot simply move on: the table, the deadline, or because the step has its own verb."""
    if to_stage in OWN_VERBS:
        return [
            Objection(f"„{to_stage.label}“ ist ein eigener Schritt mit eigener Prüfung und lässt sich nicht setzen.")
        ]
    if to_stage is TenderStage.BIDS_CLOSED:
        return objections_to_closing_bids(tender, now)
    return lifecycle.objections_to_move(tender.stage, to_stage)


def objections_to_withdrawing(stage: TenderStage) -> list[Objection]:
    """Why a plan cannot simply be withdrawn: once published, bidders rely on it and § 63 VgV asks for a ground."""
    if stage in {TenderStage.PLANNED, TenderStage.AWARDED, TenderStage.CANCELLED}:
        return []
    text = "Die Ausschreibung ist veröffentlicht. Sie endet nur mit Grund, Code und Schreiben an die Bieter (§ 63 VgV)."
    return [Objection(text)]


def objections_to_cancelling(stage: TenderStage, reason: str) -> list[Objection]:
    """Why a tender cannot be cancelled: it is awarded or over, or nobody says why (§ 63 VgV)."""
    found = lifecycle.objections_to_move(stage, TenderStage.CANCELLED)
    if not reason.strip():
        text = "Bitte den Grund der Aufhebung angeben; er gehört in den Vergabevermerk (§ 8 Abs. 2 Nr. 8, § 63 VgV)."
        found.append(Objection(text, "reason"))
    return found
