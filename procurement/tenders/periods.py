"""Every minimum period of a procedure with its arithmetic in words, for the page of deadlines (§§ 15-20, 38, 41 VgV).

Bids of a procedure in two steps are counted from the earliest end of the period for taking part, because nobody is
invited to bid before. What the law only calls appropriate has no row with a figure but says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from procurement.rulebook import thresholds
from procurement.rulebook.rule import DatedRule
from procurement.tenders.holidays import in_words, is_day_off, why_off, working_day_from
from procurement.tenders.kinds import ProcedureType

NOTICE = "Bekanntmachung"
INVITATION = "Aufforderung"
# Rule of the period, and the rule of the period before it in procedures of two steps.
ROWS: Mapping[ProcedureType, tuple[tuple[str, str], ...]] = {
    ProcedureType.OPEN: (("DL_OPEN", ""), ("DL_OPEN_E", ""), ("DL_OPEN_PIN", ""), ("DL_OPEN_URGENT", "")),
    ProcedureType.RESTRICTED: (
        ("DL_RESTR_PART", ""),
        ("DL_RESTR_PART_URGENT", ""),
        ("DL_RESTR_BID", "DL_RESTR_PART"),
        ("DL_RESTR_BID_E", "DL_RESTR_PART"),
        ("DL_RESTR_PIN", "DL_RESTR_PART"),
        ("DL_RESTR_BID_URGENT", "DL_RESTR_PART_URGENT"),
    ),
    ProcedureType.NEGOTIATED_WITH_CALL: (
        ("DL_NEG_PART", ""),
        ("DL_NEG_PART_URGENT", ""),
        ("DL_NEG_BID", "DL_NEG_PART"),
        ("DL_NEG_BID_E", "DL_NEG_PART"),
        ("DL_NEG_PIN", "DL_NEG_PART"),
        ("DL_NEG_BID_URGENT", "DL_NEG_PART_URGENT"),
    ),
    ProcedureType.NEGOTIATED_WITHOUT_CALL: (("DL_NEG_WO_EXTREME", ""),),
}
USUAL = frozenset({"DL_OPEN_E", "DL_RESTR_BID_E", "DL_NEG_BID_E"})
PIN_RULES = frozenset({"DL_OPEN_PIN", "DL_RESTR_PIN", "DL_NEG_PIN"})
LONGER_RULE = "DL_DOCS_NOT_FREE"


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """One minimum period: the rule, its last day, how that day came about, and what has to be known besides.

    ``longer_until`` is the last day if the documents cannot be downloaded freely; nothing for urgent periods.
    """

    rule: DatedRule
    last_day: date
    arithmetic: str
    is_usual: bool
    longer_until: date | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class AnswerDay:
    """The last day for answers to bidders' questions before a bid deadline."""

    rule: DatedRule
    last_day: date
    arithmetic: str


def rows(procedure_type: ProcedureType, dispatched_on: date, started_on: date) -> list[PeriodRow]:
    """The periods of this procedure if the notice goes out that day, by the rules of the day the procedure began."""
    found = []
    for rule_id, before in ROWS.get(procedure_type, ()):
        if any(rule.is_in_force(started_on) for rule in thresholds.versions_of(rule_id)):
            found.append(_row(rule_id, before, dispatched_on, started_on))
    return found


def _row(rule_id: str, before: str, dispatched_on: date, started_on: date) -> PeriodRow:
    rule = thresholds.rule_on(rule_id, started_on)
    start, event = dispatched_on, NOTICE
    if before:
        start, event = end_of(dispatched_on, thresholds.rule_on(before, started_on).number), INVITATION
    is_urgent = rule_id.endswith(("_URGENT", "_EXTREME"))
    longer = thresholds.rule_on(LONGER_RULE, started_on).number
    return PeriodRow(
        rule=rule,
        last_day=end_of(start, rule.number),
        arithmetic=arithmetic(event, start, rule.number),
        is_usual=rule_id in USUAL,
        longer_until=None if is_urgent else end_of(start, rule.number + longer),
        note=_prior_notice(dispatched_on, started_on) if rule_id in PIN_RULES else "",
    )


def end_of(start: date, days: int) -> date:
    """The last day of a period: the day of the event is not counted, a day off moves it to the next working day."""
    return working_day_from(start + timedelta(days=days)) if days else start


def arithmetic(event: str, start: date, days: int) -> str:
    """How the last day came about: ``Bekanntmachung Mo., 23.11.2026 + 30 Kalendertage = Mi., 23.12.2026``."""
    if not days:
        return f"{event} {in_words(start)}: keine Mindestfrist, sofort möglich"
    raw = start + timedelta(days=days)
    counted = f"{event} {in_words(start)} + {days} Kalendertage = {in_words(raw)}"
    if not is_day_off(raw):
        return counted
    return f"{counted} ({why_off(raw)}), nächster Werktag {in_words(working_day_from(raw))}"


def _prior_notice(dispatched_on: date, started_on: date) -> str:
    """Between which days the prior information must have been sent for the short period (§ 38 Abs. 3 VgV)."""
    least = thresholds.rule_on("PIN_WINDOW_MIN", started_on)
    most = thresholds.rule_on("PIN_WINDOW_MAX", started_on)
    first, last = _months_before(dispatched_on, most.number), dispatched_on - timedelta(days=least.number)
    return (
        f"nur wenn die Vorinformation zwischen dem {first:%d.%m.%Y} und dem {last:%d.%m.%Y} abgesandt wurde "
        f"({least.number} Tage bis {most.number} Monate vorher, {least.norm})"
    )


def _months_before(day: date, months: int) -> date:
    """The same day so many months earlier; a day that month does not have becomes its last one."""
    month = day.year * 12 + day.month - 1 - months
    for number in range(day.day, day.day - 4, -1):
        try:
            return date(month // 12, month % 12 + 1, number)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def answer_days(bid_deadline_on: date, started_on: date) -> Sequence[AnswerDay]:
    """Until when questions have to be answered, usually and if urgent; a later answer needs a later deadline."""
    rules = [thresholds.rule_on(one, started_on) for one in ("DL_QA", "DL_QA_URGENT")]
    return [_answers(rule, bid_deadline_on) for rule in rules]


def _answers(rule: DatedRule, bid_deadline_on: date) -> AnswerDay:
    last_day = bid_deadline_on - timedelta(days=rule.number)
    words = f"Angebotsfrist {in_words(bid_deadline_on)} − {rule.number} Kalendertage = {in_words(last_day)}"
    return AnswerDay(rule, last_day, words)
