"""Deadlines of a procedure: their order, and the minimum periods of the VgV between notice and bids (§§ 15-17 VgV).

The day of the notice is not counted, and a period that would end on a day off runs to the next working day. Only EU
procedures have minimum periods; below the threshold the association is free (§ 75a GO NRW). The full period is a
remark, because urgency may shorten it; the urgent minimum is an objection, because nothing goes below it. Procedures
in two steps need both periods, one after the other: to ask for taking part, then to bid.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from procurement.rulebook import thresholds
from procurement.tenders.holidays import working_day_from
from procurement.tenders.kinds import ProcedureType
from procurement.values.objection import Objection

Rules = tuple[str, ...]
# The periods with electronic bids and the shortest ones in a case of urgency.
PERIODS: Mapping[ProcedureType, tuple[Rules, Rules]] = {
    ProcedureType.OPEN: (("DL_OPEN_E",), ("DL_OPEN_URGENT",)),
    ProcedureType.RESTRICTED: (("DL_RESTR_PART", "DL_RESTR_BID_E"), ("DL_RESTR_PART_URGENT", "DL_RESTR_BID_URGENT")),
    ProcedureType.NEGOTIATED_WITH_CALL: (("DL_NEG_PART", "DL_NEG_BID_E"), ("DL_NEG_PART_URGENT", "DL_NEG_BID_URGENT")),
}


@dataclass(frozen=True, slots=True)
class Deadlines:
    """When questions, bids and the bidders' commitment end; moments are aware, nothing means not yet set."""

    question_deadline_at: datetime | None = None
    bid_deadline_at: datetime | None = None
    bid_validity_end_on: date | None = None


@dataclass(frozen=True, slots=True)
class MinimumPeriod:
    """A minimum period counted from one dispatch: days, last day, norm; in two steps the days are "30 + 25"."""

    days: str
    last_day: date
    norm: str


def minimum_period(rule_ids: str | Sequence[str], dispatched_on: date, procedure_started_on: date) -> MinimumPeriod:
    """The periods of these rules, one after the other, from the day after dispatch; rules of the procedure's start."""
    named = (rule_ids,) if isinstance(rule_ids, str) else rule_ids
    rules = [thresholds.rule_on(one, procedure_started_on) for one in named]
    last_day = dispatched_on
    for rule in rules:
        last_day = working_day_from(last_day + timedelta(days=rule.number))
    return MinimumPeriod(" + ".join(str(rule.number) for rule in rules), last_day, ", ".join(r.norm for r in rules))


def objections_to_deadlines(deadlines: Deadlines, now: datetime) -> list[Objection]:
    """What is wrong with deadlines: missing, passed already, or in the wrong order."""
    question, bid, validity = deadlines.question_deadline_at, deadlines.bid_deadline_at, deadlines.bid_validity_end_on
    if question is None or bid is None or validity is None:
        return _missing(deadlines)
    objections = []
    if bid <= now:
        text = "Die Angebotsfrist liegt in der Vergangenheit. Bitte eine spätere Frist setzen."
        objections.append(Objection(text, "bid_deadline_at"))
    if question <= now:
        text = "Die Frist für Bieterfragen liegt in der Vergangenheit. Bitte eine spätere Frist setzen."
        objections.append(Objection(text, "question_deadline_at"))
    if question >= bid:
        text = "Die Frist für Bieterfragen muss vor der Angebotsfrist enden."
        objections.append(Objection(text, "question_deadline_at"))
    if validity <= bid.date():
        text = "Die Bindefrist muss nach der Angebotsfrist enden, damit die Angebote bei der Wertung noch gelten."
        objections.append(Objection(text, "bid_validity_end_on"))
    return objections


def objections_to_bidding_period(
    procedure_type: ProcedureType, procedure_started_on: date, dispatched_on: date, bid_deadline_on: date
) -> list[Objection]:
    """Why the bid deadline comes too early even for a case of urgency; empty for procedures without minimum periods."""
    if procedure_type not in PERIODS:
        return []
    _, urgent = PERIODS[procedure_type]
    period = minimum_period(urgent, dispatched_on, procedure_started_on)
    if bid_deadline_on >= period.last_day:
        return []
    text = (
        f"Die Angebotsfrist ist zu kurz: Selbst bei Dringlichkeit endet sie frühestens am {period.last_day:%d.%m.%Y} "
        f"({period.days} Kalendertage ab dem Tag nach der Bekanntmachung, {period.norm})."
    )
    return [Objection(text, "bid_deadline_at")]


def remarks_on_bidding_period(
    procedure_type: ProcedureType, procedure_started_on: date, dispatched_on: date, bid_deadline_on: date
) -> list[str]:
    """What should be considered although it does not forbid publication."""
    if procedure_type not in PERIODS:
        return []
    regular, _ = PERIODS[procedure_type]
    period = minimum_period(regular, dispatched_on, procedure_started_on)
    if bid_deadline_on >= period.last_day:
        return []
    remark = (
        f"Die Angebotsfrist ist kürzer als die Regelfrist bis {period.last_day:%d.%m.%Y} ({period.days} Kalendertage, "
        f"{period.norm}). Das ist nur bei begründeter Dringlichkeit zulässig."
    )
    return [remark]


def _missing(deadlines: Deadlines) -> list[Objection]:
    names = {
        "question_deadline_at": "die Frist für Bieterfragen",
        "bid_deadline_at": "die Angebotsfrist",
        "bid_validity_end_on": "das Ende der Bindefrist",
    }
    missing = {field: name for field, name in names.items() if getattr(deadlines, field) is None}
    return [Objection(f"Bitte {name} festlegen.", field) for field, name in missing.items()]
