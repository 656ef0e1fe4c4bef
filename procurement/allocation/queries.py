"""Reading runs: officers and auditors read all; a lead reads approved ones, and of amounts only its own member's."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from procurement.allocation.input_text import read
from procurement.allocation.models import AllocationRun, MemberAmount
from procurement.allocation.rules import EFFECTIVE_STATES, OPEN_STATES
from procurement.allocation.run_input import RunInput
from procurement.allocation.states import RunState
from procurement.audit.events import Event
from procurement.audit.models import AuditEntry
from procurement.core.db import db
from procurement.core.errors import NotFound
from procurement.core.permissions import Role
from procurement.demand.models import Demand
from procurement.members.models import Account, Member
from procurement.tenders import queries as tenders
from procurement.tenders.models import Tender
from procurement.tenders.queries_panel import refuse_withheld, withheld_tenders
from procurement.values.money import Money

DEMAND_EVENTS = (Event.DEMAND_SAVED.value, Event.DEMAND_SUBMITTED.value, Event.DEMAND_REOPENED.value)


@dataclass(frozen=True, slots=True)
class OwnCost:
    """What one member of the reader pays in one approved run; ``replaced_by`` is the number of a newer version."""

    run: AllocationRun
    member: str
    net: Money
    vat: Money
    gross: Money
    replaced_by: int | None


def sees_all(account: Account) -> bool:
    """Whether the account reads every run with everybody's amounts."""
    return bool(account.roles & {Role.OFFICER, Role.AUDITOR})


def priced_tender(account: Account, tender_id: int) -> Tender:
    """A tender for who sees all and may know what it costs; :class:`Withheld` as for its bids."""
    tender = tenders.tender_for(account, tender_id)
    refuse_withheld(tender, account)
    return tender


def all_runs(account: Account) -> list[AllocationRun]:
    """Every run but those of tenders that are withheld from this account, the latest first."""
    query = sa.select(AllocationRun).options(joinedload(AllocationRun.tender)).order_by(AllocationRun.id.desc())
    return list(db.session.scalars(query.where(AllocationRun.tender_id.not_in(withheld_tenders(account.id)))))


def runs_of(tender_id: int) -> list[AllocationRun]:
    """The runs of a tender, the latest first."""
    return list(
        db.session.scalars(
            sa.select(AllocationRun).filter_by(tender_id=tender_id).order_by(AllocationRun.number.desc())
        )
    )


def own_costs(account: Account, tender_id: int | None = None) -> list[OwnCost]:
    """What the account's own members pay in approved runs, the latest first."""
    successor = sa.orm.aliased(AllocationRun)
    query = (
        sa.select(
            AllocationRun, Member.name, MemberAmount.net, MemberAmount.vat, MemberAmount.gross, successor.number
        )
        .join(MemberAmount, MemberAmount.run_id == AllocationRun.id)
        .join(Member, Member.id == MemberAmount.member_id)
        .join(AllocationRun.tender)
        .options(contains_eager(AllocationRun.tender))
        .outerjoin(
            successor, sa.and_(successor.corrects_id == AllocationRun.id, successor.state.in_(EFFECTIVE_STATES))
        )
        .where(AllocationRun.state.in_(EFFECTIVE_STATES), MemberAmount.member_id.in_(account.member_ids))
        .order_by(AllocationRun.id.desc(), Member.sort_key)
    )  # fmt: skip
    if tender_id is not None:
        query = query.where(AllocationRun.tender_id == tender_id)
    return [OwnCost(*row) for row in db.session.execute(query)]


def run_for(account: Account, run_id: int) -> AllocationRun:
    """A run; a lead gets it once it is approved and if its member takes part, else :class:`NotFound`.

    :class:`Withheld` for an evaluator at work and for who declared a conflict of interest, as for the bids.
    """
    query = sa.select(AllocationRun).filter_by(id=run_id)
    if not sees_all(account):
        taking_part = sa.select(MemberAmount.run_id).where(MemberAmount.member_id.in_(account.member_ids))
        query = query.where(AllocationRun.state.in_(EFFECTIVE_STATES), AllocationRun.id.in_(taking_part))
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    refuse_withheld(found.tender, account)
    return found


def open_number(tender_id: int) -> int | None:
    """The number of the tender's run that is neither approved nor discarded; there is one at most."""
    query = sa.select(AllocationRun.number).filter_by(tender_id=tender_id)
    return db.session.scalar(query.where(AllocationRun.state.in_(OPEN_STATES)))


def next_number(tender_id: int) -> int:
    """The number of the tender's next run."""
    query = sa.select(sa.func.max(AllocationRun.number)).filter_by(tender_id=tender_id)
    return (db.session.scalar(query) or 0) + 1


def effective_inputs(tender_id: int) -> Mapping[int, RunInput]:
    """The inputs of the approved runs that no newer version has replaced, by number."""
    query = sa.select(AllocationRun.number, AllocationRun.input)
    query = query.where(AllocationRun.tender_id == tender_id, AllocationRun.state == RunState.APPROVED)
    return {number: read(text) for number, text in db.session.execute(query)}


def successor_of(run: AllocationRun) -> AllocationRun | None:
    """The version that corrects this one, unless it was discarded."""
    query = sa.select(AllocationRun).filter_by(corrects_id=run.id)
    return db.session.scalar(query.where(AllocationRun.state != RunState.DISCARDED))


def versions_of(run: AllocationRun) -> list[AllocationRun]:
    """The run with everything it corrects and all that corrects it, oldest first."""
    chain = [run]
    while chain[0].corrects is not None:
        chain.insert(0, chain[0].corrects)
    while (successor := successor_of(chain[-1])) is not None:
        chain.append(successor)
    return chain


def has_reported_demand(account_id: int | None, tender: Tender) -> bool:
    """Whether this account ever entered or submitted demand in the tender's round, for whatever member."""
    if tender.round_id is None or account_id is None:
        return False
    demands = sa.select(Demand.id).where(Demand.round_id == tender.round_id)
    submitted = demands.where(Demand.submitted_by_id == account_id)
    entered = sa.select(AuditEntry.id).where(
        AuditEntry.actor_id == account_id,
        AuditEntry.subject_type == Demand.__tablename__,
        AuditEntry.subject_id.in_(demands),
        AuditEntry.event.in_(DEMAND_EVENTS),
    )
    return db.session.scalar(submitted.limit(1)) is not None or db.session.scalar(entered.limit(1)) is not None
