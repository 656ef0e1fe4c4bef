"""What the pages of value and deadlines show: today's value beside its versions, periods with their arithmetic."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from procurement.core import clock
from procurement.rulebook.rule import DatedRule
from procurement.rulebook.thresholds import NoRuleInForce
from procurement.tenders import estimate, periods, queries_bill
from procurement.tenders.models import Tender, ValueEstimate
from procurement.tenders.periods import AnswerDay, PeriodRow
from procurement.tenders.queries_bill import LotSummary
from procurement.tenders.queries_publication import estimates_of, value_today
from procurement.tenders.small_lots import SmallLots, small_lots
from procurement.tenders.standstill import Standstill, standstill
from procurement.tenders.timetable import PERIODS, MinimumPeriod, minimum_period
from procurement.tenders.value_watch import Step, steps
from procurement.values.money import Money
from procurement.values.objection import Objection


@dataclass(frozen=True, slots=True)
class ShownLot:
    """A lot with what it counts for the threshold, which may be less than its full value (§ 3 Abs. 11 VgV)."""

    summary: LotSummary
    counted_net: Money


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """A stored version with its difference from the one before."""

    version: ValueEstimate
    step: Step


@dataclass(frozen=True, slots=True)
class ValueView:
    """What the page of the value shows."""

    lots: list[ShownLot]
    today_net: Money
    versions: list[ShownVersion]
    latest: ValueEstimate | None
    is_current: bool
    months: estimate.CountedMonths | None
    rules: Sequence[DatedRule]
    small_lots: SmallLots | None
    objections: list[Objection]


@dataclass(frozen=True, slots=True)
class DeadlinesView:
    """What the page of the deadlines shows; ``dispatched_on`` is today until the notice has gone out."""

    dispatched_on: date
    regular: MinimumPeriod | None
    urgent: MinimumPeriod | None
    rows: list[PeriodRow]
    answers: Sequence[AnswerDay]
    standstill: Standstill


def value_of(tender: Tender) -> ValueView:
    """The value as the lines give it today, what was estimated so far, and what § 3 Abs. 9 VgV would allow."""
    lines = queries_bill.estimated_lines(tender.id)
    started_on, term = tender.procedure_started_on, tender.term
    values = estimate.counted_values(lines, started_on, term)
    counted = {value.lot_number: value.total_net for value in values}
    stored = estimates_of(tender.id)
    today_net = value_today(tender, lines)
    made = _today(lines, tender)
    return ValueView(
        lots=[ShownLot(lot, counted.get(lot.number, Money(0))) for lot in queries_bill.lots_of(tender.id)],
        today_net=today_net,
        versions=_with_differences(stored),
        latest=stored[0] if stored else None,
        is_current=bool(stored) and stored[0].total_net == today_net,
        months=made.months if made else None,
        rules=made.rules if made else (),
        small_lots=small_lots(values, started_on) if len(values) > 1 else None,
        objections=estimate.objections_to_estimating(lines, term),
    )


def _today(lines: list[estimate.EstimatedLine], tender: Tender) -> estimate.Estimate | None:
    """The estimate of today; nothing when no threshold is known for the day the procedure began."""
    try:
        return estimate.estimated(lines, tender.procedure_started_on, tender.term)
    except NoRuleInForce:
        return None


def _with_differences(latest_first: list[ValueEstimate]) -> list[ShownVersion]:
    ordered = latest_first[::-1]
    made = steps([(version.total_net, version.threshold_net) for version in ordered])
    return [ShownVersion(version, step) for version, step in zip(ordered, made, strict=True)][::-1]


def deadlines_view(tender: Tender) -> DeadlinesView:
    """Every minimum period of the procedure, counted from the notice or, before it, from today."""
    notice = tender.published_at
    dispatched_on = clock.in_berlin(notice).date() if notice else clock.today()
    started_on = tender.procedure_started_on
    regular, urgent = _minimum(tender, dispatched_on)
    bids = tender.bid_deadline_at
    bids_on = clock.in_berlin(bids).date() if bids else regular.last_day if regular else None
    return DeadlinesView(
        dispatched_on=dispatched_on,
        regular=regular,
        urgent=urgent,
        rows=periods.rows(tender.procedure_type, dispatched_on, started_on),
        answers=periods.answer_days(bids_on, started_on) if bids_on else (),
        standstill=standstill(clock.today(), started_on),
    )


def _minimum(tender: Tender, dispatched_on: date) -> tuple[MinimumPeriod | None, MinimumPeriod | None]:
    """Regular and urgent minimum period of this notice; nothing for procedures without any."""
    rule_ids = PERIODS.get(tender.procedure_type)
    if rule_ids is None:
        return None, None
    regular, urgent = (minimum_period(one, dispatched_on, tender.procedure_started_on) for one in rule_ids)
    return regular, urgent
