"""Reading who takes part bindingly: all members for the procurement office, the own member alone for its lead.

A lead reaches a planned tender only here, and only for a member it acts for: its own lines and quantities, never those
of others. Whatever is not the account's to see answers like something that does not exist.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import NotFound
from procurement.core.files import StoredFile
from procurement.demand.forecast import Forecast
from procurement.demand.models import Demand
from procurement.demand.queries_forecast import forecast_of
from procurement.members.models import Account, Member
from procurement.tenders import queries
from procurement.tenders.kinds import TenderStage
from procurement.tenders.models import LineShare, Lot, LotItem, Participant, StageChange, Tender
from procurement.tenders.participation import Participation, terms_mark
from procurement.values.money import Money, UnitPrice
from procurement.values.quantity import Quantity


@dataclass(frozen=True, slots=True)
class OwnShare:
    """A line with the own quantity and its value at the estimated price; no estimate, no value."""

    lot_number: int
    lot_title: str
    number: str
    title: str
    unit: str
    quantity: Quantity
    estimate_net: UnitPrice | None

    @property
    def value_net(self) -> Money | None:
        """Own quantity × estimated price, half up to the cent."""
        return None if self.estimate_net is None else self.estimate_net.times(self.quantity)


def participants(tender_id: int) -> list[Participant]:
    """Everybody who takes part, in the German alphabet."""
    query = sa.select(Participant).join(Member, Member.id == Participant.member_id)
    query = query.where(Participant.tender_id == tender_id)
    return list(db.session.scalars(query.order_by(Member.sort_key, Member.key)))


def participant_of(tender: Tender, member_id: int) -> Participant:
    """One member's participation in this tender; :class:`NotFound` if it takes no part."""
    found = db.session.scalar(sa.select(Participant).filter_by(tender_id=tender.id, member_id=member_id))
    if found is None:
        raise NotFound
    return found


def own_participant(account: Account, tender_id: int, member_id: int) -> Participant:
    """The participation of a member the account acts for, planned or published; :class:`NotFound` for any other."""
    query = sa.select(Participant).join(Tender, Tender.id == Participant.tender_id)
    query = query.where(Participant.tender_id == tender_id, Participant.member_id == member_id)
    found = db.session.scalar(query.where(Tender.stage != TenderStage.CANCELLED))
    if found is None or found.member_id not in account.member_ids:
        raise NotFound
    return found


def visible_participant(account: Account, tender_id: int, member_id: int) -> Participant:
    """A participation whose document the account may read: any for those who see all, else the own member's."""
    if queries.sees_all(account):
        return participant_of(queries.tender_for(account, tender_id), member_id)
    return own_participant(account, tender_id, member_id)


def asked_of(account: Account) -> list[Participant]:
    """The participations in planned tenders that wait for the account's members, then the confirmed ones."""
    query = sa.select(Participant).join(Tender, Tender.id == Participant.tender_id)
    own = query.where(Participant.member_id.in_(account.member_ids), Tender.stage == TenderStage.PLANNED)
    return list(db.session.scalars(own.order_by(Participant.confirmed_at.is_not(None), Tender.id.desc())))


def own_shares(tender_id: int, member_ids: Iterable[int]) -> list[OwnShare]:
    """The lines these members have a part in, with their own quantities and the estimated price."""
    own = sa.cast(sa.func.sum(LineShare.quantity), sa.BigInteger)
    columns = (Lot.number, Lot.title, LotItem.number, LotItem.title, LotItem.unit, own, LotItem.estimate_net)
    query = (
        sa.select(*columns)
        .join(LotItem, LotItem.lot_id == Lot.id)
        .join(LineShare, LineShare.line_id == LotItem.id)
        .where(Lot.tender_id == tender_id, LineShare.member_id.in_(list(member_ids)))
        .group_by(LotItem.id, Lot.id)
        .order_by(Lot.number, LotItem.position)
    )
    return [OwnShare(*row[:5], Quantity(row[5]), row[6]) for row in db.session.execute(query)]


def forecast_for(participant: Participant) -> Forecast | None:
    """What the member's demand in the round may cost it; nothing for a tender without a round or without its demand."""
    query = sa.select(Demand).filter_by(round_id=participant.tender.round_id, member_id=participant.member_id)
    demand = db.session.scalar(query) if participant.tender.round_id else None
    return forecast_of(demand) if demand else None


def terms_of(participant: Participant) -> str:
    """The mark of what this member agrees to as it is now."""
    shares = own_shares(participant.tender_id, [participant.member_id])
    return terms_mark(participant.tender.procurement_role, ((one.number, str(one.quantity)) for one in shares))


def document_of(participant: Participant) -> bytes:
    """The stored document; :class:`NotFound` if there is none."""
    kept = db.session.get(StoredFile, participant.mandate_file_hash) if participant.mandate_file_hash else None
    if kept is None:
        raise NotFound
    return kept.content


def participation_of(tender: Tender) -> Participation:
    """Who takes part in this tender and who has not confirmed, for the check before publication."""
    return participations([tender.id]).get(tender.id, Participation(0))


def participations(tender_ids: Collection[int]) -> dict[int, Participation]:
    """The same for several tenders at once."""
    planned_at = sa.func.min(StageChange.at).label("planned_at")
    asked = sa.select(StageChange.tender_id, planned_at).where(StageChange.stage == TenderStage.PLANNED)
    since = asked.group_by(StageChange.tender_id).subquery()
    query = (
        sa.select(Participant.tender_id, Member.name, Participant.confirmed_at, since.c.planned_at)
        .join(Member, Member.id == Participant.member_id)
        .outerjoin(since, since.c.tender_id == Participant.tender_id)
        .where(Participant.tender_id.in_(tender_ids))
        .order_by(Member.sort_key, Member.key)
    )
    found: dict[int, Participation] = {}
    for tender_id, name, confirmed_at, first_at in db.session.execute(query):
        before = found.get(tender_id, Participation(0))
        missing = before.missing if confirmed_at else (*before.missing, name)
        asked_on = clock.in_berlin(first_at).date() if first_at else None
        found[tender_id] = Participation(before.count + 1, missing, asked_on)
    return found
