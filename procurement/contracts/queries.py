"""Reading contracts: officers and auditors read all; a lead reads the contracts its member may call off from.

A lead sees its own quotas and call-offs only; what others call off shows nowhere but in a refused maximum.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from procurement.contracts.drawdown import LineMeter, ValueMeter
from procurement.contracts.models import CallOff, Contract, ContractLine, Entitlement
from procurement.contracts.quota import ReportedShare
from procurement.contracts.states import CallOffState
from procurement.core.db import db, existing
from procurement.core.errors import NotFound
from procurement.core.permissions import Role
from procurement.demand.models import DemandItem
from procurement.evaluation.models import AwardDecision
from procurement.evaluation.states import AwardState
from procurement.members.models import Account, Member
from procurement.tenders.kinds import TenderStage
from procurement.tenders.models import LineShare, Lot, LotItem, Participant, Tender
from procurement.tenders.queries_cancellation import cancelled_lot_ids
from procurement.tenders.queries_panel import refuse_withheld, withheld_tenders
from procurement.values.money import Money
from procurement.values.quantity import Quantity


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One line of a contract for one member: what it may call off and what it did."""

    contract_line: ContractLine
    member: Member
    meter: LineMeter


def sees_all(account: Account) -> bool:
    """Whether the account reads every contract with everybody's call-offs."""
    return bool(account.roles & {Role.OFFICER, Role.AUDITOR})


def contracts_for(account: Account) -> list[Contract]:
    """The contracts the account may read, the latest first; none on a tender that is withheld from it."""
    query = sa.select(Contract).order_by(Contract.starts_on.desc(), Contract.id.desc())
    query = query.where(Contract.tender_id.not_in(withheld_tenders(account.id)))
    if not sees_all(account):
        query = query.where(Contract.id.in_(_entitled(account)))
    return list(db.session.scalars(query))


def contract_for(account: Account, contract_id: int) -> Contract:
    """One contract, or :class:`NotFound` for whom it does not concern; :class:`Withheld` as for its bids."""
    query = sa.select(Contract).filter_by(id=contract_id)
    if not sees_all(account):
        query = query.where(Contract.id.in_(_entitled(account)))
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    refuse_withheld(found.tender, account)
    return found


def _entitled(account: Account) -> sa.Select[int]:
    query = sa.select(ContractLine.contract_id).join(Entitlement, Entitlement.contract_line_id == ContractLine.id)
    return query.where(Entitlement.member_id.in_(account.member_ids))


def line_of(contract: Contract, contract_line_id: int) -> ContractLine:
    """One line of this contract, or :class:`NotFound`."""
    found = db.session.scalar(sa.select(ContractLine).filter_by(id=contract_line_id, contract_id=contract.id))
    if found is None:
        raise NotFound
    return found


def call_off_of(contract: Contract, call_off_id: int) -> CallOff:
    """One call-off of this contract, or :class:`NotFound`."""
    query = sa.select(CallOff).join(CallOff.contract_line).where(CallOff.id == call_off_id)
    found = db.session.scalar(query.where(ContractLine.contract_id == contract.id))
    if found is None:
        raise NotFound
    return found


def call_offs_of(contract: Contract, account: Account) -> list[CallOff]:
    """The call-offs the account may see, open requests first, then the latest."""
    query = sa.select(CallOff).join(CallOff.contract_line).where(ContractLine.contract_id == contract.id)
    if not sees_all(account):
        query = query.where(CallOff.member_id.in_(account.member_ids))
    found = db.session.scalars(query.order_by(CallOff.id.desc())).all()
    return sorted(found, key=lambda call_off: call_off.state is not CallOffState.REQUESTED)


def member_lines(contract: Contract, member_ids: Iterable[int]) -> list[MemberLine]:
    """What these members may call off, line by line."""
    query = sa.select(Entitlement).join(Entitlement.contract_line).where(ContractLine.contract_id == contract.id)
    query = query.where(Entitlement.member_id.in_(list(member_ids))).order_by(Entitlement.member_id, Entitlement.id)
    used = _used(contract.id)
    return [
        MemberLine(one.contract_line, one.member, _meter(one.contract_line, one.quota, one.member_id, used))
        for one in db.session.scalars(query)
    ]


