"""A member that comes into a published tender (P6): possible until the bid deadline, never after the award.

Adding a buyer changes the notice. It needs the member's binding confirmation first, a correction with a reason and a
later bid deadline; after the award the parties of a framework agreement are closed (§ 21 Abs. 2 VgV).
"""

from datetime import date, datetime

from procurement.tenders import participation, publication_change
from procurement.tenders.kinds import TenderStage
from procurement.tenders.participation import Confirmation
from procurement.tenders.publication_change import AFTER_AWARD, CLOSED_PARTIES
from procurement.values.objection import Objection


def objections_to_time(
    stage: TenderStage, now: datetime, published_at: datetime | None, bid_deadline_at: datetime | None
) -> list[Objection]:
    """Why no member can come now; after the award with the words of the law."""
    if stage in AFTER_AWARD:
        return [Objection(CLOSED_PARTIES)]
    if published_at is None:
        text = "Die Ausschreibung ist noch nicht veröffentlicht. Nachgemeldeter Bedarf lässt sich einfach aufnehmen."
        return [Objection(text)]
    return publication_change.objections_to_time(stage, now, published_at, bid_deadline_at)


def objections_to_asking(name: str, *, takes_part: bool, is_asked: bool) -> list[Objection]:
    """Why a member is not asked to come in: it is in already, or was asked."""
    if takes_part:
        return [Objection(f"{name} nimmt an dieser Ausschreibung schon teil.", "member")]
    if is_asked:
        return [Objection(f"{name} ist schon gefragt. Die Bestätigung steht unten.", "member")]
    return []


def objections_to_confirming(
    entry: Confirmation, today: date, *, is_confirmed: bool, needs_document: bool
) -> list[Objection]:
    """What is missing in the confirmation of a late member; the same as for everybody else."""
    if is_confirmed:
        return [Objection("Die Teilnahme ist schon bestätigt.")]
    return participation.objections_to_confirming(entry, today, is_confirmed=False, needs_document=needs_document)


def objections_to_adding(name: str, *, is_confirmed: bool, is_added: bool) -> list[Objection]:
    """Why a member cannot be added yet or any more."""
    if is_added:
        return [Objection(f"{name} ist schon aufgenommen.")]
    if not is_confirmed:
        return [Objection(f"{name} hat die verbindliche Teilnahme noch nicht bestätigt.")]
    return []
