"""What may change between publication and bid deadline, and what a substantial change asks for: a later bid deadline.

Quantities from members' demand change only with the demand itself; joint lines, wording and deadlines may be corrected.
The law names no days for the extension but wants it in proportion to the change (§ 20 Abs. 3 VgV). This product asks
for the days that information must be there before the deadline, counted from the change, and in any case for a later
day than before; it proposes as many days after the present deadline.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from procurement.demand.rules import LARGEST_QUANTITY
from procurement.rulebook.rule import DatedRule
from procurement.tenders import periods
from procurement.tenders.change_classification import LineChange
from procurement.tenders.holidays import working_day_from
from procurement.tenders.kinds import ProcedureType, TenderStage
from procurement.tenders.rules import LINE_LENGTHS
from procurement.tenders.timetable import Deadlines, remarks_on_bidding_period
from procurement.values.objection import Objection
from procurement.values.quantity import Quantity

REASON_LENGTH = 2000
REFERENCE_LENGTH = 200
NOTICE_DAYS = 1
CLOSED_PARTIES = (
    "Nach dem Zuschlag wird kein Mitglied mehr aufgenommen: Aus der Rahmenvereinbarung rufen nur Auftraggeber ab, die "
    "in der Bekanntmachung genannt sind (§ 21 Abs. 2 VgV). Bitte den Bedarf in der nächsten Bedarfsrunde melden."
)
AFTER_AWARD = frozenset({TenderStage.AWARDED})


@dataclass(frozen=True, slots=True)
class LineCorrection:
    """A line as it is to read; no quantity for a line whose quantity comes from members' demand."""

    line_id: int
    title: str
    unit: str
    quantity: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """What an officer enters to change what was published; no deadlines if they stay."""

    reason: str
    lines: Sequence[LineCorrection] = ()
    deadlines: Deadlines | None = None
    bears_on_award: bool = False


@dataclass(frozen=True, slots=True)
class LaterDeadline:
    """The earliest day a substantial change allows for bids, the day proposed, and the arithmetic of the proposal."""

    earliest_on: date
    proposed_on: date
    rule: DatedRule
    arithmetic: str


def is_accelerated(
    procedure_type: ProcedureType, started_on: date, published_on: date, first_deadline_on: date | None
) -> bool:
    """Whether the time for bids was shortened for urgency, so that information may come later (§ 20 Abs. 3 VgV)."""
    if first_deadline_on is None:
        return False
    return bool(remarks_on_bidding_period(procedure_type, started_on, published_on, first_deadline_on))


def later_deadline(today: date, deadline_on: date, rule: DatedRule) -> LaterDeadline:
    """The later bid deadline that a substantial change of today needs."""
    from_change = periods.end_of(today, rule.number)
    from_deadline = periods.end_of(deadline_on, rule.number)
    earliest = max(from_change, working_day_from(deadline_on + timedelta(days=1)))
    event, start = ("Änderung", today) if from_change > from_deadline else ("Bisherige Angebotsfrist", deadline_on)
    return LaterDeadline(earliest, max(from_change, from_deadline), rule, periods.arithmetic(event, start, rule.number))


def notice_due_on(today: date) -> date:
    """Until when the correction of the notice is to be sent: without delay, here the next working day."""
    return periods.end_of(today, NOTICE_DAYS)


def objections_to_time(
    stage: TenderStage, now: datetime, published_at: datetime | None, bid_deadline_at: datetime | None
) -> list[Objection]:
    """Why nothing published can be changed now: not published yet, or the bid deadline is over."""
    if published_at is None:
        return [Objection("Die Ausschreibung ist noch nicht veröffentlicht und lässt sich unmittelbar ändern.")]
    if stage is not TenderStage.PUBLISHED or bid_deadline_at is None or now >= bid_deadline_at:
        return [
            Objection(
                "Die Angebotsfrist ist abgelaufen. Was veröffentlicht ist, steht jetzt fest; ein wesentlicher Fehler "
                "lässt sich nur durch Aufhebung und neue Ausschreibung beheben (§ 63 VgV)."
            )
        ]
    return []


def objections_to_reason(reason: str) -> list[Objection]:
    """Every version says why."""
    if not reason.strip():
        return [Objection("Bitte begründen, warum die Unterlagen geändert werden.", "reason")]
    if len(reason.strip()) > REASON_LENGTH:
        return [Objection(f"Die Begründung darf höchstens {REASON_LENGTH} Zeichen haben.", "reason")]
    return []


def objections_to_lines(lines: Sequence[LineCorrection]) -> list[Objection]:
    """What is wrong with corrected lines."""
    found = []
    for line in lines:
        for name, subject, limit in LINE_LENGTHS:
            text = getattr(line, name, None)
            if text is None:
                continue
            if not text.strip():
                found.append(Objection(f"{subject} darf nicht leer sein.", f"{name}_{line.line_id}"))
            elif len(text.strip()) > limit:
                found.append(Objection(f"{subject} darf höchstens {limit} Zeichen haben.", f"{name}_{line.line_id}"))
        if line.quantity is not None and not Quantity(0) < line.quantity <= LARGEST_QUANTITY:
            text = "Die Menge muss größer als 0 und höchstens 999.999.999 sein."
            found.append(Objection(text, f"quantity_{line.line_id}"))
    return found


def objections_to_nothing(changes: Sequence[LineChange], before: Deadlines, after: Deadlines) -> list[Objection]:
    """A version that changes nothing would only confuse bidders."""
    if changes or before != after:
        return []
    return [Objection("Es ist nichts geändert. Bitte eine Position oder eine Frist ändern.")]


def objections_to_new_deadlines(before: Deadlines, after: Deadlines, now: datetime) -> list[Objection]:
    """What is wrong with deadlines set after publication: they only move back in time, and keep their order."""
    bid, question, validity = after.bid_deadline_at, after.question_deadline_at, after.bid_validity_end_on
    if bid is None or question is None or validity is None:
        return [Objection("Bitte Angebotsfrist, Frist für Bieterfragen und Bindefrist angeben.", "bid_deadline_at")]
    found = []
    if before.bid_deadline_at is not None and bid < before.bid_deadline_at:
        text = "Die Angebotsfrist darf nach der Veröffentlichung nicht verkürzt werden."
        found.append(Objection(text, "bid_deadline_at"))
    if bid <= now:
        found.append(Objection("Die Angebotsfrist liegt in der Vergangenheit.", "bid_deadline_at"))
    if before.question_deadline_at is not None and question < before.question_deadline_at:
        text = "Die Frist für Bieterfragen darf nach der Veröffentlichung nicht verkürzt werden."
        found.append(Objection(text, "question_deadline_at"))
    if question >= bid:
        text = "Die Frist für Bieterfragen muss vor der Angebotsfrist enden."
        found.append(Objection(text, "question_deadline_at"))
    if validity <= bid.date():
        text = "Die Bindefrist muss nach der Angebotsfrist enden, damit die Angebote bei der Wertung noch gelten."
        found.append(Objection(text, "bid_validity_end_on"))
    return found


def objections_to_early_deadline(deadline_on: date, needed: LaterDeadline) -> list[Objection]:
    """Why this bid deadline is not late enough after a substantial change."""
    if deadline_on >= needed.earliest_on:
        return []
    text = (
        f"Die Änderung ist wesentlich und braucht eine spätere Angebotsfrist, frühestens den "
        f"{needed.earliest_on:%d.%m.%Y} (§ 20 Abs. 3 Nr. 2 VgV). Vorschlag: {needed.proposed_on:%d.%m.%Y}."
    )
    return [Objection(text, "bid_deadline_at")]