def meter_of(line: ContractLine, member_id: int) -> LineMeter:
    """The meter of one line for one member; a member without an entitlement has a quota of zero."""
    query = sa.select(Entitlement.quota).filter_by(contract_line_id=line.id, member_id=member_id)
    return _meter(line, db.session.scalar(query) or Quantity(0), member_id, _used(line.contract_id))


def line_meters(contract: Contract) -> list[tuple[ContractLine, LineMeter]]:
    """Every line with what all members released together."""
    used = _used(contract.id)
    return [(line, _meter(line, Quantity(0), 0, used)) for line in contract.lines]


def value_meter(contract: Contract) -> ValueMeter:
    """The value released so far; every call-off is rounded half up to the cent once."""
    query = sa.select(CallOff.quantity, ContractLine).join(CallOff.contract_line)
    query = query.where(ContractLine.contract_id == contract.id, CallOff.state == CallOffState.RELEASED)
    used = Money.total(line.price.times(quantity) for quantity, line in db.session.execute(query))
    return ValueMeter(contract.maximum_net, used)


def _used(contract_id: int) -> dict[tuple[int, int], Quantity]:
    """Released quantities by line and member."""
    total = sa.cast(sa.func.sum(CallOff.quantity), sa.BigInteger)
    query = sa.select(CallOff.contract_line_id, CallOff.member_id, total).join(CallOff.contract_line)
    query = query.where(ContractLine.contract_id == contract_id, CallOff.state == CallOffState.RELEASED)
    rows = db.session.execute(query.group_by(CallOff.contract_line_id, CallOff.member_id))
    return {(line_id, member_id): Quantity(int(amount)) for line_id, member_id, amount in rows}


def _meter(line: ContractLine, quota: Quantity, member_id: int, used: dict[tuple[int, int], Quantity]) -> LineMeter:
    everybody = Quantity.total(amount for (line_id, _member), amount in used.items() if line_id == line.id)
    return LineMeter(line.maximum, everybody, quota, used.get((line.id, member_id), Quantity(0)))


def entitled_ids(contract: Contract) -> frozenset[int]:
    """The members named in the notice of this contract."""
    query = sa.select(Entitlement.member_id).join(Entitlement.contract_line)
    return frozenset(db.session.scalars(query.where(ContractLine.contract_id == contract.id)))


def contract_of_lot(lot_id: int) -> Contract | None:
    """The contract on a lot, if there is one."""
    return db.session.scalar(sa.select(Contract).filter_by(lot_id=lot_id))


def reference_is_taken(reference: str) -> bool:
    """Whether another contract has this reference."""
    return db.session.scalar(sa.select(Contract.id).filter_by(reference=reference.strip())) is not None


def lots_without_contract(account: Account) -> list[Lot]:
    """Awarded lots that have no contract yet, in the order of their award; but for withheld tenders."""
    query = sa.select(Lot).join(AwardDecision, AwardDecision.lot_id == Lot.id).join(Tender, Tender.id == Lot.tender_id)
    query = query.where(Tender.stage == TenderStage.AWARDED, Lot.id.not_in(cancelled_lot_ids()))
    query = query.where(Tender.id.not_in(withheld_tenders(account.id)))
    query = query.where(AwardDecision.state == AwardState.CONFIRMED, Lot.id.not_in(sa.select(Contract.lot_id)))
    return list(db.session.scalars(query.order_by(AwardDecision.answered_at, Lot.number)))


def lot_to_conclude(lot_id: int, account: Account) -> Lot:
    """The lot of this number, or :class:`NotFound`; :class:`Withheld` as for its bids."""
    found = existing(Lot, lot_id)
    refuse_withheld(found.tender, account)
    return found


def reported_shares(lot: Lot) -> list[ReportedShare]:
    """Every member's part of every line of the lot, with what it reported."""
    query = (
        sa.select(LineShare.line_id, LineShare.member_id, LineShare.quantity, DemandItem.expected, DemandItem.maximum)
        .join(LotItem, LotItem.id == LineShare.line_id)
        .outerjoin(DemandItem, DemandItem.id == LineShare.demand_item_id)
        .where(LotItem.lot_id == lot.id)
        .order_by(LineShare.id)
    )
    return [ReportedShare(*row) for row in db.session.execute(query)]


def named_members(lot: Lot) -> list[int]:
    """The members named in the notice of the lot's tender."""
    query = sa.select(Participant.member_id).filter_by(tender_id=lot.tender_id).order_by(Participant.member_id)
    return list(db.session.scalars(query))
