"""The facts that decide the publication of all planned tenders at once, the same as their pages read one by one.

The pages read one tender in eight statements; a start page with ten planned tenders would need eighty. A test holds
these facts against those of :func:`procurement.tenders.queries_publication.publication_facts`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from procurement.core import clock
from procurement.core.db import db
from procurement.core.permissions import Role
from procurement.members.models import Account, Assignment
from procurement.tenders import queries_lineage, queries_participation
from procurement.tenders.criteria_entries import CriterionEntry
from procurement.tenders.estimate import EstimatedLine
from procurement.tenders.lineage import ItemSum, LineSum
from procurement.tenders.models import AwardCriterion, LineShare, Lot, LotItem, Tender, ValueEstimate
from procurement.tenders.models_lot_rules import AnnouncedLotRules
from procurement.tenders.participation import Participation
from procurement.tenders.price_terms import from_stored
from procurement.tenders.publication import Bill, LatestEstimate, PublicationFacts, Scoring
from procurement.tenders.queries_publication import deadlines_of, value_today
from procurement.tenders.variants import Variants
from procurement.values.quantity import Quantity


@dataclass(slots=True)
class _BillRows:
    """What is collected of one tender's bill while its rows are read."""

    lots: dict[int, str] = field(default_factory=dict)
    joined: set[int] = field(default_factory=set)
    filled: set[int] = field(default_factory=set)
    lines: list[LineSum] = field(default_factory=list)
    estimated: list[EstimatedLine] = field(default_factory=list)

    def bill(self, tender: Tender, unsound: Sequence[ItemSum]) -> Bill:
        """The bill of quantities in short."""
        return Bill(
            lot_count=len(self.lots),
            empty_lots=tuple(number for number in self.lots if number not in self.filled),
            has_merging_reason=any(self.lots.values()),
            lines=tuple(self.lines),
            value_net=value_today(tender, self.estimated),
            joined_without_reason=tuple(number for number in sorted(self.joined) if not self.lots[number]),
            unsound_items=tuple(unsound),
        )


def publication_facts(tenders: Sequence[Tender]) -> Mapping[int, PublicationFacts]:
    """Everything that decides whether these tenders may be published now, in six statements for all of them."""
    if not tenders:
        return {}
    ids = [tender.id for tender in tenders]
    bills, criteria, summaries = _bills(ids), _criteria(ids), _summaries(ids)
    stored = db.session.scalars(sa.select(AnnouncedLotRules).where(AnnouncedLotRules.tender_id.in_(ids)))
    rules_over_lots = {announced.tender_id: announced.rules for announced in stored}
    participations = queries_participation.participations(ids)
    unsound = queries_lineage.unsound_items(ids)
    return {
        tender.id: PublicationFacts(
            stage=tender.stage,
            procedure_type=tender.procedure_type,
            started_on=tender.procedure_started_on,
            deadlines=deadlines_of(tender),
            scoring=Scoring(tender.method, tender.parameters, tender.tie_rule, criteria.get(tender.id, [])),
            bill=bills.get(tender.id, _BillRows()).bill(tender, unsound.get(tender.id, ())),
            now=clock.now(),
            today=clock.today(),
            bid_deadline_on=clock.in_berlin(tender.bid_deadline_at).date() if tender.bid_deadline_at else None,
            estimate=summaries[tender.id].estimate,
            officers=summaries[tender.id].officers,
            participation=participations.get(tender.id, Participation(0)),
            lot_rules=rules_over_lots.get(tender.id),
            price_terms=from_stored(tender.price_terms),
            variants=Variants(tender.admits_variants, tender.variant_requirements),
            lot_numbers=tuple(bills[tender.id].lots) if tender.id in bills else (),
        )
        for tender in tenders
    }


@dataclass(frozen=True, slots=True)
class _Summary:
    estimate: LatestEstimate | None
    officers: int


def _bills(ids: Iterable[int]) -> dict[int, _BillRows]:
    """Lots and lines with the sum of their members' shares; a lot without lines is one row without a line."""
    shares = (
        sa.select(LineShare.line_id, sa.cast(sa.func.sum(LineShare.quantity), sa.BigInteger).label("total"))
        .group_by(LineShare.line_id)
        .subquery()
    )
    line = (LotItem.number, LotItem.origin, LotItem.quantity, LotItem.estimate_net, LotItem.period)
    query = (
        sa.select(Lot.tender_id, Lot.number, Lot.merging_reason, Lot.joined_from, *line, shares.c.total)
        .outerjoin(LotItem, LotItem.lot_id == Lot.id)
        .outerjoin(shares, shares.c.line_id == LotItem.id)
        .where(Lot.tender_id.in_(list(ids)))
        .order_by(Lot.number, LotItem.position)
    )
    found: dict[int, _BillRows] = {}
    for tender_id, lot, reason, joined, number, origin, quantity, price, period, total in db.session.execute(query):
        rows = found.setdefault(tender_id, _BillRows())
        rows.lots[lot] = reason
        if joined:
            rows.joined.add(lot)
        if number is not None:
            rows.filled.add(lot)
            rows.lines.append(LineSum(number, origin, quantity, Quantity(total or 0)))
            rows.estimated.append(EstimatedLine(lot, number, quantity, price, period))
    return found


def _criteria(ids: Iterable[int]) -> dict[int, list[CriterionEntry]]:
    parent = aliased(AwardCriterion)
    query = (
        sa.select(
            AwardCriterion.tender_id,
            AwardCriterion.number,
            AwardCriterion.title,
            sa.func.coalesce(parent.number, ""),
            AwardCriterion.kind,
            AwardCriterion.weight_percent,
            AwardCriterion.minimum_percent,
            AwardCriterion.description,
            AwardCriterion.scale,
        )
        .outerjoin(parent, parent.id == AwardCriterion.parent_id)
        .where(AwardCriterion.tender_id.in_(list(ids)))
        .order_by(AwardCriterion.position)
    )
    found: dict[int, list[CriterionEntry]] = {}
    for row in db.session.execute(query):
        found.setdefault(row[0], []).append(CriterionEntry(*row[1:]))
    return found


def _summaries(ids: Iterable[int]) -> dict[int, _Summary]:
    """The latest estimate, and the officers who can open bids."""
    is_officer = sa.exists().where(Assignment.account_id == Account.id, Assignment.role == Role.OFFICER)
    officers = (
        sa.select(sa.func.count())
        .where(Account.is_active, Account.opening_key.is_not(None), is_officer)
        .scalar_subquery()
    )
    later = aliased(ValueEstimate)
    newer = sa.exists().where(later.tender_id == ValueEstimate.tender_id, later.number > ValueEstimate.number)
    query = (
        sa.select(Tender.id, ValueEstimate.total_net, ValueEstimate.threshold_net, officers)
        .outerjoin(ValueEstimate, sa.and_(ValueEstimate.tender_id == Tender.id, ~newer))
        .where(Tender.id.in_(list(ids)))
    )
    return {
        tender_id: _Summary(LatestEstimate(total, threshold) if total is not None else None, count)
        for tender_id, total, threshold, count in db.session.execute(query)
    }
