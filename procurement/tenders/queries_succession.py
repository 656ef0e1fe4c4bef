"""Reading which tender follows which, and how the new one differs from the cancelled one."""

from dataclasses import dataclass

import sqlalchemy as sa
from flask import current_app

from procurement.config import Settings
from procurement.core.db import db
from procurement.core.errors import NotFound
from procurement.members.models import Member
from procurement.tenders import queries, queries_publication, succession
from procurement.tenders.cancellation import FollowUp
from procurement.tenders.freeze import PART_NAMES, canonical
from procurement.tenders.kinds import ProcedureType, TenderStage
from procurement.tenders.models import LineShare, Lot, LotItem, Tender
from procurement.tenders.models_succession import Succession
from procurement.tenders.queries_cancellation import cancellations_of, cancelled_lots
from procurement.tenders.version_comparison import Difference, differences
from procurement.values.objection import Objection

OF_ONE_PROCEDURE = {PART_NAMES[part] for part in ("reference", "participation", "opening_key_sha256")}
"""Parts that every procedure has anew; they say nothing about its conditions."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A new tender beside the cancelled one: every difference, and those that are fundamental."""

    predecessor: Tender
    differences: tuple[Difference, ...]
    fundamental: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Succeeding:
    """What the overview of a tender says: what it follows, what follows it, and why nothing new can be made of it."""

    predecessor: Tender | None
    successors: tuple[Tender, ...]
    is_offered: bool
    objections: tuple[Objection, ...]


def predecessor_of(tender_id: int) -> Tender | None:
    """The cancelled tender that this one follows."""
    found = db.session.get(Succession, tender_id)
    return found.predecessor if found else None


def successors_of(tender_id: int) -> list[Tender]:
    """Every tender made from this one, the latest first."""
    query = sa.select(Tender).join(Succession, Succession.tender_id == Tender.id)
    return list(db.session.scalars(query.where(Succession.predecessor_id == tender_id).order_by(Tender.id.desc())))


def _cancelled(tender: Tender) -> list[Lot]:
    """All lots of a cancelled tender, else the cancelled ones."""
    if tender.stage is TenderStage.CANCELLED:
        return list(tender.lots)
    gone = cancelled_lots(tender.id)
    return [lot for lot in tender.lots if lot.id in gone]


def lots_to_repeat(tender: Tender) -> list[Lot]:
    """The cancelled lots that are in no successor yet, or only in one that was cancelled itself."""
    query = sa.select(Succession.lots).join(Tender, Tender.id == Succession.tender_id)
    query = query.where(Succession.predecessor_id == tender.id, Tender.stage != TenderStage.CANCELLED)
    repeated = {number for numbers in db.session.scalars(query) for number in numbers}
    return [lot for lot in _cancelled(tender) if lot.number not in repeated]


def follow_up_of(tender: Tender) -> FollowUp:
    """What was decided at the latest cancellation; nothing for a plan that was withdrawn."""
    found = cancellations_of(tender.id)
    return found[-1].follow_up if found else FollowUp.NOTHING


def objections_to_succeeding(tender: Tender) -> list[Objection]:
    """Why no new tender can be made of this one now."""
    lots = lots_to_repeat(tender)
    taken = _taken_lines([lot.id for lot in lots])
    return succession.objections_to_succeeding(len(_cancelled(tender)), len(lots), taken)


def _taken_lines(lot_ids: list[int]) -> list[str]:
    """The lines of these lots whose demand another tender has taken."""
    query = sa.select(LotItem.number).join(LineShare, LineShare.line_id == LotItem.id)
    query = query.where(LotItem.lot_id.in_(lot_ids), LineShare.demand_item_id.in_(queries.planned_items()))
    return list(db.session.scalars(query.distinct()))


def succeeding(tender: Tender) -> Succeeding:
    """For the overview of a tender."""
    offered = bool(_cancelled(tender))
    return Succeeding(
        predecessor_of(tender.id),
        tuple(successors_of(tender.id)),
        offered,
        tuple(objections_to_succeeding(tender)) if offered else (),
    )


def comparison(tender: Tender) -> Comparison:
    """The tender beside its predecessor; :class:`NotFound` for one without."""
    made = db.session.get(Succession, tender.id)
    if made is None:
        raise NotFound
    settings: Settings = current_app.extensions["settings"]
    numbers = {number: place for place, number in enumerate(made.lots, 1)}
    old = succession.repeated_part(canonical(queries_publication.content_of(made.predecessor)), numbers)
    new = canonical(queries_publication.content_of(tender))
    names = {member.key: member.name for member in db.session.scalars(sa.select(Member))}
    return Comparison(
        made.predecessor,
        tuple(one for one in differences(old, new, names) if one.part not in OF_ONE_PROCEDURE),
        tuple(succession.fundamental_changes(old, new, settings.substantial_change_percent)),
    )


def objections_to_following(tender: Tender) -> list[Objection]:
    """Why this tender may not be published as a negotiation without a call after its predecessor."""
    if tender.procedure_type is not ProcedureType.NEGOTIATED_WITHOUT_CALL or predecessor_of(tender.id) is None:
        return []
    found = comparison(tender)
    return succession.objections_to_negotiating(found.fundamental, found.predecessor.reference)
