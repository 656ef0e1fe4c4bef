"""A new planned tender out of a cancelled one, or out of its cancelled lots: bill, lineage, criteria and terms.

The shares come along with their demand items, mergings and splits, so bundling can be undone as before. What belongs
to one procedure alone stays behind: deadlines, value estimate, confirmations of the members, rules over missing lots.
"""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from procurement.audit.actions import Change, record
from procurement.audit.actor import Actor
from procurement.audit.events import Event
from procurement.core import clock
from procurement.core.db import Base, db
from procurement.core.errors import refuse_if
from procurement.demand.models import DemandRound
from procurement.tenders import queries, queries_succession, succession
from procurement.tenders.actions import note_stage
from procurement.tenders.actions_guard import hold
from procurement.tenders.kinds import TenderStage
from procurement.tenders.models import (
    DeclinedMerge,
    LineMerge,
    LineShare,
    Lot,
    LotItem,
    Participant,
    Tender,
)
from procurement.tenders.models_lot_rules import AnnouncedLotRules
from procurement.tenders.models_requirements import DemandedDocument, SuitabilityCriterion
from procurement.tenders.models_succession import Succession

KEPT = ("title", "description", "procurement_role", "term_months", "option_months", "has_total_price")
SCORED_BY = ("method", "parameters", "tie_rule", "price_basis", "price_terms")
VARIANTS = ("admits_variants", "variant_requirements")
ROWS_OF_TENDER = (DemandedDocument, SuitabilityCriterion, DeclinedMerge)
Ids = dict[int, int]


def succeed(tender: Tender, *, by: Actor) -> Tender:
    """Plan a new tender out of what is cancelled; its procedure is the one decided on at the cancellation."""
    hold(tender)
    if tender.round is not None:
        db.session.refresh(tender.round, with_for_update={"of": DemandRound})
    refuse_if(queries_succession.objections_to_succeeding(tender))
    lots = queries_succession.lots_to_repeat(tender)
    made = _planned(tender, by)
    numbers, now = [lot.number for lot in lots], clock.now()
    kept = {"tender_id": made.id, "predecessor_id": tender.id, "lots": numbers}
    db.session.add(Succession(**kept, made_at=now, made_by_id=by.id))
    lot_ids = _lots(lots, made)
    line_ids = _lines(lots, lot_ids)
    _shares(line_ids, _merges(tender, made, lot_ids, line_ids))
    _criteria(tender, made)
    for kind in ROWS_OF_TENDER:
        _repeat(db.session.scalars(sa.select(kind).filter_by(tender_id=tender.id)), tender_id=made.id)
    if len(lots) == len(tender.lots):
        _repeat(db.session.scalars(sa.select(AnnouncedLotRules).filter_by(tender_id=tender.id)), tender_id=made.id)
    _participants(tender, made, is_whole=len(lots) == len(tender.lots))
    db.session.flush()
    note_stage(made, by)
    changes: dict[str, Change | str] = {
        "Verfahrensart": made.procedure_type.label,
        "Angelegt aus": tender.audit_label,
        "Lose": ", ".join(map(str, numbers)),
    }
    record(Event.TENDER_PLANNED, made, by=by, changes=changes, tender_id=made.id)
    return made


def _planned(tender: Tender, by: Actor) -> Tender:
    follow_up = queries_succession.follow_up_of(tender)
    made = Tender(
        reference=queries.suggested_reference(clock.today().year),
        round_id=tender.round_id,
        stage=TenderStage.PLANNED,
        procedure_type=succession.following_procedure(tender.procedure_type, follow_up),
        procedure_started_on=clock.today(),
        created_by_id=by.id,
        **{name: getattr(tender, name) for name in (*KEPT, *SCORED_BY, *VARIANTS)},
    )
    db.session.add(made)
    db.session.flush()
    return made


def _again(row: Base, **changed: Any) -> Any:
    """A second row like this one, with other keys."""
    names = {attribute.key for attribute in sa.inspect(type(row)).column_attrs} - {"id"}
    return type(row)(**{name: getattr(row, name) for name in names} | changed)


def _repeat(rows: Iterable[Base], **changed: Any) -> None:
    db.session.add_all([_again(row, **changed) for row in list(rows)])


def _lots(lots: list[Lot], made: Tender) -> Ids:
    again = {lot.id: _again(lot, tender_id=made.id, number=number) for number, lot in enumerate(lots, 1)}
    return _stored(again)


def _lines(lots: list[Lot], lot_ids: Ids) -> Ids:
    lines = [line for lot in lots for line in lot.lines]
    again = {line.id: _again(line, lot_id=lot_ids[line.lot_id], split_from_id=None) for line in lines}
    ids = _stored(again)
    for line in lines:
        if line.split_from_id in ids:
            again[line.id].split_from_id = ids[line.split_from_id]
    return ids


def _stored(again: dict[int, Any]) -> Ids:
    db.session.add_all(again.values())
    db.session.flush()
    return {old: new.id for old, new in again.items()}


def _merges(tender: Tender, made: Tender, lot_ids: Ids, line_ids: Ids) -> Ids:
    """The mergings that still hold and went into a repeated line, as they were decided."""
    standing = sa.select(LineMerge).filter_by(tender_id=tender.id, undone_at=None).order_by(LineMerge.id)
    brought = sa.select(LineShare.merge_id).where(LineShare.line_id.in_(line_ids), LineShare.merge_id.is_not(None))
    again = {}
    for merge in db.session.scalars(standing.where(LineMerge.id.in_(brought))).all():
        lot_id = lot_ids.get(merge.absorbed["lot"], next(iter(lot_ids.values())))
        into = line_ids.get(merge.into_line_id or 0)
        absorbed = merge.absorbed | {"lot": lot_id}
        again[merge.id] = _again(merge, tender_id=made.id, into_line_id=into, absorbed=absorbed)
    return _stored(again)


def _shares(line_ids: Ids, merge_ids: Ids) -> None:
    """Every member's part in one statement, as at planning."""
    names = ("member_id", "demand_item_id", "quantity", "factor_numerator", "factor_denominator")
    columns = (LineShare.line_id, LineShare.merge_id, *(getattr(LineShare, name) for name in names))
    query = sa.select(*columns).where(LineShare.line_id.in_(line_ids))
    shares = [
        {"line_id": line_ids[line_id], "merge_id": merge_ids.get(merge_id), **dict(zip(names, rest, strict=True))}
        for line_id, merge_id, *rest in db.session.execute(query.order_by(LineShare.id))
    ]
    if shares:
        db.session.execute(sa.insert(LineShare), shares)


def _criteria(tender: Tender, made: Tender) -> None:
    again = {one.id: _again(one, tender_id=made.id, parent_id=None) for one in tender.criteria}
    ids = _stored(again)
    for one in tender.criteria:
        if one.parent_id is not None:
            again[one.id].parent_id = ids[one.parent_id]


def _participants(tender: Tender, made: Tender, *, is_whole: bool) -> None:
    """Who took part, or who has demand in the repeated lots; everybody has to confirm anew for the new procedure."""
    query = sa.select(LineShare.member_id).join(LotItem).join(Lot).where(Lot.tender_id == made.id)
    members = set(db.session.scalars(query.distinct()))
    if is_whole or not members:
        members |= {one.member_id for one in tender.participants}
    db.session.add_all(Participant(tender_id=made.id, member_id=member_id) for member_id in sorted(members))
