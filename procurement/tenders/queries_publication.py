"""What publication looks at and fixes: the facts behind the objections, the content that is frozen, its later proof."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import sqlalchemy as sa

from procurement.core import clock
from procurement.core.db import db
from procurement.members.models import Member
from procurement.tenders import (
    freeze,
    queries,
    queries_bill,
    queries_lineage,
    queries_lot_rules,
    queries_participation,
    queries_requirements,
)
from procurement.tenders.conversion import own_part
from procurement.tenders.estimate import EstimatedLine, counted_values
from procurement.tenders.models import LineShare, Lot, LotItem, Tender, ValueEstimate
from procurement.tenders.models_published import PublicationVersion
from procurement.tenders.price_terms import from_stored
from procurement.tenders.publication import Bill, LatestEstimate, PublicationFacts, Scoring
from procurement.tenders.scoring_setup import ScoringSetup, setup_of
from procurement.tenders.timetable import Deadlines
from procurement.tenders.variants import Variants
from procurement.values.money import Money
from procurement.values.payment import Period
from procurement.values.quantity import Quantity

FACTOR = (LineShare.factor_numerator, LineShare.factor_denominator)


def deadlines_of(tender: Tender) -> Deadlines:
    """The deadlines of a tender."""
    return Deadlines(tender.question_deadline_at, tender.bid_deadline_at, tender.bid_validity_end_on)


def estimates_of(tender_id: int) -> list[ValueEstimate]:
    """Every version of the value estimate, the latest first."""
    query = sa.select(ValueEstimate).filter_by(tender_id=tender_id)
    return list(db.session.scalars(query.order_by(ValueEstimate.number.desc())))


def value_today(tender: Tender, lines: Sequence[EstimatedLine]) -> Money:
    """What these lines count for the threshold (§ 3 VgV)."""
    return Money.total(lot.total_net for lot in counted_values(lines, tender.procedure_started_on, tender.term))


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
            value_net=value_today(tender, lines),
            joined_without_reason=tuple(lot.number for lot in lots if lot.joined_from and not lot.merging_reason),
            unsound_items=tuple(queries_lineage.unsound_items([tender.id]).get(tender.id, ())),
        ),
        estimate=LatestEstimate(latest.total_net, latest.threshold_net) if latest else None,
        officers=len(queries.officers_with_key()),
        participation=queries_participation.participation_of(tender),
        now=clock.now(),
        today=clock.today(),
        bid_deadline_on=clock.in_berlin(deadline).date() if deadline else None,
        lot_rules=queries_lot_rules.lot_rules_of(tender.id),
        price_terms=from_stored(tender.price_terms),
        variants=Variants(tender.admits_variants, tender.variant_requirements),
        lot_numbers=tuple(lot.number for lot in lots),
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
        participation=_participation(tender),
        term=_term(tender),
        documents=queries_requirements.frozen_documents(tender.id),
        suitability=queries_requirements.frozen_suitability(tender.id),
        price_basis=queries_requirements.frozen_price_basis(tender),
        lot_rules=queries_lot_rules.frozen_lot_rules(tender.id),
        **announced_about_prices(tender),
    )


def announced_about_prices(tender: Tender) -> dict[str, Any]:
    """What was announced about evaluation price and variants, under the names of the frozen parts."""
    requirements = tender.variant_requirements if tender.admits_variants else None
    return {"price_terms": tender.price_terms, "variant_requirements": requirements}


def verify_frozen(tender: Tender) -> freeze.FreezeProof:
    """Recompute the content of a published tender and compare it with what was published last.

    The stored text must fit the hash of the latest version, whose rows never change.
    """
    return freeze.proof(tender.frozen_content or "null", published_hash(tender), content_of(tender))


def published_hash(tender: Tender) -> str:
    """The hash of the latest version; of the publication itself for a tender that has no versions yet."""
    query = sa.select(PublicationVersion.content_hash).filter_by(tender_id=tender.id)
    latest = db.session.scalar(query.order_by(PublicationVersion.number.desc()).limit(1))
    return latest or tender.frozen_hash or ""


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
            scale=entry.scale or None,
        )
        for position, entry in enumerate(queries.criteria_of(tender_id), 1)
    )


def _participation(tender: Tender) -> freeze.FrozenParticipation | None:
    """Who has confirmed; nothing for tenders published before members had to confirm."""
    confirmations = tuple(
        freeze.FrozenConfirmation(
            member_key=one.member.key,
            confirmed_at=_moment(one.confirmed_at) or "",
            mandate_on=_day(one.mandate_on),
            scope=one.mandate_scope,
            file_sha256=one.mandate_file_hash or None,
        )
        for one in sorted(queries_participation.participants(tender.id), key=lambda one: one.member.key)
        if one.confirmed_at is not None
    )
    return freeze.FrozenParticipation(tender.procurement_role.value, confirmations) if confirmations else None


def _term(tender: Tender) -> freeze.FrozenTerm | None:
    months = tender.term_months
    return None if months is None else freeze.FrozenTerm(months, tender.option_months, tender.has_total_price)


def _lots(tender_id: int) -> tuple[freeze.FrozenLot, ...]:
    lines = _lines(tender_id)
    columns = (Lot.id, Lot.number, Lot.title, Lot.merging_reason, Lot.joined_from)
    query = sa.select(*columns).where(Lot.tender_id == tender_id).order_by(Lot.number)
    return tuple(
        freeze.FrozenLot(number, title, reason, tuple(lines.get(lot_id, ())), joined_from or None)
        for lot_id, number, title, reason, joined_from in db.session.execute(query)
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
            category=row.category or None,
            period=None if row.period is Period.NONE else row.period.value,
        )
        found.setdefault(row.lot_id, []).append(line)
    return found


def _shares(tender_id: int) -> dict[int, list[freeze.FrozenShare]]:
    query = (
        sa.select(LineShare.line_id, Member.key, LineShare.demand_item_id, LineShare.quantity, *FACTOR)
        .join(Member, Member.id == LineShare.member_id)
        .join(LotItem, LotItem.id == LineShare.line_id)
        .join(Lot, Lot.id == LotItem.lot_id)
        .where(Lot.tender_id == tender_id)
        .order_by(LineShare.line_id, LineShare.demand_item_id, sa.func.coalesce(LineShare.merge_id, 0))
    )
    found: dict[int, list[freeze.FrozenShare]] = {}
    for line_id, member_key, item_id, quantity, up, down in db.session.execute(query):
        found.setdefault(line_id, []).append(_share(member_key, item_id, quantity, Fraction(up, down)))
    return found


def _share(member_key: str, item_id: int | None, quantity: Quantity, factor: Fraction) -> freeze.FrozenShare:
    """A share; only where the units differ does it say how they convert and what the member gets in its own."""
    if factor == 1:
        return freeze.FrozenShare(member_key, item_id, str(quantity))
    own = own_part(quantity, factor)
    return freeze.FrozenShare(member_key, item_id, str(quantity), str(factor), str(own))


def _moment(value: datetime | None) -> str | None:
    return None if value is None else value.astimezone(UTC).isoformat()


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()
