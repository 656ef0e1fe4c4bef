"""What publication looks at and fixes: the facts behind the objections, the content that is frozen, its later proof."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime

import sqlalchemy as sa

from procurement.core import clock
from procurement.core.db import db
from procurement.members.models import Member
from procurement.tenders import freeze, queries, queries_bill
from procurement.tenders.estimate import SmallLots, lot_values, objections_to_estimating, small_lots
from procurement.tenders.models import LineShare, Lot, LotItem, Tender, ValueEstimate
from procurement.tenders.publication import Bill, LatestEstimate, PublicationFacts, Scoring
from procurement.tenders.queries_bill import LotSummary
from procurement.tenders.scoring_setup import ScoringSetup, setup_of
from procurement.tenders.timetable import PERIODS, Deadlines, MinimumPeriod, minimum_period
from procurement.values.money import Money
from procurement.values.objection import Objection


@dataclass(frozen=True, slots=True)
class ValueView:
    """What the page of the value shows."""

    lots: list[LotSummary]
    today_net: Money
    versions: list[ValueEstimate]
    latest: ValueEstimate | None
    is_current: bool
    small_lots: SmallLots | None
    objections: list[Objection]


def deadlines_of(tender: Tender) -> Deadlines:
    """The deadlines of a tender."""
    return Deadlines(tender.question_deadline_at, tender.bid_deadline_at, tender.bid_validity_end_on)


def estimates_of(tender_id: int) -> list[ValueEstimate]:
    """Every version of the value estimate, the latest first."""
    query = sa.select(ValueEstimate).filter_by(tender_id=tender_id)
    return list(db.session.scalars(query.order_by(ValueEstimate.number.desc())))


def scoring_of(tender: Tender) -> ScoringSetup:
    """Method, parameters and criteria tree of a published tender, for the evaluation."""
    return setup_of(tender.method or "", tender.parameters, tender.tie_rule, queries.criteria_of(tender.id))


def publication_facts(tender: Tender) -> PublicationFacts:
    """Everything that decides whether this tender may be published now."""
    lines = queries_bill.estimated_lines(tender.id)
    lots = queries_bill.lots_of(tender.id)
    latest = next(iter(estimates_of(tender.id)), None)
    deadline = tender.bid_deadline_at
    return PublicationFacts(
        stage=tender.stage,
        procedure_type=tender.procedure_type,
        started_on=tender.procedure_started_on,
        deadlines=deadlines_of(tender),
        scoring=Scoring(tender.method, tender.parameters, tender.tie_rule, queries.criteria_of(tender.id)),
        bill=Bill(
            lot_count=len(lots),
            empty_lots=tuple(lot.number for lot in lots if not lot.lines),
            has_merging_reason=any(lot.merging_reason for lot in lots),
            lines=tuple(queries_bill.line_sums(tender.id)),
            value_net=Money.total(value.total_net for value in lot_values(lines)),
        ),
        estimate=LatestEstimate(latest.total_net, latest.threshold_net) if latest else None,
        officers=len(queries.officers_with_key()),
        participants=len(queries.participants_of(tender.id)),
        now=clock.now(),
        today=clock.today(),
        bid_deadline_on=clock.in_berlin(deadline).date() if deadline else None,
    )


def content_of(tender: Tender) -> freeze.FrozenTender:
    """The tender as it is now, in the form that publication freezes."""
    key = tender.opening_public_key
    return freeze.FrozenTender(
        reference=tender.reference,
        title=tender.title,
        description=tender.description,
        procedure_type=tender.procedure_type.value,
        procedure_started_on=tender.procedure_started_on.isoformat(),
        method=tender.method,
        parameters=tender.parameters,
        tie_rule=tender.tie_rule.value,
        question_deadline_at=_moment(tender.question_deadline_at),
        bid_deadline_at=_moment(tender.bid_deadline_at),
        bid_validity_end_on=_day(tender.bid_validity_end_on),
        opening_key_sha256=hashlib.sha256(key).hexdigest() if key else None,
        participants=tuple(sorted(member.key for member in queries.participants_of(tender.id))),
        criteria=_criteria(tender.id),
        lots=_lots(tender.id),
    )


def value_of(tender: Tender) -> ValueView:
    """The value as the lines give it today, what was estimated so far, and what § 3 Abs. 9 VgV would allow."""
    lines = queries_bill.estimated_lines(tender.id)
    lots = queries_bill.lots_of(tender.id)
    versions = estimates_of(tender.id)
    values = lot_values(lines)
    today_net = Money.total(value.total_net for value in values)
    return ValueView(
        lots=lots,
        today_net=today_net,
        versions=versions,
        latest=versions[0] if versions else None,
        is_current=bool(versions) and versions[0].total_net == today_net,
        small_lots=small_lots(values, tender.procedure_started_on) if len(values) > 1 else None,
        objections=objections_to_estimating(lines),
    )


def minimum_of(tender: Tender) -> tuple[MinimumPeriod, MinimumPeriod] | None:
    """Regular and urgent minimum period if the notice went out today; nothing for procedures without any."""
    rule_ids = PERIODS.get(tender.procedure_type)
    if rule_ids is None:
        return None
    regular, urgent = (minimum_period(one, clock.today(), tender.procedure_started_on) for one in rule_ids)
    return regular, urgent


def verify_frozen(tender: Tender) -> freeze.FreezeProof:
    """Recompute the content of a published tender and compare it with what was stored at publication."""
    return freeze.proof(tender.frozen_content or "null", tender.frozen_hash or "", content_of(tender))


def _criteria(tender_id: int) -> tuple[freeze.FrozenCriterion, ...]:
    return tuple(
        freeze.FrozenCriterion(
            position=position,
            number=entry.number,
            parent_number=entry.parent_number,
            title=entry.title,
            description=entry.description,
            kind=entry.kind.value,
            weight_percent=entry.weight_percent,
            minimum_percent=entry.minimum_percent,
        )
        for position, entry in enumerate(queries.criteria_of(tender_id), 1)
    )


def _lots(tender_id: int) -> tuple[freeze.FrozenLot, ...]:
    lines = _lines(tender_id)
    query = sa.select(Lot.id, Lot.number, Lot.title, Lot.merging_reason).filter_by(tender_id=tender_id)
    return tuple(
        freeze.FrozenLot(number, title, reason, tuple(lines.get(lot_id, ())))
        for lot_id, number, title, reason in db.session.execute(query.order_by(Lot.number))
    )


def _lines(tender_id: int) -> dict[int, list[freeze.FrozenLine]]:
    shares = _shares(tender_id)
    query = sa.select(LotItem.__table__).join(Lot, Lot.id == LotItem.lot_id).where(Lot.tender_id == tender_id)
    found: dict[int, list[freeze.FrozenLine]] = {}
    for row in db.session.execute(query.order_by(LotItem.position, LotItem.id)):
        line = freeze.FrozenLine(
            position=row.position,
            number=row.number,
            title=row.title,
            unit=row.unit,
            nature=row.nature.value,
            cpv=row.cpv,
            origin=row.origin.value,
            quantity=str(row.quantity),
            estimate_net=None if row.estimate_net is None else str(row.estimate_net),
            reason=row.reason,
            shares=tuple(shares.get(row.id, ())),
        )
        found.setdefault(row.lot_id, []).append(line)
    return found


def _shares(tender_id: int) -> dict[int, list[freeze.FrozenShare]]:
    query = (
        sa.select(LineShare.line_id, Member.key, LineShare.demand_item_id, LineShare.quantity)
        .join(Member, Member.id == LineShare.member_id)
        .join(LotItem, LotItem.id == LineShare.line_id)
        .join(Lot, Lot.id == LotItem.lot_id)
        .where(Lot.tender_id == tender_id)
        .order_by(LineShare.line_id, LineShare.demand_item_id)
    )
    found: dict[int, list[freeze.FrozenShare]] = {}
    for line_id, member_key, item_id, quantity in db.session.execute(query):
        found.setdefault(line_id, []).append(freeze.FrozenShare(member_key, item_id, str(quantity)))
    return found


def _moment(value: datetime | None) -> str | None:
    return None if value is None else value.astimezone(UTC).isoformat()


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()
